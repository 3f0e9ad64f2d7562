"""Layouts of the township's own, the texts of the notes, and balances by one dimension for the notes' tables."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Row, Text, bindparam, delete, func, insert, select, text, update

from villagebooks.core.period import Month, read_month
from villagebooks.core.statement import BY_ACCOUNT, BY_PARTY, BY_PROJECT, USED, Layout, LayoutLine, Part
from villagebooks.db import schema
from villagebooks.db.tuples import fetch_plain

_layout, _line, _note = schema.statement_layout.c, schema.statement_line.c, schema.note_text.c

_PARTS = """SELECT account, {key}, SUM(CASE WHEN year < :year OR month = 0 THEN debit_fen - credit_fen ELSE 0 END),
      SUM(CASE WHEN year = :year AND month BETWEEN 1 AND :month THEN debit_fen ELSE 0 END),
      SUM(CASE WHEN year = :year AND month BETWEEN 1 AND :month THEN credit_fen ELSE 0 END)
    FROM balance WHERE book = :book AND substr(account, 1, 3) IN :codes
      AND year = (SELECT MAX(k.year) FROM account_balance k WHERE k.book = :book AND k.year <= :year)
    GROUP BY account{group} ORDER BY account{group}"""


def layouts(connection: Connection) -> list[Layout]:
    """Every layout that somebody made, by report, standard and version, each with its lines."""
    order = (_layout.report, _layout.standard, _layout.version)
    rows = connection.execute(select(schema.statement_layout).order_by(*order)).all()
    lines: dict[str, list[LayoutLine]] = {}
    for row in connection.execute(select(schema.statement_line).order_by(_line.layout, _line.position)):
        lines.setdefault(row.layout, []).append(LayoutLine(row.line_no, row.label, row.formula, row.show))
    return [_to_layout(row, lines.get(row.uid, ())) for row in rows]


def find_layout(connection: Connection, uid: str) -> Layout | None:
    """The layout of this uid."""
    row = connection.execute(select(schema.statement_layout).where(_layout.uid == uid)).one_or_none()
    return _with_lines(connection, row) if row else None


def layout_in_use(connection: Connection, report: str, standard: str, month: Month) -> Layout | None:
    """The layout put to use last that counts in this month, None when there was never one; it may be `official`."""
    values = {"report": report, "standard": standard, "state": USED, "month": str(month)}
    rows = fetch_plain(connection, _IN_USE, values)
    return find_layout(connection, rows[0][0]) if rows else None


_IN_USE = """SELECT uid FROM statement_layout
  WHERE report = :report AND standard = :standard AND state = :state AND since <= :month
  ORDER BY turn DESC LIMIT 1"""


def next_version(connection: Connection, report: str, standard: str) -> int:
    """The number of a new version."""
    query = select(func.max(_layout.version)).where(_layout.report == report, _layout.standard == standard)
    return (connection.execute(query).scalar() or 0) + 1


def next_turn(connection: Connection, report: str, standard: str) -> int:
    """The place of a layout that is put to use now among all that were."""
    query = select(func.max(_layout.turn)).where(_layout.report == report, _layout.standard == standard)
    return (connection.execute(query).scalar() or 0) + 1


def save_layout(connection: Connection, layout: Layout) -> None:
    """Write a layout with its lines, in place of what it said before; the service journals it."""
    values = {
        "report": layout.report, "standard": layout.standard, "version": layout.version, "title": layout.title,
        "form": layout.form, "turn": layout.turn, "since": str(layout.since or ""), "official": int(layout.official),
    }  # fmt: skip
    connection.execute(delete(schema.statement_line).where(_line.layout == layout.uid))
    # lines first: the guards let none be changed once the layout is in use
    known = connection.execute(select(_layout.uid).where(_layout.uid == layout.uid)).first()
    if not known:
        connection.execute(insert(schema.statement_layout).values(uid=layout.uid, **values))
    rows = [
        {"layout": layout.uid, "position": place, "line_no": line.line_no, "label": line.label,
         "formula": line.formula, "show": line.show}
        for place, line in enumerate(layout.lines)
    ]  # fmt: skip
    if rows:
        connection.execute(insert(schema.statement_line), rows)
    connection.execute(
        update(schema.statement_layout).where(_layout.uid == layout.uid).values(**values, state=layout.state)
    )


def note_texts(connection: Connection, book: int, year: int) -> dict[str, tuple[str, str]]:
    """(uid, text) of what the accountant wrote into the notes of a year, by topic."""
    rows = connection.execute(select(_note.topic, _note.uid, _note.text).where(_note.book == book, _note.year == year))
    return {row.topic: (row.uid, row.text) for row in rows}


def put_note_text(connection: Connection, uid: str, book: int, year: int, topic: str, text: str) -> None:
    """Write a text of the notes, new or in place of the last one; the service journals it."""
    done = connection.execute(update(schema.note_text).where(_note.uid == uid).values(text=text))
    if not done.rowcount:
        connection.execute(insert(schema.note_text).values(uid=uid, book=book, year=year, topic=topic, text=text))


def note_parts(connection: Connection, book: int, month: Month, codes: Sequence[str], by: str) -> tuple[Part, ...]:
    """Balances of the leaves below level-1 accounts from 1 January to a month, by party, by project, or not further.

    What has no project is known by its party: history often names projects there.
    """
    keys = {BY_ACCOUNT: "''", BY_PARTY: "party", BY_PROJECT: "CASE WHEN project <> '' THEN project ELSE party END"}
    key, group = f"{keys[by]} AS detail", "" if by == BY_ACCOUNT else ", detail"
    query = text(_PARTS.format(key=key, group=group)).bindparams(bindparam("codes", type_=Text, expanding=True))
    values = {"book": book, "year": month.year, "month": month.month, "codes": list(codes)}
    return tuple(Part(*row) for row in connection.execute(query, values))


def _with_lines(connection: Connection, row: Row[tuple[object, ...]]) -> Layout:
    query = select(schema.statement_line).where(_line.layout == row.uid).order_by(_line.position)
    return _to_layout(row, [LayoutLine(one.line_no, one.label, one.formula, one.show) for one in
                            connection.execute(query)])  # fmt: skip


def _to_layout(row: Row[tuple[object, ...]], lines: Sequence[LayoutLine]) -> Layout:
    return Layout(
        row.uid, row.report, row.standard, row.version, row.title, row.form, tuple(lines), row.state,
        read_month(row.since), row.turn, bool(row.official),
    )  # fmt: skip
