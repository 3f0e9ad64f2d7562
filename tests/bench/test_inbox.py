"""PERFORMANCE P7 for the inbox: what waits for the director over 40 villages with years of history.

Ten vouchers a village wait, each with three signatures. Nothing here asserts a time.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.bench.measure import LAST, TIMES, tell
from tests.services.conftest import staff_of
from tests.township import Township, write_township
from villagebooks.core.period import Month
from villagebooks.core.voucher import Draft, Line
from villagebooks.services.approval import approve_voucher
from villagebooks.services.beginning import read_beginning
from villagebooks.services.board import read_board
from villagebooks.services.desk import Office, list_books, open_desk
from villagebooks.services.graph import read_ages, read_funds, read_incomes, read_money
from villagebooks.services.history import import_history
from villagebooks.services.inbox import read_inbox
from villagebooks.services.journal import recent_work
from villagebooks.services.ledger import ALL
from villagebooks.services.office import create_office
from villagebooks.services.reminder import read_reminders
from villagebooks.services.voucher import save_voucher

VILLAGES, EACH = 40, 10
SHOWS_MS = 100


@pytest.fixture
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    """The director's office: history imported, ten vouchers of each village signed by everybody below."""
    years = request.config.getoption("--years")
    tables = write_township(tmp_path / "tables", Township(villages=VILLAGES, vouchers=500, years=years, last_year=LAST))
    office = create_office(tmp_path / "books.vbooks", "测速乡")
    import_history(office, tables)
    staff = staff_of(office)
    for book in list_books(office):
        desk = open_desk(Office(office.books, "冯素芳"), book.code, Month(LAST, 12))
        for number in range(EACH):
            lines = (Line("买打印纸", "51302", 10_000 + number, 0), Line("付款", "10201", 0, 10_000 + number))
            uid = save_voucher(desk, Draft(date(LAST, 12, 30), lines, attachment_count=1)).uid
            for person in (staff.agent, staff.other, staff.cashier):
                approve_voucher(desk, uid, person)
    return Office(office.books, "邹启明")


def median_ms(act: Callable[[], object]) -> float:
    times = []
    for _turn in range(TIMES + 1):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[1:])  # statements are built in the first


def test_p7_the_inbox_and_the_board_of_forty_villages(office: Office) -> None:
    assert len(read_inbox(office)) == VILLAGES * EACH
    inbox = median_ms(lambda: read_inbox(office))
    board = median_ms(lambda: read_board(office, Month(LAST, 12)))
    what = f"inbox of {VILLAGES * EACH} vouchers {inbox:.0f} ms, the board {board:.0f} ms (goal {SHOWS_MS})"
    tell("P7", what, max(inbox, board) <= SHOWS_MS)
    month = Month(LAST, 12)
    parts: dict[str, Callable[[], object]] = {
        "reminders": lambda: read_reminders(office), "recent work": lambda: recent_work(office),
        "first steps": lambda: read_beginning(office), "incomes": lambda: read_incomes(office, ALL, month),
        "money": lambda: read_money(office, ALL, month), "funds": lambda: read_funds(office, ALL, month),
        "ages": lambda: read_ages(office, ALL, month),
    }  # fmt: skip
    times = {name: median_ms(act) for name, act in parts.items()}
    told = ", ".join(f"{name} {one:.0f} ms" for name, one in times.items())
    tell("P7", f"the first page beside its board: {told}", max(times.values()) <= 3 * SHOWS_MS)
    office.books.close()
