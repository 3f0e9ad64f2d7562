"""Papers with their documents and images, and receipts with their numbers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, text, update

from villagebooks.core.paper import ACCEPTED, BOOKED, SENT, SENT_BACK, SIGNED, Body, Document, Image, Paper
from villagebooks.core.payee import plain_name
from villagebooks.core.period import Month
from villagebooks.core.policy import Bill, slip_fen
from villagebooks.core.receipt import Receipt, ReceiptBook
from villagebooks.db import schema
from villagebooks.db.tuples import fetch_plain

_paper, _link, _receipt = schema.paper.c, schema.paper_voucher.c, schema.receipt.c
_BEFORE = text(
    """WITH RECURSIVE heir(id) AS (SELECT id FROM book WHERE id = :book UNION
      SELECT old.id FROM heir JOIN book new ON new.id = heir.id
      JOIN book old ON old.stopped <> '' AND old.stopped <= :month
        AND (old.uid = new.predecessor OR EXISTS (SELECT 1 FROM merger m
          WHERE m.source = old.id AND m.target = new.id AND m.state = 'finished')))
    SELECT id FROM heir"""
)
"""A book with those that were changed over to it, or merged into it, up to a month."""
_HELD = """WITH RECURSIVE keeper(owner, id) AS (SELECT DISTINCT book, book FROM receipt_book UNION
      SELECT keeper.owner, new.id FROM keeper
      JOIN book old ON old.id = keeper.id AND old.stopped <> '' AND old.stopped <= :month
      JOIN book new ON old.uid = new.predecessor OR EXISTS (SELECT 1 FROM merger m
        WHERE m.source = old.id AND m.target = new.id AND m.state = 'finished'))
    SELECT b.id, r.code, b.code, r.first, r.last, r.issued_on, r.issued_to, r.used_before
    FROM keeper JOIN book b ON b.id = keeper.id JOIN receipt_book r ON r.book = keeper.owner ORDER BY b.id, r.first"""
"""The same from the other end, for every book at once: who holds each receipt book up to a month."""


def next_number(connection: Connection, book: int, year: int) -> int:
    """The number of the year's next paper."""
    query = select(func.max(_paper.number)).where(_paper.book == book, _paper.year == year)
    return (connection.execute(query).scalar() or 0) + 1


def insert_paper(connection: Connection, book: int, paper: Paper) -> None:
    """A new paper with its documents; their images are in the attachment table already."""
    connection.execute(insert(schema.paper).values(uid=paper.uid, book=book, number=paper.number, **_values(paper)))
    _insert_documents(connection, paper)


def replace_paper(connection: Connection, paper: Paper) -> None:
    """Write a changed paper over the old one."""
    connection.execute(update(schema.paper).where(_paper.uid == paper.uid).values(**_values(paper)))
    connection.execute(delete(schema.document_image).where(schema.document_image.c.paper == paper.uid))
    connection.execute(delete(schema.document).where(schema.document.c.paper == paper.uid))
    _insert_documents(connection, paper)


def _values(paper: Paper) -> dict[str, object]:
    return {
        "year": paper.day.year, "day": paper.day.isoformat(), "words": paper.words,
        "spending_class": paper.spending_class, "direction": paper.direction, "amount_fen": paper.amount_fen,
        "payee": paper.payee, "paid_how": paper.paid_how, "handler": paper.handler, "witness": paper.witness,
        "approvers": json.dumps(paper.approvers, ensure_ascii=False),
        "bodies": json.dumps([_body_data(one) for one in paper.bodies], ensure_ascii=False, sort_keys=True),
        "basis": paper.basis, "heading": paper.group, "state": paper.state, "reason": paper.reason,
        "rev": paper.rev, "digest": paper.digest, "policy": paper.policy,
    }  # fmt: skip


def _body_data(body: Body) -> dict[str, object]:
    return {
        "name": body.name, "people": body.people, "present": body.present, "agreed": body.agreed,
        "size": body.size, "stamp": body.stamp, "minutes": body.minutes,
    }  # fmt: skip


