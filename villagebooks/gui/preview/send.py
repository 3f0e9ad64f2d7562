"""A PDF on its way out: to a printer page by page at its own size, or to a file, moved by what the printer is off."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from villagebooks.core.problem import Trouble
from villagebooks.core.stationery import Format, Offset, read_format
from villagebooks.core.words import _
from villagebooks.gui.preview.render import opened, page_sides, strips
from villagebooks.services.file import save_copy, save_stream

FINEST = 300
"""Dots an inch that are drawn; a printer that has fewer gets its own."""
TENTHS_AN_INCH = 254

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed: pages `first` to `last` (0: to the end), how often, on both sides, and moved how far;
    `whole`: every file that is there, and all of its pages."""

    first: int = 1
    last: int = 0
    copies: int = 1
    duplex: bool = False
    offsets: Mapping[Format, Offset] = field(default_factory=dict)
    whole: bool = False

    def pages(self, count: int) -> range:
        """The pages from 0 of a file that has so many."""
        return range(count) if self.whole else range(max(1, self.first) - 1, min(self.last or count, count))


def print_pdf(path: Path, printer: QPrinter, report: Report, order: Order | None = None) -> int:
    """Print one file as `print_files` does."""
    return print_files([path], printer, report, order)


def print_files(paths: Sequence[Path], printer: QPrinter, report: Report, order: Order | None = None) -> int:
    """Print the pages of the order at their own size; the number of pages sent. `Trouble` when no printer is ready.

    Cancelled between two pages, what the spooler holds is thrown away.
    """
    order = order or Order()
    pages, there = [], 0
    for path in paths:
        sides = page_sides(path)
        there += len(sides)
        pages += [(path, page, sides[page]) for page in order.pages(len(sides))]
    if not pages:
        raise Trouble(_("文件只有 {n} 页，没有要打印的页").format(n=there))
    whole = pages * (1 if printer.supportsMultipleCopies() else order.copies)
    if printer.supportsMultipleCopies():
        printer.setCopyCount(order.copies)
    painter = QPainter()
    try:
        for place, (path, page, size) in enumerate(whole):
            report(place, len(whole))
            _take_paper(printer, *size, duplex=order.duplex)
            if place:
                printer.newPage()
            elif not painter.begin(printer):
                raise Trouble(_("打印机没有准备好，没有打印"))
            _draw_page(path, page, printer, painter, order.offsets.get(read_format(*size), Offset()))
    except BaseException:
        if painter.isActive():
            printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()
    report(len(whole), len(whole))
    return len(whole)


def _take_paper(printer: QPrinter, width: float, height: float, *, duplex: bool) -> None:
    wide = width > height
    across = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    sides = QSizeF(min(width, height), max(width, height))
    size = QPageSize(sides, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageLayout(QPageLayout(size, across, QMarginsF()))
    printer.setFullPage(True)
    modes = QPrinter.DuplexMode
    printer.setDuplex((modes.DuplexShortSide if wide else modes.DuplexLongSide) if duplex else modes.DuplexNone)


def _draw_page(path: Path, page: int, printer: QPrinter, painter: QPainter, offset: Offset) -> None:
    dots = printer.resolution()
    whole = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
    whole.translate(offset.right * dots / TENTHS_AN_INCH, offset.down * dots / TENTHS_AN_INCH)
    for top, high, picture in strips(path, page, min(dots, FINEST)):
        place = QRectF(whole.x(), whole.y() + top * whole.height(), whole.width(), high * whole.height())
        painter.drawImage(place, picture)


def save_pdf(source: Path, target: Path, offsets: Mapping[Format, Offset] | None = None) -> Path:
    """Keep the file where the person said, as it is, or moved as it would be printed; `Trouble` when it cannot be."""
    if offsets:
        save_moved(source, target, offsets)
    else:
        save_copy(source, target)
    return target


def save_moved(source: Path, target: Path, offsets: Mapping[Format, Offset]) -> None:
    """A copy whose ink is moved as it would be on paper; `Trouble` when it cannot be written."""
    from pypdfium2 import raw  # noqa: PLC0415  (5 MB, only for who reads a PDF)

    with opened(source) as document:
        for place in range(len(document)):
            page = document[place]
            wide, high = page.get_size()
            offset = offsets.get(read_format(wide, high), Offset())
            right, down = (one * 72 / TENTHS_AN_INCH for one in (offset.right, offset.down))
            matrix = raw.FS_MATRIX(1, 0, 0, 1, right, -down)
            clip = raw.FS_RECTF(0, high, wide, 0)
            raw.FPDFPage_TransFormWithClip(page, ctypes.byref(matrix), ctypes.byref(clip))
        save_stream(target, document.save)
