"""Vouchers of a book against their digests: their bytes are made straight from the rows, a batch at a time."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from villagebooks.core.voucher import APPROVED, POSTED, VOID
from villagebooks.db.tuples import fetch_plain
from villagebooks.db.voucher import IMPORTED
from villagebooks.seal.voucher import LineFields, voucher_bytes

_BATCH = 2000
"""Vouchers in memory at a time."""
_IDS = "SELECT id FROM voucher WHERE book = :book ORDER BY id"
_WITH_PAPERS = """SELECT DISTINCT j.voucher FROM paper_voucher j JOIN voucher v ON v.uid = j.voucher
    WHERE v.book = :book"""
_SOME = "FROM voucher v WHERE v.book = :book AND v.id BETWEEN :first AND :last ORDER BY v.id"
_STATES = "SELECT v.id, v.uid, v.year, v.month, v.word, v.number, v.digest, v.state, v.posted_by {some}".replace(
    "{some}", _SOME
)
_HEAD = """SELECT v.id, v.uid, v.rev, v.word, v.year, v.month, v.number, v.day, v.kind, v.reverses,
    v.attachment_count, v.prepared_by, v.policy, v.corrects FROM voucher v WHERE v.id = :id"""
_HEADS = _HEAD.replace("FROM voucher v WHERE v.id = :id", _SOME)
_LINES = """SELECT l.summary, l.account, l.debit_fen, l.credit_fen, l.party, l.project, l.contract, l.bank, l.quantity
    FROM voucher_line l WHERE l.voucher = :id ORDER BY l.line"""
_LINES_OF_SOME = """SELECT l.summary, l.account, l.debit_fen, l.credit_fen, l.party, l.project, l.contract, l.bank,
      l.quantity, l.voucher
    FROM voucher v JOIN voucher_line l ON l.voucher = v.id
    WHERE v.book = :book AND v.id BETWEEN :first AND :last ORDER BY l.voucher, l.line"""
_BODIES = """SELECT '{"att":[],"attachments":' || v.attachment_count || ',"book":' || json_quote(:uid)
    || CASE v.corrects WHEN '' THEN '' ELSE ',"corrects":' || json_quote(v.corrects) END
    || ',"date":' || json_quote(v.day) || ',"kind":' || json_quote(v.kind) || ',"lines":['
    || COALESCE((SELECT group_concat('[' || json_quote(l.summary) || ',' || json_quote(l.account) || ',' || l.debit_fen
        || ',' || l.credit_fen || ',' || json_quote(l.party) || ',' || json_quote(l.project) || ','
        || json_quote(l.contract) || ',' || json_quote(l.bank)
        || CASE l.quantity WHEN 0 THEN '' ELSE ',' || l.quantity END || ']', ',')
      FROM voucher_line l WHERE l.voucher = v.id), '')
    || '],"number":' || v.number || ',"payees":[],"period":"' || printf('%04d-%02d', v.year, v.month) || '"'
    || CASE v.policy WHEN '' THEN '' ELSE ',"policy":' || json_quote(v.policy) END
    || ',"prepared_by":' || json_quote(v.prepared_by) || ',"rev":' || v.rev || ',"reverses":' || json_quote(v.reverses)
    || ',"total_fen":' || COALESCE((SELECT SUM(l.debit_fen) FROM voucher_line l WHERE l.voucher = v.id), 0)
    || ',"uid":' || json_quote(v.uid) || ',"v":1,"word":' || json_quote(v.word) || '}' {some}""".replace(
    "{some}", _SOME
)
"""The bytes of each voucher as SQLite puts them together: it need not hand over six hundred thousand lines."""


@dataclass(frozen=True, slots=True)
class PlainVoucher:
    """A voucher's place, and whether its bytes are those of its digest; None when it is made of papers, which are in
    the bytes too. `signed`: people signed it, or should have."""

    uid: str
    year: int
    month: int
    title: str
    signed: bool
    whole: bool | None


def plain_vouchers(connection: Connection, book: int, book_uid: str) -> Iterator[PlainVoucher]:
    """Every voucher of the book in the order in which they were written."""
    ids = [row[0] for row in fetch_plain(connection, _IDS, {"book": book})]
    with_papers = {row[0] for row in fetch_plain(connection, _WITH_PAPERS, {"book": book})}
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        ends = {"book": book, "first": batch[0], "last": batch[-1]}
        made = _digests(connection, {**ends, "uid": book_uid})
        rows = fetch_plain(connection, _STATES, ends)
        for place, (row_id, uid, year, month, word, number, digest, state, posted_by) in enumerate(rows):
            whole = None
            if uid not in with_papers:
                whole = made[place] == digest or _digest(connection, row_id, book_uid) == digest
            signed = posted_by != IMPORTED and state in (APPROVED, POSTED, VOID)
            yield PlainVoucher(uid, year, month, f"{word}-{number}", signed, whole)


def _digests(connection: Connection, values: Mapping[str, object]) -> list[str]:
    """Of each voucher; in a file as the database puts its bytes together.

    Equal bytes are equal, whoever made them; where they differ, Python has the last word (`_digest`), since a database
    may write a rare character in another way.
    """
    if connection.dialect.name == "sqlite":
        return [hashlib.sha256(body.encode()).hexdigest() for (body,) in fetch_plain(connection, _BODIES, values)]
    lines: dict[int, list[LineFields]] = defaultdict(list)
    for row in fetch_plain(connection, _LINES_OF_SOME, values):
        lines[row[-1]].append(row[:-1])
    heads = fetch_plain(connection, _HEADS, values)
    return [_made(str(values["uid"]), head, lines.get(head[0], [])) for head in heads]


def _digest(connection: Connection, row_id: int, book_uid: str) -> str:
    one = {"id": row_id}
    return _made(book_uid, fetch_plain(connection, _HEAD, one)[0], fetch_plain(connection, _LINES, one))


def _made(book_uid: str, head: tuple[Any, ...], lines: Sequence[LineFields]) -> str:
    uid, rev, word, year, month, number, day, kind, reverses, attachments, prepared_by, policy, corrects = head[1:]
    content = voucher_bytes(
        book_uid, uid, rev, word, f"{year:04d}-{month:02d}", number, day, kind, reverses, attachments, prepared_by,
        lines, policy, corrects,
    )  # fmt: skip
    return hashlib.sha256(content).hexdigest()
