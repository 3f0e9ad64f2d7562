"""The year's budget: adopt it, change it, hold it against what happened."""

from __future__ import annotations

import uuid
from dataclasses import replace

from villagebooks.core.budget import BudgetAct, BudgetReport, build_budget, check_budget, tidy_act
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import budget as budget_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.services.desk import Desk, acting


def list_budget_acts(desk: Desk, year: int) -> list[BudgetAct]:
    """The adoption of a year and its changes, in order; empty when nothing was decided."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        return budget_rows.acts_of_year(connection, row_id, desk.book.code, year)


def save_budget_act(desk: Desk, new: BudgetAct) -> BudgetAct:
    """Keep an adoption or a change behind those that are there; Refused with every fault. It is never written over."""
    new = tidy_act(replace(new, book=desk.book.code, uid=str(uuid.uuid4())))
    with acting(desk) as act:
        row_id = act.row
        before = budget_rows.acts_of_year(act.connection, row_id, desk.book.code, new.year)
        refuse_if(check_budget(new, before, book_rows.accounts(act.connection, row_id)))
        budget_rows.add_act(act.connection, row_id, len(before) + 1, new)
        act.record("budget", f"budget:{new.uid}")
    return new


def budget_report(desk: Desk) -> BudgetReport:
    """Plan against actual from January to the desk's month, posted vouchers only, closing transfers left out.

    Refused before the book's first month.
    """
    month = desk.period
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        start = ledger_rows.first_month(connection, row_id, desk.book.start)
        if month < start:
            text = _("账从 {start} 开始，{month} 在期初之前")
            raise Refused([Problem(text.format(start=start, month=month))])
        accounts = book_rows.accounts(connection, row_id)
        acts = budget_rows.acts_of_year(connection, row_id, desk.book.code, month.year)
        moved: dict[str, int] = {}
        for one in ledger_rows.details(connection, row_id, Span(Month(month.year, 1), month), start):
            net = one.debit_fen - one.credit_fen - (one.closing_debit_fen - one.closing_credit_fen)
            moved[one.account] = moved.get(one.account, 0) + net
    return build_budget((desk.book.code, desk.book.name), (month.year, month.month), acts, accounts, moved)
