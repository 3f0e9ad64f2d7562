"""What is looked for among vouchers: queries, how typed words are read as their terms, and what is found."""

from __future__ import annotations

from villagebooks.core.search.query import (
    AMOUNT,
    DAY,
    NUMBER,
    STATE,
    VILLAGE,
    FoundVoucher,
    Ordered,
    Term,
    VoucherQuery,
)
from villagebooks.core.search.read import MOST_TYPED, MOST_WORDS, Part, Reading, read_search, terms_of

__all__ = [
    "AMOUNT", "DAY", "MOST_TYPED", "MOST_WORDS", "NUMBER", "STATE", "VILLAGE", "FoundVoucher", "Ordered",
    "Part", "Reading", "Term", "VoucherQuery", "read_search", "terms_of",
]  # fmt: skip
