"""Statements of a book from the layout that is in use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sqlalchemy import Connection

from villagebooks.core.account import Account
from villagebooks.core.book import Book
from villagebooks.core.formula import Place
from villagebooks.core.ledger import Detail
from villagebooks.core.money import read_yuan
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.statement import (
    BALANCE_SHEET,
    COLUMNS,
    INCOME,
    PRIOR_COLUMN,
    YEAR_AGO,
    Figures,
    Layout,
    LayoutLine,
    Statement,
    StatementRow,
    at_opening,
    build_rows,
    codes_within,
    crossings,
    evaluate,
    find_codes,
)
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.db import statement as note_rows
from villagebooks.db import village as village_rows
from villagebooks.formats.migration import read_prior_lines
from villagebooks.formats.statement import read_labels
from villagebooks.paths import resource
from villagebooks.services.desk import Desk
from villagebooks.services.ledger import check_taken_over, leaves_of
from villagebooks.services.statement.layout import layout_faults, layout_of

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class BookRead:
    """A book in an open read: its row, its accounts, the first month that reports may begin with."""

    connection: Connection
    book: Book
    row: int
    accounts: Mapping[str, Account]
    start: Month


def read_book(connection: Connection, book: Book, month: Month) -> BookRead:
    """What every statement needs of a book.

    Names are as they were when the month ended, so that what was printed of a closed month is printed the same again.
    """
    row = book_rows.book_id(connection, book.code)
    start = ledger_rows.first_month(connection, row, book.start)
    named = replace(book, name=village_rows.book_name_on(connection, book, month.last_day))
    return BookRead(connection, named, row, book_rows.accounts(connection, row, month.last_day), start)


def statement(desk: Desk, report: str, span: Span, compare: bool = False) -> Statement:
    """The balance sheet (closing, opening of the year), the income statement (year to date, span alone, last year) or
    a report of the township's own, by its code.

    With `compare` a balance sheet has one more column, the same day a year before, where the books know it. The span
    lies in one year; Refused before the book's first month or with a layout that breaks its own rules.
    """
    with desk.books.read() as connection:
        layout = layout_of(connection, report, desk.book.standard, span.last)
        return statement_of(read_book(connection, desk.book, span.last), layout, span, compare)


def layout_at(desk: Desk, report: str, span: Span) -> Layout:
    """The layout that a statement of the desk's book has for a span."""
    with desk.books.read() as connection:
        return layout_of(connection, report, desk.book.standard, span.last)


