"""A year's ledgers in one file: which kinds, which year."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout

from villagebooks.core.ledger import AGEING, BALANCE, COLUMNS, DETAIL, GENERAL, JOURNAL, PARTIES, QUANTITIES, kind_names
from villagebooks.core.period import Month
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.flow import FlowRow
from villagebooks.gui.page import button, label
from villagebooks.gui.theme import px

KINDS = (BALANCE, GENERAL, JOURNAL, DETAIL, PARTIES, COLUMNS, QUANTITIES, AGEING)


class YearPanel(QFrame):
    """Asks for year and kinds. `wanted` carries (year, kinds)."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.year = Combo()
        self.year.setAccessibleName(_("年度"))
        self.kinds = {kind: QCheckBox(kind_names()[kind]) for kind in KINDS}
        first, second = QHBoxLayout(), FlowRow()
        for line in (first, second):
            line.setSpacing(px("gap_px"))
        first.addWidget(label(_("把一年的账簿装成一个文件，预览以后再打印：")))
        first.addWidget(self.year)
        for box in self.kinds.values():
            box.setChecked(True)
            second.addWidget(box)
        for line in (first, second):
            line.addStretch(1)
        first.addWidget(button(_("开始"), self.ask, "printer", primary=True))
        first.addWidget(button(_("收起（Esc）"), self.hide))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(first)
        whole.addLayout(second)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.hide)
        self.hide()

    def open(self, start: Month, month: Month) -> None:
        """Offer the years of the book, the one in hand first."""
        self.year.clear()
        self.year.addItems([_("{year}年").format(year=year) for year in range(month.year, start.year - 1, -1)])
        self._latest = month.year
        self.show()
        self.year.setFocus()

    def ask(self) -> None:
        """Say what is wanted."""
        kinds = tuple(kind for kind, box in self.kinds.items() if box.isChecked())
        if kinds:
            self.hide()
            self.wanted.emit((self._latest - self.year.currentIndex(), kinds))
