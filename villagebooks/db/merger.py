"""Mergers of books, and what they ask of the old book."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, text, update

from villagebooks.core.merger import DRAFT, FINISHED, Merger
from villagebooks.core.period import Month
from villagebooks.db import schema

_merger = schema.merger.c
_source, _target = schema.book.alias("source_book"), schema.book.alias("target_book")
_WAITING = text(
    """SELECT year, month, word, number FROM voucher
    WHERE book = :book AND state NOT IN ('posted', 'void') AND uid NOT IN :besides
    ORDER BY year, month, word, number"""
).bindparams(bindparam("besides", expanding=True))
_LATER = text(
    """SELECT year, month, word, number FROM voucher
    WHERE book = :book AND state <> 'void' AND day > :day AND month > 0 ORDER BY year, month, word, number"""
)
_HAS_MARKS = text(
    """SELECT 1 FROM account WHERE book = :book AND name LIKE '%〔原%' UNION ALL
    SELECT 1 FROM (SELECT DISTINCT year FROM account_balance WHERE book = :book) y
    JOIN balance b ON b.year = y.year AND b.book = :book
    WHERE (b.party <> '' OR b.project <> '' OR b.contract <> '' OR b.bank <> '') AND (b.party LIKE '%〔原%'
      OR b.project LIKE '%〔原%' OR b.contract LIKE '%〔原%' OR b.bank LIKE '%〔原%') LIMIT 1"""
)
_MARKED = text(
    """SELECT v.uid FROM voucher v JOIN voucher_line l ON l.voucher = v.id
    LEFT JOIN account a ON a.book = l.book AND a.code = l.account
    WHERE v.book = :book AND v.state = 'posted' AND v.posted_by <> 'import' AND NOT EXISTS (
      SELECT 1 FROM merger m WHERE m.state <> 'given_up' AND v.uid IN (m.voucher_out, m.voucher_in))
      AND (l.party LIKE '%〔原%' OR l.project LIKE '%〔原%'
      OR l.contract LIKE '%〔原%' OR l.bank LIKE '%〔原%' OR a.name LIKE '%〔原%')
    GROUP BY v.uid HAVING COUNT(*) > 1"""
)
_USED = text("SELECT DISTINCT account FROM voucher_line WHERE book = :book")


def mergers(connection: Connection, book: int | None = None) -> list[Merger]:
    """Mergers that were not given up, of one old book or of all, in the order in which they were begun."""
    query = (
        select(schema.merger, _source.c.code.label("from_code"), _target.c.code.label("to_code"))
        .join(_source, _source.c.id == _merger.source)
        .join(_target, _target.c.id == _merger.target)
        .where(_merger.state.in_((DRAFT, FINISHED)))
        .order_by(_merger.made_at, _merger.uid)
    )
    if book is not None:
        query = query.where(_merger.source == book)
    return [_to_merger(row) for row in connection.execute(query)]


def state_of_voucher(connection: Connection, uid: str) -> str:
    """State of the merger whose transfer this voucher is; empty when it is of none, or of one that was given up."""
    query = select(_merger.state).where(
        or_(_merger.voucher_out == uid, _merger.voucher_in == uid), _merger.state.in_((DRAFT, FINISHED))
    )
    return connection.execute(query).scalar() or ""


def _to_merger(row: Row[tuple[object, ...]]) -> Merger:
    return Merger(
        row.uid, row.from_code, row.to_code, date.fromisoformat(row.day), row.former, row.basis, row.state,
        row.voucher_out, row.voucher_in, row.made_by, row.made_at, row.finished_at,
    )  # fmt: skip


def add_merger(connection: Connection, source: int, target: int, one: Merger) -> None:
    """A merger with its two drafts."""
    connection.execute(
        insert(schema.merger).values(
            uid=one.uid, source=source, target=target, day=one.day.isoformat(), former=one.former, basis=one.basis,
            state=one.state, voucher_out=one.voucher_out, voucher_in=one.voucher_in, made_by=one.made_by,
            made_at=one.made_at,
        )
    )  # fmt: skip


def set_state(connection: Connection, uid: str, state: str, at: str = "") -> None:
    """Finished or given up."""
    connection.execute(update(schema.merger).where(_merger.uid == uid).values(state=state, finished_at=at))


def waiting(connection: Connection, book: int, besides: Collection[str] = ()) -> tuple[str, ...]:
    """`2026-09 记-3` of every voucher that is neither posted nor void, without those of `besides`."""
    return _titles(connection.execute(_WAITING, {"book": book, "besides": list(besides) or [""]}))


def later(connection: Connection, book: int, day: date) -> tuple[str, ...]:
    """Vouchers behind a day that are not void."""
    return _titles(connection.execute(_LATER, {"book": book, "day": day.isoformat()}))


def used_accounts(connection: Connection, book: int) -> set[str]:
    """Accounts that any voucher has a line on."""
    return set(connection.execute(_USED, {"book": book}).scalars())


def _titles(rows: Iterable[Any]) -> tuple[str, ...]:
    return tuple(f"{Month(year, month or 1)} {word}-{number}" for year, month, word, number in rows)


def marked_vouchers(connection: Connection, book: int) -> list[str]:
    """Uids of vouchers with at least two lines that carry a former village, mergers themselves and imports left out.

    Most villages were never merged: that the balances tell, which are far fewer than the lines.
    """
    if connection.execute(_HAS_MARKS, {"book": book}).first() is None:
        return []
    return list(connection.execute(_MARKED, {"book": book}).scalars())
