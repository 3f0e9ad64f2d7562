"""Vouchers and their lines: numbers given inside the transaction, heads for lists, whole vouchers for a form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from villagebooks.core.period import Month
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.voucher import OPENING, POSTED, REVERSAL, VOID, Line, Voucher, VoucherHead
from villagebooks.core.words import _
from villagebooks.db import schema
from villagebooks.db.tuples import fetch_plain

IMPORTED = "import"
"""Who posted what an import brought in."""
_voucher, _line, _link, _approval = schema.voucher.c, schema.voucher_line.c, schema.paper_voucher.c, schema.approval.c


def next_number(connection: Connection, book: int, month: Month, word: str) -> int:
    """The number after the last one given; void vouchers keep theirs."""
    query = select(func.max(_voucher.number)).where(
        _voucher.book == book, _voucher.year == month.year, _voucher.month == month.month, _voucher.word == word
    )
    return (connection.execute(query).scalar() or 0) + 1


def insert_voucher(connection: Connection, book: int, voucher: Voucher) -> int:
    """A new voucher with its lines and papers, not posted; its row id."""
    opening = voucher.kind == OPENING
    statement = (
        insert(schema.voucher)
        .values(
            uid=voucher.uid, book=book, year=voucher.month.year, month=0 if opening else voucher.month.month,
            word=voucher.word, number=voucher.number, day=voucher.day.isoformat(), kind=voucher.kind,
            state=voucher.state, rev=voucher.rev, attachment_count=voucher.attachment_count,
            reverses=voucher.reverses, prepared_by=voucher.prepared_by, digest=voucher.digest,
            policy=voucher.policy, corrects=voucher.corrects,
        )
        .returning(_voucher.id)
    )  # fmt: skip
    row_id: int = connection.execute(statement).scalar_one()
    _insert_lines(connection, book, row_id, voucher)
    return row_id


def replace_voucher(connection: Connection, book: int, voucher: Voucher) -> None:
    """Write a changed draft over the old one: date inside its month, lines, papers, new rev and digest."""
    row_id = row_id_of(connection, voucher.uid)
    connection.execute(delete(schema.voucher_line).where(_line.voucher == row_id))
    connection.execute(delete(schema.paper_voucher).where(_link.voucher == voucher.uid))
    connection.execute(
        update(schema.voucher)
        .where(_voucher.uid == voucher.uid)
        .values(
            day=voucher.day.isoformat(), kind=voucher.kind, state=voucher.state, rev=voucher.rev,
            attachment_count=voucher.attachment_count, reverses=voucher.reverses,
            prepared_by=voucher.prepared_by, digest=voucher.digest, policy=voucher.policy, corrects=voucher.corrects,
        )
    )  # fmt: skip
    _insert_lines(connection, book, row_id, voucher)


def _insert_lines(connection: Connection, book: int, row_id: int, voucher: Voucher) -> None:
    day = voucher.day.isoformat()
    connection.execute(
        insert(schema.voucher_line),
        [
            {"voucher": row_id, "line": number, "book": book, "day": day, "account": one.account,
             "summary": one.summary, "debit_fen": one.debit_fen, "credit_fen": one.credit_fen, "party": one.party,
             "project": one.project, "contract": one.contract, "bank": one.bank, "quantity": one.quantity_milli}
            for number, one in enumerate(voucher.lines, 1)
        ],
    )  # fmt: skip
    if voucher.papers:
        connection.execute(
            insert(schema.paper_voucher), [{"paper": uid, "voucher": voucher.uid} for uid in voucher.papers]
        )


def set_state(connection: Connection, uid: str, state: str, posted_by: str = "", posted_at: str = "") -> None:
    """Move a voucher on; the triggers refuse what may not be."""
    if state == POSTED:
        connection.execute(_POST, {"one": uid, "state": state, "posted_by": posted_by, "posted_at": posted_at})
    else:
        connection.execute(_MOVE, {"one": uid, "state": state})


_MOVE = update(schema.voucher).where(_voucher.uid == bindparam("one")).values(state=bindparam("state"))
_POST = _MOVE.values(posted_by=bindparam("posted_by"), posted_at=bindparam("posted_at"))


def row_id_of(connection: Connection, uid: str) -> int:
    """Row id of a voucher that exists."""
    row_id: int = connection.execute(select(_voucher.id).where(_voucher.uid == uid)).scalar_one()
    return row_id


def find_voucher(connection: Connection, book: int, uid: str) -> Voucher | None:
    """The whole voucher, when this book has it."""
    row = connection.execute(_ONE, {"one": uid, "in_book": book}).one_or_none()
    if row is None:
        return None
    lines = [_to_line(line) for line in connection.execute(_LINES_OF, {"one": row.id})]
    papers = [paper for (paper,) in fetch_plain(connection, _PAPERS_OF, {"voucher": uid})]
    signed = dict(fetch_plain(connection, _SIGNED_OF, {"voucher": uid, "rev": row.rev}))
    return _to_voucher(row, lines, papers, signed)


# built once: every act on a voucher asks them; what vouchers_where asks of many
_HEAD = select(schema.voucher, schema.book.c.code).join(schema.book, schema.book.c.id == _voucher.book)
_ONE = _HEAD.where(_voucher.uid == bindparam("one"), _voucher.book == bindparam("in_book"))
_LINES_OF = select(schema.voucher_line).where(_line.voucher == bindparam("one")).order_by(_line.line)
# the order in which papers were put under a voucher is not kept: the order of their numbers is the same for all
_PAPERS_OF = """SELECT j.paper FROM paper_voucher j JOIN paper p ON p.uid = j.paper
    WHERE j.voucher = :voucher ORDER BY p.id"""
_SIGNED_OF = """SELECT step, name FROM approval
    WHERE object_uid = :voucher AND rev = :rev AND decision = 'approve' ORDER BY id"""


def need_voucher(connection: Connection, book: int, uid: str) -> Voucher:
    """The whole voucher; Refused when this book has none of this uid."""
    found = find_voucher(connection, book, uid)
    if found is None:
        raise Refused([Problem(_("这个账套里没有这张凭证"))])
    return found


def vouchers_of_month(connection: Connection, book: int, month: Month, states: Sequence[str] = ()) -> list[Voucher]:
    """Whole vouchers of a month in the order of their numbers."""
    where = [_voucher.book == book, _voucher.year == month.year, _voucher.month == month.month]
    if states:
        where.append(_voucher.state.in_(states))
    return vouchers_where(connection, *where)


def vouchers_where(connection: Connection, *where: ColumnElement[bool]) -> list[Voucher]:
    """Whole vouchers that satisfy the conditions, by month, word and number."""
    order = (_voucher.year, _voucher.month, _voucher.word, _voucher.number)
    heads = connection.execute(_HEAD.where(*where).order_by(*order)).all()
    lines: dict[int, list[Line]] = {row.id: [] for row in heads}
    papers: dict[str, list[str]] = {row.uid: [] for row in heads}
    signed: dict[str, dict[str, str]] = {row.uid: {} for row in heads}
    revs = {row.uid: row.rev for row in heads}
    for ids in _chunks(list(lines)):
        query = select(schema.voucher_line).where(_line.voucher.in_(ids)).order_by(_line.voucher, _line.line)
        for row in connection.execute(query):
            lines[row.voucher].append(_to_line(row))
    for chunk in _chunks(list(papers)):
        links = select(_link.voucher, _link.paper).join(schema.paper, schema.paper.c.uid == _link.paper)
        for row in connection.execute(links.where(_link.voucher.in_(chunk)).order_by(schema.paper.c.id)):
            papers[row.voucher].append(row.paper)
        steps = select(_approval.object_uid, _approval.step, _approval.name, _approval.rev).where(
            _approval.object_uid.in_(chunk), _approval.decision == "approve"
        )
        for row in connection.execute(steps):
            if row.rev == revs[row.object_uid]:
                signed[row.object_uid][row.step] = row.name
    return [_to_voucher(row, lines[row.id], papers[row.uid], signed[row.uid]) for row in heads]


_T = TypeVar("_T")


def _chunks(items: list[_T]) -> Iterable[list[_T]]:
    return (items[start : start + 500] for start in range(0, len(items), 500))


def _to_line(row: Row[tuple[object, ...]]) -> Line:
    return Line(
        row.summary, row.account, row.debit_fen, row.credit_fen, row.party, row.project, row.contract, row.bank,
        row.quantity,
    )  # fmt: skip


def _to_voucher(row: Row[tuple[object, ...]], lines: list[Line], papers: list[str], signed: dict[str, str]) -> Voucher:
    return Voucher(
        uid=row.uid, book=row.code, word=row.word, month=Month(row.year, row.month or 1), number=row.number,
        day=date.fromisoformat(row.day), kind=row.kind, state=row.state, rev=row.rev,
        attachment_count=row.attachment_count, lines=tuple(lines), papers=tuple(papers), reverses=row.reverses,
        prepared_by=row.prepared_by, countersigned_by=signed.get("countersign", ""),
        reviewed_by=signed.get("review", ""), cashier=signed.get("cashier", ""), posted_by=row.posted_by,
        digest=row.digest, policy=row.policy, corrects=row.corrects,
    )  # fmt: skip


def heads_of_month(connection: Connection, book: int, month: Month) -> list[VoucherHead]:
    """The voucher list of a month: first summary, total and state of each."""
    rows = fetch_plain(connection, _HEADS, {"book": book, "year": month.year, "month": month.month})
    return [
        VoucherHead(
            uid,
            word,
            number,
            date.fromisoformat(day),
            kind,
            state,
            summary or "",
            int(total or 0),
            count,
            name,
            rev=rev,
        )
        for uid, word, number, day, kind, state, summary, total, count, name, rev in rows
    ]


# a list of a month looks its lines up by their vouchers: joined by day they would be searched through the whole book
_HEADS = """SELECT v.uid, v.word, v.number, v.day, v.kind, v.state,
      (SELECT l.summary FROM voucher_line l WHERE l.voucher = v.id AND l.line = 1),
      (SELECT SUM(l.debit_fen) FROM voucher_line l WHERE l.voucher = v.id), v.attachment_count, v.prepared_by, v.rev
    FROM voucher v WHERE v.book = :book AND v.year = :year AND v.month = :month ORDER BY v.word, v.number"""


def counted_kind(connection: Connection, voucher: Voucher) -> str:
    """The kind by which balances count a voucher: a reversal takes back what its voucher was."""
    if voucher.kind != REVERSAL:
        return voucher.kind
    kind: str | None = connection.execute(select(_voucher.kind).where(_voucher.uid == voucher.reverses)).scalar()
    return kind or voucher.kind


def reversal_of(connection: Connection, uid: str) -> str:
    """Uid of the reversal of this voucher, empty when it was never reversed; a void reversal reversed nothing."""
    # the index holds vouchers that reverse something, and must be told that this is asked
    query = select(_voucher.uid).where(_voucher.reverses == uid, _voucher.reverses != "", _voucher.state != VOID)
    return connection.execute(query).scalar() or ""


def title_with_paper(connection: Connection, paper: str, besides: str = "") -> str:
    """`2026-09 记-3` of the voucher, not void and not `besides`, that holds the paper; empty when there is none."""
    query = (
        select(_voucher.year, _voucher.month, _voucher.word, _voucher.number)
        .join(schema.paper_voucher, _link.voucher == _voucher.uid)
        .where(_link.paper == paper, _voucher.state != VOID, _voucher.uid != besides)
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return f"{Month(row.year, row.month)} {row.word}-{row.number}" if row else ""


def words_used(connection: Connection, book: int) -> list[tuple[int, str, int]]:
    """(year, word, how many) of the book's vouchers that were made here and are not void."""
    query = (
        select(_voucher.year, _voucher.word, func.count())
        .where(_voucher.book == book, _voucher.posted_by != IMPORTED, _voucher.state != VOID)
        .group_by(_voucher.year, _voucher.word)
        .order_by(_voucher.year, _voucher.word)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def vouchers_by_word(connection: Connection, book: int, year: int, words: Sequence[str]) -> list[Voucher]:
    """Vouchers of a year, made here and not void, whose word the lines do not plainly bear out.

    With 收, 付, 转 a voucher with cash or bank on both sides is among them: what moved on the whole decides there.
    """
    money = or_(_line.account.like("101%"), _line.account.like("102%"))
    debit = exists().where(_line.voucher == _voucher.id, money, _line.debit_fen != 0)
    credit = exists().where(_line.voucher == _voucher.id, money, _line.credit_fen != 0)
    plain = or_(
        and_(debit, ~credit, _voucher.word == "收"), and_(~debit, credit, _voucher.word == "付"),
        and_(~debit, ~credit, _voucher.word == "转"),
    )  # fmt: skip
    plain = plain if len(words) > 1 else _voucher.word.in_(words)
    where = (_voucher.book == book, _voucher.year == year, _voucher.posted_by != IMPORTED, _voucher.state != VOID)
    return vouchers_where(connection, *where, ~plain)


def has_lines(connection: Connection, book: int, account: str) -> bool:
    """Whether any voucher, in whatever state, has a line on the account."""
    query = select(_line.account).where(_line.book == book, _line.account == account).limit(1)
    return connection.execute(query).first() is not None
