"""出纳: two tabs, the bank and the cash; what both hand on to other pages."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from villagebooks.core.words import _
from villagebooks.gui.cashier.bank import BankPanel
from villagebooks.gui.cashier.cash import CashPanel
from villagebooks.gui.desk import Seat
from villagebooks.gui.key import KeyRing
from villagebooks.gui.page import Page
from villagebooks.gui.tab import LateTab, LateTabs, Panel, TabChoices
from villagebooks.services.desk import Desk


class CashierPage(Page):
    """`drafted` carries a draft for the voucher page, `printed` (title, what draws it) for the preview."""

    drafted = Signal(object)
    printed = Signal(str, object)

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        self.title = _("出纳")
        super().__init__(seat)
        self._ring = ring
        self.tabs = LateTabs(self.title, partial(getattr, self), self._prepare)
        self.tabs.add_late("bank", _("银行对账"))
        self.tabs.add_late("cash", _("现金盘点"))
        self.body.addWidget(self.tabs, 1)
        self.setFocusProxy(self.tabs)

    @LateTab
    def bank(self) -> Panel:
        """银行对账."""
        panel = BankPanel(self.seat, self._ring)
        panel.drafted.connect(self.drafted)
        panel.printed.connect(self._print_sheet)
        return panel

    @LateTab
    def cash(self) -> Panel:
        """现金盘点."""
        panel = CashPanel(self.seat, self._ring)
        panel.drafted.connect(self.drafted)
        panel.printed.connect(self._print_count)
        if self.seat.book:
            panel.moved()
        return panel

    @property
    def lasting(self) -> bool:
        """While the bank's statement is in hand."""
        return any(panel.lasting for panel in self.tabs.panels())

    def load(self) -> None:
        """Every tab that is built."""
        self.tabs.load()

    def moved(self) -> None:
        """Another book or month."""
        self.tabs.moved()

    def tell_choices(self) -> TabChoices:
        """The tab that shows, and the accounts in hand."""
        return self.tabs.tell_choices()

    def take_choices(self, kept: TabChoices) -> None:
        """The same tab and accounts."""
        self.tabs.take_choices(kept)

    def go_to(self, kind: str, account: str) -> None:
        """The tab of the bank or of the cash, at an account if one is named."""
        panel: Any = self.bank if kind == "bank" else self.cash
        self.tabs.setCurrentWidget(panel)
        if account:
            panel.go_to(account)
            panel.setFocus()

    def _prepare(self, name: str) -> None:
        vars(type(self))[name].prepare(self)

    def _print_sheet(self, account: str) -> None:
        self.printed.emit(_("银行存款余额调节表"), partial(_draw_sheet, self.seat.desk, account))

    def _print_count(self, uid: str) -> None:
        self.printed.emit(_("库存现金盘点表"), partial(_draw_count, self.seat.desk, uid))


def _draw_sheet(desk: Desk, account: str, folder: Path) -> list[Path]:
    from villagebooks.services.bank.printing import print_reconciliation  # noqa: PLC0415  (reportlab: window first)

    return [print_reconciliation(desk, account, folder / f"{desk.book.code}-{account}-{desk.period}.pdf")]


def _draw_count(desk: Desk, uid: str, folder: Path) -> list[Path]:
    from villagebooks.services.cash.printing import print_cash_count  # noqa: PLC0415  (reportlab: window first)

    return [print_cash_count(desk, uid, folder / f"{desk.book.code}-cash-{desk.period}.pdf")]
