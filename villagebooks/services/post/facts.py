"""What the program knows of a post that is to be handed over: money, advances, receipts, open papers and vouchers."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from villagebooks.core.account import CASH
from villagebooks.core.approval import AGENT, ARCHIVIST, CASHIER
from villagebooks.core.book import Book
from villagebooks.core.period import Span, month_of
from villagebooks.core.person import Officer
from villagebooks.core.post import REPORTER, BookFacts, OpenPiece
from villagebooks.core.receipt import account_for
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import cash as cash_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.db import paper as paper_rows
from villagebooks.db import person as person_rows
from villagebooks.db import post as post_rows
from villagebooks.services.bank.state import bank_leaves, book_balance

_CURRENT = ("112", "113")
"""应收款, 内部往来: where an advance or a loan to an officer stands."""


def books_of(connection: Connection, village: str) -> list[Book]:
    """Books that the post works on: the village's, or all of the office; stopped ones are done with."""
    found = [one for one in book_rows.books(connection) if not one.stopped]
    return [one for one in found if one.village == village] if village else found


def read_facts(connection: Connection, term: Officer, day: date) -> list[BookFacts]:
    """Facts of every book on a day."""
    officers = person_rows.officers(connection)
    reported = {one.village for one in officers if REPORTER in one.duty and one.holds(day.isoformat())}
    books = books_of(connection, term.village)
    return [_facts(connection, term, day, book, book.village in reported) for book in books]


def _facts(connection: Connection, term: Officer, day: date, book: Book, reported: bool) -> BookFacts:
    row = book_rows.book_id(connection, book.code)
    holds_cash = REPORTER in term.duty or (term.duty == CASHIER and not reported)
    papers: tuple[OpenPiece, ...] = ()
    vouchers: tuple[OpenPiece, ...] = ()
    if term.duty != ARCHIVIST:
        papers = tuple(post_rows.open_papers(connection, row))
    if term.duty == AGENT:
        vouchers = tuple(post_rows.open_vouchers(connection, row, term.name))
    issued = [one for one in paper_rows.receipt_books(connection, row, book.code) if one.issued_to == term.name]
    seen = paper_rows.receipts(connection, [one.code for one in issued]) if issued else []
    return BookFacts(
        book.code, book.name, _cash(connection, book, row, day) if holds_cash else (),
        _bank(connection, book, row, day) if term.duty == CASHIER else (),
        _advances(connection, book, row, day, term.name),
        tuple(account_for(one, [number for number in seen if number.book == one.code]) for one in issued),
        papers, vouchers, post_rows.kept_vouchers(connection, row),
    )  # fmt: skip


def _cash(connection: Connection, book: Book, row: int, day: date) -> tuple[tuple[str, str, int, str], ...]:
    last = {one.account: one for one, _digest in cash_rows.counts(connection, row)}
    found = []
    for code, account in book_rows.accounts(connection, row).items():
        if code.startswith(CASH) and account.holds_lines:
            count = last.get(code)
            told = _("上次盘点 {day}").format(day=count.day) if count else ""
            found.append((code, account.name, book_balance(connection, book, code, day), told))
    return tuple(found)


def _bank(connection: Connection, book: Book, row: int, day: date) -> tuple[tuple[str, str, int, str], ...]:
    leaves = bank_leaves(book_rows.accounts(connection, row), day)
    return tuple((one.code, one.name, book_balance(connection, book, one.code, day), "") for one in leaves)


def _advances(connection: Connection, book: Book, row: int, day: date, name: str) -> tuple[tuple[str, str, int], ...]:
    """What the person owes on current accounts at the end of the day's month."""
    month, accounts = month_of(day), book_rows.accounts(connection, row)
    names = {one.code for one in book_rows.parties(connection, row).values() if one.name == name} | {name}
    start = ledger_rows.first_month(connection, row, book.start)
    details = ledger_rows.details(connection, row, Span(month, month), start, _CURRENT)
    return tuple(
        (one.account, accounts[one.account].name if one.account in accounts else "", one.closing_fen)
        for one in details
        if one.account.startswith(_CURRENT) and one.party in names and one.closing_fen > 0
    )
