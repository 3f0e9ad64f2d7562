"""A key on a stick: the box file of one person, found again under whatever letter the computer gives the stick."""

from __future__ import annotations

import ctypes
import os
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from villagebooks.core.filename import file_name
from villagebooks.core.problem import Problem, Refused, Trouble, why
from villagebooks.core.words import _
from villagebooks.seal.file import write_file_safely

SUFFIX = ".vbkey"
LARGEST = 64 * 1024
"""A box file has a few hundred bytes; more is something else."""

_PLUGGED = (2, 3)
"""Removable and fixed drives, as Windows counts kinds; a share that is not there would be waited for, each letter."""


def key_file_name(name: str) -> str:
    """冯素芳.vbkey for `<centre>/冯素芳`."""
    return file_name(name.rpartition("/")[2], SUFFIX)


def find_key_file(name: str, place: str, stick: Path | None = None) -> Path:
    """The box file: in the folder that was named, where it was last, or on any stick that is plugged in.

    Refused when it is nowhere, with what to do.
    """
    file = key_file_name(name)
    for folder in (*([stick] if stick else []), Path(place), *_sticks(Path(place).name)):
        if _is_file(folder / file):
            return folder / file
    text = _("请插入{name}的U盘：钥匙文件“{file}”上次在 {place}")
    raise Refused([Problem(text.format(name=name.rpartition("/")[2], file=file, place=place), field="stick")])


def read_key_file(path: Path) -> bytes:
    """The box; `Trouble` when the stick cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        raise Trouble(_("读不到U盘上的钥匙 {path}：{why}").format(path=path.name, why=why(error))) from error


def write_key_file(path: Path, raw: bytes) -> None:
    """The box on the stick, whole or not at all, readable by this user only where the stick can say so."""
    write_file_safely(path, raw)
    try:
        path.chmod(0o600)
    except OSError:
        return  # FAT knows no owners


def remove_key_file(path: Path) -> bool:
    """Take the box off the stick after it went elsewhere; False when the stick refused, which is told."""
    try:
        path.unlink()
    except OSError:
        return False
    return True


def _sticks(folder: str) -> Iterator[Path]:
    """Roots of what is plugged in, and the folder of that name on each."""
    for root in _roots():
        yield root
        yield root / folder


def _roots() -> Iterator[Path]:
    if sys.platform == "win32":
        roots = [f"{letter}:\\" for letter in string.ascii_uppercase[3:]]
        yield from (Path(root) for root in roots if ctypes.windll.kernel32.GetDriveTypeW(root) in _PLUGGED)
        return
    for above, depth in (("/media", 2), ("/run/media", 2), ("/mnt", 1), ("/Volumes", 1)):
        yield from _below(Path(above), depth)


def _below(folder: Path, depth: int) -> Iterator[Path]:
    try:
        inside = sorted(one for one in folder.iterdir() if one.is_dir())
    except OSError:
        return
    for one in inside:
        yield from [one] if depth == 1 else _below(one, depth - 1)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file() and os.access(path, os.R_OK)
    except OSError:
        return False
