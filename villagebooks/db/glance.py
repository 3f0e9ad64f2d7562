"""A look into a file of books by the driver alone, before SQLAlchemy is loaded: nothing is opened, nothing is made."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from villagebooks.core.book import Book
from villagebooks.core.glance import Glance
from villagebooks.core.period import Month, read_month
from villagebooks.core.village import Centre
from villagebooks.db.version import VERSION

_BOOKS = """SELECT uid, code, village, name, kind, standard, start_year, start_month, predecessor, stopped
  FROM book ORDER BY code"""
_PEOPLE = """SELECT name, duty FROM officer
  WHERE village = '' AND since <= :day AND (coalesce(until, '') = '' OR until >= :day) ORDER BY village, since, name"""
_LAST = """SELECT max((SELECT year * 100 + month FROM voucher WHERE book = book.id AND month > 0 AND state <> 'void'
  ORDER BY year DESC, month DESC LIMIT 1)) FROM book"""


def glance(path: Path, day: str) -> Glance | None:
    """What is there on the day (ISO), None for everything that only opening the books can tell of: they are older or
    newer, damaged, in use, not there, or their making was broken off."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.2)) as connection:
            return _look(connection, day)
    except (sqlite3.Error, ValueError):
        return None


def _look(connection: sqlite3.Connection, day: str) -> Glance | None:
    if connection.execute("SELECT version_num FROM alembic_version").fetchone() != (VERSION,):
        return None
    office = connection.execute("SELECT uid, township, code, name FROM office").fetchone()
    if office is None:
        return None
    root = connection.execute("SELECT value FROM setting WHERE key = 'root'").fetchone()
    books = tuple(
        Book(uid, code, village, name, kind, standard, Month(year, month), predecessor, read_month(stopped))
        for uid, code, village, name, kind, standard, year, month, predecessor, stopped in connection.execute(_BOOKS)
    )
    last = connection.execute(_LAST).fetchone()[0]
    posts = tuple(connection.execute(_PEOPLE, {"day": day}).fetchall())
    uid, township, code, name = office
    centre = Centre(uid, township, code, name, str(json.loads(root[0])) if root else "")
    return Glance(centre, books, posts, Month(*divmod(last, 100)) if last else None)
