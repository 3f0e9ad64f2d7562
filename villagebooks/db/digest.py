"""The digest of a row with its children by its journal reference `table:key`: `check --deep` names what was changed.

References of several rows at once (an import, a chart) digest all of them in the order of their keys:
`accounts:BOOK`, `parties:BOOK`, `people:VILLAGE`, `intakes:`, `vouchers:BOOK/FIRST-LAST` (row ids).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, Row, Select, Table, bindparam, select

from villagebooks.db import schema
from villagebooks.db.schema.table import LATER
from villagebooks.seal import canonical


@dataclass(frozen=True, slots=True)
class _Kind:
    """How rows of a table are found by the key of a reference, and which tables belong to them."""

    table: Table
    keys: tuple[str, ...]
    children: tuple[tuple[Table, str, str], ...] = ()
    """(child table, its column, the parent's column)"""


_KINDS: Mapping[str, _Kind] = {
    "office": _Kind(schema.office, ("id",)),
    "setting": _Kind(schema.setting, ("key",)),
    "village": _Kind(schema.village, ("code",)),
    "book": _Kind(schema.book, ("uid",)),
    "period": _Kind(schema.period, ("book", "year", "month")),
    "person": _Kind(schema.person, ("uid",)),
    "officer": _Kind(schema.officer, ("uid",)),
    "relative": _Kind(schema.relative, ("uid",)),
    "key_box": _Kind(schema.key_box, ("name",)),
    "key_directory": _Kind(schema.key_directory, ("version",)),
    "budget": _Kind(schema.budget, ("uid",), ((schema.budget_line, "budget", "uid"),)),
    "agreement": _Kind(schema.agreement, ("uid",)),
    "policy": _Kind(schema.policy, ("version",)),
    "paper": _Kind(
        schema.paper, ("uid",), ((schema.document, "paper", "uid"), (schema.document_image, "paper", "uid"))
    ),
    "attachment": _Kind(schema.attachment, ("sha256",)),
    "receipt_book": _Kind(schema.receipt_book, ("code",)),
    "receipt": _Kind(schema.receipt, ("receipt_book", "number")),
    "voucher": _Kind(
        schema.voucher, ("uid",), ((schema.voucher_line, "voucher", "id"), (schema.paper_voucher, "voucher", "uid"))
    ),
    "voucher_remark": _Kind(schema.voucher_remark, ("voucher", "kind")),
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
    Child(table, column, kind.table, parent) for kind in _KINDS.values() for table, column, parent in kind.children
)
"""Tables that are digested with their parents."""


def journalled_keys(connection: Connection) -> Iterator[tuple[str, str]]:
    """(kind, key) of every row that has an entry of its own in a journal, as the entry names it.

    Vouchers and people are left out: an import speaks of many at once.
    """
    for name, kind in _KINDS.items():
        if name not in ("voucher", "person"):
            for row in connection.execute(select(*(kind.table.c[column] for column in kind.keys))):
                yield name, "/".join(map(str, row))


def row_digest(connection: Connection, ref: str) -> str | None:
    """Hex SHA-256 of what the reference names as it stands now, None when it is not there."""
    table, _, key = ref.partition(":")
    several = _SEVERAL.get(table)
    if several:
        return several(connection, key)
    content = row_content(connection, ref)
    return hashlib.sha256(canonical.dump(content)).hexdigest() if content else None


def row_content(connection: Connection, ref: str) -> list[object] | None:
    """What is digested of a single row: its values, then those of each kind of children. None when it is not there."""
    table, _, key = ref.partition(":")
    kind = _KINDS[table]
    one, children = _queries(table)
    row = connection.execute(one, _key_values(kind, key.split("/", len(kind.keys) - 1))).first()
    if row is None:
        return None
    content: list[object] = [_plain(kind.table, row)]
    for query, (child, _column, parent) in zip(children, kind.children, strict=True):
        rows = connection.execute(query, {"parent": getattr(row, parent)})
        content.append([_plain(child, one) for one in rows])
    return content


_Query = Select[tuple[object, ...]]


@cache
def _queries(table: str) -> tuple[_Query, tuple[_Query, ...]]:
    """How a row of the kind is found by its key, and the rows of each child by its parent: built once."""
    kind = _KINDS[table]
    one = select(kind.table)
    for name in kind.keys:
        one = one.where(kind.table.c[name] == bindparam(f"key_{name}"))
    children = [
        select(child).where(child.c[column] == bindparam("parent")).order_by(*child.primary_key)
        for child, column, _parent in kind.children
    ]
    return one, tuple(children)


def _key_values(kind: _Kind, parts: list[str]) -> dict[str, object]:
    columns = [kind.table.c[name] for name in kind.keys]
    return {
        f"key_{column.name}": int(part) if column.type.python_type is int else part
        for column, part in zip(columns, parts, strict=True)
    }


def _plain(table: Table, row: Row[tuple[object, ...]]) -> object:
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


def _set_digest(rows: Iterator[object]) -> str:
    running = hashlib.sha256()
    for row in rows:
        running.update(hashlib.sha256(canonical.dump(row)).digest())
    return running.hexdigest()


def _accounts(connection: Connection, key: str) -> str:
    """The accounts, then their former names and since when they need what; without such the digest is that of old."""
    tables = (schema.account, schema.account_name, schema.account_need)
    queries = ((one, select(one).where(one.c.book == int(key)).order_by(*one.primary_key)) for one in tables)
    return _set_digest(_plain(one, row) for one, query in queries for row in connection.execute(query))


def _parties(connection: Connection, key: str) -> str:
    query = select(schema.party).where(schema.party.c.book == int(key)).order_by(schema.party.c.code)
    return _set_digest(_plain(schema.party, row) for row in connection.execute(query))


def _people(connection: Connection, key: str) -> str:
    query = select(schema.person).where(schema.person.c.village == key).order_by(schema.person.c.uid)
    return _set_digest(_plain(schema.person, row) for row in connection.execute(query))


def _intakes(connection: Connection, _key: str) -> str:
    query = select(schema.intake).order_by(schema.intake.c.id)
    return _set_digest(_plain(schema.intake, row) for row in connection.execute(query))


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


_SEVERAL: Mapping[str, Callable[[Connection, str], str]] = {
    "accounts": _accounts,
    "parties": _parties,
    "people": _people,
    "intakes": _intakes,
    "vouchers": _vouchers,
}
