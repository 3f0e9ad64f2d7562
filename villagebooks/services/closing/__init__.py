"""Closing (结账): the month's checklist, closing and reopening, the year's transfers as drafts, the year's lock."""

from villagebooks.services.closing.act import (
    close_books,
    close_month,
    lock_year,
    month_states,
    period_acts,
    period_faults,
    reopen_month,
    report_faults,
    signature_faults,
    year_report,
)
from villagebooks.services.closing.checklist import choose_blocking, closing_choices, month_checklist
from villagebooks.services.closing.draft import distributable_fen, draft_closing_transfers, draft_distribution

__all__ = [
    "choose_blocking", "close_books", "close_month", "closing_choices", "distributable_fen", "draft_closing_transfers",
    "draft_distribution", "lock_year", "month_checklist", "month_states", "period_acts", "period_faults",
    "reopen_month", "report_faults", "signature_faults", "year_report",
]  # fmt: skip
