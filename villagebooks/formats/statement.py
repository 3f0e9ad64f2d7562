"""Statement layouts read from their data files, and statements written as CSV, JSON and Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from villagebooks.core.money import yuan_text
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.statement import LayoutLine, Statement
from villagebooks.core.words import _
from villagebooks.formats.record import Table

INDENT = "　"


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


def layout_table(lines: Sequence[LayoutLine]) -> Table:
    """The lines of a layout with the columns of its file."""
    return Table(LAYOUT, [(line.line_no, line.label, line.formula, line.show) for line in lines])


def statement_table(statement: Statement) -> Table:
    """The numbered lines with their amounts in yuan; heads carry no figure and indents are for paper."""
    rows = tuple(
        (row.line_no, row.label.strip(INDENT), *(yuan_text(amount) for amount in row.amounts_fen))
        for row in statement.rows
        if row.line_no
    )
    return Table(("line_no", "label", *statement.columns), rows)
