"""The trial balance added up by itself, for the statements to be held against."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Text, bindparam, text

from villagebooks.core.account import CURRENT
from villagebooks.core.period import Month

_TOTALS = text(
    """SELECT COALESCE(SUM(CASE WHEN code = :current THEN (CASE WHEN net > 0 THEN net ELSE 0 END)
        WHEN code IN :left THEN net ELSE 0 END), 0),
      COALESCE(SUM(CASE WHEN code = :current THEN (CASE WHEN net < 0 THEN -net ELSE 0 END)
        WHEN code IN :left THEN 0 ELSE -net END), 0)
    FROM (SELECT substr(account, 1, 3) AS code, SUM(debit_fen - credit_fen) AS net
      FROM balance WHERE book = :book AND year = :year AND month <= :month
      GROUP BY substr(account, 1, 3), account, CASE WHEN substr(account, 1, 3) = :current THEN party ELSE '' END)
      AS nets"""
).bindparams(bindparam("left", type_=Text, expanding=True))
_PROFIT = text(
    """SELECT COALESCE(SUM(credit_fen - debit_fen - closing_credit_fen + closing_debit_fen), 0) FROM balance
    WHERE book = :book AND year = :year AND month BETWEEN 1 AND :month AND substr(account, 1, 3) IN :codes"""
).bindparams(bindparam("codes", type_=Text, expanding=True))
_LEFT_OVER = text(
    """SELECT COALESCE(SUM(credit_fen - debit_fen), 0) FROM balance WHERE book = :book AND year = :year AND month = 0
    AND (substr(account, 1, 1) = '5' OR substr(account, 1, 3) = '321')"""
)
_LAST = text("SELECT year, MAX(month) FROM account_balance WHERE book = :book GROUP BY year ORDER BY year DESC LIMIT 1")


def last_kept_month(connection: Connection, book: int) -> Month | None:
    """The last month of the balance table, January where it holds no more than an opening; None when it is empty."""
    row = connection.execute(_LAST, {"book": book}).first()
    return Month(row[0], row[1] or 1) if row else None


def sheet_totals(connection: Connection, book: int, month: Month, left: Sequence[str]) -> tuple[int, int]:
    """(assets, liabilities with equity) of the trial balance in fen: the level-1 accounts of `left` on the one side,
    all others on the other, and of 内部往来 each detail on the side where it stands."""
    values = {"book": book, "year": month.year, "month": month.month, "current": CURRENT, "left": list(left)}
    row = connection.execute(_TOTALS, values).one()
    return row[0], row[1]


def profit(connection: Connection, book: int, month: Month, codes: Sequence[str]) -> int:
    """Income less expense of the year up to the month in fen, without closing transfers."""
    values = {"book": book, "year": month.year, "month": month.month, "codes": list(codes)}
    return connection.execute(_PROFIT, values).scalar_one()  # type: ignore[no-any-return]  # a sum of integers


def not_transferred(connection: Connection, book: int, year: int) -> int:
    """Profit of earlier years in fen that still stood on 5xx and 321 when the year began."""
    fen: int = connection.execute(_LEFT_OVER, {"book": book, "year": year}).scalar_one()
    return fen
