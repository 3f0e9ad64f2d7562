"""查找: vouchers of every book and month, by number, month, amount, words, party or number of a paper."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from villagebooks.core.search.read import EXAMPLES
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Page, button
from villagebooks.gui.search.list import FoundList


class SearchPage(Page):
    """`opened` carries the voucher that was opened; `returned`: Escape, back to the page before."""

    opened = Signal(object)
    returned = Signal()
    needs_book = False

    def __init__(self, seat: Seat) -> None:
        self.title = _("查找凭证")
        super().__init__(seat)
        self.found = FoundList(
            seat, _("找到的凭证"), _("没有找到。换一个说法，或者少输几个字：每多一个词，找到的就少一些。"),
            _("可以这样找：{examples}；几个词用空格隔开").format(examples=EXAMPLES),
        )  # fmt: skip
        self.words = self.found.table.search
        self.words.setPlaceholderText(_("号、年月、金额、摘要、往来、科目、单据号"))
        self.books = Combo()
        self.books.addItems([_("全部账套"), _("本账套")])
        self.books.setAccessibleName(_("在哪些账套里找"))
        self.books.currentIndexChanged.connect(self.refresh)
        self.found.table.head.insertWidget(0, self.books)
        self.body.addWidget(self.found, 1)
        self.head.insertWidget(1, button(_("返回（Esc）"), self.returned.emit, "arrow-left"))
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.returned)
        self.found.opened.connect(self.opened)
        self.setFocusProxy(self.found)

    def look_for(self, words: str) -> None:
        """Look for what was typed at the top of the window."""
        self.found.begin()
        self.words.setText(words)
        self.books.setCurrentIndex(0)
        self.refresh()

    def load(self) -> None:
        """Read what is asked for."""
        within = self.books.currentIndex() == 1 and self.seat.book
        self.found.look_in(self.seat.book.code if within and self.seat.book else "")
        self.found.load()
