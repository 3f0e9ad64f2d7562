"""Records on paper: trial balance, ledger, statements and vouchers as PDF files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection

from villagebooks.core.account import path_name
from villagebooks.core.approval import APPROVE, BY_PAPER, FOOT
from villagebooks.core.correction import is_voiding
from villagebooks.core.ledger import Sheet, TrialBalance, kind_names
from villagebooks.core.period import Span
from villagebooks.core.policy import Policy
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.stationery import A5, Format, Offset
from villagebooks.core.statutory import in_chinese
from villagebooks.core.village import OF_BOOK, name_on
from villagebooks.core.voucher import REVERSAL, Voucher
from villagebooks.core.words import _
from villagebooks.db import approval as approval_rows
from villagebooks.db import book as book_rows
from villagebooks.db import correction as correction_rows
from villagebooks.db import village as village_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.paths import make_folder
from villagebooks.pdf.closing import draw_register
from villagebooks.pdf.ledger import draw_sheet, draw_sheets, draw_trial_balance
from villagebooks.pdf.policy import draw_policy
from villagebooks.pdf.ruler import draw_ruler
from villagebooks.pdf.voucher import VoucherPage, draw_vouchers
from villagebooks.services.closing import period_acts
from villagebooks.services.desk import Desk, Office
from villagebooks.services.office import centre, settings, villages
from villagebooks.services.policy import current_policy
from villagebooks.services.report import months_of

Progress = Callable[[int, int], None]

SHEET_SETTING = "disclosure"
"""The setting that holds whom to ask."""


@in_chinese
def print_trial_balance(office: Office, report: TrialBalance, out: Path) -> Path:
    """Draw a trial balance to a PDF file; `Trouble` when the disk refuses."""
    make_folder(out.parent)
    draw_trial_balance(report, out, centre(office).imprint)
    return out


@in_chinese
def print_sheets(office: Office, sheets: Sequence[Sheet], out: Path) -> Path:
    """Draw ledgers of any kind, each on pages of its own."""
    make_folder(out.parent)
    name = centre(office).imprint
    if len(sheets) == 1:
        draw_sheet(sheets[0], out, name)
    else:
        books = groupby(sheets, key=lambda one: one.book_name)
        draw_sheets(books, out, kind_names()[sheets[0].kind], name)
    return out


@in_chinese
def print_register(desk: Desk, out: Path) -> Path:
    """Draw every closing, reopening and lock of the book with its reason; Refused when there is none."""
    acts = period_acts(desk)
    if not acts:
        raise Refused([Problem(_("这个账套还没有结过账"))])
    make_folder(out.parent)
    draw_register(acts, out, desk.book.name, centre(desk.office).imprint)
    return out


@in_chinese
def print_policy(office: Office, out: Path, drafted: Policy | None = None) -> Path:
    """Draw the standing notice 权责清单 of the policy in force, or of a draft that is not."""
    now = current_policy(office)
    since = _("第 {n} 版　{day} 起").format(n=now.version, day=now.at[:10]) if now.version else ""
    ask = settings(office, [SHEET_SETTING]).get(SHEET_SETTING, {})
    lines = ask.get("ask", []) if isinstance(ask, dict) else []
    names = {one.code: one.name for one in villages(office)}
    make_folder(out.parent)
    where = (tuple(map(str, lines)), names, centre(office).imprint)
    draw_policy(drafted or now.policy, out, _("草稿，还没有启用") if drafted else since, *where)
    return out


def print_ruler(office: Office, paper: Format, printer: str, offset: Offset, out: Path) -> Path:
    """Draw the test page of a paper, which says the printer and the offset it is printed with."""
    make_folder(out.parent)
    draw_ruler(paper, printer, offset, out, centre(office).imprint)
    return out


@in_chinese
def print_vouchers(
    desk: Desk, span: Span, out: Path, uids: Sequence[str] = (), sheet: str = A5, progress: Progress | None = None
) -> Path:
    """Draw the vouchers of the span in order, or only those of `uids`, on a sheet for vouchers.

    `sheet` is one of `core.stationery.VOUCHER_SHEETS`; `progress` is told how many of how many are drawn, and may raise
    to stop: then there is no file. Refused when there is no voucher.
    """
    pages = voucher_pages(desk, span, uids)
    if not pages:
        raise Refused([Problem(_("{span} 没有凭证可打印").format(span=span))])
    make_folder(out.parent)
    draw_vouchers(pages, out, centre(desk.office).imprint, sheet, progress)
    return out


def voucher_pages(desk: Desk, span: Span, uids: Sequence[str] = ()) -> list[VoucherPage]:
    """Vouchers of a span in any state with the names of their accounts and parties, and whose signature is ink."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        accounts = book_rows.accounts(connection, row_id)
        names = village_rows.terms(connection, OF_BOOK, [desk.book.uid])
        paths_on = cache(partial(_paths, connection, row_id))
        units = {code: account.unit for code, account in accounts.items() if account.unit}
        parties = {party.code: party.name for party in book_rows.parties(connection, row_id).values()}
        pages = []
        for month in months_of(span):
            for voucher in voucher_rows.vouchers_of_month(connection, row_id, month):
                if uids and voucher.uid not in uids:
                    continue
                reverses = _named(connection, row_id, voucher.reverses, voucher.month.year)
                corrects = _corrected(connection, row_id, voucher)
                given = [one for one, _note in approval_rows.approvals_of(connection, voucher.uid, voucher.rev)]
                ink = tuple(
                    _(FOOT[one.step])
                    for one in given
                    if one.mode == BY_PAPER and one.decision == APPROVE and one.step in FOOT
                )
                remarks = correction_rows.remarks_of(connection, voucher.uid)
                why = _("；").join(one.words for one in remarks if not is_voiding(one.kind))
                paths = paths_on(voucher.day)
                name = name_on(names, voucher.day, desk.book.name)
                pages.append(VoucherPage(voucher, name, paths, parties, reverses, ink, units, corrects, why))
    return pages


def _corrected(connection: Connection, row_id: int, voucher: Voucher) -> str:
    """订正8月记-7号 of a blue voucher, 更正… of a difference or an earlier year."""
    found = voucher_rows.find_voucher(connection, row_id, voucher.corrects) if voucher.corrects else None
    if found is None:
        return ""
    title = _named(connection, row_id, voucher.corrects, voucher.month.year)
    return (_("订正{title}") if found.kind == REVERSAL else _("更正{title}")).format(title=title)


def _named(connection: Connection, row_id: int, uid: str, year: int) -> str:
    """8月记-7号, with its year when that is another; a blue voucher names what the red one took back."""
    found = voucher_rows.find_voucher(connection, row_id, uid) if uid else None
    if found and found.reverses and found.kind == REVERSAL:
        found = voucher_rows.find_voucher(connection, row_id, found.reverses) or found
    if found is None:
        return ""
    text = _("{month}月{title}号") if found.month.year == year else _("{year}年{month}月{title}号")
    return text.format(year=found.month.year, month=found.month.month, title=found.title)


def _paths(connection: Connection, row_id: int, day: date) -> dict[str, str]:
    """Names of accounts from level 1 down, as they were on the voucher's day."""
    accounts = book_rows.accounts(connection, row_id, day)
    return {code: path_name(accounts.values(), code) for code in accounts}
