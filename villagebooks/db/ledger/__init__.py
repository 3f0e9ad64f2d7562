"""Reading balances and the register: what trial balance, statements and ledgers are built of."""

from villagebooks.db.ledger.balance import (
    cross,
    details,
    dimension_details,
    first_month,
    first_months,
    net_before,
    turnovers,
)
from villagebooks.db.ledger.leaf import EVERY, leaf_details, leaf_net, leaf_sums
from villagebooks.db.ledger.register import counters, moves, quantities, register

__all__ = [
    "EVERY",
    "counters",
    "cross",
    "details",
    "dimension_details",
    "first_month",
    "first_months",
    "leaf_details",
    "leaf_net",
    "leaf_sums",
    "moves",
    "net_before",
    "quantities",
    "register",
    "turnovers",
]
