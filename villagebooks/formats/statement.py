"""Statement layouts read from their data files, and statements written as CSV, JSON and Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from villagebooks.core.ledger import ALL_BOOKS
from villagebooks.core.money import yuan_text
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.statement import (
    DETAIL,
    EQUITY,
    INDENT,
    PRIOR_COLUMN,
    TRIAL_BALANCE,
    LayoutLine,
    NoteRule,
    Notes,
    SideBySide,
    Statement,
)
from villagebooks.core.words import _, pgettext
from villagebooks.formats.record import Table

BY_ACCOUNTS = (DETAIL, EQUITY, TRIAL_BALANCE)
"""Statements whose rows are accounts."""


LAYOUT = ("line_no", "label", "formula", "show")


def read_layout(path: Path) -> tuple[LayoutLine, ...]:
    """The lines of a layout file that comes along; `check_layout` says whether they may be used."""
    return layout_lines(path.read_text(encoding="utf-8-sig"))


def layout_lines(text: str) -> tuple[LayoutLine, ...]:
    """The lines of a layout file in their order; Refused with the line of the file that has other columns."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if not rows or tuple(cell.strip() for cell in rows[0]) != LAYOUT:
        raise Refused([Problem(_("第一行应是 {head}").format(head=",".join(LAYOUT)))])
    wrong = [number for number, row in enumerate(rows, 1) if row and len(row) != len(LAYOUT)]
    if wrong:
        text = _("第 {n} 行不是 {count} 列；项目里有逗号要用引号括起来")
        raise Refused([Problem(text.format(n=number, count=len(LAYOUT))) for number in wrong])
    return tuple(LayoutLine(row[0].strip(), row[1], row[2], row[3].strip()) for row in rows[1:] if row)


def read_note_rules(path: Path) -> tuple[NoteRule, ...]:
    """The tables of the notes in the order of the data file; `check_note_rules` says whether they may be used."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            NoteRule(row["topic"], row["title"], tuple(row["accounts"].split()), row["by"], row["columns"])
            for row in csv.DictReader(file)
        )


def read_labels(path: Path) -> dict[str, str]:
    """Topics with their labels, in the order of the file (`supplement-2004.csv`)."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["topic"]: row["label"] for row in csv.DictReader(file)}


def layout_table(lines: Sequence[LayoutLine]) -> Table:
    """The lines of a layout with the columns of its file."""
    return Table(LAYOUT, [(line.line_no, line.label, line.formula, line.show) for line in lines])


def statement_table(statement: Statement, heads: bool = False) -> Table:
    """The lines with their amounts in yuan; rows without figures are for paper, and so are indents.

    With `heads` (Excel) the columns are named for people and those beyond DESIGN §6 come along; what the books do not
    know is left empty.
    """
    names = (*statement.columns, *statement.extra) if heads else statement.columns
    unknown = set(statement.unknown) if heads else set()
    rows = tuple(
        (row.line_no, row.label.strip(INDENT),
         *("" if name in unknown or (name == PRIOR_COLUMN and row.line_no in statement.unknown_lines)
           else yuan_text(fen) for name, fen in zip(names, row.amounts_fen, strict=False)))
        for row in statement.rows
        if row.amounts_fen
    )  # fmt: skip
    first = ("account", "name") if statement.kind in BY_ACCOUNTS else ("line_no", "label")
    return _headed(Table((*first, *names), rows)) if heads else Table((*first, *names), rows)


def side_by_side_table(report: SideBySide, heads: bool = False) -> Table:
    """A column a book, named by its code (by code and figure where there are several), the sum of all in `*`."""
    books = [*report.books, (ALL_BOOKS, _("合计"))]
    several = len(report.figures) > 1
    columns = [
        (name if heads else code) + (f" {_head(figure) if heads else figure}" if several else "")
        for code, name in books
        for figure in report.figures
    ]
    first = ("account", "name") if report.kind in BY_ACCOUNTS else ("line_no", "label")
    rows = tuple(
        (row.line_no, row.label.strip(INDENT), *map(yuan_text, row.amounts_fen))
        for row in report.rows
        if row.amounts_fen
    )
    return Table((*(map(_head, first) if heads else first), *columns), rows)


def notes_tables(notes: Notes) -> list[tuple[str, Table]]:
    """The notes as sheets: first every text, then each table under its title."""
    texts = [(section.title, text) for section in notes.sections for text in (*section.given, section.text) if text]
    sheets = [(_("文字说明"), Table((pgettext("row", "项目"), _("内容")), texts))]
    for section in notes.sections:
        if section.rows:
            rows = [(row.name, *map(yuan_text, row.amounts_fen)) for row in section.rows]
            sheets.append((section.title, Table((_("名称"), *map(_head, section.columns)), rows)))
    return sheets


NOTES_COLUMNS = (
    "topic", "title", "name", "opening", "increase", "decrease", "closing", "opening_debit", "opening_credit", "debit",
    "credit", "closing_debit", "closing_credit", "amount", "text",
)  # fmt: skip


def notes_table(notes: Notes) -> Table:
    """Every text and every row of every table; amounts stand in the columns that the table has."""
    rows: list[tuple[str, ...]] = []
    for section in notes.sections:
        said = [text for text in (*section.given, section.text) if text]
        rows += [(section.topic, section.title, *[""] * (len(NOTES_COLUMNS) - 3), text) for text in said]
        for row in section.rows:
            amounts = dict(zip(section.columns, map(yuan_text, row.amounts_fen), strict=True))
            rows.append((section.topic, section.title, row.name,
                         *(amounts.get(name, "") for name in NOTES_COLUMNS[3:-1]), ""))  # fmt: skip
    return Table(NOTES_COLUMNS, rows)


def _headed(table: Table) -> Table:
    return Table(tuple(map(_head, table.columns)), table.rows)


def _head(column: str) -> str:
    """A column's name as people read it."""
    heads = {
        "line_no": _("行次"), "label": pgettext("row", "项目"), "account": _("科目"),
        "name": _("名称"), "closing": _("期末余额"),
        "opening": _("年初余额"), "year_ago": _("上年同日"), "amount": _("本年累计"), "period_amount": _("本期金额"),
        "prior": _("上年累计"), "period_prior": _("上年同期"), "increase": _("本年增加"), "decrease": _("本年减少"),
        "opening_debit": _("期初借方"), "opening_credit": _("期初贷方"), "debit": _("本期借方"),
        "credit": _("本期贷方"), "closing_debit": _("期末借方"), "closing_credit": _("期末贷方"),
    }  # fmt: skip
    return heads.get(column, column)