def _insert_documents(connection: Connection, paper: Paper) -> None:
    for position, one in enumerate(paper.documents, 1):
        connection.execute(
            insert(schema.document).values(
                paper=paper.uid, position=position, kind=one.kind, number=one.number, day=one.day,
                amount_fen=one.amount_fen, count=one.count,
            )
        )  # fmt: skip
        for ordinal, image in enumerate(one.images, 1):
            connection.execute(
                insert(schema.document_image).values(
                    paper=paper.uid, position=position, ordinal=ordinal, sha256=image.sha256
                )
            )


def set_state(connection: Connection, uid: str, state: str, reason: int = 0) -> None:
    """Move a paper on; `reason` is the code of a sent-back paper."""
    connection.execute(update(schema.paper).where(_paper.uid == uid).values(state=state, reason=reason))


def find_paper(connection: Connection, book: int, uid: str) -> Paper | None:
    """The whole paper, when this book has it."""
    found = papers_where(connection, _paper.uid == uid, _paper.book == book)
    return found[0] if found else None


def papers_where_uids(connection: Connection, uids: Sequence[str]) -> list[Paper]:
    """These papers by number."""
    return papers_where(connection, _paper.uid.in_(uids)) if uids else []


def papers_where(connection: Connection, *where: ColumnElement[bool]) -> list[Paper]:
    """Whole papers that satisfy the conditions, by their number."""
    query = select(schema.paper, schema.book.c.code).join(schema.book, schema.book.c.id == _paper.book)
    rows = connection.execute(query.where(*where).order_by(_paper.year, _paper.number)).all()
    return [_to_paper(connection, row) for row in rows]


def papers_to(connection: Connection, book: int, payee: str, day: date, days: int) -> list[Paper]:
    """Papers of a book to one payee however it is written, fewer than `days` days before or after a day; those sent
    back left out."""
    first, last = day - timedelta(days=days), day + timedelta(days=days)
    within = (_paper.day > first.isoformat(), _paper.day < last.isoformat())
    where = (_paper.book == book, _paper.state != SENT_BACK, *within)
    found = connection.execute(select(_paper.payee).where(*where).distinct()).scalars()
    alike = [one for one in found if plain_name(one) == plain_name(payee)]
    return papers_where(connection, *where, _paper.payee.in_(alike)) if alike else []


def spending_bills(connection: Connection, book: int, policy: str) -> list[Bill]:
    """Spending of a book under a policy to somebody, of papers whose ink is registered."""
    taken = _paper.state.in_((SIGNED, SENT, ACCEPTED, BOOKED))
    query = select(_paper.uid, _paper.payee, _paper.spending_class, _paper.day, _paper.amount_fen)
    query = query.where(_paper.book == book, _paper.policy == policy, _paper.direction == "支出", taken)
    rows = connection.execute(query.where(_paper.payee != ""))
    return [Bill(row[0], row[1], row[2], date.fromisoformat(row[3]), row[4]) for row in rows]


def other_slips_fen(connection: Connection, village: str, paper: Paper) -> int:
    """What other papers of a village whose ink is registered pay the same payee on slips (白条) on the paper's day."""
    if not slip_fen(paper):
        return 0
    books = select(schema.book.c.id).where(schema.book.c.village == village)
    where = (_paper.book.in_(books), _paper.payee == paper.payee, _paper.day == paper.day.isoformat())
    taken = _paper.state.in_((SIGNED, SENT, ACCEPTED, BOOKED))
    others = papers_where(connection, *where, _paper.uid != paper.uid, taken)
    return sum(map(slip_fen, others))


def _to_paper(connection: Connection, row: Row[tuple[object, ...]]) -> Paper:
    links = connection.execute(select(_link.voucher).where(_link.paper == row.uid).order_by(_link.voucher))
    bodies = tuple(Body(**{**one, "people": tuple(one["people"])}) for one in json.loads(row.bodies or "[]"))
    return Paper(
        uid=row.uid, book=row.code, number=row.number, day=date.fromisoformat(row.day), words=row.words,
        spending_class=row.spending_class, direction=row.direction, amount_fen=row.amount_fen, payee=row.payee,
        paid_how=row.paid_how, documents=_documents(connection, row.uid), handler=row.handler, witness=row.witness,
        approvers=tuple(json.loads(row.approvers or "[]")), bodies=bodies, basis=row.basis, group=row.heading,
        state=row.state, reason=row.reason, vouchers=tuple(links.scalars()), digest=row.digest, rev=row.rev,
        policy=row.policy,
    )  # fmt: skip


