"""Sabotage: the data are changed by SQL with the guards off and on again, and the check must name table and row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.conftest import Home
from tests.services.conftest import (
    Clock,
    Staff,
    desk_of,
    make_office,
    sign_all,
    simple_draft,
    simple_paper,
    sql_for,
    staff_of,
)
from villagebooks.core.journal import Finding
from villagebooks.core.receipt import Receipt, ReceiptBook
from villagebooks.db.books import open_books
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, Office
from villagebooks.services.paper import attach_image, draft_voucher, issue_receipt_book, save_paper
from villagebooks.services.policy import put_policy, ready_policy
from villagebooks.services.voucher import post_voucher, save_voucher

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001e221bc33"
    "0000000049454e44ae426082"
)


@pytest.fixture
def full_desk(home: Home, tmp_path: Path) -> Iterator[Desk]:
    """A desk with something in every table that the sabotage touches, all of it clean; made once and copied."""
    place = home.copy("full", make_full_office, tmp_path)
    books = open_books(place, Clock())
    yield desk_of(Office(books))
    books.close()
    home.drop(place)


def make_full_office(place: Path | str) -> None:
    make_office(place)
    office = Office(open_books(place, Clock()))
    fill_desk(desk_of(office), staff_of(office))
    office.books.close()


def fill_desk(desk: Desk, staff: Staff) -> None:
    issue_receipt_book(desk, ReceiptBook("B-1", "V01", "0012351", "0012400", "2026-09-01", "向丽蓉"))
    image = attach_image(desk, PNG, checked=True)
    sheet = simple_paper()
    documents = (replace(sheet.documents[0], images=(image,)), sheet.documents[1])
    paper = save_paper(desk, replace(sheet, documents=documents), [Receipt("B-1", "0012351", "used", day="2026-09-05")])
    attest_paper(desk, paper.uid, staff.agent, scan=image.sha256)
    accept_paper(desk, paper.uid)
    draft = draft_voucher(desk, [paper.uid])
    lines = (replace(draft.lines[0], account="51302"), draft.lines[1])
    for one in (replace(draft, lines=lines), simple_draft(50_000), simple_draft(day=date(2027, 1, 5))):
        voucher = save_voucher(desk, one)
        sign_all(desk, voucher.uid, staff)
        post_voucher(desk, voucher.uid)
    put_policy(desk.office, ready_policy("baiyanhe"))
    assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []


def sabotage(desk: Desk, sql: str) -> list[Finding]:
    if desk.books.address:
        with desk.books.write() as connection:  # no guard and no foreign key fires for a replica
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            assert connection.exec_driver_sql(sql_for(desk.office, sql)).rowcount > 0
    else:
        # anybody's tool minds no foreign keys
        with closing(sqlite3.connect(desk.books.path, isolation_level=None)) as tool:
            tool.execute("BEGIN")
            guards = tool.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _words in guards:
                tool.execute(f"DROP TRIGGER {name}")
            assert tool.execute(sql).rowcount > 0
            for _name, words in guards:
                tool.execute(words)
            tool.execute("COMMIT")
    return [one for one in check_books(desk.office, deep=True) if one.severity == "error"]


FIRST = "WHERE id = 1"
EACH = [
    ("voucher", f"UPDATE voucher SET {change} {FIRST}")
    for change in (
        "year = 2025", "month = 8", "word = '付'", "number = 7", "day = '2026-09-11'", "kind = 'prior_year'",
        "state = 'approved'", "rev = 2", "attachment_count = 9", "reverses = 'x'", "prepared_by = '别人'",
        "posted_by = '别人'", "posted_at = '2026-01-01'", "digest = 'ab'",
    )
] + [
    ("voucher", f"UPDATE voucher_line SET {change} WHERE voucher = 1 AND line = 1")
    for change in (
        "account = '50101'", "summary = '别的'", "debit_fen = 74261", "credit_fen = 1", "party = '别人'",
        "project = 'x'", "contract = 'x'", "bank = 'x'", "day = '2026-09-11'",
    )
] + [
    ("approval", f"UPDATE approval SET {change} WHERE about = 'voucher' AND step = 'review'")
    for change in (
        "about = 'paper'", "object_uid = 'x'", "rev = 2", "step = 'countersign'", "name = '别人'", "signer = '别人'",
        "decision = 'send_back'", "mode = 'paper'", "at = '2026-01-01'", "note = x'00'", "digest = 'ab'",
    )
] + [
    ("journal", f"UPDATE journal SET {change} WHERE seq = 2")
    for change in (
        "at = '2026-01-01'", "actor = '别人'", "kind = 'x'", "ref = 'voucher:x'", "digest = 'ab'", "entry = x'7b7d'",
        "head = 'ab'",
    )
] + [
    ("balance", f"UPDATE balance SET {change} WHERE account = '51302' AND month = 9")
    for change in (
        "debit_fen = debit_fen + 1", "credit_fen = 1", "closing_debit_fen = 1", "closing_credit_fen = 1",
        "prior_debit_fen = 1", "prior_credit_fen = 1", "party = 'x'", "month = 10", "account = '50101'",
    )
] + [
    ("account_balance", f"UPDATE account_balance SET {change} WHERE account = '51302' AND month = 9")
    for change in (
        "debit_fen = debit_fen + 1", "credit_fen = 1", "closing_debit_fen = 1", "closing_credit_fen = 1",
        "prior_debit_fen = 1", "prior_credit_fen = 1", "before_debit_fen = 1", "before_credit_fen = 1",
        "side_fen = side_fen + 1", "month = 10", "account = '50101'", "year = 2030",
    )
] + [
    ("account_balance", "DELETE FROM account_balance WHERE account = '101'"),
    ("balance", "UPDATE balance SET debit_fen = debit_fen + 1 WHERE year = 2027 AND month = 0"),
    ("balance", "DELETE FROM balance WHERE account = '101'"),
    ("journal", "DELETE FROM journal WHERE seq = (SELECT MAX(seq) FROM journal WHERE chain = journal.chain)"),
    ("approval", "DELETE FROM approval WHERE step = 'countersign'"),
    ("voucher", "INSERT INTO voucher (id, uid, book, number, state) VALUES (99, 'x', 1, 99, 'posted')"),
    ("voucher", "DELETE FROM voucher_line WHERE voucher = 1"),
    ("paper", "UPDATE paper SET amount_fen = 1"),
    ("paper", "UPDATE paper SET witness = '别人'"),
    ("paper", "UPDATE paper SET words = '别的'"),
    ("paper", "UPDATE document SET number = '1'"),
    ("paper", "DELETE FROM document_image"),
    ("voucher", "DELETE FROM paper_voucher"),
    ("receipt", "UPDATE receipt SET state = 'void'"),
    ("receipt_book", "UPDATE receipt_book SET last = '0012499'"),
    ("attachment", "UPDATE attachment SET size = 1"),
    ("signed_body", "UPDATE signed_body SET body = x'00'"),
    ("account", "UPDATE account SET name = '别的' WHERE code = '51302'"),
    ("book", "UPDATE book SET name = '别的'"),
    ("setting", "UPDATE setting SET value = '1'"),
    *(
        ("key_directory", f"UPDATE key_directory SET {change} WHERE version = 2")
        for change in ("note = x'00'", "hash = 'ab'", "version = 99")
    ),
    ("key_directory", "DELETE FROM key_directory WHERE version = 2"),
    *(
        ("key_box", f"UPDATE key_box SET {change} WHERE name LIKE '%冯素芳'")
        for change in (
            "name = '别人'", "box = x'00'", "signing_public = x'00'", "sealing_public = x'00'", "office_wrap = x'00'",
            "made_at = '2020-01-01'",
        )
    ),
    ("key_box", "DELETE FROM key_box WHERE name LIKE '%冯素芳'"),
    *(
        ("policy", f"UPDATE policy SET {change}")
        for change in ("version = 9", "sha256 = 'ab'", "body = x'00'", "put_by = '别人'", "at = '2020-01-01'")
    ),
    ("policy", "DELETE FROM policy"),
    *(
        ("signed_body", f"UPDATE signed_body SET {change} WHERE object_uid = (SELECT uid FROM voucher WHERE id = 1)")
        for change in ("object_uid = 'x'", "rev = 9", "digest = 'ab'")
    ),
    ("signed_body", "DELETE FROM signed_body"),
    ("approval", "UPDATE approval SET uid = 'x' WHERE id = 6"),
    ("approval", "UPDATE approval SET id = 9001 WHERE id = (SELECT MIN(id) FROM approval WHERE about = 'voucher')"),
    ("approval", "DELETE FROM approval WHERE about = 'paper'"),
    ("officer", "UPDATE officer SET duty = 'director' WHERE name = '龙小梅'"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "sql"), EACH)
def test_a_changed_row_is_named_by_its_table(full_desk: Desk, table: str, sql: str) -> None:
    tables = {one.table for one in sabotage(full_desk, sql)}
    assert table in tables, tables


def test_the_voucher_is_named_with_its_number(full_desk: Desk) -> None:
    found = sabotage(full_desk, "UPDATE voucher_line SET summary = '买烟酒' WHERE voucher = 2 AND line = 1")
    assert any("2026-09 记-2" in one.row for one in found)


def test_a_missing_guard_and_a_missing_attachment_are_named(full_desk: Desk) -> None:
    with full_desk.books.write() as connection:
        on_voucher = " ON voucher" if full_desk.books.address else ""
        connection.execute(text(f"DROP TRIGGER guard_voucher_update{on_voucher}"))
    for path in full_desk.books.files.rglob("*"):
        if path.is_file() and len(path.name) == 64:
            path.write_bytes(b"x")
    found = {(one.table, one.row[:20]) for one in check_books(full_desk.office, deep=True)}
    assert {("sqlite_master", "guard_voucher_update"), ("pg_trigger", "guard_voucher_update")} & found
    assert any(table == "attachment" for table, _row in found)


def test_books_whose_directory_was_broken_still_answer_the_check(full_desk: Desk) -> None:
    found = sabotage(
        full_desk, "UPDATE key_directory SET note = x'00' WHERE version = (SELECT MAX(version) FROM key_directory)"
    )
    assert any(one.table == "key_directory" for one in found)
