"""The manual: its chapters as they lie in `resources/manual/`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from villagebooks.core.keymap import YONYOU, key_words
from villagebooks.core.manual import Chapter, read_chapter
from villagebooks.paths import resource
from villagebooks.services.keymap import keymaps


@cache
def manual_chapters(keymap: str = YONYOU) -> tuple[Chapter, ...]:
    """Every chapter in the order of the contents, its keys those of a keymap; `Trouble` when one is not installed."""
    files = manual_folder().glob("*.md")
    maps = keymaps()
    found = [read_chapter(path.stem, key_words(path.read_text(encoding="utf-8"), maps, keymap)) for path in files]
    return tuple(sorted(found, key=lambda one: one.order))


def manual_folder() -> Path:
    """Where chapters and pictures lie."""
    return resource("manual")


def manual_text(chapters: Sequence[Chapter]) -> str:
    """The whole manual as one Markdown text, for a terminal."""
    return "\n\n".join(f"# {one.title}\n\n{one.body}" for one in chapters) + "\n"
