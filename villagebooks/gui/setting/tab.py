"""Sections whose panels nobody waits for: each is built when it is first shown or asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from villagebooks.gui.chosen import Chosen, Kept
from villagebooks.gui.section import Sections
from villagebooks.gui.shelf import REST_MS, holds_words
from villagebooks.gui.still import keep_still
from villagebooks.gui.tab import Panel
from villagebooks.gui.turn import later
from villagebooks.gui.typed import typed_in

KEPT = 3
"""Sections that stay beside the lasting ones."""


@dataclass(frozen=True, slots=True)
class SectionChoices:
    """The section that showed, and what was chosen in every one."""

    section: str
    parts: tuple[Kept, ...]


class LateSections(Sections):
    """Sections by name and title; `ask` gives the panel of a name, `prepare` builds it before, `forget` is told of one
    that is let go: those that were shown last stay, those in which something is typed, and all while `is_busy`: one of
    them may wait for an answer."""

    def __init__(
        self,
        name: str,
        ask: Callable[[str], Panel],
        prepare: Callable[[str], None],
        forget: Callable[[str], None],
        is_busy: Callable[[], bool],
    ) -> None:
        super().__init__(name)
        self.chosen = Chosen()
        self.ready: dict[str, Panel] = {}
        """Built, and put in in the next turn."""
        self._forget, self._is_busy = forget, is_busy
        self._shown: list[str] = []
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._tidy)
        self._names: list[str] = []
        self._ask, self._prepare = ask, prepare
        self._old: set[str] = set()
        self._saved: set[str] = set()
        self.currentChanged.connect(self._show)

    def add_late(self, name: str, title: str) -> None:
        """One more section at the end, empty as yet."""
        self._names.append(name)
        self.addTab(QWidget(), title)

    def is_tidying(self) -> bool:
        """Whether a panel may still go."""
        return self._rest.isActive()

    def panels(self) -> list[Panel]:
        """Those that are built."""
        return [panel for place in range(self.count()) if isinstance(panel := self.widget(place), Panel)]

    def moved(self) -> None:
        """Another book, month or person."""
        for panel in (*self.panels(), *self.ready.values()):
            panel.moved()
        self.chosen.move()

    def fill(self, name: str, panel: Panel) -> None:
        """Put a panel where its section has stood empty; it begins with what was chosen before."""
        self.replace(self._names.index(name), panel)
        self.chosen.give(name, panel)

    def tell_choices(self) -> SectionChoices:
        """The section that shows, and what is chosen in each that was built."""
        panels = {name: self.widget(place) for place, name in enumerate(self._names)}
        built = {name: panel for name, panel in panels.items() if isinstance(panel, Panel)}
        return SectionChoices(self._names[self.currentIndex()], self.chosen.with_those(built))

    def take_choices(self, kept: SectionChoices) -> None:
        """Show the same section."""
        self.chosen.put(kept.parts)
        self.setCurrentIndex(self._names.index(kept.section))

    def load(self) -> None:
        """Let the panel that shows read now, every other when it is shown next."""
        self._old = set(self._names)
        later(self, self._show_now)  # a panel is built in a turn of its own

    def land(self, part: object) -> None:
        """Something was saved by a part: what stands in its section is saved too, and read again."""
        for place, name in enumerate(self._names):
            panel = self.widget(place)
            if isinstance(part, QWidget) and (panel is part or panel.isAncestorOf(part)):
                self._saved.add(name)

    def _show_now(self) -> None:
        self._show(self.currentIndex())

    def _tidy(self) -> None:
        """Let go of the panel that was shown longest ago, one in a turn of the event loop."""
        if self._is_busy():
            self._rest.start()
            return
        for name in self._shown[:-KEPT]:
            place = self._names.index(name)
            panel = self.widget(place)
            if isinstance(panel, Panel) and not panel.lasting and not holds_words(panel):
                self._shown.remove(name)
                self._old.add(name)
                self.chosen.keep(name, panel)
                self._forget(name)
                self.replace(place, QWidget())
                self._rest.start()
                return

    def _show(self, place: int) -> None:
        name = self._names[place]
        self._shown = [one for one in self._shown if one != name] + [name]
        self._rest.start()
        if name not in self._old:
            return
        panel = self.widget(place)
        if isinstance(panel, Panel) and name not in self._saved and any(True for _one in typed_in(panel)):
            return  # somebody else saved: it is read when it shows again, once what is typed in it was saved or left
        self._old.remove(name)
        self._saved.discard(name)
        keep_still(self)
        if isinstance(panel, Panel):
            self._ask(name).load()
        else:  # built in this turn of the event loop, put into the window in the next
            self._prepare(name)
            later(self, partial(self._put, name))

    def _put(self, name: str) -> None:
        self._ask(name).load()
