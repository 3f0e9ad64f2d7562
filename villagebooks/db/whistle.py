"""Whistles and their answers."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, Row, insert, select, update

from villagebooks.core.whistle import Whistle
from villagebooks.db import schema

_whistle = schema.whistle.c


def add_whistle(connection: Connection, one: Whistle) -> None:
    """A new call, not answered."""
    connection.execute(
        insert(schema.whistle).values(
            uid=one.uid, village=one.village, about=one.about, matter=one.matter, from_level=one.from_level,
            from_name=one.from_name, to_level=one.to_level, to_name=one.to_name, within=one.within,
            due=one.due.isoformat(), raised_by=one.raised_by, raised_at=one.raised_at,
        )
    )  # fmt: skip


def answer_whistle(connection: Connection, one: Whistle) -> None:
    """The answer, once."""
    values = {
        "answer": one.answer, "answerer": one.answerer, "answered_by": one.answered_by, "answered_at": one.answered_at,
    }  # fmt: skip
    connection.execute(update(schema.whistle).where(_whistle.uid == one.uid).values(**values))


def find_whistle(connection: Connection, uid: str) -> Whistle | None:
    """One call, None when there is none."""
    row = connection.execute(select(schema.whistle).where(_whistle.uid == uid)).one_or_none()
    return _to_whistle(row) if row else None


def open_whistles(connection: Connection) -> list[Whistle]:
    """Calls that wait for an answer, what is due first first."""
    query = select(schema.whistle).where(_whistle.answered_at == "").order_by(_whistle.due, _whistle.uid)
    return [_to_whistle(row) for row in connection.execute(query)]


def whistles(connection: Connection) -> list[Whistle]:
    """Every call, the newest first."""
    query = select(schema.whistle).order_by(_whistle.raised_at.desc(), _whistle.uid)
    return [_to_whistle(row) for row in connection.execute(query)]


def _to_whistle(row: Row[tuple[object, ...]]) -> Whistle:
    return Whistle(
        row.uid, row.village, row.about, row.matter, row.from_level, row.from_name, row.to_level, row.to_name,
        row.within, date.fromisoformat(row.due), row.raised_by, row.raised_at, row.answer, row.answerer,
        row.answered_by, row.answered_at,
    )  # fmt: skip
