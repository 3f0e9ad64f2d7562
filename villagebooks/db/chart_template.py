"""The unified accounts of each standard by version; a version is never changed, the newest counts."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select

from villagebooks.core.account import Account, UnifiedChart, level_of, parent_code
from villagebooks.db import schema

_template, _account = schema.chart_template.c, schema.chart_template_account.c


def newest(connection: Connection, standard: str) -> UnifiedChart | None:
    """The unified accounts of a standard that count now."""
    query = select(schema.chart_template).where(_template.standard == standard).order_by(_template.version.desc())
    row = connection.execute(query.limit(1)).one_or_none()
    if row is None:
        return None
    return UnifiedChart(
        row.uid, row.standard, row.version, row.made_at, row.made_by, row.words, _accounts(connection, row.uid)
    )  # fmt: skip


def next_version(connection: Connection, standard: str) -> int:
    """The number after the newest version of a standard."""
    query = select(func.max(_template.version)).where(_template.standard == standard)
    return (connection.execute(query).scalar() or 0) + 1


def add(connection: Connection, chart: UnifiedChart) -> None:
    """A new version with its accounts."""
    connection.execute(
        insert(schema.chart_template).values(
            uid=chart.uid, standard=chart.standard, version=chart.version, made_at=chart.made_at,
            made_by=chart.made_by, words=chart.words,
        )
    )  # fmt: skip
    rows = [
        {"template": chart.uid, "code": one.code, "name": one.name, "side": one.side, "needs": " ".join(one.needs),
         "unit": one.unit}
        for one in chart.accounts
    ]  # fmt: skip
    connection.execute(insert(schema.chart_template_account), rows)


def _accounts(connection: Connection, uid: str) -> tuple[Account, ...]:
    query = select(schema.chart_template_account).where(_account.template == uid).order_by(_account.code)
    rows = connection.execute(query).all()
    parents = {parent_code(row.code) for row in rows}
    return tuple(
        Account(
            row.code, row.name, level_of(row.code), parent_code(row.code), row.side, row.code not in parents,
            tuple(row.needs.split()), row.unit,
        )
        for row in rows
    )  # fmt: skip
