"""Bulk writing of imported history: tuples through the driver, guards in force, balances summed by the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, insert, select, text, update

from villagebooks.core.period import Month
from villagebooks.core.voucher import APPROVED, DRAFT, OPENING, POSTED, VOID, Voucher
from villagebooks.db import schema, server
from villagebooks.db.balance import KIND
from villagebooks.db.voucher import vouchers_where

IMPORT = "import"
"""Who posted what an import brought in."""

_VOUCHER = (
    "INSERT INTO voucher (id, uid, book, year, month, word, number, day, kind, state, rev, attachment_count, reverses, "
    "prepared_by, posted_by, posted_at, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)"
)
_LINE = (
    "INSERT INTO voucher_line (voucher, line, book, day, account, summary, debit_fen, credit_fen, party, project, "
    "contract, bank, quantity) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_MOVED = text(
    """INSERT INTO balance (year, book, account, party, project, contract, bank, month, debit_fen, credit_fen,
      closing_debit_fen, closing_credit_fen, prior_debit_fen, prior_credit_fen)
    SELECT v.year, v.book, l.account, l.party, l.project, l.contract, l.bank, v.month,
      SUM(CASE WHEN v.month = 0 THEN l.debit_fen - l.credit_fen ELSE l.debit_fen END),
      SUM(CASE WHEN v.month = 0 THEN 0 ELSE l.credit_fen END),
      SUM(CASE WHEN {kind} = 'closing_transfer' THEN l.debit_fen ELSE 0 END),
      SUM(CASE WHEN {kind} = 'closing_transfer' THEN l.credit_fen ELSE 0 END),
      SUM(CASE WHEN {kind} = 'prior_year' THEN l.debit_fen ELSE 0 END),
      SUM(CASE WHEN {kind} = 'prior_year' THEN l.credit_fen ELSE 0 END)
    FROM voucher v JOIN voucher_line l ON l.voucher = v.id
    WHERE v.book = :book AND v.id BETWEEN :first AND :last AND v.state = 'posted'
    GROUP BY v.year, v.book, l.account, l.party, l.project, l.contract, l.bank, v.month""".replace("{kind}", KIND)
)
_CARRY = text(
    """INSERT INTO balance (year, book, account, party, project, contract, bank, month, debit_fen)
    SELECT :year, book, account, party, project, contract, bank, 0, SUM(debit_fen - credit_fen)
    FROM balance WHERE year = :year - 1 AND book = :book
    GROUP BY book, account, party, project, contract, bank HAVING SUM(debit_fen - credit_fen) <> 0"""
)


def last_voucher_id(connection: Connection) -> int:
    """The largest row id given to a voucher so far."""
    return connection.execute(text("SELECT MAX(id) FROM voucher")).scalar() or 0


def has_vouchers(connection: Connection, book: int) -> bool:
    """Whether the book holds any voucher."""
    query = select(schema.voucher.c.id).where(schema.voucher.c.book == book).limit(1)
    return connection.execute(query).first() is not None


def insert_vouchers(connection: Connection, batch: Sequence[tuple[int, int, str, Voucher]], at: str) -> None:
    """Write vouchers as (row id, book row id, digest, voucher), ids rising without gap, and set them posted or void."""
    heads: list[tuple[object, ...]] = []
    lines: list[tuple[object, ...]] = []
    for row_id, book, digest, one in batch:
        day = one.day.isoformat()
        posted = one.state == POSTED
        heads.append(
            (row_id, one.uid, book, one.month.year, 0 if one.kind == OPENING else one.month.month, one.word, one.number,
             day, one.kind, APPROVED if posted else DRAFT, one.attachment_count, one.reverses, one.prepared_by,
             IMPORT if posted else "", at if posted else "", digest)
        )  # fmt: skip
        lines += [
            (row_id, number, book, day, line.account, line.summary, line.debit_fen, line.credit_fen, line.party,
             line.project, line.contract, line.bank, line.quantity_milli)
            for number, line in enumerate(one.lines, 1)
        ]  # fmt: skip
    connection.exec_driver_sql(server.driver_sql(connection, _VOUCHER), heads)
    connection.exec_driver_sql(server.driver_sql(connection, _LINE), lines)
    server.restart_counts(connection, [schema.voucher])
    ends = {"first": batch[0][0], "last": batch[-1][0]}
    for state, then in ((APPROVED, POSTED), (DRAFT, VOID)):
        query = text("UPDATE voucher SET state = :then WHERE id BETWEEN :first AND :last AND state = :state")
        connection.execute(query, ends | {"state": state, "then": then})


def sum_balances(connection: Connection, book: int, first: int, last: int, until: int) -> None:
    """Balances of an empty book from its imported vouchers, then the opening of every year up to the newest.

    `until` is a year whose opening is wanted though nothing may have moved in it yet.
    """
    connection.execute(_MOVED, {"book": book, "first": first, "last": last})
    query = text("SELECT MIN(year), MAX(year) FROM balance WHERE book = :book")
    start, end = connection.execute(query, {"book": book}).one()
    if start is None:
        return
    for year in range(start + 1, max(end, until) + 1):
        connection.execute(_CARRY, {"year": year, "book": book})


def set_start(connection: Connection, book: int, start: Month) -> None:
    """The book's first month, known when its vouchers are read."""
    connection.execute(
        update(schema.book)
        .where(schema.book.c.id == book)
        .values(start_year=start.year, start_month=start.month)
    )  # fmt: skip


def known_files(connection: Connection) -> dict[str, str]:
    """When a file was imported, by the SHA-256 of its bytes."""
    rows = connection.execute(select(schema.imported_file.c.sha256, schema.imported_file.c.at))
    return {row.sha256: row.at for row in rows}


def add_files(connection: Connection, files: Iterable[tuple[str, str]], at: str) -> None:
    """Remember imported files as (sha256, name)."""
    rows = [{"sha256": sha256, "name": name, "at": at} for sha256, name in files]
    if rows:
        connection.execute(insert(schema.imported_file), rows)


def has_quantities(connection: Connection, book: int) -> bool:
    """Whether a line of the book that leaves in lines.csv tells a quantity."""
    line, voucher = schema.voucher_line.c, schema.voucher.c
    joined = schema.voucher_line.join(schema.voucher, voucher.id == line.voucher)
    query = select(line.line).select_from(joined).where(line.book == book, line.quantity != 0)
    return connection.execute(query.where(voucher.state.in_((POSTED, VOID))).limit(1)).first() is not None


def posted_vouchers(connection: Connection, book: int) -> list[Voucher]:
    """Every posted voucher of a book by month, word and number."""
    return vouchers_where(connection, schema.voucher.c.book == book, schema.voucher.c.state == POSTED)


def all_vouchers(connection: Connection, book: int) -> list[Voucher]:
    """Every voucher of a book in whatever state, by month, word and number."""
    return vouchers_where(connection, schema.voucher.c.book == book)
