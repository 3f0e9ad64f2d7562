"""Rows against their journal entries: what was changed, taken away or put in behind the program."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, exists, select, text

from villagebooks.core.words import _
from villagebooks.db import schema
from villagebooks.db.digest import CHILDREN, journalled_keys, row_digest
from villagebooks.db.tuples import fetch_tuples

_SETS = {"accounts": "account", "parties": "party", "people": "person", "intakes": "intake", "vouchers": "voucher"}
"""Kinds of entries that speak of many rows, and the table of those."""


def changed_rows(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """(table, row, what) for every row that differs from its last journal entry, vanished, or was never journalled."""
    journal = schema.journal.c
    entries = connection.execute(select(journal.ref, journal.digest).order_by(journal.chain, journal.seq))
    last: dict[str, str] = {ref: digest for ref, digest in entries}  # noqa: C416  (the last entry of a ref wins)
    ranges = []
    for ref, digest in last.items():
        table, _colon, key = ref.partition(":")
        try:
            now = row_digest(connection, ref)
        except (KeyError, ValueError):
            now = None  # an entry that names no row: it was changed, and its chain tells so
        if now is None:
            yield _SETS.get(table, table), key, _("这一行不见了，日志里有它")
        elif now != digest:
            yield _SETS.get(table, table), key, _("内容与日志登记的不符")
        if table == "vouchers":
            ranges.append(key)
    for table, key in journalled_keys(connection):
        if f"{table}:{key}" not in last:
            yield table, key, _("日志里没有这一行的登记")
    yield from _strange_vouchers(connection, last, ranges)
    yield from _strange_sets(connection, last)
    yield from _hanging(connection)


def _strange_vouchers(
    connection: Connection, last: dict[str, str], ranges: list[str]
) -> Iterator[tuple[str, str, str]]:
    spans: dict[int, list[tuple[int, int]]] = {}
    for key in ranges:
        book, _slash, ends = key.partition("/")
        first, _dash, final = ends.partition("-")
        spans.setdefault(int(book), []).append((int(first), int(final)))
    for (row,) in fetch_tuples(connection, _BOOKS, {}):
        one = spans.get(row, [])
        # one import into a book is the rule: its vouchers need not be looked at one by one
        least, most = one[0] if len(one) == 1 else (0, -1)
        for row_id, uid in fetch_tuples(connection, _OUTSIDE, {"book": row, "first": least, "last": most}):
            if f"voucher:{uid}" not in last and not any(start <= row_id <= end for start, end in one):
                yield "voucher", uid, _("日志里没有这一行的登记")


_BOOKS = text("SELECT DISTINCT book FROM voucher ORDER BY book")
_OUTSIDE = text("SELECT id, uid FROM voucher WHERE book = :book AND NOT (id BETWEEN :first AND :last)")


def _hanging(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Rows that hang on nothing."""
    for child in CHILDREN:
        if child.table is schema.voucher_line and not _any_line_alone(connection):
            continue
        keys, parent = child.table.primary_key.columns, child.parent.c[child.parent_column]
        alone = ~exists().where(parent == child.table.c[child.column])
        for row in connection.execute(select(*keys).where(alone)):
            yield child.table.name, "/".join(map(str, row)), _("没有所属的单据")
    body, approval = schema.signed_body.c, schema.approval.c
    unsigned = ~exists().where(approval.object_uid == body.object_uid, approval.rev == body.rev)
    for uid, rev in connection.execute(select(body.object_uid, body.rev).where(unsigned)):
        yield "signed_body", f"{uid}/{rev}", _("没有所属的单据")


def _any_line_alone(connection: Connection) -> bool:
    """Whether there are more lines than lines of vouchers: two counts cost less than looking at every line."""
    counted = connection.execute(
        text(
            "SELECT (SELECT COUNT(*) FROM voucher_line), "
            "(SELECT COUNT(*) FROM voucher v JOIN voucher_line l ON l.voucher = v.id)"
        )
    ).one()
    return bool(counted[0] != counted[1])


def _strange_sets(connection: Connection, last: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Rows of sets that no set entry speaks of."""
    for table, name, column in (
        (schema.account, "accounts", "book"),
        (schema.account_name, "accounts", "book"),
        (schema.account_need, "accounts", "book"),
        (schema.party, "parties", "book"),
        (schema.person, "people", "village"),
    ):
        for key in connection.execute(select(table.c[column]).distinct()).scalars():
            if f"{name}:{key}" not in last:
                yield table.name, str(key), _("日志里没有登记")
