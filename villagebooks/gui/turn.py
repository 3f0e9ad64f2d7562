"""Work in more than one turn of the event loop: between two of them keys are taken and what waits is painted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from villagebooks.gui.page import Page

SOON_MS = 1
"""A timer without any time may still come in the same turn as what set it off."""


def later(owner: QObject, act: Callable[[], object]) -> None:
    """Do this in a later turn, unless its owner is gone by then."""
    QTimer.singleShot(SOON_MS, owner, act)


class Coming(QObject):
    """The page that somebody goes to for the first time: built in one turn, held by the window in the next, shown in
    a third; a key that is pressed meanwhile finds it there. Who goes elsewhere meanwhile stays there."""

    def __init__(self, hold: Callable[[Page], None], show: Callable[[Page], None], parent: QObject) -> None:
        super().__init__(parent)
        self._hold, self._show = hold, show
        self._page: Page | None = None
        self._watched: QObject = parent

    def come(self, page: Page) -> None:
        """Begin with a page that is built."""
        self.stay()
        self._page = page
        self._watch(QApplication.focusWidget())
        _program().focusObjectChanged.connect(self._watch)
        later(self, partial(self._take, page))

    def stay(self) -> None:
        """Another page shows: none is coming."""
        if self._page is not None:
            _program().focusObjectChanged.disconnect(self._watch)
            if shiboken6.isValid(self._watched):
                self._watched.removeEventFilter(self)
        self._page = None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A key is for the page that was gone to: it shows before the key is given to anybody."""
        if isinstance(event, QKeyEvent) and event.type() != QEvent.Type.KeyRelease and self._page is not None:
            page = self._page
            self._hold(page)
            self._arrive(page)
        return False

    def _watch(self, keys_go_to: QObject | None) -> None:
        """Of whom keys go to only: the whole program has hundreds of events in an arrival."""
        if shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = keys_go_to or cast(QObject, self.parent())
        self._watched.installEventFilter(self)

    def _take(self, page: Page) -> None:
        if page is self._page:
            self._hold(page)
            later(self, partial(self._arrive, page))

    def _arrive(self, page: Page) -> None:
        if page is self._page:
            self._show(page)


def _program() -> QApplication:
    return cast(QApplication, QApplication.instance())
