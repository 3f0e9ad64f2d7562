"""封面: covers that a month's vouchers, a year's ledgers and statements are bound in, and the catalogue of vouchers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from villagebooks.core.account import BANK, CASH
from villagebooks.core.cover import (
    A4,
    KEEP_YEARS,
    LEDGERS,
    STATEMENTS,
    Catalogue,
    Cover,
    voucher_covers,
)
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import village as village_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.paths import make_folder
from villagebooks.pdf.cover import draw_catalogues, draw_covers
from villagebooks.services.desk import Desk
from villagebooks.services.office import centre
from villagebooks.services.report import months_of
from villagebooks.services.statement import official_titles, reports_in_use


def voucher_cover(desk: Desk, span: Span, each: int = 0) -> tuple[Cover, ...]:
    """A cover for every month of the span that has vouchers, or for every `each` vouchers of a month.

    Void vouchers keep their number and their sheet. Refused when there is no voucher.
    """
    name = centre(desk.office).imprint
    found: list[Cover] = []
    for month in months_of(span):
        one = _catalogue(desk, month)
        found += voucher_covers(one.code, one.name, name, month, one.heads, each)
    if not found:
        raise Refused([Problem(_("{span} 没有凭证可装订").format(span=span))])
    return tuple(found)


def catalogue(desk: Desk, span: Span) -> tuple[Catalogue, ...]:
    """The catalogue of every month of the span that has vouchers; Refused when there is none."""
    found = tuple(one for month in months_of(span) if (one := _catalogue(desk, month)).heads)
    if not found:
        raise Refused([Problem(_("{span} 没有凭证").format(span=span))])
    return found


def ledger_cover(desk: Desk, year: int) -> Cover:
    """The cover of a year's ledgers, with the ledgers that the book has."""
    contents = [_("总账"), _("现金日记账"), _("银行存款日记账"), _("明细账"), _("辅助账（往来、项目）")]
    with desk.books.read() as connection:
        accounts = book_rows.accounts(connection, book_rows.book_id(connection, desk.book.code))
    codes = {code[:3] for code in accounts}
    shown = [one for one, code in zip(contents, ("", CASH, BANK, "", ""), strict=True) if not code or code in codes]
    return replace(_year_cover(desk, year, LEDGERS), contents=tuple(shown))


def statement_cover(desk: Desk, year: int) -> Cover:
    """The cover of a year's statements, with the township's own reports of that year."""
    own = [one.title for one in reports_in_use(desk.office, desk.book.standard, Month(year, 12))]
    made = [*official_titles().values(), _("收支明细表"), _("成员权益变动及收益分配表"), _("会计报表附注"), *own]
    return replace(_year_cover(desk, year, STATEMENTS), contents=tuple(made))


@in_chinese
def print_covers(covers: tuple[Cover, ...], out: Path, paper: str = A4) -> Path:
    """Draw covers on A4 or 240 × 140 mm; `Trouble` when the disk refuses."""
    make_folder(out.parent)
    draw_covers(covers, out, paper)
    return out


@in_chinese
def print_catalogues(desk: Desk, catalogues: tuple[Catalogue, ...], out: Path) -> Path:
    """Draw the catalogues of vouchers, a month after another."""
    make_folder(out.parent)
    draw_catalogues(catalogues, out, centre(desk.office).imprint)
    return out


@in_chinese
def print_cover(desk: Desk, kind: str, span: Span, out: Path, paper: str = A4, each: int = 0) -> Path:
    """Draw what is asked for: covers of vouchers, their catalogue, the cover of a year's ledgers or statements."""
    match kind:
        case "vouchers":
            return print_covers(voucher_cover(desk, span, each), out, paper)
        case "catalogue":
            return print_catalogues(desk, catalogue(desk, span), out)
        case "ledgers":
            return print_covers((ledger_cover(desk, span.last.year),), out, paper)
    return print_covers((statement_cover(desk, span.last.year),), out, paper)


def _year_cover(desk: Desk, year: int, kind: str) -> Cover:
    if Month(year, 12) < desk.book.start:
        raise Refused([Problem(_("账从 {start} 开始，{span} 还没有账").format(start=desk.book.start, span=year))])
    last = Month(year, 12).last_day
    with desk.books.read() as connection:
        name = village_rows.book_name_on(connection, desk.book, last)
    return Cover(kind, desk.book.code, name, centre(desk.office).imprint, year, keep_years=KEEP_YEARS[kind])


def _catalogue(desk: Desk, month: Month) -> Catalogue:
    with desk.books.read() as connection:
        row = book_rows.book_id(connection, desk.book.code)
        heads = voucher_rows.heads_of_month(connection, row, month)
        name = village_rows.book_name_on(connection, desk.book, month.last_day)
    return Catalogue(desk.book.code, name, month, tuple(heads))
