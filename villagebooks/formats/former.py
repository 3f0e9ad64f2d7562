"""Balances by former village as a table for files."""

from __future__ import annotations

from villagebooks.core.former import FormerReport
from villagebooks.core.money import yuan_text
from villagebooks.core.quantity import quantity_text
from villagebooks.formats.record import Table

COLUMNS = ("former", "account", "name", "detail", "debit", "credit", "quantity")


def former_table(report: FormerReport) -> Table:
    """A row for each lowest detail; `former` is empty for what came with no former village."""
    rows = [
        (
            row.former, row.account, row.name, row.words, yuan_text(max(row.balance_fen, 0)),
            yuan_text(max(-row.balance_fen, 0)), quantity_text(row.quantity_milli, zero=""),
        )
        for row in report.rows
    ]  # fmt: skip
    return Table(COLUMNS, rows)
