"""The digest of a row with its children by its journal reference `table:key`: `check --deep` names what was changed.

References of several rows at once (an import, a chart) digest all of them in the order of their keys:
`accounts:BOOK`, `parties:BOOK`, `people:VILLAGE`, `intakes:`, `vouchers:BOOK/FIRST-LAST` (row ids).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select

from villagebooks.db import schema
from villagebooks.db.schema.table import LATER
from villagebooks.db.tuples import fetch_plain
from villagebooks.seal import canonical

Fetch = Callable[[str, Mapping[str, object]], list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class _Kind:
    """How rows of a table are found by the key of a reference, and which tables belong to them."""

    table: Table
    keys: tuple[str, ...]
    children: tuple[tuple[Table, str, str], ...] = ()
    """(child table, its column, the parent's column)"""


KINDS: Mapping[str, _Kind] = {
    "office": _Kind(schema.office, ("id",)),
    "setting": _Kind(schema.setting, ("key",)),
    "village": _Kind(schema.village, ("code",)),
    "book": _Kind(schema.book, ("uid",)),
    "period": _Kind(schema.period, ("book", "year", "month")),
    "person": _Kind(schema.person, ("uid",)),
    "officer": _Kind(schema.officer, ("uid",)),
    "relative": _Kind(schema.relative, ("uid",)),
    "revocation": _Kind(schema.revocation, ("at", "name")),
    "post_change": _Kind(schema.post_change, ("uid",), ((schema.post_item, "post_change", "uid"),)),
    "key_box": _Kind(schema.key_box, ("name",)),
    "key_directory": _Kind(schema.key_directory, ("version",)),
    "budget": _Kind(schema.budget, ("uid",), ((schema.budget_line, "budget", "uid"),)),
    "agreement": _Kind(schema.agreement, ("uid",)),
    "policy": _Kind(schema.policy, ("version",)),
    "paper_note": _Kind(schema.paper_note, ("uid",)),
    "paper": _Kind(
        schema.paper, ("uid",), ((schema.document, "paper", "uid"), (schema.document_image, "paper", "uid"))
    ),
    "attachment": _Kind(schema.attachment, ("sha256",)),
    "reason": _Kind(schema.reason, ("code",)),
    "send_back": _Kind(schema.send_back, ("object_uid", "rev")),
    "whistle": _Kind(schema.whistle, ("uid",)),
    "archive_loan": _Kind(schema.archive_loan, ("uid",), ((schema.archive_volume, "loan", "uid"),)),
    "receipt_book": _Kind(schema.receipt_book, ("code",)),
    "receipt": _Kind(schema.receipt, ("receipt_book", "number")),
    "voucher": _Kind(
        schema.voucher, ("uid",), ((schema.voucher_line, "voucher", "id"), (schema.paper_voucher, "voucher", "uid"))
    ),
    "voucher_remark": _Kind(schema.voucher_remark, ("voucher", "kind")),
    "slip": _Kind(schema.slip, ("code",)),
    "template": _Kind(schema.template, ("uid",), ((schema.template_line, "template", "uid"),)),
    "schedule": _Kind(
        schema.schedule,
        ("uid",),
        ((schema.schedule_line, "schedule", "uid"), (schema.schedule_draft, "schedule", "uid")),
    ),
    "approval": _Kind(schema.approval, ("uid",)),
    "disclosure": _Kind(schema.disclosure, ("uid",)),
    "query_export": _Kind(schema.query_export, ("book", "seq")),
    "bank_account": _Kind(schema.bank_account, ("uid",)),
    "chart_template": _Kind(schema.chart_template, ("uid",), ((schema.chart_template_account, "template", "uid"),)),
    "imported_file": _Kind(schema.imported_file, ("sha256",)),
    "statement_layout": _Kind(schema.statement_layout, ("uid",), ((schema.statement_line, "layout", "uid"),)),
    "note_text": _Kind(schema.note_text, ("uid",)),
    "bank_statement": _Kind(schema.bank_statement, ("uid",), ((schema.bank_line, "statement", "uid"),)),
    "bank_match": _Kind(schema.bank_match, ("uid",), ((schema.bank_match_item, "match_uid", "uid"),)),
    "reconciliation": _Kind(schema.reconciliation, ("uid",)),
    "cash_count": _Kind(schema.cash_count, ("uid",)),
    "hand_over": _Kind(schema.hand_over, ("uid",), ((schema.hand_over_item, "hand_over", "uid"),)),
    "name_term": _Kind(schema.name_term, ("uid",)),
    "migration": _Kind(
        schema.migration,
        ("uid",),
        ((schema.migration_account, "migration", "uid"), (schema.migration_line, "migration", "uid")),
    ),
    "migration_decision": _Kind(schema.migration_decision, ("uid",), ((schema.migration_part, "decision", "uid"),)),
    "merger": _Kind(schema.merger, ("uid",)),
}


@dataclass(frozen=True, slots=True)
class Child:
    """A table whose rows belong to rows of another: a column of its own names a column of the parent."""

    table: Table
    column: str
    parent: Table
    parent_column: str


CHILDREN = tuple(
    Child(table, column, kind.table, parent) for kind in KINDS.values() for table, column, parent in kind.children
)
"""Tables that are digested with their parents."""


def journalled_keys(connection: Connection) -> Iterator[tuple[str, str]]:
    """(kind, key) of every row that has an entry of its own in a journal, as the entry names it.

    Vouchers and people are left out: an import speaks of many at once.
    """
    for name, kind in KINDS.items():
        if name not in ("voucher", "person"):
            for row in connection.execute(select(*(kind.table.c[column] for column in kind.keys))):
                yield name, "/".join(map(str, row))


def row_digest(connection: Connection, ref: str) -> str | None:
    """Hex SHA-256 of what the reference names as it stands now, None when it is not there."""
    table, _, key = ref.partition(":")
    if table == "vouchers":
        return _vouchers(connection, key)
    if table in SETS:
        return digest_of_set(set_rows(connection, ref).values())
    content = row_content(connection, ref)
    return digest_of(content) if content else None


def digest_of(content: object) -> str:
    """Hex SHA-256 of the content of a single row."""
    return hashlib.sha256(canonical.dump(content)).hexdigest()


def row_content(connection: Connection, ref: str) -> list[object] | None:
    """What is digested of a single row: its values, then those of each kind of children. None when it is not there."""
    return fetch_content(partial(fetch_plain, connection), ref)


def fetch_content(fetch: Fetch, ref: str) -> list[object] | None:
    """The same by whatever fetches rows of SQL with its values."""
    table, _, key = ref.partition(":")
    kind = KINDS[table]
    one, children = _queries(table)
    rows = fetch(one, _key_values(kind, key.split("/", len(kind.keys) - 1)))
    if not rows:
        return None
    row = rows[0]
    content: list[object] = [_plain(kind.table, row)]
    for query, (child, place) in children:
        content.append([_plain(child, one) for one in fetch(query, {"parent": row[place]})])
    return content


@cache
def _queries(table: str) -> tuple[str, tuple[tuple[str, tuple[Table, int]], ...]]:
    """How a row of the kind is found by its key, and of each child its rows by a place in the parent's row."""
    kind = KINDS[table]
    one = select(kind.table)
    for name in kind.keys:
        one = one.where(kind.table.c[name] == bindparam(f"key_{name}"))
    places = {column.name: place for place, column in enumerate(kind.table.c)}
    children = [
        (
            str(select(child).where(child.c[column] == bindparam("parent")).order_by(*child.primary_key)),
            (child, places[parent]),
        )
        for child, column, parent in kind.children
    ]
    return str(one), tuple(children)


def _key_values(kind: _Kind, parts: list[str]) -> dict[str, object]:
    columns = [kind.table.c[name] for name in kind.keys]
    return {
        f"key_{column.name}": int(part) if column.type.python_type is int else part
        for column, part in zip(columns, parts, strict=True)
    }


def _plain(table: Table, row: Sequence[object]) -> object:
    """The row as it is digested: columns that came later stand behind, by name, and only where they say something.

    So a migration that adds a column changes no digest of rows that were journalled before it.
    """
    values = [value.hex() if isinstance(value, bytes) else value for value in row]
    places = _later_columns(table)
    if not places:
        return values
    later = {name: values[at] for at, (name, default) in places.items() if values[at] != default}
    first = [value for at, value in enumerate(values) if at not in places]
    return [*first, later] if later else first


@cache
def _later_columns(table: Table) -> Mapping[int, tuple[str, object]]:
    """By their place in a row, names and defaults of columns that came later."""
    return {at: (one.name, one.info[LATER]) for at, one in enumerate(table.c) if LATER in one.info}


def named_values(table: Table, plain: object) -> dict[str, object]:
    """A row as it is digested, by the names of its columns; those that came later and say nothing are filled in."""
    if not isinstance(plain, list):
        return {}
    places = _later_columns(table)
    later = dict(places.values())
    if plain and isinstance(plain[-1], dict):
        later |= plain[-1]
        plain = plain[:-1]
    names = [one.name for at, one in enumerate(table.c) if at not in places]
    return {**dict(zip(names, plain, strict=False)), **later}


def tables_of(ref: str) -> tuple[Table, ...]:
    """The tables that a reference speaks of: of a single row its own, then its children's."""
    name = ref.partition(":")[0]
    if name in SETS:
        return tuple(table for table, _column in SETS[name])
    kind = KINDS.get(name)
    return (kind.table, *(table for table, _column, _parent in kind.children)) if kind else ()


def child_columns(ref: str) -> tuple[str, ...]:
    """For the children's tables of a single row, the column that names the parent."""
    return tuple(column for _table, column, _parent in KINDS[ref.partition(":")[0]].children)


SETS: Mapping[str, tuple[tuple[Table, str], ...]] = {
    # the accounts, then their former names and since when they need what; without such the digest is that of old
    "accounts": ((schema.account, "book"), (schema.account_name, "book"), (schema.account_need, "book")),
    "parties": ((schema.party, "book"),),
    "people": ((schema.person, "village"),),
    "intakes": ((schema.intake, ""),),
}
"""References of several rows at once: their tables, and the column that the key of the reference stands in."""

SetKey = tuple[int, tuple[object, ...]]
"""Which row of a set: the place of its table, and its key."""


def set_rows(connection: Connection, ref: str) -> dict[SetKey, object]:
    """The rows of a set in order, as each is digested."""
    name, _, key = ref.partition(":")
    rows: dict[SetKey, object] = {}
    for place, (table, column) in enumerate(SETS[name]):
        query, keys = _set_query(table, column)
        value = int(key) if column == "book" else key
        for row in fetch_plain(connection, query, {"key": value} if column else {}):
            rows[place, tuple(row[at] for at in keys)] = _plain(table, row)
    return rows


@cache
def _set_query(table: Table, column: str) -> tuple[str, tuple[int, ...]]:
    """The rows of one table of a set in the order of their keys, and where the key stands in a row."""
    query = select(table).order_by(*table.primary_key)
    if column:
        query = query.where(table.c[column] == bindparam("key"))
    names = [one.name for one in table.primary_key]
    return str(query), tuple(at for at, one in enumerate(table.c) if one.name in names)


def digest_of_set(rows: Iterable[object]) -> str:
    """Hex SHA-256 over the digests of the rows of a set, in order."""
    running = hashlib.sha256()
    for row in rows:
        running.update(hashlib.sha256(canonical.dump(row)).digest())
    return running.hexdigest()


def _vouchers(connection: Connection, key: str) -> str:
    book, _, ends = key.partition("/")
    first, _, last = ends.partition("-")
    table = schema.voucher.c
    query = (
        select(table.digest, table.state, table.posted_by, table.posted_at)
        .where(table.id.between(int(first), int(last)), table.book == int(book))
        .order_by(table.id)
    )
    running = VouchersDigest()
    for rows in connection.execute(query).partitions(_MANY):
        running.add(rows)
    return running.hexdigest()


_MANY = 2000
"""Rows in memory at a time."""


class VouchersDigest:
    """Digest of many vouchers in the order of their row ids, a part at a time."""

    def __init__(self) -> None:
        self._running = hashlib.sha256()

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Digest, state, posted by and posted at of the next ones."""
        self._running.update("".join(["\x1f".join(row) + "\n" for row in rows]).encode())

    def hexdigest(self) -> str:
        """Hex SHA-256 of all of them."""
        return self._running.hexdigest()
