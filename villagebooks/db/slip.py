"""Approval slips by their code, and the scans of slips that were attested."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from villagebooks.core.approval import BY_PAPER, ON_VOUCHER
from villagebooks.db import schema

_slip, _voucher, _approval = schema.slip.c, schema.voucher.c, schema.approval.c


@dataclass(frozen=True, slots=True)
class SlipRow:
    """A slip: its code, the voucher's uid and the revision that was printed, the code of the book."""

    code: str
    voucher: str
    rev: int
    book: str


def find_slip(connection: Connection, code: str) -> SlipRow | None:
    """The slip of a code in any book, None when none was printed."""
    query = (
        select(_slip.code, _slip.voucher, _slip.rev, schema.book.c.code.label("book"))
        .join(schema.voucher, _voucher.uid == _slip.voucher)
        .join(schema.book, schema.book.c.id == _voucher.book)
        .where(_slip.code == code)
    )
    row = connection.execute(query).one_or_none()
    return SlipRow(row.code, row.voucher, row.rev, row.book) if row else None


def add_slip(connection: Connection, code: str, voucher: str, rev: int, person: str, at: str) -> None:
    """Keep that a slip was printed; once for a revision."""
    connection.execute(
        insert(schema.slip).values(code=code, voucher=voucher, rev=rev, made_by=person, made_at=at)
    )  # fmt: skip


def ink_notes(connection: Connection) -> Iterator[tuple[int, str, bytes]]:
    """(book's row id, voucher's uid, note) of every attested ink on vouchers of any book."""
    query = select(_approval.book, _approval.object_uid, _approval.note).where(
        _approval.about == ON_VOUCHER, _approval.mode == BY_PAPER
    )
    for row in connection.execute(query):
        yield row.book, row.object_uid, bytes(row.note)
