"""A ledger on screen: the columns of its sheet, totals in bold, lines that open their vouchers."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from villagebooks.core.ledger import (
    AGEING,
    BALANCE,
    DETAIL,
    GENERAL,
    JOURNAL,
    PARTIES,
    Sheet,
    SheetColumn,
    SheetRow,
    kind_names,
)
from villagebooks.core.ledger.sheet import (
    ACCOUNT,
    DAY,
    LINE,
    MONEY,
    MONTH_TOTAL,
    OPENING,
    PARTY,
    PRICE,
    QUANTITY,
    SIDE,
    TOTAL,
    Cell,
)
from villagebooks.core.money import said_yuan
from villagebooks.core.quantity import quantity_text
from villagebooks.core.voucher import DIMENSIONS
from villagebooks.core.words import _
from villagebooks.gui import table as kinds
from villagebooks.gui.page import label
from villagebooks.gui.table import Column, Table

WIDTHS = {DAY: 11, SIDE: 5, MONEY: 14, QUANTITY: 11, PRICE: 11}
NAMED = {"voucher": 8, "party": 18, "counter": 22, "account": 10}
"""Widths of columns of words by their names; the first other one takes what is left."""


class SheetView(QWidget):
    """Shows one sheet. `opened` carries the row that was opened by Enter, Ctrl+Enter or a double click."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.sheet: Sheet | None = None
        self.figures = label("", "heading")
        self.totals = QCheckBox(_("合计行"))
        self.totals.setChecked(True)
        self.totals.setToolTip(_("不显示合计行时，可以点表头排序"))
        self.totals.toggled.connect(self._show)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.table = Table((), _("账簿"))
        self._place(self.table)

    def put(self, sheet: Sheet) -> None:
        """Show a sheet; the row in hand is kept by its place while the columns stay."""
        sheet = sheet.without_empty(*DIMENSIONS) if sheet.kind == BALANCE else sheet
        before, self.sheet = self.sheet, sheet
        if before is None or before.columns != sheet.columns:
            words = self.table.search.text() if before is None or before.kind == sheet.kind else ""
            self._place(Table(_columns(sheet), kind_names()[sheet.kind], _("这段时间没有发生额。")))
            self.table.search.setText(words)
            self.table.model.is_strong = partial(_is_strong, sheet.kind)
            self.table.model.counts = partial(_counts, sheet.kind)
            self.table.identity = _identity
            self.table.opened.connect(self.opened)
        self.figures.setText(figures_text(sheet))
        self._show()

    def clear(self) -> None:
        """Show nothing: there is no such ledger."""
        self.sheet = None
        self.figures.setText("")
        words = self.table.search.text()
        self._place(Table((), _("账簿"), _("没有这种账。")))
        self.table.search.setText(words)

    def current(self) -> SheetRow | None:
        """The row in hand."""
        found: SheetRow | None = self.table.current()
        return found

    def go_to(self, row: int) -> None:
        """Make a row current by its place."""
        if 0 <= row < self.table.model.rowCount():
            self.table.view.selectRow(row)

    def _place(self, table: Table) -> None:
        old, self.table = self.table, table
        self.setFocusProxy(table.view)
        table.head.insertWidget(1, self.figures)
        table.head.addWidget(self.totals)
        self._box.addWidget(table)
        if old is not table:
            focused = old.view.hasFocus()
            self._box.removeWidget(old)
            old.hide()
            old.deleteLater()
            if focused:
                table.view.setFocus()

    def _show(self, *_choice: object) -> None:
        if self.sheet is None:
            return
        whole = self.totals.isChecked()
        self.table.view.setSortingEnabled(not whole)
        if whole:
            self.table.model.sort(-1)
        rows = [row for row in self.sheet.rows if whole or row.role == LINE]
        self.table.put(rows)
        if rows and self.table.current() is None:
            self.table.view.selectRow(0)


