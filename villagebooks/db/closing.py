"""What a closing asks of the books: the month's vouchers, money by day, funds, what is left to transfer, past acts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, Text, bindparam, select, text

from villagebooks.core.approval import APPROVE, ON_PERIOD
from villagebooks.core.closing import DetailBalance, Fund, NumberedVoucher, OpenPaper
from villagebooks.core.paper import ACCEPTED
from villagebooks.core.period import Month
from villagebooks.core.receipt import Receipt
from villagebooks.db import schema

_approval, _body = schema.approval.c, schema.signed_body.c
_VOUCHERS = text(
    """SELECT v.uid, v.word, v.number, v.state, COALESCE(SUM(l.debit_fen - l.credit_fen), 0)
    FROM voucher v LEFT JOIN voucher_line l ON l.voucher = v.id
    WHERE v.book = :book AND v.year = :year AND v.month = :month
    GROUP BY v.id, v.uid, v.word, v.number, v.state ORDER BY v.word, v.number"""
)
_MADE_HERE = text(
    """SELECT DISTINCT v.year, v.month FROM voucher v
    WHERE v.book = :book AND v.month > 0 AND v.year * 100 + v.month < :before AND v.posted_by <> 'import'
      AND v.state <> 'void'
      AND NOT EXISTS (SELECT 1 FROM period p WHERE p.book = v.book AND p.year = v.year AND p.month = v.month
        AND p.state <> 'open')
    ORDER BY v.year, v.month"""
)
_DAYS = text(
    """SELECT l.account, l.day, SUM(l.debit_fen - l.credit_fen)
    FROM voucher_line l JOIN voucher v ON v.id = l.voucher
    WHERE l.book = :book AND l.account IN :accounts AND l.day BETWEEN :first AND :last
      AND v.state = 'posted' AND v.month > 0
    GROUP BY l.account, l.day ORDER BY l.account, l.day"""
).bindparams(bindparam("accounts", type_=Text, expanding=True))
_FUNDS = text(
    """SELECT name, -SUM(carried), SUM(used) FROM (
      SELECT CASE WHEN b.project <> '' THEN b.project WHEN b.party <> '' THEN b.party
          WHEN a.level > 1 THEN COALESCE((SELECT h.name FROM account h WHERE h.book = a.book AND h.split_on <> ''
            AND substr(a.code, 1, length(h.code)) = h.code ORDER BY h.code LIMIT 1), a.name) ELSE '' END AS name,
        CASE WHEN month = 0 THEN debit_fen ELSE 0 END AS carried,
        CASE WHEN month NOT BETWEEN 1 AND :month THEN 0 WHEN b.account IN :works THEN debit_fen - credit_fen
          ELSE debit_fen END AS used
      FROM balance b JOIN account a ON a.book = b.book AND a.code = b.account
      WHERE b.book = :book AND b.year = :year AND b.account IN :both
      UNION ALL SELECT CASE WHEN l.project <> '' THEN l.project WHEN l.party <> '' THEN l.party
          WHEN d.level > 1 THEN d.name ELSE '' END, 0, -l.debit_fen
      FROM account d JOIN voucher v ON v.uid = d.split_by JOIN voucher_line l ON l.voucher = v.id
      WHERE d.book = :book AND v.state = 'posted' AND v.year = :year AND v.month <= :month
        AND l.account IN :both AND l.account NOT IN :works
    ) AS parts GROUP BY name HAVING SUM(carried) < 0 ORDER BY name"""
).bindparams(bindparam("works", type_=Text, expanding=True), bindparam("both", type_=Text, expanding=True))
_LEFT = text(
    """SELECT account, SUM(debit_fen - credit_fen), party, project, contract, bank FROM (
      SELECT account, debit_fen, credit_fen, party, project, contract, bank FROM balance
      WHERE book = :book AND account IN :accounts
        AND year = (SELECT MAX(b.year) FROM balance b WHERE b.book = :book AND b.year <= :year)
      UNION ALL SELECT l.account, l.debit_fen, l.credit_fen, l.party, l.project, l.contract, l.bank
      FROM voucher v JOIN voucher_line l ON l.voucher = v.id
      WHERE v.book = :book AND v.state NOT IN ('posted', 'void') AND v.year <= :year
        AND l.account IN :accounts
    ) AS standing GROUP BY account, party, project, contract, bank HAVING SUM(debit_fen - credit_fen) <> 0
    ORDER BY account, party, project, contract, bank"""
).bindparams(bindparam("accounts", type_=Text, expanding=True))
"""What is posted stands in the balances, carried from year to year; what is on its way there does not."""
_PAPERS = text(
    """SELECT uid, number, words FROM paper
    WHERE book = :book AND day <= :last AND state = :accepted ORDER BY year, number"""
)
_OPEN_RECEIPTS = text(
    """SELECT r.receipt_book, r.number, r.state, r.paper, r.day, r.amount_fen
    FROM receipt r JOIN paper p ON p.uid = r.paper
    WHERE p.book = :book AND r.state = 'used' AND r.day <= :last AND p.state <> 'booked'
    ORDER BY r.receipt_book, r.number"""
)
_PRINT = text(
    """SELECT uid, digest, state FROM voucher
    WHERE book = :book AND year = :year AND month = :month ORDER BY word, number, uid"""
)


def numbered_vouchers(connection: Connection, book: int, month: Month) -> tuple[NumberedVoucher, ...]:
    """Every voucher of the month by word and number, with debit minus credit of its lines."""
    rows = connection.execute(_VOUCHERS, _month(book, month))
    return tuple(NumberedVoucher(*row) for row in rows)


def months_behind(connection: Connection, book: int, month: Month) -> tuple[Month, ...]:
    """Earlier months that are open and hold vouchers made here; imported history came finished."""
    rows = connection.execute(_MADE_HERE, {"book": book, "before": month.year * 100 + month.month})
    return tuple(Month(*row) for row in rows)


def last_posted(connection: Connection, book: int) -> Month | None:
    """The last month with a posted voucher, the opening as the first of its year; None when there is none."""
    table = schema.voucher.c
    query = select(table.year, table.month).where(table.book == book, table.state == "posted")
    row = connection.execute(query.order_by(table.year.desc(), table.month.desc()).limit(1)).first()
    return Month(row.year, row.month or 1) if row else None


def money_days(
    connection: Connection, book: int, accounts: Sequence[str], month: Month
) -> tuple[tuple[str, date, int], ...]:
    """(account, day, net fen) of posted lines on these leaves, day by day."""
    ends = {"first": month.first_day.isoformat(), "last": month.last_day.isoformat()}
    rows = connection.execute(_DAYS, {"book": book, "accounts": list(accounts), **ends})
    return tuple((account, date.fromisoformat(day), net) for account, day, net in rows)


def funds(
    connection: Connection, book: int, fund_accounts: Sequence[str], works: Sequence[str], month: Month
) -> tuple[Fund, ...]:
    """Funds carried from last year without what was spent before, and what this year used of them.

    A fund is known by its project, its party, or the name of its sub-account, of the one that was divided if it was.
    The transfer that divides an account uses nothing up.
    Money spent on works counts when it is spent: the fund itself is only settled when the works are done.
    """
    rows = connection.execute(
        _FUNDS,
        {
            "book": book, "year": month.year, "month": month.month, "works": list(works),
            "both": [*fund_accounts, *works],
        },
    )  # fmt: skip
    return tuple(Fund(*row) for row in rows)


def left_to_transfer(
    connection: Connection, book: int, accounts: Sequence[str], year: int
) -> tuple[DetailBalance, ...]:
    """What the leaves hold at the end of the year by detail, counting every voucher that is not void.

    Drafts count, so that transfers that wait for signatures are not drafted twice.
    """
    rows = connection.execute(_LEFT, {"book": book, "accounts": list(accounts), "year": year})
    return tuple(DetailBalance(*row) for row in rows)


def open_papers(connection: Connection, book: int, month: Month) -> tuple[OpenPaper, ...]:
    """Accepted papers dated up to the month's end that no posted voucher holds."""
    rows = connection.execute(_PAPERS, {"book": book, "last": month.last_day.isoformat(), "accepted": ACCEPTED})
    return tuple(OpenPaper(*row) for row in rows)


