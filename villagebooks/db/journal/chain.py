"""The chains of the operation log: append in the act's own transaction, read, verify."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select

from villagebooks.core.journal import Head
from villagebooks.core.words import _
from villagebooks.db import schema
from villagebooks.db.journal import before
from villagebooks.db.tuples import fetch_among, fetch_plain, write_plain
from villagebooks.seal import canonical
from villagebooks.seal.journal import (
    SALT_BYTES,
    Entry,
    OfficeMark,
    entry_bytes,
    genesis_head,
    leaf_hash,
    next_head,
)

_chain, _journal = schema.chain.c, schema.journal.c

# built once: posting a voucher asks them all
_HEADS = "SELECT book, uid, seq, head FROM chain WHERE book = :book OR book IS NULL"
_ADD = (
    "INSERT INTO journal (chain, seq, at, actor, kind, ref, digest, entry, head) "
    "VALUES (:chain, :seq, :at, :actor, :kind, :ref, :digest, :entry, :head)"
)
_ADVANCE = "UPDATE chain SET seq = :seq, head = :head WHERE uid = :chain"
_ENTRIES_OF = "SELECT ref, entry FROM journal WHERE ref IN ({among}) ORDER BY seq"
_HEADS_AT = (
    "SELECT j.seq, j.head FROM journal j JOIN chain c ON c.uid = j.chain WHERE c.book = :book AND j.seq IN ({among})"
)


def make_chain(connection: Connection, book: int | None) -> str:
    """Start the chain of a book, or of the office (None); its uid."""
    uid = str(uuid.uuid4())
    connection.execute(insert(schema.chain).values(uid=uid, book=book, seq=0, head=genesis_head(uid).hex()))
    return uid


def head(connection: Connection, book: int | None) -> tuple[str, Head]:
    """Uid and state of a book's chain, of the office chain for None."""
    uid, state = _heads(connection, book)[book]
    return uid, state


def has_office(connection: Connection) -> bool:
    """Whether there is an office chain: books whose making was cut off have none."""
    return None in _heads(connection, None)


def _heads(connection: Connection, book: int | None) -> dict[int | None, tuple[str, Head]]:
    """Uid and state of a book's chain and, by None, of the office chain."""
    rows = fetch_plain(connection, _HEADS, {"book": book})
    return {key: (uid, Head(seq, value)) for key, uid, seq, value in rows}


def heads(connection: Connection) -> dict[str, Head]:
    """The state of every chain by its uid."""
    rows = connection.execute(select(_chain.uid, _chain.seq, _chain.head))
    return {row.uid: Head(row.seq, row.head) for row in rows}


def record(
    connection: Connection, book: int | None, at: str, actor: str, kind: str, ref: str, digest: str | None = None
) -> Head:
    """Append what `actor` did to `ref`; its digest is taken from the rows as they stand in this transaction, and what
    stood there before is kept beside it. With a `digest` of the caller's nothing is."""
    chains = _heads(connection, book)
    chain, state = chains[book]
    office = None
    if book is not None:
        office_state = chains[None][1]
        office = OfficeMark(office_state.seq, bytes.fromhex(office_state.head))
    seen = before.look(connection, ref) if digest is None else before.Seen(digest, None)
    digest = seen.digest
    entry = Entry(chain, state.seq + 1, at, actor, kind, ref, digest, office, os.urandom(SALT_BYTES))
    raw = entry_bytes(entry)
    new_head = next_head(bytes.fromhex(state.head), leaf_hash(raw)).hex()
    row = {"chain": chain, "seq": entry.seq, "at": at, "actor": actor, "kind": kind, "ref": ref, "digest": digest}
    write_plain(connection, _ADD, row | {"entry": raw, "head": new_head})
    write_plain(connection, _ADVANCE, {"chain": chain, "seq": entry.seq, "head": new_head})
    if seen.before is not None:
        before.keep(connection, chain, entry.seq, seen.before)
    return Head(entry.seq, new_head)


