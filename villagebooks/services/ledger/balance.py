"""The trial balance as a record, and which months reports may speak of."""

from __future__ import annotations

from sqlalchemy import Connection

from villagebooks.core.account import CURRENT
from villagebooks.core.book import Book
from villagebooks.core.ledger import TrialBalance, TrialBalanceRow, build_trial_balance, sum_trial_balances
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.services.desk import Office

ALL = "all"
"""Names every book where a book's code may stand."""


def trial_balance(office: Office, book: str, first: Month, last: Month, level: int | None = None) -> TrialBalance:
    """Trial balance of a book, or of all with the township's rows behind (book `*`); posted vouchers only.

    Refused before the opening of the book (of the oldest book for all).
    """
    with office.books.read() as connection:
        books = book_rows.books(connection) if book == ALL else [book_rows.find_book(connection, book)]
        starts = check_span(connection, books, Span(first, last))
        rows: list[TrialBalanceRow] = []
        for one, start in zip(books, starts, strict=True):
            row_id = book_rows.book_id(connection, one.code)
            found = ledger_rows.details(connection, row_id, Span(first, last), start, (CURRENT,))
            rows += build_trial_balance(one.code, book_rows.accounts(connection, row_id, last.last_day), found, level)
    if book == ALL:
        return TrialBalance(ALL, _("全部账套"), first, last, (*rows, *sum_trial_balances(rows)))
    return TrialBalance(book, books[0].name, first, last, tuple(rows))


def check_taken_over(book: Book, start: Month, span: Span) -> list[Problem]:
    """Whether a span cuts the turnovers that were taken over: of these months only the sum is known.

    `start` is the first month of reports; a book that took over nothing has no such months.
    """
    inside = start < span.first < book.start
    if start == book.start or not (inside or start <= span.last < book.start.plus(-1)):
        return []
    text = _("账套 {book} 的 {first} 至 {last} 是接手前的账，只有合计：起月用 {first} 或 {start}，止月不早于 {last}")
    return [Problem(text.format(book=book.code, first=start, last=book.start.plus(-1), start=book.start))]


def check_span(connection: Connection, books: list[Book], span: Span) -> list[Month]:
    """The first month of reports of each book."""
    first, last = span.first, span.last
    if not books:
        raise Refused([Problem(_("还没有账套"))])
    if last < first:
        raise Refused([Problem(_("止月 {last} 早于起月 {first}").format(first=first, last=last))])
    starts = [ledger_rows.first_month(connection, book_rows.book_id(connection, one.code), one.start) for one in books]
    start = min(starts)
    if first < start:
        raise Refused([Problem(_("账从 {start} 开始，{first} 在期初之前").format(start=start, first=first))])
    refuse_if([fault for one, begin in zip(books, starts, strict=True) for fault in check_taken_over(one, begin, span)])
    return starts
