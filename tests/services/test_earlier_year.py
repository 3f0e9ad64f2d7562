"""What is posted into an earlier year stands in the opening of every later one that is kept already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import text

from tests.services.conftest import line
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk


def money(day: date, fen: int) -> Draft:
    return Draft(day, (line("101", fen), line("301", credit=fen)), attachment_count=1)


def openings_of_cash(desk: Desk) -> list[tuple[int, int]]:
    with desk.books.read() as connection:
        rows = connection.execute(
            text("SELECT year, debit_fen FROM balance WHERE account = '101' AND month = 0 ORDER BY year")
        )
        return [(row[0], row[1]) for row in rows]


def test_every_later_opening_takes_a_voucher_of_an_earlier_year(
    desk: Desk, sign_and_post: Callable[[Draft], Voucher]
) -> None:
    sign_and_post(money(date(2026, 9, 1), 10_000))
    sign_and_post(money(date(2028, 1, 5), 500))
    assert openings_of_cash(desk) == [(2027, 10_000), (2028, 10_000)]
    sign_and_post(money(date(2026, 10, 8), 30))
    assert openings_of_cash(desk) == [(2027, 10_030), (2028, 10_030)]
    assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []
