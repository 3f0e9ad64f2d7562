"""The trial balance as a record, and which months reports may speak of."""

from __future__ import annotations

from sqlalchemy import Connection

from villagebooks.core.book import Book
from villagebooks.core.ledger import TrialBalance, TrialBalanceRow, build_trial_balance, sum_trial_balances
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.statement import check_one_standard
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.db import village as village_rows
from villagebooks.services.desk import Office

ALL = "all"
"""Names every book where a book's code may stand."""


def trial_balance(
    office: Office, book: str, first: Month, last: Month, level: int | None = None, standard: str = ""
) -> TrialBalance:
    """Trial balance of a book, or of all with the township's rows behind (book `*`); posted vouchers only.

    Refused before the opening of the book (of the oldest book for all), and for all while books of both accounting
    standards are there and no `standard` is chosen: the same code means another account in the other chart.
    """
    span = Span(first, last)
    with office.books.read() as connection:
        books = book_rows.books_by_id(connection, "" if book == ALL else book)
        if book == ALL and books:
            books = {row_id: one for row_id, one in books.items() if standard in ("", one.standard)}
            refuse_if(check_one_standard(list(books.values()), standard))
        starts = ledger_rows.first_months(connection, {row_id: one.start for row_id, one in books.items()})
        _check(list(books.values()), list(starts.values()), span)
        found = ledger_rows.leaf_sums(connection, starts, span)
        names = book_rows.account_names(connection, list(books), last.last_day)
        name = "" if book == ALL else village_rows.book_name_on(connection, next(iter(books.values())), last.last_day)
    rows: list[TrialBalanceRow] = []
    for row_id, one in books.items():
        rows += build_trial_balance(one.code, names[row_id], found.get(row_id, ()), level)
    if book == ALL:
        return TrialBalance(ALL, _("全部账套"), first, last, (*rows, *sum_trial_balances(rows)))
    return TrialBalance(book, name, first, last, tuple(rows))


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
    ids = {book_rows.book_id(connection, one.code): one.start for one in books}
    starts = list(ledger_rows.first_months(connection, ids).values())
    _check(books, starts, span)
    return starts


def _check(books: list[Book], starts: list[Month], span: Span) -> None:
    first, last = span.first, span.last
    if not books:
        raise Refused([Problem(_("还没有账套"))])
    if last < first:
        raise Refused([Problem(_("止月 {last} 早于起月 {first}").format(first=first, last=last))])
    start = min(starts)
    if first < start:
        raise Refused([Problem(_("账从 {start} 开始，{first} 在期初之前").format(start=start, first=first))])
    refuse_if([fault for one, begin in zip(books, starts, strict=True) for fault in check_taken_over(one, begin, span)])
