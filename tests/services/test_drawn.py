"""Round sums of cash drawn one after another: told where no use shows; cash that is drawn and paid is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tests.services.conftest import line
from villagebooks.core.drawn import Drawn, find_drawings
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.db.book import book_id
from villagebooks.services.desk import Desk
from villagebooks.services.drawn import drawings_of
from villagebooks.services.hint import sign_hint
from villagebooks.services.voucher import save_voucher

Book = Callable[[Draft], Voucher]


def drawing(day: int, fen: int = 500_000) -> Draft:
    return Draft(date(2026, 9, day), (line("101", fen), line("10201", credit=fen)), attachment_count=1)


def test_the_second_round_drawing_within_days_is_told_before_it_is_signed(desk: Desk, sign_and_post: Book) -> None:
    sign_and_post(drawing(3))
    second = save_voucher(desk, drawing(5))
    assert [one for one in sign_hint(desk, second.uid, ()).hints if "2 次整数提现" in one]
    odd = save_voucher(desk, drawing(6, 486_200))
    assert [one for one in sign_hint(desk, odd.uid, ()).hints if "整数提现" in one] == []


def test_what_shows_no_use_within_a_month_is_found_and_what_does_is_not() -> None:
    drawn = [Drawn("a", "记-1", date(2026, 9, 3), 500_000), Drawn("b", "记-2", date(2026, 9, 5), 500_000)]
    today = date(2026, 11, 1)
    (one,) = find_drawings(drawn, [(date(2026, 9, 20), 100_000)], 100_000, 7, today)
    assert one.sentence.startswith("3 天内 2 次整数提现（记-1、记-2），合计 10,000.00 元")
    assert find_drawings(drawn, [(date(2026, 9, 20), 900_000)], 100_000, 7, today) == []
    assert find_drawings(drawn, [], 100_000, 7, date(2026, 10, 1)) == []
    assert find_drawings(drawn, [], 100_000, 2, today) == []
    assert find_drawings(drawn[:1], [], 100_000, 7, today) == []


def test_cash_was_called_unused_while_the_next_month_was_not_entered_yet(desk: Desk, sign_and_post: Book) -> None:
    for day in (3, 5):
        sign_and_post(drawing(day))
    with desk.books.read() as connection:
        assert drawings_of(connection, book_id(connection, desk.book.code), date(2026, 11, 27)) == []
    sign_and_post(replace(drawing(9, 1_000), day=date(2026, 10, 9)))
    with desk.books.read() as connection:
        (one,) = drawings_of(connection, book_id(connection, desk.book.code), date(2026, 11, 27))
    assert one.fen == 1_000_000
