"""What posting several vouchers does to cash and banks, told before it happens: posting is final."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from villagebooks.core.book import Book
from villagebooks.core.period import month_of
from villagebooks.core.short import Below, Moved, below_words, below_zero, money_accounts, net_fen
from villagebooks.core.voucher import APPROVED, Voucher
from villagebooks.db import bank as bank_rows
from villagebooks.db import book as book_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.services.bank.state import LAST
from villagebooks.services.desk import Desk


def below_when_posted(desk: Desk, uids: Sequence[str]) -> tuple[str, ...]:
    """A sentence for each account of the desk's book that these vouchers, posted together, bring below zero on some
    day; those that do not wait for posting are left out."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        found = (voucher_rows.find_voucher(connection, row_id, uid) for uid in uids)
        vouchers = [one for one in found if one is not None and one.state == APPROVED]
        accounts = dict.fromkeys(code for one in vouchers for code in money_accounts(one.lines))
        names = book_rows.accounts(connection, row_id) if accounts else {}
        told = []
        for code in accounts:
            below = _below(connection, desk.book, code, vouchers)
            if below:
                told.append(below_words(f"{code} {names[code].name}" if code in names else code, below))
    return tuple(told)


def below_with_all(
    connection: Connection, book: Book, vouchers: Sequence[Voucher], besides: Sequence[str]
) -> tuple[str, ...]:
    """A sentence for each account of a book, besides some, that these vouchers bring below zero on some day, once all
    is posted that is not void."""
    row_id, uids = book_rows.book_id(connection, book.code), {one.uid for one in vouchers}
    names, told = book_rows.accounts(connection, row_id), []
    paid = dict.fromkeys(code for one in vouchers for code in money_accounts(one.lines))
    for code in (one for one in paid if one not in besides):
        others = [(day, fen) for uid, day, fen in bank_rows.waiting_moves(connection, row_id, code) if uid not in uids]
        below = _below(connection, book, code, vouchers, others)
        if below:
            told.append(below_words(f"{code} {names[code].name}" if code in names else code, below))
    return tuple(told)


def _below(
    connection: Connection, book: Book, account: str, vouchers: Sequence[Voucher], others: Sequence[Moved] = ()
) -> Below | None:
    """`others`: what vouchers that are not posted will have moved."""
    row_id = book_rows.book_id(connection, book.code)
    month = min(month_of(one.day) for one in vouchers)
    start = ledger_rows.first_month(connection, row_id, book.start)
    held_fen = ledger_rows.net_before(connection, row_id, [account], month, start)
    posted = bank_rows.book_items(connection, row_id, account, month.first_day, LAST)
    chosen = [(one.day, net_fen(one.lines, account)) for one in vouchers]
    return below_zero(held_fen, [*((one.day, one.amount_fen) for one in posted), *others], chosen)
