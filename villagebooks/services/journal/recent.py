"""What a person worked on last, by what the log says of it."""

from __future__ import annotations

from villagebooks.core.recent import RecentPiece
from villagebooks.db import recent as recent_rows
from villagebooks.services.desk import Office

MOST = 12
DEPTH = 60
"""Entries of each chain that are looked at."""


def recent_work(office: Office, limit: int = MOST) -> list[RecentPiece]:
    """The vouchers and papers that the office's person saved, signed or posted last, the newest first."""
    with office.books.read() as connection:
        return recent_rows.pieces_of(connection, recent_rows.newest_refs(connection, office.person, DEPTH, limit))
