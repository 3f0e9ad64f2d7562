"""The chains of the operation log: append in the act's own transaction, read for the log page, verify."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator

from sqlalchemy import Connection, RowMapping, insert, select, update

from villagebooks.core.journal import Head, JournalEntry
from villagebooks.db import schema
from villagebooks.db.digest import row_digest
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


def make_chain(connection: Connection, book: int | None) -> str:
    """Start the chain of a book, or of the office (None); its uid."""
    uid = str(uuid.uuid4())
    connection.execute(insert(schema.chain).values(uid=uid, book=book, seq=0, head=genesis_head(uid).hex()))
    return uid


def head(connection: Connection, book: int | None) -> tuple[str, Head]:
    """Uid and state of a book's chain, of the office chain for None."""
    row = connection.execute(select(_chain.uid, _chain.seq, _chain.head).where(_chain.book == book)).one()
    return row.uid, Head(row.seq, row.head)


def heads(connection: Connection) -> dict[str, Head]:
    """The state of every chain by its uid."""
    rows = connection.execute(select(_chain.uid, _chain.seq, _chain.head))
    return {row.uid: Head(row.seq, row.head) for row in rows}


def record(
    connection: Connection, book: int | None, at: str, actor: str, kind: str, ref: str, digest: str | None = None
) -> Head:
    """Append what `actor` did to `ref`; its digest is taken from the rows as they stand in this transaction."""
    chain, state = head(connection, book)
    office = None
    if book is not None:
        office_state = head(connection, None)[1]
        office = OfficeMark(office_state.seq, bytes.fromhex(office_state.head))
    if digest is None:
        digest = row_digest(connection, ref) or ""
    entry = Entry(chain, state.seq + 1, at, actor, kind, ref, digest, office, os.urandom(SALT_BYTES))
    raw = entry_bytes(entry)
    new_head = next_head(bytes.fromhex(state.head), leaf_hash(raw)).hex()
    connection.execute(
        insert(schema.journal).values(
            chain=chain, seq=entry.seq, at=at, actor=actor, kind=kind, ref=ref, digest=digest, entry=raw, head=new_head
        )
    )
    connection.execute(update(schema.chain).where(_chain.uid == chain).values(seq=entry.seq, head=new_head))
    return Head(entry.seq, new_head)


def entries(connection: Connection, book: int | None, after: int = 0, limit: int = 256) -> list[JournalEntry]:
    """A page of the log in order, from the entry after `after`."""
    chain = head(connection, book)[0]
    query = (
        select(_journal.chain, _journal.seq, _journal.at, _journal.actor, _journal.kind, _journal.ref, _journal.digest)
        .where(_journal.chain == chain, _journal.seq > after)
        .order_by(_journal.seq)
        .limit(limit)
    )
    return [JournalEntry(*row) for row in connection.execute(query)]


def leaves(connection: Connection, book: int | None) -> list[bytes]:
    """The 32-byte leaf of every entry of a chain, in order: what a query file shows of the journal."""
    chain = head(connection, book)[0]
    rows = connection.execute(select(_journal.entry).where(_journal.chain == chain).order_by(_journal.seq))
    return [leaf_hash(raw) for raw in rows.scalars()]


def office_position(connection: Connection, ref: str) -> int | None:
    """Where the office chain stood when this reference was last journalled on a book's chain, else None."""
    query = select(_journal.entry).where(_journal.ref == ref).order_by(_journal.seq.desc()).limit(1)
    raw = connection.execute(query).scalar()
    entry = canonical.load(raw) if raw else None
    office = entry.get("office") if isinstance(entry, dict) else None
    return int(office[0]) if isinstance(office, list) else None


def head_at(connection: Connection, book: int, seq: int) -> str | None:
    """The hex head of a book's chain after entry `seq` (0: the empty chain), None when it is not that long."""
    chain = head(connection, book)[0]
    if seq == 0:
        return genesis_head(chain).hex()
    value: str | None = connection.execute(
        select(_journal.head).where(_journal.chain == chain, _journal.seq == seq)
    ).scalar()
    return value


def chain_faults(connection: Connection) -> Iterator[tuple[str, int, str]]:
    """(chain, seq, what is wrong) for every entry that is not what was written, and for a head that differs."""
    for uid, seq, stored in connection.execute(select(_chain.uid, _chain.seq, _chain.head)).all():
        current, count = genesis_head(uid), 0
        query = select(schema.journal).where(_journal.chain == uid).order_by(_journal.seq)
        for row in connection.execute(query).mappings():
            count += 1
            current = next_head(current, leaf_hash(row["entry"]))
            fault = _row_fault(row, count, current)
            if fault:
                yield uid, row["seq"], fault
                current = bytes.fromhex(row["head"])
        if (count, current.hex()) != (seq, stored):
            yield uid, seq, "日志的末尾与链头不符，有日志被增加或删除"


def _row_fault(values: RowMapping, count: int, current: bytes) -> str:
    if values["seq"] != count:
        return f"日志第 {count} 条不见了"
    if values["head"] != current.hex():
        return "日志内容或链值被改动"
    try:
        said = canonical.load(values["entry"])
    except canonical.FormatError:
        return "日志内容无法读出"
    columns = ("chain", "seq", "at", "actor", "kind", "ref", "digest")
    if not isinstance(said, dict) or any(said.get(name) != values[name] for name in columns):
        return "日志的列与签入内容不符"
    return ""
