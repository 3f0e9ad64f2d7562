"""Records of hand-overs: written once, never changed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, insert, select

from villagebooks.core.opening import HandItem, HandOver
from villagebooks.db import schema

_record, _item = schema.hand_over.c, schema.hand_over_item.c


def add_hand_over(connection: Connection, book: int, one: HandOver) -> None:
    """A record with its items; the service journals it."""
    connection.execute(
        insert(schema.hand_over).values(
            uid=one.uid, book=book, day=one.day.isoformat(), giver=one.giver, receiver=one.receiver,
            watcher=one.watcher, remark=one.remark, recorded_by=one.recorded_by, recorded_at=one.recorded_at,
        )
    )  # fmt: skip
    rows = [
        {"hand_over": one.uid, "position": place, "kind": item.kind, "words": item.words, "number": item.number,
         "count": item.count, "book_fen": item.book_fen, "found_fen": item.found_fen, "settled_on": item.settled_on}
        for place, item in enumerate(one.items, 1)
    ]  # fmt: skip
    if rows:
        connection.execute(insert(schema.hand_over_item), rows)


def hand_overs(connection: Connection, book: int) -> list[HandOver]:
    """Every hand-over of a book in the order they were recorded."""
    found = []
    query = select(schema.hand_over).where(_record.book == book).order_by(_record.recorded_at, _record.uid)
    for row in connection.execute(query):
        items = connection.execute(
            select(schema.hand_over_item).where(_item.hand_over == row.uid).order_by(_item.position)
        ).all()
        found.append(
            HandOver(
                row.uid, date.fromisoformat(row.day), row.giver, row.receiver, row.watcher,
                tuple(
                    # "count" is a method of every row
                    HandItem(one.kind, one.words, one.number, one[5], one.book_fen, one.found_fen, one.settled_on)
                    for one in items
                ),
                row.remark, row.recorded_by, row.recorded_at,
            )
        )  # fmt: skip
    return found
