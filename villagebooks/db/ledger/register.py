"""Reading the register: posted lines of accounts by day, as ranges of the index (book, account, day, voucher, line)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, Text, bindparam, text

from villagebooks.core.ledger import Move, Movement
from villagebooks.core.period import Span

_REGISTER = """SELECT l.day, v.word, v.number, v.uid, l.summary, l.debit_fen, l.credit_fen, l.party,
      l.account, l.quantity
    FROM voucher_line l JOIN voucher v ON v.id = l.voucher
    WHERE l.book = :book AND l.account IN :accounts AND l.day BETWEEN :first AND :last
      AND v.state = 'posted' AND v.month > 0{party}
    ORDER BY l.day, v.word, v.number, l.line"""
_register = text(_REGISTER.format(party="")).bindparams(bindparam("accounts", type_=Text, expanding=True))
_register_of_party = text(_REGISTER.format(party=" AND l.party = :party")).bindparams(
    bindparam("accounts", type_=Text, expanding=True)
)
_COUNTERS = text(
    """SELECT v.uid, o.account, CASE WHEN o.debit_fen <> 0 THEN 1 ELSE 0 END
    FROM voucher_line l JOIN voucher v ON v.id = l.voucher JOIN voucher_line o ON o.voucher = l.voucher
    WHERE l.book = :book AND l.account IN :accounts AND l.day BETWEEN :first AND :last
      AND v.state = 'posted' AND v.month > 0
    ORDER BY v.id, o.line"""
).bindparams(bindparam("accounts", type_=Text, expanding=True))
_IN = "(CASE WHEN l.debit_fen <> 0 THEN 1 ELSE 0 END) = :gains"
_QUANTITIES = """SELECT SUM(CASE WHEN {comes_in} THEN l.quantity ELSE 0 END),
      SUM(CASE WHEN {comes_in} THEN l.debit_fen + l.credit_fen ELSE 0 END),
      SUM(CASE WHEN {comes_in} THEN 0 ELSE l.quantity END),
      SUM(CASE WHEN {comes_in} THEN 0 ELSE l.debit_fen + l.credit_fen END)
    FROM voucher_line l JOIN voucher v ON v.id = l.voucher
    WHERE l.book = :book AND l.account IN :accounts AND l.day BETWEEN :first AND :last
      AND v.state = 'posted' AND v.month >= :least{party}"""
_MOVES = text(
    """SELECT l.account, l.party, l.day, v.uid, v.reverses, SUM(l.debit_fen - l.credit_fen)
    FROM voucher_line l JOIN voucher v ON v.id = l.voucher
    WHERE l.book = :book AND l.account IN :accounts AND l.day <= :last AND v.state = 'posted'
    GROUP BY l.account, l.party, l.day, v.id, v.uid, v.reverses, v.word, v.number
    ORDER BY l.account, l.day, v.word, v.number"""
).bindparams(bindparam("accounts", type_=Text, expanding=True))
_quantities = text(_QUANTITIES.format(comes_in=_IN, party="")).bindparams(
    bindparam("accounts", type_=Text, expanding=True)
)
_quantities_of_party = text(_QUANTITIES.format(comes_in=_IN, party=" AND l.party = :party")).bindparams(
    bindparam("accounts", type_=Text, expanding=True)
)


def register(
    connection: Connection, book: int, accounts: Sequence[str], span: Span, party: str | None = None
) -> list[Movement]:
    """Posted lines on leaves over the span, by day and voucher number."""
    values: dict[str, object] = {
        "book": book, "accounts": list(accounts), "first": span.first.first_day.isoformat(),
        "last": span.last.last_day.isoformat(),
    }  # fmt: skip
    if party is not None:
        rows = connection.execute(_register_of_party, values | {"party": party}).all()
    else:
        rows = connection.execute(_register, values).all()
    return [Movement(date.fromisoformat(row[0]), f"{row[1]}-{row[2]}", *row[3:]) for row in rows]


def counters(connection: Connection, book: int, accounts: Sequence[str], span: Span) -> list[tuple[str, str, bool]]:
    """(voucher's uid, account, is it a debit) of every line of the vouchers that moved the leaves over the span."""
    values = {
        "book": book, "accounts": list(accounts), "first": span.first.first_day.isoformat(),
        "last": span.last.last_day.isoformat(),
    }  # fmt: skip
    return [(uid, account, bool(debit)) for uid, account, debit in connection.execute(_COUNTERS, values)]


def quantities(
    connection: Connection, book: int, accounts: Sequence[str], days: tuple[date, date], gains: bool,
    least: int = 0, party: str | None = None,
) -> tuple[int, int, int, int]:  # fmt: skip
    """(in, its amount, out, its amount) of posted lines between two days: thousandths, fen.

    `gains`: a debit comes in; `least` 0 takes the opening in, 1 leaves it out. The balance table keeps no quantities;
    accounts that count them have few lines.
    """
    values: dict[str, object] = {
        "book": book, "accounts": list(accounts), "first": days[0].isoformat(), "last": days[1].isoformat(),
        "gains": int(gains), "least": least,
    }  # fmt: skip
    if party is not None:
        row = connection.execute(_quantities_of_party, values | {"party": party}).one()
    else:
        row = connection.execute(_quantities, values).one()
    return int(row[0] or 0), int(row[1] or 0), int(row[2] or 0), int(row[3] or 0)


def moves(connection: Connection, book: int, accounts: Sequence[str], last: date) -> list[Move]:
    """What every posted voucher moved on each leaf × party up to a day, the opening first, by account and day."""
    values = {"book": book, "accounts": list(accounts), "last": last.isoformat()}
    return [
        Move(account, party, date.fromisoformat(day), uid, reverses, int(net))
        for account, party, day, uid, reverses, net in connection.execute(_MOVES, values)
    ]
