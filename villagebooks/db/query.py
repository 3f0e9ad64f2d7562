"""What the exporter of query files keeps: results of the slow step, and the exports made."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, insert, select

from villagebooks.db import schema

_credential, _export = schema.credential.c, schema.query_export.c


def cached(connection: Connection, village: str) -> dict[tuple[str, int], bytes]:
    """Sealed results of the slow step by (person uid, class) for a village's people."""
    query = (
        select(_credential.person, _credential["class"], _credential.sealed)
        .join(schema.person, schema.person.c.uid == _credential.person)
        .where(schema.person.c.village == village)
    )
    return {(row[0], row[1]): row[2] for row in connection.execute(query)}


def cache(connection: Connection, person: str, cls: int, sealed: bytes) -> None:
    """Keep a result in place of an older one; it is only a cache, so the journal does not speak of it."""
    connection.execute(delete(schema.credential).where(_credential.person == person, _credential["class"] == cls))
    connection.execute(insert(schema.credential).values({"person": person, "class": cls, "sealed": sealed}))


def next_seq(connection: Connection, book: int) -> int:
    """The number of the next export; it rises for ever."""
    return (connection.execute(select(func.max(_export.seq)).where(_export.book == book)).scalar() or 0) + 1


def add_export(connection: Connection, book: int, seq: int, file: str, made_at: str, sha256: str) -> None:
    """An export that was written: its file id (hex) and the hash of the whole file."""
    connection.execute(
        insert(schema.query_export).values(book=book, seq=seq, file=file, made_at=made_at, sha256=sha256)
    )
