"""Why a voucher or a line of lines.csv is not sound, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from villagebooks.core.account import Account
from villagebooks.core.money import said_yuan
from villagebooks.core.voucher import OPENING, REVERSAL, WORDS
from villagebooks.core.words import _
from villagebooks.formats.voucher.tally import LARGEST_NUMBER, BookRead, Cells, Limit, Place

# of the rows' cells
VILLAGE, DATE, NO, KIND = Place.VILLAGE, Place.DATE, Place.NO, Place.KIND
ACCOUNT, PARTY = Place.ACCOUNT, Place.PARTY


def head_fault(cells: Cells, kind: str | None, day: date | None, number: int | None, word: str) -> str:
    """Why the head of a voucher is none; `kind`, `day` and `number` are None when they could not be read."""
    if kind is None:
        return _("没有这种凭证：kind“{kind}”").format(kind=cells[KIND][:20])
    if day is None or day.year < 1900:
        return _("没有 {day} 这一天").format(day=cells[DATE][:20] or _("（空）"))
    if number is None or number > LARGEST_NUMBER:
        return _("凭证号“{n}”不是整数").format(n=cells[NO][:20])
    if (number == 0) != (kind == OPENING):
        return _("期初凭证的号是 0，其他凭证从 1 起，这里是 {n}").format(n=number)
    if word not in WORDS:
        return _("没有凭证字“{word}”").format(word=word[:20])
    return ""


def difference_text(cells: Cells, difference: int) -> str:
    """By how many fen a voucher has more on one side."""
    side = _("借方多") if difference > 0 else _("贷方多")
    yuan = said_yuan(abs(difference))
    text = _("凭证借贷不平：账套 {book} {month} 第 {n} 号，{side} {yuan} 元")
    return text.format(book=cells[VILLAGE], month=cells[DATE][:7], n=cells[NO], side=side, yuan=yuan)


def limits_of(accounts: Iterable[Account]) -> Iterator[tuple[str, Limit]]:
    """Accounts that take no line any more from a day on, and why."""
    for one in accounts:
        if one.stopped_on:
            text = _("科目 {code} {name} 已从 {day} 起停用").format(code=one.code, name=one.name, day=one.stopped_on)
            yield one.code, Limit(one.stopped_on, "", text)
        elif one.split_on:
            text = _("科目 {code} {name} 已于 {day} 拆分，要记到下级")
            day = date.fromisoformat(one.split_on) + timedelta(days=1)
            text = text.format(code=one.code, name=one.name, day=one.split_on)
            yield one.code, Limit(day.isoformat(), one.split_by, text)


def place_fault(book: BookRead, cells: Cells) -> str:
    """Why a line cannot stand on its account or party, empty when it can."""
    leaf = book.leaves.get(cells[ACCOUNT])
    if leaf is None:
        return _("没有科目 {code}").format(code=cells[ACCOUNT][:20] or _("（空）"))
    if not leaf:
        return _("科目 {code} 有下级，要记到末级").format(code=cells[ACCOUNT])
    if book.parties is not None and cells[PARTY] and cells[PARTY] not in book.parties:
        return _("parties.csv 里没有 {code}").format(code=cells[PARTY][:40])
    return ""


def sides_fault(debit: int, credit: int, kind: str) -> str:
    """Why the amounts of a line are none."""
    if debit and credit:
        return _("借方和贷方只能填一边")
    if not debit and not credit:
        return _("没有金额")
    if kind == REVERSAL and debit + credit > 0:
        return _("红字凭证的金额应是负数")
    return ""


def quantity_fault(text: str, milli: int | None) -> str:
    """Why a quantity is none; `milli` is None when it could not be read."""
    if milli is None:
        return _("数量“{text}”不是数，最多三位小数").format(text=text[:30])
    return _("数量和金额的正负要一致")
