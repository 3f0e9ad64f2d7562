"""What was undone after somebody had signed it: rows of vouchers, papers, reconciliations."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, String, and_, cast, exists, func, literal, select

from villagebooks.core.approval import APPROVE, ON_PAPER, ON_RECONCILIATION, VOID, WITHDRAW
from villagebooks.core.correction import VOIDED
from villagebooks.core.voucher import REVERSAL
from villagebooks.core.voucher import VOID as VOID_STATE
from villagebooks.db import schema
from villagebooks.db.voucher import IMPORTED

_voucher, _line, _paper = schema.voucher.c, schema.voucher_line.c, schema.paper.c
_approval, _journal, _back = schema.approval.c, schema.journal.c, schema.send_back.c
_remark, _sheet = schema.voucher_remark.c, schema.reconciliation.c


@dataclass(frozen=True, slots=True)
class UndoneRow:
    """One act: uid and title of the object, its month, when, who acted, who signed it, why (or its code), fen."""

    uid: str
    title: str
    month: str
    at: str
    actor: str
    signers: tuple[str, ...]
    why: str
    amount_fen: int


_AMOUNT = select(func.coalesce(func.sum(_line.debit_fen), 0)).where(_line.voucher == _voucher.id).scalar_subquery()
_MONTH = (_voucher.year, _voucher.month)


def void_vouchers(connection: Connection, book: int) -> list[UndoneRow]:
    """Vouchers that were void after somebody had signed this revision of them."""
    signed = exists().where(
        _approval.object_uid == _voucher.uid, _approval.rev == _voucher.rev, _approval.decision == APPROVE
    )
    query = (
        select(
            _voucher.uid, _voucher.word, _voucher.number, *_MONTH, _journal.at, _journal.actor,
            func.coalesce(_remark.words, ""), _AMOUNT,
        )
        .join(schema.journal, and_(_journal.ref == literal("voucher:") + _voucher.uid, _journal.kind == "void"))
        .outerjoin(schema.voucher_remark, and_(_remark.voucher == _voucher.uid, _remark.kind == VOIDED))
        .where(_voucher.book == book, _voucher.state == VOID_STATE, signed)
    )  # fmt: skip
    return [
        UndoneRow(
            uid, f"{word}-{number}", f"{year:04d}-{month:02d}", at, actor, _signers(connection, uid, VOID), why, fen
        )
        for uid, word, number, year, month, at, actor, why, fen in connection.execute(query)
    ]


def red_vouchers(connection: Connection, book: int) -> list[UndoneRow]:
    """Red vouchers made here that are not void, with the title of what they take back as `why`."""
    old = schema.voucher.alias("old")
    title = old.c.word + literal("-") + cast(old.c.number, String)
    query = (
        select(
            _voucher.uid, _voucher.word, _voucher.number, *_MONTH, _journal.at, _journal.actor, old.c.year,
            old.c.month, title, _AMOUNT,
        )
        .join(old, old.c.uid == _voucher.reverses)
        .join(schema.journal, and_(_journal.ref == literal("voucher:") + _voucher.uid, _journal.kind == "save"))
        .where(
            _voucher.book == book, _voucher.kind == REVERSAL, _voucher.state != VOID_STATE,
            _voucher.posted_by != IMPORTED,
        )
    )  # fmt: skip
    return [
        UndoneRow(
            uid, f"{word}-{number}", f"{year:04d}-{month:02d}", at, actor, _signers(connection, uid, APPROVE),
            f"{old_year:04d}-{old_month:02d} {old_title}", fen,
        )
        for uid, word, number, year, month, at, actor, old_year, old_month, old_title, fen in connection.execute(query)
    ]  # fmt: skip


def papers_sent_back(connection: Connection, book: int) -> list[UndoneRow]:
    """Papers that went back after their signatures were attested; `why` is the reason's number."""
    signed = exists().where(
        _approval.object_uid == _back.object_uid, _approval.rev == _back.rev, _approval.decision == APPROVE
    )
    query = (
        select(_paper.uid, _paper.number, _paper.year, _paper.day, _back.rev, _back.at, _back.by, _back.reason,
               _paper.amount_fen)
        .join(schema.paper, _paper.uid == _back.object_uid)
        .where(_back.book == book, _back.about == ON_PAPER, signed)
    )  # fmt: skip
    return [
        UndoneRow(uid, f"{year} {number}", day[:7], at, by, _signers(connection, uid, WITHDRAW, rev), str(reason), fen)
        for uid, number, year, day, rev, at, by, reason, fen in connection.execute(query)
    ]


def sheets_withdrawn(connection: Connection, book: int) -> list[tuple[UndoneRow, bytes]]:
    """Reconciliations whose confirmation was withdrawn, with the body that was signed; its `of` names the sheet."""
    body = schema.signed_body.c
    query = (
        select(_approval.object_uid, _approval.at, _approval.name, body.body)
        .join(schema.signed_body, and_(body.object_uid == _approval.object_uid, body.rev == _approval.rev))
        .where(_approval.book == book, _approval.about == ON_RECONCILIATION, _approval.step == WITHDRAW)
    )
    return [
        (UndoneRow(uid, "", "", at, name, (name,), "", 0), bytes(raw))
        for uid, at, name, raw in connection.execute(query)
    ]


def sheet_title(connection: Connection, uid: str) -> tuple[str, str, int]:
    """Account, month and book balance of a reconciliation, empty when it is not there."""
    row = connection.execute(
        select(_sheet.account, _sheet.year, _sheet.month, _sheet.book_fen).where(_sheet.uid == uid)
    )
    found = row.one_or_none()
    return (found.account, f"{found.year:04d}-{found.month:02d}", found.book_fen) if found else ("", "", 0)


def _signers(connection: Connection, uid: str, decision: str, rev: int | None = None) -> tuple[str, ...]:
    """Who decided so on an object; of ink the names that were written."""
    query = select(_approval.name).where(_approval.object_uid == uid, _approval.decision == decision)
    if rev is not None:
        query = query.where(_approval.rev == rev)
    return tuple(dict.fromkeys(connection.execute(query.order_by(_approval.id)).scalars()))
