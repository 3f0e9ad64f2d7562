"""自查: are the books right? Titled rules over vouchers, balances, papers, people, sheets, and what lies on disk."""

from villagebooks.core.check import ERROR, NOTICE
from villagebooks.services.check.run import check_books, check_rules

__all__ = ["ERROR", "NOTICE", "check_books", "check_rules"]
