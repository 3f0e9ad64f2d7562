"""A list whose reading failed says so, and not that it is empty or that its rows are those of now; Enter in an empty
one, a click on what it says, or the button over the rows of before reads again."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from villagebooks.gui.table import Table
from villagebooks.gui.table.act import page_of
from villagebooks.gui.window import Window


class Unread(QObject):
    """Hears of every reading of a window that failed, and of those that went well since."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._marked: dict[object, list[Table]] = {}
        window.seat.worker.unread.connect(self._mark)
        window.seat.worker.reread.connect(self._forgive)
        window.seat.stayed.connect(window.show_village)

    def _mark(self, owner: object, key: object, why: str) -> None:
        """The lists in what it was read for."""
        part = owner if isinstance(owner, QWidget) or not isinstance(owner, QObject) else owner.parent()
        if not isinstance(part, QWidget):
            return
        marked = [part] if isinstance(part, Table) else part.findChildren(Table)
        for one in marked:
            one.again.connect(self._read_again, Qt.ConnectionType.UniqueConnection)
            one.say_unread(why)
        if marked:
            self._marked[key] = marked

    def _forgive(self, key: object) -> None:
        """The same was read: a list that is filled by something else keeps its rows, and is said no more to be old. An
        empty one waits for its rows: who has them says that there are none."""
        read = self._marked.pop(key, [])
        left = {id(one) for tables in self._marked.values() for one in tables}
        for one in read:
            if shiboken6.isValid(one) and id(one) not in left and one.model.rowCount():
                one.forgive()

    def _read_again(self) -> None:
        one = self.sender()
        page = page_of(one) if isinstance(one, Table) else None
        if page is not None:
            self._window.strip.forgive()
            page.refresh()