def days_at(connection: Connection, seqs: Sequence[int]) -> dict[int, str]:
    """The ISO day of each of these entries of the office chain; those beyond are left out."""
    chain = head(connection, None)[0]
    query = select(_journal.seq, _journal.at).where(_journal.chain == chain, _journal.seq.in_(seqs))
    return {row.seq: row.at[:10] for row in connection.execute(query)}


def leaves(connection: Connection, book: int | None) -> list[bytes]:
    """The 32-byte leaf of every entry of a chain, in order: what a query file shows of the journal."""
    chain = head(connection, book)[0]
    rows = connection.execute(select(_journal.entry).where(_journal.chain == chain).order_by(_journal.seq))
    return [leaf_hash(raw) for raw in rows.scalars()]


def office_position(connection: Connection, ref: str) -> int | None:
    """Where the office chain stood when this reference was last journalled on a book's chain, else None."""
    return office_positions(connection, [ref]).get(ref)


def office_positions(connection: Connection, refs: Sequence[str]) -> dict[str, int]:
    """Where the office chain stood when each reference was last journalled on a book's chain; the others are left out,
    and so are those whose entry cannot be read."""
    last = dict(_pairs(connection, _ENTRIES_OF, refs, {}))
    positions = {}
    for ref, raw in last.items():
        with suppress(canonical.FormatError):
            entry = canonical.load(raw)
            office = entry.get("office") if isinstance(entry, dict) else None
            if isinstance(office, list):
                positions[ref] = int(office[0])
    return positions


def _pairs(
    connection: Connection, sql: str, among: Sequence[object], values: Mapping[str, object]
) -> list[tuple[Any, Any]]:
    return [(one, other) for one, other in fetch_among(connection, sql, among, values)]


def head_at(connection: Connection, book: int, seq: int) -> str | None:
    """The hex head of a book's chain after entry `seq` (0: the empty chain), None when it is not that long."""
    return heads_at(connection, book, [seq]).get(seq)


def heads_at(connection: Connection, book: int, seqs: Sequence[int]) -> dict[int, str]:
    """The hex head of a book's chain after each of these entries (0: the empty chain); those beyond are left out."""
    found = dict(_pairs(connection, _HEADS_AT, seqs, {"book": book}))
    if 0 in seqs:
        found[0] = genesis_head(head(connection, book)[0]).hex()
    return found


def heads_in(connection: Connection, chain: str, seqs: Sequence[int]) -> dict[int, str]:
    """The hex head of a chain by its uid after each of these entries; those beyond are left out."""
    if not connection.execute(select(_chain.uid).where(_chain.uid == chain)).first():
        return {}
    query = select(_journal.seq, _journal.head).where(_journal.chain == chain, _journal.seq.in_(seqs))
    found = {row.seq: row.head for row in connection.execute(query)}
    return found | ({0: genesis_head(chain).hex()} if 0 in seqs else {})


def raw_entries(connection: Connection, chain: str, first: int = 1, last: int | None = None) -> Iterator[bytes]:
    """The canonical bytes of a chain's entries in order, from `first` to `last` (None: to its end)."""
    query = select(_journal.entry).where(_journal.chain == chain, _journal.seq >= first).order_by(_journal.seq)
    if last is not None:
        query = query.where(_journal.seq <= last)
    yield from connection.execute(query).scalars()


def entry_of(connection: Connection, chain: str, ref: str, kind: str) -> tuple[int, bytes] | None:
    """Number and canonical bytes of the last entry of this kind on a reference, None when there is none."""
    query = select(_journal.seq, _journal.entry).where(
        _journal.chain == chain, _journal.ref == ref, _journal.kind == kind
    )
    row = connection.execute(query.order_by(_journal.seq.desc()).limit(1)).first()
    return (row.seq, row.entry) if row else None


def last_entry(connection: Connection, ref: str, kinds: Sequence[str]) -> tuple[str, str] | None:
    """Who wrote the last entry of one of these kinds on a reference, and when (ISO); None when there is none."""
    query = select(_journal.actor, _journal.at).where(_journal.ref == ref, _journal.kind.in_(kinds))
    row = connection.execute(query.order_by(_journal.at.desc(), _journal.seq.desc()).limit(1)).first()
    return (row.actor, row.at) if row else None


