"""Reading the register: posted lines of accounts by day, as ranges of the index (book, account, day, voucher, line)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, Text, bindparam, text

from villagebooks.core.ledger import Movement
from villagebooks.core.period import Span

_REGISTER = """SELECT l.day, v.word, v.number, v.uid, l.summary, l.debit_fen, l.credit_fen, l.party
    FROM voucher_line l JOIN voucher v ON v.id = l.voucher
    WHERE l.book = :book AND l.account IN :accounts AND l.day BETWEEN :first AND :last
      AND v.state = 'posted' AND v.month > 0{party}
    ORDER BY l.day, v.word, v.number, l.line"""
_register = text(_REGISTER.format(party="")).bindparams(bindparam("accounts", type_=Text, expanding=True))
_register_of_party = text(_REGISTER.format(party=" AND l.party = :party")).bindparams(
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
        rows = connection.execute(_register_of_party, values | {"party": party})
    else:
        rows = connection.execute(_register, values)
    return [Movement(date.fromisoformat(row[0]), f"{row[1]}-{row[2]}", *row[3:]) for row in rows]
