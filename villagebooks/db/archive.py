"""Loans of the archive with their volumes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, Select, insert, select, update

from villagebooks.core.archive import Loan, Volume
from villagebooks.db import schema

_loan, _volume = schema.archive_loan.c, schema.archive_volume.c


def add_loan(connection: Connection, one: Loan, books: Sequence[int]) -> None:
    """A new line of the register; `books` are the row ids of the volumes' books."""
    connection.execute(
        insert(schema.archive_loan).values(
            uid=one.uid, borrower=one.borrower, unit=one.unit, purpose=one.purpose, approved_by=one.approved_by,
            out_on=one.out_on.isoformat(), due_on=one.due_on.isoformat(), lent_by=one.lent_by,
        )
    )  # fmt: skip
    rows = [
        {"loan": one.uid, "position": place, "book": book, "kind": volume.kind, "year": volume.year,
         "month": volume.month, "number": volume.number}
        for place, (volume, book) in enumerate(zip(one.volumes, books, strict=True), 1)
    ]  # fmt: skip
    connection.execute(insert(schema.archive_volume), rows)


def return_loan(connection: Connection, one: Loan) -> None:
    """How it came back, once."""
    day = one.returned_on.isoformat() if one.returned_on else ""
    values = {"returned_on": day, "condition": one.condition, "received_by": one.received_by}
    connection.execute(update(schema.archive_loan).where(_loan.uid == one.uid).values(**values))


def loans(connection: Connection) -> list[Loan]:
    """Every loan, the newest first."""
    return _read(connection, select(schema.archive_loan))


def loans_out(connection: Connection) -> list[Loan]:
    """Loans that have not come back."""
    return _read(connection, select(schema.archive_loan).where(_loan.returned_on == ""))


def find_loan(connection: Connection, uid: str) -> Loan | None:
    """One loan, None when there is none."""
    found = _read(connection, select(schema.archive_loan).where(_loan.uid == uid))
    return found[0] if found else None


def _read(connection: Connection, query: Select[tuple[object, ...]]) -> list[Loan]:
    rows = connection.execute(query.order_by(_loan.out_on.desc(), _loan.due_on.desc(), _loan.uid)).all()
    volumes = _volumes(connection, [row.uid for row in rows])
    return [
        Loan(
            row.uid, row.borrower, row.unit, row.purpose, row.approved_by, date.fromisoformat(row.out_on),
            date.fromisoformat(row.due_on), tuple(volumes[row.uid]), row.lent_by,
            date.fromisoformat(row.returned_on) if row.returned_on else None, row.condition, row.received_by,
        )
        for row in rows
    ]  # fmt: skip


def _volumes(connection: Connection, uids: Sequence[str]) -> dict[str, list[Volume]]:
    found: dict[str, list[Volume]] = defaultdict(list)
    for start in range(0, len(uids), 500):
        query = (
            select(_volume.loan, schema.book.c.code, _volume.kind, _volume.year, _volume.month, _volume.number)
            .join(schema.book, schema.book.c.id == _volume.book)
            .where(_volume.loan.in_(uids[start : start + 500]))
            .order_by(_volume.loan, _volume.position)
        )
        for uid, *values in connection.execute(query):
            found[uid].append(Volume(*values))
    return found
