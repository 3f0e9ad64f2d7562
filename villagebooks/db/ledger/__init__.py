"""Reading balances and the register: what trial balance, statements and ledgers are built of."""

from villagebooks.db.ledger.balance import cross, details, first_month, net_before
from villagebooks.db.ledger.register import register

__all__ = ["cross", "details", "first_month", "net_before", "register"]
