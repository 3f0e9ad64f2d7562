"""会计档案保管清册 of a year, put together from what the books know; the pen adds where a volume stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from villagebooks.core.account import BANK
from villagebooks.core.cover import Cover
from villagebooks.core.holding import SHORT_YEARS, HoldingList, Pieces, build_holdings
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _
from villagebooks.db import archive as archive_rows
from villagebooks.db import bank as bank_rows
from villagebooks.db import book as book_rows
from villagebooks.db import cash as cash_rows
from villagebooks.db import disclosure as disclosure_rows
from villagebooks.db import paper as paper_rows
from villagebooks.db import village as village_rows
from villagebooks.paths import make_folder
from villagebooks.pdf.holding import draw_holdings
from villagebooks.services.account import today
from villagebooks.services.cover import ledger_cover, voucher_cover
from villagebooks.services.desk import Desk, Office
from villagebooks.services.office import centre


def holdings(desk: Desk, year: int, each: int = 0) -> HoldingList:
    """The register of a book's year; `each` vouchers make a volume, 0: a month does.

    Refused for a year before the books begin, after they were stopped, or that has not begun.
    """
    book = desk.book
    first = max(Month(year, 1), book.start)
    last = Month(year, 12) if book.stopped is None else min(Month(year, 12), book.stopped)
    if last < first or first.first_day > today(desk.office):
        raise Refused([Problem(_("{year} 年这个账套没有账，没有要保管的档案").format(year=year))])
    covers = _covers(desk, Span(first, last), each)
    ledgers = ledger_cover(desk, year).contents
    with desk.books.read() as connection:
        row = book_rows.book_id(connection, book.code)
        name = village_rows.book_name_on(connection, book, last.last_day)
        return build_holdings(
            (book.code, name), (first, last), covers, ledgers, book_rows.month_states(connection, row),
            _pieces(connection, row, desk, year), archive_rows.loans_out(connection),
        )  # fmt: skip


@in_chinese
def print_holdings(office: Office, lists: Sequence[HoldingList], out: Path) -> Path:
    """Draw registers one after another, of several books with their sums in front; `Trouble` when the disk fails."""
    make_folder(out.parent)
    draw_holdings(lists, today(office), out, centre(office).imprint)
    return out


def _covers(desk: Desk, span: Span, each: int) -> tuple[Cover, ...]:
    try:
        return voucher_cover(desk, span, each)
    except Refused:  # a year may pass without a voucher; its other archives are kept
        return ()


def _pieces(connection: Connection, row: int, desk: Desk, year: int) -> Iterator[Pieces]:
    """What is no voucher, ledger or report: how long sheets of the village itself are kept is not in RULES §5."""
    accounts = book_rows.accounts(connection, row)
    for code in sorted(one for one in accounts if one.startswith(BANK)):
        told = f"{code} {accounts[code].name}"
        found = [one for one in bank_rows.statements(connection, row, code) if one.until.year == year]
        days = [(one.first_day, one.until) for one in found]
        yield from _group(_("银行对账单（{account}）").format(account=told), days, SHORT_YEARS)
        months = [one.month for one in bank_rows.sheets(connection, row, code) if one.month.year == year]
        days = [(one.first_day, one.last_day) for one in months]
        yield from _group(_("银行存款余额调节表（{account}）").format(account=told), days, SHORT_YEARS)
    counted = [one.day for one, _digest in cash_rows.counts(connection, row) if one.month.year == year]
    yield from _group(_("库存现金盘点表"), [(day, day) for day in counted])
    shown = [one.month for one in disclosure_rows.put_ups(connection, row) if one.month.year == year]
    yield from _group(_("收支公开榜"), [(one.first_day, one.last_day) for one in shown])
    yield from _stubs(connection, row, desk, year)


def _stubs(connection: Connection, row: int, desk: Desk, year: int) -> Iterator[Pieces]:
    """Receipt books of which a number was used or voided in the year."""
    books = paper_rows.receipt_books(connection, row, desk.book.code)
    used = paper_rows.receipts(connection, [one.code for one in books])
    for one in books:
        days = [date.fromisoformat(it.day) for it in used if it.book == one.code and it.day.startswith(f"{year}-")]
        title = _("收款收据存根（{first}—{last}）").format(first=one.first, last=one.last)
        if days:
            yield Pieces(title, 1, min(days), max(days))


def _group(title: str, days: Sequence[tuple[date, date]], keep: int | None = None) -> Iterator[Pieces]:
    if days:
        yield Pieces(title, len(days), min(first for first, _last in days), max(last for _first, last in days), keep)
