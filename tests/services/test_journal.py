"""操作日志: pages by person, time, kind and object; what was before and after; whether the chains hold."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import villagebooks.services
from tests.pdf.reading import words_of
from tests.services.conftest import Staff, sign_all, simple_draft, simple_paper
from tests.services.test_approval import tamper
from tests.services.test_before import changed_twice
from villagebooks.core.journal import LogFilter, change_words, changes, field_label, kind_words, sentence, table_word
from villagebooks.core.journal.label import field_labels, table_words
from villagebooks.core.problem import Refused
from villagebooks.db.digest import KINDS, SETS
from villagebooks.gui.worker import Cancelled
from villagebooks.services.account import rename_account
from villagebooks.services.desk import Desk
from villagebooks.services.journal import (
    OFFICE,
    all_lines,
    chain_states,
    log_bytes,
    log_people,
    print_log,
    read_detail,
    read_log,
    verify_chains,
)
from villagebooks.services.paper import save_paper
from villagebooks.services.voucher import post_voucher, save_voucher

SERVICES = Path(villagebooks.services.__file__).parent


def recorded() -> Iterator[tuple[str, str]]:
    """(kind, table) of every `record(kind, "table:…")` that stands in a service, the kinds of helpers among them."""
    for path in sorted(SERVICES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("record"):
                strings = [one for one in node.args if isinstance(one, ast.Constant | ast.JoinedStr | ast.IfExp)]
                kinds = [one.value for arg in strings for one in ast.walk(arg)
                         if isinstance(one, ast.Constant) and re.fullmatch(r"[a-z_]+", str(one.value))]  # fmt: skip
                refs = [one.value for arg in strings for one in ast.walk(arg)
                        if isinstance(one, ast.Constant) and re.match(r"[a-z_]+:", str(one.value))]  # fmt: skip
                for kind in kinds:
                    yield str(kind), str(refs[0]).partition(":")[0] if refs else ""


def test_every_kind_of_act_that_a_service_records_has_its_sentence() -> None:
    pairs = set(recorded())
    assert len(pairs) > 60
    assert [pair for pair in sorted(pairs) if pair[0] not in kind_words()] == []
    assert [pair for pair in sorted(pairs) if pair[1] and pair[1] not in table_words()] == []
    for kind, table in pairs:
        said = sentence(kind, f"{table}:x", "某某")
        assert "某某" in said or (kind, table) in {("root", "setting"), ("upgrade", "office"), ("reshape", "office")}, (
            kind,
            table,
        )
        assert not re.search(r"[a-z]", said), said


def test_every_field_that_is_journalled_has_its_word() -> None:
    labels = field_labels()
    tables = {one for kind in KINDS.values() for one in (kind.table, *(child[0] for child in kind.children))}
    tables |= {table for parts in SETS.values() for table, _column in parts}
    missing = [f"{one.name}.{column.name}" for one in tables for column in one.c
               if f"{one.name}.{column.name}" not in labels and column.name not in labels]  # fmt: skip
    assert missing == []
    assert [one.name for one in tables if table_word(one.name) == one.name] == []


def test_a_line_says_who_did_what_when_to_which_object(desk: Desk) -> None:
    save_voucher(desk, simple_draft())
    line = read_log(desk.office, ["V01"], LogFilter()).lines[0]
    assert re.fullmatch(r"冯素芳 2026-09-02 \d\d:\d\d 保存凭证 V01 2026-09 记1：买打印纸……742.60", line.text)


def test_the_log_is_asked_by_person_time_kind_and_object(desk: Desk, staff: Staff) -> None:
    first, second = save_voucher(desk, simple_draft()), save_voucher(desk, simple_draft(80_000))
    sign_all(desk, first.uid, staff)
    paper = save_paper(desk, simple_paper())

    def refs(**asked: object) -> list[str]:
        found = all_lines(desk.office, ["V01"], LogFilter(**asked))  # type: ignore[arg-type]  # fields by name
        return [one.entry.ref for one in found if one.entry.ref.partition(":")[0] in ("voucher", "paper")]

    assert refs(kinds=("save",)) == [f"voucher:{second.uid}", f"voucher:{first.uid}"]
    assert set(refs(words="记2")) == {f"voucher:{second.uid}"}
    assert set(refs(words="2026-09 记1")) == {f"voucher:{first.uid}"}
    assert refs(words="800.00") == [f"voucher:{second.uid}"]
    assert refs(words="墨香") == [f"paper:{paper.uid}"]
    assert set(refs(words=f"voucher:{first.uid}")) == {f"voucher:{first.uid}"}
    assert refs(words="没有这样的东西") == []
    assert refs(person="别人") == []
    assert refs(person="冯素芳", since="2026-09-02", until="2026-09-02")
    assert refs(since="2026-09-03") == []
    assert refs(until="2026-09-01") == []
    assert log_people(desk.office, ["V01"]) == ["local", "冯素芳"]


def test_pages_follow_each_other_by_key_without_a_gap_over_several_chains(desk: Desk, staff: Staff) -> None:
    sign_all(desk, save_voucher(desk, simple_draft()).uid, staff)
    scopes, seen = ["V01", OFFICE], []
    page = read_log(desk.office, scopes, LogFilter(), limit=4)
    while True:
        seen += [(one.entry.at, one.book, one.entry.seq) for one in page.lines]
        if not page.below:
            break
        page = read_log(desk.office, scopes, LogFilter(), page.below, limit=4)
    lengths = {one.book: one.length for one in chain_states(desk.office, scopes)}
    for book, length in lengths.items():
        assert [one[2] for one in seen if one[1] == book] == list(range(length, 0, -1))


def test_no_page_counts_from_the_start() -> None:
    from villagebooks.db.journal import page

    assert "offset" not in inspect.getsource(page).lower()


def test_what_an_entry_changed_is_told_field_by_field_also_after_later_edits(desk: Desk) -> None:
    uid = changed_twice(desk)
    chain = chain_states(desk.office, ["V01"])[0].chain
    told = {}
    for one in all_lines(desk.office, ["V01"], LogFilter(words=f"voucher:{uid}")):
        told[one.entry.kind, one.entry.seq] = change_words(read_detail(desk.office, chain, one.entry.seq))
    void, second, first, saved = told.values()
    assert void == ["状态：草稿 → 作废"]
    assert second == ["分录 1　借方：800.00 → 900.00", "分录 2　贷方：800.00 → 900.00"]
    assert first == ["分录 1　借方：742.60 → 800.00", "分录 2　贷方：742.60 → 800.00"]
    assert saved[0] == "这一条是新增，以前没有"
    assert "分录 1　借方：742.60" in saved


def test_the_detail_says_when_what_stands_there_is_not_what_the_log_says(desk: Desk) -> None:
    uid = save_voucher(desk, simple_draft()).uid
    tamper(desk, f"UPDATE voucher SET prepared_by = '别人' WHERE uid = '{uid}'")
    state = chain_states(desk.office, ["V01"])[0]
    detail = read_detail(desk.office, state.chain, state.length)
    assert not detail.sound
    assert "有人绕开程序改过" in change_words(detail)[0]


def test_a_set_shows_the_rows_that_were_changed(desk: Desk) -> None:
    rename_account(desk, "51302", "办公及印刷费", date(2026, 9, 1))
    rename_account(desk, "10201", "信用社户", date(2026, 9, 2))
    state = chain_states(desk.office, ["V01"])[0]
    words = change_words(read_detail(desk.office, state.chain, state.length - 1))
    assert "科目 51302　名称：办公费 → 办公及印刷费" in words
    assert not any("10201" in one for one in words)


def test_no_sealed_content_is_shown(desk: Desk) -> None:
    assert field_label("person", "id_sealed") == "身份证号"

    rows = {"person/0001 甲": {"name": "甲", "id_sealed": "00aa"}}
    other = {"person/0001 甲": {"name": "甲", "id_sealed": "00bb"}}
    assert [one.words for one in changes("people", rows, other)] == [
        "村民 0001 甲　身份证号：（加密保存，不显示） → （换了）"
    ]


def test_the_chain_is_verified_with_progress_and_stops_when_cancelled(desk: Desk, staff: Staff) -> None:
    sign_all(desk, save_voucher(desk, simple_draft()).uid, staff)
    seen: list[tuple[int, int]] = []
    assert verify_chains(desk.office, ["V01", OFFICE], lambda done, total: seen.append((done, total))) == []
    assert seen[0][0] == 0
    assert seen[-1][0] == seen[-1][1] > 20

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        verify_chains(desk.office, ["V01"], stop)


def test_a_broken_chain_says_where(desk: Desk) -> None:
    uid = save_voucher(desk, simple_draft()).uid
    tamper(desk, f"UPDATE journal SET actor = '别人' WHERE ref = 'voucher:{uid}'")
    seq = chain_states(desk.office, ["V01"])[0].length
    assert verify_chains(desk.office, ["V01"]) == [f"V01 第 {seq} 条：日志的列与签入内容不符"]


def test_the_log_is_printed_with_the_heads_and_written_as_csv(desk: Desk, staff: Staff, tmp_path: Path) -> None:
    sign_all(desk, save_voucher(desk, simple_draft()).uid, staff)
    asked = LogFilter(person="冯素芳")
    text = words_of(print_log(desk.office, ["V01"], asked, tmp_path / "log.pdf"))
    assert "保存凭证 V01 2026-09 记1" in text
    assert chain_states(desk.office, ["V01"])[0].head in "".join(text.split())
    rows = log_bytes(desk.office, ["V01"], asked, "csv").decode().splitlines()
    assert rows[0] == "book,seq,at,person,kind,act,ref,sentence,digest,chain"
    assert len(rows) == 1 + len(list(all_lines(desk.office, ["V01"], asked)))
    with pytest.raises(Refused, match="没有符合条件的日志"):
        print_log(desk.office, ["V01"], replace(asked, person="别人"), tmp_path / "none.pdf")


def test_a_posted_voucher_keeps_its_whole_story(desk: Desk, staff: Staff) -> None:
    uid = save_voucher(desk, simple_draft()).uid
    sign_all(desk, uid, staff)
    post_voucher(desk, uid)
    chain = chain_states(desk.office, ["V01"])[0].chain
    lines = list(all_lines(desk.office, ["V01"], LogFilter(words=f"voucher:{uid}")))
    states = [change_words(read_detail(desk.office, chain, one.entry.seq))[0] for one in lines]
    assert states[:2] == ["状态：待记账 → 已记账", "状态：待签字 → 待记账"]
    assert states[-2] == "状态：草稿 → 待签字"
