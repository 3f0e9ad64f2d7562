"""档案: paper for many books at once, and the register of volumes that were lent."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal

from villagebooks.core.words import _
from villagebooks.gui.archive.batch import BatchChoices, BatchPanel
from villagebooks.gui.archive.lending import LendingPanel
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Page
from villagebooks.gui.printer import Printers
from villagebooks.gui.tab import Tabs


@dataclass(frozen=True, slots=True)
class _Choices:
    """The tab that showed, and what was to be printed."""

    tab: int
    batch: BatchChoices


class ArchivePage(Page):
    """`printed` carries (title, what draws it) for the preview, `made` (title, files that are drawn, their kind)."""

    printed = Signal(str, object)
    made = Signal(str, object, str)

    def __init__(self, seat: Seat, printers: Printers) -> None:
        self.title = _("档案")
        super().__init__(seat)
        self.batch, self.lending = BatchPanel(seat, printers), LendingPanel(seat)
        self.batch.made.connect(self.made)
        self.lending.printed.connect(self.printed)
        self.tabs = Tabs()
        self.tabs.addTab(self.batch, _("成批打印"))
        self.tabs.addTab(self.lending, _("借阅登记"))
        self.body.addWidget(self.tabs, 1)
        self.setFocusProxy(self.tabs)

    @property
    def lasting(self) -> bool:
        """While paper is drawn that can be looked at, and while volumes are put together for a loan."""
        return self.batch.has_made or self.lending.has_volumes

    def tell_choices(self) -> _Choices:
        """The tab that shows, what is to be printed of which books."""
        return _Choices(self.tabs.currentIndex(), self.batch.choices())

    def take_choices(self, kept: _Choices) -> None:
        """The same tab, paper and books."""
        self.tabs.setCurrentIndex(kept.tab)
        self.batch.choose(kept.batch)

    def show_loans(self) -> None:
        """借阅登记, whichever tab was left."""
        self.tabs.setCurrentWidget(self.lending)

    def load(self) -> None:
        """Read what the tabs show."""
        self.batch.load()
        self.lending.load()
