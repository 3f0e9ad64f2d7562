"""A font of ours as reportlab takes it into a document."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import TTFont


class Face(TTFont):
    """A TrueType font whose ToUnicode map is right beyond U+FFFF, so that a rare name can be copied and searched."""

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: D102, N802  (reportlab's name and meaning)
        subsets = [tuple(subset) for subset in self.state[doc].subsets]
        before = set(doc.idToObject)
        super().addObjects(doc)
        added = [name for name in doc.idToObject if name not in before and name.startswith("toUnicodeCMap:")]
        for name, subset in zip(added, subsets, strict=True):
            stream = doc.idToObject[name]
            if isinstance(stream, PDFStream):
                stream.content = _to_unicode(subset)


def registered(name: str, path: Path) -> TTFont:
    """The font of that file, known to reportlab by our name from its first use on."""
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(Face(name, str(path), shapable=False))
    found = pdfmetrics.getFont(name)
    assert isinstance(found, TTFont)  # noqa: S101  (only Face is registered under our names)
    return found


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
