"""Opening a book (建账) in the window: balances with turnovers to date, what was found at hand-over, one act."""

from villagebooks.services.opening.act import (
    OpeningBook,
    check_opening,
    hand_overs,
    open_balances,
    preview_opening,
    read_opening_book,
    read_opening_file,
)

__all__ = [
    "OpeningBook", "check_opening", "hand_overs", "open_balances", "preview_opening", "read_opening_book",
    "read_opening_file",
]  # fmt: skip
