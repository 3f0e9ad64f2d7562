"""银行存款余额调节表 on A4: the two balances side by side, what each side does not know yet, both adjusted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from villagebooks.core.bank import (
    BANK_PAID,
    BANK_RECEIVED,
    BOOK_PAID,
    BOOK_RECEIVED,
    OpenItem,
    Reconciliation,
    group_words,
)
from villagebooks.core.money import said_yuan
from villagebooks.core.words import _
from villagebooks.pdf.form import FormSheet, FormTable, FormWords, draw_form
from villagebooks.pdf.ink import A4_WIDE
from villagebooks.pdf.table import TableColumn, TableRow, figure

Side = list[tuple[str, str, bool]]


def draw_reconciliation(
    sheet: Reconciliation, out: Path, book_name: str, people: tuple[str, str, str] = ("", "", ""), reason: str = "",
    centre: str = "",
) -> int:  # fmt: skip
    """Draw the sheet; `people` are who prepared it, who confirmed it and when, empty while nobody did."""
    return draw_form([reconciliation_sheet(sheet, book_name, people, reason, centre)], out, centre, A4_WIDE)


def reconciliation_sheet(
    sheet: Reconciliation, book_name: str, people: tuple[str, str, str] = ("", "", ""), reason: str = "",
    centre: str = "",
) -> FormSheet:  # fmt: skip
    """The sheet in words: a table of two sides, what stands behind it, who signed."""
    prepared, confirmed, at = people
    day = _("{year}年{month}月{day}日").format(year=sheet.until.year, month=sheet.until.month, day=sheet.until.day)
    account = _("账户：{code} {name}").format(code=sheet.account, name=sheet.name)
    above = (_("单位：{name}").format(name=book_name), f"{account}　{day}", _("金额单位：元"))
    columns = (
        TableColumn(_("村银行存款账"), 30), TableColumn(_("金额"), 13, 1.0),
        TableColumn(_("银行对账单"), 30), TableColumn(_("金额"), 13, 1.0),
    )  # fmt: skip
    signs = (
        _("制表：{name}").format(name=prepared), _("确认：{name}").format(name=confirmed), _("会计主管："),
    )  # fmt: skip
    foot = _("已用钥匙签字确认 {at}").format(at=at[:16].replace("T", " ")) if at else _("还没有确认，不作依据")
    blocks = (FormTable("", columns, tuple(_rows(sheet))), FormWords(_("说明"), tuple(_notes(sheet, reason))))
    return FormSheet(_("银行存款余额调节表"), above, blocks, signs, f"{centre}　{foot}".strip())


def _rows(sheet: Reconciliation) -> list[TableRow]:
    rows = [_pair((_("村账上余额"), figure(sheet.book_fen, "0.00"), True),
                  (_("银行对账单余额"), figure(sheet.bank_fen, "0.00"), True))]  # fmt: skip
    for plus, left, right in ((True, BANK_RECEIVED, BOOK_RECEIVED), (False, BANK_PAID, BOOK_PAID)):
        sides = [_group(sheet, group, plus) for group in (left, right)]
        rows += [_pair(one, two) for one, two in zip_longest(*sides, fillvalue=("", "", False))]
    rows.append(
        _pair((_("调节后余额"), figure(sheet.adjusted_book_fen, "0.00"), True),
              (_("调节后余额"), figure(sheet.adjusted_bank_fen, "0.00"), True))
    )  # fmt: skip
    return rows


def _group(sheet: Reconciliation, group: str, plus: bool) -> Side:
    sign = _("加：{what}") if plus else _("减：{what}")
    items = [one for one in sheet.items if one.group == group]
    head = (sign.format(what=group_words()[group]), figure(sheet.total(group), "0.00"), True)
    return [head, *((f"　{_item_words(one)}", figure(one.amount_fen), False) for one in items)]


def _item_words(one: OpenItem) -> str:
    return " ".join(filter(None, (f"{one.day:%m-%d}", one.title.split(" ")[-1] if one.title else "", one.words)))


def _pair(one: tuple[str, str, bool], two: tuple[str, str, bool]) -> TableRow:
    return TableRow((one[0], one[1], two[0], two[1]), bold=one[2] and (two[2] or not two[0]))


def _notes(sheet: Reconciliation, reason: str) -> Sequence[str]:
    lines = [
        _("已勾对：账上 {book} 笔，银行 {bank} 笔。").format(book=sheet.matched_book, bank=sheet.matched_bank),
    ]
    if sheet.unknown_fen:
        text = _("调节后两边差 {yuan} 元。原因：{reason}")
        lines.append(text.format(yuan=said_yuan(abs(sheet.unknown_fen)), reason=reason or _("（未写）")))
    else:
        lines.append(_("调节后两边相等。"))
    if sheet.inside:
        told = _("；").join(f"{one.day:%m-%d} {one.words} {said_yuan(one.amount_fen)}" for one in sheet.inside)
        lines.append(_("银行一进一出相抵、账上没有记的（要补做凭证）：{items}。").format(items=told))
    return lines
