"""The balance table: (year, book, account, dimensions, month), kept in the transaction that posts.

Month 0 is the opening of the year and carries the signed net on the debit column; months 1–12 carry the movements of
each side, with what closing_transfer and prior_year vouchers moved beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, text

from villagebooks.core.voucher import CLOSING, OPENING, PRIOR_YEAR, Line
from villagebooks.db import account_balance
from villagebooks.db.tuples import fetch_plain

Key = tuple[str, str, str, str, str]
"""account, party, project, contract, bank"""

KIND = (
    "(CASE v.kind WHEN 'reversal' THEN COALESCE((SELECT o.kind FROM voucher o WHERE o.uid = v.reverses), v.kind) "
    "ELSE v.kind END)"
)
"""The kind by which a voucher `v` counts: a reversal takes back what its voucher was, a transfer or a correction."""

_ADD = text(
    """INSERT INTO balance (year, book, account, party, project, contract, bank, month, debit_fen, credit_fen,
       closing_debit_fen, closing_credit_fen, prior_debit_fen, prior_credit_fen)
    VALUES (:year, :book, :account, :party, :project, :contract, :bank, :month, :debit, :credit,
       :closing_debit, :closing_credit, :prior_debit, :prior_credit)
    ON CONFLICT (year, book, account, party, project, contract, bank, month) DO UPDATE SET
       debit_fen = balance.debit_fen + excluded.debit_fen,
       credit_fen = balance.credit_fen + excluded.credit_fen,
       closing_debit_fen = balance.closing_debit_fen + excluded.closing_debit_fen,
       closing_credit_fen = balance.closing_credit_fen + excluded.closing_credit_fen,
       prior_debit_fen = balance.prior_debit_fen + excluded.prior_debit_fen,
       prior_credit_fen = balance.prior_credit_fen + excluded.prior_credit_fen"""
)
_CARRY = text(
    """INSERT INTO balance (year, book, account, party, project, contract, bank, month, debit_fen)
    SELECT :year, book, account, party, project, contract, bank, 0, SUM(debit_fen - credit_fen)
    FROM balance WHERE year = :year - 1 AND book = :book
    GROUP BY book, account, party, project, contract, bank HAVING SUM(debit_fen - credit_fen) <> 0"""
)


def add_lines(connection: Connection, book: int, year: int, month: int, kind: str, lines: Sequence[Line]) -> None:
    """Add a posted voucher's lines to its month and to the opening of every later year that is kept already, and to the
    sums by account."""
    last = last_year(connection, book)
    for start in range((last or year) + 1, year + 1):
        connection.execute(_CARRY, {"year": start, "book": book})
    sums: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        both = sums[(line.account, line.party, line.project, line.contract, line.bank)]
        both[0] += line.debit_fen
        both[1] += line.credit_fen
    rows = [_row(year, book, key, month, kind, debit, credit) for key, (debit, credit) in sums.items()]
    for later in range(year + 1, (last or year) + 1):
        rows += [_row(later, book, key, 0, OPENING, debit, credit) for key, (debit, credit) in sums.items()]
    connection.execute(_ADD, rows)
    account_balance.add_lines(connection, book, year, month, kind, lines, last)


def _row(year: int, book: int, key: Key, month: int, kind: str, debit: int, credit: int) -> dict[str, object]:
    if month == 0:
        debit, credit = debit - credit, 0
    account, party, project, contract, bank = key
    return {
        "year": year, "book": book, "account": account, "party": party, "project": project, "contract": contract,
        "bank": bank, "month": month, "debit": debit, "credit": credit,
        "closing_debit": debit if kind == CLOSING else 0, "closing_credit": credit if kind == CLOSING else 0,
        "prior_debit": debit if kind == PRIOR_YEAR else 0, "prior_credit": credit if kind == PRIOR_YEAR else 0,
    }  # fmt: skip


# asked of the sums by account, which hold the same years: there a book's rows stand together
_LAST_YEAR = "SELECT MAX(year) FROM account_balance WHERE book = :book"


def last_year(connection: Connection, book: int) -> int | None:
    """The newest year that balances of the book are kept for, None while there is none."""
    value: int | None = fetch_plain(connection, _LAST_YEAR, {"book": book})[0][0]
    return value
