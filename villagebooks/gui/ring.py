"""The ring of keys that are open: whoever signs within minutes types the passphrase once."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from villagebooks.core.key import LONGEST_IDLE, is_idle

LOOK_MS = 5_000


def clock() -> float:
    """Seconds that pass while the computer sleeps too; `time.monotonic` stands still then on Linux, not on Windows."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    else:
        return time.monotonic()


class KeyRing(QObject):
    """Keys of the one person who unlocked last, forgotten after so many minutes in which nobody signed with them, by
    Ctrl+L, or when somebody else sits down. `changed`: opened, locked, or a minute nearer to it.

    `clock` counts seconds and never goes back; `look` asks it, every few seconds and before each signature.
    """

    changed = Signal()

    def __init__(self, clock: Callable[[], float] = clock) -> None:
        super().__init__()
        self.minutes = LONGEST_IDLE
        self._clock, self._last = clock, 0.0
        self._keys: Any = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def person(self) -> str:
        """Whose keys are open, empty when none are."""
        return self._keys.person if self._keys else ""

    @property
    def minutes_left(self) -> int:
        """After how many minutes they are forgotten, begun ones counted."""
        left = self.minutes * 60 - (self._clock() - self._last)
        return max(0, math.ceil(left / 60)) if self._keys else 0

    def keys_of(self, person: str) -> Any:
        """The person's keys while they are open."""
        self.look()
        return self._keys if self._keys and self._keys.person == person else None

    def keep(self, keys: Any) -> None:
        """Hold keys from now on; each signature begins the idle minutes anew."""
        self._keys, self._last = keys, self._clock()
        self._timer.start()
        self.changed.emit()

    def take_over(self, other: KeyRing) -> None:
        """From a window that is made again: its keys for the rest of their minutes, which begin anew only with a
        signature; the other holds them no longer."""
        other.look()
        self.minutes, self._clock, self._last, self._keys = other.minutes, other._clock, other._last, other._keys
        other.forget()
        if self._keys:
            self._timer.start()
        self.changed.emit()

    def forget(self) -> None:
        """Lock."""
        self._keys = None
        self._timer.stop()
        self.changed.emit()

    def look(self) -> None:
        """Lock when the idle minutes are over."""
        if self._keys is None:
            return
        if is_idle(self._last, self._clock(), self.minutes):
            self.forget()
        else:
            self.changed.emit()

    def set_minutes(self, minutes: int) -> None:
        """How long they stay open; ten at the most."""
        self.minutes = max(1, min(minutes, LONGEST_IDLE))
        self.look()
