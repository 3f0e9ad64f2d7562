"""A glance at a file of books tells what opening them tells, and leaves to opening whatever is not as it should be."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.services.conftest import Clock
from villagebooks.core.period import Month
from villagebooks.db import glance as rows
from villagebooks.services.account import last_month, today
from villagebooks.services.desk import Desk, list_books
from villagebooks.services.glance import glance
from villagebooks.services.office import centre, create_office, officers


def test_a_glance_tells_what_opening_the_books_tells(desk: Desk) -> None:
    if desk.books.address:
        return  # a server is opened
    found = rows.glance(desk.books.path, today(desk.office).isoformat())
    assert found is not None
    assert found.centre == centre(desk.office)
    assert list(found.books) == list_books(desk.office)
    day = today(desk.office).isoformat()
    posts = [(one.name, one.duty) for one in officers(desk.office) if not one.village and one.since <= day]
    assert sorted(found.posts) == sorted(posts)
    assert (found.month or Month(2026, 9)) == last_month(desk.office)


def test_books_that_are_empty_older_damaged_or_not_there_are_left_to_opening(tmp_path: Path) -> None:
    path = tmp_path / "new.vbooks"
    create_office(path, "白雁河镇", clock=Clock()).books.close()
    found = glance(path)
    assert found is not None
    assert (found.books, found.posts, found.month) == ((), (), None)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0004'")
    connection.close()
    assert glance(path) is None
    path.write_bytes(b"something else")
    assert glance(path) is None
    assert glance(tmp_path / "not there.vbooks") is None
    assert not (tmp_path / "not there.vbooks").exists()
