"""Pages of the log, the newest first: by keys, never by counting from the start, and never all rows."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, select

from villagebooks.core.journal import JournalEntry, LogFilter
from villagebooks.db import schema
from villagebooks.db.tuples import fetch_plain

_CHAINS = (
    "SELECT c.uid, COALESCE(b.code, ''), c.seq, c.head FROM chain c LEFT JOIN book b ON b.id = c.book "
    "ORDER BY CASE WHEN c.book IS NULL THEN 0 ELSE 1 END, b.code"
)
_journal = schema.journal.c
_entry = (
    _journal.chain, _journal.seq, _journal.at, _journal.actor, _journal.kind, _journal.ref, _journal.digest,
)  # fmt: skip
LAST = 2**62
"""Behind every entry of a chain."""


def chains(connection: Connection) -> list[tuple[str, str, int, str]]:
    """(uid, code of its book or nothing, length, head) of every chain, the office's first."""
    return fetch_plain(connection, _CHAINS, {})


def people_in(connection: Connection, chain: str) -> list[str]:
    """Everybody who has acted on a chain: a leap from name to name, each by one look at the newest entries of it."""
    rows = fetch_plain(connection, "SELECT DISTINCT actor FROM journal WHERE chain = :chain ORDER BY actor",
                       {"chain": chain})  # fmt: skip
    return [row[0] for row in rows]


def log_page(
    connection: Connection, below: Mapping[str, int], asked: LogFilter, refs: Sequence[str] | None, limit: int
) -> tuple[list[JournalEntry], dict[str, int]]:
    """The newest entries of these chains that fit, each chain below its number, and where each goes on.

    `refs` are the objects that the filter's words name, None when it has none. A chain that is at its end is left out.
    """
    found = {chain: list(_entries(connection, chain, seq, asked, refs, limit)) for chain, seq in below.items()}
    merged = heapq.merge(*(found.values()), key=lambda one: (one.at, one.chain), reverse=True)
    page = [one for one, _place in zip(merged, range(limit), strict=False)]
    ends = {one.chain: one.seq for one in page}
    rest = {}
    for chain, entries in found.items():
        shown = sum(one.chain == chain for one in page)
        if shown < len(entries) or len(entries) == limit:
            rest[chain] = ends.get(chain, below[chain])
    return page, rest


def _entries(
    connection: Connection, chain: str, below: int, asked: LogFilter, refs: Sequence[str] | None, limit: int
) -> Iterator[JournalEntry]:
    query = select(*_entry).where(_journal.chain == chain, _journal.seq < below).order_by(_journal.seq.desc())
    if asked.person:
        query = query.where(_journal.actor == asked.person)
    if asked.since:
        query = query.where(_journal.at >= asked.since)
    if asked.until:
        query = query.where(_journal.at < f"{asked.until}U")  # behind every moment of the day, which follows by a T
    if asked.kinds:
        query = query.where(_journal.kind.in_(asked.kinds))
    if refs is not None:
        query = query.where(_journal.ref.in_(refs))
    for row in connection.execute(query.limit(limit)):
        yield JournalEntry(*row)


def one_entry(connection: Connection, chain: str, seq: int) -> tuple[JournalEntry, str] | None:
    """An entry and the head after it, None when the chain has none of this number."""
    query = select(*_entry, _journal.head).where(_journal.chain == chain, _journal.seq == seq)
    row = connection.execute(query).one_or_none()
    return (JournalEntry(*row[:-1]), row.head) if row else None
