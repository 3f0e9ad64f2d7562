"""Schedules of a book, and which voucher each month was drafted as."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, Row, and_, delete, exists, insert, or_, select, update

from villagebooks.core.period import Month, read_month
from villagebooks.core.schedule import Schedule, Wear
from villagebooks.core.voucher import POSTED, VOID, Line
from villagebooks.db import schema

_schedule, _line, _draft = schema.schedule.c, schema.schedule_line.c, schema.schedule_draft.c


def planned_books(connection: Connection) -> frozenset[int]:
    """Row ids of the books that have any schedule."""
    return frozenset(connection.execute(select(_schedule.book).distinct()).scalars())


def schedules(connection: Connection, book: int) -> list[Schedule]:
    """Every schedule of the book by name, stopped ones too."""
    query = select(schema.schedule).where(_schedule.book == book).order_by(_schedule.name, _schedule.uid)
    heads = connection.execute(query).all()
    if not heads:
        return []
    lines: dict[str, list[Line]] = {row.uid: [] for row in heads}
    rows = select(schema.schedule_line).where(_line.schedule.in_(lines)).order_by(_line.schedule, _line.line)
    for row in connection.execute(rows):
        amounts, dimensions = (row.debit_fen, row.credit_fen), (row.party, row.project, row.contract, row.bank)
        lines[row.schedule].append(Line(row.summary, row.account, *amounts, *dimensions))
    return [_to_schedule(row, tuple(lines[row.uid])) for row in heads]


def _to_schedule(row: Row[tuple[object, ...]], lines: tuple[Line, ...]) -> Schedule:
    added = read_month(row.added)
    wear = Wear(row.use, added, row.cost_fen, row.residual_fen, row.worn_fen) if added else None
    first = read_month(row.first)
    if first is None:
        raise ValueError(row.first)
    return Schedule(
        row.uid, row.name, row.kind, row.mode, lines, first, read_month(row.last), row.every, row.day,
        read_month(row.stop), row.attachment_count, wear, row.made_by,
    )  # fmt: skip


def add_schedule(connection: Connection, book: int, one: Schedule, at: str) -> None:
    """A new schedule with its lines."""
    connection.execute(insert(schema.schedule).values(uid=one.uid, book=book, made_at=at, **_values(one)))
    _add_lines(connection, one)


def replace_schedule(connection: Connection, one: Schedule) -> None:
    """Write a changed schedule over the old one; the service lets only those change that drafted nothing."""
    connection.execute(update(schema.schedule).where(_schedule.uid == one.uid).values(**_values(one)))
    connection.execute(delete(schema.schedule_line).where(_line.schedule == one.uid))
    _add_lines(connection, one)


def stop_schedule(connection: Connection, uid: str, month: Month) -> None:
    """The last month that counts."""
    connection.execute(update(schema.schedule).where(_schedule.uid == uid).values(stop=str(month)))


def add_draft(connection: Connection, schedule: str, month: Month, voucher: str) -> None:
    """This voucher was drafted for the month."""
    connection.execute(insert(schema.schedule_draft).values(schedule=schedule, month=str(month), voucher=voucher))


def move_drafts(connection: Connection, old: str, new: str) -> list[str]:
    """The voucher `new` stands for what `old`, void now, was drafted for; the uids of the schedules."""
    parts = connection.execute(select(_draft.schedule, _draft.month).where(_draft.voucher == old)).all()
    for schedule, month in parts:
        connection.execute(insert(schema.schedule_draft).values(schedule=schedule, month=month, voucher=new))
    return sorted({schedule for schedule, _month in parts})


def has_drafts(connection: Connection, uid: str) -> bool:
    """Whether anything was ever drafted of it."""
    return connection.execute(select(_draft.month).where(_draft.schedule == uid).limit(1)).first() is not None


def months_done(connection: Connection, book: int) -> dict[str, frozenset[Month]]:
    """Months by schedule whose voucher stands: not void, and not reversed without a blue one in its place."""
    voucher, red, blue = schema.voucher.c, schema.voucher.alias("red"), schema.voucher.alias("blue")
    redone = exists().where(and_(blue.c.corrects == red.c.uid, blue.c.corrects != "", blue.c.state != VOID))
    reversed_away = exists().where(
        and_(red.c.reverses == voucher.uid, red.c.reverses != "", red.c.state != VOID, red.c.state == POSTED, ~redone)
    )
    query = (
        select(_draft.schedule, _draft.month)
        .join(schema.schedule, _schedule.uid == _draft.schedule)
        .join(schema.voucher, voucher.uid == _draft.voucher)
        .where(_schedule.book == book, voucher.state != VOID, ~reversed_away)
    )
    found: dict[str, set[Month]] = {}
    for uid, text in connection.execute(query):
        month = read_month(text)
        if month is not None:
            found.setdefault(uid, set()).add(month)
    return {uid: frozenset(months) for uid, months in found.items()}


def lonely_red(connection: Connection, parts: Sequence[tuple[str, Month]]) -> tuple[str, date] | None:
    """Uid and day of the red voucher, posted and without a blue one, that took back the one voucher of these parts."""
    red, blue = schema.voucher.alias("red"), schema.voucher.alias("blue")
    redone = exists().where(and_(blue.c.corrects == red.c.uid, blue.c.corrects != "", blue.c.state != VOID))
    where = or_(*(and_(_draft.schedule == uid, _draft.month == str(month)) for uid, month in parts))
    query = (
        select(red.c.uid, red.c.day).distinct().join(schema.schedule_draft, _draft.voucher == red.c.reverses)
        .where(where, red.c.state == POSTED, ~redone)
    )  # fmt: skip
    found = connection.execute(query).all()
    return (found[0].uid, date.fromisoformat(found[0].day)) if len(found) == 1 else None


def _values(one: Schedule) -> dict[str, object]:
    wear = one.wear
    return {
        "name": one.name, "kind": one.kind, "mode": one.mode, "every": one.every, "day": one.day,
        "first": str(one.first), "last": str(one.last or ""), "stop": str(one.stop or ""),
        "attachment_count": one.attachment_count, "made_by": one.made_by, "use": wear.use if wear else "",
        "added": str(wear.added) if wear else "", "cost_fen": wear.cost_fen if wear else 0,
        "residual_fen": wear.residual_fen if wear else 0, "worn_fen": wear.worn_fen if wear else 0,
    }  # fmt: skip


def _add_lines(connection: Connection, one: Schedule) -> None:
    connection.execute(
        insert(schema.schedule_line),
        [
            {"schedule": one.uid, "line": number, "summary": line.summary, "account": line.account,
             "debit_fen": line.debit_fen, "credit_fen": line.credit_fen, "party": line.party,
             "project": line.project, "contract": line.contract, "bank": line.bank}
            for number, line in enumerate(one.lines, 1)
        ],
    )  # fmt: skip
