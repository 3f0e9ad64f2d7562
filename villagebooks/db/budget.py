"""Budgets: the adoption of a year and its changes, one after another; nothing is written over."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, insert, select

from villagebooks.core.budget import BudgetAct, BudgetLine
from villagebooks.db import schema

_budget, _line = schema.budget.c, schema.budget_line.c


def add_act(connection: Connection, book: int, turn: int, one: BudgetAct) -> None:
    """An adoption or change, `turn` counting from 1 within the year."""
    connection.execute(
        insert(schema.budget).values(
            uid=one.uid, book=book, year=one.year, turn=turn, kind=one.kind, day=one.day.isoformat(), basis=one.basis,
            reason=one.reason,
        )
    )  # fmt: skip
    rows = [{"budget": one.uid, "account": line.account, "amount_fen": line.amount_fen} for line in one.lines]
    connection.execute(insert(schema.budget_line), rows)


def acts_of_year(connection: Connection, book: int, code: str, year: int) -> list[BudgetAct]:
    """The acts on a year's budget of the book with this row id and code, in order."""
    query = select(schema.budget).where(_budget.book == book, _budget.year == year).order_by(_budget.turn)
    found = connection.execute(query).all()
    lines: dict[str, list[BudgetLine]] = {row.uid: [] for row in found}
    if found:
        of_all = select(schema.budget_line).where(_line.budget.in_(lines)).order_by(_line.budget, _line.account)
        for row in connection.execute(of_all):
            lines[row.budget].append(BudgetLine(row.account, row.amount_fen))
    return [
        BudgetAct(
            row.uid, code, row.year, row.kind, date.fromisoformat(row.day), row.basis, tuple(lines[row.uid]), row.reason
        )
        for row in found
    ]
