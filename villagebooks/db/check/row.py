"""Rows against their journal entries: what was changed, taken away or put in behind the program."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, select, text

from villagebooks.db import schema
from villagebooks.db.digest import row_digest
from villagebooks.db.tuples import fetch_tuples

_COVERED: tuple[tuple[Table, str, str], ...] = (
    (schema.setting, "setting", "key"),
    (schema.village, "village", "code"),
    (schema.book, "book", "uid"),
    (schema.officer, "officer", "uid"),
    (schema.key_box, "key_box", "name"),
    (schema.key_directory, "key_directory", "version"),
    (schema.paper, "paper", "uid"),
    (schema.policy, "policy", "version"),
    (schema.budget, "budget", "uid"),
    (schema.agreement, "agreement", "uid"),
    (schema.attachment, "attachment", "sha256"),
    (schema.receipt_book, "receipt_book", "code"),
    (schema.template, "template", "uid"),
    (schema.schedule, "schedule", "uid"),
    (schema.approval, "approval", "uid"),
    (schema.disclosure, "disclosure", "uid"),
    (schema.bank_statement, "bank_statement", "uid"),
    (schema.bank_match, "bank_match", "uid"),
    (schema.reconciliation, "reconciliation", "uid"),
    (schema.cash_count, "cash_count", "uid"),
    (schema.hand_over, "hand_over", "uid"),
    (schema.name_term, "name_term", "uid"),
    (schema.migration, "migration", "uid"),
    (schema.migration_decision, "migration_decision", "uid"),
    (schema.merger, "merger", "uid"),
    (schema.statement_layout, "statement_layout", "uid"),
    (schema.note_text, "note_text", "uid"),
    (schema.bank_account, "bank_account", "uid"),
    (schema.chart_template, "chart_template", "uid"),
)
"""Tables whose every row has an entry of its own in a journal."""


def changed_rows(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """(table, row, what) for every row that differs from its last journal entry, vanished, or was never journalled."""
    journal = schema.journal.c
    entries = connection.execute(select(journal.ref, journal.digest).order_by(journal.chain, journal.seq))
    last: dict[str, str] = {ref: digest for ref, digest in entries}  # noqa: C416  (the last entry of a ref wins)
    ranges = []
    for ref, digest in last.items():
        table, _, key = ref.partition(":")
        now = row_digest(connection, ref)
        if now is None:
            yield table, key, "这一行不见了，日志里有它"
        elif now != digest:
            yield table, key, "内容与日志登记的不符"
        if table == "vouchers":
            ranges.append(key)
    for table_object, name, column in _COVERED:
        for value in connection.execute(select(table_object.c[column])).scalars():
            if f"{name}:{value}" not in last:
                yield name, str(value), "日志里没有这一行的登记"
    yield from _strange_vouchers(connection, last, ranges)
    yield from _strange_children(connection, last)


def _strange_vouchers(
    connection: Connection, last: dict[str, str], ranges: list[str]
) -> Iterator[tuple[str, str, str]]:
    spans: dict[int, list[tuple[int, int]]] = {}
    for key in ranges:
        book, _, ends = key.partition("/")
        first, _, final = ends.partition("-")
        spans.setdefault(int(book), []).append((int(first), int(final)))
    for (row,) in fetch_tuples(connection, _BOOKS, {}):
        one = spans.get(row, [])
        # one import into a book is the rule: its vouchers need not be looked at one by one
        least, most = one[0] if len(one) == 1 else (0, -1)
        for row_id, uid in fetch_tuples(connection, _OUTSIDE, {"book": row, "first": least, "last": most}):
            if f"voucher:{uid}" not in last and not any(start <= row_id <= end for start, end in one):
                yield "voucher", uid, "日志里没有这一行的登记"


_BOOKS = text("SELECT DISTINCT book FROM voucher ORDER BY book")
_OUTSIDE = text("SELECT id, uid FROM voucher WHERE book = :book AND NOT (id BETWEEN :first AND :last)")


_HANGING = (
    (
        "voucher_line",
        """SELECT l.voucher || '/' || l.line FROM voucher_line l
        LEFT JOIN voucher v ON v.id = l.voucher WHERE v.id IS NULL""",
    ),
    (
        "paper_voucher",
        """SELECT p.paper || '/' || p.voucher FROM paper_voucher p
        LEFT JOIN voucher v ON v.uid = p.voucher WHERE v.uid IS NULL""",
    ),
    (
        "bank_line",
        """SELECT l.statement || '/' || l.position FROM bank_line l
        LEFT JOIN bank_statement s ON s.uid = l.statement WHERE s.uid IS NULL""",
    ),
    (
        "bank_match_item",
        """SELECT i.match_uid || '/' || i.object FROM bank_match_item i
        LEFT JOIN bank_match m ON m.uid = i.match_uid WHERE m.uid IS NULL""",
    ),
    (
        "statement_line",
        """SELECT l.layout || '/' || l.position FROM statement_line l
        LEFT JOIN statement_layout s ON s.uid = l.layout WHERE s.uid IS NULL""",
    ),
    (
        "template_line",
        """SELECT l.template || '/' || l.line FROM template_line l
        LEFT JOIN template t ON t.uid = l.template WHERE t.uid IS NULL""",
    ),
    (
        "schedule_line",
        """SELECT l.schedule || '/' || l.line FROM schedule_line l
        LEFT JOIN schedule s ON s.uid = l.schedule WHERE s.uid IS NULL""",
    ),
    (
        "schedule_draft",
        """SELECT d.schedule || '/' || d.month FROM schedule_draft d
        LEFT JOIN schedule s ON s.uid = d.schedule WHERE s.uid IS NULL""",
    ),
    (
        "budget_line",
        """SELECT l.budget || '/' || l.account FROM budget_line l
        LEFT JOIN budget b ON b.uid = l.budget WHERE b.uid IS NULL""",
    ),
    (
        "signed_body",
        """SELECT s.object_uid || '/' || s.rev FROM signed_body s
        LEFT JOIN approval a ON a.object_uid = s.object_uid AND a.rev = s.rev WHERE a.uid IS NULL""",
    ),
)


def _any_line_alone(connection: Connection) -> bool:
    """Whether there are more lines than lines of vouchers: two counts cost less than looking at every line."""
    counted = connection.execute(
        text(
            "SELECT (SELECT COUNT(*) FROM voucher_line), "
            "(SELECT COUNT(*) FROM voucher v JOIN voucher_line l ON l.voucher = v.id)"
        )
    ).one()
    return bool(counted[0] != counted[1])


def _strange_children(connection: Connection, last: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Rows that hang on nothing, and rows of sets that no set entry speaks of."""
    for table, query in _HANGING if _any_line_alone(connection) else _HANGING[1:]:
        for row in connection.execute(text(query)).scalars():
            yield table, str(row), "没有所属的单据"
    for book, code in connection.execute(select(schema.book.c.id, schema.book.c.code)):
        for table_object, name in ((schema.account, "accounts"), (schema.party, "parties")):
            if f"{name}:{book}" not in last:
                found = connection.execute(select(table_object.c.code).where(table_object.c.book == book)).scalar()
                if found:
                    yield name, str(code), "日志里没有登记"
    for receipt_book, number in connection.execute(select(schema.receipt.c.receipt_book, schema.receipt.c.number)):
        if f"receipt:{receipt_book}/{number}" not in last:
            yield "receipt", f"{receipt_book}/{number}", "日志里没有这一行的登记"
    remark = schema.voucher_remark.c
    for voucher, kind in connection.execute(select(remark.voucher, remark.kind)):
        if f"voucher_remark:{voucher}/{kind}" not in last:
            yield "voucher_remark", f"{voucher}/{kind}", "日志里没有这一行的登记"
