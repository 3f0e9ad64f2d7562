"""The sheets of a PDF scan as pictures."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from villagebooks.core.problem import Trouble
from villagebooks.core.words import _
from villagebooks.formats.picture.clean import encode_picture

if TYPE_CHECKING:
    import pypdfium2

PDFIUM = threading.Lock()
"""PDFium is not made for threads: whoever calls it, here or in the window, holds this."""

_DPI, _POINTS, _LONGEST = 200, 72, 4000


def draw_sheets(raw: bytes, most: int) -> list[bytes]:
    """A JPEG of each sheet, 200 dots an inch; Trouble for a locked or broken file and for more sheets than `most`."""
    with _opened(raw) as document:
        if len(document) > most:
            raise Trouble(_("页数太多，一次最多 {n} 页：请拆开再放进来").format(n=most))
        return [_draw(sheet, min(_DPI / _POINTS, _LONGEST / max(sheet.get_size())), "JPEG") for sheet in document]


def draw_small(raw: bytes, side: int) -> bytes:
    """A PNG of the first sheet, its longer side so many pixels."""
    with _opened(raw) as document:
        return _draw(document[0], side / max(document[0].get_size()), "PNG")


@contextmanager
def _opened(raw: bytes) -> Iterator[pypdfium2.PdfDocument]:
    import pypdfium2  # noqa: PLC0415  (5 MB, only for who reads a PDF)

    with PDFIUM:
        try:
            with closing(pypdfium2.PdfDocument(raw)) as document:
                yield document
        except pypdfium2.PdfiumError as error:
            locked = "password" in str(error).lower()
            text = _("PDF 有密码，打不开：请先去掉密码") if locked else _("PDF 读不出来，可能没有拷完整")
            raise Trouble(text) from error


def _draw(sheet: pypdfium2.PdfPage, scale: float, form: str) -> bytes:
    return encode_picture(sheet.render(scale=scale).to_pil().convert("RGB"), form)
