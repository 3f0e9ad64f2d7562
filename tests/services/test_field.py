"""Every field of every table: changed behind the program, taken away or put in, the deep check names where."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Table,
    UniqueConstraint,
    create_engine,
    delete,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError

from tests.conftest import Home
from tests.services.conftest import Clock
from tests.services.rich import AGENT, LATER, make_rich
from villagebooks.core.check import ERROR
from villagebooks.core.journal import Finding
from villagebooks.db import book as book_rows
from villagebooks.db import journal
from villagebooks.db.books import open_books
from villagebooks.db.check import recount
from villagebooks.db.handle import Books
from villagebooks.db.schema import metadata
from villagebooks.services.check import check_books, check_rules
from villagebooks.services.check.deep import office_faults
from villagebooks.services.check.found import Found, readable
from villagebooks.services.desk import Office

_CACHE = "a cache of stretched secrets, sealed and bound to its villager: what does not open is worked out anew"
NO_MEANING: dict[tuple[str, str], str] = {
    ("credential", column): _CACHE for column in ("*", "person", "class", "sealed")
}
"""(table, column): why no check looks at it. Fields that carry no meaning of the books."""

NAMED_BY: dict[str, tuple[str, ...]] = {
    "archive_volume": ("archive_loan",),
    "account_name": ("account",),
    "account_need": ("account",),
    "bank_line": ("bank_statement",),
    "bank_match_item": ("bank_match",),
    "budget_line": ("budget",),
    "chain": ("journal",),
    "chart_template_account": ("chart_template",),
    "document": ("paper",),
    "document_image": ("paper",),
    "hand_over_item": ("hand_over",),
    "migration_account": ("migration",),
    "migration_line": ("migration",),
    "migration_part": ("migration_decision",),
    "paper_voucher": ("voucher",),
    "post_item": ("post_change",),
    "schedule_draft": ("schedule",),
    "schedule_line": ("schedule",),
    "statement_line": ("statement_layout",),
    "template_line": ("template",),
    "voucher_line": ("voucher",),
}
"""Tables whose rows are told as part of what they belong to: the tables that may be named instead of their own."""

SUMS = {"account_balance", "balance"}
SHARES = 8
"""In how many lots all tables are spoilt for the whole check: each lot is as much as it tells at once."""

SOAK = bool(os.environ.get("VILLAGEBOOKS_SOAK"))
SPREAD = 12
"""Rows of a table, spread over all of it, whose every field the soak spoils; all of them where there are no more. Every
row of the accounts alone took longer than the rest of the soak."""
Row = dict[str, object]
Act = Callable[[Connection], object]


@dataclass(frozen=True, slots=True)
class Rich:
    """The rich office of one home. `tool` is somebody's SQL: no guard, no foreign key; what it did is taken back."""

    books: Books
    tool: Engine

    def rows(self, table: Table) -> list[Row]:
        """Every row in the order of its key."""
        with self.books.read() as connection:
            found = connection.execute(select(table).order_by(*table.primary_key)).mappings()
            return [dict(row) for row in found]

    def do(self, table: Table, *acts: Act) -> None:
        """Change a table in one transaction, its guards off and made again."""
        named = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
        with self.tool.begin() as connection:
            if self.books.address:
                connection.execute(text("SET LOCAL session_replication_role = replica"))
                guards = []
            else:
                # else the driver begins with the first change: what failed would leave the table without its guards
                connection.exec_driver_sql("BEGIN")
                guards = connection.execute(text(named), {"table": table.name}).all()
            for name, _sql in guards:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            for act in acts:
                act(connection)
            for _name, sql in guards:
                connection.exec_driver_sql(sql)

    def put_back(self, table: Table, rows: list[Row]) -> None:
        """The table as it was."""
        self.do(table, lambda one: one.execute(delete(table)), lambda one: one.execute(insert(table), rows))

    def names(self, table: str, *, whole: bool) -> bool:
        """Whether the deep check tells an error of the table; unless `whole`, its parts that are quickest first."""
        wanted = {table, *NAMED_BY.get(table, ())}
        return (not whole and self.told_soon(wanted)) or bool(wanted & named(Office(self.books, AGENT)))

    def told_soon(self, wanted: set[str]) -> bool:
        """Whether a part of the deep check that looks at these tables tells an error of one; as it does: readably."""
        office, rules = Office(self.books, AGENT), check_rules()
        with self.books.read() as connection:
            found = readable(office_faults(office, connection), "")
            return (
                any(one.table in wanted and rules[one.rule].severity == ERROR for one in found)
                or ("journal" in wanted and any(journal.chain_faults(connection)))
                or (bool(wanted & SUMS) and any(one.table in wanted for one in sum_faults(connection)))
            )


def sum_faults(connection: Connection) -> Iterator[Found]:
    """Balances that differ from what their lines add up to, in every book."""
    for book in book_rows.books(connection):
        for table, row, _fen in recount(connection, book_rows.book_id(connection, book.code)):
            yield Found("balance", table, row, "")


def errors(office: Office) -> list[Finding]:
    return [one for one in check_books(office, deep=True) if one.severity == ERROR]


def named(office: Office) -> set[str]:
    """The tables of which the whole deep check tells an error."""
    return {one.table for one in errors(office)}


@pytest.fixture(scope="module")
def rich(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rich]:
    folder = tmp_path_factory.mktemp("rich")
    place = home.place(folder)
    make_rich(place, folder)
    clock = Clock()
    clock.moment = LATER + timedelta(days=1)
    books = open_books(place, clock)
    tool = books.engine if books.address else create_engine(f"sqlite:///{books.path}")
    yield Rich(books, tool)
    tool.dispose()
    books.close()
    home.drop(place)


