"""Office, villages, books, their accounts, parties, months and settings."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Integer, Text, bindparam, insert, select, text, update

from villagebooks.core.account import Account
from villagebooks.core.book import Book
from villagebooks.core.party import Party
from villagebooks.core.period import Month, Period, read_month
from villagebooks.core.problem import UnknownBook
from villagebooks.core.village import Centre, Village
from villagebooks.core.words import _
from villagebooks.db import schema
from villagebooks.db.tuples import fetch_among, fetch_plain, fetch_tuples

_book, _account, _period = schema.book.c, schema.account.c, schema.period.c

# built once: nearly every act asks them
_ID = "SELECT id FROM book WHERE code = :code"
_SELECT = "SELECT uid, code, village, name, kind, standard, start_year, start_month, predecessor, stopped FROM book"
_BOOKS, _FIND = _SELECT + " ORDER BY code", _SELECT + " WHERE code = :code"
_WITH_IDS, _WITH_ID = (one.replace(" FROM", ", id FROM") for one in (_BOOKS, _FIND))
_ACCOUNTS = """SELECT code, name, level, parent, side, leaf, needs, unit, stopped_on, split_on, split_by
  FROM account WHERE book = :book ORDER BY code"""
_SOME_ACCOUNTS = text(_ACCOUNTS.replace("ORDER", "AND code IN :codes ORDER")).bindparams(
    bindparam("codes", type_=Text, expanding=True)
)
_BOOKS_OF_NAMES = bindparam("books", type_=Integer, expanding=True)
_NAMES = text("SELECT book, code, name FROM account WHERE book IN :books").bindparams(_BOOKS_OF_NAMES)
_FORMER = text(
    "SELECT book, code, name FROM account_name WHERE book IN :books AND until > :day ORDER BY until DESC"
).bindparams(_BOOKS_OF_NAMES)
_FORMER_OF_ONE = "SELECT book, code, name FROM account_name WHERE book = :book AND until > :day ORDER BY until DESC"
_NAMES_OF_ONE = "SELECT book, code, name FROM account WHERE book = :book"
_SHOWN = 12
"""Codes of books told to somebody who mistyped one."""
_MONTH = "SELECT state FROM period WHERE book = :book AND year = :year AND month = :month"
_SETTINGS = "SELECT key, value FROM setting"
_SOME_SETTINGS = "SELECT key, value FROM setting WHERE key IN ({among})"


def is_founded(connection: Connection) -> bool:
    """Whether the making of these books came to its end."""
    return connection.execute(select(schema.office.c.id)).first() is not None


def centre(connection: Connection, root: str = "") -> Centre:
    """The office that these books belong to; `root` is the fingerprint the caller knows."""
    row = connection.execute(select(schema.office)).one()
    return Centre(row.uid, row.township, row.code, row.name, root)


def villages(connection: Connection) -> list[Village]:
    """Every village by code."""
    return [Village(*row) for row in connection.execute(select(schema.village).order_by(schema.village.c.code))]


def add_village(connection: Connection, village: Village) -> None:
    """A new village."""
    connection.execute(insert(schema.village).values(code=village.code, name=village.name, successor=village.successor))


def books(connection: Connection) -> list[Book]:
    """Every book by code."""
    return [_to_book(row) for row in fetch_plain(connection, _BOOKS, {})]


def find_book(connection: Connection, code: str) -> Book:
    """The book of this code; Trouble when there is none."""
    rows = fetch_plain(connection, _FIND, {"code": code})
    if not rows:
        raise _no_book(connection, code)
    return _to_book(rows[0])


def _to_book(row: Sequence[Any]) -> Book:
    uid, code, village, name, kind, standard, year, month, predecessor, stopped = row
    return Book(uid, code, village, name, kind, standard, Month(year, month), predecessor, read_month(stopped))


def book_id(connection: Connection, code: str) -> int:
    """Row id of a book, which never leaves the database floor and the services."""
    rows = fetch_plain(connection, _ID, {"code": code})
    if not rows:
        raise _no_book(connection, code)
    return int(rows[0][0])


def _no_book(connection: Connection, code: str) -> UnknownBook:
    """That there is no such book, and a few of those that there are."""
    known = [one.code for one in books(connection)]
    if not known:
        return UnknownBook(_("没有账套 {code}：还一个账套也没有").format(code=code))
    shown = _("、").join(known[:_SHOWN]) + (_("……共 {n} 个").format(n=len(known)) if len(known) > _SHOWN else "")
    return UnknownBook(_("没有账套 {code}；有的是 {shown}").format(code=code, shown=shown))


def books_by_id(connection: Connection, code: str = "") -> dict[int, Book]:
    """Every book by its row id in the order of codes, or the one of a code; Trouble when there is none."""
    rows = fetch_plain(connection, _WITH_ID if code else _WITH_IDS, {"code": code} if code else {})
    if code and not rows:
        raise _no_book(connection, code)
    return {row[-1]: _to_book(row[:-1]) for row in rows}


def add_book(connection: Connection, book: Book) -> int:
    """A new book without accounts; its row id."""
    statement = (
        insert(schema.book)
        .values(
            uid=book.uid, code=book.code, village=book.village, name=book.name, kind=book.kind,
            standard=book.standard, start_year=book.start.year, start_month=book.start.month,
            predecessor=book.predecessor,
        )
        .returning(_book.id)
    )  # fmt: skip
    row_id: int = connection.execute(statement).scalar_one()
    return row_id


def stop_book(connection: Connection, book: int, last: Month) -> None:
    """No voucher enters the book any more; the service journals it, the guards keep it."""
    connection.execute(update(schema.book).where(_book.id == book).values(stopped=str(last)))


def accounts(
    connection: Connection, book: int, day: date | None = None, codes: Collection[str] | None = None
) -> dict[str, Account]:
    """The book's accounts by code, in code order: all, or those of `codes` that it has; with a day under the names
    that they had on it."""
    if codes is None:
        rows = fetch_plain(connection, _ACCOUNTS, {"book": book})
    else:
        rows = fetch_tuples(connection, _SOME_ACCOUNTS, {"book": book, "codes": list(codes)})
    former = _former_names(connection, [book], day) if day else {}
    return {
        code: _to_account(code, former.get((book, code), name), level, parent, side, leaf, needs, *rest)
        for code, name, level, parent, side, leaf, needs, *rest in rows
    }


@lru_cache(maxsize=4096)
def _to_account(code: str, name: str, level: int, parent: str, side: str, leaf: int, needs: str, *rest: Any) -> Account:
    """The villages of a township keep the same accounts: each record is made once."""
    return Account(code, name, level, parent, side, leaf != 0, tuple(needs.split()) if needs else (), *rest)


def account_names(connection: Connection, books: Sequence[int], day: date) -> dict[int, dict[str, str]]:
    """Names that accounts had on a day by code, by the row ids of their books."""
    found: dict[int, dict[str, str]] = {book: {} for book in books}
    if len(books) == 1:
        rows = fetch_plain(connection, _NAMES_OF_ONE, {"book": books[0]})
    else:
        rows = fetch_tuples(connection, _NAMES, {"books": list(books)})
    for book, code, name in rows:
        found[book][code] = name
    for (book, code), name in _former_names(connection, books, day).items():
        found[book][code] = name
    return found


def _former_names(connection: Connection, books: Sequence[int], day: date) -> dict[tuple[int, str], str]:
    """The name that held on the day is the one that ended first after it: it is read last."""
    if len(books) == 1:
        rows = fetch_plain(connection, _FORMER_OF_ONE, {"book": books[0], "day": day.isoformat()})
    else:
        rows = fetch_tuples(connection, _FORMER, {"books": list(books), "day": day.isoformat()})
    return {(book, code): name for book, code, name in rows}


def add_accounts(connection: Connection, book: int, new: Iterable[Account]) -> None:
    """Accounts of a book, checked before (core.account.check_accounts)."""
    rows = [{"book": book, "code": one.code, "level": one.level, "parent": one.parent, "side": one.side}
            | _changeable(one) for one in new]  # fmt: skip
    if rows:
        connection.execute(insert(schema.account), rows)


def set_account(connection: Connection, book: int, account: Account) -> None:
    """Write all but code and side of an account that the book has; the service journals it."""
    where = (_account.book == book, _account.code == account.code)
    connection.execute(update(schema.account).where(*where).values(_changeable(account)))


def _changeable(account: Account) -> dict[str, object]:
    return {
        "name": account.name, "leaf": int(account.leaf), "needs": " ".join(account.needs), "unit": account.unit,
        "stopped_on": account.stopped_on, "split_on": account.split_on, "split_by": account.split_by,
    }  # fmt: skip


def parties(connection: Connection, book: int) -> dict[str, Party]:
    """The book's parties by code."""
    query = select(schema.party.c.code, schema.party.c.name, schema.party.c.kind)
    rows = connection.execute(query.where(schema.party.c.book == book).order_by(schema.party.c.code))
    return {row.code: Party(row.code, row.name, row.kind) for row in rows}


