"""What an entry form needs of a book: accounts and parties that can be found by code, part of the name or initials."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from sqlalchemy import Connection

from villagebooks.core.account import (
    Account,
    ChartAccount,
    path_name,
    unify,
)
from villagebooks.core.book import Book
from villagebooks.core.entry import EntryBook
from villagebooks.core.period import Month, month_of
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.words import _
from villagebooks.db import account as account_rows
from villagebooks.db import bank_account as bank_account_rows
from villagebooks.db import board as board_rows
from villagebooks.db import book as book_rows
from villagebooks.db import disclosure as disclosure_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.formats.account import read_chart
from villagebooks.paths import resource
from villagebooks.services.desk import Desk, Office
from villagebooks.services.word import rules_of

FIRST_SIGN, LAST_SIGN = "\u4e00", "\u9fff"
UNREAD = {"〇": "l"}
"""Signs beside the block of characters that are read as one."""
ALL = "all"
"""Names every book where a book's code may stand."""


def read_entry_book(desk: Desk) -> EntryBook:
    """All of it in one read; `paths` are names from level 1 down, as a voucher shows them."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        accounts = book_rows.accounts(connection, row_id)
        parties = book_rows.parties(connection, row_id)
        states = book_rows.month_states(connection, row_id)
        reports_from = ledger_rows.first_month(connection, row_id, desk.book.start)
        rules = rules_of(connection)
        hung = disclosure_rows.last_month(connection, row_id)
        chosen = _names(connection, row_id, desk.period.first_day.isoformat())
    gone = frozenset(code for code, one in accounts.items() if one.is_stopped(desk.period.last_day.isoformat()))
    paths = {code: path_name(accounts.values(), code) for code in accounts}
    names = {account.name for account in accounts.values()} | {party.name for party in parties.values()}
    letters = {name: initials(name) for name in names.union(*chosen.values())}
    code = desk.book.code
    return EntryBook(accounts, paths, parties, states, letters, reports_from, rules, code, gone, chosen, hung)


def _names(connection: Connection, row_id: int, day: str) -> dict[str, tuple[str, ...]]:
    """Projects and contracts that were used before; bank accounts of the register, where there is one, not closed."""
    used = account_rows.used_names(connection, row_id)
    register = bank_account_rows.bank_accounts(connection, row_id)
    banks = [one.label for one in register if not one.closed_on or one.closed_on > day]
    return {name: tuple(banks if name == "bank" and register else found) for name, found in used.items()}


def chart_accounts(standard: str) -> list[Account]:
    """The statutory level-1 accounts of a standard, each a leaf until it gets accounts below it."""
    return [Account(one.code, one.name, 1, "", one.side, leaf=True) for one in standard_chart(standard)]


def standard_chart(standard: str) -> tuple[ChartAccount, ...]:
    """The level-1 accounts as the standard's file has them."""
    return read_chart(resource("charts", f"{standard}.csv"))


def list_charts(office: Office, book: str) -> list[tuple[Book, list[Account]]]:
    """The accounts of one book, or of `all`, each in the order of codes."""
    with office.books.read() as connection:
        chosen = book_rows.books(connection) if book == ALL else [book_rows.find_book(connection, book)]
        rows = [(one, book_rows.book_id(connection, one.code)) for one in chosen]
        return [(one, list(book_rows.accounts(connection, row).values())) for one, row in rows]


def template_accounts(office: Office, like: str, standard: str) -> list[Account]:
    """The accounts of the book `like` that are in use, and those level-1 accounts of the standard that it left out.

    Refused when that book keeps another standard.
    """
    with office.books.read() as connection:
        book = book_rows.find_book(connection, like)
        accounts = book_rows.accounts(connection, book_rows.book_id(connection, like))
    if book.standard != standard:
        text = _("账套 {code} 用的是 {theirs} 年的会计制度，不能照它的科目建 {ours} 年制度的账套")
        text = text.format(code=like, theirs=book.standard, ours=standard)
        raise Refused([Problem(text, field="template")])
    return list(unify([one for one in accounts.values() if not one.stopped_on], standard_chart(standard)))


def initials(text: str) -> str:
    """Pinyin initials by which people type a name: 老秤湾村 → lcwc; what is no Chinese stays.

    A word that is read otherwise than its characters comes first, then as they are read alone: 银行存款 → yhck yxck.
    """
    letters = _letters()
    alone = [_letter(letters, sign) for sign in text]
    spoken = list(alone)
    for word, said in _words():
        place = text.find(word)
        while place >= 0:
            spoken[place : place + len(word)] = said
            place = text.find(word, place + len(word))
    return " ".join(dict.fromkeys("".join(one).lower() for one in (spoken, alone)))


def _letter(letters: str, sign: str) -> str:
    place = ord(sign) - ord(FIRST_SIGN)
    known = letters[place] if 0 <= place < len(letters) else UNREAD.get(sign, "")
    return known.strip() or sign


@lru_cache(maxsize=1)
def _letters() -> str:
    """The first letter of every character's usual reading, in the order of the characters; a space where there is none.

    One string: 21,000 strings of a letter each would take two megabytes.
    """
    letters = [" "] * (ord(LAST_SIGN) - ord(FIRST_SIGN) + 1)
    for row in resource("pinyin", "initials.tsv").read_text(encoding="utf-8").splitlines():
        for sign in row[2:]:
            if FIRST_SIGN <= sign <= LAST_SIGN:
                letters[ord(sign) - ord(FIRST_SIGN)] = row[0]
    return "".join(letters)


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[str, str], ...]:
    """Words of the trade whose characters have several readings, with their letters; longer ones later, they win."""
    rows = resource("pinyin", "words.tsv").read_text(encoding="utf-8").splitlines()
    words = [(word, letters) for word, letters in (row.split("\t") for row in rows)]
    return tuple(sorted(words, key=lambda one: len(one[0])))


def last_month(office: Office) -> Month:
    """The last month that has a voucher in any book, where people go on working; this month when there is none."""
    with office.books.read() as connection:
        ids = [book_rows.book_id(connection, one.code) for one in book_rows.books(connection)]
        found = board_rows.last_month(connection, ids)
    return found or month_of(today(office))


def today(office: Office) -> date:
    """The day by the books' clock."""
    return date.fromisoformat(office.books.now()[:10])
