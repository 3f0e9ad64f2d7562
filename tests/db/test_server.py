"""Books on an office server: the same tables, guards and refusals as in a file."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from villagebooks.core.problem import Trouble
from villagebooks.db import guard
from villagebooks.db.books import make_books, open_books
from villagebooks.db.handle import Books
from villagebooks.db.schema import metadata

pytestmark = pytest.mark.parametrize("home", ["postgresql"], indirect=True)


@pytest.fixture
def books(new_place: Callable[[], Path | str]) -> Iterator[Books]:
    books = make_books(new_place())
    yield books
    books.close()


def test_the_migrations_make_the_tables_of_the_schema_and_texts_sort_as_in_a_file(books: Books) -> None:
    with books.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert guard.missing_guards(connection) == []
        query = (
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() "
            "AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"
        )
        assert connection.execute(text(query)).all() == []


def test_nothing_is_written_while_reading(books: Books) -> None:
    with pytest.raises(Trouble, match="只能看、不能写"), books.read() as connection:
        connection.execute(text("INSERT INTO setting VALUES ('n', '0')"))


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE voucher DISABLE TRIGGER guard_voucher_update",
        "DROP TRIGGER guard_voucher_update ON voucher",
        "CREATE OR REPLACE FUNCTION guard_voucher_update() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    ],
)
def test_a_guard_that_is_off_gone_or_empty_is_missing(books: Books, sql: str) -> None:
    with books.write() as connection:
        connection.execute(text(sql))
        assert guard.missing_guards(connection) == ["voucher_update"]
        guard.make_guards(connection)
        assert guard.missing_guards(connection) == []


def test_a_guarded_table_is_not_emptied_at_once(books: Books) -> None:
    with pytest.raises(DBAPIError, match="操作日志不能删除"), books.write() as connection:
        connection.execute(text("TRUNCATE journal"))


def test_two_hundred_increments_by_four_writers_lose_none(books: Books) -> None:
    with books.write() as connection:
        connection.execute(text("INSERT INTO setting VALUES ('n', '0')"))

    def work() -> None:
        for _turn in range(50):
            with books.write("V01") as connection:
                value = int(connection.execute(text("SELECT value FROM setting")).scalar_one())
                connection.execute(text("UPDATE setting SET value = :value"), {"value": str(value + 1)})

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with books.read() as connection:
        assert connection.execute(text("SELECT value FROM setting")).scalar_one() == "200"


def test_books_of_a_newer_program_and_books_in_the_way_are_refused(books: Books) -> None:
    with pytest.raises(Trouble, match="已经存在，不会覆盖"):
        make_books(books.place)
    with books.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Trouble, match="请先升级程序"):
        open_books(books.place)


def test_what_could_not_be_made_leaves_an_empty_database(new_place: Callable[[], Path | str]) -> None:
    place = new_place()

    def fail(_books: Books, _connection: object) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        make_books(place, fill=fail)
    make_books(place).close()


def test_the_place_that_is_remembered_opens_the_books_again_and_holds_no_password(books: Books) -> None:
    assert "psycopg" not in books.place
    with_password = books.place.replace("postgres@", "postgres:secret@")
    again = open_books(with_password)
    assert (again.place, again.files) == (books.place, books.files)
    again.close()
