"""What the window reads is found through keys: no plan goes through all vouchers or all lines of the office."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QTabBar
from sqlalchemy import event, text

from tests.gui.conftest import AGENT_NAME, Driver
from tests.services.conftest import Staff
from villagebooks.core.period import Month, Span
from villagebooks.core.statement import BALANCE_SHEET, INCOME
from villagebooks.db.book import book_id
from villagebooks.db.check.drawn import round_drawings
from villagebooks.db.check.paid_to import other_payees
from villagebooks.gui.office import Desktop
from villagebooks.services.account import last_month, read_entry_book
from villagebooks.services.board import read_board
from villagebooks.services.desk import Desk, Office, list_books
from villagebooks.services.graph import read_ages, read_funds, read_incomes, read_money
from villagebooks.services.inbox import read_inbox
from villagebooks.services.ledger import ledger, trial_balance
from villagebooks.services.statement import statement
from villagebooks.services.voucher import list_vouchers, read_voucher, read_vouchers

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

LARGE = ("voucher", "voucher_line")
_ALIAS = re.compile(r"\b(voucher|voucher_line)\s+(?:AS\s+)?([A-Za-z_]\w*)", re.IGNORECASE)
# the index of vouchers that wait for a signature holds these alone
_SCAN = re.compile(r"SCAN (\w+)(?! USING INDEX voucher_waiting)")


@contextmanager
def reads(office: Office) -> Iterator[set[str]]:
    """Every different SELECT that goes to the file meanwhile, with its values in it."""
    found: set[str] = set()
    drivers: set[sqlite3.Connection] = set()

    def take(sql: str) -> None:
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            found.add(sql)

    def watch(driver: sqlite3.Connection, *_record: object) -> None:
        drivers.add(driver)
        driver.set_trace_callback(take)

    event.listen(office.books.engine, "checkout", watch)
    yield found
    event.remove(office.books.engine, "checkout", watch)
    for driver in drivers:
        driver.set_trace_callback(None)


def scans(office: Office, found: set[str]) -> list[str]:
    """Plans that go through a large table from end to end, with the query."""
    out = []
    with office.books.read() as connection:
        for sql in sorted(found):
            names = {alias for _table, alias in _ALIAS.findall(sql)} | set(LARGE)
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}").all()
            out += [f"{row[3]}: {sql}" for row in plan if (hit := _SCAN.match(row[3])) and hit[1] in names]
    return out


def test_a_plan_through_every_line_would_be_seen(desk: Desk) -> None:
    with reads(desk.office) as found, desk.books.read() as connection:
        connection.execute(text("SELECT SUM(l.debit_fen) FROM voucher_line l WHERE l.summary = ''")).all()
        connection.execute(text("SELECT l.line FROM voucher_line l WHERE l.book = 1 AND l.account = '101'")).all()
    assert [one.partition(":")[0] for one in scans(desk.office, found)] == ["SCAN l"]


def test_reports_lists_and_the_board_find_vouchers_and_lines_by_key(desk: Desk) -> None:
    office, month, year = desk.office, Month(2026, 8), Span(Month(2026, 1), Month(2026, 8))
    there = desk.at(month)
    with reads(office) as found:
        for book in ("V01", "all"):
            trial_balance(office, book, month, month)
            trial_balance(office, book, year.first, year.last)
        for kind in (BALANCE_SHEET, INCOME):
            statement(there, kind, Span(month, month))
        ledger(there, "102", year.first, year.last)
        ledger(there, "113", month, month, "罗显富")
        read_voucher(there, list_vouchers(there)[0].uid)
        read_vouchers(there)
        read_board(office, month)
        for book in ("V01", "all"):
            read_incomes(office, book, month)
            read_money(office, book, month)
            read_funds(office, book, month)
            read_ages(office, book, month)
        read_inbox(office)
        read_entry_book(there)
        last_month(office)
        list_books(office)
    assert len(found) > 20
    assert scans(office, found) == []


def test_the_pages_of_the_window_find_vouchers_and_lines_by_key(desk: Desk, staff: Staff, driver: Driver) -> None:
    with reads(Office(desk.books, AGENT_NAME)) as found:
        walk(driver)
    assert len(found) > 60
    assert scans(desk.office, found) == []


def walk(driver: Driver) -> None:
    """Every page with every tab of it, another village, another month, a voucher."""
    desktop: Desktop = driver.desktop
    desktop.seat.sit_at(month=Month(2026, 8))
    driver.settle()
    for page in (*desktop.pages, desktop.plans, desktop.numbers):
        desktop.window.go(page)
        driver.settle()
        for bar in page.findChildren(QTabBar):
            for place in range(bar.count()):
                bar.setCurrentIndex(place)
                driver.settle()
    desktop.ledger.open_account("10201")
    driver.settle()
    desktop.open_voucher(desktop.vouchers.list.heads()[0].uid)
    driver.settle()
    desktop.seat.sit_at(desktop.seat.books[1])
    driver.settle()


def test_the_self_check_went_through_all_vouchers_for_each_line_that_the_bank_paid(desk: Desk) -> None:
    with reads(desk.office) as found, desk.books.read() as connection:
        book = book_id(connection, desk.book.code)
        other_payees(connection, book)
        other_payees(connection, book, ["uid"])
        round_drawings(connection, book)
    assert len(found) > 2
    assert scans(desk.office, found) == []
