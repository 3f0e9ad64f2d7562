"""The ledger of an account as a record, and the accounts that a ledger may be asked of."""

from __future__ import annotations

from collections.abc import Mapping

from villagebooks.core.account import Account
from villagebooks.core.ledger import Ledger, build_ledger
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Unknown
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.services.desk import Desk
from villagebooks.services.ledger.balance import check_span


def ledger(desk: Desk, account: str, first: Month, last: Month, party: str | None = None) -> Ledger:
    """Ledger of an account with all below it, or of one party in it; Unknown for an account that is not there."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        accounts = book_rows.accounts(connection, row_id, last.last_day)
        if account not in accounts:
            raise Unknown([Problem(_("账套 {book} 没有科目 {code}").format(book=desk.book.code, code=account))])
        start = check_span(connection, [desk.book], Span(first, last))[0]
        leaves = leaves_of(accounts, (account,))
        if party is None:
            opening = ledger_rows.leaf_net(connection, row_id, leaves, first)
        else:
            opening = ledger_rows.net_before(connection, row_id, leaves, first, start, party)
        lines = ledger_rows.register(connection, row_id, leaves, Span(first, last), party)
    return build_ledger(desk.book.code, accounts[account], (first, last), opening, lines)


def list_accounts(desk: Desk) -> list[Account]:
    """Every account of the book in the order of codes."""
    with desk.books.read() as connection:
        return list(book_rows.accounts(connection, book_rows.book_id(connection, desk.book.code)).values())


def leaves_of(accounts: Mapping[str, Account], codes: tuple[str, ...]) -> list[str]:
    """Codes of the accounts at or below any of the codes on which lines may stand."""
    held = (code for code, account in accounts.items() if account.holds_lines)
    return [code for code in held if code.startswith(codes)] if codes else []
