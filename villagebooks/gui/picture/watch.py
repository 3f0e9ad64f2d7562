"""The scanner's folder and the camera's: what comes new into them, seen once its file is whole, and never again once
it was taken or put away."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QSettings, QTimer, Signal

from villagebooks.core.problem import Trouble, why
from villagebooks.core.words import _
from villagebooks.gui.picture.small import SIDE, Smalls, Stamp
from villagebooks.gui.picture.source import is_picture
from villagebooks.gui.worker import Worker
from villagebooks.services.picture import look_at_scan

SCANNER, CAMERA = "scanner", "camera"
FOLDERS = (SCANNER, CAMERA)
KEPT_KNOWN, KEPT_CONTENTS = "scan/known", "scan/contents"
POLL_MS, STEADY_MS, SOON_MS = 3_000, 700, 150
"""A network folder tells of nothing, so it is looked at; a file whose size stood still so long is whole."""
NEW_SECONDS = 24 * 3600
"""Of what lies in a folder when it is chosen, only what is younger counts as new."""
BROKEN_SECONDS = 20
"""A file that cannot be read and was written to so lately is still being written."""
AT_ONCE, MOST_CONTENTS = 6, 2_000


@dataclass(frozen=True, slots=True)
class Scan:
    """A new picture in a watched folder: its file, the SHA-256 of it, and why it cannot be taken."""

    path: Path
    stamp: Stamp
    content: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found: every file with its stamp, new ones read with their small pictures, whether files wait,
    folders that failed."""

    stamps: Mapping[Path, Stamp]
    read: tuple[tuple[Scan, bytes], ...]
    waiting: bool
    troubles: tuple[str, ...]


class FolderWatch(QObject):
    """`changed`: `scans` or `troubles` are other ones. `small`: how the scans look."""

    changed = Signal()

    def __init__(self, worker: Worker, kept: QSettings | None) -> None:
        super().__init__()
        self._worker, self._kept = worker, kept
        self.small = Smalls(worker)
        self._folders = {kind: self._read(f"scan/{kind}") for kind in FOLDERS}
        self._known = set(self._read(KEPT_KNOWN).split())
        self._contents = dict.fromkeys(self._read(KEPT_CONTENTS).split())
        self._stamps: Mapping[Path, Stamp] = {}
        self.scans: tuple[Scan, ...] = ()
        self.troubles: tuple[str, ...] = ()
        self._looking = self._going = False
        self._turn = 0
        self._teller = QFileSystemWatcher(self)
        self._teller.directoryChanged.connect(self._soon)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)

    def folder(self, kind: str) -> str:
        """The scanner's or the camera's folder, empty when none is chosen."""
        return self._folders[kind]

    @property
    def has_folder(self) -> bool:
        """Whether any folder is watched."""
        return any(self._folders.values())

    def choose(self, kind: str, folder: str) -> None:
        """Watch another folder from now on, or none; what lies there since yesterday or longer is not new."""
        self._folders[kind] = folder
        self._write(f"scan/{kind}", folder)
        self.scans, self._stamps = (), {}
        self._turn += 1
        self._looking = False
        self._listen()
        if folder:
            self._worker.read(partial(_old_ones, Path(folder)), self._take_old, key=(id(self), kind))
        self.changed.emit()

    def start(self) -> None:
        """Look now and go on looking."""
        self._going = True
        self._listen()
        self.look()

    def stop(self) -> None:
        """Nobody sees the pictures: rest."""
        self._going = False
        self._timer.stop()

    def look(self) -> None:
        """One look into the folders, off the screen's thread; two never run at the same time."""
        folders = tuple(Path(one) for one in dict.fromkeys(self._folders.values()) if one)
        if self._looking or not folders:
            return
        self._looking = True
        shown = {one.path: one.stamp for one in self.scans}
        known = frozenset(self._known)
        act = partial(look_into, folders, known, self._stamps, shown, time.time())
        self._worker.read(partial(_with_turn, self._turn, act), self._take)

    def put_away(self, paths: Sequence[Path]) -> None:
        """These were taken, or are not wanted: they do not come back, by whatever name."""
        gone = [one for one in self.scans if one.path in set(paths)]
        if gone:
            self._forget(gone)
            self.scans = tuple(one for one in self.scans if one not in gone)
            self.changed.emit()

    def _take(self, told: tuple[int, Look]) -> None:
        turn, found = told
        if turn != self._turn:
            return
        self._looking = False
        self._stamps = found.stamps
        if not found.troubles:
            self._prune(found.stamps)
        for one, small in found.read:
            self.small.put(one.path, one.stamp, small)
        read = [one for one, _small in found.read]
        again = [one for one in read if one.content and one.content[:16] in self._contents]
        self._forget(again)
        fresh = {one.path: one for one in self.scans if found.stamps.get(one.path) == one.stamp}
        seen = {one.content for one in fresh.values() if one.content}
        for one in read:
            if one not in again and one.content not in seen:
                fresh[one.path] = one
                seen |= {one.content} - {""}
            elif one not in again:
                self._forget([one], contents=False)
        scans = tuple(fresh.values())
        if scans != self.scans or found.troubles != self.troubles:
            self.scans, self.troubles = scans, found.troubles
            self.changed.emit()
        if self._going:
            self._listen()
            self._timer.start(STEADY_MS if found.waiting else POLL_MS)

    def _take_old(self, keys: frozenset[str]) -> None:
        self._known |= keys
        self._keep()
        self.look()

    def _forget(self, scans: Sequence[Scan], *, contents: bool = True) -> None:
        for one in scans:
            self._known.add(key_of(one.path, one.stamp))
            if one.content and contents:
                self._contents[one.content[:16]] = None
        if scans:
            self._keep()

    def _prune(self, stamps: Mapping[Path, Stamp]) -> None:
        """What is no longer in the folders need not be remembered by its name."""
        kept = self._known & {key_of(path, stamp) for path, stamp in stamps.items()}
        if kept != self._known:
            self._known = kept
            self._keep()

    def _keep(self) -> None:
        self._write(KEPT_KNOWN, " ".join(sorted(self._known)))
        self._contents = dict.fromkeys(list(self._contents)[-MOST_CONTENTS:])
        self._write(KEPT_CONTENTS, " ".join(self._contents))

    def _soon(self, _folder: str) -> None:
        if self._going:
            self._timer.start(SOON_MS)

    def _listen(self) -> None:
        """Folders that went away and came back are listened to again."""
        wanted = {one for one in self._folders.values() if one} if self._going else set()
        heard = set(self._teller.directories())
        if heard - wanted:
            self._teller.removePaths(sorted(heard - wanted))
        if wanted - heard and self._stamps:
            self._teller.addPaths(sorted(wanted - heard))

    def _read(self, name: str) -> str:
        return str(self._kept.value(name, "") or "") if self._kept else ""

    def _write(self, name: str, value: str) -> None:
        if self._kept:
            self._kept.setValue(name, value)


