"""Pages of the log, the newest first: by keys, never by counting from the start, and never all rows."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection

from villagebooks.core.journal import JournalEntry, LogFilter
from villagebooks.db.tuples import fetch_among, fetch_plain

_CHAINS = (
    "SELECT c.uid, COALESCE(b.code, ''), c.seq, c.head FROM chain c LEFT JOIN book b ON b.id = c.book "
    "ORDER BY CASE WHEN c.book IS NULL THEN 0 ELSE 1 END, b.code"
)
_COLUMNS = "chain, seq, at, actor, kind, ref, digest"
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
    wanted = ["chain = :chain", "seq < :below"]
    values: dict[str, object] = {"chain": chain, "below": below, "n": limit}
    for text, name, value in (
        ("actor = :person", "person", asked.person), ("at >= :since", "since", asked.since),
        ("at < :until", "until", f"{asked.until}U" if asked.until else ""),
    ):  # fmt: skip
        if value:
            wanted.append(text)
            values[name] = value
    if asked.kinds:
        names = {f"kind{place}": kind for place, kind in enumerate(asked.kinds)}
        wanted.append(f"kind IN ({', '.join(f':{name}' for name in names)})")
        values |= names
    if refs is not None:
        wanted.append("ref IN ({among})")
    sql = f"SELECT {_COLUMNS} FROM journal WHERE {' AND '.join(wanted)} ORDER BY seq DESC LIMIT :n"
    for row in fetch_among(connection, sql, refs or (), values):
        yield JournalEntry(*row)


def one_entry(connection: Connection, chain: str, seq: int) -> tuple[JournalEntry, str] | None:
    """An entry and the head after it, None when the chain has none of this number."""
    sql = f"SELECT {_COLUMNS}, head FROM journal WHERE chain = :chain AND seq = :seq"
    rows = fetch_plain(connection, sql, {"chain": chain, "seq": seq})
    return (JournalEntry(*rows[0][:-1]), rows[0][-1]) if rows else None
