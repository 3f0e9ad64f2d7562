"""What is known of a bank account: its statements, the books' lines since the first of them, what is matched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from villagebooks.core.account import BANK as BANK_CODE
from villagebooks.core.account import Account
from villagebooks.core.bank import (
    FROM_BANK,
    OPEN_ITEMS,
    BankMatch,
    BankStatement,
    MoneyItem,
    Reconciliation,
    build_reconciliation,
)
from villagebooks.core.book import Book
from villagebooks.core.period import Month, month_of
from villagebooks.core.problem import Problem, Unknown
from villagebooks.core.words import _
from villagebooks.db import bank as bank_rows
from villagebooks.db import book as book_rows
from villagebooks.db import ledger as ledger_rows

Key = tuple[str, str, int]
LAST = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class BankState:
    """Everything of one account: `items` by key in the order of days, `free` those that nothing is matched with."""

    account: Account
    statements: tuple[BankStatement, ...]
    opening: BankStatement | None
    items: Mapping[Key, MoneyItem]
    matches: tuple[BankMatch, ...]
    free: tuple[MoneyItem, ...]
    sheets: tuple[bank_rows.KeptSheet, ...]

    @property
    def begun(self) -> date | None:
        """From which day on statements are kept."""
        return self.statements[0].first_day if self.statements else None

    @property
    def covered(self) -> date | None:
        """Until which day they speak."""
        return max((one.until for one in self.statements), default=None)

    @property
    def confirmed_until(self) -> date | None:
        """The end of the last month that was confirmed."""
        return max((one.month.last_day for one in self.sheets), default=None)

    def sheet_of(self, month: Month) -> bank_rows.KeptSheet | None:
        """The confirmed reconciliation of a month."""
        return next((one for one in self.sheets if one.month == month), None)

    def bank_fen(self, until: date) -> int:
        """The bank's balance at the end of a day, fen."""
        moved = sum(line.amount_fen for one in self.statements for line in one.lines if line.day <= until)
        return (self.statements[0].opening_fen if self.statements else 0) + moved


def bank_leaves(accounts: Mapping[str, Account], first: date | None = None) -> list[Account]:
    """The bank accounts of a book: those below 102 with lines; with a day those still in use on it or later."""
    day = first.isoformat() if first else ""
    found = [one for code, one in accounts.items() if code.startswith(BANK_CODE) and one.holds_lines]
    return [one for one in found if not one.is_stopped(day) and not (one.split_on and one.split_on < day)]


def read_state(connection: Connection, book: Book, account: str) -> BankState:
    """The state of one bank account; Unknown for an account that is none of the book's bank leaves."""
    row = book_rows.book_id(connection, book.code)
    leaf = next((one for one in bank_leaves(book_rows.accounts(connection, row)) if one.code == account), None)
    if leaf is None:
        text = _("账套 {book} 里没有银行科目 {code}：要写 102 下面的末级科目，例如 10201")
        raise Unknown([Problem(text.format(book=book.code, code=account), field="account")])
    found = bank_rows.statements(connection, row, account)
    kept = tuple(one for one in found if one.kind == FROM_BANK)
    opening = next((one for one in found if one.kind == OPEN_ITEMS), None)
    items: list[MoneyItem] = []
    if kept:
        items = bank_rows.book_items(connection, row, account, kept[0].first_day, LAST)
    for statement in ((opening,) if opening else ()) + kept:
        items += bank_rows.statement_items(statement)
    by_key = {one.key: one for one in items}
    matches = tuple(
        replace(match, items=tuple(by_key[key] for key in keys if key in by_key))
        for match, keys in bank_rows.matches(connection, row, account)
    )
    used = {one.key for match in matches for one in match.items}
    free = tuple(sorted((one for one in items if one.key not in used), key=lambda one: one.day))
    return BankState(leaf, kept, opening, by_key, matches, free, tuple(bank_rows.sheets(connection, row, account)))


def book_balance(connection: Connection, book: Book, account: str, until: date) -> int:
    """The books' balance of a leaf at the end of a day, posted vouchers only, fen."""
    row, month = book_rows.book_id(connection, book.code), month_of(until)
    start = ledger_rows.first_month(connection, row, book.start)
    net = ledger_rows.net_before(connection, row, [account], month, start)
    moved = bank_rows.book_items(connection, row, account, month.first_day, until)
    return net + sum(one.amount_fen for one in moved)


def build_sheet(connection: Connection, book: Book, state: BankState, month: Month) -> Reconciliation:
    """The reconciliation of a month as the rows stand now."""
    balances = (book_balance(connection, book, state.account.code, month.last_day), state.bank_fen(month.last_day))
    name = (state.account.code, state.account.name)
    return build_reconciliation(name, month, balances, state.free, state.matches)
