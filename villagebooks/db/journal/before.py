"""What stood there before an act: beside its entry, as canonical JSON under the digest rule of the journal.

A single row is kept whole with its children; of a set of rows (`accounts:`, `people:` …) only those that the act
changed or took away, and the keys of those that it added. An act that inserts, or changes nothing, keeps nothing. The
state before is what was committed when the act began, or what an earlier entry of the same act left behind, so that no
service has to say it: the digest of what is kept is that of the entry before on the same reference.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby

from sqlalchemy import Connection, RootTransaction, text

from villagebooks.core.words import N_, _
from villagebooks.db.digest import (
    SETS,
    Fetch,
    SetKey,
    digest_of,
    digest_of_set,
    fetch_content,
    row_content,
    row_digest,
    set_rows,
)
from villagebooks.db.guard import GUARDS
from villagebooks.db.tuples import fetch_plain, write_plain
from villagebooks.seal import canonical

FINAL = frozenset(one.table for one in GUARDS if one.act == "UPDATE" and one.when == "1 = 1")
"""Kinds whose rows no act changes: nothing was ever there before them."""
UNKEPT = FINAL | {"vouchers", "key_box"}
"""Those, imports, and boxes of keys: a box that went to its owner's stick must not stay in the books."""
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
    if name in UNKEPT:
        return Seen(row_digest(connection, ref) or "", None)
    return _look_at_set(connection, ref) if name in SETS else _look_at_row(connection, ref)


def keep(connection: Connection, chain: str, seq: int, content: bytes) -> None:
    """Keep what was before an entry, compressed."""
    write_plain(connection, _ADD, {"chain": chain, "seq": seq, "content": zlib.compress(content, 1)})


def read(kept: bytes) -> object:
    """What was kept; FormatError when it is not what `keep` wrote."""
    opened = zlib.decompressobj()
    try:
        raw = opened.decompress(kept, canonical.LARGEST_BYTES)
    except zlib.error as error:
        raise canonical.FormatError(str(error)) from error
    if not opened.eof or opened.unused_data:
        raise canonical.FormatError(_("以前的样子读不出。"))
    return canonical.load(raw)


def _look_at_row(connection: Connection, ref: str) -> Seen:
    now, memory = row_content(connection, ref), _memory(connection)
    if ref in memory.contents:
        before = memory.contents[ref]
    else:
        with _fetching(connection) as fetch:
            before = fetch_content(fetch, ref)
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
def _fetching(connection: Connection) -> Iterator[Fetch]:
    """The same for one row and its children; in a file without any detour, since every act asks for it. What others
    see cannot change in between: a file has one writer at a time."""
    if connection.dialect.name != "sqlite":
        with _committed(connection) as seen:
            yield partial(fetch_plain, seen)
        return
    raw = connection.engine.raw_connection()
    try:
        driver = raw.driver_connection
        if not isinstance(driver, sqlite3.Connection):
            raise TypeError(driver)
        yield lambda sql, values: driver.execute(sql, values).fetchall()
    finally:
        raw.close()


@contextmanager
def _committed(connection: Connection) -> Iterator[Connection]:
    """The books as they were when the act began: others see nothing of it before it is committed."""
    with connection.engine.execution_options(villagebooks_write=False).connect() as seen:
        yield seen


@dataclass(frozen=True, slots=True)
class State:
    """An entry of a reference, with what is kept of the time before it (None: nothing)."""

    chain: str
    seq: int
    at: str
    digest: str
    content: bytes | None


_STATES = (
    "SELECT j.ref, j.chain, j.seq, j.at, j.digest, b.content FROM journal j "
    "LEFT JOIN journal_before b ON b.chain = j.chain AND b.seq = j.seq"
)
_ENTRY = "SELECT entry FROM journal WHERE chain = :chain AND seq = :seq"
_ALONE = (
    "SELECT b.chain, b.seq FROM journal_before b "
    "WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.chain = b.chain AND j.seq = b.seq)"
)
_MANY = 2000
"""Rows in memory at a time."""


def states_of(connection: Connection, ref: str, kind: str = "") -> list[State]:
    """Every entry on a reference in the order of the acts, or those of one kind."""
    of_kind = "AND j.kind = :kind " if kind else ""
    sql = f"{_STATES} WHERE j.ref = :ref {of_kind}ORDER BY j.seq"
    rows = fetch_plain(connection, sql, {"ref": ref, **({"kind": kind} if kind else {})})
    return _in_order([State(*row) for _ref, *row in rows])


def _in_order(states: list[State]) -> list[State]:
    """Numbers order the entries of one chain; an act that writes into several does so at one moment, and what was
    before stands at the first of its entries."""
    if len({one.chain for one in states}) > 1:
        states.sort(key=lambda one: (one.at, one.content is None, one.seq))
    return states


