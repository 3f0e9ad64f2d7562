"""Which vouchers correct which, red ones that nothing follows, and what was said beside a voucher."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, and_, exists, insert, select

from villagebooks.core.correction import NOT_REDONE, Remark
from villagebooks.core.voucher import REVERSAL, VOID, Voucher
from villagebooks.db import schema
from villagebooks.db.voucher import IMPORTED, vouchers_where

_voucher, _remark = schema.voucher.c, schema.voucher_remark.c


def correctors(connection: Connection, uid: str) -> list[Voucher]:
    """Vouchers, not void, that correct this one, by month and number."""
    # the index holds vouchers that correct something, and must be told that this is asked
    return vouchers_where(connection, _voucher.corrects == uid, _voucher.corrects != "", _voucher.state != VOID)


def reds_alone(connection: Connection, book: int, until: date) -> list[Voucher]:
    """Red vouchers made here in the day's year up to it that no blue one follows; nobody said that none will."""
    blue = schema.voucher.alias("blue")
    followed = exists().where(and_(blue.c.corrects == _voucher.uid, blue.c.corrects != "", blue.c.state != VOID))
    said = exists().where(_remark.voucher == _voucher.uid, _remark.kind == NOT_REDONE)
    return vouchers_where(
        connection, _voucher.book == book, _voucher.year == until.year, _voucher.kind == REVERSAL,
        _voucher.state != VOID, _voucher.posted_by != IMPORTED, _voucher.day <= until.isoformat(), ~followed, ~said,
    )  # fmt: skip


def add_remark(connection: Connection, remark: Remark) -> None:
    """Write what was said of a voucher; it is never changed."""
    connection.execute(
        insert(schema.voucher_remark).values(
            voucher=remark.voucher, kind=remark.kind, words=remark.words, person=remark.person, at=remark.at
        )
    )


def remarks_of(connection: Connection, uid: str) -> list[Remark]:
    """What was said of a voucher, in order."""
    rows = connection.execute(select(schema.voucher_remark).where(_remark.voucher == uid).order_by(_remark.at))
    return [Remark(row.voucher, row.kind, row.words, row.person, row.at) for row in rows]


def remark_key(remark: Remark) -> str:
    """The remark's row as the journal refers to it."""
    return f"voucher_remark:{remark.voucher}/{remark.kind}"
