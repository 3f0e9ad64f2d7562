"""Files that leave by a person's choice: written whole or not at all, wherever the person said."""

from __future__ import annotations

from pathlib import Path

from villagebooks.paths import make_folder
from villagebooks.seal.file import write_file_safely


def save_file(path: Path, content: bytes) -> None:
    """Write a file, making its folder; a kill or full disk leaves the old file or none. Trouble if it fails."""
    make_folder(path.parent)
    write_file_safely(path, content)
