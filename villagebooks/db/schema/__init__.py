"""The tables of the books: one schema for SQLite and PostgreSQL, made by the migrations beside it.

Conventions: `*_fen` are BIGINT fen; days are ISO text `YYYY-MM-DD`, moments ISO text with offset; booleans are 0 or 1;
digests are hex SHA-256. `voucher_line` repeats book and day of its voucher: a register is one range of one index.
"""

from __future__ import annotations

from villagebooks.db.schema.bank import (
    bank_line,
    bank_match,
    bank_match_item,
    bank_statement,
    cash_count,
    hand_over,
    hand_over_item,
    reconciliation,
)
from villagebooks.db.schema.road import (
    account,
    approval,
    attachment,
    balance,
    book,
    chain,
    credential,
    disclosure,
    document,
    document_image,
    imported_file,
    intake,
    journal,
    key_box,
    key_directory,
    office,
    officer,
    paper,
    paper_voucher,
    party,
    period,
    person,
    query_export,
    receipt,
    receipt_book,
    setting,
    signed_body,
    village,
    voucher,
    voucher_line,
)
from villagebooks.db.schema.table import metadata

VERSION = "0002"
"""The newest migration this program knows; books of a newer version are refused."""

__all__ = [
    "VERSION",
    "account",
    "approval",
    "attachment",
    "balance",
    "bank_line",
    "bank_match",
    "bank_match_item",
    "bank_statement",
    "book",
    "cash_count",
    "chain",
    "credential",
    "disclosure",
    "document",
    "document_image",
    "hand_over",
    "hand_over_item",
    "imported_file",
    "intake",
    "journal",
    "key_box",
    "key_directory",
    "metadata",
    "office",
    "officer",
    "paper",
    "paper_voucher",
    "party",
    "period",
    "person",
    "query_export",
    "receipt",
    "receipt_book",
    "reconciliation",
    "setting",
    "signed_body",
    "village",
    "voucher",
    "voucher_line",
]
