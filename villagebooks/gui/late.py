"""Parts of the window that nobody waits for: a module is loaded, and its page built, when somebody first goes there."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject, QTimer

from villagebooks.gui.page import Page
from villagebooks.gui.worker import Worker, spare_modules

PAUSE_MS = 120
"""Between two modules that are loaded ahead: whoever works meanwhile hardly notices."""


class LatePage:
    """An attribute of the office's window: the page that `build` of the module `gui/place/{place}.py` makes.

    The module is named, not imported: every page knows its services, and those know half of the program.
    """

    def __init__(self, place: str) -> None:
        self.module, self._name = f"villagebooks.gui.place.{place}", place

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, desktop: Any, _owner: type) -> Page:
        """Builds once: what stands in the instance comes before this. The page begins with what was chosen before."""
        page: Page = import_module(self.module).build(desktop)
        vars(desktop)[self._name] = page
        desktop.begin_as_before(self._name, page)
        return page


class Ahead(QObject):
    """Loads the modules of pages off the screen's thread while nobody waits, so that going there only builds."""

    def __init__(self, worker: Worker, places: tuple[str, ...], parent: QObject) -> None:
        super().__init__(parent)
        self._worker, self._left = worker, list(places)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._load)

    def start(self) -> None:
        """Begin, after a pause."""
        self._timer.start()

    def _load(self) -> None:
        if self._worker.is_busy():
            self._timer.start()
        elif self._left:
            name = self._left.pop(0)
            self._worker.read(partial(import_module, name), self._go_on)
        else:
            spare_modules()

    def _go_on(self, _module: object) -> None:
        self._timer.start()


def late_modules(window: type) -> tuple[str, ...]:
    """The modules of every late page of a window's class, in the order of its attributes."""
    return tuple(one.module for one in vars(window).values() if isinstance(one, LatePage))
