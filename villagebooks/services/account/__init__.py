"""Accounts: what an entry form needs of them, and every act on the chart of a book.

What is drawn on paper is imported from `printing` when it is drawn: the window stands before reportlab is needed.
"""

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
    chart_accounts,
    initials,
    last_month,
    list_charts,
    read_entry_book,
    standard_chart,
    template_accounts,
    today,
)
from villagebooks.services.account.split import (
    redo_transfer,
    split_account,
)
from villagebooks.services.account.unified import (
    BookApplied,
    apply_unified,
    compare_books,
    export_unified,
    import_unified,
    keep_unified,
    unified_accounts,
    unified_chart,
    unified_from_book,
)

__all__ = [
    "BookApplied",
    "account_standing",
    "add_account",
    "apply_unified",
    "bank_number",
    "bank_register",
    "change_bank",
    "change_from",
    "chart_accounts",
    "close_bank",
    "compare_books",
    "count_quantity",
    "export_unified",
    "import_unified",
    "initials",
    "keep_unified",
    "last_month",
    "list_charts",
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
    "unified_accounts",
    "unified_chart",
    "unified_from_book",
]
