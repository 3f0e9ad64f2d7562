"""The fonts of every sheet: carried with the program, parsed when first needed, checked glyph by glyph."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import TTFont

from villagebooks.paths import resource

SANS = "VillageSans"
BOLD = "VillageSansBold"
SERIF = "VillageSerif"

MISSING = "〓"
"""The printer's mark for a character that no font has: it must be seen, not be a silent gap in somebody's name."""

_FILES = {SANS: "NotoSansSC-Regular.ttf", BOLD: "NotoSansSC-Bold.ttf", SERIF: "NotoSerifSC-Regular.ttf"}
_FALLBACK = {SANS: (SERIF,), BOLD: (SANS, SERIF), SERIF: (SANS,)}
_BLANK = str.maketrans(dict.fromkeys(map(chr, [*range(32), 127]), " "))


class _Face(TTFont):
    """A TrueType font whose ToUnicode map is right beyond U+FFFF, so that a rare name can be copied and searched."""

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802  (reportlab's name)
        subsets = [tuple(subset) for subset in self.state[doc].subsets]
        before = set(doc.idToObject)
        super().addObjects(doc)
        added = [name for name in doc.idToObject if name not in before and name.startswith("toUnicodeCMap:")]
        for name, subset in zip(added, subsets, strict=True):
            stream = doc.idToObject[name]
            if isinstance(stream, PDFStream):
                stream.content = _to_unicode(subset)


def font(name: str) -> TTFont:
    """A font by our name, parsed and registered with reportlab at its first use (0.05 to 0.12 s each)."""
    if name not in pdfmetrics.getRegisteredFontNames():
        face = _Face(name, str(resource("fonts", _FILES[name])), shapable=False)
        pdfmetrics.registerFont(face)
    found = pdfmetrics.getFont(name)
    assert isinstance(found, TTFont)  # noqa: S101  (only _Face is registered under our names)
    return found


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


def missing_glyphs(text: str, name: str = SANS) -> str:
    """The characters of the text that will stand as 〓 on paper, each once."""
    return "".join(dict.fromkeys(char for char in text.translate(_BLANK) if not _font_for(char, name)))


def _font_for(char: str, name: str) -> str:
    return next((one for one in (name, *_FALLBACK[name]) if has_glyph(one, char)), "")


def _to_unicode(subset: tuple[int, ...]) -> str:
    """A ToUnicode CMap; reportlab's own writes five hex digits for characters beyond U+FFFF, which no reader takes."""
    pairs = [
        f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in enumerate(subset) if char
    ]
    blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    body = [line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")]
    head = (
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def",
        "1 begincodespacerange", "<00> <FF>", "endcodespacerange",
    )  # fmt: skip
    tail = ("endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end")
    return "\n".join((*head, *body, *tail))