def newest_entry(connection: Connection, ref: str) -> tuple[str, str, str] | None:
    """Kind of the newest entry on a reference, who wrote it, and when (ISO); None when there is none. For what stands
    in one chain."""
    query = select(_journal.kind, _journal.actor, _journal.at).where(_journal.ref == ref)
    row = connection.execute(query.order_by(_journal.seq.desc()).limit(1)).first()
    return (row.kind, row.actor, row.at) if row else None


def newest_at(connection: Connection) -> str:
    """When the newest of the last entries of all chains was written, ISO; empty when there is none."""
    last = schema.journal.join(schema.chain, (_chain.uid == _journal.chain) & (_chain.seq == _journal.seq))
    return connection.execute(select(func.max(_journal.at)).select_from(last)).scalar() or ""


def chain_faults(
    connection: Connection, chain: str = "", report: Callable[[int], None] | None = None
) -> Iterator[tuple[str, int, str]]:
    """(chain, seq, what is wrong) for every entry that is not what was written, and for a head that differs.

    Of all chains, or of one by its uid; `report` is told how many entries of a chain have been looked at.
    """
    query = select(_chain.uid, _chain.seq, _chain.head)
    for uid, seq, stored in connection.execute(query.where(_chain.uid == chain) if chain else query).all():
        yield from _faults_of(connection, uid, (seq, stored), report)
    if not chain:
        yield from _chains_gone(connection)


def _faults_of(
    connection: Connection, uid: str, told: tuple[int, str], report: Callable[[int], None] | None
) -> Iterator[tuple[str, int, str]]:
    try:
        current, count = genesis_head(uid), 0
    except ValueError:
        yield uid, told[0], _("日志链的标识被改动")
        return
    query = select(schema.journal).where(_journal.chain == uid).order_by(_journal.seq)
    for row in connection.execute(query).mappings():
        count += 1
        current = next_head(current, leaf_hash(row["entry"]))
        fault = _row_fault(row, count, current)
        if fault:
            yield uid, row["seq"], fault
            current = bytes.fromhex(row["head"])
        if report and count % _REPORT_EVERY == 0:
            report(count)
    if (count, current.hex()) != told:
        yield uid, told[0], _("日志的末尾与链头不符，有日志被增加或删除")


_REPORT_EVERY = 200


def _chains_gone(connection: Connection) -> Iterator[tuple[str, int, str]]:
    """Entries of a chain that is no more; books, or the office, without a chain or with two."""
    known = select(_chain.uid).where(_chain.uid == _journal.chain).exists()
    for uid in connection.execute(select(_journal.chain).where(~known).distinct()).scalars():
        yield uid, 0, _("日志链的链头不见了")
    count: dict[int | None, int] = dict.fromkeys(connection.execute(select(schema.book.c.id)).scalars(), 0)
    count[None] = 0
    for uid, book in connection.execute(select(_chain.uid, _chain.book)):
        count[book] = count.get(book, 0) + 1
        if count[book] > 1:
            yield uid, 0, _("同一个账套有两条日志链")
    for book, times in count.items():
        if not times:
            yield str(book or ""), 0, _("这个账套没有日志链") if book else _("办公室没有日志链")


def _row_fault(values: RowMapping, count: int, current: bytes) -> str:
    if values["seq"] != count:
        return _("日志第 {count} 条不见了").format(count=count)
    if values["head"] != current.hex():
        return _("日志内容或链值被改动")
    try:
        said = canonical.load(values["entry"])
    except canonical.FormatError:
        return _("日志内容无法读出")
    columns = ("chain", "seq", "at", "actor", "kind", "ref", "digest")
    if not isinstance(said, dict) or any(said.get(name) != values[name] for name in columns):
        return _("日志的列与签入内容不符")
    return ""
