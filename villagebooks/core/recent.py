"""What somebody worked on last: vouchers and papers, the newest first, each once."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.period import Month


@dataclass(frozen=True, slots=True)
class RecentPiece:
    """A voucher or paper (`table`) of a book; `title` is its number, `words` what it is about, `at` when it was worked
    on last."""

    table: str
    uid: str
    book: str
    month: Month
    title: str
    words: str
    amount_fen: int
    at: str
