"""Reading balances and the register: what trial balance, statements and ledgers are built of."""

from villagebooks.db.ledger.balance import cross, details, dimension_details, first_month, net_before, turnovers
from villagebooks.db.ledger.register import counters, moves, quantities, register

__all__ = [
    "counters",
    "cross",
    "details",
    "dimension_details",
    "first_month",
    "moves",
    "net_before",
    "quantities",
    "register",
    "turnovers",
]
