"""Terms in posts as they end and are renamed, where a name was used, hand-overs of posts, why keys were revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, exists, func, insert, or_, select, update

from villagebooks.core.opening import HandItem, HandOver
from villagebooks.core.paper import ACCEPTED, BOOKED, SENT, SENT_BACK, SIGNED, WRITTEN
from villagebooks.core.post import OpenPiece, PostChange
from villagebooks.core.voucher import APPROVED, DRAFT, POSTED, SUBMITTED, state_word
from villagebooks.core.words import _
from villagebooks.db import schema

_officer, _change, _item = schema.officer.c, schema.post_change.c, schema.post_item.c
_paper, _voucher, _journal, _approval = schema.paper.c, schema.voucher.c, schema.journal.c, schema.approval.c


@dataclass(frozen=True, slots=True)
class RevocationRow:
    """Why a key was revoked: `at` is the position in the office chain, `name` the full `<centre>/<person>`."""

    at: int
    name: str
    reason: str
    day: str
    made_by: str


def end_term(connection: Connection, uid: str, day: str, reason: str) -> None:
    """Say until when a post was held."""
    connection.execute(update(schema.officer).where(_officer.uid == uid).values(until=day, reason=reason))


def set_name(connection: Connection, uid: str, name: str) -> None:
    """Correct a mistyped name."""
    connection.execute(update(schema.officer).where(_officer.uid == uid).values(name=name))


def is_name_used(connection: Connection, name: str, village: str) -> bool:
    """Whether the name of an officer stands in anything that was signed or done: then it is no longer a slip."""
    if village:
        ink = or_(
            _paper.handler == name, _paper.witness == name, _paper.approvers.contains(f'"{name}"', autoescape=True),
            _paper.bodies.contains(f'"{name}"', autoescape=True), _paper.payee == name,
        )  # fmt: skip
        parts = [exists().where(ink), exists().where(_approval.name.contains(name, autoescape=True))]
        parts.append(exists().where(schema.receipt_book.c.issued_to == name))
    else:
        parts = [
            exists().where(_journal.actor == name), exists().where(_approval.signer == name),
            exists().where(or_(_voucher.prepared_by == name, _voucher.posted_by == name)),
            exists().where(schema.key_box.c.name.like(f"%/{name}")),
        ]  # fmt: skip
    parts.append(exists().where(or_(_change.giver == name, _change.receiver == name, _change.watcher == name)))
    return any(connection.execute(select(part)).scalar() for part in parts)


def add_change(connection: Connection, book: int, one: PostChange) -> None:
    """A hand-over with its list; the service journals it."""
    hand = one.hand
    connection.execute(
        insert(schema.post_change).values(
            uid=one.uid, book=book, village=one.village, duty=one.duty, old=one.old, new=one.new,
            day=hand.day.isoformat(), giver=hand.giver, receiver=hand.receiver, watcher=hand.watcher,
            remark=hand.remark, state=one.state, recorded_by=hand.recorded_by, recorded_at=hand.recorded_at,
            done_at=one.done_at,
        )
    )  # fmt: skip
    rows = [
        {"post_change": one.uid, "position": place, "book": item.book, "kind": item.kind, "words": item.words,
         "number": item.number, "count": item.count, "book_fen": item.book_fen, "found_fen": item.found_fen,
         "settled_on": item.settled_on}
        for place, item in enumerate(hand.items, 1)
    ]  # fmt: skip
    connection.execute(insert(schema.post_item), rows)


def set_state(connection: Connection, uid: str, state: str, new: str = "", done_at: str = "") -> None:
    """Done, with the term that began, or dropped."""
    values = {"state": state, "new": new, "done_at": done_at}
    connection.execute(update(schema.post_change).where(_change.uid == uid).values(**values))


def changes(connection: Connection, book: int | None = None) -> list[PostChange]:
    """Hand-overs of posts that a book keeps (None: all) in the order they were recorded."""
    query = select(schema.post_change, schema.book.c.code.label("book_code")).join(
        schema.book, schema.book.c.id == _change.book
    )
    if book is not None:
        query = query.where(_change.book == book)
    rows = connection.execute(query.order_by(_change.recorded_at, _change.uid)).all()
    return [_to_change(row, _items(connection, row.uid)) for row in rows]


def _items(connection: Connection, uid: str) -> tuple[HandItem, ...]:
    query = select(
        _item.kind, _item.words, _item.number, _item["count"], _item.book_fen, _item.found_fen, _item.settled_on,
        _item.book,
    )  # fmt: skip
    rows = connection.execute(query.where(_item.post_change == uid).order_by(_item.position))
    return tuple(HandItem(*row) for row in rows)


def _to_change(row: Row[tuple[object, ...]], items: tuple[HandItem, ...]) -> PostChange:
    hand = HandOver(
        row.uid, date.fromisoformat(row.day), row.giver, row.receiver, row.watcher, items, row.remark,
        row.recorded_by, row.recorded_at,
    )  # fmt: skip
    return PostChange(row.uid, row.book_code, row.village, row.duty, row.old, hand, row.state, row.new, row.done_at)


def add_revocation(connection: Connection, one: RevocationRow) -> None:
    """Keep the reason beside the directory's line."""
    connection.execute(
        insert(schema.revocation).values(
            at=one.at, name=one.name, reason=one.reason, day=one.day, made_by=one.made_by
        )
    )  # fmt: skip


