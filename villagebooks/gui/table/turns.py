"""Work of the screen's thread in small turns: keys and painting come between two of them."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

TURN_SECONDS = 0.008
"""A turn ends after so long; what people notice begins at five times as much."""
AT_ONCE = 1_000
"""So many rows are filtered, sorted and summed in one go."""


class Turns(QObject):
    """Goes on with one piece of work whenever nothing else waits; a new one takes the place of the old."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Iterator[None] | None = None
        self._timer: QTimer | None = None

    def run(self, work: Iterator[None], *, at_once: bool) -> None:
        """Do the work, which yields after each small step: now, or in turns."""
        self.stop()
        if at_once:
            for _step in work:
                pass
        else:
            self._work = work
            self._start()

    def stop(self) -> None:
        """Give up what is under way."""
        if self._timer is not None:
            self._timer.stop()
        self._work = None

    @property
    def is_busy(self) -> bool:
        """True while something is under way."""
        return self._work is not None

    def _start(self) -> None:
        """The timer is made with the first long list: most lists of a page are short."""
        if self._timer is None:
            self._timer = QTimer(self)
            self._timer.setInterval(0)
            self._timer.timeout.connect(self._go_on)
        self._timer.start()

    def _go_on(self) -> None:
        work, end = self._work, time.perf_counter() + TURN_SECONDS
        while work is not None and work is self._work and time.perf_counter() < end:
            if next(work, _END) is _END and work is self._work:
                self.stop()
                return


_END = object()
