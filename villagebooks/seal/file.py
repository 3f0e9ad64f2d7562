"""Files written whole or not at all (SECURITY §1), and what the disk refuses told as one sentence."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

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
        write_safely(path, lambda handle: _write_all(handle, data), check, 0o600 if private else 0o666)


def write_parts_safely(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file too long to hold part by part, as safely as `write_file_safely`. Trouble when the disk fails."""
    digest = hashlib.sha256()

    def fill(handle: BinaryIO) -> None:
        for part in parts:
            handle.write(part)
            digest.update(part)

    def check(at: Path) -> None:
        with at.open("rb") as file:
            if hashlib.file_digest(file, "sha256").digest() != digest.digest():
                raise Trouble(_("写入的文件读回来不一样：{name}").format(name=path.name))

    with disk_trouble(path):
        write_safely(path, fill, check)


def _write_all(handle: BinaryIO, data: bytes) -> None:
    handle.write(data)


def write_safely(
    path: Path, fill: Callable[[BinaryIO], None], check: Callable[[Path], None], mode: int = 0o666
) -> None:
    """`name.part` → flush → fsync → verify → replace → verify again."""
    if not path.name or (path.exists() and not path.is_file()):
        # a folder cannot be replaced, and a device such as /dev/stdout must not be
        raise Trouble(_("“{path}”不是可以写的文件").format(path=path))
    part = path.with_name(path.name + ".part")
    try:
        with open(part, "wb", opener=partial(os.open, mode=mode)) as handle:
            fill(handle)
            handle.flush()
            os.fsync(handle.fileno())
        check(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(path.parent)
    check(path)


def _sync_folder(folder: Path) -> None:
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
            raise Trouble(_("磁盘空间不够，没有写成：{name}").format(name=path.name)) from error
        text = _("文件读写失败：{name}（{reason}）")
        raise Trouble(text.format(name=path.name, reason=why(error))) from error
