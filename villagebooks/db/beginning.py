"""Whether a centre has anything yet: which books hold a voucher, whether the roll holds anybody."""

from __future__ import annotations

from sqlalchemy import Connection

from villagebooks.db.tuples import fetch_plain

_FILLED = "SELECT b.code FROM book b WHERE EXISTS (SELECT 1 FROM voucher v WHERE v.book = b.id)"
_ROLL = "SELECT 1 FROM person LIMIT 1"


def filled_books(connection: Connection) -> list[str]:
    """Codes of books with a voucher, an opening among them."""
    return [row[0] for row in fetch_plain(connection, _FILLED, {})]


def has_roll(connection: Connection) -> bool:
    """Whether anybody stands on the roll."""
    return bool(fetch_plain(connection, _ROLL, {}))
