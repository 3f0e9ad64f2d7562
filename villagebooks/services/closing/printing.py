"""Closings on paper: the record of one act, and with the lock of a year its report."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.closing import LOCK, act_word
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.statement import BALANCE_SHEET, INCOME
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _
from villagebooks.paths import make_folder
from villagebooks.pdf.closing import draw_act
from villagebooks.services.account import read_entry_book
from villagebooks.services.closing.act import period_acts
from villagebooks.services.desk import Desk
from villagebooks.services.ledger import trial_balance
from villagebooks.services.office import centre
from villagebooks.services.printout import print_trial_balance
from villagebooks.services.statement import statement
from villagebooks.services.statement.paper import print_statement


@in_chinese
def print_period_act(desk: Desk, uid: str, folder: Path) -> list[Path]:
    """Draw the record of a closing, reopening or lock into a folder; a lock with both statements and the balances.

    Refused when the book has no such act.
    """
    one = next((act for act in period_acts(desk) if act.uid == uid), None)
    if one is None:
        raise Refused([Problem(_("这个账套里没有这条结账记录"))])
    make_folder(folder)
    record = folder / f"{desk.book.code}-{one.period}-{act_word(one.act)}.pdf"
    draw_act(one, record, desk.book.name, centre(desk.office).imprint)
    return [record, *(_report(desk, int(one.period), folder) if one.act == LOCK else ())]


def _report(desk: Desk, year: int, folder: Path) -> list[Path]:
    """The year's report as it was locked: both statements and the trial balance."""
    span = Span(Month(year, 1), Month(year, 12))
    at = desk.at(span.last)
    paths = [
        print_statement(desk.office, statement(at, kind, span), folder / f"{desk.book.code}-{year}-{title}.pdf")
        for kind, title in ((BALANCE_SHEET, _("资产负债表")), (INCOME, _("收益及收益分配表")))
    ]
    first = read_entry_book(desk).reports_from or desk.book.start
    balances = trial_balance(desk.office, desk.book.code, max(span.first, first), span.last)
    return [
        *paths,
        print_trial_balance(
            desk.office, balances, folder / _("{code}-{year}-科目余额表.pdf").format(code=desk.book.code, year=year)
        ),
    ]
