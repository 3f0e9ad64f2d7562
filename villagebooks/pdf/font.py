"""The fonts of every sheet: carried with the program, parsed when first needed, checked glyph by glyph."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from villagebooks.paths import resource

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

SANS = "VillageSans"
BOLD = "VillageSansBold"
SERIF = "VillageSerif"

MISSING = "〓"
"""The printer's mark for a character that no font has: it must be seen, not be a silent gap in somebody's name."""

_FILES = {SANS: "NotoSansSC-Regular.ttf", BOLD: "NotoSansSC-Bold.ttf", SERIF: "NotoSerifSC-Regular.ttf"}
_FALLBACK = {SANS: (SERIF,), BOLD: (SANS, SERIF), SERIF: (SANS,)}
_BLANK = str.maketrans(dict.fromkeys(map(chr, [*range(32), 127]), " "))


def font(name: str) -> TTFont:
    """A font by our name, parsed and registered with reportlab at its first use (0.05 to 0.12 s each)."""
    from villagebooks.pdf.face import registered  # noqa: PLC0415  (7 MB, only for who draws)

    return registered(name, resource("fonts", _FILES[name]))


def has_glyph(name: str, char: str) -> bool:
    """Whether the font can draw the character."""
    return ord(char) in font(name).face.charToGlyph


def font_runs(text: str, name: str) -> Iterator[tuple[str, str]]:
    """(font, text) pieces that draw the whole text: characters a font lacks come from the next, or as 〓."""
    text = text.translate(_BLANK)
    glyphs = font(name).face.charToGlyph
    if glyphs.keys() >= set(map(ord, text)):
        yield name, text
        return
    chosen = [_font_for(char, name) for char in text]
    for key, group in groupby(zip(chosen, text, strict=True), key=lambda pair: pair[0]):
        letters = "".join(char for _name, char in group)
        yield (key, letters) if key else (name, MISSING * len(letters))


def _font_for(char: str, name: str) -> str:
    return next((one for one in (name, *_FALLBACK[name]) if has_glyph(one, char)), "")
