"""Sheets that were put up with their anchors, and the four numbers counted a second time straight from the lines."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Text, bindparam, insert, select, text

from villagebooks.core.disclosure import PutUp
from villagebooks.core.period import Month
from villagebooks.db import schema
from villagebooks.db.tuples import fetch_plain

_disclosure = schema.disclosure.c

_LAST = "SELECT year, month FROM disclosure WHERE book = :book ORDER BY year DESC, month DESC LIMIT 1"

# Written apart from core.disclosure on purpose: it knows no papers, rows, details or balances, only posted lines.
_BEFORE = text(
    """SELECT SUM(CASE WHEN v.year * 100 + v.month < :month THEN l.debit_fen - l.credit_fen ELSE 0 END),
      SUM(l.debit_fen - l.credit_fen)
    FROM voucher_line l JOIN voucher v ON v.id = l.voucher
    WHERE l.book = :book AND l.account IN :accounts AND l.day <= :last AND v.state = 'posted'"""
).bindparams(bindparam("accounts", type_=Text, expanding=True))
_MOVES = text(
    """SELECT SUM(debit - moved), SUM(credit - moved) FROM (
      SELECT debit, credit, CASE WHEN total >= 0 AND debit + credit > total THEN debit + credit - total
        WHEN total < 0 AND debit + credit < total THEN debit + credit - total ELSE 0 END AS moved
      FROM (
        SELECT l.voucher, SUM(l.debit_fen) AS total,
          SUM(CASE WHEN l.account IN :accounts THEN l.debit_fen ELSE 0 END) AS debit,
          SUM(CASE WHEN l.account IN :accounts THEN l.credit_fen ELSE 0 END) AS credit
        FROM voucher v JOIN voucher_line l ON l.voucher = v.id
        WHERE v.book = :book AND v.year = :year AND v.month = :number AND v.state = 'posted' AND v.kind <> 'opening'
        GROUP BY l.voucher) AS sums) AS moves"""
).bindparams(bindparam("accounts", type_=Text, expanding=True))


def four_numbers(connection: Connection, book: int, month: Month, accounts: Sequence[str]) -> tuple[int, int, int, int]:
    """Opening, in, out, closing (fen) of the money on these leaves in a month, from posted lines alone."""
    values: dict[str, object] = {
        "book": book, "accounts": list(accounts), "month": month.year * 100 + month.month,
        "last": month.last_day.isoformat(), "year": month.year, "number": month.month,
    }  # fmt: skip
    opening, closing = connection.execute(_BEFORE, values).one()
    income, spending = connection.execute(_MOVES, values).one()
    return opening or 0, income or 0, spending or 0, closing or 0


def add(connection: Connection, book: int, new: PutUp) -> None:
    """Keep a sheet for ever; the guards refuse to change or delete it."""
    connection.execute(
        insert(schema.disclosure).values(
            uid=new.uid, book=book, seq=new.seq, year=new.month.year, month=new.month.month, sheet=new.sheet,
            anchor=new.anchor, anchor_hash=new.anchor_hash, code=new.code, previous_code=new.previous_code,
            put_up=new.put_up, stay_until=new.stay_until,
        )
    )  # fmt: skip


def put_ups(connection: Connection, book: int) -> list[PutUp]:
    """Every sheet of a book that was put up, oldest first."""
    rows = connection.execute(select(schema.disclosure).where(_disclosure.book == book).order_by(_disclosure.seq))
    return [
        PutUp(
            row.uid, row.seq, Month(row.year, row.month), row.sheet, row.anchor, row.anchor_hash, row.code,
            row.previous_code, row.put_up, row.stay_until,
        )
        for row in rows
    ]  # fmt: skip


def last_month(connection: Connection, book: int) -> Month | None:
    """The newest month whose sheet was put up, None before the first."""
    rows = fetch_plain(connection, _LAST, {"book": book})
    return Month(*rows[0]) if rows else None
