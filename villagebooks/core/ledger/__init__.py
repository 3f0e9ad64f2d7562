"""What is built of balances and posted lines: trial balance and ledgers, pure functions from records to records."""

from villagebooks.core.ledger.account import Ledger, LedgerLine, Movement, build_ledger, side_of
from villagebooks.core.ledger.balance import (
    ALL_BOOKS,
    Detail,
    TrialBalance,
    TrialBalanceRow,
    build_trial_balance,
    sum_trial_balances,
)

__all__ = [
    "ALL_BOOKS",
    "Detail",
    "Ledger",
    "LedgerLine",
    "Movement",
    "TrialBalance",
    "TrialBalanceRow",
    "build_ledger",
    "build_trial_balance",
    "side_of",
    "sum_trial_balances",
]
