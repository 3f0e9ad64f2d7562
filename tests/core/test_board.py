"""How a book stands in a month, and in which order the board shows the books."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from villagebooks.core.board import (
    DONE,
    LATE,
    NOTHING,
    WAITING,
    BoardRow,
    LateSteps,
    count_standings,
    order_rows,
)
from villagebooks.core.period import Month

SEPTEMBER = Month(2026, 9)
EMPTY = BoardRow("V01", "老秤湾村", SEPTEMBER, {}, {}, None, None, None, date(2026, 10, 10), date(2026, 9, 20))
POSTED = replace(EMPTY, vouchers={"posted": 3}, papers={"booked": 3})
CLOSED = replace(POSTED, state="closed")


def test_a_book_stands_as_its_worst_step() -> None:
    hung = replace(CLOSED, put_up=date(2026, 10, 8), stay_until=date(2026, 10, 18))
    out = replace(hung, today=date(2026, 10, 20))
    for row, standing in (
        (EMPTY, NOTHING),
        (replace(EMPTY, today=date(2026, 10, 11)), LATE),
        (replace(EMPTY, late_papers=LateSteps(1, 3, ("冯素芳",))), LATE),
        (replace(EMPTY, papers={"written": 1}), WAITING),
        (replace(EMPTY, vouchers={"approved": 1}), WAITING),
        (replace(EMPTY, banks=2, reconciled=1), WAITING),
        (POSTED, WAITING),
        (CLOSED, DONE),
        (hung, WAITING),
        (out, WAITING),
        (replace(out, exported=date(2026, 10, 19)), DONE),
    ):
        assert row.standing == standing, row


def test_a_sheet_has_stood_from_the_last_of_its_days_on_and_is_exported_once() -> None:
    hung = replace(CLOSED, put_up=date(2026, 10, 8), stay_until=date(2026, 10, 18))
    last = replace(hung, today=date(2026, 10, 18))
    assert [(row.has_stood, row.may_export) for row in (replace(hung, today=date(2026, 10, 17)), last)] == [
        (False, False),
        (True, True),
    ]
    assert replace(last, exported=date(2026, 10, 17)).may_export
    assert not replace(last, exported=date(2026, 10, 18)).may_export


def test_what_is_late_stands_first_then_what_waits_then_what_is_done() -> None:
    late = replace(EMPTY, book="V04", today=date(2026, 10, 11))
    rows = [replace(CLOSED, book="V01"), replace(EMPTY, book="V02"), replace(POSTED, book="V03"), late]
    assert [row.book for row in order_rows(rows)] == ["V04", "V03", "V01", "V02"]
    assert count_standings(rows) == {LATE: 1, WAITING: 1, DONE: 1, NOTHING: 1}


def test_the_order_stands_while_somebody_works_and_new_books_come_behind() -> None:
    late = replace(EMPTY, book="V04", today=date(2026, 10, 11))
    rows = [replace(CLOSED, book="V01"), late, replace(EMPTY, book="V09")]
    assert [row.book for row in order_rows(rows, ["V01", "V04", "V07"])] == ["V01", "V04", "V09"]
