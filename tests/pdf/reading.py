"""What an outsider's tools see of a PDF: words, fonts, pages."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pypdfium2


def words_of(path: Path) -> str:
    """The text by pdftotext, as it stands on the page."""
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


def loose_fonts(path: Path) -> list[str]:
    """Fonts that are not embedded, or embedded without a Unicode map."""
    out = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    return [line for line in out.splitlines()[2:] if not re.search(r"yes yes yes\s+\d+\s+\d+$", line)]


def page_sizes(path: Path) -> list[tuple[int, int]]:
    """Pages as (width, height) in millimetres."""
    out = subprocess.run(["pdfinfo", "-f", "1", "-l", "999", path], capture_output=True, text=True, check=True).stdout
    found = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", out)
    return [(round(float(wide) * 25.4 / 72), round(float(high) * 25.4 / 72)) for wide, high in found]


def outline_of(path: Path) -> list[tuple[int, str]]:
    """The outline (书签) as (level, title)."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [(one.level, one.get_title()) for one in document.get_toc()]
    finally:
        document.close()
