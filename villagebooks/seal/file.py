"""Files written whole or not at all (SECURITY §1), and what the disk refuses told as one sentence."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO, TypeVar

from villagebooks.core.problem import Trouble, why
from villagebooks.core.words import _


def write_file_safely(path: Path, data: bytes, private: bool = False) -> None:
    """Write a whole file: a kill or a full disk leaves the old file or none. Trouble when the disk fails.

    A `private` one is readable by its owner alone from its first byte on, where the file system knows owners.
    """

    def check(at: Path) -> None:
        if at.read_bytes() != data:
            raise Trouble(_("写入的文件读回来不一样：{name}").format(name=path.name))

    with disk_trouble(path):
        write_safely(path, lambda handle: _write_all(handle, data), check, 0o600 if private else NEW_FILE)


def write_parts_safely(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file too long to hold part by part, as safely as `write_file_safely`. Trouble when the disk fails."""

    def fill(out: Sink) -> None:
        for part in parts:
            out.write(part)

    write_stream_safely(path, fill)


class Sink:
    """Takes what a library writes. What the disk refuses is kept for later: a library in C swallows exceptions."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle, self._digest = handle, hashlib.sha256()
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        """Write all of it."""
        if self.error is None:
            try:
                self._handle.write(data)
            except OSError as error:
                self.error = error
        self._digest.update(data)
        return len(data)

    def digest(self) -> bytes:
        """SHA-256 of what was written."""
        return self._digest.digest()


def write_stream_safely(path: Path, fill: Callable[[Sink], None]) -> None:
    """Write what `fill` writes, as safely as `write_file_safely`. Trouble when the disk fails."""
    wanted = b""

    def fill_and_count(handle: BinaryIO) -> None:
        nonlocal wanted
        sink = Sink(handle)
        fill(sink)
        if sink.error:
            raise sink.error
        wanted = sink.digest()

    def check(at: Path) -> None:
        with at.open("rb") as file:
            if hashlib.file_digest(file, "sha256").digest() != wanted:
                raise Trouble(_("写入的文件读回来不一样：{name}").format(name=path.name))

    with disk_trouble(path):
        write_safely(path, fill_and_count, check)


def _write_all(handle: BinaryIO, data: bytes) -> None:
    handle.write(data)


NEW_FILE = 0o666
_LETTERS = 64
"""Of the name, in that of the part: a name as long as it may be has room for no more."""


def write_safely(
    path: Path, fill: Callable[[BinaryIO], None], check: Callable[[Path], None], mode: int = NEW_FILE
) -> None:
    """A name of its own beside it → flush → fsync → verify → replace → verify again. The old file stays as it is until
    then, and where it may not be written to. A file behind a link is written where it lies."""
    path = Path(os.path.realpath(path)) if path.is_symlink() else path  # a link to itself is no reason to fall
    old = check_target(path)
    part = path.with_name(f".{path.name[:_LETTERS]}.{secrets.token_hex(4)}.part")
    try:
        with _open_part(part, mode) as handle:
            fill(handle)
            handle.flush()
            os.fsync(handle.fileno())
        check(part)
        if old and mode == NEW_FILE:
            with suppress(OSError):  # a share that knows no rights has none to keep
                part.chmod(old)
        _replace(part, path)
    finally:
        remove(part)
    sync_folder(path.parent)
    check(path)


def check_target(path: Path) -> int:
    """Who may do what with the file that is there, 0 without one; Trouble where it must not be written over, or is open
    in a program that lets nobody."""
    if not path.name or (path.exists() and not path.is_file()):
        # a folder cannot be replaced, and a device such as /dev/stdout must not be
        raise Trouble(_("“{path}”不是可以写的文件").format(path=path))
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0
    try:
        if mode:
            patiently(lambda: path.open("r+b").close())
    except PermissionError as error:
        raise _held(path, error) from error
    if mode and not mode & _WRITABLE:
        raise _held(path)  # to the system's mighty person even that is open
    return mode


_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def _open_part(part: Path, mode: int) -> BinaryIO:
    try:
        return open(part, "xb", opener=partial(os.open, mode=mode))
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        text = _("文件夹“{folder}”里不能写文件（{reason}），没有存：换一个文件夹")
        raise Trouble(text.format(folder=part.parent, reason=why(error))) from error


def _replace(part: Path, path: Path) -> None:
    try:
        patiently(lambda: part.replace(path))
    except PermissionError as error:
        raise _held(path, error) from error


_SHARING = (5, 32, 33)
"""What Windows says of a file that Excel or a reader has open."""
PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between two tries: a virus scanner or the search index looks at every new file, mostly for milliseconds."""
_T = TypeVar("_T")


def is_in_use(error: OSError, windows: bool = os.name == "nt") -> bool:
    """Whether a program of Windows has the file open. Opening says no more than “no permission” there (errno 13)."""
    said = getattr(error, "winerror", None)
    return said in _SHARING or (windows and said is None and error.errno == errno.EACCES)


def patiently(act: Callable[[], _T], sleep: Callable[[float], object] = time.sleep) -> _T:
    """What the act answers, tried again for a second and a half while a program of Windows has its file open; the last
    refusal is raised as it is, and so is at once every refusal of another kind or system."""
    for pause in PAUSES:
        try:
            return act()
        except PermissionError as error:
            if not is_in_use(error):
                raise
        sleep(pause)
    return act()


def can_write_in(folder: Path, windows: bool = os.name == "nt") -> bool:
    """Whether files can be made in the folder. Windows says yes of every folder when it is asked, so one is made."""
    if not windows:
        return os.access(folder, os.W_OK)
    probe = folder / f".{secrets.token_hex(8)}.part"
    try:
        probe.touch(exist_ok=False)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS)
    remove(probe)
    return True


def remove(path: Path) -> None:
    """Take away a file of ours that may be gone; what cannot be taken away is no reason to fall."""
    with suppress(OSError):
        patiently(lambda: path.unlink(missing_ok=True))


def _held(path: Path, error: OSError | None = None) -> Trouble:
    if error and is_in_use(error) and stat.S_IMODE(path.stat().st_mode) & _WRITABLE:
        text = _("“{name}”正被别的程序打开，没有存，原来的没有动：关掉那个程序再存，或者换一个名字")
    else:
        text = _("“{name}”是只读的，没有改它：换一个名字存")
    return Trouble(text.format(name=path.name))


def sync_folder(folder: Path) -> None:
    """Make the new name durable where the system can; Windows and some sticks and shares have no such call."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def disk_trouble(path: Path) -> Iterator[None]:
    """Turn what the disk refuses into one sentence."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Trouble(
                _("磁盘空间不够，没有写成：{name}。腾出空间再试，或换一个磁盘").format(name=path.name)
            ) from error
        text = _("文件读写失败：{name}（{reason}）。检查磁盘、U盘或网络，弄好再试")
        raise Trouble(text.format(name=path.name, reason=why(error))) from error
