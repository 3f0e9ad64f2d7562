"""A row of acts that goes on in the next line where the window is too narrow for it, so that no word is cut off."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QLayout,
    QLayoutItem,
    QSizePolicy,
    QSpacerItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)

BESIDE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ABOVE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
"""Where the words of labels stand."""
UNKNOWN = 1 << 20
"""Pixels: as wide as may be."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A widget of a row that shows, as it was measured last: pixels that it asks for, and the least it can do with."""

    item: QLayoutItem
    wide: int
    high: int
    least: int
    need: int
    """What it takes of its line: the least of the one that takes what is left."""
    greedy: bool
    right: bool
    """Whether it stands after the stretch."""


class FlowRow(QLayout):
    """Spoken to as a QHBoxLayout is. What stands after the stretch is at the right, in further lines too; one widget
    may have a stretch itself and takes what is left of its line.

    Qt asks for sizes dozens of times while a page is laid out: what was measured stands until Qt says that something
    changed (`invalidate`), as in its own layouts.

    Its items are made here, not by Qt: of those Python does not hear when Qt deletes them, and what it keeps of one
    stands for whatever comes to lie at the same place in memory, another row's item first of all.
    """

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._greedy: QWidget | None = None
        self._wide, self._high = UNKNOWN, 0
        self._measured: list[_Part] | None = None
        self._lines_at: dict[int, list[list[_Part]]] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def addWidget(self, widget: QWidget, stretch: int = 0) -> None:
        """One more at the end."""
        self.insertWidget(len(self._items), widget, stretch)

    def insertWidget(self, place: int, widget: QWidget, stretch: int = 0) -> None:
        """One more before the one at a place."""
        self.addChildWidget(widget)
        self._items.insert(place, QWidgetItem(widget))
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
        self._forget()
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def invalidate(self) -> None:
        """Something changed: measured anew when it is asked for."""
        self._forget()
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        """As wide as there is room, as high as its lines."""
        return Qt.Orientation.Horizontal

    def sizeHint(self) -> QSize:
        """In one line while it is not known how wide it will be."""
        shown = self._shown()
        width = sum(one.wide for one in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(width, self._height(self._wide))

    def minimumSize(self) -> QSize:
        """The widest alone in its line; as high as the lines that there are now."""
        return QSize(max((one.least for one in self._shown()), default=0), self._height(self._wide))

    def setGeometry(self, rect: QRect) -> None:
        """Lay everything out, and ask for more height when there are more lines now.

        It does not trade height for width as Qt's layouts may: what does so is never made lower than it would like.
        """
        super().setGeometry(rect)
        top, lines, gap = rect.top(), self._lines(rect.width()), self.spacing()
        for line in lines:
            self._lay(line, QRect(rect.left(), top, rect.width(), _height(line)), gap)
            top += _height(line) + gap
        self._wide, high = rect.width(), self._height(rect.width())
        if high != self._high:
            self._high = high
            self.update()

    def _forget(self) -> None:
        self._measured = None
        self._lines_at = {}

    def _height(self, width: int) -> int:
        lines = self._lines(width)
        return sum(_height(line) for line in lines) + self.spacing() * max(0, len(lines) - 1)

    def _shown(self) -> list[_Part]:
        if self._measured is None:
            self._measured = self._measure()
        return self._measured

    def _measure(self) -> list[_Part]:
        parts, right = [], False
        for item in self._items:
            widget = item.widget()
            if widget is None:
                right = right or item.spacerItem() is not None
            elif not item.isEmpty():
                hint, least, greedy = item.sizeHint(), item.minimumSize().width(), widget is self._greedy
                need = least if greedy else hint.width()
                parts.append(_Part(item, hint.width(), hint.height(), least, need, greedy, right))
        return parts

    def _lines(self, width: int) -> list[list[_Part]]:
        lines = self._lines_at.get(width)
        if lines is None:
            lines = self._lines_at[width] = self._break(width)
        return lines

    def _break(self, width: int) -> list[list[_Part]]:
        lines: list[list[_Part]] = [[]]
        used, gap = 0, self.spacing()
        for one in self._shown():
            if lines[-1] and used + gap + one.need > width:
                lines.append([])
                used = 0
            used += one.need + (gap if lines[-1] else 0)
            lines[-1].append(one)
        return lines

    def _lay(self, line: list[_Part], room: QRect, gap: int) -> None:
        """What is left of the line goes to who takes it, else between left and right."""
        needs = [min(room.width(), one.need) for one in line]
        rest = room.width() - sum(needs) - gap * (len(line) - 1)
        left = room.left()
        taken = any(one.greedy for one in line)
        for one, need in zip(line, needs, strict=True):
            if one.right and not taken:
                left += max(0, rest)
                rest = 0
            wide = need + (max(0, rest) if one.greedy else 0)
            high = min(room.height(), one.high)
            one.item.setGeometry(QRect(left, room.top() + (room.height() - high) // 2, wide, high))
            left += wide + gap


def _height(line: list[_Part]) -> int:
    return max((one.high for one in line), default=0)


class Halves(QSplitter):
    """Two halves beside each other; one above the other where the window is too narrow for both."""

    def __init__(self, left: QWidget, right: QWidget, shares: tuple[int, int]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._halves, self._shares = (left, right), shares
        self._most = [half.maximumWidth() for half in self._halves]
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
            for half, most in zip(self._halves, self._most, strict=True):  # above each other both have the whole width
                half.setMaximumWidth(most if wanted == Qt.Orientation.Horizontal else UNKNOWN)
            self._share()
            self.updateGeometry()

    def _least(self) -> list[QSize]:
        return [one.minimumSizeHint().expandedTo(one.minimumSize()) for one in self._halves]

    def _share(self) -> None:
        for place, share in enumerate(self._shares):
            self.setStretchFactor(place, share)
        self.setSizes([share * 100 for share in self._shares])


class LabelledRows(QFormLayout):
    """Labels beside their fields, or above all of them where it is too narrow for the longest label and the widest
    field beside each other: long words never make a page scroll sideways."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__()
        if parent is not None:
            parent.setLayout(self)
        self.setLabelAlignment(BESIDE)

    def minimumSize(self) -> QSize:
        """No wider than the widest part of a row alone."""
        size, edges = super().minimumSize(), self.contentsMargins()
        return QSize(min(size.width(), max(self._widths()) + edges.left() + edges.right()), size.height())

    def setGeometry(self, rect: QRect) -> None:
        """Beside or above, and ask for the height that this takes."""
        edges, (labels, fields) = self.contentsMargins(), self._widths()
        need = labels + self.horizontalSpacing() + fields + edges.left() + edges.right()
        rows = QFormLayout.RowWrapPolicy
        wanted = rows.DontWrapRows if rect.width() >= need or not labels else rows.WrapAllRows
        if wanted != self.rowWrapPolicy():
            self.setRowWrapPolicy(wanted)
            self.setLabelAlignment(BESIDE if wanted == rows.DontWrapRows else ABOVE)
            self.update()
        super().setGeometry(rect)

    def _widths(self) -> tuple[int, int]:
        """The longest label and the widest field in pixels."""
        role = QFormLayout.ItemRole
        labels = [item.sizeHint().width() for item in self._items(role.LabelRole)]
        fields = [item.minimumSize().width() for item in self._items(role.FieldRole)]
        return max(labels, default=0), max(fields, default=0)

    def _items(self, role: QFormLayout.ItemRole) -> list[QLayoutItem]:
        found = (self.itemAt(row, role) for row in range(self.rowCount()))
        return [item for item in found if item is not None and not item.isEmpty()]


def in_line(*forms: QWidget) -> None:
    """Fields of forms that stand below each other begin at the same place, whichever has the longest label."""
    boxes = [box for form in forms if isinstance(box := form.layout(), QFormLayout)]
    widths = []
    for box in boxes:
        found = (box.itemAt(row, QFormLayout.ItemRole.LabelRole) for row in range(box.rowCount()))
        labels = [one for item in found if item is not None and (one := item.widget()) is not None]
        for one in labels:
            one.ensurePolished()
        widths.append(max((one.sizeHint().width() for one in labels), default=0))
    for box, wide in zip(boxes, widths, strict=True):
        box.setContentsMargins(max(widths) - wide, 0, 0, 0)


class _Columns(Halves):
    """With room between them, whichever way they stand."""

    def __init__(self, left: QWidget, right: QWidget, gap: int) -> None:
        self._left, self._right, self._gap = left, right, gap
        super().__init__(left, right, (1, 1))

    def _share(self) -> None:
        beside = self.orientation() == Qt.Orientation.Horizontal
        self._left.setContentsMargins(0, 0, self._gap if beside else 0, 0)
        self._right.setContentsMargins(self._gap if beside else 0, 0 if beside else self._gap, 0, 0)
        super()._share()


def two_columns(parent: QWidget, gap: int, least: int) -> tuple[LabelledRows, LabelledRows]:
    """Rows beside each other while each has its `least` pixels, else below each other."""
    left, right = QWidget(), QWidget()
    for half in (left, right):
        half.setMinimumWidth(least)
    both = _Columns(left, right, gap)
    both.setHandleWidth(0)
    both.handle(1).setEnabled(False)
    box = QVBoxLayout(parent)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(both)
    return LabelledRows(left), LabelledRows(right)


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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At another width sentences are broken into other lines: what lies around it asks again."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
