"""收支明细表 and 权益变动表 of a book: no layout makes them, they follow the accounts."""

from __future__ import annotations

from villagebooks.core.ledger import Detail
from villagebooks.core.period import Span
from villagebooks.core.problem import refuse_if
from villagebooks.core.statement import (
    DETAIL,
    DETAIL_COLUMNS,
    EQUITY,
    EQUITY_COLUMNS,
    PROFIT_AND_LOSS,
    Statement,
    detail_entries,
    detail_rows,
    equity_rows,
)
from villagebooks.core.statement.township import Entries
from villagebooks.core.words import _
from villagebooks.db import ledger as ledger_rows
from villagebooks.services.desk import Desk
from villagebooks.services.ledger import check_taken_over
from villagebooks.services.statement.layout import chart_of
from villagebooks.services.statement.read import BookRead, check_begun, knows, last_year, read_book, year_to_date

PRIOR = ("prior", "period_prior")


def statement_detail(desk: Desk, span: Span) -> Statement:
    """Income and expenditure by account: the year to date, the span alone, and both a year before.

    Refused before the book's first month, and for months of which only the sum was taken over.
    """
    with desk.books.read() as connection:
        one = read_book(connection, desk.book, span.last)
        entries, known = detail_of(one, span)
    book = one.book
    return Statement(
        DETAIL, book.code, book.name, book.standard, span, DETAIL_COLUMNS, detail_rows(entries),
        unknown=() if known else PRIOR, title=_("收支明细表"),
    )  # fmt: skip


def detail_of(one: BookRead, span: Span) -> tuple[Entries, bool]:
    """The rows of a book's 收支明细表, and whether it knows last year."""
    refuse_if(check_begun(one.book, span) or check_taken_over(one.book, one.start, span))
    year = year_to_date(span)
    known = knows(one, last_year(year))
    spans = (year, span, last_year(year), last_year(span))
    chart = chart_of(one.book.standard)
    moving = [account.code for account in chart if account.kind == PROFIT_AND_LOSS]
    within = (min(moving), f"{max(moving)}~")
    columns = [_details(one, months, within) if place < 2 or known else () for place, months in enumerate(spans)]
    return detail_entries(chart, one.accounts, columns), known


def statement_equity(desk: Desk, span: Span) -> Statement:
    """Equity from the start of the year to the span's end, with the year's distribution."""
    with desk.books.read() as connection:
        one = read_book(connection, desk.book, span.last)
        refuse_if(check_begun(one.book, span))
        rows = equity_rows(chart_of(one.book.standard), one.accounts, _details(one, year_to_date(span)))
    book = one.book
    title = _("成员权益变动及收益分配表")
    return Statement(EQUITY, book.code, book.name, book.standard, span, EQUITY_COLUMNS, rows, title=title)


def _details(one: BookRead, span: Span, within: tuple[str, str] = ledger_rows.EVERY) -> tuple[Detail, ...]:
    return ledger_rows.leaf_details(one.connection, one.row, span, one.start, within)
