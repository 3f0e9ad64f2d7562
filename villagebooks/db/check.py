"""The consistency queries of the books: each must return no row; what returns is named by table and row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, select, text

from villagebooks.db import schema
from villagebooks.db.digest import row_digest


@dataclass(frozen=True, slots=True)
class Rule:
    """A titled query that returns (row, detail) for everything that breaks it; `:book` is the book's row id."""

    name: str
    severity: str
    table: str
    sentence: str
    query: str


_VOUCHER = (
    "CASE v.month WHEN 0 THEN v.year || ' 期初' "
    "ELSE v.year || '-' || substr('0' || v.month, -2) || ' ' || v.word || '-' || v.number END"
)
_ONE_SIDE = "a.code NOT LIKE '113%' AND a.code NOT LIKE '154%' AND a.code NOT LIKE '181%'"

RULES = (
    Rule("unbalanced", "error", "voucher", "借贷不平，相差 {detail} 分",
         "SELECT {voucher}, SUM(l.debit_fen - l.credit_fen) FROM voucher v JOIN voucher_line l ON l.voucher = v.id "
         "WHERE v.book = :book GROUP BY v.id HAVING SUM(l.debit_fen - l.credit_fen) <> 0"),
    Rule("without_lines", "error", "voucher", "没有分录",
         "SELECT {voucher}, '' FROM voucher v WHERE v.book = :book "
         "AND NOT EXISTS (SELECT 1 FROM voucher_line l WHERE l.voucher = v.id)"),
    Rule("unknown_account", "error", "voucher_line", "科目 {detail} 不存在或不是末级",
         "SELECT {voucher} || ' 第 ' || l.line || ' 行', l.account "
         "FROM voucher_line l JOIN voucher v ON v.id = l.voucher "
         "LEFT JOIN account a ON a.book = l.book AND a.code = l.account "
         "WHERE v.book = :book AND (a.code IS NULL OR a.leaf = 0)"),
    Rule("place", "error", "voucher_line", "账套或日期与凭证不符",
         "SELECT {voucher} || ' 第 ' || l.line || ' 行', '' "
         "FROM voucher_line l JOIN voucher v ON v.id = l.voucher "
         "WHERE v.book = :book AND (l.book <> v.book OR l.day <> v.day)"),
    Rule("month", "error", "voucher", "日期 {detail} 不在凭证所属的月份",
         "SELECT {voucher}, v.day FROM voucher v WHERE v.book = :book AND v.kind <> 'opening' "
         "AND substr(v.day, 1, 7) <> v.year || '-' || substr('0' || v.month, -2)"),
    Rule("gap", "notice", "voucher", "凭证号不连续：缺 {detail}",
         "SELECT {voucher}, v.number - 1 FROM voucher v WHERE v.book = :book AND v.number > 1 AND NOT EXISTS "
         "(SELECT 1 FROM voucher p WHERE p.book = v.book AND p.year = v.year AND p.month = v.month "
         "AND p.word = v.word AND p.number = v.number - 1)"),
    Rule("wrong_side", "notice", "balance", "余额方向异常，{detail} 分",
         "SELECT b.account || ' ' || a.name, SUM(b.debit_fen - b.credit_fen) FROM balance b "
         "JOIN account a ON a.book = b.book AND a.code = b.account WHERE b.book = :book "
         "AND {one_side} AND b.year = (SELECT MAX(year) FROM balance WHERE book = :book) "
         "GROUP BY b.account, a.name, a.side "
         "HAVING (a.side = 'D' AND SUM(b.debit_fen - b.credit_fen) < 0) "
         "OR (a.side = 'C' AND SUM(b.debit_fen - b.credit_fen) > 0 AND b.account NOT LIKE '322%')"),
    Rule("party", "notice", "voucher_line", "科目 {detail} 没有写往来，列入“未指明”",
         "SELECT {voucher} || ' 第 ' || l.line || ' 行', l.account "
         "FROM voucher_line l JOIN voucher v ON v.id = l.voucher "
         "JOIN account a ON a.book = l.book AND a.code = l.account WHERE v.book = :book AND l.party = '' "
         "AND a.needs LIKE '%party%'"),
)  # fmt: skip


def broken(connection: Connection, rule: Rule, book: int) -> list[tuple[str, str]]:
    """(row, detail) for everything in the book that breaks the rule."""
    query = rule.query.replace("{voucher}", _VOUCHER).replace("{one_side}", _ONE_SIDE)
    return [(str(row[0]), str(row[1])) for row in connection.execute(text(query), {"book": book})]


_COVERED: tuple[tuple[Table, str, str], ...] = (
    (schema.setting, "setting", "key"),
    (schema.village, "village", "code"),
    (schema.book, "book", "uid"),
    (schema.officer, "officer", "uid"),
    (schema.key_box, "key_box", "name"),
    (schema.key_directory, "key_directory", "version"),
    (schema.paper, "paper", "uid"),
    (schema.attachment, "attachment", "sha256"),
    (schema.receipt_book, "receipt_book", "code"),
    (schema.approval, "approval", "uid"),
    (schema.disclosure, "disclosure", "uid"),
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
    spans = []
    for key in ranges:
        book, _, ends = key.partition("/")
        first, _, final = ends.partition("-")
        spans.append((int(book), int(first), int(final)))
    table = schema.voucher.c
    for row_id, uid, book in connection.execute(select(table.id, table.uid, table.book)):
        if f"voucher:{uid}" not in last and not any(b == book and f <= row_id <= g for b, f, g in spans):
            yield "voucher", uid, "日志里没有这一行的登记"


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
        "signed_body",
        """SELECT s.object_uid || '/' || s.rev FROM signed_body s
        LEFT JOIN approval a ON a.object_uid = s.object_uid AND a.rev = s.rev WHERE a.uid IS NULL""",
    ),
)


def _strange_children(connection: Connection, last: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Rows that hang on nothing, and rows of sets that no set entry speaks of."""
    for table, query in _HANGING:
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
