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
    QUANTITIES,
    DimensionDetail,
    LedgerRequest,
    Sheet,
)
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.services.desk import Desk
from villagebooks.services.ledger.balance import check_span
from villagebooks.services.ledger.sheet import read_sheet_with

KINDS = (BALANCE, GENERAL, JOURNAL, DETAIL, COLUMNS, QUANTITIES, AGEING)
"""The kinds in the order in which they are bound."""
_Target = tuple[str, str | None]
"""An account, and the party of a ledger of its own."""


def read_sheets(desk: Desk, asked: LedgerRequest) -> list[Sheet]:
    """The ledger that is asked for; without an account every ledger of the kind that the book keeps over the span."""
    with desk.books.read() as connection:
        wanted = [asked]
        if asked.kind in _MAKERS and not asked.account:
            row = book_rows.book_id(connection, desk.book.code)
            accounts = book_rows.accounts(connection, row)
            start = check_span(connection, [desk.book], asked.span)[0]
            planned = plan_sheets(connection, row, accounts, asked.span, start, (asked.kind,))
            wanted = [replace(asked, account=one.account, party=one.party) for one in planned]
            if not wanted:
                raise Refused([Problem(_("账套 {book} 这段时间没有这种账").format(book=desk.book.code))])
        return [read_sheet_with(connection, desk.book, one) for one in wanted]


def plan_sheets(
    connection: Connection, row: int, accounts: Mapping[str, Account], span: Span, start: Month, kinds: Sequence[str]
) -> list[LedgerRequest]:
    """The ledgers of these kinds that have a figure in the span; current accounts have one a party."""
    details = ledger_rows.dimension_details(connection, row, span, start)
    used = [one for one in details if one.opening_fen or one.debit_fen or one.credit_fen]
    found: list[LedgerRequest] = []
    for kind in KINDS if used else ():
        if kind in kinds:
            targets = _MAKERS[kind](accounts, used) if kind in _MAKERS else [("", None)]
            found += [LedgerRequest(kind, span.first, span.last, code, party) for code, party in targets]
    return found


def _general(accounts: Mapping[str, Account], used: Sequence[DimensionDetail]) -> list[_Target]:
    return [(code, None) for code in sorted({one.account[:3] for one in used}) if code in accounts]


def _journals(accounts: Mapping[str, Account], used: Sequence[DimensionDetail]) -> list[_Target]:
    return [(code, None) for code in _codes(used) if accounts[code].is_money]


def _details(accounts: Mapping[str, Account], used: Sequence[DimensionDetail]) -> list[_Target]:
    targets: list[_Target] = []
    for code in _codes(used):
        account = accounts[code]
        if account.is_money or account.counts_quantity:
            continue
        parties = sorted({one.dimensions[0] for one in used if one.account == code})
        targets += [(code, party) for party in parties] if any(parties) else [(code, None)]
    return targets


def _columns(accounts: Mapping[str, Account], used: Sequence[DimensionDetail]) -> list[_Target]:
    """Income and expenses, which have no balance to keep but kinds to tell apart."""
    parents = sorted({one.account[:3] for one in used if one.account.startswith("5")})
    return [(code, None) for code in parents if not accounts[code].leaf]


def _quantities(accounts: Mapping[str, Account], used: Sequence[DimensionDetail]) -> list[_Target]:
    return [(code, None) for code in _codes(used) if accounts[code].counts_quantity]


def _codes(used: Iterable[DimensionDetail]) -> list[str]:
    return sorted({one.account for one in used})


_MAKERS: Mapping[str, Callable[[Mapping[str, Account], Sequence[DimensionDetail]], list[_Target]]] = {
    GENERAL: _general, JOURNAL: _journals, DETAIL: _details, COLUMNS: _columns, QUANTITIES: _quantities,
}  # fmt: skip
