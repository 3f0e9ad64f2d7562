"""Whether a sheet ties and shows nothing personal, before anybody signs it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from villagebooks.core.disclosure.sheet import Fund, Sheet
from villagebooks.core.money import said_yuan
from villagebooks.core.problem import Problem
from villagebooks.core.words import _

_PERSONAL = re.compile(
    r"(?<![0-9])(?:[0-9]{6} ?[0-9]{8} ?[0-9]{3}[0-9Xx]|[0-9]{15,19}|[0-9]{4}(?: [0-9]{4}){3}(?: [0-9]{1,3})?"
    r"|1[3-9][0-9]{9})(?![0-9])"
)
"""18-digit and old 15-digit ID numbers, bank cards of 16 to 19 digits, mobile numbers; invoices have 8 or 20 digits."""


def check_sheet(sheet: Sheet) -> list[Problem]:
    """上月剩下 + 收进来 − 花出去 = 现在剩下 for every kind of money, rows sum to totals, places to what is left, and no
    digits of anybody's ID, bank card or telephone stand on it (offices' numbers under `ask` may)."""
    problems = []
    for fund in (sheet.own, *sheet.others):
        for text, found, wanted in _fund_sums(sheet, fund):
            if found != wanted:
                figures = _("{found} 与 {wanted} 不等").format(found=said_yuan(found), wanted=said_yuan(wanted))
                problems.append(Problem(_("{where}：{text}").format(where=text, text=figures), fund.title))
    personal = [text for text in _texts(sheet) if _PERSONAL.search(text)]
    # the place is named without its figures: problems are logged
    problems += [
        Problem(_("公开榜上不能有身份证号、银行卡号或手机号"), re.sub("[0-9]", "*", text)) for text in personal
    ]
    return problems


def _fund_sums(sheet: Sheet, fund: Fund) -> Iterator[tuple[str, int, int]]:
    """(what is compared, one figure, the other) for one kind of money."""
    tied = fund.opening_fen + fund.income_fen - fund.spending_fen
    rows = [item for group in fund.spending for item in group.items]
    yield _("上月剩下＋收进来－花出去，现在剩下"), tied, fund.closing_fen
    yield _("收进来各行，合计"), sum(item.amount_fen for item in fund.income), fund.income_fen
    yield _("花出去各行，合计"), sum(item.amount_fen for item in rows), fund.spending_fen
    places = [place.amount_fen for place in sheet.places if place.fund == fund.fund]
    yield _("各处的钱，现在剩下"), sum(places), fund.closing_fen
    numbers = [item.number for item in rows]
    yield _("花出去的笔数，最后的序号"), len(numbers), max(numbers, default=0)


def _texts(sheet: Sheet) -> Iterator[str]:
    """Every text that people wrote, without the office telephone numbers."""
    for fund in (sheet.own, *sheet.others):
        for item in fund.income:
            yield from (item.words, item.basis)
        for group in fund.spending:
            for row in group.items:
                yield from (row.words, row.handler, row.witness, *row.approvers)
    yield from (one.words for one in (*sheet.transfers, *sheet.no_money))
    yield from (debt.party for debt in (*sheet.owed_to_village, *sheet.owed_by_village))
    yield from (sheet.notes.committee_words, *sheet.notes.committee)
