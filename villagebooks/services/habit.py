"""Suggestions from a village's own past vouchers while the summary is typed."""

from __future__ import annotations

from dataclasses import replace

from villagebooks.core.voucher import Voucher
from villagebooks.db import account as account_rows
from villagebooks.db import book as book_rows
from villagebooks.db import habit
from villagebooks.services.desk import Desk

SHORTEST, MOST, YEARS = 2, 6, 2


def alike_vouchers(desk: Desk, words: str) -> list[Voucher]:
    """Vouchers of the last two years with these words (two signs at least), one for each set of accounts and sides."""
    text = words.strip()
    if len(text) < SHORTEST:
        return []
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        found = habit.vouchers_like(connection, row_id, text, desk.period.plus(-12 * YEARS).first_day.isoformat())
        accounts, day = book_rows.accounts(connection, row_id), desk.period.last_day.isoformat()
        found = [
            replace(one, lines=account_rows.usable_home(connection, row_id, accounts, one.lines, day)) for one in found
        ]
    kinds: dict[tuple[tuple[str, bool], ...], Voucher] = {}
    for voucher in found:
        kinds.setdefault(tuple((line.account, bool(line.debit_fen)) for line in voucher.lines), voucher)
    return list(kinds.values())[:MOST]
