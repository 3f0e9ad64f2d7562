"""How far every book is in a month: papers and vouchers counted by state, sheets and query files by date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, func, select

from villagebooks.core.period import Month
from villagebooks.core.voucher import VOID
from villagebooks.db import schema

_paper, _voucher = schema.paper.c, schema.voucher.c


def paper_states(connection: Connection, month: Month) -> dict[int, Counter[str]]:
    """Papers dated in the month by book and state."""
    days = _paper.day.between(month.first_day.isoformat(), month.last_day.isoformat())
    # a paper is numbered in the year of its day: a short range of the index for each book, whatever history holds
    where = (_paper.book.in_(select(schema.book.c.id)), _paper.year == month.year, days)
    query = select(_paper.book, _paper.state, func.count()).where(*where).group_by(_paper.book, _paper.state)
    return _counted([tuple(row) for row in connection.execute(query)])


def voucher_states(connection: Connection, month: Month) -> dict[int, Counter[str]]:
    """Vouchers of the month by book and state."""
    query = (
        select(_voucher.book, _voucher.state, func.count())
        .where(_voucher.book.in_(select(schema.book.c.id)), _voucher.year == month.year, _voucher.month == month.month)
        .group_by(_voucher.book, _voucher.state)
    )
    return _counted([tuple(row) for row in connection.execute(query)])


def sheet_days(connection: Connection, month: Month) -> dict[int, tuple[str, str]]:
    """Put up on, stays until (ISO days) by book, for the sheets of the month."""
    sheet = schema.disclosure.c
    of_month = (sheet.year == month.year, sheet.month == month.month)
    query = select(sheet.book, sheet.put_up, sheet.stay_until).where(*of_month)
    return {row.book: (row.put_up, row.stay_until) for row in connection.execute(query)}


def month_states(connection: Connection, month: Month) -> dict[int, str]:
    """State of the month by book, for those that were ever closed."""
    period = schema.period.c
    of_month = (period.year == month.year, period.month == month.month)
    rows = connection.execute(select(period.book, period.state).where(*of_month))
    return {row.book: row.state for row in rows}


def last_exports(connection: Connection) -> dict[int, str]:
    """When each book's query file was exported last."""
    export = schema.query_export.c
    rows = connection.execute(select(export.book, func.max(export.made_at)).group_by(export.book))
    return {row[0]: row[1] for row in rows}


def last_month(connection: Connection, books: Iterable[int]) -> Month | None:
    """The latest month in which any of the books has a voucher that is not void, a step or few into the index for each;
    None without any."""
    latest = None
    for book in books:
        query = select(_voucher.year, _voucher.month).where(_voucher.book == book, _voucher.month > 0)
        query = query.where(_voucher.state != VOID)
        row = connection.execute(query.order_by(_voucher.year.desc(), _voucher.month.desc()).limit(1)).first()
        if row and (latest is None or Month(row.year, row.month) > latest):
            latest = Month(row.year, row.month)
    return latest


def _counted(rows: list[tuple[int, str, int]]) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = {}
    for book, state, count in rows:
        found.setdefault(book, Counter())[state] = count
    return found
