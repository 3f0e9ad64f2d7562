"""Bank accounts: statements, matching, the reconciliation of a month as a signed act (财会〔2024〕12号 art. 23)."""

from villagebooks.services.bank.match import (
    draft_from_bank,
    match_automatically,
    match_items,
    possible_matches,
    undo_match,
)
from villagebooks.services.bank.reconciliation import (
    BankAccount,
    BankMonth,
    bank_accounts,
    confirm_reconciliation,
    read_bank,
    reconciliation_faults,
    reconciliation_signatures,
    withdraw_reconciliation,
)
from villagebooks.services.bank.statement import (
    StatementPreview,
    enter_open_items,
    import_statement,
    preview_statement,
    statement_words,
    type_statement,
    void_statement,
)

__all__ = [
    "BankAccount", "BankMonth", "StatementPreview", "bank_accounts", "confirm_reconciliation", "draft_from_bank",
    "enter_open_items", "import_statement", "match_automatically", "match_items", "possible_matches",
    "preview_statement", "read_bank", "reconciliation_faults", "reconciliation_signatures", "statement_words",
    "type_statement", "undo_match", "void_statement", "withdraw_reconciliation",
]  # fmt: skip
