"""Plan against actual as rows of text."""

from __future__ import annotations

from villagebooks.core.budget import BudgetReport
from villagebooks.core.money import yuan_text
from villagebooks.formats.record import Table


def budget_table(report: BudgetReport) -> Table:
    """One row an account, amounts in yuan."""
    columns = ("account", "name", "side", "adopted", "changed", "plan", "actual", "left")
    rows = [
        (
            one.account, one.name, "income" if one.income else "expense",
            *map(yuan_text, (one.adopted_fen, one.changed_fen, one.plan_fen, one.actual_fen, one.left_fen)),
        )
        for one in report.rows
    ]  # fmt: skip
    return Table(columns, rows)
