"""What stood there before an act: beside its entry, as canonical JSON under the digest rule of the journal.

A single row is kept whole with its children; of a set of rows (`accounts:`, `people:` …) only those that the act
changed or took away, and the keys of those that it added. An act that inserts, or changes nothing, keeps nothing. The
state before is what was committed when the act began, or what an earlier entry of the same act left behind, so that no
service has to say it: the digest of what is kept is that of the entry before on the same reference.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, RootTransaction

from villagebooks.db.digest import (
    SETS,
    SetKey,
    digest_of,
    digest_of_set,
    row_content,
    row_digest,
    set_rows,
)
from villagebooks.db.guard import GUARDS
from villagebooks.db.tuples import write_plain
from villagebooks.seal import canonical

FINAL = frozenset(one.table for one in GUARDS if one.act == "UPDATE" and one.when == "1 = 1")
"""Kinds whose rows no act changes: nothing was ever there before them."""
_ADD = "INSERT INTO journal_before (chain, seq, content) VALUES (:chain, :seq, :content)"
_MEMORY = "villagebooks_before"
Rows = Mapping[SetKey, object]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reference names after an act: its digest, and the bytes to keep of what was before (None: nothing)."""

    digest: str
    before: bytes | None


@dataclass(slots=True)
class _Memory:
    """What the references of one transaction looked like when they were last journalled in it."""

    transaction: RootTransaction | None
    contents: dict[str, list[object] | None] = field(default_factory=dict)
    rows: dict[str, Rows] = field(default_factory=dict)


def look(connection: Connection, ref: str) -> Seen:
    """Digest of what the reference names now, and what it was before this act where that was something else."""
    name = ref.partition(":")[0]
    if name in FINAL or name == "vouchers":
        return Seen(row_digest(connection, ref) or "", None)
    return _look_at_set(connection, ref) if name in SETS else _look_at_row(connection, ref)


def keep(connection: Connection, chain: str, seq: int, content: bytes) -> None:
    """Keep what was before an entry, compressed."""
    write_plain(connection, _ADD, {"chain": chain, "seq": seq, "content": zlib.compress(content, 1)})


def read(kept: bytes) -> object:
    """What was kept; FormatError when it is not what `keep` wrote."""
    try:
        return canonical.load(zlib.decompress(kept, bufsize=canonical.LARGEST_BYTES))
    except zlib.error as error:
        raise canonical.FormatError(str(error)) from error


def _look_at_row(connection: Connection, ref: str) -> Seen:
    now, memory = row_content(connection, ref), _memory(connection)
    if ref in memory.contents:
        before = memory.contents[ref]
    else:
        with _committed(connection) as seen:
            before = row_content(seen, ref)
    memory.contents[ref] = now
    digest = digest_of(now) if now else ""
    if before is None or before == now:
        return Seen(digest, None)
    return Seen(digest, canonical.dump(before))


def _look_at_set(connection: Connection, ref: str) -> Seen:
    now, memory = set_rows(connection, ref), _memory(connection)
    before = memory.rows.get(ref)
    if before is None:
        with _committed(connection) as seen:
            before = set_rows(seen, ref)
    memory.rows[ref] = now
    digest = digest_of_set(now.values())
    return Seen(digest, canonical.dump(_difference(before, now)) if before and before != now else None)


def _difference(before: Rows, now: Rows) -> dict[str, object]:
    """Rows as they were that are different now, by table and key; and what is there that was not."""
    return {
        "was": [[place, list(key), row] for (place, key), row in before.items() if now.get((place, key)) != row],
        "new": [[place, list(key)] for place, key in now if (place, key) not in before],
    }


def undo(rows: dict[SetKey, object], difference: object) -> dict[SetKey, object]:
    """The rows of a set before the act, from those after it and what was kept."""
    if not isinstance(difference, dict):
        return rows
    out = dict(rows)
    for place, key in difference["new"]:
        out.pop((place, tuple(key)), None)
    for place, key, row in difference["was"]:
        out[place, tuple(key)] = row
    return dict(sorted(out.items(), key=lambda one: one[0]))


def _memory(connection: Connection) -> _Memory:
    """What this transaction has journalled; another transaction on the same connection begins anew."""
    transaction = connection.get_transaction()
    memory = connection.info.get(_MEMORY)
    if not isinstance(memory, _Memory) or memory.transaction is not transaction:
        memory = connection.info[_MEMORY] = _Memory(transaction)
    return memory


@contextmanager
def _committed(connection: Connection) -> Iterator[Connection]:
    """The books as they were when the act began: others see nothing of it before it is committed."""
    with connection.engine.execution_options(villagebooks_write=False).connect() as seen:
        yield seen