def statement_of(one: BookRead, layout: Layout, span: Span, compare: bool = False) -> Statement:
    """A statement of a book by a layout that keeps the rules of layouts."""
    refuse_if(check_begun(one.book, span))
    sheet = layout.form == BALANCE_SHEET
    if not sheet:
        refuse_if(check_taken_over(one.book, one.start, span))
    year = year_to_date(span)
    known = knows(one, last_year(year))
    wide = sheet and compare and known and span.last.month != DECEMBER
    figures = figures_of(one, layout, span, known, wide)
    rows = build_rows(layout.lines, figures, one.accounts)
    before = None if sheet or known else prior_of(one, layout, year)
    if before is not None:
        rows = with_prior(rows, before)
    return Statement(
        layout.kind, one.book.code, one.book.name, one.book.standard, span, COLUMNS[layout.form],
        rows, (YEAR_AGO,) if wide else (), () if sheet or known or before else (PRIOR_COLUMN,), layout.title,
        layout.version, remarks=before.remarks if before else (),
        unknown_lines=before.blank if before else (),
        supplement=read_supplement(one, span.last) if layout.official and sheet else (),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Before:
    """Last year's amounts by line from the book before a change of standard, and the lines that stay empty."""

    amounts: Mapping[str, int]
    blank: tuple[str, ...]
    remarks: tuple[str, ...]


def prior_of(one: BookRead, layout: Layout, year: Span) -> Before | None:
    """Last year of the first income statement after a change of standard, line by line where it is sound.

    None where the book follows no other, in later years, and where the old book does not hold these months.
    """
    months = last_year(year)
    old = next((book for book in book_rows.books(one.connection) if book.uid == one.book.predecessor), None)
    if old is None or year.last.year != one.book.start.year or layout.form != INCOME:
        return None
    read = read_book(one.connection, old, months.last)
    if not knows(read, months):
        return None
    told = {line.line_no: line for line in read_prior_lines(resource("migration", "lines_2004_2023.csv"))}
    moved = {one.account[:3] for one in ledger_rows.leaf_details(one.connection, read.row, months, read.start)
             if one.debit_fen - one.closing_debit_fen or one.credit_fen - one.closing_credit_fen}  # fmt: skip
    lines, blank = [], []
    for line in layout.lines:
        rule = told.get(line.line_no)
        if rule is None or rule.label != line.label.strip("　") or not rule.formula or moved & set(rule.unless):
            if line.line_no:
                blank.append(line.line_no)
        else:
            lines.append(LayoutLine(line.line_no, line.label, rule.formula))
    amounts = evaluate(lines, _figures(read, _asked(read, lines), months), read.accounts)
    # the reasons line by line are too long for a sheet's foot: they stand in the data file
    text = _("上年同期取自原账套 {code}（2004 年制度），按新制度分不开的行空白。")
    return Before(amounts, tuple(blank), (text.format(code=old.code),))


def with_prior(rows: Sequence[StatementRow], before: Before) -> tuple[StatementRow, ...]:
    """The rows with last year's amounts in their column."""
    place = COLUMNS[INCOME].index(PRIOR_COLUMN)
    return tuple(
        replace(row, amounts_fen=(*row.amounts_fen[:place], before.amounts.get(row.line_no, 0)))
        if row.amounts_fen
        else row
        for row in rows
    )


@lru_cache(maxsize=4)
def supplement_labels(standard: str) -> Mapping[str, str]:
    """补充资料 of the balance sheet: topics of the notes whose text is an amount. Only the form of 2004 has it."""
    return read_labels(resource("statements", "supplement-2004.csv")) if standard == "2004" else {}


def read_supplement(one: BookRead, month: Month) -> tuple[tuple[str, int], ...]:
    """What the accountant filled in, on the sheet of a year's end; 0 where nothing was."""
    labels = supplement_labels(one.book.standard) if month.month == DECEMBER else {}
    texts = note_rows.note_texts(one.connection, one.row, month.year) if labels else {}
    return tuple((label, read_yuan(texts[topic][1]) or 0 if topic in texts else 0) for topic, label in labels.items())


def figures_of(one: BookRead, layout: Layout, span: Span, known: bool, wide: bool = False) -> list[Figures]:
    """What the columns of a book's statement are computed from; `known`: the books hold last year."""
    return figures_at(one, layout, span, known, range(len(COLUMNS[layout.form]) + wide))


def figures_at(one: BookRead, layout: Layout, span: Span, known: bool, places: Sequence[int]) -> list[Figures]:
    """The same of some columns only: a township reads those of every village."""
    if layout.form == BALANCE_SHEET:
        return _sheet(one, year_to_date(span), layout.lines, places)
    return _income(one, span, layout.lines, known, places)


def check_begun(book: Book, span: Span) -> list[Problem]:
    """Whether the book has begun when the span ends."""
    if span.last >= book.start:
        return []
    return [Problem(_("账从 {start} 开始，{span} 还没有账").format(start=book.start, span=span))]


def year_to_date(span: Span) -> Span:
    """January to the last month of a span."""
    return Span(Month(span.last.year, 1), span.last)


def last_year(span: Span) -> Span:
    """The same months a year before."""
    return Span(span.first.plus(-12), span.last.plus(-12))


def knows(one: BookRead, span: Span) -> bool:
    """Whether the books hold the months up to the end of a span, not only their sum."""
    return span.last >= one.start and not check_taken_over(one.book, one.start, span)


def _sheet(one: BookRead, year: Span, lines: Sequence[LayoutLine], places: Sequence[int]) -> list[Figures]:
    asked = _asked(one, lines)
    closing = _figures(one, asked, year)
    columns = {
        0: lambda: closing,
        1: lambda: Figures(at_opening(closing.details), closing.year),
        2: lambda: _figures(one, asked, last_year(year)),
    }
    return [columns[place]() for place in places]


def _income(
    one: BookRead, span: Span, lines: Sequence[LayoutLine], known: bool, places: Sequence[int]
) -> list[Figures]:
    year, asked = year_to_date(span), _asked(one, lines)
    amount = _figures(one, asked, year) if {0, 1} & set(places) else Figures(())
    columns = {
        0: lambda: amount,
        1: lambda: _figures(one, asked, span, amount.details) if span != year else amount,
        2: lambda: _figures(one, asked, last_year(year)) if known else Figures(()),
    }
    return [columns[place]() for place in places]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a layout asks of a book: accounts from a code on and before another, pairs with the leaves of both."""

    within: tuple[str, str]
    pairs: Mapping[tuple[Place, Place], tuple[list[str], list[str]]]


def _asked(one: BookRead, lines: Sequence[LayoutLine]) -> _Asked:
    pairs = {(place, against): (_leaves(one, place), _leaves(one, against)) for place, against in crossings(lines)}
    return _Asked(codes_within(tuple(lines)), pairs)


def _figures(one: BookRead, asked: _Asked, months: Span, whole_year: tuple[Detail, ...] | None = None) -> Figures:
    """Figures of a column's months; `whole_year` are those from January, the same unless given."""
    found = ledger_rows.leaf_details(one.connection, one.row, months, one.start, asked.within)
    pairs = {
        pair: ledger_rows.cross(one.connection, one.row, leaves, against, months)
        for pair, (leaves, against) in asked.pairs.items()
    }
    return Figures(found, found if whole_year is None else whole_year, pairs)


def _leaves(one: BookRead, place: Place) -> list[str]:
    """Accounts that a place of a formula means in the book, down to those on which lines may stand."""
    below = {code: account for code, account in one.accounts.items() if code.startswith(place.code)}
    return leaves_of(below, find_codes(place, below.values()))


def preview_layout(desk: Desk, layout: Layout, span: Span) -> Statement:
    """A layout that is not in use yet with the figures of the desk's book. Refused for a book of the other standard,
    and while the layout breaks a rule."""
    if layout.standard != desk.book.standard:
        text = _("{book} 用的是 {ours} 年的会计制度，这个格式是 {theirs} 年制度的，换一个账套才能试算")
        said = text.format(book=desk.book.name, ours=desk.book.standard, theirs=layout.standard)
        raise Refused([Problem(said)])
    refuse_if(layout_faults(layout.kind, layout.lines, layout.standard))
    with desk.books.read() as connection:
        return statement_of(read_book(connection, desk.book, span.last), layout, span)