def before_faults(connection: Connection) -> Iterator[tuple[str, int, str]]:
    """(chain, seq, what is wrong) for what is kept of the time before an entry: another digest than the entry before
    it names, kept where nothing was, or gone.

    Entries from before the books were brought to the schema that keeps it need none.
    """
    since = _kept_since(connection)
    query = text(f"{_STATES} ORDER BY j.ref, j.seq").execution_options(yield_per=_MANY)
    with connection.execute(query) as result:
        rows = (row for part in result.partitions() for row in part)
        for ref, group in groupby(rows, key=lambda row: str(row[0])):
            states = [State(*row[1:]) for row in group]
            if len(states) > 1 or states[0].content is not None:
                faults = _set_faults if ref.partition(":")[0] in SETS else _row_faults
                yield from faults(connection, ref, _in_order(states), since)
            for one in states if since else ():
                if one.content is not None and _is_old(connection, one, since):
                    yield one.chain, one.seq, _(_EARLY)
    for chain, seq in fetch_plain(connection, _ALONE, {}):
        yield chain, seq, _("没有所属的日志")


def _row_faults(
    connection: Connection, ref: str, states: Sequence[State], since: int
) -> Iterator[tuple[str, int, str]]:
    final = ref.partition(":")[0] in UNKEPT
    for last, one in zip([None, *states], states, strict=False):
        if one.content is None:
            needed = last and last.digest not in ("", one.digest) and not final
            if needed and not _is_old(connection, one, since):
                yield one.chain, one.seq, _(_GONE)
        elif last is None or _digest_kept(one.content) != last.digest:
            yield one.chain, one.seq, _(_DIFFERS if last else _NOTHING)


def _set_faults(
    connection: Connection, ref: str, states: Sequence[State], since: int
) -> Iterator[tuple[str, int, str]]:
    """From the rows of today back to the first entry; rows that were changed since are told as such, not here."""
    rows = set_rows(connection, ref)
    if digest_of_set(rows.values()) != states[-1].digest:
        return
    for last, one in reversed(list(zip([None, *states], states, strict=False))):
        if one.content is None:
            if last and last.digest == _EMPTY:
                rows = {}
            elif last and last.digest != one.digest:
                if not _is_old(connection, one, since):
                    yield one.chain, one.seq, _(_GONE)
                return
            continue
        if last is None:
            yield one.chain, one.seq, _(_NOTHING)
            return
        rows = _undone(rows, one.content)
        if digest_of_set(rows.values()) != last.digest:
            yield one.chain, one.seq, _(_DIFFERS)
            return


def _undone(rows: dict[SetKey, object], content: bytes) -> dict[SetKey, object]:
    try:
        return undo(rows, read(content))
    except (canonical.FormatError, KeyError, TypeError, ValueError):
        return {}


def _office_of(connection: Connection, one: State) -> int:
    """Where the office chain stood when the entry was made."""
    rows = fetch_plain(connection, _ENTRY, {"chain": one.chain, "seq": one.seq})
    try:
        said = canonical.load(bytes(rows[0][0]))
    except canonical.FormatError:
        return 0
    mark = said.get("office") if isinstance(said, dict) else None
    return int(mark[0]) if isinstance(mark, list) else one.seq


def is_old(connection: Connection, ref: str, kind: str) -> bool:
    """Whether the last entry of this kind on a reference is from before the books had the schema of this program."""
    since, states = _kept_since(connection), states_of(connection, ref, kind)
    return bool(states) and _is_old(connection, states[-1], since)


def _is_old(connection: Connection, one: State, since: int) -> bool:
    return bool(since) and _office_of(connection, one) < since


_DIFFERS = N_("以前的样子与前一条日志登记的不符")
_NOTHING = N_("这条日志以前没有东西，却有以前的样子")
_GONE = N_("以前的样子不见了")
_EARLY = N_("升级以前的程序不留以前的样子，这里却有")
_EMPTY = digest_of_set(())


def _digest_kept(content: bytes) -> str:
    try:
        return digest_of(read(content))
    except canonical.FormatError:
        return ""


def _kept_since(connection: Connection) -> int:
    """The number in the office chain from which what was before is kept, 0: always."""
    sql = "SELECT MIN(j.seq) FROM journal j JOIN chain c ON c.uid = j.chain WHERE c.book IS NULL AND j.kind = :kind"
    return fetch_plain(connection, sql, {"kind": UPGRADE})[0][0] or 0


UPGRADE, RESHAPE = "upgrade", "reshape"
"""The kinds of the entry that says that older books were brought to the program's schema: books of a schema that kept
nothing of what was before, or of one that did."""
KEEPS_BEFORE = "0004"
"""The first schema whose programs keep what was before."""
