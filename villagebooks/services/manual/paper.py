"""The manual, or a chapter of it, as a PDF file."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.keymap import YONYOU
from villagebooks.paths import make_folder
from villagebooks.pdf.manual import draw_chapter, draw_manual
from villagebooks.services.manual import manual_chapters, manual_folder


def print_manual(out: Path, keymap: str = YONYOU) -> Path:
    """Draw the whole manual to a PDF file with contents and the keys of a keymap; `Trouble` when the disk refuses."""
    make_folder(out.parent)
    draw_manual(manual_chapters(keymap), manual_folder(), out)
    return out


def print_chapter(name: str, out: Path, keymap: str = YONYOU) -> Path:
    """Draw the chapter of this name alone."""
    chapter = next(one for one in manual_chapters(keymap) if one.name == name)
    make_folder(out.parent)
    draw_chapter(chapter, manual_folder(), out)
    return out
