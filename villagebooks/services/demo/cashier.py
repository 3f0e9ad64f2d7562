"""The cashier's part of the month: the model village's bank statement imported and matched, its cash counted.

The reconciliation is left unconfirmed and its open items unbooked, so that whoever looks has something to do.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from villagebooks.core.cash import CashCount
from villagebooks.services.bank import import_statement, match_automatically
from villagebooks.services.cash import cash_accounts, record_cash_count
from villagebooks.services.demo.data import MONTH_FOLDER
from villagebooks.services.demo.town import Town

STATEMENT, ACCOUNT, CASH = "bank_statement_V01.csv", "10201", "101"
HOLDER = "向丽蓉"
"""The reporter, who keeps the village's advance."""
PIECES = ((10_000, 2), (2_000, 2), (100, 3), (50, 1), (10, 4))


def reconcile_month(town: Town, data: Path) -> None:
    """8 October: the bank's statement has come, and the reporter brings the cash box."""
    town.clock.go_to(date(2026, 10, 8), 9)
    desk = town.desk(town.cashier, town.model)
    import_statement(desk, ACCOUNT, data / MONTH_FOLDER / STATEMENT)
    match_automatically(desk, ACCOUNT)
    held = next(one for one in cash_accounts(desk) if one.code == CASH).book_fen
    count = CashCount("", CASH, town.month, town.month.last_day, PIECES, held, 0, holder=HOLDER)
    agent = town.agents[town.model][0]
    record_cash_count(town.desk(agent, town.model), count, town.staff[agent])
