"""账务移交清单 on A4, a copy each for who gives, who takes and who watches: money, things, balances, signatures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from villagebooks.core.money import said_yuan
from villagebooks.core.opening import MONEY_KINDS, HandItem, HandOver, kind_words
from villagebooks.core.words import _, pgettext
from villagebooks.pdf.form import FormSheet, FormTable, FormWords, draw_form
from villagebooks.pdf.table import TableColumn, TableRow, figure

Balances = tuple[tuple[str, str, str, int], ...]
"""(account, name, party, signed net in fen) of every detail that was handed over."""


def draw_hand_over(record: HandOver, balances: Balances, out: Path, book_name: str, centre: str = "") -> int:
    """Draw the three copies; the number of pages."""
    sheets = [hand_over_sheet(record, balances, book_name, centre, one) for one in copy_words()]
    return draw_form(sheets, out, centre)


def copy_words() -> tuple[str, str, str]:
    """一式三份: whose each copy is."""
    return _("第一联　移交人"), _("第二联　接收人"), _("第三联　监交人（存档）")


def hand_over_sheet(record: HandOver, balances: Balances, book_name: str, centre: str, copy: str) -> FormSheet:
    """One copy in words."""
    day = _("移交日期 {day}").format(day=record.day.isoformat())
    blocks: list[FormTable | FormWords] = list(item_blocks(record))
    rows = tuple(
        TableRow((f"{code} {name}", party, figure(max(net, 0)), figure(max(-net, 0))))
        for code, name, party, net in balances
    )
    heads = (TableColumn(_("科目"), 28), TableColumn(_("往来"), 26), TableColumn(_("借方余额"), 16, 1.0),
             TableColumn(_("贷方余额"), 16, 1.0))  # fmt: skip
    blocks.append(FormTable(_("移交时的余额"), heads, rows))
    if record.remark:
        blocks.append(FormWords(_("说明"), (record.remark,)))
    signs = (
        _("移交人：{name}").format(name=record.giver), _("接收人：{name}").format(name=record.receiver),
        _("监交人：{name}").format(name=record.watcher),
    )  # fmt: skip
    above = (_("单位：{name}").format(name=book_name), day, copy)
    return FormSheet(_("账务移交清单"), above, tuple(blocks), signs, centre)


def item_blocks(record: HandOver) -> Iterator[FormTable]:
    """Money with what the books say and what was found, a shortage or surplus on a line of its own; then things."""
    money = [row for one in record.items if one.kind in MONEY_KINDS for row in _money_rows(one)]
    things = tuple(_thing_row(one) for one in record.items if one.kind not in MONEY_KINDS)
    if money:
        heads = (
            TableColumn(pgettext("row", "项目"), 24),
            TableColumn(_("账上"), 16, 1.0), TableColumn(_("实点、对账单"), 16, 1.0),
            TableColumn(_("差额和处理"), 30),
        )  # fmt: skip
        yield FormTable(_("钱：账上的和实有的"), heads, tuple(money))
    if things:
        names = (
            TableColumn(_("类别"), 14), TableColumn(_("名称"), 26), TableColumn(_("起止号"), 24),
            TableColumn(_("数量"), 8, 1.0), TableColumn(_("金额"), 14, 1.0),
        )  # fmt: skip
        yield FormTable(_("物：收据、单据、印鉴、账簿"), names, things)


def _money_rows(one: HandItem) -> Iterator[TableRow]:
    yield _money_row(one)
    if one.missing_fen:
        word = _("　其中短少") if one.missing_fen > 0 else _("　其中多出")
        yield TableRow((word, "", figure(abs(one.missing_fen)), _("记 {code}").format(code=one.settled_on)), bold=True)


def _money_row(one: HandItem) -> TableRow:
    told = _("相符")
    if one.missing_fen:
        told = (_("短少 {yuan}") if one.missing_fen > 0 else _("多出 {yuan}")).format(
            yuan=said_yuan(abs(one.missing_fen))
        )
    return TableRow((f"{one.number} {one.words}", figure(one.book_fen, "0.00"), figure(one.found_fen, "0.00"), told))


def _thing_row(one: HandItem) -> TableRow:
    words = kind_words()
    return TableRow(
        (words.get(one.kind, one.kind), one.words, one.number, str(one.count or ""), figure(one.found_fen))
    )  # fmt: skip
