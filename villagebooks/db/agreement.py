"""Agreements between villages and the centre."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, Row, insert, select, update

from villagebooks.core.agreement import Agreement
from villagebooks.db import schema

_agreement = schema.agreement.c


def add_agreement(connection: Connection, one: Agreement) -> None:
    """A new agreement."""
    connection.execute(
        insert(schema.agreement).values(
            uid=one.uid, village=one.village, number=one.number, signed_on=one.signed_on.isoformat(),
            since=one.since.isoformat(), until=one.until.isoformat() if one.until else "", vote=one.vote,
            for_village=one.for_village, for_centre=one.for_centre, archive=one.archive,
        )
    )  # fmt: skip


def end_agreement(connection: Connection, uid: str, day: date, reason: str) -> None:
    """Say since when it holds no more."""
    values = {"ended_on": day.isoformat(), "reason": reason}
    connection.execute(update(schema.agreement).where(_agreement.uid == uid).values(**values))


def agreements(connection: Connection) -> list[Agreement]:
    """Every agreement, by village and beginning."""
    rows = connection.execute(select(schema.agreement).order_by(_agreement.village, _agreement.since))
    return [_to_agreement(row) for row in rows]


def _to_agreement(row: Row[tuple[object, ...]]) -> Agreement:
    return Agreement(
        row.uid, row.village, row.number, date.fromisoformat(row.signed_on), date.fromisoformat(row.since),
        _day(row.until), row.vote, row.for_village, row.for_centre, row.archive, _day(row.ended_on), row.reason,
    )  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
