"""Statements of a book from the layout of its standard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from villagebooks.core.account import Account
from villagebooks.core.formula import read_formula
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.statement import (
    BALANCE_SHEET,
    COLUMNS,
    INCOME,
    Figures,
    LayoutLine,
    Statement,
    at_opening,
    build_rows,
    check_layout,
    crossings,
    find_codes,
)
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.formats.account import read_chart
from villagebooks.formats.statement import read_layout
from villagebooks.paths import resource
from villagebooks.services.desk import Desk
from villagebooks.services.ledger import check_taken_over, leaves_of


def statement(desk: Desk, kind: str, span: Span) -> Statement:
    """The balance sheet (closing, opening of the year) or income statement (year to date, span alone, last year).

    The span lies in one year; Refused before the book's first month or with a layout that breaks its own rules.
    """
    book = desk.book
    if span.last < book.start:
        raise Refused([Problem(_("账从 {start} 开始，{span} 还没有账").format(start=book.start, span=span))])
    lines = load_layout(kind, book.standard)
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, book.code)
        accounts = book_rows.accounts(connection, row_id)
        start = ledger_rows.first_month(connection, row_id, book.start)
        if kind == INCOME:
            refuse_if(check_taken_over(book, start, span))
        columns = _columns(connection, row_id, start, kind, span, lines, accounts)
    rows = build_rows(lines, columns, accounts)
    return Statement(kind, book.code, book.name, book.standard, span, COLUMNS[kind], rows)


def load_layout(kind: str, standard: str) -> tuple[LayoutLine, ...]:
    """The layout of a statement under a standard; Refused when the file breaks the rules of layouts."""
    lines = read_layout(resource("statements", f"{kind}-{standard}.csv"))
    refuse_if(check_layout(kind, lines, read_chart(resource("charts", f"{standard}.csv"))))
    return lines


def _columns(
    connection: Connection,
    row_id: int,
    start: Month,
    kind: str,
    span: Span,
    lines: Sequence[LayoutLine],
    accounts: Mapping[str, Account],
) -> list[Figures]:
    apart = {
        term.place.code[:3] for line in lines for term in read_formula(line.formula) if term.function in ("DS", "CS")
    }
    year = Span(Month(span.last.year, 1), span.last)

    def read(months: Span, whole: Span) -> Figures:
        found = ledger_rows.details(connection, row_id, months, start, apart)
        whole_year = found if months == whole else ledger_rows.details(connection, row_id, whole, start, apart)
        pairs = {
            pair: ledger_rows.cross(
                connection, row_id, leaves_of(accounts, find_codes(pair[0], accounts.values())),
                leaves_of(accounts, find_codes(pair[1], accounts.values())), months,
            )
            for pair in crossings(lines)
        }  # fmt: skip
        return Figures(found, whole_year, pairs)

    if kind == BALANCE_SHEET:
        closing = read(year, year)
        return [closing, Figures(at_opening(closing.details), closing.year)]
    last_year = Span(Month(year.first.year - 1, 1), Month(year.last.year - 1, year.last.month))
    return [read(year, year), read(span, year), read(last_year, last_year)]
