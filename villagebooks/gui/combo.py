"""A combo box that is as wide as its widest word, and makes its list when somebody comes to it."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QKeyEvent, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

AROUND = 38
"""Pixels of frame, padding and arrow around the word."""

CELL_EDGES = 18
"""Pixels that a cell of a table keeps around what stands in it (its padding in the style sheet, and the grid)."""

LEAST_LETTERS, LEAST = 7, 14
"""What Qt leaves room for: letters in a box without a word, and pixels of height in any."""
DRESSES = {QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.PaletteChange}
COMES = {QEvent.Type.FocusIn, QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress}
"""What happens to a combo box that somebody comes to."""


class Combo(QComboBox):
    """Qt measures the ink of a word; a bracket at its end has more white than ink and was cut off.

    Qt also builds the list, a window of nine widgets, with the first word: a page has up to ten combo boxes, and most
    are never opened. The words stand here until somebody comes to it, or a screen reader reads along; then they are
    Qt's.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: list[tuple[str, Any]] | None = []
        self._place, self._high = -1, 0
        self._said = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Qt's own is given the cursor by the wheel
        if QAccessible.isActive():
            self._hand_over()

    def event(self, event: QEvent) -> bool:
        """Home and End go to its first and last word, whatever the page does at these keys."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
                event.accept()
                return True
        if self._words is not None and event.type() in COMES:
            self._hand_over()
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel moves the page, never on to another word: nobody sees what changed under the pointer."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Another style or other letters ask for the list, to dress it, which would build it."""
        if self._words is not None and event.type() in DRESSES:
            QWidget.changeEvent(self, event)
        else:
            super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Wide enough for every word."""
        self.ensurePolished()  # before it is shown its letters are not those of the theme
        return self._widened(super().sizeHint() if self._words is None else self._empty_size())

    def minimumSizeHint(self) -> QSize:
        """Never narrower."""
        self.ensurePolished()
        return self._widened(super().minimumSizeHint() if self._words is None else self._empty_size())

    def _empty_size(self) -> QSize:
        """As Qt reckons it for a box without a word, and then keeps it, whatever dresses it meanwhile."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        high = max(ceil(QFontMetricsF(self.font()).height()), LEAST) + 2
        inside = QSize(LEAST_LETTERS * self.fontMetrics().horizontalAdvance("x"), high)
        return self.style().sizeFromContents(QStyle.ContentsType.CT_ComboBox, option, inside, self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt paints it, which asks its list how to paint the word in hand."""
        if self._words is None:
            super().paintEvent(event)
            return
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.currentText()
        painter = QStylePainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def showPopup(self) -> None:
        """The list is needed now."""
        self._hand_over()
        super().showPopup()

    def view(self) -> Any:
        """The list, which is needed now."""
        self._hand_over()
        return super().view()

    def setEditable(self, editable: bool) -> None:
        """Other words may be typed: they are Qt's at once."""
        self._hand_over()
        super().setEditable(editable)

    def count(self) -> int:
        """How many words there are."""
        return super().count() if self._words is None else len(self._words)

    def addItem(self, text: str, userData: object = None) -> None:  # type: ignore[override]  # noqa: N803  (without icons; Qt's own name)
        """One more word at the end, the first of all in hand."""
        if self._words is None:
            super().addItem(text, userData)
            return
        self._words.append((text, userData))
        self.updateGeometry()
        if self._place < 0:
            self._go(0)

    def addItems(self, texts: Iterable[str]) -> None:
        """More words at the end."""
        for text in texts:
            self.addItem(text)

    def clear(self) -> None:
        """No word."""
        if self._words is None:
            super().clear()
        else:
            self._words = []
            self._go(-1)
            self.updateGeometry()

    def itemText(self, index: int) -> str:
        """The word at a place, empty where there is none."""
        one = self._at(index)
        return super().itemText(index) if one is None else one[0]

    def itemData(self, index: int, role: int = Qt.ItemDataRole.UserRole) -> Any:
        """What a word stands for."""
        one = self._at(index) if role == Qt.ItemDataRole.UserRole else None
        return super().itemData(index, role) if one is None else one[1]

    def setItemText(self, index: int, text: str) -> None:
        """Another word at a place."""
        one = self._at(index)
        if one is None or self._words is None:
            super().setItemText(index, text)
            return
        self._words[index] = (text, one[1])
        self.updateGeometry()
        if index == self._place:
            self.update()
            self._say(text)

    def currentIndex(self) -> int:
        """The place of the word in hand."""
        return super().currentIndex() if self._words is None else self._place

    def currentText(self) -> str:
        """The word in hand."""
        return super().currentText() if self._words is None else self.itemText(self._place)

    def currentData(self, role: int = Qt.ItemDataRole.UserRole) -> Any:
        """What the word in hand stands for."""
        return super().currentData(role) if self._words is None else self.itemData(self._place, role)

    def setCurrentIndex(self, index: int) -> None:
        """Take the word at a place in hand; none where there is none."""
        if self._words is None:
            super().setCurrentIndex(index)
        else:
            self._go(index if 0 <= index < len(self._words) else -1)

    def setCurrentText(self, text: str) -> None:
        """Take a word in hand, if it is among them."""
        place = self.findText(text)
        if self._words is None:
            super().setCurrentText(text)
        elif place >= 0:
            self._go(place)

    def findText(self, text: str, *flags: Any) -> int:
        """The place of a word, -1 for none."""
        if flags:
            self._hand_over()
        return super().findText(text, *flags) if self._words is None else self._find(0, text)

    def findData(self, data: Any, *how: Any) -> int:
        """The place of the word that stands for something, -1 for none."""
        others = (one for _text, one in self._words or () if data is not None and one is not None)
        if how or not all(type(one) is type(data) for one in others):
            self._hand_over()  # whether 1 is "1" is for Qt to say
        return super().findData(data, *how) if self._words is None else self._find(1, data)

    def insertItem(self, *one: Any) -> None:
        """A word between others: they are Qt's."""
        self._hand_over()
        super().insertItem(*one)

    def insertItems(self, index: int, texts: Iterable[str]) -> None:
        """More words between others: they are Qt's."""
        self._hand_over()
        super().insertItems(index, list(texts))

    def insertSeparator(self, index: int) -> None:
        """A line between words: they are Qt's."""
        self._hand_over()
        super().insertSeparator(index)

    def removeItem(self, index: int) -> None:
        """One word less: they are Qt's."""
        self._hand_over()
        super().removeItem(index)

    def setItemData(self, index: int, value: Any, role: int = Qt.ItemDataRole.UserRole) -> None:
        """A word stands for something else: they are Qt's."""
        self._hand_over()
        super().setItemData(index, value, role)

    def model(self) -> QAbstractItemModel:
        """Where the words stand once they are Qt's."""
        self._hand_over()
        return super().model()

    def setModel(self, model: QAbstractItemModel) -> None:
        """Words that stand elsewhere: nothing of those here comes among them."""
        self._hand_over()
        super().setModel(model)

    def _find(self, part: int, wanted: object) -> int:
        return next((place for place, one in enumerate(self._words or ()) if one[part] == wanted), -1)

    def _at(self, place: int) -> tuple[str, Any] | None:
        words = self._words
        return words[place] if words is not None and 0 <= place < len(words) else None

    def _go(self, place: int) -> None:
        if place != self._place:
            self._place = place
            self.update()
            self.currentIndexChanged.emit(place)
            self._say(self.currentText())

    def _say(self, text: str) -> None:
        """Like Qt, only of another word."""
        if text != self._said:
            self._said = text
            self.currentTextChanged.emit(text)

    def _hand_over(self) -> None:
        """The words are Qt's from now on; nobody is told, for nothing changes."""
        words, self._words = self._words, None
        if words is not None:
            super().changeEvent(QEvent(QEvent.Type.StyleChange))
            self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # what it offers often comes later
            _quiet = QSignalBlocker(self)
            for text, data in words:
                super().addItem(text, data)
            super().setCurrentIndex(self._place)

    def _widened(self, size: QSize) -> QSize:
        letters = self.fontMetrics()
        words = [self.itemText(place) for place in range(self.count())]
        wide = [letters.horizontalAdvance(one) + AROUND for one in words]
        if self.isEditable() or not words:  # Qt leaves room for something where it knows of no word
            wide.append(size.width())
        if self._words is not None:
            self._high = size.height()
        elif self._high:  # that of a box with the cursor in it may be another, and nothing moves when somebody comes
            size.setHeight(self._high)
        size.setWidth(max(wide))
        return size
