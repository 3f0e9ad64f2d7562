"""Which books were open last on this PC, for the window and for commands without `--books`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from villagebooks.core.problem import Trouble
from villagebooks.paths import data_folder
from villagebooks.seal.file import write_file_safely

_NAME = "last-books"


def remember_books(place: Path | str) -> None:
    """These books are the last opened ones: a file, or a server's address without password.

    Where nothing can be kept (no home folder) the act is done all the same.
    """
    text = str(place.absolute()) if isinstance(place, Path) else place
    with suppress(Trouble):
        write_file_safely(data_folder() / _NAME, text.encode())


def read_place(text: str) -> Path | str:
    """What a person names books by: a server's address (`postgresql://…`) as it is, anything else as a path."""
    return text if "://" in text else Path(text)


def last_books() -> str:
    """Path or address of the books opened last, empty when there are none or the file is gone."""
    with suppress(OSError, UnicodeDecodeError, Trouble):
        text = (data_folder() / _NAME).read_text("utf-8").strip()
        if "://" in text or (text and Path(text).is_file()):
            return text
    return ""
