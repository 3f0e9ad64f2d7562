"""What an entry form needs of a book: accounts and parties that can be found by code, part of the name or initials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from villagebooks.core.account import Account, path_name
from villagebooks.core.party import Party
from villagebooks.core.period import Month, month_of
from villagebooks.db import board as board_rows
from villagebooks.db import book as book_rows
from villagebooks.formats.account import read_chart
from villagebooks.paths import resource
from villagebooks.services.desk import Desk, Office


@dataclass(frozen=True, slots=True)
class EntryBook:
    """Accounts and parties by code, months that are closed or locked, and the pinyin initials of every name."""

    accounts: Mapping[str, Account]
    paths: Mapping[str, str]
    parties: Mapping[str, Party]
    states: Mapping[Month, str]
    initials: Mapping[str, str]


NO_ENTRIES = EntryBook({}, {}, {}, {}, {})


def read_entry_book(desk: Desk) -> EntryBook:
    """All of it in one read; `paths` are names from level 1 down, as a voucher shows them."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        accounts = book_rows.accounts(connection, row_id)
        parties = book_rows.parties(connection, row_id)
        states = book_rows.month_states(connection, row_id)
    paths = {code: path_name(accounts.values(), code) for code in accounts}
    names = {account.name for account in accounts.values()} | {party.name for party in parties.values()}
    return EntryBook(accounts, paths, parties, states, {name: initials(name) for name in names})


def chart_accounts(standard: str) -> list[Account]:
    """The statutory level-1 accounts of a standard, each a leaf until it gets accounts below it."""
    chart = read_chart(resource("charts", f"{standard}.csv"))
    return [Account(one.code, one.name, 1, "", one.side, leaf=True) for one in chart]


def initials(text: str) -> str:
    """Pinyin initials by which people type a name: 老秤湾村 → lcwc; what is no Chinese stays."""
    letters = _letters()
    return "".join(letters.get(sign, sign) for sign in text).lower()


@lru_cache(maxsize=1)
def _letters() -> dict[str, str]:
    """The first letter of every character's usual reading."""
    rows = resource("pinyin", "initials.tsv").read_text(encoding="utf-8").splitlines()
    return {sign: row[0] for row in rows for sign in row[2:]}


def last_month(office: Office) -> Month:
    """The last month that has a voucher in any book, where people go on working; this month when there is none."""
    with office.books.read() as connection:
        ids = [book_rows.book_id(connection, one.code) for one in book_rows.books(connection)]
        found = board_rows.last_month(connection, ids)
    return found or month_of(today(office))


def today(office: Office) -> date:
    """The day by the books' clock."""
    return date.fromisoformat(office.books.now()[:10])
