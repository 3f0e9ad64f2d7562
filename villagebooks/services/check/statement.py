"""Layouts in use against their rules, and what the statements say against the trial balance."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from villagebooks.core.book import Book
from villagebooks.core.money import said_yuan
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused
from villagebooks.core.statement import (
    BALANCE_SHEET,
    INCOME,
    LEFT_KINDS,
    NET_INCOME,
    PROFIT_AND_LOSS,
    TOTAL_ASSETS,
    TOTAL_SOURCES,
    UNDISTRIBUTED,
    USED,
    Layout,
    expand,
    plain_label,
    total_line,
)
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import statement as layout_rows
from villagebooks.db.check.statement import last_kept_month, not_transferred, profit, sheet_totals
from villagebooks.services.check.found import Found
from villagebooks.services.statement.layout import chart_of, layout_faults, layout_of, official_layout
from villagebooks.services.statement.read import BookRead, check_begun, read_book, statement_of


def layout_findings(connection: Connection) -> Iterator[Found]:
    """Layouts that were put to use and break a rule of layouts."""
    for one in layout_rows.layouts(connection):
        if one.state == USED and not one.official:
            name = _("{title}（{standard} 年制度）第 {n} 版").format(
                title=one.title, standard=one.standard, n=one.version
            )
            for fault in layout_faults(one.kind, one.lines, one.standard):
                yield Found("layout", "statement_layout", name, str(fault))


def statement_findings(connection: Connection, book: Book) -> Iterator[Found]:
    """The last month's balance sheet and income statement against the trial balance, and against each other."""
    month = last_kept_month(connection, book_rows.book_id(connection, book.code))
    if month is None or check_begun(book, Span(month, month)):
        return
    one = read_book(connection, book, month)
    try:
        layouts = [layout_of(connection, kind, book.standard, month) for kind in (BALANCE_SHEET, INCOME)]
    except Refused:
        return  # told as a layout that breaks a rule
    sheet, income = (_amounts(one, layout, month) for layout in layouts)
    for text in (*_sheet_faults(one, layouts[0], sheet, month), *_income_faults(one, layouts[1], income, month)):
        yield Found("statement", "balance", str(month), text)
    left = [values[line_no] for layout, values in zip(layouts, (sheet, income), strict=True)
            if (line_no := _undistributed(layout))]  # fmt: skip
    # what was not transferred at a year's end is told by its own rule: the sheet counts it, the income statement cannot
    if len(left) == 2 and left[0] - not_transferred(connection, one.row, month.year) != left[1]:
        text = _("资产负债表上未分配收益是 {a}，收益及收益分配表上年末未分配收益是 {b}")
        said = text.format(a=said_yuan(left[0]), b=said_yuan(left[1]))
        yield Found("statement_undistributed", "balance", str(month), said)


def _amounts(one: BookRead, layout: Layout, month: Month) -> dict[str, int]:
    """The first column of a statement for the year up to a month, by line."""
    lines = statement_of(one, layout, Span(Month(month.year, 1), month)).rows
    return {row.line_no: row.amounts_fen[0] for row in lines if row.line_no}


def _sheet_faults(one: BookRead, layout: Layout, values: dict[str, int], month: Month) -> Iterator[str]:
    lines = {label: total_line(layout.lines, label) for label in (TOTAL_ASSETS, TOTAL_SOURCES)}
    shown = [values[line_no] for line_no in lines.values()]
    left = [account.code for account in chart_of(one.book.standard) if account.kind in LEFT_KINDS]
    wanted = sheet_totals(one.connection, one.row, month, left)
    if shown[0] != shown[1]:
        text = _("资产总计 {a}，负债和所有者权益总计 {b}，不相等")
        yield text.format(a=said_yuan(shown[0]), b=said_yuan(shown[1]))
    if _same_sides(layout, one.book.standard):
        for (label, _line), fen, should in zip(lines.items(), shown, wanted, strict=True):
            if fen != should:
                text = _("{label} {a}，从科目余额加出来是 {b}")
                yield text.format(label=label, a=said_yuan(fen), b=said_yuan(should))


def _same_sides(layout: Layout, standard: str) -> bool:
    """Whether the accounts stand where the official layout has them: a township may show one on its other side."""
    official = official_layout(BALANCE_SHEET, standard).lines
    own, usual = (expand(lines)[total_line(lines, TOTAL_ASSETS)] for lines in (layout.lines, official))
    return {atom: times for atom, times in own.items() if times} == usual


def _income_faults(one: BookRead, layout: Layout, values: dict[str, int], month: Month) -> Iterator[str]:
    line_no = total_line(layout.lines, *NET_INCOME)
    codes = [account.code for account in chart_of(one.book.standard) if account.kind == PROFIT_AND_LOSS]
    wanted = profit(one.connection, one.row, month, codes)
    if line_no and values[line_no] != wanted:
        text = _("收益及收益分配表第 {n} 行是 {a}，从损益科目加出来是 {b}")
        yield text.format(n=line_no, a=said_yuan(values[line_no]), b=said_yuan(wanted))


def _undistributed(layout: Layout) -> str:
    """The line of 未分配收益, on the income statement the one at the end of the year."""
    return next(
        (
            line.line_no for line in reversed(layout.lines)
            if line.line_no and plain_label(line.label).endswith(UNDISTRIBUTED)
        ),
        "",
    )  # fmt: skip
