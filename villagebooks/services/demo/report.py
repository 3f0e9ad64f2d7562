"""The account's papers of the month: vouchers, trial balance, statements."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.period import Span
from villagebooks.core.statement import BALANCE_SHEET, INCOME
from villagebooks.services.demo.town import SEPTEMBER
from villagebooks.services.desk import Office, list_books, open_desk
from villagebooks.services.ledger import trial_balance
from villagebooks.services.report import CSV, save, statement_bytes, trial_balance_bytes
from villagebooks.services.statement import statement


def draw_reports(office: Office, folder: Path) -> list[Path]:
    """Trial balance of all books and both statements of each into the folder; the PDFs among them."""
    month = Span(SEPTEMBER, SEPTEMBER)
    save(
        folder / f"科目余额表-{SEPTEMBER}.csv",
        trial_balance_bytes(trial_balance(office, "all", SEPTEMBER, SEPTEMBER), CSV),
    )
    for book in list_books(office):
        desk = open_desk(office, book.code, SEPTEMBER)
        for kind in (BALANCE_SHEET, INCOME):
            save(folder / f"{book.code}-{kind}-{SEPTEMBER}.csv", statement_bytes(statement(desk, kind, month), CSV))
    return []
