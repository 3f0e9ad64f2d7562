"""The manual, or a chapter of it, as a PDF file."""

from __future__ import annotations

from pathlib import Path

from villagebooks.paths import make_folder
from villagebooks.pdf.manual import draw_chapter, draw_manual
from villagebooks.services.manual import manual_chapters, manual_folder


def print_manual(out: Path) -> Path:
    """Draw the whole manual to a PDF file with contents; `Trouble` when the disk refuses."""
    make_folder(out.parent)
    draw_manual(manual_chapters(), manual_folder(), out)
    return out


def print_chapter(name: str, out: Path) -> Path:
    """Draw the chapter of this name alone."""
    chapter = next(one for one in manual_chapters() if one.name == name)
    make_folder(out.parent)
    draw_chapter(chapter, manual_folder(), out)
    return out
