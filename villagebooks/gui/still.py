"""What shows stays as it is while another page, month or section arrives, and is painted once when that is whole."""

from __future__ import annotations

import time
from typing import cast

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from villagebooks.gui.section import Scroll
from villagebooks.gui.worker import Job, Worker

MOST_MS = 70
"""Longer nobody sees the old state: then what is there by now is painted."""
FRESH_MS = 40
"""What was asked for or answered so shortly before is waited for, up to as long again: painted now, all would be
painted once more in a moment, which takes longer than the moment."""
TURN_MS = 1
QUIET_TURNS = 3
"""Turns of the event loop without a reading: what is built in a turn of its own, and columns that find their widths,
have come by then."""


class Ground(Scroll):
    """Where the pages stand. A page that arrives comes in steps: its frame, its lists without a row, its rows, their
    columns. Each would be painted, some 10 ms on an old PC, three of them for nothing.

    A key ends it at once: whoever types sees each letter.
    """

    def __init__(self, inside: QWidget, worker: Worker) -> None:
        super().__init__(inside)
        self._worker, self._turns, self._is_there, self.is_still = worker, 0, False, False
        self._watched: QWidget | None = None
        self._kept_at, self._told_at, self._waits = 0.0, 0.0, False
        self._before: frozenset[Job] = frozenset()
        """What was under way already: nobody waits for a printout of a year to see another page."""
        self._look, self._most = QTimer(self), QTimer(self)
        self._look.setInterval(TURN_MS)
        self._look.timeout.connect(self._look_up)
        self._most.setSingleShot(True)
        self._most.setInterval(MOST_MS)
        self._most.timeout.connect(self._end_patience)
        worker.working.connect(self._hear)

    def keep(self) -> None:
        """Something arrives: nothing is painted until it is whole."""
        if not self.isVisible() or self._most.isActive():
            return
        self.is_still = True
        self._hold(True)
        self._is_there, self._before, self._waits = False, self._worker.jobs(), False
        self._kept_at = time.monotonic()
        self._most.start(MOST_MS)
        self._begin_to_look()
        self._watch(None, QApplication.focusWidget())
        _program().focusChanged.connect(self._watch)

    def arrive(self) -> None:
        """What was asked for is there, though more of it is read."""
        self._is_there = True
        self._begin_to_look()

    def release(self) -> None:
        """Paint what is there."""
        if not self.is_still:
            return
        self._look.stop()
        self._most.stop()
        _program().focusChanged.disconnect(self._watch)
        self._unwatch()
        self.is_still = False
        self._hold(False)

    def _hold(self, still: bool) -> None:
        """Of the window only, which paints all its parts: told by `setUpdatesEnabled`, each of the thousands of parts
        of every page that is built would be gone to, twice for an arrival. What asks to be painted meanwhile is
        painted with the next request."""
        window = self.window()
        window.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, still)
        if not still:
            _paint_again(window)
            QApplication.postEvent(window, QEvent(QEvent.Type.UpdateRequest))

    def _watch(self, _last: QWidget | None, now: QWidget | None) -> None:
        """Where keys go now, which may be in what just came; the whole program has thousands of events."""
        self._unwatch()
        self._watched = now or self.window()
        self._watched.installEventFilter(self)

    def _unwatch(self) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody works."""
        if event.type() == QEvent.Type.KeyPress:
            self.release()
        return super().eventFilter(watched, event)

    def _end_patience(self) -> None:
        now = time.monotonic()
        rest = min(self._told_at + FRESH_MS / 1000, self._kept_at + 2 * MOST_MS / 1000) - now
        if rest > 0:
            self._most.start(max(TURN_MS, round(rest * 1000)))
            return
        self.release()
        self._waits = self._worker.is_busy(self._before) and not self._is_there

    def _hear(self, _titles: object) -> None:
        """Something was asked for or answered. What was waited for in sight of an empty page comes in steps too."""
        if self._waits and not self._worker.is_busy(self._before):
            self.keep()
        self._begin_to_look()

    def _begin_to_look(self) -> None:
        if self.is_still:
            self._turns, self._told_at = 0, time.monotonic()
            self._look.start()

    def _look_up(self) -> None:
        if self._worker.is_busy(self._before) and not self._is_there:
            self._look.stop()  # until the worker tells of another change
            return
        self._turns += 1
        if self._turns >= QUIET_TURNS:
            self.release()


def keep_still(part: QWidget) -> None:
    """Something else arrives in this part of a window: see `Ground`."""
    ground = _ground_of(part)
    if ground is not None:
        ground.keep()


def has_arrived(part: QWidget) -> None:
    """What was asked for is in this part of a window, though more of it is read: it may be painted."""
    ground = _ground_of(part)
    if ground is not None and ground.is_still:
        ground.arrive()


def _paint_again(window: QWidget) -> None:
    """Qt lets what is made in a window while that is held back (a list of suggestions) be held back for ever."""
    for part in window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        held, own = Qt.WidgetAttribute.WA_UpdatesDisabled, Qt.WidgetAttribute.WA_ForceUpdatesDisabled
        if not part.isWindow() and part.testAttribute(held) and not part.testAttribute(own):
            part.setUpdatesEnabled(True)


def _program() -> QApplication:
    return cast(QApplication, QApplication.instance())


def _ground_of(part: QWidget) -> Ground | None:
    parent = part.parentWidget()
    while parent is not None and not isinstance(parent, Ground):
        parent = parent.parentWidget()
    return parent
