"""The register of near relatives of officers."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from villagebooks.core.relative import Relative
from villagebooks.db import schema

_relative = schema.relative.c


def add_relative(connection: Connection, one: Relative) -> None:
    """A new entry; the service journals it."""
    connection.execute(
        insert(schema.relative).values(
            uid=one.uid, village=one.village, officer=one.officer, name=one.name, kinship=one.kinship,
            unit=int(one.unit), since=one.since, ended_on=one.ended_on, reason=one.reason,
            recorded_by=one.recorded_by, recorded_at=one.recorded_at,
        )
    )  # fmt: skip


def end_relative(connection: Connection, uid: str, day: str, reason: str) -> None:
    """Say until when it held."""
    connection.execute(update(schema.relative).where(_relative.uid == uid).values(ended_on=day, reason=reason))


def relatives(connection: Connection, village: str | None = None) -> list[Relative]:
    """Entries by village (empty: the centre's people) and officer; None: of everybody."""
    query = select(schema.relative).order_by(_relative.village, _relative.officer, _relative.name, _relative.uid)
    if village is not None:
        query = query.where(_relative.village == village)
    return [
        Relative(
            row.uid, row.village, row.officer, row.name, row.kinship, bool(row.unit), row.since, row.ended_on,
            row.reason, row.recorded_by, row.recorded_at,
        )
        for row in connection.execute(query)
    ]  # fmt: skip
