"""What stood there before an act: kept beside its entry, readable after later edits, and named when it was changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.services.conftest import Clock, Staff, line, sign_all, simple_draft
from tests.services.test_approval import tamper
from villagebooks.core.journal import Finding
from villagebooks.core.voucher import Draft
from villagebooks.db import journal, schema
from villagebooks.db.digest import row_digest
from villagebooks.db.journal.before import read
from villagebooks.services.account import rename_account
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, open_office
from villagebooks.services.office import create_office, put_settings
from villagebooks.services.voucher import post_voucher, save_voucher, void_voucher


def kept(desk: Desk, ref: str) -> list[object]:
    with desk.books.read() as connection:
        return [read(one.content) if one.content else None for one in journal.states_of(connection, ref)]


def found(desk: Desk) -> list[Finding]:
    return [one for one in check_books(desk.office, deep=True) if one.rule == "before"]


def seq_of(desk: Desk, ref: str, kind: str) -> int:
    with desk.books.read() as connection:
        query = text("SELECT seq FROM journal WHERE ref = :ref AND kind = :kind ORDER BY seq DESC")
        return int(connection.execute(query, {"ref": ref, "kind": kind}).scalar_one())


def changed_twice(desk: Desk) -> str:
    """A voucher of 742.60, made 800.00, then 900.00, then void."""
    uid = save_voucher(desk, simple_draft()).uid
    for amount in (80_000, 90_000):
        save_voucher(desk, replace(simple_draft(amount), uid=uid))
    void_voucher(desk, uid)
    return uid


def test_an_insert_keeps_nothing_and_a_change_the_whole_voucher_with_its_lines(desk: Desk) -> None:
    states = kept(desk, f"voucher:{changed_twice(desk)}")
    assert states[0] is None
    amounts = [[row[6] for row in one[1]] for one in states[1:] if isinstance(one, list)]
    assert amounts == [[74_260, 0], [80_000, 0], [90_000, 0]]
    assert found(desk) == []


def test_signing_and_posting_keep_what_was_before(desk: Desk, staff: Staff) -> None:
    uid = save_voucher(desk, simple_draft()).uid
    sign_all(desk, uid, staff)
    post_voucher(desk, uid)
    states = [one[0][9] if isinstance(one, list) else one for one in kept(desk, f"voucher:{uid}")]
    # the second and third signature leave the voucher as it is: nothing is kept twice
    assert states == [None, "draft", None, None, "submitted", "approved"]
    assert found(desk) == []


def test_a_renamed_account_keeps_the_row_that_was_changed_and_no_other(desk: Desk) -> None:
    rename_account(desk, "51302", "办公及印刷费", date(2026, 9, 1))
    ref = next(f"accounts:{row}" for row in [1])
    last = kept(desk, ref)[-1]
    assert isinstance(last, dict)
    assert [(row[1][1], row[2][2]) for row in last["was"]] == [("51302", "办公费")]
    assert found(desk) == []


def test_two_entries_of_one_act_on_one_row_keep_what_lay_between(desk: Desk) -> None:
    with desk.books.write("V01") as connection:
        for value in ("1", "2", "3"):
            connection.execute(text("INSERT INTO setting VALUES ('x', :v) ON CONFLICT(key) DO UPDATE SET value = :v"),
                               {"v": value})  # fmt: skip
            journal.record(connection, None, "2026-09-10T10:00:00+08:00", "冯素芳", "setting", "setting:x")
    assert kept(desk, "setting:x") == [None, [["x", "1"]], [["x", "2"]]]
    assert found(desk) == []


OLDER = (
    "UPDATE journal_before SET content = (SELECT content FROM journal_before b WHERE b.chain = journal_before.chain "
    "AND b.seq < {seq} ORDER BY b.seq DESC LIMIT 1) WHERE seq = {seq}"
)


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("DELETE FROM journal_before WHERE seq = {seq}", "不见了"),
        (OLDER, "不符"),
        ("INSERT INTO journal_before SELECT chain, 1, content FROM journal_before WHERE seq = {seq}", "却有"),
    ],
)  # fmt: skip
def test_what_was_changed_taken_away_or_put_in_is_named(desk: Desk, sql: str, what: str) -> None:
    """Another older state, however true it was once, is not what stood before this act."""
    seq = seq_of(desk, f"voucher:{changed_twice(desk)}", "void")
    tamper(desk, sql.format(seq=seq))
    assert what in "".join(one.text for one in found(desk))


def test_a_row_changed_behind_the_program_stays_told_after_an_honest_act(desk: Desk) -> None:
    """The honest act journals the row as it is; what it was before is not what the log had of it."""
    uid = save_voucher(desk, Draft(date(2026, 9, 10), (line("51302", 100), line("101", credit=100)))).uid
    tamper(desk, f"UPDATE voucher SET prepared_by = '别人' WHERE uid = '{uid}'")
    void_voucher(desk, uid)
    assert [one.table for one in found(desk)] == ["journal_before"]


def test_entries_from_before_the_books_were_upgraded_need_nothing_kept_and_none_is_slipped_in(desk: Desk) -> None:
    with desk.books.write() as connection:
        for value in ("1", "2"):
            connection.execute(text("DELETE FROM setting WHERE key = 'x'"))
            connection.execute(text("INSERT INTO setting VALUES ('x', :v)"), {"v": value})
            digest = row_digest(connection, "setting:x")
            journal.record(connection, None, "2026-09-10T10:00:00+08:00", "冯素芳", "setting", "setting:x", digest)
    assert [one.text for one in found(desk)] == ["以前的样子不见了"]
    with desk.books.write() as connection:
        digest = row_digest(connection, "office:1")
        journal.record(connection, None, "2026-09-11T10:00:00+08:00", "local", journal.UPGRADE, "office:1", digest)
    assert found(desk) == []
    uid = changed_twice(desk)
    assert found(desk) == []
    seq = seq_of(desk, f"voucher:{uid}", "void")
    tamper(desk, f"INSERT INTO journal_before SELECT chain, 1, content FROM journal_before WHERE seq = {seq}")
    assert "升级以前的程序不留以前的样子" in "".join(one.text for one in found(desk))


def test_books_of_the_version_before_are_not_accused_after_they_were_brought_to_this_one(tmp_path: Path) -> None:
    """What they kept of what was before is whole: only books of an older program kept nothing."""
    path = tmp_path / "centre.vbooks"
    office = create_office(path, "白雁河镇", clock=Clock())
    for telephone in ("1", "2"):
        put_settings(office, {"disclosure": {"ask": [telephone]}})
    with office.books.read() as connection:
        kept_before = [one.content for one in journal.states_of(connection, "setting:disclosure")]
    office.books.close()
    with closing(sqlite3.connect(path)) as raw, raw:
        for name in ("archive_volume", "archive_loan"):
            raw.execute(f"DROP TABLE {name}")
        for name in ("voucher_day", "voucher_book_day"):
            raw.execute(f"DROP INDEX {name}")
        raw.execute("UPDATE alembic_version SET version_num = '0004'")
    office = open_office(path)
    assert kept_before[-1] is not None
    assert check_books(office, deep=True) == []
    with office.books.read() as connection:
        said = connection.execute(text("SELECT kind FROM journal ORDER BY seq DESC LIMIT 1")).scalar_one()
    assert said == journal.RESHAPE
    office.books.close()
    assert path.with_name(f"{path.name}.before-{schema.VERSION}").is_file()
