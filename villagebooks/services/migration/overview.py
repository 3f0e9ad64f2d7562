"""Every book of the 2004 standard and how far its change of standard is; the charts that a new book may take."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.book import Book
from villagebooks.core.closing import OPEN
from villagebooks.core.migration import NEW, OLD, PaperHead
from villagebooks.core.period import Month
from villagebooks.db import book as book_rows
from villagebooks.db import migration as migration_rows
from villagebooks.services.account import unified_chart
from villagebooks.services.desk import Office
from villagebooks.services.migration.paper import UNIFIED

YEAR_END = 12


@dataclass(frozen=True, slots=True)
class OldBook:
    """A book of the old standard: its last closed December (None: no year is closed), its paper, how many rows wait,
    and the code of the book that follows it."""

    book: Book
    closed: Month | None
    head: PaperHead | None
    successor: str = ""


def old_books(office: Office) -> list[OldBook]:
    """Books of the 2004 standard by code."""
    with office.books.read() as connection:
        books = book_rows.books(connection)
        after = {one.predecessor: one.code for one in books if one.predecessor}
        found = []
        for book in books:
            if book.standard == OLD:
                row_id = book_rows.book_id(connection, book.code)
                states = book_rows.month_states(connection, row_id)
                ends = [month for month, state in states.items() if state != OPEN and month.month == YEAR_END]
                head = migration_rows.find_head(connection, row_id)
                found.append(OldBook(book, max(ends, default=None), head, after.get(book.uid, "")))
    return found


def new_charts(office: Office) -> list[Book]:
    """Books whose accounts a new book may take: those of the 2023 standard."""
    with office.books.read() as connection:
        return [book for book in book_rows.books(connection) if book.standard == NEW]


def usual_chart(office: Office) -> str:
    """The chart that a new book takes unless a person says otherwise: the unified accounts, if there are any."""
    return UNIFIED if unified_chart(office, NEW) else ""
