"""Which ledgers a book keeps over a span: every account with a figure, by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from villagebooks.core.account import Account
from villagebooks.core.ledger import (
    AGEING,
    BALANCE,
    COLUMNS,
    DETAIL,
    GENERAL,
    JOURNAL,
    PARTIES,
    QUANTITIES,
    DimensionDetail,
    LedgerRequest,
    Sheet,
)
from villagebooks.core.period import Month, Span
from villagebooks.db import book as book_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.services.desk import Desk
from villagebooks.services.ledger.balance import check_span
from villagebooks.services.ledger.sheet import read_sheet_with

KINDS = (BALANCE, GENERAL, JOURNAL, DETAIL, PARTIES, COLUMNS, QUANTITIES, AGEING)
"""The kinds in the order in which they are bound."""


def read_sheets(desk: Desk, asked: LedgerRequest) -> list[Sheet]:
    """The ledger that is asked for; without an account every one of the kind that has a figure in the span, if any."""
    with desk.books.read() as connection:
        wanted = [asked]
        if asked.kind in _MAKERS and not asked.account:
            row = book_rows.book_id(connection, desk.book.code)
            accounts = book_rows.accounts(connection, row)
            start = check_span(connection, [desk.book], asked.span)[0]
            planned = plan_sheets(connection, row, accounts, asked.span, start, (asked.kind,))
            wanted = [replace(asked, account=one.account) for one in planned]
        return [read_sheet_with(connection, desk.book, one) for one in wanted]


def plan_sheets(
    connection: Connection, row: int, accounts: Mapping[str, Account], span: Span, start: Month, kinds: Sequence[str]
) -> list[LedgerRequest]:
    """The ledgers of these kinds that have a figure in the span.

    An account with parties has a 往来明细账, and beside that no 明细账 when both kinds are asked for.
    """
    details = ledger_rows.dimension_details(connection, row, span, start)
    used = [one for one in details if one.opening_fen or one.debit_fen or one.credit_fen]
    found: list[LedgerRequest] = []
    for kind in KINDS if used else ():
        if kind not in kinds:
            continue
        codes = _MAKERS[kind](accounts, used) if kind in _MAKERS else [""]
        if kind == DETAIL and PARTIES in kinds:
            shown = _parties(accounts, used)
            codes = [code for code in codes if code not in shown]
        found += [LedgerRequest(kind, span.first, span.last, code) for code in codes]
    return found


def _general(accounts: Mapping[str, Account], used: Sequence[DimensionDetail]) -> list[str]:
    return [code for code in sorted({one.account[:3] for one in used}) if code in accounts]


def _journals(accounts: Mapping[str, Account], used: Sequence[DimensionDetail]) -> list[str]:
    return [code for code in _codes(used) if accounts[code].is_money]


def _details(accounts: Mapping[str, Account], used: Sequence[DimensionDetail]) -> list[str]:
    return [code for code in _codes(used) if not (accounts[code].is_money or accounts[code].counts_quantity)]


def _parties(accounts: Mapping[str, Account], used: Sequence[DimensionDetail]) -> list[str]:
    """Accounts that ask for a party; one that only happens to name some is no account of claims and debts."""
    return [code for code in _codes(used) if "party" in accounts[code].needs]


def _columns(accounts: Mapping[str, Account], used: Sequence[DimensionDetail]) -> list[str]:
    """Income and expenses, which have no balance to keep but kinds to tell apart."""
    parents = sorted({one.account[:3] for one in used if one.account.startswith("5")})
    return [code for code in parents if not accounts[code].leaf]


def _quantities(accounts: Mapping[str, Account], used: Sequence[DimensionDetail]) -> list[str]:
    return [code for code in _codes(used) if accounts[code].counts_quantity]


def _codes(used: Iterable[DimensionDetail]) -> list[str]:
    return sorted({one.account for one in used})


_MAKERS: Mapping[str, Callable[[Mapping[str, Account], Sequence[DimensionDetail]], list[str]]] = {
    GENERAL: _general, JOURNAL: _journals, DETAIL: _details, PARTIES: _parties, COLUMNS: _columns,
    QUANTITIES: _quantities,
}  # fmt: skip
