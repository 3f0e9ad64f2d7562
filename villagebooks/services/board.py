"""The board of the month: every book with how far it is, what is late first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from villagebooks.core.board import BoardRow, LateSteps, order_rows
from villagebooks.core.book import Book
from villagebooks.core.closing import OPEN
from villagebooks.core.disclosure import POSTING_DAY, posting_date
from villagebooks.core.inbox import PAPER, VOUCHER, WHISTLE, Waiting
from villagebooks.core.period import Month
from villagebooks.db import bank as bank_rows
from villagebooks.db import board as board_rows
from villagebooks.db import book as book_rows
from villagebooks.services.account import today
from villagebooks.services.desk import Office
from villagebooks.services.inbox.read import waiting_in


def read_board(office: Office, month: Month) -> list[BoardRow]:
    """One row a book that had begun by the month; late ones first, then those where something waits, then by code."""
    day = today(office)
    with office.books.read() as connection:
        papers = board_rows.paper_states(connection, month)
        vouchers = board_rows.voucher_states(connection, month)
        sheets = board_rows.sheet_days(connection, month)
        exports = board_rows.last_exports(connection)
        states = board_rows.month_states(connection, month)
        confirmed = bank_rows.confirmed_counts(connection, month)
        held = bank_rows.held_counts(connection, month)
        kept = book_rows.settings(connection, ["disclosure"]).get("disclosure")
        posting = kept.get("posting_day", POSTING_DAY) if isinstance(kept, dict) else POSTING_DAY
        late = [one for one in waiting_in(connection, office) if one.late]
        rows = []
        due = posting_date(month, posting)
        for row_id, book in book_rows.books_by_id(connection).items():
            put_up, stay_until = sheets.get(row_id, ("", ""))
            exported = exports.get(row_id, "")[:10]
            if book.keeps(month):
                rows.append(
                    BoardRow(
                        book.code, book.name, month, papers.get(row_id, {}), vouchers.get(row_id, {}), _day(put_up),
                        _day(stay_until), _day(exported), due, day, states.get(row_id, OPEN),
                        held.get(row_id, 0), confirmed.get(row_id, 0),
                        _late(late, book, month, PAPER), _late(late, book, month, VOUCHER, WHISTLE),
                    )
                )  # fmt: skip
    return order_rows(rows)


def _late(late: Sequence[Waiting], book: Book, month: Month, *kinds: str) -> LateSteps | None:
    """What is late of these kinds in the book and month; a whistle is of every month until it is answered."""
    of_book = [one for one in late if one.book == book and one.kind in kinds]
    mine = [one for one in of_book if one.kind == WHISTLE or one.month == month]
    if not mine:
        return None
    worst = max(mine, key=lambda one: one.late)
    return LateSteps(len(mine), worst.late, worst.people)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