def open_receipts(connection: Connection, book: int, month: Month) -> tuple[Receipt, ...]:
    """Receipts used up to the month's end whose paper is not booked."""
    rows = connection.execute(_OPEN_RECEIPTS, {"book": book, "last": month.last_day.isoformat()})
    return tuple(Receipt(*row) for row in rows)


def month_print(connection: Connection, book: int, month: Month) -> tuple[int, str]:
    """How many vouchers the month has, and the hex SHA-256 over their uids, digests and states."""
    running, count = hashlib.sha256(), 0
    for row in connection.execute(_PRINT, _month(book, month)):
        running.update("\x1f".join(row).encode() + b"\n")
        count += 1
    return count, running.hexdigest()


def acts_on_periods(connection: Connection, book: int) -> list[tuple[str, str, tuple[str, ...], bytes, str]]:
    """(uid, time, signers, signed body, its stored digest) of every closing, reopening and lock of a book, in order."""
    query = (
        select(_approval.object_uid, _approval.at, _approval.signer, _body.body, _body.digest)
        .join(schema.signed_body, (_body.object_uid == _approval.object_uid) & (_body.rev == _approval.rev))
        .where(_approval.book == book, _approval.about == ON_PERIOD, _approval.decision == APPROVE)
        .order_by(_approval.id)
    )
    found: dict[str, tuple[str, tuple[str, ...], bytes, str]] = {}
    for row in connection.execute(query):
        signers = found[row.object_uid][1] if row.object_uid in found else ()
        found[row.object_uid] = (row.at, (*signers, row.signer), row.body, row.digest)
    return [(uid, *rest) for uid, rest in found.items()]


def period_key(book: int, month: Month) -> str:
    """The month's row as the journal refers to it."""
    return f"period:{book}/{month.year}/{month.month}"


def _month(book: int, month: Month) -> dict[str, int]:
    return {"book": book, "year": month.year, "month": month.month}
