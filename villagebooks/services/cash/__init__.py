"""Counting the cash: what the books say, the count as a signed sheet, the voucher for a difference."""

from villagebooks.services.cash.act import (
    CashAccount,
    accounts_at,
    cash_accounts,
    cash_counts,
    count_faults,
    draft_cash_difference,
    record_cash_count,
)

__all__ = [
    "CashAccount", "accounts_at", "cash_accounts", "cash_counts", "count_faults", "draft_cash_difference",
    "record_cash_count",
]  # fmt: skip
