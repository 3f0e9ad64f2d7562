"""The journal as it stands in the database, entry by entry, for tests that look behind the page of the log."""

from __future__ import annotations

from sqlalchemy import select

from villagebooks.core.journal import JournalEntry
from villagebooks.db import book as book_rows
from villagebooks.db import journal, schema
from villagebooks.services.desk import Office

_journal = schema.journal.c


def journal_page(office: Office, book: str = "") -> list[JournalEntry]:
    """Every entry of the office chain, or of a book's chain, in order."""
    with office.books.read() as connection:
        chain = journal.head(connection, book_rows.book_id(connection, book) if book else None)[0]
        query = (
            select(
                _journal.chain, _journal.seq, _journal.at, _journal.actor, _journal.kind, _journal.ref, _journal.digest
            )
            .where(_journal.chain == chain)
            .order_by(_journal.seq)
        )
        return [JournalEntry(*row) for row in connection.execute(query)]
