"""The month's sheet from the books: prepared, and proved by a second count that was written apart."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from villagebooks.core.account import BANK, CASH, Account
from villagebooks.core.disclosure import (
    Fund,
    Sheet,
    SheetHead,
    SheetNotes,
    SheetRules,
    SheetSource,
    build_sheet,
    check_sheet,
    funds_of_accounts,
)
from villagebooks.core.money import said_yuan
from villagebooks.core.period import Span
from villagebooks.core.problem import Problem, refuse_if
from villagebooks.core.receipt import ReceiptCount
from villagebooks.core.voucher import APPROVED, DRAFT, POSTED, SUBMITTED
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import disclosure as disclosure_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.db import paper as paper_rows
from villagebooks.db import village as village_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.services.desk import Desk
from villagebooks.services.disclosure.notes import notes_of
from villagebooks.services.disclosure.rules import read_rules
from villagebooks.services.paper import list_receipts, receipt_counts


def prepare_sheet(desk: Desk, notes: SheetNotes | None = None) -> Sheet:
    """The sheet of the desk's month from posted vouchers, for looking at and signing; Refused when it does not tie.

    Without `notes` those of the settings are taken. Vouchers that wait for signatures are not in it: `put_up` refuses
    while there are any.
    """
    receipts = month_receipts(desk)
    with desk.books.read() as connection:
        sheet, problems = sheet_in(connection, desk, notes, receipts)
    refuse_if(problems)
    return sheet


def month_receipts(desk: Desk) -> tuple[ReceiptCount, ...]:
    """Receipt books with the numbers used or voided in the month alone, and what is left and missing at its end."""
    mine = {(one.book, one.number) for one in list_receipts(desk)}
    return tuple(
        ReceiptCount(
            one.book,
            tuple(number for number in one.used if (one.book, number) in mine),
            tuple(number for number in one.void if (one.book, number) in mine),
            one.left,
            one.missing,
        )
        for one in receipt_counts(desk)
    )


def sheet_in(
    connection: Connection, desk: Desk, notes: SheetNotes | None, receipts: tuple[ReceiptCount, ...]
) -> tuple[Sheet, list[Problem]]:
    """The sheet inside an open view or transaction, and what does not tie in it."""
    rules = read_rules(desk.book.standard)
    source = _source(connection, desk, receipts, rules)
    sheet = build_sheet(_head(connection, desk), source, notes or notes_of(connection, desk), rules)
    problems = check_sheet(sheet) + _proof(connection, desk, sheet, source.accounts, rules)
    if desk.period < desk.book.start:
        early = _("账从 {start} 开始，{month} 没有公开榜").format(start=desk.book.start, month=desk.period)
        problems.append(Problem(early))
    return sheet, problems


def waiting_vouchers(connection: Connection, desk: Desk) -> list[Problem]:
    """A Problem while vouchers of the month are not posted: the sheet would not hold them."""
    row_id = book_rows.book_id(connection, desk.book.code)
    waiting = voucher_rows.vouchers_of_month(connection, row_id, desk.period, (DRAFT, SUBMITTED, APPROVED))
    if not waiting:
        return []
    titles = _("、").join(one.title for one in waiting[:5])
    text = _("{month} 还有 {n} 张凭证没有记账（{titles}），不能张榜")
    return [Problem(text.format(month=desk.period, n=len(waiting), titles=titles))]


def _head(connection: Connection, desk: Desk) -> SheetHead:
    root = str(book_rows.settings(connection, ["root"]).get("root") or "")
    centre = book_rows.centre(connection, root)
    day = desk.period.last_day
    books = [one for one in book_rows.books(connection) if one.village == desk.book.village]
    alone = sum(one.keeps(desk.period) for one in books) == 1
    village = village_rows.village_name_on(connection, desk.book.village, day) if alone else ""
    village = village or village_rows.book_name_on(connection, desk.book, day)
    return SheetHead(centre.name, root, desk.book.code, village, desk.period)


def _source(connection: Connection, desk: Desk, receipts: tuple[ReceiptCount, ...], rules: SheetRules) -> SheetSource:
    row_id = book_rows.book_id(connection, desk.book.code)
    vouchers = voucher_rows.vouchers_of_month(connection, row_id, desk.period, (POSTED,))
    wanted = sorted({uid for voucher in vouchers for uid in voucher.papers})
    papers = {paper.uid: paper for paper in paper_rows.papers_where_uids(connection, wanted)}
    month, apart = Span(desk.period, desk.period), [code for code, _words in rules.debts]
    details = ledger_rows.details(connection, row_id, month, desk.book.start, apart)
    parties = {party.code: party.name for party in book_rows.parties(connection, row_id).values()}
    accounts = book_rows.accounts(connection, row_id, desk.period.last_day)
    return SheetSource(tuple(vouchers), papers, details, accounts, parties, receipts)


def _proof(
    connection: Connection, desk: Desk, sheet: Sheet, accounts: Mapping[str, Account], rules: SheetRules
) -> list[Problem]:
    """Every fund's four numbers, and cash and bank as a whole, against a count from the posted lines alone."""
    row_id = book_rows.book_id(connection, desk.book.code)
    fund_of = funds_of_accounts(accounts, rules.funds)
    problems = []
    for fund in (sheet.own, *sheet.others):
        leaves = [code for code, kind in fund_of.items() if kind == fund.fund]
        counted = disclosure_rows.four_numbers(connection, row_id, desk.period, leaves)
        problems += _compare(fund, counted)
    money = [code for code in accounts if code[:3] in (CASH, BANK)]
    whole = disclosure_rows.four_numbers(connection, row_id, desk.period, money)
    shown = sum(fund.closing_fen for fund in (sheet.own, *sheet.others))
    if shown != whole[3]:
        figures = _("榜上 {shown}，账上 {counted}").format(shown=said_yuan(shown), counted=said_yuan(whole[3]))
        problems.append(Problem(_("现金和银行存款合计与分录重新加出来的不符：{figures}").format(figures=figures)))
    return problems


def _compare(fund: Fund, counted: tuple[int, int, int, int]) -> list[Problem]:
    shown = (fund.opening_fen, fund.income_fen, fund.spending_fen, fund.closing_fen)
    names = (_("上月剩下"), _("收进来"), _("花出去"), _("现在剩下"))
    text = _("{name}：榜上 {shown}，从分录重新加出来是 {counted}")
    return [
        Problem(text.format(name=name, shown=said_yuan(left), counted=said_yuan(right)), fund.title)
        for name, left, right in zip(names, shown, counted, strict=True)
        if left != right
    ]
