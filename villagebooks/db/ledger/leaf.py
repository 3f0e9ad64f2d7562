"""Reading the sums of leaves over their parties (`account_balance`): cheap whatever history and parties a book has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Integer, Text, TextClause, bindparam, text

from villagebooks.core.ledger import Detail
from villagebooks.core.period import Month, Span
from villagebooks.db.tuples import fetch_plain, fetch_tuples

_ENDS = """SELECT b.id,
    (SELECT MAX(s.year) FROM account_balance s WHERE s.book = b.id AND s.year <= :first),
    (SELECT MAX(s.year) FROM account_balance s WHERE s.book = b.id AND s.year <= :last),
    (SELECT MIN(s.year) FROM account_balance s WHERE s.book = b.id)
  FROM book b WHERE b.id IN :books"""
_IN_A_YEAR = """SELECT book, account, '' AS party,
    SUM(CASE WHEN {before} THEN debit_fen - credit_fen ELSE 0 END),
    SUM(CASE WHEN {before} THEN 0 ELSE debit_fen END),
    SUM(CASE WHEN {before} THEN 0 ELSE credit_fen END),{kinds}
    SUM(CASE WHEN {before} THEN side_fen ELSE 0 END), SUM(side_fen)
  FROM account_balance WHERE {rows} GROUP BY book, account"""
_NO_KINDS = " 0, 0, 0, 0,"
_KINDS = "".join(
    f" SUM(CASE WHEN {{before}} THEN 0 ELSE {name} END),"
    for name in ("closing_debit_fen", "closing_credit_fen", "prior_debit_fen", "prior_credit_fen")
)
_OF_ONE = {
    "before": "year < :year OR month < :since",
    "rows": "book = :book AND year = (SELECT MAX(k.year) FROM account_balance k WHERE k.book = :book "
    "AND k.year <= :year) AND account >= :low AND account < :high AND (year < :year OR month <= :until)",
}
"""A book in one year: when nothing was posted in it yet, all that the newest year before it holds is its opening."""
EVERY = ("", "~")
"""Codes of accounts are digits."""
_OF_SEVERAL = {"before": "month < :since", "rows": "book IN :books AND year = :newest AND month <= :until"}
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


def _of_books(sql: str) -> TextClause:
    return text(sql).bindparams(bindparam("books", type_=Integer, expanding=True))


def _in_a_year(kinds: str, words: Mapping[str, str]) -> str:
    sql = _IN_A_YEAR.replace("{kinds}", kinds)
    for name, word in words.items():
        sql = sql.replace(f"{{{name}}}", word)
    return sql


_ends_of, _over_years = _of_books(_ENDS), _of_books(_OVER_YEARS)
_several = _of_books(_in_a_year(_NO_KINDS, _OF_SEVERAL))
_one, _one_by_kind = _in_a_year(_NO_KINDS, _OF_ONE), _in_a_year(_KINDS, _OF_ONE)
_NET = text(
    """SELECT SUM(debit_fen - credit_fen) FROM account_balance
    WHERE book = :book AND year = (SELECT MAX(year) FROM account_balance WHERE book = :book AND year <= :year)
      AND account IN :accounts AND (year < :year OR month < :month)"""
).bindparams(bindparam("accounts", type_=Text, expanding=True))


def leaf_details(
    connection: Connection, book: int, span: Span, start: Month, within: tuple[str, str] = EVERY
) -> tuple[Detail, ...]:
    """Balances of a book over a span inside one year, one for each leaf, with what transfers and corrections moved.

    `start` is the first month of reports (`first_month`); a book that begins inside the span opens with its opening.
    `within`: only accounts from a code on and before another.
    """
    if span.first.year != span.last.year:
        raise ValueError(f"{span} is not inside one year")
    return tuple(_in_one_year(connection, _one_by_kind, book, span, within)) if start <= span.last else ()


def leaf_sums(connection: Connection, starts: Mapping[int, Month], span: Span) -> Mapping[int, Sequence[Detail]]:
    """Balances over any span for each leaf of several books, by their row ids with their first months of reports.

    What closing transfers and corrections of earlier years moved is not told apart.
    """
    begun = [book for book, start in starts.items() if start <= span.last]
    if len(begun) == 1 and span.first.year == span.last.year:
        return {begun[0]: _in_one_year(connection, _one, begun[0], span)}
    found: dict[int, list[Detail]] = defaultdict(list)
    for (base, since, newest, until), books in _ends(connection, begun, span).items():
        values = {"books": books, "since": since, "newest": newest, "until": until}
        if base == newest:
            rows = fetch_tuples(connection, _several, values)
        else:
            rows = fetch_tuples(connection, _over_years, values | {"base": base})
        for row in rows:
            found[row[0]].append(Detail(*row[1:]))
    return found


def _in_one_year(
    connection: Connection, query: str, book: int, span: Span, within: tuple[str, str] = EVERY
) -> list[Detail]:
    values = {
        "book": book, "year": span.last.year, "since": span.first.month, "until": span.last.month, "low": within[0],
        "high": within[1],
    }  # fmt: skip
    return [Detail(*row[1:]) for row in fetch_plain(connection, query, values)]


def leaf_net(connection: Connection, book: int, accounts: Sequence[str], month: Month) -> int:
    """Signed net (debit positive, fen) of leaves before a month."""
    values = {"book": book, "year": month.year, "month": month.month, "accounts": list(accounts)}
    return int(connection.execute(_NET, values).scalar() or 0)


def _ends(connection: Connection, books: Sequence[int], span: Span) -> dict[tuple[int, int, int, int], list[int]]:
    """Books by (year of the opening, month it ends before, year of the closing, its last month).

    Years without a voucher are not kept: what stood at the end of the newest year before them stands in them.
    """
    first, last = span.first, span.last
    ends: dict[tuple[int, int, int, int], list[int]] = defaultdict(list)
    values = {"first": first.year, "last": last.year, "books": list(books)}
    for book, base, newest, oldest in fetch_tuples(connection, _ends_of, values) if books else ():
        if newest is not None:
            since = 1 if base is None else first.month if base == first.year else 13
            until = last.month if newest == last.year else 12
            ends[oldest if base is None else base, since, newest, until].append(book)
    return ends
