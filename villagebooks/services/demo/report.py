"""The accountant's papers of the month: vouchers, trial balance and statements, as PDF and as CSV."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.cover import VOUCHER_SIZE, VOUCHERS
from villagebooks.core.period import Span
from villagebooks.core.statement import BALANCE_SHEET, DETAIL, INCOME
from villagebooks.services.cover import print_cover
from villagebooks.services.demo.town import SEPTEMBER
from villagebooks.services.desk import Office, list_books, open_desk
from villagebooks.services.file import save_file
from villagebooks.services.ledger import ALL, trial_balance
from villagebooks.services.printout import print_trial_balance, print_vouchers
from villagebooks.services.report import CSV, TITLES, trial_balance_bytes
from villagebooks.services.statement import (
    statement,
    statement_detail,
    statement_notes,
    township_side_by_side,
    township_statement,
)
from villagebooks.services.statement.file import statement_bytes
from villagebooks.services.statement.paper import print_notes, print_side_by_side, print_statement
from villagebooks.services.voucher import list_vouchers


def draw_reports(office: Office, folder: Path) -> list[Path]:
    """Vouchers, trial balance, statements and notes of every book, and the township's tables; the PDFs of them."""
    month = Span(SEPTEMBER, SEPTEMBER)
    balances_of_all = trial_balance(office, ALL, SEPTEMBER, SEPTEMBER)
    save_file(folder / f"全镇-科目余额表-{month}.csv", trial_balance_bytes(balances_of_all, CSV))
    paths = []
    for book in list_books(office):
        desk = open_desk(office, book.code, SEPTEMBER)
        if list_vouchers(desk):
            paths.append(print_vouchers(desk, month, folder / f"{book.code}-记账凭证-{month}.pdf"))
            paths.append(print_cover(desk, VOUCHERS, month, folder / f"{book.code}-凭证封面-{month}.pdf", VOUCHER_SIZE))
        balances = trial_balance(office, book.code, SEPTEMBER, SEPTEMBER)
        paths.append(print_trial_balance(office, balances, folder / f"{book.code}-科目余额表-{month}.pdf"))
        for kind in (BALANCE_SHEET, INCOME):
            report = statement(desk, kind, month)
            name = f"{book.code}-{TITLES[kind]}-{month}"
            paths.append(print_statement(office, report, folder / f"{name}.pdf"))
            save_file(folder / f"{name}.csv", statement_bytes(report, CSV))
        detail, notes = statement_detail(desk, month), statement_notes(desk, month)
        paths.append(print_statement(office, detail, folder / f"{book.code}-收支明细表-{month}.pdf"))
        paths.append(print_notes(office, notes, folder / f"{book.code}-会计报表附注-{month}.pdf"))
    for kind in (BALANCE_SHEET, INCOME, DETAIL):
        beside = township_side_by_side(office, kind, month)
        whole = township_statement(office, kind, month)
        paths.append(print_statement(office, whole, folder / f"全镇-{beside.title}-汇总-{month}.pdf"))
        paths.append(print_side_by_side(office, beside, folder / f"全镇-{beside.title}-各村并列-{month}.pdf"))
    return paths
