"""Villages and what they and their books were called at what time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, insert, select, update

from villagebooks.core.book import Book
from villagebooks.core.village import OF_BOOK, OF_VILLAGE, NameTerm, Village, name_on
from villagebooks.db import schema
from villagebooks.db.tuples import fetch_plain

_term, _village = schema.name_term.c, schema.village.c


def terms(connection: Connection, about: str, keys: Sequence[str]) -> list[NameTerm]:
    """Names of villages or books, each with its dates, the oldest first."""
    if len(keys) == 1 and not fetch_plain(connection, _RENAMED, {"about": about, "key": keys[0]}):
        return []  # nearly every village and book was always called as it is now
    rows = connection.execute(_TERMS, {"about": about, "keys": list(keys)}).all()
    return [NameTerm(row.uid, row.about, row.key, row.since, row.name, row.code, row.basis) for row in rows]


_RENAMED = "SELECT 1 FROM name_term WHERE about = :about AND key = :key LIMIT 1"
_TERMS = (
    select(schema.name_term)
    .where(_term.about == bindparam("about"), _term.key.in_(bindparam("keys", expanding=True)))
    .order_by(_term.key, _term.since)
)


def add_term(connection: Connection, one: NameTerm) -> None:
    """A name from a day on."""
    connection.execute(
        insert(schema.name_term).values(
            uid=one.uid, about=one.about, key=one.key, since=one.since, name=one.name, code=one.code, basis=one.basis
        )
    )


def book_name_on(connection: Connection, book: Book, day: date) -> str:
    """What the book was called on a day: sheets carry the name of their date."""
    return name_on(terms(connection, OF_BOOK, [book.uid]), day, book.name)


def village_name_on(connection: Connection, code: str, day: date) -> str:
    """What the village was called on a day, empty for one that is not known."""
    name: str = connection.execute(select(_village.name).where(_village.code == code)).scalar() or ""
    return name_on(terms(connection, OF_VILLAGE, [code]), day, name)


def find_village(connection: Connection, code: str) -> Village | None:
    """The village of this code, None when there is none."""
    row = connection.execute(select(schema.village).where(_village.code == code)).one_or_none()
    return Village(row.code, row.name, row.successor) if row else None


def set_village_name(connection: Connection, code: str, name: str) -> None:
    """What the village is called today."""
    connection.execute(update(schema.village).where(_village.code == code).values(name=name))


def set_book_name(connection: Connection, uid: str, name: str) -> None:
    """What the book is called today."""
    connection.execute(update(schema.book).where(schema.book.c.uid == uid).values(name=name))


def set_successor(connection: Connection, code: str, successor: str) -> None:
    """The village was merged into another."""
    connection.execute(update(schema.village).where(_village.code == code).values(successor=successor))
