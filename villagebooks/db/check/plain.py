"""Vouchers of a book as their bytes are made of them, straight from the rows and a batch at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from villagebooks.core.voucher import APPROVED, POSTED
from villagebooks.db.tuples import fetch_tuples
from villagebooks.db.voucher import IMPORTED
from villagebooks.seal.voucher import LineFields, voucher_bytes

_BATCH = 2000
"""Vouchers in memory at a time."""
_IDS = text("SELECT id FROM voucher WHERE book = :book ORDER BY id")
_HEADS = text(
    """SELECT v.id, v.uid, v.rev, v.word, v.year, v.month, v.number, v.day, v.kind, v.reverses, v.attachment_count,
      v.prepared_by, v.policy, v.corrects, v.digest, v.state, v.posted_by,
      EXISTS (SELECT 1 FROM paper_voucher p WHERE p.voucher = v.uid)
    FROM voucher v WHERE v.book = :book AND v.id BETWEEN :first AND :last ORDER BY v.id"""
)
_LINES = text(
    """SELECT l.summary, l.account, l.debit_fen, l.credit_fen, l.party, l.project, l.contract, l.bank,
      l.quantity, l.voucher
    FROM voucher v JOIN voucher_line l ON l.voucher = v.id
    WHERE v.book = :book AND v.id BETWEEN :first AND :last ORDER BY l.voucher, l.line"""
)


@dataclass(frozen=True, slots=True)
class PlainVoucher:
    """A voucher's place, the digest that is kept of it, and its bytes as they should be; no bytes when it is made of
    papers, which are in them too. `signed`: people signed it, or should have."""

    uid: str
    year: int
    month: int
    title: str
    digest: str
    signed: bool
    content: bytes | None


def plain_vouchers(connection: Connection, book: int, book_uid: str) -> Iterator[PlainVoucher]:
    """Every voucher of the book in the order in which they were written."""
    ids = [row[0] for row in fetch_tuples(connection, _IDS, {"book": book})]
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        ends = {"book": book, "first": batch[0], "last": batch[-1]}
        lines: dict[int, list[LineFields]] = defaultdict(list)
        for row in fetch_tuples(connection, _LINES, ends):
            lines[row[-1]].append(row[:-1])
        for head in fetch_tuples(connection, _HEADS, ends):
            yield _to_plain(head, lines.get(head[0], []), book_uid)


def _to_plain(head: tuple[Any, ...], lines: list[LineFields], book_uid: str) -> PlainVoucher:
    uid, rev, word, year, month, number, day, kind, reverses, attachments, prepared_by, policy, corrects = head[1:14]
    digest, state, posted_by, has_papers = head[14:]
    content = None
    if not has_papers:
        content = voucher_bytes(
            book_uid, uid, rev, word, f"{year:04d}-{month:02d}", number, day, kind, reverses, attachments, prepared_by,
            lines, policy, corrects,
        )  # fmt: skip
    signed = posted_by != IMPORTED and state in (APPROVED, POSTED)
    return PlainVoucher(uid, year, month, f"{word}-{number}", digest, signed, content)
