"""Statement layouts read from their data files, and statements written as CSV, JSON and Excel."""

from __future__ import annotations

import csv
from pathlib import Path

from villagebooks.core.money import yuan_text
from villagebooks.core.statement import LayoutLine, Statement
from villagebooks.formats.record import Table

INDENT = "　"


def read_layout(path: Path) -> tuple[LayoutLine, ...]:
    """The lines of a layout file in their order; `check_layout` says whether they may be used."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(
            LayoutLine(row["line_no"].strip(), row["label"], row["formula"], row["show"].strip())
            for row in csv.DictReader(file)
        )


def statement_table(statement: Statement) -> Table:
    """The numbered lines with their amounts in yuan; heads carry no figure and indents are for paper."""
    rows = tuple(
        (row.line_no, row.label.strip(INDENT), *(yuan_text(amount) for amount in row.amounts_fen))
        for row in statement.rows
        if row.line_no
    )
    return Table(("line_no", "label", *statement.columns), rows)
