"""设置 → 科目: the chart, and in its place what is being worked on: a division, bank accounts, the unified accounts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from villagebooks.core.account import Account
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.key import KeyRing
from villagebooks.gui.page import Strip
from villagebooks.gui.section import Stack
from villagebooks.gui.setting.account.bank import BankView
from villagebooks.gui.setting.account.chart import ChartView
from villagebooks.gui.setting.account.recovery import SplitRecovery
from villagebooks.gui.setting.account.split import SplitView
from villagebooks.gui.setting.account.unified import UnifiedView
from villagebooks.gui.tab import Panel


class AccountsPanel(Panel):
    """One view at a time; each leads back to the chart. `printed` carries a title and what draws the paper."""

    printed = Signal(str, object)

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        super().__init__()
        self._seat, self._ring = seat, ring
        self._then: tuple[str, Sequence[Account]] | None = None
        """What to divide once another village's accounts are there, and into what."""
        self.chart, self.stack = ChartView(seat), Stack()
        self.stack.addWidget(self.chart)
        self.strip = Strip()
        self.recovery = SplitRecovery(seat, self.strip, lambda: self.split, self._take_up)
        box = QVBoxLayout(self)
        for part in (self.strip, self.recovery):
            box.addWidget(part)
        box.addWidget(self.stack, 1)
        self.chart.split_wanted.connect(self.open_split)
        self.chart.banks_wanted.connect(self.open_banks)
        self.chart.unified_wanted.connect(self.open_unified)

    @cached_property
    def split(self) -> SplitView:
        """A division; built when one is first begun, as the others are when they are gone to."""
        made = SplitView(self._seat)
        self.stack.addWidget(made)
        made.left.connect(self.open_chart)
        made.elsewhere.connect(self.strip.say)
        made.opened.connect(self.recovery.come)
        return made

    @cached_property
    def banks(self) -> BankView:
        """The register of bank accounts."""
        made = BankView(self._seat, self._ring)
        self.stack.addWidget(made)
        made.left.connect(self.open_chart)
        return made

    @cached_property
    def unified(self) -> UnifiedView:
        """The unified accounts."""
        made = UnifiedView(self._seat)
        self.stack.addWidget(made)
        made.left.connect(self.open_chart)
        made.split_wanted.connect(self.split_elsewhere)
        made.printed.connect(self.printed)
        return made

    @property
    def lasting(self) -> bool:
        """While something of an account is open over the chart, or ticked on one and not yet asked of it."""
        return self.stack.currentWidget() is not self.chart or self.chart.cards.needs.is_changed

    def tell_choices(self) -> str:
        """The code of the account in hand."""
        one = self.chart.table.current()
        return one.code if one else ""

    def take_choices(self, kept: str) -> None:
        """The same account."""
        self.chart.expect(kept)

    def load(self) -> None:
        """Show the chart of the book in hand, and what is open of it again."""
        self.chart.load()
        if self._seat.book is not None:
            self.recovery.look()
        shown = self.stack.currentWidget()
        if isinstance(shown, BankView):
            shown.load()
        wanted, self._then = self._then, None
        account = self._seat.entry.accounts.get(wanted[0]) if wanted else None
        if wanted and account:
            self.open_split(account)
            self.split.offer(wanted[1])

    def moved(self) -> None:
        """Another book: what was begun on the last one is put away; the unified accounts are of all books."""
        self.chart.cards.needs.forget()
        self.strip.say("")
        if "split" in vars(self):
            self.split.leave_behind()
        if not isinstance(self.stack.currentWidget(), UnifiedView):
            self.stack.setCurrentWidget(self.chart)

    def open_chart(self, text: str = "") -> None:
        """Back to the chart, with what was done."""
        self.strip.say("")
        self.stack.setCurrentWidget(self.chart)
        self.chart.load()
        if text:
            self.chart.say(text)
        self.chart.table.view.setFocus()

    def open_split(self, account: Account) -> None:
        """Divide an account."""
        self.split.open(account)
        self.stack.setCurrentWidget(self.split)

    def _take_up(self, code: str) -> str:
        """The division that was begun of an account; why not, when it is not there any more or divided by now."""
        account = self._seat.entry.accounts.get(code)
        if account is None:
            return _("科目 {code} 已经不在了，拆分没有恢复").format(code=code)
        if account.split_by:
            return _("科目 {code} {name} 的转账凭证已经做了").format(code=code, name=account.name)
        self.open_split(account)
        return ""

    def open_banks(self) -> None:
        """The register of bank accounts."""
        self.stack.setCurrentWidget(self.banks)
        self.banks.load()
        self.banks.table.view.setFocus()

    def open_unified(self) -> None:
        """The unified accounts and how the villages differ."""
        self.stack.setCurrentWidget(self.unified)
        self.unified.load()
        self.unified.matrix.setFocus()

    def split_elsewhere(self, book: str, code: str, below: Sequence[Account]) -> None:
        """Go to a village and divide its account into what the unified chart has below it."""
        wanted = next((one for one in self._seat.books if one.code == book), None)
        if wanted is None:
            return
        self._then = (code, below)
        self.stack.setCurrentWidget(self.chart)
        if self._seat.book and self._seat.book.code == book:
            self.load()
        else:
            self._seat.sit_at(wanted)
