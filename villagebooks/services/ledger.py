"""Trial balance and ledgers as records, for the screen, for paper and for files."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from villagebooks.core.account import CURRENT, Account
from villagebooks.core.book import Book
from villagebooks.core.ledger import (
    Ledger,
    TrialBalance,
    TrialBalanceRow,
    build_ledger,
    build_trial_balance,
    sum_trial_balances,
)
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.services.desk import Desk, Office

ALL = "all"
"""Names every book where a book's code may stand."""


def trial_balance(office: Office, book: str, first: Month, last: Month, level: int | None = None) -> TrialBalance:
    """Trial balance of a book, or of all with the township's rows behind (book `*`); posted vouchers only.

    Refused before the opening of the book (of the oldest book for all).
    """
    with office.books.read() as connection:
        books = book_rows.books(connection) if book == ALL else [book_rows.find_book(connection, book)]
        starts = _check_span(connection, books, Span(first, last))
        rows: list[TrialBalanceRow] = []
        for one, start in zip(books, starts, strict=True):
            row_id = book_rows.book_id(connection, one.code)
            found = ledger_rows.details(connection, row_id, Span(first, last), start, (CURRENT,))
            rows += build_trial_balance(one.code, book_rows.accounts(connection, row_id), found, level)
    if book == ALL:
        return TrialBalance(ALL, _("全部账套"), first, last, (*rows, *sum_trial_balances(rows)))
    return TrialBalance(book, books[0].name, first, last, tuple(rows))


def ledger(desk: Desk, account: str, first: Month, last: Month, party: str | None = None) -> Ledger:
    """Ledger of an account with all below it, or of one party in it; a Problem for an account that is not there."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        accounts = book_rows.accounts(connection, row_id)
        if account not in accounts:
            raise Refused([Problem(_("账套 {book} 没有科目 {code}").format(book=desk.book.code, code=account))])
        start = _check_span(connection, [desk.book], Span(first, last))[0]
        leaves = leaves_of(accounts, (account,))
        opening = ledger_rows.net_before(connection, row_id, leaves, first, start, party)
        lines = ledger_rows.register(connection, row_id, leaves, Span(first, last), party)
    return build_ledger(desk.book.code, accounts[account], (first, last), opening, lines)


def list_accounts(desk: Desk) -> list[Account]:
    """Every account of the book in the order of codes."""
    with desk.books.read() as connection:
        return list(book_rows.accounts(connection, book_rows.book_id(connection, desk.book.code)).values())


def leaves_of(accounts: Mapping[str, Account], codes: tuple[str, ...]) -> list[str]:
    """Codes of the leaves at or below any of the codes."""
    return [code for code, account in accounts.items() if account.leaf and code.startswith(codes)] if codes else []


def check_taken_over(book: Book, start: Month, span: Span) -> list[Problem]:
    """Whether a span cuts the turnovers that were taken over: of these months only the sum is known.

    `start` is the first month of reports; a book that took over nothing has no such months.
    """
    inside = start < span.first < book.start
    if start == book.start or not (inside or start <= span.last < book.start.plus(-1)):
        return []
    text = _("账套 {book} 的 {first} 至 {last} 是接手前的账，只有合计：起月用 {first} 或 {start}，止月不早于 {last}")
    return [Problem(text.format(book=book.code, first=start, last=book.start.plus(-1), start=book.start))]


def _check_span(connection: Connection, books: list[Book], span: Span) -> list[Month]:
    """The first month of reports of each book."""
    first, last = span.first, span.last
    if not books:
        raise Refused([Problem(_("还没有账套"))])
    if last < first:
        raise Refused([Problem(_("止月 {last} 早于起月 {first}").format(first=first, last=last))])
    starts = [ledger_rows.first_month(connection, book_rows.book_id(connection, one.code), one.start) for one in books]
    start = min(starts)
    if first < start:
        raise Refused([Problem(_("账从 {start} 开始，{first} 在期初之前").format(start=start, first=first))])
    refuse_if([fault for one, begin in zip(books, starts, strict=True) for fault in check_taken_over(one, begin, span)])
    return starts
