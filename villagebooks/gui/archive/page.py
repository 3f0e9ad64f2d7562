"""档案: paper for many books at once, and the register of volumes that were lent."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget

from villagebooks.core.words import _
from villagebooks.gui.archive.batch import BatchPanel
from villagebooks.gui.archive.lending import LendingPanel
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Page
from villagebooks.gui.printer import Printers


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
        self.tabs = QTabWidget()
        self.tabs.addTab(self.batch, _("成批打印"))
        self.tabs.addTab(self.lending, _("借阅登记"))
        self.body.addWidget(self.tabs, 1)
        self.setFocusProxy(self.tabs)

    def load(self) -> None:
        """Read what the tabs show."""
        self.batch.load()
        self.lending.load()
