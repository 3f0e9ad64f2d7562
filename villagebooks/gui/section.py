"""Sections of a page beside a list of their names in groups: for more of them than fit into a row of tabs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

PLACE = Qt.ItemDataRole.UserRole


class Sections(QWidget):
    """Spoken to as a QTabWidget is, with `addGroup` for the headings between. Every section scrolls by itself where the
    window is too small for it."""

    currentChanged = Signal(object)  # noqa: N815  (QTabWidget's own name)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.list, self.stack = QListWidget(), Stack()
        self.list.setObjectName("sections")
        self.list.setAccessibleName(name)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._panels: list[QWidget] = []
        self._items: list[QListWidgetItem] = []
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.list)
        box.addWidget(self.stack, 1)
        self.setFocusProxy(self.list)
        self.list.currentItemChanged.connect(self._go)

    def addGroup(self, title: str) -> None:
        """A heading above the sections that follow; the arrow keys pass over it."""
        item = QListWidgetItem(title, self.list)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._widen(title)

    def addTab(self, panel: QWidget, title: str) -> None:
        """One more section at the end."""
        area = Scroll(panel)
        self._panels.append(panel)
        item = QListWidgetItem(title, self.list)
        item.setData(PLACE, self.stack.addWidget(area))
        self._items.append(item)
        self._widen(f"　{title}")
        if len(self._items) == 1:
            self.list.setCurrentItem(item)

    def replace(self, place: int, panel: QWidget) -> None:
        """Another panel at the place of one, which is gone then."""
        area = self.stack.widget(place)
        if isinstance(area, Scroll):
            area.put(panel)
        self._panels[place] = panel

    def count(self) -> int:
        """How many sections there are."""
        return len(self._panels)

    def widget(self, place: int) -> QWidget:
        """The section at a place."""
        return self._panels[place]

    def tabText(self, place: int) -> str:
        """What it is called."""
        return self._items[place].text()

    def currentIndex(self) -> int:
        """The place of the section that shows."""
        return self.stack.currentIndex()

    def currentWidget(self) -> QWidget:
        """The section that shows."""
        return self._panels[self.stack.currentIndex()]

    def setCurrentIndex(self, place: int) -> None:
        """Show the section at a place."""
        self.list.setCurrentItem(self._items[place])

    def setCurrentWidget(self, panel: QWidget) -> None:
        """Show a section."""
        self.setCurrentIndex(self._panels.index(panel))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name of the section that shows stays in sight."""
        super().resizeEvent(event)
        if item := self.list.currentItem():
            self.list.scrollToItem(item)

    def _go(self, item: QListWidgetItem | None) -> None:
        place = item.data(PLACE) if item else None
        if place is not None:
            self.stack.setCurrentIndex(place)
            self.currentChanged.emit(place)

    def _widen(self, text: str) -> None:
        wide = QFontMetrics(self.list.font()).horizontalAdvance(text) + 40
        self.list.setFixedWidth(max(self.list.width() if self.list.count() > 1 else 0, wide))


class Scroll(QScrollArea):
    """Shows a widget as large as there is room, and scrolls where there is not room enough."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.put(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def put(self, inside: QWidget) -> None:
        """Show this from now on; what showed before is gone."""
        self.setWidget(inside)
        for ground in (inside, self.viewport()):
            ground.setAutoFillBackground(False)  # what lies below shows through, as without scrolling


class Stack(QStackedWidget):
    """Asks for the room of the page that shows, not for that of the largest."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self._changed)

    def minimumSizeHint(self) -> QSize:
        """Of the page that shows."""
        shown = self.currentWidget()
        return least_room(shown, self.width()) if shown else super().minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At another width sentences are broken into other lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Of the page that shows."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown else super().sizeHint()

    def _changed(self, _place: int) -> None:
        self.updateGeometry()


def least_room(shown: QWidget, width: int) -> QSize:
    """The least that one page of several can do with, with the lines into which its sentences are broken at this width:
    else what stands below would be drawn over what stands above. Qt does not know how little tabs and stacks can do
    with: for these it answers what they would like, and pages with them stay as they are."""
    least, layout = shown.minimumSizeHint().expandedTo(shown.minimumSize()), shown.layout()
    if layout is not None and layout.hasHeightForWidth() and not _holds_pages(shown):
        broken = layout.minimumHeightForWidth(max(width, least.width()))
        least.setHeight(max(least.height(), broken))
    return least


def _holds_pages(part: QWidget) -> bool:
    return part.findChild(QTabWidget) is not None or part.findChild(QStackedWidget) is not None


def fill_splitter(splitter: QSplitter, parts: Sequence[tuple[QWidget, int]], sizes: Sequence[int]) -> None:
    """Parts with their weights; none can be pushed away."""
    splitter.setChildrenCollapsible(False)
    for place, (part, weight) in enumerate(parts):
        splitter.addWidget(part)
        splitter.setStretchFactor(place, weight)
    splitter.setSizes(sizes)
