"""Pages of a PDF as pictures, for the screen and in strips for a printer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from villagebooks.core.problem import Trouble, why
from villagebooks.core.stationery import Format, read_format
from villagebooks.core.words import _
from villagebooks.services.picture import ONE_PDF_AT_A_TIME

if TYPE_CHECKING:
    import pypdfium2

POINTS = 72
SHARPEST = 12_000_000
"""Pixels of the largest picture on screen: an A3 page at about 240 dpi, 48 MB."""
STRIP_PIXELS = 2_000_000
"""Pixels of a strip that goes to the printer: 8 MB, on whatever paper."""


@contextmanager
def opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF that nobody else reads meanwhile; `Trouble` when it is none."""
    import pypdfium2  # noqa: PLC0415  (5 MB, only for who reads a PDF)

    with ONE_PDF_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(path)
        except OSError as error:
            raise Trouble(_("文件“{name}”打不开：{why}").format(name=path.name, why=why(error))) from error
        except pypdfium2.PdfiumError as error:
            text = _("文件“{name}”不是完整的 PDF，打不开：重新生成一次")
            raise Trouble(text.format(name=path.name)) from error
        try:
            yield document
        finally:
            document.close()


def page_sides(path: Path) -> list[tuple[float, float]]:
    """Width and height of every page in points."""
    with opened(path) as document:
        return [document.get_page_size(place) for place in range(len(document))]


def render_page(path: Path, page: int, width: int, height: int) -> tuple[QImage, int]:
    """A page as a picture, so wide in pixels and, where `height` is not 0, at most so high; and the number of pages."""
    with opened(path) as document:
        sheet = document[page]
        wide, high = sheet.get_size()
        scale = min(max(width, 40) / wide, max(height, 40) / high if height else max(width, 40) / wide)
        scale = min(scale, (SHARPEST / (wide * high)) ** 0.5)
        with closing(sheet.render(scale=scale, prefer_bgrx=True)) as bitmap:
            return _picture(bitmap).copy(), len(document)


def look_at(path: Path, page: int, width: int, height: int) -> tuple[QImage, int, Format]:
    """A page as the preview shows it: its picture, the number of pages, and its paper."""
    picture, count = render_page(path, page, width, height)
    return picture, count, read_format(*page_sides(path)[page])


def strips(path: Path, page: int, dpi: int) -> Iterator[tuple[float, float, QImage]]:
    """A page in strips from the top: the strip's top and height as shares of the page, and its picture."""
    with opened(path) as document:
        sheet = document[page]
        wide, high = sheet.get_size()
        rows = round(high * dpi / POINTS)
        each = max(1, int(STRIP_PIXELS / (wide * dpi / POINTS)))
        for top in range(0, rows, each):
            low = min(rows, top + each)
            crop = (0.0, max(0.0, high - low * POINTS / dpi), 0.0, top * POINTS / dpi)
            with closing(sheet.render(scale=dpi / POINTS, crop=crop, prefer_bgrx=True)) as bitmap:
                yield top / rows, (low - top) / rows, _picture(bitmap)


def _picture(bitmap: pypdfium2.PdfBitmap) -> QImage:
    """The bitmap as a picture that looks at the bitmap's own bytes: copy it, or be done with it before the next."""
    return QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
