"""Trial balance and ledgers as records, for the screen, for paper and for files."""

from villagebooks.services.ledger.account import leaves_of, ledger, list_accounts
from villagebooks.services.ledger.balance import ALL, check_taken_over, trial_balance

__all__ = ["ALL", "check_taken_over", "leaves_of", "ledger", "list_accounts", "trial_balance"]
