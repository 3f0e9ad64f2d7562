"""Reading the balance table: what trial balance and statements are built of, and where a ledger opens."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, Integer, Text, bindparam, text

from villagebooks.core.ledger import Detail, DimensionDetail, Turnover
from villagebooks.core.period import Month, Span
from villagebooks.db.balance import KIND
from villagebooks.db.tuples import fetch_among, fetch_plain, fetch_tuples

_DETAILS = text(
    """SELECT account, CASE WHEN substr(account, 1, 3) IN :apart THEN party ELSE '' END AS detail,
      SUM(CASE WHEN year = :base AND (month = 0 OR year < :y1 OR (year = :y1 AND month < :m1))
        THEN debit_fen - credit_fen ELSE 0 END),
      SUM(CASE WHEN year * 100 + month BETWEEN :first AND :last AND month > 0 THEN debit_fen ELSE 0 END),
      SUM(CASE WHEN year * 100 + month BETWEEN :first AND :last AND month > 0 THEN credit_fen ELSE 0 END),
      SUM(CASE WHEN year * 100 + month BETWEEN :first AND :last AND month > 0 THEN closing_debit_fen ELSE 0 END),
      SUM(CASE WHEN year * 100 + month BETWEEN :first AND :last AND month > 0 THEN closing_credit_fen ELSE 0 END),
      SUM(CASE WHEN year * 100 + month BETWEEN :first AND :last AND month > 0 THEN prior_debit_fen ELSE 0 END),
      SUM(CASE WHEN year * 100 + month BETWEEN :first AND :last AND month > 0 THEN prior_credit_fen ELSE 0 END)
    FROM balance WHERE year IN :years AND book = :book
    GROUP BY account, detail ORDER BY account, detail"""
).bindparams(bindparam("apart", type_=Text, expanding=True), bindparam("years", type_=Integer, expanding=True))
_MOVED_BEFORE = "SELECT 1 FROM balance WHERE year = :year AND book = :book AND month BETWEEN 1 AND :month LIMIT 1"
_TAKEN_OVER = """SELECT b.id FROM book b WHERE EXISTS (SELECT 1 FROM account_balance s WHERE s.book = b.id
      AND s.year = (CASE b.start_month WHEN 1 THEN b.start_year - 1 ELSE b.start_year END)
      AND s.month BETWEEN 1 AND (CASE b.start_month WHEN 1 THEN 12 ELSE b.start_month - 1 END))
      AND b.id BETWEEN :least AND :most"""
_KEPT = text("SELECT 1 FROM balance WHERE year = :year AND book = :book LIMIT 1")
_NET = """SELECT SUM(debit_fen - credit_fen) FROM balance
    WHERE year = :base AND book = :book AND account IN :accounts AND (:base < :y1 OR month < :m1)"""
_CROSS = """SELECT SUM(l.debit_fen - l.credit_fen) FROM voucher_line l JOIN voucher v ON v.id = l.voucher
    WHERE l.book = :book AND l.account IN ({among}) AND l.day BETWEEN :first AND :last
      AND v.state = 'posted' AND v.month > 0 AND {kind} NOT IN ('closing_transfer', 'prior_year')
      AND EXISTS (SELECT 1 FROM voucher_line o WHERE o.voucher = l.voucher AND o.account IN ({against}))
    """.replace("{kind}", KIND)
_TURNOVERS = """SELECT account, year, month, SUM(debit_fen), SUM(credit_fen) FROM balance
    WHERE year IN :years AND book = :book AND account IN :accounts
      AND year * 100 + month BETWEEN :first AND :last AND month > 0{party}
    GROUP BY account, year, month ORDER BY year, month, account"""
_DIMENSIONS = text(
    """SELECT account, party, project, contract, bank,
      SUM(CASE WHEN year = :base AND (month = 0 OR year < :y1 OR (year = :y1 AND month < :m1))
        THEN debit_fen - credit_fen ELSE 0 END),
      SUM(CASE WHEN year * 100 + month BETWEEN :first AND :last AND month > 0 THEN debit_fen ELSE 0 END),
      SUM(CASE WHEN year * 100 + month BETWEEN :first AND :last AND month > 0 THEN credit_fen ELSE 0 END)
    FROM balance WHERE year IN :years AND book = :book
    GROUP BY account, party, project, contract, bank ORDER BY account, party, project, contract, bank"""
).bindparams(bindparam("years", type_=Integer, expanding=True))
_lists = (bindparam("accounts", type_=Text, expanding=True), bindparam("years", type_=Integer, expanding=True))
_turnovers = text(_TURNOVERS.format(party="")).bindparams(*_lists)
_turnovers_of_party = text(_TURNOVERS.format(party=" AND party = :party")).bindparams(*_lists)
_net = text(_NET).bindparams(bindparam("accounts", type_=Text, expanding=True))
_net_of_party = text(_NET + " AND party = :party").bindparams(bindparam("accounts", type_=Text, expanding=True))


def details(
    connection: Connection, book: int, span: Span, start: Month, apart: Collection[str] = ()
) -> tuple[Detail, ...]:
    """Balances of a book over the span, one for each leaf, by party below the level-1 accounts of `apart`.

    `start` is the first month of reports (`first_month`); a book that begins inside the span opens with its opening.
    Only posted vouchers are in the balance table.
    """
    values = _span_values(connection, book, span, start) | {"apart": list(apart)}
    return tuple(Detail(*row) for row in fetch_tuples(connection, _DETAILS, values))


def dimension_details(connection: Connection, book: int, span: Span, start: Month) -> tuple[DimensionDetail, ...]:
    """Balances of a book over the span, one for each leaf and set of dimensions; `start` as for `details`."""
    rows = fetch_tuples(connection, _DIMENSIONS, _span_values(connection, book, span, start))
    return tuple(
        DimensionDetail(row[0], (row[1], row[2], row[3], row[4]), int(row[5]), int(row[6]), int(row[7])) for row in rows
    )


def turnovers(
    connection: Connection, book: int, accounts: Sequence[str], span: Span, party: str | None = None
) -> list[Turnover]:
    """What leaves moved in every month of the span, of one party or of all; months without movement are left out."""
    first, last = span.first, span.last
    values: dict[str, object] = {
        "book": book, "accounts": list(accounts), "years": list(range(first.year, last.year + 1)),
        "first": first.year * 100 + first.month, "last": last.year * 100 + last.month,
    }  # fmt: skip
    if party is not None:
        rows = connection.execute(_turnovers_of_party, values | {"party": party})
    else:
        rows = connection.execute(_turnovers, values)
    return [Turnover(row[0], Month(row[1], row[2]), int(row[3]), int(row[4])) for row in rows]


def _span_values(connection: Connection, book: int, span: Span, start: Month) -> dict[str, object]:
    first, last = span.first, span.last
    base = 0 if last < start else _base_year(connection, book, max(first, start), start)
    return {
        "book": book, "base": base, "y1": first.year, "m1": first.month,
        "first": first.year * 100 + first.month, "last": last.year * 100 + last.month,
        "years": sorted({base, *range(first.year, last.year + 1)}),
    }  # fmt: skip


def first_month(connection: Connection, book: int, start: Month) -> Month:
    """The month that reports of a book may begin with: its first, or the January whose turnovers it took over.

    A book taken over in mid-year holds the turnovers of that year's months before `start` as one sum.
    """
    before = start.plus(-1)
    values = {"year": before.year, "book": book, "month": before.month}
    return Month(before.year, 1) if fetch_plain(connection, _MOVED_BEFORE, values) else start


def first_months(connection: Connection, starts: Mapping[int, Month]) -> dict[int, Month]:
    """`first_month` of many books by their row ids, given their first months."""
    ends = {"least": min(starts, default=0), "most": max(starts, default=0)}
    taken_over = {row[0] for row in fetch_plain(connection, _TAKEN_OVER, ends)}
    return {book: Month(start.plus(-1).year, 1) if book in taken_over else start for book, start in starts.items()}


def _base_year(connection: Connection, book: int, first: Month, start: Month) -> int:
    """The newest year up to `first` that the table keeps: later years without a voucher have no rows of their own.

    Before the book's first year it is 0, a year without rows.
    """
    if first.year < start.year:
        return 0
    for year in range(first.year, start.year, -1):
        if connection.execute(_KEPT, {"year": year, "book": book}).first():
            return year
    return start.year


def net_before(
    connection: Connection, book: int, accounts: Sequence[str], month: Month, start: Month, party: str | None = None
) -> int:
    """Signed net (debit positive, fen) of leaves before a month, of one party or of all."""
    values: dict[str, object] = {
        "book": book, "accounts": list(accounts), "base": _base_year(connection, book, month, start),
        "y1": month.year, "m1": month.month,
    }  # fmt: skip
    if party is not None:
        return connection.execute(_net_of_party, values | {"party": party}).scalar() or 0
    return connection.execute(_net, values).scalar() or 0


def cross(connection: Connection, book: int, accounts: Sequence[str], against: Sequence[str], span: Span) -> int:
    """Net debit movement (fen) of leaves in vouchers that also have a line on `against`.

    Closing transfers are left out, and corrections of earlier years too: OPEN_C counts those already.
    """
    if not accounts or not against:
        return 0
    named = {f"against{place}": one for place, one in enumerate(against)}
    values = {**named, "book": book, "first": span.first.first_day.isoformat(), "last": span.last.last_day.isoformat()}
    query = _CROSS.replace("{against}", ", ".join(f":{name}" for name in named))
    return int(fetch_among(connection, query, accounts, values)[0][0] or 0)
