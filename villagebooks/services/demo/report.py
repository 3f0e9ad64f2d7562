"""The accountant's papers of the month: vouchers, trial balance and statements, as PDF and as CSV."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.period import Span
from villagebooks.core.statement import BALANCE_SHEET, INCOME
from villagebooks.services.demo.town import SEPTEMBER
from villagebooks.services.desk import Office, list_books, open_desk
from villagebooks.services.file import save_file
from villagebooks.services.ledger import ALL, trial_balance
from villagebooks.services.printout import print_trial_balance, print_vouchers
from villagebooks.services.report import CSV, TITLES, trial_balance_bytes
from villagebooks.services.statement import statement
from villagebooks.services.statement.file import statement_bytes
from villagebooks.services.statement.paper import print_statement
from villagebooks.services.voucher import list_vouchers


def draw_reports(office: Office, folder: Path) -> list[Path]:
    """Vouchers, trial balance and both statements of every book, and the township's trial balance; the PDFs of them."""
    month = Span(SEPTEMBER, SEPTEMBER)
    whole = trial_balance(office, ALL, SEPTEMBER, SEPTEMBER)
    save_file(folder / f"全镇-科目余额表-{month}.csv", trial_balance_bytes(whole, CSV))
    paths = []
    for book in list_books(office):
        desk = open_desk(office, book.code, SEPTEMBER)
        if list_vouchers(desk):
            paths.append(print_vouchers(desk, month, folder / f"{book.code}-记账凭证-{month}.pdf"))
        balances = trial_balance(office, book.code, SEPTEMBER, SEPTEMBER)
        paths.append(print_trial_balance(office, balances, folder / f"{book.code}-科目余额表-{month}.pdf"))
        for kind in (BALANCE_SHEET, INCOME):
            report = statement(desk, kind, month)
            name = f"{book.code}-{TITLES[kind]}-{month}"
            paths.append(print_statement(office, report, folder / f"{name}.pdf"))
            save_file(folder / f"{name}.csv", statement_bytes(report, CSV))
    return paths
