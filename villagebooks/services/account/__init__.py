"""Accounts: what an entry form needs of them, and every act on the chart of a book."""

from villagebooks.services.account.bank import (
    bank_number,
    bank_register,
    change_bank,
    close_bank,
    register_bank,
)
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
from villagebooks.services.account.split import (
    redo_transfer,
    split_account,
)

__all__ = [
    "NO_ENTRIES",
    "EntryBook",
    "account_standing",
    "add_account",
    "bank_number",
    "bank_register",
    "change_bank",
    "change_from",
    "chart_accounts",
    "close_bank",
    "count_quantity",
    "initials",
    "last_month",
    "read_entry_book",
    "redo_transfer",
    "register_bank",
    "remove_account",
    "rename_account",
    "resume_account",
    "set_needs",
    "split_account",
    "standard_chart",
    "stop_account",
    "template_accounts",
    "today",
]
