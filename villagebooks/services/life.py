"""A sign of life: a file that the system holds locked for a running program, and lets go of however that ends."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from villagebooks.core.problem import Trouble, why
from villagebooks.core.words import _

if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO, *, shared: bool) -> None:  # noqa: ARG001  (no shared one there: held for a moment)
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO, *, shared: bool) -> None:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


TRIES, PAUSE_SECONDS = 5, 0.02
"""Somebody who only looks whether this one lives may hold it for a moment."""
_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
"""What the systems say of a file that somebody else holds; anything else is a disk that knows no locks."""


@dataclass(frozen=True, slots=True)
class Life:
    """Holds its file until it is ended, or until the program dies, by kill -9 too."""

    path: Path
    file: BinaryIO

    def end(self) -> None:
        """Let go; the file goes. What it stood for must be gone before, or be free for others."""
        if sys.platform == "win32":
            self.file.close()
        with suppress(OSError):
            self.path.unlink()
        self.file.close()

    def __del__(self) -> None:
        """A window that goes without a word lets go too; what it kept is free."""
        self.file.close()


def begin_life(path: Path) -> Life | None:
    """Hold this file, private to its owner; None when somebody alive has it, or on a disk that knows no locks. Trouble
    when the disk refuses."""
    for _turn in range(TRIES):
        try:
            file = open(path, "a+b", opener=_private)  # noqa: SIM115  (open as long as the program lives)
        except OSError as error:
            raise Trouble(_("文件读写失败：{name}（{reason}）").format(name=path.name, reason=why(error))) from error
        try:
            if _take(file) and _is_same(file, path):
                return Life(path, file)
        except OSError:
            file.close()
            return None
        file.close()
        time.sleep(PAUSE_SECONDS)
    return None


def is_alive(path: Path) -> bool:
    """Whether a running program holds this file; without the file nobody does."""
    try:
        with path.open("r+b") as file:
            return not _take(file, shared=True)
    except OSError:
        return False


def bury(path: Path) -> None:
    """Take away a file that a dead program left; one that a living program holds stays."""
    with suppress(OSError), _dead(path) as dead:
        if dead:
            path.unlink()


@contextmanager
def _dead(path: Path) -> Iterator[bool]:
    if sys.platform == "win32":
        yield not is_alive(path)  # an open file cannot be taken away there
    else:
        with path.open("r+b") as file:
            yield _take(file)


def _take(file: BinaryIO, *, shared: bool = False) -> bool:
    try:
        _lock(file, shared=shared)
    except OSError as error:
        if error.errno not in _HELD:
            raise
        return False
    return True


def _is_same(file: BinaryIO, path: Path) -> bool:
    """Whether the name still means the file that is held: it may have been taken away before it was."""
    if sys.platform == "win32":
        return True  # nobody takes away an open file there, and numbers of files on a share mean little
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    here = os.fstat(file.fileno())
    return (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
