"""Small pictures of files in a watched folder: the last that were looked at, and no more, however many there are."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from villagebooks.core.problem import Trouble
from villagebooks.gui.worker import Worker
from villagebooks.services.picture import look_at_scan

SIDE = 192
"""Pixels of the longer side."""
MOST = 200
"""That are kept, some 50 kB each; a tray shows a few dozen at once."""

Stamp = tuple[int, int]
"""Size in bytes and time of the last change, ns."""
Key = tuple[Path, Stamp]


class Smalls(QObject):
    """`ready` carries the path of one that was read again because somebody looked at it."""

    ready = Signal(object)

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self._worker = worker
        self._kept: OrderedDict[Key, bytes] = OrderedDict()
        self._wanted: set[Key] = set()

    def __len__(self) -> int:
        return len(self._kept)

    def put(self, path: Path, stamp: Stamp, small: bytes) -> None:
        """The small picture of a file, empty where there is none; who was not looked at longest goes."""
        self._kept[path, stamp] = small
        self._kept.move_to_end((path, stamp))
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)

    def get(self, path: Path, stamp: Stamp) -> bytes | None:
        """The small picture; None while it is read again, off the screen's thread."""
        key = (path, stamp)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._wanted:
            self._wanted.add(key)
            self._worker.read(partial(_read, key), self._take)
        return None

    def _take(self, told: tuple[Key, bytes]) -> None:
        key, small = told
        self._wanted.discard(key)
        self.put(*key, small)
        self.ready.emit(key[0])


def _read(key: Key) -> tuple[Key, bytes]:
    try:
        return key, look_at_scan(key[0], SIDE)[1]
    except Trouble:
        return key, b""  # it went meanwhile: the next look says so
