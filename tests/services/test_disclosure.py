"""From posted vouchers to the notice board on real books: proved, signed, put up once, printed as it hangs."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.services.conftest import CHEAP, Grow, Staff, line, sign_all, simple_draft, simple_paper
from villagebooks.core.disclosure import read_sheet, sheet_record
from villagebooks.core.paper import Document
from villagebooks.core.period import Month
from villagebooks.core.person import Officer
from villagebooks.core.problem import Refused
from villagebooks.core.receipt import Receipt, ReceiptBook
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.db import guard
from villagebooks.seal.disclosure import peek_anchor
from villagebooks.services.approval import accept_paper, approve_voucher, attest_paper
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, Office
from villagebooks.services.disclosure import (
    disclose,
    hanging_sheet,
    list_put_ups,
    prepare_sheet,
    print_sheet,
    put_up,
    save_notes,
    sheet_notes,
)
from villagebooks.services.disclosure.rules import check_rules, read_rules
from villagebooks.services.key import revoke_key
from villagebooks.services.office import appoint, put_settings
from villagebooks.services.paper import draft_voucher, issue_receipt_book, save_paper
from villagebooks.services.voucher import post_voucher, save_voucher

Post = Callable[[Draft], Voucher]


@pytest.fixture
def month_of_money(desk: Desk, staff: Staff, sign_and_post: Post, grow: Grow) -> None:
    """100,000 in the bank in August; in September 4,000 to cash, 14,400 in, 742.60 out, depreciation 2,700."""
    grow(lambda: move_money(desk, staff, sign_and_post))


def move_money(desk: Desk, staff: Staff, sign_and_post: Post) -> None:
    sign_and_post(Draft(date(2026, 8, 3), (line("10201", 10_000_000, summary="投入"), line("301", credit=10_000_000))))
    sign_and_post(Draft(date(2026, 9, 2), (line("101", 400_000, summary="提取备用金"), line("10201", credit=400_000))))
    sign_and_post(
        Draft(date(2026, 9, 5), (line("10201", 1_440_000, summary="收鱼塘承包费"), line("50101", credit=1_440_000)))
    )
    sign_and_post(simple_draft())
    worn = Draft(date(2026, 9, 30), (line("51302", 270_000, summary="计提折旧"), line("152", credit=270_000)))
    saved = save_voucher(desk, worn)
    for person in (staff.agent, staff.other, staff.director):
        approve_voucher(desk, saved.uid, person)
    post_voucher(desk, saved.uid)


def put_up_cheaply(desk: Desk, staff: Staff) -> object:
    return put_up(desk, [staff.director], cost=CHEAP)


def test_the_sheet_of_a_month_ties_and_is_proved(desk: Desk, month_of_money: None) -> None:
    sheet = prepare_sheet(desk)
    own = sheet.own
    assert (own.opening_fen, own.income_fen, own.spending_fen, own.closing_fen) == (
        10_000_000,
        1_440_000,
        74_260,
        11_365_740,
    )
    assert (sheet.village, sheet.number, sheet.voucher_count) == ("老秤湾村", "第2026-09号", 4)
    assert [(one.words, one.amount_fen) for one in sheet.transfers] == [("提取备用金", 400_000)]
    assert [one.amount_fen for one in sheet.no_money] == [270_000]


def test_a_month_before_the_book_has_no_sheet(desk: Desk) -> None:
    with pytest.raises(Refused, match="账从 2026-01 开始，2025-12 没有公开榜"):
        prepare_sheet(desk.at(Month(2025, 12)))


def test_the_words_and_signers_of_a_paper_reach_the_sheet(desk: Desk, staff: Staff) -> None:
    paper = save_paper(desk, simple_paper())
    attest_paper(desk, paper.uid, staff.agent, scan="ab" * 32)
    accept_paper(desk, paper.uid)
    draft = draft_voucher(desk, [paper.uid])
    saved = save_voucher(desk, replace(draft, lines=(replace(draft.lines[0], account="51302"), draft.lines[1])))
    sign_all(desk, saved.uid, staff)
    post_voucher(desk, saved.uid)
    group = prepare_sheet(desk).own.spending[0]
    item = group.items[0]
    assert (group.title, item.words) == ("办公、水电", "打印纸、硒鼓、档案盒（墨香文具店）")
    assert (item.handler, item.witness, item.approvers, item.voucher) == (
        "向丽蓉",
        "向其昌",
        ("田维国", "冉启珍"),
        "记1",
    )


def test_only_this_months_receipts_are_told(desk: Desk) -> None:
    issue_receipt_book(desk, ReceiptBook("B1", "V01", "0012351", "0012400", "2026-09-01", "向丽蓉"))
    income = replace(
        simple_paper(),
        spending_class="收入",
        direction="收入",
        documents=(Document("收款收据", "0012351"),),
        witness="",
    )
    save_paper(
        desk.at(Month(2026, 8)),
        replace(income, day=date(2026, 8, 20)),
        [Receipt("B1", "0012351", "used", day="2026-08-20")],
    )
    save_paper(desk, income, [Receipt("B1", "0012353", "used", day="2026-09-10")])
    assert prepare_sheet(desk).receipts == "用了 0012353 共 1 张，作废 0 张，还剩 47 张空白，0012352 去向不明。"


def test_a_put_up_sheet_is_signed_kept_and_printed_as_it_hangs(
    desk: Desk, staff: Staff, month_of_money: None, tmp_path: Path
) -> None:
    mark = put_up(desk, [staff.director], cost=CHEAP)
    kept = list_put_ups(desk)[0]
    anchor = peek_anchor(kept.anchor)
    assert (anchor.book, anchor.seq, anchor.period, anchor.previous) == ("V01", 1, "2026-09", "")
    assert anchor.sheet == hashlib.sha256(kept.sheet).hexdigest()
    assert mark == kept.mark
    assert len(mark.code) == 24
    found = hanging_sheet(desk)
    assert found is not None
    assert sheet_record(found[0]) == json.loads(kept.sheet)
    pdf, record = print_sheet(desk, *found, "A3", tmp_path / "V01.pdf")
    words = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    assert mark.code in words
    assert "草稿" not in words
    assert json.loads(record.read_bytes())["anchor"]["code"] == mark.code
    assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []


def test_the_next_sheet_quotes_the_code_of_the_last(desk: Desk, staff: Staff, sign_and_post: Post) -> None:
    sign_and_post(Draft(date(2026, 8, 3), (line("10201", 500, summary="投入"), line("301", credit=500))))
    first = put_up(desk.at(Month(2026, 8)), [staff.director], cost=CHEAP)
    second = put_up(desk, [staff.director, staff.agent], cost=CHEAP)
    assert (first.previous_code, second.previous_code) == ("", first.code)
    assert [one.seq for one in list_put_ups(desk)] == [1, 2]
    with pytest.raises(Refused, match="已经张过榜"):
        put_up(desk, [staff.director], cost=CHEAP)
    with pytest.raises(Refused, match="不能再补 2026-07"):
        put_up(desk.at(Month(2026, 7)), [staff.director], cost=CHEAP)


def test_nobody_but_the_director_puts_a_sheet_up(desk: Desk, staff: Staff) -> None:
    with pytest.raises(Refused, match="不是中心主任"):
        put_up(desk, [staff.agent], cost=CHEAP)
    with pytest.raises(Refused, match="要由中心主任签名"):
        put_up(desk, [], cost=CHEAP)


def test_a_month_with_an_unposted_voucher_does_not_go_up(desk: Desk, staff: Staff) -> None:
    save_voucher(desk, simple_draft())
    with pytest.raises(Refused, match="还有 1 张凭证没有记账（记-1）"):
        put_up_cheaply(desk, staff)
    assert list_put_ups(desk) == []


def test_changed_books_are_not_disclosed(desk: Desk, staff: Staff, month_of_money: None, tmp_path: Path) -> None:
    with desk.books.write() as connection:
        guard.drop_guards(connection)
        connection.execute(text("UPDATE voucher_line SET summary = '买酒' WHERE summary = '买打印纸'"))
        guard.make_guards(connection)
    with pytest.raises(Refused, match="不能公开"):
        put_up_cheaply(desk, staff)
    with pytest.raises(Refused, match="不能公开"):
        disclose(desk.office, "V01", desk.period, tmp_path)
    assert list(tmp_path.glob("*.pdf")) == []


def test_the_second_count_finds_a_balance_that_lies(desk: Desk, month_of_money: None) -> None:
    with desk.books.write() as connection:
        connection.execute(text("UPDATE balance SET debit_fen = debit_fen + 1 WHERE account = '10201' AND month = 8"))
    with pytest.raises(Refused, match=r"上月剩下：榜上 100,000\.01，从分录重新加出来是 100,000\.00"):
        prepare_sheet(desk)


def test_a_kept_sheet_that_was_changed_is_not_printed(desk: Desk, staff: Staff, month_of_money: None) -> None:
    put_up_cheaply(desk, staff)
    raw = list_put_ups(desk)[0].sheet.replace(b"74260", b"74261")
    with desk.books.write() as connection:
        guard.drop_guards(connection)
        connection.execute(text("UPDATE disclosure SET sheet = :raw"), {"raw": raw})
    with pytest.raises(Refused, match="与签名时不符"):
        hanging_sheet(desk)


def test_a_sheet_hangs_ten_days_from_the_day_it_was_put_up(desk: Desk, staff: Staff) -> None:
    put_up_cheaply(desk, staff)
    assert [(one.put_up, one.stay_until) for one in list_put_ups(desk)] == [("2026-10-10", "2026-10-20")]


def test_a_sheet_that_goes_up_late_hangs_its_days_from_then(desk: Desk, staff: Staff) -> None:
    put_up_cheaply(desk.at(Month(2026, 7)), staff)
    kept = list_put_ups(desk)[0]
    assert (kept.put_up, kept.stay_until) == ("2026-09-02", "2026-09-12")


def test_notes_come_from_people_in_office_settings_and_what_was_saved(desk: Desk, office: Office, staff: Staff) -> None:
    for name, duty in (
        ("田茂林", "监委会委员"),
        ("谭德胜", "监委会主任"),
        ("田维国", "支书兼主任"),
        ("向丽蓉", "报账员"),
    ):
        made: Officer = appoint(office, name, duty, "2026-01-01", "V01")
        assert made.village == "V01"
    put_settings(office, {"disclosure": {"stay_days": 15, "ask": ["镇里 0700-1234567"]}})
    notes = sheet_notes(desk)
    assert (notes.committee, notes.village_head, notes.reporter) == (("谭德胜", "田茂林"), "田维国", "向丽蓉")
    assert (notes.chief, notes.put_up, notes.stay_until) == ("邹启明", date(2026, 10, 10), date(2026, 10, 25))
    assert notes.ask == ("监委会主任 谭德胜", "镇里 0700-1234567")
    save_notes(desk, replace(notes, committee_words="没有不同意的。"))
    assert sheet_notes(desk).committee_words == "没有不同意的。"
    assert sheet_notes(desk.at(Month(2026, 10))).committee_words == ""
    assert check_books(office, deep=True) == []


def test_disclose_prints_drafts_without_a_key_and_puts_up_with_one(
    desk: Desk, staff: Staff, month_of_money: None, tmp_path: Path
) -> None:
    paths = disclose(desk.office, "all", desk.period, tmp_path / "draft", "A4")
    assert [path.name for path in paths] == ["V01-2026-09-A4.pdf", "V01-2026-09-A4.json"]
    assert json.loads(paths[1].read_bytes())["anchor"] is None
    hung = disclose(desk.office, "V01", desk.period, tmp_path / "up", keys=[staff.director], cost=CHEAP)
    first = hung[0].read_bytes()
    again = disclose(desk.office, "V01", desk.period, tmp_path / "again")
    assert again[0].read_bytes() == first
    record = json.loads(hung[1].read_bytes())
    assert read_sheet(record["sheet"]).own.closing_fen == 11_365_740
    with pytest.raises(Refused, match="纸张只能是 A3、A4"):
        disclose(desk.office, "V01", desk.period, tmp_path, "A5")


def test_the_shipped_rules_of_both_standards_are_valid_and_broken_ones_are_named(tmp_path: Path) -> None:
    for standard in ("2023", "2004"):
        assert check_rules(read_rules(standard)) == []
    rules = read_rules("2023")
    texts = [problem.where for problem in check_rules(replace(rules, funds=rules.funds[:2], groups=rules.groups[:-1]))]
    assert texts == ["funds.csv", "groups.csv"]
    for name in ("funds.csv", "groups.csv", "places.csv", "accounts.csv"):
        (tmp_path / name).write_text("fund;title\n", encoding="utf-8")
    with pytest.raises(Refused, match="第一行应是"):
        read_rules("2023", tmp_path)


def test_no_month_is_left_out_and_none_hangs_before_it_begins(desk: Desk, staff: Staff) -> None:
    with pytest.raises(Refused, match="2027-05 还没有到，不能张榜"):
        put_up_cheaply(desk.at(Month(2027, 5)), staff)
    put_up_cheaply(desk.at(Month(2026, 7)), staff)
    with pytest.raises(Refused, match="2026-08 还没有张榜，要先出它的公开榜"):
        put_up_cheaply(desk, staff)
    revoke_key(desk.office, staff.root, "邹启明")
    with pytest.raises(Refused, match="邹启明的钥匙已吊销"):
        put_up_cheaply(desk.at(Month(2026, 8)), staff)


def test_money_is_never_posted_behind_a_sheet_that_hangs(desk: Desk, staff: Staff) -> None:
    waiting = save_voucher(desk, simple_draft(day=date(2026, 8, 5)))
    put_up_cheaply(desk.at(Month(2026, 7)), staff)
    sign_all(desk, waiting.uid, staff)
    assert post_voucher(desk, waiting.uid).state == "posted"
    put_up_cheaply(desk.at(Month(2026, 8)), staff)
    for month in (7, 8):
        told = f"2026-08 已经张榜，收支不能再记进 2026-0{month}：把日期写到 2026-09-01 以后，或在上面换一个月份"
        with pytest.raises(Refused, match=told):
            save_voucher(desk, simple_draft(day=date(2026, month, 9)))
    no_money = Draft(date(2026, 8, 31), (line("51302", 500), line("152", credit=500)))
    assert save_voucher(desk, no_money).state == "draft"
