"""The whole manual as a PDF file."""

from __future__ import annotations

from pathlib import Path

from villagebooks.paths import make_folder
from villagebooks.pdf.manual import draw_manual
from villagebooks.services.manual import manual_chapters, manual_folder


def print_manual(out: Path) -> Path:
    """Draw the whole manual to a PDF file with contents; `Trouble` when the disk refuses."""
    make_folder(out.parent)
    draw_manual(manual_chapters(), manual_folder(), out)
    return out