def look_into(
    folders: Sequence[Path],
    known: frozenset[str],
    before: Mapping[Path, Stamp],
    shown: Mapping[Path, Stamp],
    now: float,
) -> Look:
    """One look: files not known and not shown yet are read once their size and time stood still since the last."""
    stamps: dict[Path, Stamp] = {}
    troubles = []
    for folder in folders:
        try:
            stamps.update(_files_in(folder))
        except OSError as error:
            troubles.append(_("打不开文件夹 {path}：{why}").format(path=folder, why=why(error)))
    new = {
        path: stamp
        for path, stamp in sorted(stamps.items(), key=lambda one: one[1][1])
        if shown.get(path) != stamp and key_of(path, stamp) not in known
    }
    steady = [path for path, stamp in new.items() if before.get(path) == stamp and stamp[0]]
    read = []
    for path in steady[:AT_ONCE]:
        scan, small = _read_scan(path, new[path])
        if not scan.fault or now - new[path][1] / 1e9 > BROKEN_SECONDS:
            read.append((scan, small))
    # an empty file, or one that cannot be read yet, is looked at with the others every few seconds
    waiting = len(steady) > AT_ONCE or any(before.get(path) != stamp for path, stamp in new.items())
    return Look(stamps, tuple(read), waiting, tuple(troubles))


def key_of(path: Path, stamp: Stamp) -> str:
    """A file as it was seen, in few letters."""
    # names in another system's letters (GBK on a stick under Linux) are no UTF-8
    said = f"{path.name}|{stamp[0]}|{stamp[1]}".encode("utf-8", "surrogateescape")
    return hashlib.sha256(said).hexdigest()[:12]


def _with_turn(turn: int, act: partial[Look]) -> tuple[int, Look]:
    return turn, act()


def _files_in(folder: Path) -> Iterator[tuple[Path, Stamp]]:
    """Photos and scans of a folder and of the folders in it: a camera lays them in some of its own.

    By one call a folder and none or one a file: over a slow network each costs milliseconds.
    """
    for one in _entries(folder):
        if one.is_dir() and not one.name.startswith("."):
            with suppress(OSError):
                for inner in _entries(one.path):
                    yield from _stamp_of(inner)
        else:
            yield from _stamp_of(one)


def _entries(folder: Path | str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        return list(found)


def _stamp_of(one: os.DirEntry[str]) -> Iterator[tuple[Path, Stamp]]:
    with suppress(OSError):  # it may go between the two looks at it
        path = Path(one.path)
        if is_picture(path) and one.is_file() and not one.name.startswith("."):
            status = one.stat()
            yield path, (status.st_size, status.st_mtime_ns)


def _old_ones(folder: Path) -> frozenset[str]:
    """What lies in a folder since yesterday or longer; nothing where it cannot be read."""
    oldest = time.time() - NEW_SECONDS
    with suppress(OSError):
        return frozenset(key_of(path, stamp) for path, stamp in _files_in(folder) if stamp[1] / 1e9 < oldest)
    return frozenset()


def _read_scan(path: Path, stamp: Stamp) -> tuple[Scan, bytes]:
    try:
        content, small = look_at_scan(path, SIDE)
    except Trouble as error:
        return Scan(path, stamp, fault=str(error)), b""
    return Scan(path, stamp, content), small
