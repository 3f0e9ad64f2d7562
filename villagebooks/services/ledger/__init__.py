"""Trial balance and ledgers as records, for the screen, for paper and for files."""

from villagebooks.services.ledger.account import leaves_of, ledger, list_accounts
from villagebooks.services.ledger.balance import ALL, check_taken_over, trial_balance
from villagebooks.services.ledger.plan import read_sheets
from villagebooks.services.ledger.sheet import ageing, read_sheet

__all__ = [
    "ALL",
    "ageing",
    "check_taken_over",
    "leaves_of",
    "ledger",
    "list_accounts",
    "read_sheet",
    "read_sheets",
    "trial_balance",
]
