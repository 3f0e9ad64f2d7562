"""The township's statements: the sum of all villages, the villages side by side; one accounting standard a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from villagebooks.core.ledger import ALL_BOOKS, build_trial_balance
from villagebooks.core.period import Span
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.statement import (
    BALANCE_SHEET,
    COLUMNS,
    DETAIL,
    DETAIL_COLUMNS,
    TRIAL_BALANCE,
    TRIAL_COLUMNS,
    Layout,
    SideBySide,
    Statement,
    StatementRow,
    add_up,
    check_one_standard,
    detail_rows,
    line_values,
    pick_figures,
    put_beside,
    shown_rows,
    trial_rows,
)
from villagebooks.core.statement.township import Entries, Key
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.services.desk import Office
from villagebooks.services.ledger import check_taken_over
from villagebooks.services.statement.detail import PRIOR, detail_of
from villagebooks.services.statement.layout import layout_of
from villagebooks.services.statement.read import BookRead, check_begun, figures_at, knows, last_year, read_book
from villagebooks.services.statement.read import year_to_date as year_of

NOT_SUMMED = ("equity", "notes")
USUAL_FIGURES = {TRIAL_BALANCE: ("closing_debit", "closing_credit"), DETAIL: ("amount",)}


@dataclass(frozen=True, slots=True)
class _Township:
    """The books of one table with their rows, and what a reader must know."""

    name: str
    standard: str
    books: tuple[BookRead, ...]
    entries: tuple[Entries, ...]
    columns: tuple[str, ...]
    chosen: tuple[str, ...]
    """Those of the columns that the rows have."""
    unknown: tuple[str, ...]
    layout: Layout | None
    remarks: tuple[str, ...]


def township_statement(office: Office, report: str, span: Span, standard: str = "") -> Statement:
    """汇总: a statement, the 收支明细表 or the trial balance summed over every book of one standard (book `*`).

    Refused when books of both standards are there and none is chosen, and when no book has begun.
    """
    with office.books.read() as connection:
        town = _read(connection, report, span, standard)
        rows = _rows(town, report, add_up(town.entries, _keys(town)))
    return Statement(
        town.layout.kind if town.layout else report, ALL_BOOKS, town.name, town.standard, span, town.columns, rows,
        unknown=town.unknown, title=_title(town, report), version=town.layout.version if town.layout else 0,
        books=len(town.books), remarks=town.remarks,
    )  # fmt: skip


def township_side_by_side(
    office: Office, report: str, span: Span, figures: Sequence[str] = (), standard: str = ""
) -> SideBySide:
    """各村并列: one figure or several of each book side by side with their sum; the usual ones unless told.

    Refused as the summary is, and for a figure that the statement does not have.
    """
    with office.books.read() as connection:
        town = _read(connection, report, span, standard, figures)
        rows = _rows(town, report, put_beside(town.entries, _keys(town)))
    books = tuple((one.book.code, one.book.name) for one in town.books)
    return SideBySide(
        report, _title(town, report), town.standard, span, town.chosen, books, rows,
        town.layout.version if town.layout else 0, town.remarks,
    )  # fmt: skip


def kept_standards(office: Office) -> list[str]:
    """The accounting standards that books are kept by, the newer first."""
    with office.books.read() as connection:
        return sorted({one.standard for one in book_rows.books(connection)}, reverse=True)


def _check_figures(chosen: Sequence[str], columns: Sequence[str]) -> list[Problem]:
    text = _("这张表没有“{figure}”这一栏，可选：{columns}")
    return [
        Problem(text.format(figure=one, columns=_("、").join(columns)), field="figures")
        for one in chosen
        if one not in columns
    ]


def _read(
    connection: Connection, report: str, span: Span, standard: str, figures: Sequence[str] | None = None
) -> _Township:
    """Every column; or some `figures`, the usual ones where none is named."""
    if report in NOT_SUMMED:
        raise Refused([Problem(_("权益变动表和附注按账套出，没有汇总"))])
    books = [one for one in book_rows.books(connection) if standard in ("", one.standard)]
    refuse_if(check_one_standard(books, standard))
    later = [one for one in books if check_begun(one, span)]
    begun = [read_book(connection, one, span.last) for one in books if one not in later]
    if not begun:
        raise Refused([Problem(_("{span} 还没有一个账套有账").format(span=span))])
    kept = begun[0].book.standard
    layout = None if report in (DETAIL, TRIAL_BALANCE) else layout_of(connection, report, kept, span.last)
    refuse_if([fault for one in begun for fault in _cut(one, layout, span)])
    columns = COLUMNS[layout.form] if layout else TRIAL_COLUMNS if report == TRIAL_BALANCE else DETAIL_COLUMNS
    chosen = columns if figures is None else tuple(figures) or USUAL_FIGURES.get(report, columns[:1])
    refuse_if(_check_figures(chosen, columns))
    places = [columns.index(one) for one in chosen]
    entries, known = zip(*(_entries(one, report, layout, span, places) for one in begun), strict=True)
    unknown = () if any(known) else tuple(one for one in PRIOR if one in columns)
    remarks = [_("{name} 从 {start} 起才有账，不在内").format(name=one.name, start=one.start) for one in later]
    if any(known) and not all(known):
        without = _("、").join(one.book.name for one, knew in zip(begun, known, strict=True) if not knew)
        remarks.append(_("上年同期不含没有上年账的：{names}").format(names=without))
    name = _("{township}（{n} 个账套合计）").format(township=book_rows.centre(connection).township, n=len(begun))
    return _Township(name, kept, tuple(begun), entries, columns, chosen, unknown, layout, tuple(remarks))


def _cut(one: BookRead, layout: Layout | None, span: Span) -> list[Problem]:
    """Months of which a book took over only the sum, where a table speaks of what moved."""
    return [] if layout and layout.form == BALANCE_SHEET else check_taken_over(one.book, one.start, span)


def _entries(
    one: BookRead, report: str, layout: Layout | None, span: Span, places: Sequence[int]
) -> tuple[Entries, bool]:  # fmt: skip
    """A book's rows with the columns at these places, and whether it knows last year."""
    if report == DETAIL:
        entries, knew = detail_of(one, span)
        return pick_figures(entries, places), knew
    known = knows(one, last_year(year_of(span)))
    if layout is None:
        found = ledger_rows.leaf_details(one.connection, one.row, span, one.start)
        rows = build_trial_balance(one.book.code, {code: one.accounts[code].name for code in one.accounts}, found)
        whole = {
            ("", row.account, row.name): (
                row.opening_debit_fen, row.opening_credit_fen, row.debit_fen, row.credit_fen, row.closing_debit_fen,
                row.closing_credit_fen,
            )
            for row in rows
        }  # fmt: skip
        return pick_figures(whole, places), True
    values = line_values(layout.lines, figures_at(one, layout, span, known, places), one.accounts)
    return {("", line_no, ""): amounts for line_no, amounts in values.items()}, known


def _keys(town: _Township) -> Iterable[Key]:
    return sorted({key for one in town.entries for key in one})


def _rows(town: _Township, report: str, sums: Mapping[Key, tuple[int, ...]]) -> tuple[StatementRow, ...]:
    if town.layout:
        return shown_rows(town.layout.lines, {key[1]: amounts for key, amounts in sums.items()})
    return trial_rows(sums) if report == TRIAL_BALANCE else detail_rows(sums)


def _title(town: _Township, report: str) -> str:
    if town.layout:
        return town.layout.title
    return _("科目余额表") if report == TRIAL_BALANCE else _("收支明细表")
