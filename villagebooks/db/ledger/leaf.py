"""Reading the sums of leaves over their parties (`account_balance`): cheap whatever history and parties a book has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Integer, Row, Text, TextClause, bindparam, text

from villagebooks.core.ledger import Detail
from villagebooks.core.period import Month, Span

_ENDS = """SELECT b.id,
    (SELECT MAX(s.year) FROM account_balance s WHERE s.book = b.id AND s.year <= :first),
    (SELECT MAX(s.year) FROM account_balance s WHERE s.book = b.id AND s.year <= :last),
    (SELECT MIN(s.year) FROM account_balance s WHERE s.book = b.id)
  FROM book b WHERE b.id IN :books"""
_IN_A_YEAR = """SELECT book, account, '' AS party,
    SUM(CASE WHEN month < :since THEN debit_fen - credit_fen ELSE 0 END),
    SUM(CASE WHEN month < :since THEN 0 ELSE debit_fen END),
    SUM(CASE WHEN month < :since THEN 0 ELSE credit_fen END),{kinds}
    SUM(CASE WHEN month < :since THEN side_fen ELSE 0 END), SUM(side_fen)
  FROM account_balance WHERE book IN :books AND year = :newest AND month <= :until GROUP BY book, account"""
_NO_KINDS = " 0, 0, 0, 0,"
_KINDS = ",".join(
    f" SUM(CASE WHEN month < :since THEN 0 ELSE {name} END)"
    for name in ("closing_debit_fen", "closing_credit_fen", "prior_debit_fen", "prior_credit_fen")
)
_OVER_YEARS = """SELECT book, account, '' AS party, SUM(opening), SUM(debit), SUM(credit), 0, 0, 0, 0,
    SUM(opening_side), SUM(closing_side) FROM (
    SELECT book, account, debit_fen - credit_fen AS opening,
      CASE WHEN month = 0 THEN -before_debit_fen ELSE -debit_fen END AS debit,
      CASE WHEN month = 0 THEN -before_credit_fen ELSE -credit_fen END AS credit,
      side_fen AS opening_side, 0 AS closing_side
    FROM account_balance WHERE book IN :books AND year = :base AND month < :since
    UNION ALL
    SELECT book, account, 0, CASE WHEN month = 0 THEN before_debit_fen ELSE debit_fen END,
      CASE WHEN month = 0 THEN before_credit_fen ELSE credit_fen END, 0, side_fen
    FROM account_balance WHERE book IN :books AND year = :newest AND month <= :until
  ) AS standing GROUP BY book, account"""


@dataclass(frozen=True, slots=True)
class _Query:
    """A query for one book, and the same for several: a list of books costs more than the rows of one."""

    one: TextClause
    several: TextClause

    def read(self, connection: Connection, books: Sequence[int], values: Mapping[str, int]) -> Sequence[Row[Any]]:
        if len(books) == 1:
            return connection.execute(self.one, {**values, "book": books[0]}).all()
        return connection.execute(self.several, {**values, "books": list(books)}).all()


def _query(sql: str) -> _Query:
    several = text(sql).bindparams(bindparam("books", type_=Integer, expanding=True))
    return _Query(text(sql.replace("IN :books", "= :book")), several)


_ends_of, _over_years = _query(_ENDS), _query(_OVER_YEARS)
_in_a_year = _query(_IN_A_YEAR.replace("{kinds}", _NO_KINDS))
_by_kind = _query(_IN_A_YEAR.replace("{kinds}", _KINDS + ","))
_NET = text(
    """SELECT SUM(debit_fen - credit_fen) FROM account_balance
    WHERE book = :book AND year = (SELECT MAX(year) FROM account_balance WHERE book = :book AND year <= :year)
      AND account IN :accounts AND (year < :year OR month < :month)"""
).bindparams(bindparam("accounts", type_=Text, expanding=True))


def leaf_details(connection: Connection, book: int, span: Span, start: Month) -> tuple[Detail, ...]:
    """Balances of a book over a span inside one year, one for each leaf, with what transfers and corrections moved.

    `start` is the first month of reports (`first_month`); a book that begins inside the span opens with its opening.
    """
    if span.first.year != span.last.year:
        raise ValueError(f"{span} is not inside one year")
    return tuple(_read(connection, {book: start}, span, _by_kind).get(book, ()))


def leaf_sums(connection: Connection, starts: Mapping[int, Month], span: Span) -> Mapping[int, Sequence[Detail]]:
    """Balances over any span for each leaf of several books, by their row ids with their first months of reports.

    What closing transfers and corrections of earlier years moved is not told apart.
    """
    return _read(connection, starts, span, _in_a_year)


def leaf_net(connection: Connection, book: int, accounts: Sequence[str], month: Month) -> int:
    """Signed net (debit positive, fen) of leaves before a month."""
    values = {"book": book, "year": month.year, "month": month.month, "accounts": list(accounts)}
    return int(connection.execute(_NET, values).scalar() or 0)


def _read(
    connection: Connection, starts: Mapping[int, Month], span: Span, in_a_year: _Query
) -> dict[int, list[Detail]]:
    begun = [book for book, start in starts.items() if start <= span.last]
    found: dict[int, list[Detail]] = defaultdict(list)
    for (base, since, newest, until), books in _ends(connection, begun, span).items():
        values = {"since": since, "newest": newest, "until": until}
        if base == newest:
            rows = in_a_year.read(connection, books, values)
        else:
            rows = _over_years.read(connection, books, values | {"base": base})
        for row in rows:
            figures: tuple[Any, ...] = row[1:]
            found[row[0]].append(Detail(*figures))
    return found


def _ends(connection: Connection, books: Sequence[int], span: Span) -> dict[tuple[int, int, int, int], list[int]]:
    """Books by (year of the opening, month it ends before, year of the closing, its last month).

    Years without a voucher are not kept: what stood at the end of the newest year before them stands in them.
    """
    first, last = span.first, span.last
    ends: dict[tuple[int, int, int, int], list[int]] = defaultdict(list)
    found = _ends_of.read(connection, books, {"first": first.year, "last": last.year}) if books else ()
    for book, base, newest, oldest in map(tuple, found):
        if newest is not None:
            since = 1 if base is None else first.month if base == first.year else 13
            until = last.month if newest == last.year else 12
            ends[oldest if base is None else base, since, newest, until].append(book)
    return ends
