"""Every kind of ledger as a sheet: what is asked for is checked, read in one transaction and built by the core."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from villagebooks.core.account import CURRENT, SEPARATOR, Account
from villagebooks.core.book import Book
from villagebooks.core.ledger import (
    AGEING,
    BALANCE,
    COLUMNS,
    CURRENT_ACCOUNTS,
    DETAIL,
    GENERAL,
    JOURNAL,
    PARTIES,
    QUANTITIES,
    YEARS,
    Ageing,
    AgeingRow,
    LedgerRequest,
    Movement,
    PartyPart,
    Sheet,
    Turnover,
    ageing_sheet,
    build_ageing,
    build_dimension_balance,
    build_ledger,
    check_request,
    columns_sheet,
    counter_names,
    detail_sheet,
    dimension_sheet,
    general_sheet,
    journal_sheet,
    parties_sheet,
    quantity_sheet,
)
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Unknown, refuse_if
from villagebooks.core.voucher import DIMENSIONS
from villagebooks.db import book as book_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.db import village as village_rows
from villagebooks.services.desk import Desk, Office
from villagebooks.services.ledger.account import leaves_of
from villagebooks.services.ledger.balance import ALL, check_span

FIRST_DAY = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class _Source:
    """What every kind reads: the book with its accounts, parties, first month of reports, and the leaves asked for."""

    connection: Connection
    book: Book
    row: int
    start: Month
    accounts: Mapping[str, Account]
    names: Mapping[str, str]
    leaves: list[str]

    def opening(self, asked: LedgerRequest) -> int:
        return ledger_rows.net_before(self.connection, self.row, self.leaves, asked.first, self.start, asked.party)

    def year_before(self, asked: LedgerRequest) -> list[Turnover]:
        """What moved from January, or from the first month of reports, to the month before the span."""
        first = max(Month(asked.first.year, 1), self.start)
        if first >= asked.first:
            return []
        span = Span(first, asked.first.plus(-1))
        return ledger_rows.turnovers(self.connection, self.row, self.leaves, span, asked.party)


def read_sheet(desk: Desk, asked: LedgerRequest) -> Sheet:
    """The ledger that is asked for, of posted vouchers only; Refused with the reason when the book has none such."""
    with desk.books.read() as connection:
        return read_sheet_with(connection, desk.book, asked)


def read_sheet_with(connection: Connection, book: Book, asked: LedgerRequest) -> Sheet:
    """The same inside a transaction that is open: a printout of the whole book reads one state of it."""
    row = book_rows.book_id(connection, book.code)
    accounts = book_rows.accounts(connection, row, asked.last.last_day)
    problems = check_request(asked, accounts, book.code)
    if problems and asked.account and asked.account not in accounts:
        raise Unknown(problems)
    refuse_if(problems)
    start = check_span(connection, [book], asked.span)[0]
    names = {party.code: party.name for party in book_rows.parties(connection, row).values()}
    leaves = leaves_of(accounts, (asked.account,)) if asked.account else []
    source = _Source(connection, book, row, start, accounts, names, leaves)
    name = village_rows.book_name_on(connection, book, asked.last.last_day)
    return replace(_READERS[asked.kind](source, asked), account=asked.account, book_name=name)


def ageing(office: Office, book: str, as_of: Month) -> Ageing:
    """Claims and debts of a book (or of all) at the end of a month, by party and age, first in first out."""
    with office.books.read() as connection:
        books = book_rows.books(connection) if book == ALL else [book_rows.find_book(connection, book)]
        check_span(connection, books, Span(as_of, as_of))
        rows: list[AgeingRow] = []
        for one in books:
            row = book_rows.book_id(connection, one.code)
            accounts = book_rows.accounts(connection, row, as_of.last_day)
            rows += _ageing_rows(connection, one, row, accounts, as_of, YEARS)
    return Ageing(book, as_of.last_day, YEARS, tuple(rows))


def _general(source: _Source, asked: LedgerRequest) -> Sheet:
    moved = ledger_rows.turnovers(source.connection, source.row, source.leaves, asked.span)
    account = source.accounts[asked.account]
    before = _sum(source.year_before(asked))
    return general_sheet(source.book.code, account, asked.span, source.opening(asked), moved, before)


def _detail(source: _Source, asked: LedgerRequest) -> Sheet:
    lines = ledger_rows.register(source.connection, source.row, source.leaves, asked.span, asked.party)
    account = source.accounts[asked.account]
    ledger = build_ledger(source.book.code, account, (asked.first, asked.last), source.opening(asked), lines)
    return detail_sheet(ledger, source.names, _sum(source.year_before(asked)), asked.party)


def _parties(source: _Source, asked: LedgerRequest) -> Sheet:
    account, apart = source.accounts[asked.account], (asked.account[:3],)
    read = (source.connection, source.row)
    opened, before = defaultdict[str, int](int), defaultdict[str, list[int]](lambda: [0, 0])
    for one in ledger_rows.details(*read, asked.span, source.start, apart):
        if one.account in source.leaves:
            opened[one.party] += one.opening_fen
    first = max(Month(asked.first.year, 1), source.start)
    if first < asked.first:
        for one in ledger_rows.details(*read, Span(first, asked.first.plus(-1)), source.start, apart):
            if one.account in source.leaves:
                before[one.party][0] += one.debit_fen
                before[one.party][1] += one.credit_fen
    lines: dict[str, list[Movement]] = {}
    for move in ledger_rows.register(*read, source.leaves, asked.span):
        lines.setdefault(move.party, []).append(move)
    shown = {party for party, fen in opened.items() if fen} | {party for party, sums in before.items() if any(sums)}
    parts = [
        PartyPart(party, opened[party], tuple(lines.get(party, ())), (before[party][0], before[party][1]))
        for party in sorted(shown | set(lines))
    ]
    return parties_sheet(source.book.code, account, asked.span, parts, source.names)


def _journal(source: _Source, asked: LedgerRequest) -> Sheet:
    lines = ledger_rows.register(source.connection, source.row, source.leaves, asked.span)
    others = ledger_rows.counters(source.connection, source.row, source.leaves, asked.span)
    used = {account for _uid, account, _is_debit in others}
    paths = {code: _short_name(source.accounts, code) for code in used}
    account = source.accounts[asked.account]
    return journal_sheet(
        source.book.code, account, asked.span, source.opening(asked), lines, counter_names(lines, others, paths),
        _sum(source.year_before(asked)),
    )  # fmt: skip


def _short_name(accounts: Mapping[str, Account], code: str) -> str:
    """管理费用／办公费: the first level and the leaf, because a narrow column holds no more."""
    names = [accounts[one].name for one in dict.fromkeys((code[:3], code)) if one in accounts]
    return SEPARATOR.join(names)


def _columns(source: _Source, asked: LedgerRequest) -> Sheet:
    lines = ledger_rows.register(source.connection, source.row, source.leaves, asked.span)
    return columns_sheet(
        source.book.code, source.accounts, asked.account, asked.span, source.opening(asked), lines,
        source.year_before(asked), asked.level, asked.side,
    )  # fmt: skip


def _quantity(source: _Source, asked: LedgerRequest) -> Sheet:
    account = source.accounts[asked.account]
    gains, party = account.side != "C", asked.party
    lines = ledger_rows.register(source.connection, source.row, source.leaves, asked.span, party)
    first, yesterday = asked.first.first_day, asked.first.first_day - timedelta(days=1)
    read = (source.connection, source.row, source.leaves)
    moved = ledger_rows.quantities(*read, (FIRST_DAY, yesterday), gains, 0, party)
    before = ledger_rows.quantities(*read, (date(first.year, 1, 1), yesterday), gains, 1, party)
    opening = (moved[0] - moved[2], moved[1] - moved[3])
    unit = source.accounts[source.leaves[0]].unit
    return quantity_sheet(source.book.code, account, unit, asked.span, opening, lines, before)


def _ageing(source: _Source, asked: LedgerRequest) -> Sheet:
    rows = _ageing_rows(source.connection, source.book, source.row, source.accounts, asked.last, asked.bounds)
    return ageing_sheet(Ageing(source.book.code, asked.last.last_day, asked.bounds, tuple(rows)), source.names)


def _balance(source: _Source, asked: LedgerRequest) -> Sheet:
    dimensions = asked.dimensions or DIMENSIONS
    found = ledger_rows.dimension_details(source.connection, source.row, asked.span, source.start)
    rows = build_dimension_balance(source.book.code, source.accounts, found, dimensions, asked.level)
    return dimension_sheet(source.book.code, asked.span, rows, dimensions, source.names)


def _ageing_rows(
    connection: Connection, book: Book, row: int, accounts: Mapping[str, Account], as_of: Month,
    bounds: tuple[int, ...],
) -> tuple[AgeingRow, ...]:  # fmt: skip
    leaves = leaves_of(accounts, CURRENT_ACCOUNTS.get(book.standard, (CURRENT,)))
    moves = ledger_rows.moves(connection, row, leaves, as_of.last_day)
    return build_ageing(book.code, accounts, moves, as_of.last_day, bounds)


def _sum(turnovers: list[Turnover]) -> tuple[int, int]:
    return sum(one.debit_fen for one in turnovers), sum(one.credit_fen for one in turnovers)


_READERS = {
    GENERAL: _general, DETAIL: _detail, PARTIES: _parties, JOURNAL: _journal, COLUMNS: _columns, QUANTITIES: _quantity,
    AGEING: _ageing, BALANCE: _balance,
}  # fmt: skip
