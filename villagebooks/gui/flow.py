"""A row of acts that goes on in the next line where the window is too narrow for it, so that no word is cut off."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QSplitter, QWidget

UNKNOWN = 1 << 20
"""Pixels: as wide as may be."""


class FlowRow(QLayout):
    """Spoken to as a QHBoxLayout is. What stands after the stretch is at the right, in further lines too; one widget
    may have a stretch itself and takes what is left of its line."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._greedy: QWidget | None = None
        self._wide, self._high = UNKNOWN, 0
        self.setContentsMargins(0, 0, 0, 0)

    def addWidget(self, widget: QWidget, stretch: int = 0) -> None:
        """One more at the end."""
        self.insertWidget(len(self._items), widget, stretch)

    def insertWidget(self, place: int, widget: QWidget, stretch: int = 0) -> None:
        """One more before the one at a place."""
        super().addWidget(widget)  # it comes to the end by `addItem`
        self._items.insert(place, self._items.pop())
        if stretch:
            self._greedy = widget
        self.invalidate()

    def addStretch(self, _share: int = 0) -> None:
        """Room between what stands at the left and what stands at the right."""
        self.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum))

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's own."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """Qt's own."""
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:
        """Qt's own."""
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:
        """Qt's own."""
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """As wide as there is room, as high as its lines."""
        return Qt.Orientation.Horizontal

    def sizeHint(self) -> QSize:
        """In one line while it is not known how wide it will be."""
        shown = self._shown()
        width = sum(one.sizeHint().width() for one in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(width, self._height(self._wide))

    def minimumSize(self) -> QSize:
        """The widest alone in its line; as high as the lines that there are now."""
        wide = max((one.minimumSize().width() for one in self._shown()), default=0)
        return QSize(wide, self._height(self._wide))

    def setGeometry(self, rect: QRect) -> None:
        """Lay everything out, and ask for more height when there are more lines now.

        It does not trade height for width as Qt's layouts may: what does so is never made lower than it would like.
        """
        super().setGeometry(rect)
        top, lines = rect.top(), self._lines(rect.width())
        for line in lines:
            self._lay(line, QRect(rect.left(), top, rect.width(), _height(line)))
            top += _height(line) + self.spacing()
        self._wide, high = rect.width(), self._height(rect.width())
        if high != self._high:
            self._high = high
            self.update()

    def _height(self, width: int) -> int:
        lines = self._lines(width)
        return sum(_height(line) for line in lines) + self.spacing() * max(0, len(lines) - 1)

    def _shown(self) -> list[QLayoutItem]:
        return [one for one in self._items if one.widget() is not None and not one.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = [[]]
        used = 0
        for one in self._shown():
            need = _width(one, one.widget() is self._greedy)
            if lines[-1] and used + self.spacing() + need > width:
                lines.append([])
                used = 0
            used += need + (self.spacing() if lines[-1] else 0)
            lines[-1].append(one)
        return lines

    def _lay(self, line: list[QLayoutItem], room: QRect) -> None:
        """What is left of the line goes to who takes it, else between left and right."""
        needs = [min(room.width(), _width(one, one.widget() is self._greedy)) for one in line]
        rest = room.width() - sum(needs) - self.spacing() * (len(line) - 1)
        left = room.left()
        for one, need in zip(line, needs, strict=True):
            greedy = one.widget() is self._greedy
            if not greedy and self._starts_right(one) and not any(each.widget() is self._greedy for each in line):
                left += max(0, rest)
                rest = 0
            wide = need + (max(0, rest) if greedy else 0)
            high = min(room.height(), one.sizeHint().height())
            one.setGeometry(QRect(QPoint(left, room.top() + (room.height() - high) // 2), QSize(wide, high)))
            left += wide + self.spacing()

    def _starts_right(self, one: QLayoutItem) -> bool:
        place = self._items.index(one)
        return any(each.spacerItem() is not None for each in self._items[:place])


def _width(one: QLayoutItem, greedy: bool) -> int:
    return one.minimumSize().width() if greedy else one.sizeHint().width()


def _height(line: list[QLayoutItem]) -> int:
    return max((one.sizeHint().height() for one in line), default=0)


class Halves(QSplitter):
    """Two halves beside each other; one above the other where the window is too narrow for both."""

    def __init__(self, left: QWidget, right: QWidget, shares: tuple[int, int]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._halves, self._shares = (left, right), shares
        for half in self._halves:
            self.addWidget(half)
        self.setChildrenCollapsible(False)
        self._share()

    def minimumSizeHint(self) -> QSize:
        """No wider than the wider half."""
        first, second = self._least()
        wide = max(first.width(), second.width())
        if self.orientation() == Qt.Orientation.Vertical:
            return QSize(wide, first.height() + second.height() + self.handleWidth())
        return QSize(wide, max(first.height(), second.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or above each other."""
        super().resizeEvent(event)
        self._turn()

    def event(self, event: QEvent) -> bool:
        """What stands in a half may need more room than before: longer words to choose from."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._turn()
        return done

    def _turn(self) -> None:
        need = sum(one.width() for one in self._least()) + self.handleWidth()
        wanted = Qt.Orientation.Horizontal if self.width() >= need else Qt.Orientation.Vertical
        if wanted != self.orientation():
            self.setOrientation(wanted)
            self._share()
            self.updateGeometry()

    def _least(self) -> list[QSize]:
        return [one.minimumSizeHint().expandedTo(one.minimumSize()) for one in self._halves]

    def _share(self) -> None:
        for place, share in enumerate(self._shares):
            self.setStretchFactor(place, share)
        self.setSizes([share * 100 for share in self._shares])


class Side(QWidget):
    """What stands beside a list: as wide as is right for its letters, narrower where there is no room for both."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self._wide = wide

    def sizeHint(self) -> QSize:
        """The right width, never less than what is inside needs."""
        return QSize(max(self._wide, self.minimumSizeHint().width()), super().sizeHint().height())


class Tall(QWidget):
    """Never lower than what stands in it is at its width: Qt forgets the further lines of sentences that wrap."""

    def minimumSizeHint(self) -> QSize:
        """With all lines."""
        size, inside = super().minimumSizeHint(), self.layout()
        high = inside.minimumHeightForWidth(self.width()) if inside else 0
        return QSize(size.width(), max(size.height(), high))
