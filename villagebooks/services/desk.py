"""Where a person works: a desk on one book, or the whole office. Every service takes one of them first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from villagebooks.core.book import Book
from villagebooks.core.period import Month, month_of
from villagebooks.core.problem import Problem, Refused, Trouble
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import books as books_file
from villagebooks.db import closing as closing_rows
from villagebooks.db import journal
from villagebooks.services.place import LOCAL, Desk, Office

__all__ = [
    "LOCAL",
    "Act",
    "Desk",
    "Office",
    "acting",
    "acting_office",
    "list_books",
    "open_desk",
    "open_office",
    "refuse_future",
    "settle_books",
]


@dataclass(frozen=True, slots=True)
class Act:
    """An open write transaction: connection, the book's row id (None: office), the time, who acts."""

    connection: Connection
    book: int | None
    at: str
    person: str

    @property
    def row(self) -> int:
        """The book's row id; ValueError in an act of the whole office, which has none."""
        if self.book is None:
            raise ValueError("this act belongs to a book")
        return self.book

    def record(self, kind: str, ref: str) -> None:
        """Journal what was done to `table:key` on the book's chain, or the office's for an office act."""
        journal.record(self.connection, self.book, self.at, self.person, kind, ref)


@contextmanager
def acting(desk: Desk, *, alone: bool = False) -> Iterator[Act]:
    """The one transaction of an act at a desk; `alone` in the whole office when it looks at other books too."""
    with desk.books.write("" if alone else desk.book.code) as connection:
        yield Act(connection, book_rows.book_id(connection, desk.book.code), desk.books.now(), desk.person)


@contextmanager
def acting_office(office: Office) -> Iterator[Act]:
    """The one transaction of an act of the whole office."""
    with office.books.write() as connection:
        yield Act(connection, None, office.books.now(), office.person)


def open_office(place: Path | str, person: str = LOCAL, mapped: int = books_file.MAPPED) -> Office:
    """Open the books of a file or a server; Trouble for books whose making was cut off, which hold nothing.

    `mapped`: bytes of a file that every connection maps; a window, open all day, maps nothing (see `open_books`).
    """
    books = books_file.open_books(place, mapped=mapped)
    with books.read() as connection:
        founded = book_rows.is_founded(connection)
    if not founded:
        books.close()
        raise Trouble(_("{path} 建立到一半就断了，里面什么也没有：请删掉它，重新建立").format(path=books.place))
    return Office(books, person)


def open_desk(office: Office, book: str, period: Month) -> Desk:
    """Sit down at a book by its code."""
    with office.books.read() as connection:
        return Desk(office.books, office.person, book_rows.find_book(connection, book), period)


def list_books(office: Office) -> list[Book]:
    """Every book of the office by code."""
    with office.books.read() as connection:
        return book_rows.books(connection)


def refuse_future(desk: Desk) -> None:
    """Refused for a month that has not begun by the books' clock and lies after everything posted: a slip."""
    if desk.period <= month_of(date.fromisoformat(desk.books.now()[:10])):
        return
    with desk.books.read() as connection:
        posted = closing_rows.last_posted(connection, book_rows.book_id(connection, desk.book.code))
    if posted is None or desk.period > posted:
        raise Refused([Problem(_("{month} 还没有到，也没有记过账：月份可能写错了").format(month=desk.period))])


def settle_books(office: Office) -> None:
    """Tidy the books' file while nobody waits, so that no later act has to."""
    office.books.settle()