def figures_text(sheet: Sheet) -> str:
    """Opening, movements and closing of a ledger in one line; the sums of a table of many."""
    names = {one.name: place for place, one in enumerate(sheet.columns)}
    if "balance_quantity" in names and sheet.rows:
        left = sheet.rows[-1].cells
        text = _("{unit}　结存 {quantity}　金额 {amount}")
        return text.format(
            unit=sheet.unit, quantity=quantity_text(_whole(left[names["balance_quantity"]]), group=","),
            amount=_yuan(left[names["balance_amount"]]),
        )  # fmt: skip
    if sheet.kind == PARTIES:
        return _("{n} 户").format(n=sum(row.role == PARTY for row in sheet.rows))
    if "side" not in names or "balance" not in names:
        sums = [row for row in sheet.rows if row.role == TOTAL and not row.account]
        return "　".join(f"{row.cells[1]} {_yuan(row.cells[names['open']])}" for row in sums)
    if not sheet.rows:
        return ""
    lines = [row for row in sheet.rows if row.role == LINE]
    if not lines:
        lines = [row for row in sheet.rows if row.role == MONTH_TOTAL]
    debit, credit = (sum(_whole(row.cells[names[one]]) for row in lines) for one in ("debit", "credit"))
    opening, closing = (
        f"{row.cells[names['side']]} {_yuan(row.cells[names['balance']])}" for row in (sheet.rows[0], sheet.rows[-1])
    )
    text = _("期初 {opening}　本期借方 {debit}　本期贷方 {credit}　期末 {closing}")
    return text.format(opening=opening, debit=_yuan(debit), credit=_yuan(credit), closing=closing)


def _whole(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _yuan(cell: Cell) -> str:
    return said_yuan(_whole(cell))


def _columns(sheet: Sheet) -> tuple[Column, ...]:
    rest = next((one.name for one in sheet.columns if one.kind == "text" and one.name not in NAMED), "")
    spare = ("party", "counter") if sheet.kind in (DETAIL, JOURNAL, PARTIES) else ()
    # claims and debts stand in one column: their sum says nothing
    totals = sheet.kind != AGEING
    return tuple(
        _column(place, one, one.name == rest, one.name in spare, totals) for place, one in enumerate(sheet.columns)
    )


def _column(place: int, one: SheetColumn, is_rest: bool, spare: bool, totals: bool) -> Column:
    title = f"{one.over}{one.head}" if one.over and not one.spread and len(one.head) < 3 else one.head
    value = partial(_cell, place)
    if one.kind == MONEY:
        return Column(title, value, kinds.MONEY, 11 if one.spread else WIDTHS[MONEY], total=totals and not one.always)
    if one.kind == QUANTITY:
        return Column(title, value, kinds.NUMBER, WIDTHS[QUANTITY], text=partial(_quantity, place))
    if one.kind == PRICE:
        return Column(title, value, kinds.NUMBER, WIDTHS[PRICE])
    if one.kind == DAY:
        return Column(title, value, kinds.DAY, WIDTHS[DAY])
    width = 0 if is_rest else NAMED.get(one.name, WIDTHS.get(one.kind, 14))
    return Column(title, value, kinds.TEXT, width, spare=spare)


def _cell(place: int, row: SheetRow) -> Any:
    return row.cells[place]


def _quantity(place: int, row: SheetRow) -> str:
    cell = row.cells[place]
    return quantity_text(cell, zero="", group=",") if isinstance(cell, int) else ""


def _is_strong(kind: str, row: SheetRow) -> bool:
    if kind == BALANCE:
        return row.role == ACCOUNT and len(row.account) == 3
    return row.role not in (LINE, OPENING, MONTH_TOTAL if kind == GENERAL else OPENING)


def _identity(row: SheetRow) -> object:
    """What a row is known by when its ledger is read again: not its figures, which may have changed."""
    return (row.role, row.uid, row.account, row.party, row.cells[:3])


def _counts(kind: str, row: SheetRow) -> bool:
    """What the foot adds up: lines; in a 总账 months, in a 科目余额表 accounts of the first level."""
    if kind == BALANCE:
        return row.role == ACCOUNT and len(row.account) == 3
    return row.role == (MONTH_TOTAL if kind == GENERAL else LINE)
