"""Tabs whose panels nobody waits for: each is built when it is first shown or asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QTabBar, QTabWidget, QWidget

from villagebooks.gui.chosen import Chosen, Kept
from villagebooks.gui.part import Part
from villagebooks.gui.section import least_room
from villagebooks.gui.still import keep_still
from villagebooks.gui.turn import later


class TabBar(QTabBar):
    """Tabs that are turned by a click or a key."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel moves the page, never on to another tab: nobody meant what lay under the pointer."""
        event.ignore()


class Tabs(QTabWidget):
    """Pages below such tabs. Asks for the height of the page that shows, not for that of the tallest."""

    def __init__(self) -> None:
        super().__init__()
        bar = TabBar()
        bar.setDrawBase(False)  # as Qt does with a bar of its own; else a line of its style lies over the tabs
        self.setTabBar(bar)
        self.currentChanged.connect(self._ask_height)

    def hasHeightForWidth(self) -> bool:
        """Never: Qt would answer what the tallest page would like to have."""
        return False

    def minimumSizeHint(self) -> QSize:
        """As wide as Qt says, as high as the page that shows and the tabs."""
        size, stack, shown = super().minimumSizeHint(), self.findChild(QStackedWidget), self.currentWidget()
        if stack is not None and shown is not None:
            least = least_room(shown, self.width()).height()
            size.setHeight(size.height() - stack.minimumSizeHint().height() + least)
        return size

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At another width sentences are broken into other lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _ask_height(self, _place: int) -> None:
        self.updateGeometry()


class Panel(Part):
    """What one section, or one tab of a page, shows."""

    def heightForWidth(self, width: int) -> int:
        """The least that it can do with: a page that scrolls asks for this once a sentence wraps, and would scroll for
        the height that lists would like to have."""
        inside = self.layout()
        return inside.totalMinimumHeightForWidth(width) if inside else -1


@dataclass(frozen=True, slots=True)
class TabChoices:
    """The tab that showed, and what was chosen in every one."""

    tab: str
    parts: tuple[Kept, ...]


class LateTabs(Tabs):
    """Tabs of a page or a section: each is built when it is first shown or asked for, and reads at every `load` from
    then on. `ask` gives the panel of a name, `prepare` builds it before.
    """

    def __init__(self, name: str, ask: Callable[[str], Panel], prepare: Callable[[str], None]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.chosen = Chosen()
        self.names: list[str] = []
        self.ready: dict[str, Panel] = {}
        """Built, and put in in the next turn."""
        self._ask, self._prepare, self._begun = ask, prepare, False
        self.currentChanged.connect(self._show)

    def add_late(self, name: str, title: str) -> None:
        """One more tab at the end, empty as yet."""
        self.names.append(name)
        self.addTab(QWidget(), title)

    def fill(self, name: str, panel: Panel) -> None:
        """Put a panel where its tab has stood empty, and let it read."""
        place = self.names.index(name)
        _replace(self, place, panel)
        self._ask_room()
        self.chosen.give(self.names[place], panel)
        panel.load()

    def panels(self) -> list[Panel]:
        """Those that are built."""
        return [panel for panel in self._widgets() if isinstance(panel, Panel)]

    def load(self) -> None:
        """Let those read that are built, and build the one that shows."""
        self._begun = True
        for panel in self.panels():
            panel.load()
        later(self, self._show_now)  # a panel is built in a turn of its own

    def moved(self) -> None:
        """Another book, month or person."""
        for panel in (*self.panels(), *self.ready.values()):
            panel.moved()
        self.chosen.move()

    def tell_choices(self) -> TabChoices:
        """The tab that shows, and what is chosen in each that was built."""
        built = {self.names[place]: panel for place, panel in enumerate(self._widgets()) if isinstance(panel, Panel)}
        return TabChoices(self.names[self.currentIndex()], self.chosen.with_those(built))

    def take_choices(self, kept: TabChoices) -> None:
        """Show the same tab; the others begin with what was chosen in them once they are built."""
        self.chosen.put(kept.parts)
        self.setCurrentIndex(self.names.index(kept.tab))

    def _widgets(self) -> list[QWidget | None]:
        return [self.widget(place) for place in range(self.count())]

    def _show_now(self) -> None:
        self._show(self.currentIndex())

    def _ask_room(self) -> None:
        """For the tab that shows, not for the widest of all."""
        policy = QSizePolicy.Policy
        for place in range(self.count()):
            wide = policy.Preferred if place == self.currentIndex() else policy.Ignored
            panel = self.widget(place)
            if panel is not None:
                panel.setSizePolicy(wide, policy.Preferred)

    def _show(self, place: int) -> None:
        self._ask_room()
        if self._begun and not isinstance(self.widget(place), Panel):
            name = self.names[place]
            keep_still(self)
            self._prepare(name)
            later(self, partial(self._ask, name))


class OnceTabs(Tabs):
    """Tabs of plain parts, some of them built when they are first shown; what builds one puts it in by `fill`."""

    def __init__(self) -> None:
        super().__init__()
        self._builds: dict[int, Callable[[], object]] = {}
        self.currentChanged.connect(self._show)

    def add_once(self, build: Callable[[], object], title: str) -> None:
        """One more tab at the end, empty as yet."""
        self._builds[self.addTab(QWidget(), title)] = build

    def fill(self, place: int, part: QWidget) -> None:
        """Put a part where its tab has stood empty."""
        self._builds.pop(place, None)
        _replace(self, place, part)

    def _show(self, place: int) -> None:
        if place in self._builds:
            self._builds[place]()


def _replace(tabs: QTabWidget, place: int, part: QWidget) -> None:
    """Nobody is told of another tab meanwhile."""
    empty, shows = tabs.widget(place), place == tabs.currentIndex()
    _quiet = QSignalBlocker(tabs)
    tabs.insertTab(place, part, tabs.tabText(place))
    if shows:  # before the empty one goes, or a neighbour would show meanwhile
        tabs.setCurrentIndex(place)
    tabs.removeTab(place + 1)
    if empty:
        empty.deleteLater()


class LateTab:
    """An attribute of a page with `tabs`: the panel of one of them, which the method below it builds once."""

    def __init__(self, build: Callable[[Any], Panel]) -> None:
        self._build, self._name = build, build.__name__
        self.__doc__ = build.__doc__

    def __get__(self, page: Any, _owner: type) -> Panel:
        """What stands in the instance comes before this."""
        self.prepare(page)
        panel: Panel = page.tabs.ready.pop(self._name)
        vars(page)[self._name] = panel
        page.tabs.fill(self._name, panel)
        return panel

    def prepare(self, page: Any) -> None:
        """Build the panel, unless it is built, but put it nowhere yet."""
        if self._name not in page.tabs.ready and self._name not in vars(page):
            page.tabs.ready[self._name] = self._build(page)
