"""出纳: two tabs, the bank and the cash; what both hand on to other pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget

from villagebooks.core.words import _
from villagebooks.gui.cashier.bank import BankPanel
from villagebooks.gui.cashier.cash import CashPanel
from villagebooks.gui.desk import Seat
from villagebooks.gui.key import KeyRing
from villagebooks.gui.page import Page
from villagebooks.services.desk import Desk


@dataclass(frozen=True, slots=True)
class _Choices:
    """The tab that showed, and the account in hand at the bank and of the cash."""

    tab: int
    bank: str
    cash: str


class CashierPage(Page):
    """`drafted` carries a draft for the voucher page, `printed` (title, what draws it) for the preview."""

    drafted = Signal(object)
    printed = Signal(str, object)

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        self.title = _("出纳")
        super().__init__(seat)
        self.bank, self.cash = BankPanel(seat, ring), CashPanel(seat, ring)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.bank, _("银行对账"))
        self.tabs.addTab(self.cash, _("现金盘点"))
        self.body.addWidget(self.tabs, 1)
        self.setFocusProxy(self.tabs)
        for panel in (self.bank, self.cash):
            panel.drafted.connect(self.drafted)
        self.bank.printed.connect(self._print_sheet)
        self.cash.printed.connect(self._print_count)
        if seat.book:
            self.cash.moved()

    @property
    def lasting(self) -> bool:
        """While the bank's statement is in hand."""
        return self.bank.is_under_way()

    def load(self) -> None:
        """Both tabs."""
        self.bank.load()
        self.cash.load()

    def moved(self) -> None:
        """Another book or month."""
        self.bank.moved()
        self.cash.moved()

    def tell_choices(self) -> _Choices:
        """The tab that shows, and the accounts in hand."""
        return _Choices(self.tabs.currentIndex(), self.bank.in_hand(), self.cash.in_hand())

    def take_choices(self, kept: _Choices) -> None:
        """The same tab and accounts."""
        self.tabs.setCurrentIndex(kept.tab)
        self.bank.expect(kept.bank)
        self.cash.expect(kept.cash)

    def go_to(self, kind: str, account: str) -> None:
        """The tab of the bank or of the cash, at an account if one is named."""
        panel = self.bank if kind == "bank" else self.cash
        self.tabs.setCurrentWidget(panel)
        if account:
            panel.go_to(account)
            panel.setFocus()

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
