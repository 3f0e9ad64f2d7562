"""Why something goes back: the coded reasons in place, chosen by typing their number or by the arrows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QElapsedTimer, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)

from villagebooks.core.reason import Reason
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Asking, label
from villagebooks.gui.theme import px
from villagebooks.services.reason import list_reasons

ROWS = 6
LETTERS = 15
"""A column of the list is so many Chinese letters wide."""
AROUND = 24
"""Pixels beside the words of a reason."""
Chosen = Callable[[int], None]


class ReasonList(QListWidget):
    """Goes to the reason of exactly the number typed: 1 is the first one, not the next that begins with 1."""

    def __init__(self) -> None:
        super().__init__()
        self._typed, self._since = "", QElapsedTimer()

    def keyboardSearch(self, search: str) -> None:
        """One more figure of the number; after a pause, or where no number goes on so, the first of another."""
        goes_on = self._since.isValid() and not self._since.hasExpired(QApplication.keyboardInputInterval())
        self._since.start()
        for typed in (self._typed + search if goes_on else search, search):
            self._typed = typed
            for place in range(self.count()):
                if str(self.item(place).data(Qt.ItemDataRole.UserRole)) == typed:
                    self.setCurrentRow(place)
                    return


class ReasonBox(Asking):
    """Asks for which reason something is sent back; Escape sends nothing back. `tall`: one column, as high as there is
    room. `left`: who chose here looks elsewhere again. `words`: the reasons by number."""

    left = Signal()

    def __init__(self, seat: Seat, *, tall: bool = False) -> None:
        super().__init__()
        self.setObjectName("sign")
        self._seat = seat
        self._chosen: Chosen | None = None
        self.words: dict[int, str] = {}
        self.sentence = label("", "heading")
        self.sentence.setWordWrap(True)
        self.list = ReasonList()
        self.list.setAccessibleName(_("退回原因"))
        if not tall:
            self.list.setFlow(QListView.Flow.TopToBottom)
            self.list.setWrapping(True)
            self.list.setResizeMode(QListView.ResizeMode.Adjust)
            self.list.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
            self.list.setFixedHeight(ROWS * px("row_px") + 2 * px("gap_px"))
        self.list.itemActivated.connect(self._activate)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        for part in (self.sentence, self.list, label(_("输编号或用方向键选一条，回车退回，Esc 不退"), "muted")):
            box.addWidget(part)
        self.hide()

    def ask(self, sentence: str, chosen: Chosen) -> None:
        """Show the reasons that are offered now; `chosen` gets the number."""
        self._chosen = chosen
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self._seat.worker.read(partial(list_reasons, self._seat.office), self._offer, key=self)

    def put_away(self) -> None:
        """Nothing goes back; who chose here goes on where he came from."""
        here = self.list.hasFocus()
        self._chosen = None
        self.hide()
        if here:
            self.left.emit()

    def _offer(self, reasons: Sequence[Reason]) -> None:
        if self._chosen is None:
            return
        self.list.clear()
        self.words = {one.code: one.words for one in reasons}
        letters = self.list.fontMetrics()
        least = LETTERS * letters.horizontalAdvance("国")
        width = max([least, *(letters.horizontalAdvance(f"{one.code}　{one.words}") + AROUND for one in reasons)])
        for one in reasons:
            if not one.stopped_on:
                item = QListWidgetItem(f"{one.code}　{one.words}")
                item.setData(Qt.ItemDataRole.UserRole, one.code)
                item.setSizeHint(QSize(width, px("row_px")))
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.show()
        self.list.setFocus()

    def _activate(self, item: QListWidgetItem) -> None:
        chosen, code = self._chosen, item.data(Qt.ItemDataRole.UserRole)
        self.put_away()
        if chosen:
            chosen(code)