def _documents(connection: Connection, uid: str) -> tuple[Document, ...]:
    images: dict[int, list[Image]] = {}
    table, link = schema.attachment.c, schema.document_image.c
    query = (
        select(link.position, table.sha256, table.size, table.media, table.pages, table.checked)
        .join(schema.attachment, table.sha256 == link.sha256)
        .where(link.paper == uid)
        .order_by(link.position, link.ordinal)
    )
    for row in connection.execute(query):
        images.setdefault(row.position, []).append(Image(row.sha256, row.size, row.media, row.pages, bool(row.checked)))
    document = schema.document.c
    rows = connection.execute(select(schema.document).where(document.paper == uid).order_by(document.position))
    return tuple(
        Document(
            one["kind"],
            one["number"],
            one["day"],
            one["amount_fen"],
            one["count"],
            tuple(images.get(one["position"], ())),
        )
        for one in rows.mappings()
    )


def book_papers(connection: Connection, voucher: str) -> None:
    """The papers of a voucher that was just posted are booked."""
    uids = select(_link.paper).where(_link.voucher == voucher)
    connection.execute(update(schema.paper).where(_paper.uid.in_(uids)).values(state=BOOKED))


def add_receipt_book(connection: Connection, book: int, new: ReceiptBook) -> None:
    """A receipt book issued to a reporter."""
    connection.execute(
        insert(schema.receipt_book).values(
            code=new.code, book=book, first=new.first, last=new.last, issued_on=new.issued_on,
            issued_to=new.issued_to, used_before=new.used_before,
        )
    )  # fmt: skip


def receipt_books(connection: Connection, book: int, code: str, month: Month | None = None) -> list[ReceiptBook]:
    """Receipt books of a book; `code` is the book's code.

    In a month also those of the books that it took over before: what was handed out there goes on to be used here.
    """
    held = schema.receipt_book.c.book
    owners = (
        [book] if month is None else list(connection.execute(_BEFORE, {"book": book, "month": str(month)}).scalars())
    )
    rows = connection.execute(select(schema.receipt_book).where(held.in_(owners)).order_by(schema.receipt_book.c.first))
    return [
        ReceiptBook(row.code, code, row.first, row.last, row.issued_on, row.issued_to, row.used_before) for row in rows
    ]


def receipt_books_held(connection: Connection, month: Month) -> dict[int, list[ReceiptBook]]:
    """What `receipt_books` tells of one book in a month, for every book that has any, by its row id."""
    held: dict[int, list[ReceiptBook]] = {}
    for row, *rest in fetch_plain(connection, _HELD, {"month": str(month)}):
        held.setdefault(row, []).append(ReceiptBook(*rest))
    return held


def add_receipt(connection: Connection, receipt: Receipt) -> None:
    """A number used or voided."""
    connection.execute(
        insert(schema.receipt).values(
            receipt_book=receipt.book, number=receipt.number, state=receipt.state, paper=receipt.paper,
            day=receipt.day, amount_fen=receipt.amount_fen,
        )
    )  # fmt: skip


def receipts(connection: Connection, codes: Sequence[str]) -> list[Receipt]:
    """Numbers used or voided of these receipt books, in order."""
    query = select(schema.receipt).where(_receipt.receipt_book.in_(codes)).order_by(_receipt.number)
    return [
        Receipt(row.receipt_book, row.number, row.state, row.paper, row.day, row.amount_fen)
        for row in connection.execute(query)
    ]


def all_receipt_books(connection: Connection) -> list[ReceiptBook]:
    """Receipt books of the whole office: a number stands in one book only."""
    query = select(schema.receipt_book, schema.book.c.code.label("owner")).join(
        schema.book, schema.book.c.id == schema.receipt_book.c.book
    )
    return [
        ReceiptBook(row.code, row.owner, row.first, row.last, row.issued_on, row.issued_to, row.used_before)
        for row in connection.execute(query)
    ]


def papers_of_book(connection: Connection, book: int) -> list[Paper]:
    """Every paper of a book, by number."""
    return papers_where(connection, _paper.book == book)
