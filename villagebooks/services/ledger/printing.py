"""Every ledger of a book for a year in one file, by kind: what a village binds and keeps (RULES §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection

from villagebooks.core.account import Account
from villagebooks.core.ledger import LedgerRequest, Sheet, kind_names
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.paths import make_folder
from villagebooks.pdf.ledger import draw_sheets
from villagebooks.services.desk import Desk
from villagebooks.services.ledger.plan import KINDS, plan_sheets
from villagebooks.services.ledger.sheet import read_sheet_with
from villagebooks.services.office import centre

Progress = Callable[[int, int], None]
"""Told how many ledgers of how many are drawn; it may raise to stop the work."""


@in_chinese
def print_year(
    desk: Desk, year: int, out: Path, kinds: Sequence[str] = KINDS, progress: Progress | None = None
) -> Path:
    """Draw the ledgers of these kinds for a year; `Refused` when nothing was posted in it, Trouble when the disk fails.

    One state of the books is read, however long it takes. What is cancelled leaves no file.
    """
    make_folder(out.parent)
    with desk.books.read() as connection:
        wanted = _plan(connection, desk, year, kinds)
        title = _("{year}年账簿").format(year=year)
        draw_sheets(_groups(connection, desk, wanted, progress), out, title, centre(desk.office).imprint)
    return out


def count_year(desk: Desk, year: int) -> int:
    """How many ledgers `print_year` would draw; Refused when none."""
    with desk.books.read() as connection:
        return len(_plan(connection, desk, year, KINDS))


def _plan(connection: Connection, desk: Desk, year: int, kinds: Sequence[str]) -> list[LedgerRequest]:
    row = book_rows.book_id(connection, desk.book.code)
    accounts = book_rows.accounts(connection, row)
    start = ledger_rows.first_month(connection, row, desk.book.start)
    span = _span(connection, row, accounts, year, start)
    found = plan_sheets(connection, row, accounts, span, start, kinds) if span else []
    if not found:
        text = _("账套 {book} 的 {year} 年没有这些账：还没有已记账的凭证，或没有这样的科目")
        raise Refused([Problem(text.format(book=desk.book.code, year=year))])
    return found


def _span(connection: Connection, row: int, accounts: Mapping[str, Account], year: int, start: Month) -> Span | None:
    """January, or the first month of reports, to the last month of the year, of the newest year to its newest month."""
    first = max(Month(year, 1), start)
    leaves = [code for code, one in accounts.items() if one.holds_lines]
    if first.year != year or not leaves:
        return None
    later = ledger_rows.turnovers(connection, row, leaves, Span(Month(year + 1, 1), Month(year + 1, 12)))
    if later:
        return Span(first, Month(year, 12))
    moved = [one.month for one in ledger_rows.turnovers(connection, row, leaves, Span(first, Month(year, 12)))]
    return Span(first, max(moved)) if moved else None


def _groups(
    connection: Connection, desk: Desk, wanted: Sequence[LedgerRequest], progress: Progress | None
) -> Iterator[tuple[str, Iterator[Sheet]]]:
    names, done = kind_names(), iter(range(len(wanted)))

    def read(group: Iterable[LedgerRequest]) -> Iterator[Sheet]:
        for asked in group:
            if progress:
                progress(next(done), len(wanted))
            yield read_sheet_with(connection, desk.book, asked)

    for kind, group in groupby(wanted, key=lambda one: one.kind):
        yield names[kind], read(group)
    if progress:
        progress(len(wanted), len(wanted))
