"""Reading the balance tables for pictures: a year month by month, and what special funds hold, of several books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Integer, Text, bindparam, text

from villagebooks.db.tuples import fetch_tuples

_MONTHS = text(
    """SELECT book, account, month, SUM(debit_fen - credit_fen - closing_debit_fen + closing_credit_fen)
    FROM account_balance
    WHERE book IN :books AND year = :year AND month BETWEEN 1 AND :until AND substr(account, 1, 3) IN :heads
    GROUP BY book, account, month"""
).bindparams(bindparam("books", type_=Integer, expanding=True), bindparam("heads", type_=Text, expanding=True))
_SIDES = text(
    "SELECT book, code, side FROM account WHERE book IN :books AND level = 1 AND substr(code, 1, 1) = '5'"
).bindparams(bindparam("books", type_=Integer, expanding=True))
_NAMES = text(
    "SELECT code, name FROM account WHERE book IN :books AND substr(code, 1, 3) IN :heads ORDER BY code"
).bindparams(bindparam("books", type_=Integer, expanding=True), bindparam("heads", type_=Text, expanding=True))
_FUNDS = text(
    """SELECT b.book, b.account, b.party,
      CASE WHEN b.project <> '' THEN b.project WHEN b.party <> '' THEN COALESCE(p.name, b.party)
        WHEN a.level > 1 THEN a.name ELSE '' END AS fund,
      SUM(CASE WHEN b.year < :year OR b.month = 0 THEN b.debit_fen - b.credit_fen ELSE 0 END),
      SUM(CASE WHEN b.year = :year AND b.month > 0 THEN b.debit_fen ELSE 0 END),
      SUM(CASE WHEN b.year = :year AND b.month > 0 THEN b.credit_fen ELSE 0 END)
    FROM balance b JOIN account a ON a.book = b.book AND a.code = b.account
      LEFT JOIN party p ON p.book = b.book AND p.code = b.party
    WHERE b.book IN :books AND substr(b.account, 1, 3) IN :heads
      AND b.year = (SELECT MAX(k.year) FROM account_balance k WHERE k.book = b.book AND k.year <= :year)
      AND (b.year < :year OR b.month <= :until)
    GROUP BY b.book, b.account, b.party, fund ORDER BY b.book, b.account, b.party, fund"""
).bindparams(bindparam("books", type_=Integer, expanding=True), bindparam("heads", type_=Text, expanding=True))


@dataclass(frozen=True, slots=True)
class MonthNet:
    """What moved a leaf of a book (row id) in a month, debit minus credit, fen; closing transfers left out."""

    book: int
    account: str
    month: int
    net_fen: int


@dataclass(frozen=True, slots=True)
class FundSum:
    """What a leaf holds of a fund: net carried into the year (debit positive), debit and credit in it, fen."""

    book: int
    account: str
    party: str
    name: str
    opening_fen: int
    debit_fen: int
    credit_fen: int


def month_nets(
    connection: Connection, books: Sequence[int], year: int, until: int, heads: Sequence[str]
) -> list[MonthNet]:
    """Movements of January to the month `until` on leaves below the level-1 codes `heads`."""
    values = {"books": list(books), "year": year, "until": until, "heads": list(heads)}
    return [MonthNet(row[0], row[1], row[2], int(row[3])) for row in fetch_tuples(connection, _MONTHS, values)]


def income_sides(connection: Connection, books: Sequence[int]) -> dict[tuple[int, str], str]:
    """The normal side (C income, D expense) of every 损益 level-1 account, by book and code."""
    rows = fetch_tuples(connection, _SIDES, {"books": list(books)})
    return {(book, code): side for book, code, side in rows}


def names_below(connection: Connection, books: Sequence[int], heads: Sequence[str]) -> dict[str, str]:
    """Names of accounts by code; of several books one of the names."""
    return dict(fetch_tuples(connection, _NAMES, {"books": list(books), "heads": list(heads)}))


def fund_sums(
    connection: Connection, books: Sequence[int], year: int, until: int, heads: Sequence[str]
) -> list[FundSum]:
    """What leaves below `heads` hold by fund: known by its project, its party, or the name of its sub-account.

    Of a book in which nothing was posted in the year, all that stood at the end of the newest year before is carried.
    """
    values = {"books": list(books), "year": year, "until": until, "heads": list(heads)}
    rows = fetch_tuples(connection, _FUNDS, values)
    return [FundSum(row[0], row[1], row[2], row[3], int(row[4]), int(row[5]), int(row[6])) for row in rows]
