"""The entry of the preview that takes the number of a page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from villagebooks.core.words import _
from villagebooks.gui.count import CountEdit
from villagebooks.gui.escape import claims_escape

MOST_PAGES = 99_999


class PageEdit(CountEdit):
    """`left`: Escape, which forgets what was typed and does not leave the preview."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__(1, MOST_PAGES)
        self._shown = ""
        self.setAccessibleName(_("页码"))
        self.setToolTip(_("{name}（{more}）").format(name=_("写页码，回车就到"), more="G"))
        self.setFixedWidth(56)

    def put(self, number: int) -> None:
        """The page that shows."""
        self._shown = str(number)
        self.setText(self._shown)

    def event(self, event: QEvent) -> bool:
        """Escape belongs to this entry, not to the page's own shortcut."""
        return claims_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes elsewhere sees the number of the page that shows."""
        super().focusOutEvent(event)
        self.setText(self._shown)
