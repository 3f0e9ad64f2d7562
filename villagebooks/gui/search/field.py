"""The field at the top of the window: what is typed there is looked for in every book."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from villagebooks.core.search import MOST_TYPED
from villagebooks.core.words import _


class FindEdit(QLineEdit):
    """`looked_for` carries what Enter asks for, `left`: Escape."""

    looked_for = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(MOST_TYPED)
        self.setPlaceholderText(_("查找凭证（Ctrl+K）"))
        self.setAccessibleName(_("查找凭证：号、年月、金额、摘要、往来、科目、单据号"))
        self.setToolTip(self.accessibleName())
        self._wide = self.fontMetrics().horizontalAdvance(self.placeholderText()) + 48
        self.setMinimumWidth(self._wide // 3)  # beside what is under way, in a narrow window
        self.setMaximumWidth(self._wide)

    def sizeHint(self) -> QSize:
        """As wide as what it says while it is empty."""
        return QSize(self._wide, super().sizeHint().height())

    def ask(self) -> None:
        """Begin to type."""
        self.setFocus()
        self.selectAll()

    def forget(self, _place: int = 0) -> None:
        """Another page shows: the words belong to the one with what they find."""
        self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter looks for what was typed, Escape leaves the field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.looked_for.emit(self.text())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
