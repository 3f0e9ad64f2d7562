"""Files that leave by a person's choice: written whole or not at all, wherever the person said."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

from villagebooks.paths import make_folder
from villagebooks.seal.file import Sink, disk_trouble, write_file_safely, write_parts_safely, write_stream_safely


def save_file(path: Path, content: bytes) -> None:
    """Write a file, making its folder; a kill or full disk leaves the old file or none. Trouble if it fails."""
    make_folder(path.parent)
    write_file_safely(path, content)


def save_table(path: Path, content: bytes) -> None:
    """A CSV file that a person opens with Excel: it takes UTF-8 for GBK unless a mark stands in front."""
    save_file(path, codecs.BOM_UTF8 + content)


def save_stream(path: Path, fill: Callable[[Sink], None]) -> None:
    """The same of what `fill` writes to a sink."""
    make_folder(path.parent)
    write_stream_safely(path, fill)


def save_copy(source: Path, path: Path) -> None:
    """The same of another file's bytes, part by part; Trouble too when that one cannot be read."""
    make_folder(path.parent)
    with disk_trouble(source), source.open("rb") as file:
        write_parts_safely(path, iter(lambda: file.read(_AT_ONCE), b""))


_AT_ONCE = 1 << 20
