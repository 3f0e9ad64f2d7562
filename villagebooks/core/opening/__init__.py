"""Opening a book (建账): balances with turnovers to date, the table they are typed in, what was found at hand-over."""

from villagebooks.core.opening.hand_over import (
    BANK_FOUND,
    CASH_FOUND,
    KINDS,
    MONEY_KINDS,
    HandItem,
    HandOver,
    build_shortages,
    check_hand_over,
    check_item,
    check_three,
    kind_words,
    settling_accounts,
)
from villagebooks.core.opening.table import (
    OpeningTable,
    check_rows,
    preview_details,
    read_opening_table,
    split_text,
)
from villagebooks.core.opening.take_over import (
    DECEMBER,
    FUND,
    PROFIT,
    SHORTAGE,
    TURNOVER_KINDS,
    OpeningRow,
    Shortage,
    TakeOver,
    check_take_over,
    odd_at_take_over,
)

__all__ = [
    "BANK_FOUND", "CASH_FOUND", "DECEMBER", "FUND", "KINDS", "MONEY_KINDS", "PROFIT", "SHORTAGE", "TURNOVER_KINDS",
    "HandItem", "HandOver", "OpeningRow", "OpeningTable", "Shortage", "TakeOver", "build_shortages",
    "check_hand_over", "check_item", "check_rows", "check_take_over", "check_three", "kind_words",
    "odd_at_take_over", "preview_details", "read_opening_table", "settling_accounts", "split_text",
]  # fmt: skip