def spoilt_values(rows: list[Row], row: Row, column: Column[object]) -> list[object]:
    """What a field is changed to: what another row says, else something near; the second where the first may not be."""
    value = row[column.name]
    others = [one[column.name] for one in rows if one[column.name] not in (value, None)]
    if isinstance(value, bytes):
        near: object = value[:-1] + bytes([value[-1] ^ 1]) if value else b"x"
    elif isinstance(value, int):
        near = max([value, *(one for one in others if isinstance(one, int))]) + 1
    else:
        near = b"x" if value is None else f"{value}x"
    return [*others[:1], near]


def chosen_rows(rows: list[Row], column: Column[object]) -> list[Row]:
    """The first row whose field says something, the first of all if none does; in the soak many."""
    if SOAK:
        return rows[:: -(-len(rows) // SPREAD)]
    default = getattr(column.server_default, "arg", None)
    meaning = [row for row in rows if row[column.name] not in (None, "", 0) and str(row[column.name]) != default]
    return (meaning or rows)[:1]


def is_last(table: Table, column: Column[object], rows: list[Row], row: Row) -> bool:
    """The number of a voucher's line is its place among the others: the last stays last with any higher number."""
    if (table.name, column.name) != ("voucher_line", "line"):
        return False
    return row["line"] == max(int(str(one["line"])) for one in rows if one["voucher"] == row["voucher"])


def key_of(table: Table, row: Row) -> list[object]:
    return [column == row[column.name] for column in table.primary_key]


def try_change(rich: Rich, table: Table, row: Row, column: Column[object], value: object) -> bool:
    act = partial(Connection.execute, statement=update(table).where(*key_of(table, row)).values({column: value}))
    try:
        rich.do(table, act)
    except IntegrityError:
        return False
    return True


def other_key(table: Table, rows: list[Row], row: Row) -> Row:
    """A copy of a row under a key and unique values of its own."""
    unique: list[Column[object]] = [list(table.primary_key)[-1]]
    unique += [list(one.columns)[-1] for one in table.constraints if isinstance(one, UniqueConstraint)]
    unique += [list(one.columns)[-1] for one in table.indexes if one.unique]
    copy = dict(row)
    for column in unique:
        value = row[column.name]
        if isinstance(value, int):
            copy[column.name] = max(int(str(one[column.name])) for one in rows) + 1
        elif isinstance(value, bytes):
            copy[column.name] = value + b"x"
        else:
            copy[column.name] = f"{value}x"
    return copy


def test_the_rich_office_has_a_row_in_every_table_and_no_error(rich: Rich) -> None:
    assert [table.name for table in metadata.tables.values() if not rich.rows(table)] == []
    assert errors(Office(rich.books, AGENT)) == []


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_every_field_of_a_table_is_looked_at(rich: Rich, name: str) -> None:
    table = metadata.tables[name]
    rows, unseen = rich.rows(table), []
    assert rows
    try:
        # a server's rows go the same way: one field of each table shows it
        for column in list(table.columns)[-1 if rich.books.address else 0 :]:
            if (name, column.name) in NO_MEANING:
                continue
            for row in chosen_rows(rows, column):
                if is_last(table, column, rows, row):
                    continue
                done = next((value for value in spoilt_values(rows, row, column)
                             if try_change(rich, table, row, column, value)), None)  # fmt: skip
                assert done is not None, column
                if not rich.names(name, whole=False):
                    unseen.append(f"{column.name}: {row[column.name]!r} → {done!r}")
                rich.put_back(table, rows)
    finally:
        rich.put_back(table, rows)
    assert unseen == []


def row_acts(table: Table, rows: list[Row]) -> dict[str, Act]:
    """A row of the table taken away, and one more put in."""
    row = rows[len(rows) // 2]
    acts = {
        "gone": delete(table).where(*key_of(table, row)),
        "more": insert(table).values(other_key(table, rows, row)),
    }
    return {act: partial(Connection.execute, statement=statement) for act, statement in acts.items()}


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_a_row_taken_away_or_put_in_is_missed_and_seen(rich: Rich, name: str) -> None:
    table = metadata.tables[name]
    if (name, "*") in NO_MEANING:
        return
    rows = rich.rows(table)
    unseen = []
    for act, change in row_acts(table, rows).items():
        try:
            rich.do(table, change)
            if not rich.names(name, whole=SOAK and not rich.books.address):
                unseen.append(act)
        finally:
            rich.put_back(table, rows)
    assert unseen == []


@pytest.mark.parametrize("act", ["gone", "more"])
def test_the_whole_check_tells_of_rows_in_many_tables_at_once(rich: Rich, act: str) -> None:
    names = [name for name in sorted(metadata.tables) if (name, "*") not in NO_MEANING]
    unseen = []
    # a server's rows go the same way: one lot shows it
    for lot in range(1 if rich.books.address else SHARES):
        tables = {metadata.tables[name]: rich.rows(metadata.tables[name]) for name in names[lot::SHARES]}
        try:
            for table, rows in tables.items():
                rich.do(table, row_acts(table, rows)[act])
            told = named(Office(rich.books, AGENT))
            unseen += [one.name for one in tables if told.isdisjoint({one.name, *NAMED_BY.get(one.name, ())})]
        finally:
            for table, rows in tables.items():
                rich.put_back(table, rows)
    assert unseen == []
    assert errors(Office(rich.books, AGENT)) == []