def add_parties(connection: Connection, book: int, new: Iterable[Party]) -> None:
    """Parties that the book does not have yet."""
    rows = [{"book": book, "code": one.code, "name": one.name, "kind": one.kind} for one in new]
    if rows:
        connection.execute(insert(schema.party), rows)


def month_states(connection: Connection, book: int) -> dict[Month, str]:
    """Months that are closed or locked; any other is open."""
    rows = connection.execute(select(_period.year, _period.month, _period.state).where(_period.book == book))
    return {Month(row.year, row.month): row.state for row in rows}


def month_state(connection: Connection, book: int, month: Month) -> str:
    """The state of one month, open when nothing else is said of it."""
    rows = fetch_plain(connection, _MONTH, {"book": book, "year": month.year, "month": month.month})
    return str(rows[0][0]) if rows else "open"


def set_month(connection: Connection, book: int, period: Period) -> None:
    """Write the state of a month."""
    where = (_period.book == book, _period.year == period.month.year, _period.month == period.month.month)
    done = connection.execute(update(schema.period).where(*where).values(state=period.state))
    if not done.rowcount:
        connection.execute(
            insert(schema.period).values(
                book=book, year=period.month.year, month=period.month.month, state=period.state
            )
        )


def settings(connection: Connection, keys: Sequence[str] = ()) -> Mapping[str, object]:
    """Settings of the office as plain data, all of them when no key is named."""
    rows = fetch_among(connection, _SOME_SETTINGS, keys, {}) if keys else fetch_plain(connection, _SETTINGS, {})
    return {key: json.loads(value) for key, value in rows}


def put_setting(connection: Connection, key: str, value: object) -> None:
    """Write one setting; the service journals it."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    done = connection.execute(update(schema.setting).where(schema.setting.c.key == key).values(value=text))
    if not done.rowcount:
        connection.execute(insert(schema.setting).values(key=key, value=text))