def revocations(connection: Connection) -> list[RevocationRow]:
    """Every reason in the order of positions."""
    table = schema.revocation.c
    rows = connection.execute(select(schema.revocation).order_by(table.at, table.name))
    return [RevocationRow(row.at, row.name, row.reason, row.day, row.made_by) for row in rows]


def open_papers(connection: Connection, book: int) -> list[OpenPiece]:
    """Papers of a book that are not booked yet."""
    query = select(schema.paper).where(_paper.book == book, _paper.state != BOOKED)
    words = {WRITTEN: _("未签字"), SIGNED: _("已签字"), SENT: _("已送来"), ACCEPTED: _("已受理"), SENT_BACK: _("退回")}
    return [
        OpenPiece(
            _("{year} 年第 {n} 号").format(year=row.year, n=row.number), row.words, words.get(row.state, row.state),
            row.amount_fen,
        )
        for row in connection.execute(query.order_by(_paper.year, _paper.number))
    ]  # fmt: skip


def open_vouchers(connection: Connection, book: int, person: str) -> list[OpenPiece]:
    """Vouchers of a person that are not posted yet."""
    states = (DRAFT, SUBMITTED, APPROVED)
    lines = schema.voucher_line.c
    total = select(func.coalesce(func.sum(lines.debit_fen), 0)).where(lines.voucher == _voucher.id).scalar_subquery()
    query = (
        select(_voucher.year, _voucher.month, _voucher.word, _voucher.number, _voucher.state, total.label("sum"))
        .where(_voucher.book == book, _voucher.prepared_by == person, _voucher.state.in_(states))
        .order_by(_voucher.year, _voucher.month, _voucher.word, _voucher.number)
    )
    return [
        OpenPiece(
            f"{row.year}-{row.month:02d} {row.word}-{row.number}", _("记账凭证"), state_word(row.state), int(row.sum)
        )
        for row in connection.execute(query)
    ]


def kept_vouchers(connection: Connection, book: int) -> int:
    """How many vouchers of a book are posted."""
    query = select(func.count()).where(_voucher.book == book, _voucher.state == POSTED)
    return int(connection.execute(query).scalar_one())


def hand_receipts(connection: Connection, book: int, giver: str, receiver: str) -> list[str]:
    """Receipt books of a book that the one person held are the other's from here on; their codes."""
    table = schema.receipt_book.c
    mine = (table.book == book) & (table.issued_to == giver)
    codes = list(connection.execute(select(table.code).where(mine).order_by(table.code)).scalars())
    if codes:
        connection.execute(update(schema.receipt_book).where(mine).values(issued_to=receiver))
    return codes
