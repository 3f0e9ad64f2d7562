"""Numbers that a book gave out, and who voided which."""

from __future__ import annotations

from sqlalchemy import Connection, and_, literal, select

from villagebooks.core.correction import VOIDED
from villagebooks.core.number import NumberUse
from villagebooks.core.period import Month, Span
from villagebooks.core.voucher import VOID
from villagebooks.db import schema

_voucher, _remark, _journal = schema.voucher.c, schema.voucher_remark.c, schema.journal.c


def number_uses(connection: Connection, book: int, span: Span) -> list[NumberUse]:
    """Every number of the span, the opening left out; a void one with its entry in the journal and its reason."""
    first, last = (one.year * 100 + one.month for one in (span.first, span.last))
    voided = and_(_journal.ref == literal("voucher:") + _voucher.uid, _journal.kind == "void", _voucher.state == VOID)
    said = and_(_remark.voucher == _voucher.uid, _remark.kind == VOIDED)
    query = (
        select(
            _voucher.year, _voucher.month, _voucher.word, _voucher.number, _voucher.state, _voucher.uid,
            _journal.actor, _journal.at, _remark.words,
        )
        .outerjoin(schema.journal, voided)
        .outerjoin(schema.voucher_remark, said)
        .where(_voucher.book == book, _voucher.month > 0)
        .where((_voucher.year * 100 + _voucher.month).between(first, last))
        .order_by(_voucher.year, _voucher.month, _voucher.word, _voucher.number)
    )  # fmt: skip
    return [
        NumberUse(
            Month(row.year, row.month), row.word, row.number, row.state, row.uid, row.actor or "", row.at or "",
            row.words or "",
        )
        for row in connection.execute(query)
    ]  # fmt: skip
