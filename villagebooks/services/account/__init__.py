"""Accounts: what an entry form needs of them, and every act on the chart of a book."""

from villagebooks.services.account.change import (
    account_standing,
    add_account,
    change_from,
    count_quantity,
    remove_account,
    rename_account,
    resume_account,
    set_needs,
    stop_account,
)
from villagebooks.services.account.entry import (
    NO_ENTRIES,
    EntryBook,
    chart_accounts,
    initials,
    last_month,
    read_entry_book,
    standard_chart,
    template_accounts,
    today,
)
from villagebooks.services.account.split import redo_transfer, split_account

__all__ = [
    "NO_ENTRIES",
    "EntryBook",
    "account_standing",
    "add_account",
    "change_from",
    "chart_accounts",
    "count_quantity",
    "initials",
    "last_month",
    "read_entry_book",
    "redo_transfer",
    "remove_account",
    "rename_account",
    "resume_account",
    "set_needs",
    "split_account",
    "standard_chart",
    "stop_account",
    "template_accounts",
    "today",
]  # fmt: skip
