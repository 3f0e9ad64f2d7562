"""A list whose reading failed says so, and not that it is empty; Enter in it, or a click, reads again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from villagebooks.gui.table import Table
from villagebooks.gui.table.act import page_of
from villagebooks.gui.window import Window


class Unread(QObject):
    """Hears of every reading of a window that failed."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        window.seat.worker.unread.connect(self._mark)
        window.seat.stayed.connect(window.show_village)

    def _mark(self, owner: object, why: str) -> None:
        """The lists without a row in what it was read for; what stands in others was read before."""
        part = owner if isinstance(owner, QWidget) or not isinstance(owner, QObject) else owner.parent()
        if not isinstance(part, QWidget):
            return
        for one in [part] if isinstance(part, Table) else part.findChildren(Table):
            one.again.connect(self._read_again, Qt.ConnectionType.UniqueConnection)
            if not one.model.rowCount():
                one.say_unread(why)

    def _read_again(self) -> None:
        one = self.sender()
        page = page_of(one) if isinstance(one, Table) else None
        if page is not None:
            self._window.strip.forgive()
            page.refresh()
