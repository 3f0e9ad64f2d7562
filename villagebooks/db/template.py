"""Templates that the township made; a deleted one stays in the table, marked."""

from __future__ import annotations

from sqlalchemy import Connection, Row, insert, select, update

from villagebooks.core.template import Template, TemplateLine
from villagebooks.db import schema

DELETED = "deleted"
_template, _line = schema.template.c, schema.template_line.c


def templates(connection: Connection, standard: str = "") -> list[Template]:
    """Every template that is not deleted, of one standard or of all, by name."""
    query = select(schema.template).where(_template.state != DELETED).order_by(_template.name, _template.uid)
    if standard:
        query = query.where(_template.standard == standard)
    heads = connection.execute(query).all()
    lines: dict[str, list[TemplateLine]] = {row.uid: [] for row in heads}
    rows = select(schema.template_line).where(_line.template.in_(lines)).order_by(_line.template, _line.line)
    for row in connection.execute(rows):
        lines[row.template].append(_to_line(row))
    return [
        Template(row.uid, row.name, row.standard, tuple(lines[row.uid]), row.kind, "", row.note, row.uid, row.made_by)
        for row in heads
    ]


def add_template(connection: Connection, one: Template) -> None:
    """A new template with its lines."""
    connection.execute(
        insert(schema.template).values(
            uid=one.uid, name=one.name, standard=one.standard, kind=one.kind, note=one.basis, made_by=one.made_by
        )
    )
    connection.execute(
        insert(schema.template_line),
        [
            {"template": one.uid, "line": number, "summary": line.summary, "account": line.account, "name": line.name,
             "side": line.side, "party": line.party, "project": line.project, "contract": line.contract,
             "bank": line.bank}
            for number, line in enumerate(one.lines, 1)
        ],
    )  # fmt: skip


def rename_template(connection: Connection, uid: str, name: str) -> None:
    """Another name."""
    connection.execute(update(schema.template).where(_template.uid == uid).values(name=name))


def drop_template(connection: Connection, uid: str) -> None:
    """Shown no more."""
    connection.execute(update(schema.template).where(_template.uid == uid).values(state=DELETED))


def _to_line(row: Row[tuple[object, ...]]) -> TemplateLine:
    return TemplateLine(
        row.summary, row.account, row.name, row.side, row.party, row.project, row.contract, row.bank
    )  # fmt: skip
