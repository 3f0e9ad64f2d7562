"""The balance table summed over parties and other dimensions: what screens read, so that they cost what they show.

Rows are (book, year, account, month). Months 1–12 carry the movements as `balance` does. Month 0 carries the opening
net on the debit column and, in `before_*`, the turnover of all earlier years, so that any span is a difference of two
standings. `side_fen` is what the lowest details (leaf × party) in debit hold together: in month 0 as it stands, in
months 1–12 by how much it changed; what those in credit hold is that less the net.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, Integer, TextClause, bindparam, text

from villagebooks.core.voucher import CLOSING, PRIOR_YEAR, Line
from villagebooks.db.tuples import fetch_plain

_KEY = ("book", "year", "account", "month")
_FIGURES = (
    "debit_fen", "credit_fen", "closing_debit_fen", "closing_credit_fen", "prior_debit_fen", "prior_credit_fen",
    "before_debit_fen", "before_credit_fen", "side_fen",
)  # fmt: skip
_SHOULD = """SELECT book, year, account, month, {sums} FROM (
  SELECT book, year, account, month, debit_fen, credit_fen, closing_debit_fen, closing_credit_fen, prior_debit_fen,
    prior_credit_fen, 0 AS before_debit_fen, 0 AS before_credit_fen,
    (CASE WHEN net > 0 THEN net ELSE 0 END) - (CASE WHEN net > moved THEN net - moved ELSE 0 END) AS side_fen
  FROM (
    SELECT year, book, account, party, month, SUM(debit_fen) AS debit_fen, SUM(credit_fen) AS credit_fen,
      SUM(closing_debit_fen) AS closing_debit_fen, SUM(closing_credit_fen) AS closing_credit_fen,
      SUM(prior_debit_fen) AS prior_debit_fen, SUM(prior_credit_fen) AS prior_credit_fen,
      SUM(debit_fen - credit_fen) AS moved,
      SUM(SUM(debit_fen - credit_fen)) OVER (PARTITION BY year, book, account, party ORDER BY month) AS net
    FROM balance WHERE {years} GROUP BY year, book, account, party, month
  ) AS detail
  UNION ALL
  SELECT kept.book, kept.year, moved.account, 0, 0, 0, 0, 0, 0, 0, moved.debit_fen, moved.credit_fen, 0
  FROM (SELECT DISTINCT year, book FROM balance WHERE {years}) AS kept
  JOIN (
    SELECT year, book, account, SUM(debit_fen) AS debit_fen, SUM(credit_fen) AS credit_fen
    FROM balance WHERE month > 0 AND {all_years} GROUP BY year, book, account
  ) AS moved ON moved.book = kept.book AND moved.year < kept.year
) AS both_parts GROUP BY book, year, account, month"""
_PARTS = {
    "{key}": ", ".join(_KEY),
    "{figures}": ", ".join(_FIGURES),
    "{values}": ", ".join(f":{name}" for name in _KEY + _FIGURES),
    "{added}": ", ".join(f"{name} = account_balance.{name} + excluded.{name}" for name in _FIGURES),
    "{sums}": ", ".join(f"SUM({name}) AS {name}" for name in _FIGURES),
}


def _statement(template: str, years: str = "1 = 1", all_years: str = "1 = 1") -> TextClause:
    sql = template.replace("{should}", _SHOULD)
    for name, words in {**_PARTS, "{years}": years, "{all_years}": all_years}.items():
        sql = sql.replace(name, words)
    return text(sql)


_FILL = _statement(
    "INSERT INTO account_balance ({key}, {figures}) {should}",
    "year IN :years AND book = :book",
    "year IN :all_years AND book = :book",
).bindparams(bindparam("years", type_=Integer, expanding=True), bindparam("all_years", type_=Integer, expanding=True))
_YEARS = text(
    """WITH RECURSIVE known (year) AS (
      SELECT MIN(year) FROM balance
      UNION ALL SELECT (SELECT MIN(b.year) FROM balance b WHERE b.year > known.year) FROM known WHERE year IS NOT NULL
    ) SELECT year FROM known WHERE EXISTS (SELECT 1 FROM balance b WHERE b.year = known.year AND b.book = :book)"""
)
"""Years that a book is kept in: one look into the index for each, where DISTINCT would read every row."""
_ADD = _statement(
    """INSERT INTO account_balance ({key}, {figures}) VALUES ({values})
    ON CONFLICT (book, year, account, month) DO UPDATE SET {added}"""
)
_NETS = """SELECT month, SUM(debit_fen - credit_fen) FROM balance
    WHERE year = :year AND book = :book AND account = :account AND party = :party GROUP BY month ORDER BY month"""


def years(connection: Connection, book: int) -> list[int]:
    """Years that the balance table keeps of a book, in order."""
    return [int(row[0]) for row in connection.execute(_YEARS, {"book": book}).all()]


def fill(connection: Connection, book: int, first: int = 0) -> None:
    """Sum up the years of a book from `first`, which must not have been summed up before, from its balance table."""
    kept = years(connection, book)
    connection.execute(_FILL, {"book": book, "years": [year for year in kept if year >= first], "all_years": kept})


def add_lines(
    connection: Connection, book: int, year: int, month: int, kind: str, lines: Iterable[Line], last: int | None
) -> None:
    """Add a posted voucher's lines, which the balances have already; `last` was the newest year before them."""
    rows: dict[tuple[int, str, int], dict[str, int]] = defaultdict(lambda: dict.fromkeys(_FIGURES, 0))
    for (account, party), (debit, credit) in _details(lines).items():
        _move(rows[year, account, month], month, kind, debit, credit)
        for later in range(year + 1, (last or 0) + 1):
            row = rows[later, account, 0]
            row["debit_fen"] += debit - credit
            if month:
                row["before_debit_fen"] += debit
                row["before_credit_fen"] += credit
        for one in range(year, (last or 0) + 1):
            values = {"year": one, "book": book, "account": account, "party": party}
            nets = [(row[0], int(row[1])) for row in fetch_plain(connection, _NETS, values)]
            for place, change in _side_changes(nets, month if one == year else 0, debit - credit):
                rows[one, account, place]["side_fen"] += change
    known = [
        {"book": book, "year": key[0], "account": key[1], "month": key[2], **figures}
        for key, figures in rows.items()
        if last is not None and key[0] <= last
    ]
    if known:
        connection.execute(_ADD, known)
    if last is None or year > last:
        fill(connection, book, (last or 0) + 1)


def _details(lines: Iterable[Line]) -> dict[tuple[str, str], list[int]]:
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        both = sums[line.account, line.party]
        both[0] += line.debit_fen
        both[1] += line.credit_fen
    return sums


def _move(row: dict[str, int], month: int, kind: str, debit: int, credit: int) -> None:
    if month == 0:
        debit, credit = debit - credit, 0
    row["debit_fen"] += debit
    row["credit_fen"] += credit
    part = {CLOSING: "closing", PRIOR_YEAR: "prior"}.get(kind)
    if part:
        row[f"{part}_debit_fen"] += debit
        row[f"{part}_credit_fen"] += credit


def _side_changes(nets: Iterable[tuple[int, int]], month: int, fen: int) -> Iterator[tuple[int, int]]:
    """(month, by how much more its details in debit change) after `fen` came to one detail in `month`.

    `nets` are what moved in each month of the year, `fen` among it.
    """
    after = before = 0
    for place, moved in nets:
        was_after, was_before = after, before
        after += moved
        before += moved - (fen if place == month else 0)
        change = (max(after, 0) - max(was_after, 0)) - (max(before, 0) - max(was_before, 0))
        if change:
            yield place, change
