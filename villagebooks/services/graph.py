"""The pictures of the first page as records, for one book or for all: read from balances, equal to the ledgers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection

from villagebooks.core.account import BANK, CASH
from villagebooks.core.book import Book
from villagebooks.core.closing.place import FUNDS, WORKS
from villagebooks.core.graph import (
    AgeBand,
    Fund,
    FundMove,
    MoneyYear,
    MonthFigures,
    build_ages,
    build_funds,
    build_money,
    sum_funds,
)
from villagebooks.core.period import Month, Span
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import graph as graph_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.services.account import standard_chart
from villagebooks.services.desk import Office
from villagebooks.services.ledger import ALL, ageing


def read_incomes(office: Office, book: str, month: Month) -> list[MonthFigures]:
    """Income and expense of every month from January to the month, of a book or of all (`ALL`); 0 before it began."""
    income, expense = [0] * month.month, [0] * month.month
    with office.books.read() as connection:
        books = _books(connection, book)
        sides = graph_rows.income_sides(connection, list(books))
        heads = sorted({code for _book, code in sides})
        for one in graph_rows.month_nets(connection, list(books), month.year, month.month, heads):
            if Month(month.year, one.month) < books[one.book].start:
                continue
            if sides[one.book, one.account[:3]] == "C":
                income[one.month - 1] -= one.net_fen
            else:
                expense[one.month - 1] += one.net_fen
    return [MonthFigures(place + 1, *both) for place, both in enumerate(zip(income, expense, strict=True))]


def read_money(office: Office, book: str, month: Month) -> MoneyYear:
    """Cash on hand and bank accounts at the end of every month of the year up to the month.

    Months before the (first) book began are left out; of all books the bank accounts are one sum.
    """
    with office.books.read() as connection:
        books = _books(connection, book)
        begun = min((one.start for one in books.values()), default=month)
        first = max(Month(month.year, 1), begun)
        if month < first:
            return MoneyYear((), ())
        starts = ledger_rows.first_months(connection, {row: one.start for row, one in books.items()})
        ends: dict[tuple[bool, str], list[int]] = defaultdict(lambda: [0] * month.month)
        for details in ledger_rows.leaf_sums(connection, starts, Span(Month(month.year, 1), month)).values():
            for detail in details:
                if detail.account.startswith((CASH, BANK)):
                    _add(ends[_place(detail.account, book)], 0, detail.opening_fen)
        for net in graph_rows.month_nets(connection, list(books), month.year, month.month, (CASH, BANK)):
            _add(ends[_place(net.account, book)], net.month - 1, net.net_fen)
        names = graph_rows.names_below(connection, list(books), (BANK,)) if book != ALL else {BANK: _("银行存款")}
    shown = {key: fens[first.month - 1 :] for key, fens in ends.items()}
    return build_money(range(first.month, month.month + 1), shown, names, CASH if book != ALL else "")


def _place(account: str, book: str) -> tuple[bool, str]:
    """Cash, or a bank account; all banks of all books are one."""
    return account.startswith(CASH), account if book != ALL else account[:3]


def _add(ends: list[int], place: int, fen: int) -> None:
    """What moves in a month stands in every month end from then on."""
    for later in range(place, len(ends)):
        ends[later] += fen


def read_funds(office: Office, book: str, month: Month) -> list[Fund]:
    """Special funds at the end of the month: granted, drawn, left; of all books one sum a book."""
    with office.books.read() as connection:
        books = _books(connection, book)
        moves: list[FundMove] = []
        for standard in sorted({one.standard for one in books.values()}):
            ids = [row for row, one in books.items() if one.standard == standard and one.start <= month]
            works = {one.code for one in standard_chart(standard) if one.name == WORKS}
            heads = {one.code for one in standard_chart(standard) if one.name == FUNDS} | works
            sums = graph_rows.fund_sums(connection, ids, month.year, month.month, sorted(heads)) if ids else []
            moves += _moves(sums, books, works)
    funds = build_funds(moves)
    return funds if book != ALL else sum_funds(funds, {one.code: one.name for one in books.values()})


def _moves(sums: Iterable[graph_rows.FundSum], books: dict[int, Book], works: set[str]) -> list[FundMove]:
    return [
        FundMove(
            books[one.book].code, one.account, one.party, one.name, one.account[:3] in works, one.opening_fen,
            one.debit_fen, one.credit_fen,
        )
        for one in sums
    ]  # fmt: skip


def read_ages(office: Office, book: str, month: Month) -> list[AgeBand]:
    """Claims at the end of the month by age; `Refused` for a month that reports cannot speak of."""
    return build_ages(ageing(office, book, month))


def _books(connection: Connection, book: str) -> dict[int, Book]:
    return book_rows.books_by_id(connection, "" if book == ALL else book)
