"""The township's own reasons for sending back, and what was sent back for which."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update

from villagebooks.core.reason import Reason, SentBack
from villagebooks.db import schema

_reason, _back = schema.reason.c, schema.send_back.c


def own_reasons(connection: Connection) -> list[Reason]:
    """Reasons from 16 on, by number."""
    rows = connection.execute(select(schema.reason).order_by(_reason.code))
    return [Reason(row.code, row.words, row.added_by, row.at, row.stopped_on) for row in rows]


def add_reason(connection: Connection, one: Reason) -> None:
    """A new reason."""
    connection.execute(
        insert(schema.reason).values(
            code=one.code, words=one.words, added_by=one.added_by, at=one.at, stopped_on=one.stopped_on
        )
    )


def stop_reason(connection: Connection, code: int, day: str) -> None:
    """Offer it no more from the day on; an empty day offers it again."""
    connection.execute(update(schema.reason).where(_reason.code == code).values(stopped_on=day))


def add_send_back(connection: Connection, book: int, one: SentBack) -> None:
    """Why this revision of a voucher or paper was sent back."""
    connection.execute(
        insert(schema.send_back).values(
            object_uid=one.object_uid, rev=one.rev, book=book, about=one.about, reason=one.reason, by=one.by, at=one.at
        )
    )  # fmt: skip


def sent_back(connection: Connection, uids: Sequence[str]) -> list[SentBack]:
    """Every time that these were sent back, in order."""
    query = select(schema.send_back).where(_back.object_uid.in_(uids)).order_by(_back.object_uid, _back.rev)
    rows = connection.execute(query)
    return [SentBack(row.about, row.object_uid, row.rev, row.reason, row.by, row.at) for row in rows]
