"""The register of bank accounts; numbers lie sealed in it and are found again by a keyed index only."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from villagebooks.core.account import RegisteredBank
from villagebooks.db import schema

_bank = schema.bank_account.c


def bank_accounts(connection: Connection, book: int) -> list[RegisteredBank]:
    """The book's bank accounts by label, those in use first."""
    query = select(schema.bank_account).where(_bank.book == book).order_by(_bank.closed_on, _bank.label)
    return [
        RegisteredBank(row.label, row.bank, row.account, row.closed_on, row.uid, row.number_sealed is not None)
        for row in connection.execute(query)
    ]


def add_bank_account(
    connection: Connection, book: int, one: RegisteredBank, sealed: bytes | None, index: bytes | None
) -> None:
    """A new bank account with its sealed number."""
    connection.execute(
        insert(schema.bank_account).values(
            uid=one.uid, book=book, label=one.label, bank=one.bank, account=one.account, closed_on=one.closed_on,
            number_sealed=sealed, number_index=index,
        )
    )  # fmt: skip


def set_bank_account(connection: Connection, one: RegisteredBank) -> None:
    """Write bank, account and the day it was closed; the label stays, because vouchers name it."""
    values = {"bank": one.bank, "account": one.account, "closed_on": one.closed_on}
    connection.execute(update(schema.bank_account).where(_bank.uid == one.uid).values(**values))


def set_number(connection: Connection, uid: str, sealed: bytes, index: bytes) -> None:
    """Write the sealed number."""
    connection.execute(
        update(schema.bank_account).where(_bank.uid == uid).values(number_sealed=sealed, number_index=index)
    )  # fmt: skip


def sealed_number(connection: Connection, uid: str) -> bytes | None:
    """The number as it lies in the database."""
    sealed: bytes | None = connection.execute(select(_bank.number_sealed).where(_bank.uid == uid)).scalar()
    return sealed


def holder_of(connection: Connection, book: int, index: bytes) -> str:
    """Label of the book's bank account with this number, empty when there is none."""
    query = select(_bank.label).where(_bank.book == book, _bank.number_index == index)
    return connection.execute(query).scalar() or ""
