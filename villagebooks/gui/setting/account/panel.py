"""设置 → 科目: the chart, and in its place what is being worked on: a division, bank accounts, the unified accounts."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from villagebooks.core.account import Account
from villagebooks.gui.desk import Seat
from villagebooks.gui.key import KeyRing
from villagebooks.gui.setting.account.bank import BankView
from villagebooks.gui.setting.account.chart import ChartView
from villagebooks.gui.setting.account.split import SplitView


class AccountsPanel(QWidget):
    """One view at a time; each leads back to the chart."""

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        super().__init__()
        self.chart, self.split, self.banks = ChartView(seat), SplitView(seat), BankView(seat, ring)
        self.stack = QStackedWidget()
        for view in (self.chart, self.split, self.banks):
            self.stack.addWidget(view)
        QVBoxLayout(self).addWidget(self.stack)
        self.chart.split_wanted.connect(self.open_split)
        self.chart.banks_wanted.connect(self.open_banks)
        for view in (self.split, self.banks):
            view.left.connect(self.open_chart)

    def load(self) -> None:
        """Show the chart of the book in hand, and what is open of it again."""
        self.chart.load()
        if self.stack.currentWidget() is self.banks:
            self.banks.load()

    def moved(self) -> None:
        """Another book: what was begun on the last one is put away."""
        self.stack.setCurrentWidget(self.chart)

    def open_chart(self, text: str = "") -> None:
        """Back to the chart, with what was done."""
        self.stack.setCurrentWidget(self.chart)
        self.chart.load()
        if text:
            self.chart.say(text)
        self.chart.table.view.setFocus()

    def open_split(self, account: Account) -> None:
        """Divide an account."""
        self.split.open(account)
        self.stack.setCurrentWidget(self.split)

    def open_banks(self) -> None:
        """The register of bank accounts."""
        self.stack.setCurrentWidget(self.banks)
        self.banks.load()
        self.banks.table.view.setFocus()
