"""The queries of the self-check by subject; they run on SQLite and PostgreSQL alike."""

from villagebooks.db.check.balance import recount
from villagebooks.db.check.bank import BANK_QUERIES, STATEMENT_TWICE
from villagebooks.db.check.book import BOOK_QUERIES
from villagebooks.db.check.demand import (
    paper_signers,
    policies_used,
    unruled_papers,
    unsigned_papers,
    unsigned_vouchers,
)
from villagebooks.db.check.office import OFFICE_QUERIES as _OFFICE
from villagebooks.db.check.paper import PAPER_QUERIES
from villagebooks.db.check.plain import plain_vouchers
from villagebooks.db.check.query import CheckQuery, broken, suspected
from villagebooks.db.check.row import changed_rows
from villagebooks.db.check.signing import SIGNING_QUERIES
from villagebooks.db.check.voucher import VOUCHER_QUERIES

QUERIES = (*VOUCHER_QUERIES, *SIGNING_QUERIES, *BOOK_QUERIES, *PAPER_QUERIES, *BANK_QUERIES)
"""What is asked of every book."""
OFFICE_QUERIES = (*_OFFICE, STATEMENT_TWICE)
"""What is asked of the office once."""

__all__ = [
    "OFFICE_QUERIES",
    "QUERIES",
    "CheckQuery",
    "broken",
    "changed_rows",
    "paper_signers",
    "plain_vouchers",
    "policies_used",
    "recount",
    "suspected",
    "unruled_papers",
    "unsigned_papers",
    "unsigned_vouchers",
]
