"""A test page: a frame 10 mm from the paper's edges with rulers, crosses, and what to type for what was measured."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from villagebooks.core.stationery import Format, Offset, tenths
from villagebooks.core.words import _
from villagebooks.pdf.font import BOLD
from villagebooks.pdf.ink import BLACK, GREY, MM, Ink, open_ink
from villagebooks.pdf.text import shrink, wrap

EDGE_MM = 10
"""From the edges of the paper to the frame."""
MEASURED = (70, 80, 90, 95, 100, 105, 110, 120, 130)
"""Tenths of a millimetre that may be measured from the paper's edge to the frame."""
TICKS = {10: 6.0, 5: 4.0, 1: 2.2}
"""Points of a tick at each centimetre, each half, each millimetre."""


@dataclass(frozen=True, slots=True)
class RulerCells:
    """Words of a test page; `rows` are a title and a figure for each of `MEASURED`."""

    title: str
    used: str
    how: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def ruler_cells(paper: Format, printer: str, offset: Offset) -> RulerCells:
    """What the page says: printer, paper, the offset it was printed with, how to measure, what to type."""
    used = _("打印机：{printer}　纸：{paper}　这次的偏移：{offset}")
    edge = EDGE_MM * 10
    return RulerCells(
        _("打印测试页"),
        used.format(printer=printer or _("（没有选）"), paper=paper.title, offset=offset),
        (
            _("1. 用尺量左边粗框到纸左边、上边粗框到纸上边：都是 10 毫米就不用调。"),
            _("2. 不是 10 毫米的，按下表找到量得的数，把下面的数填进设置的“打印”里，再印一张看。"),
            _("3. 上边的尺量出来 100 毫米不是 100 毫米，是打印机缩放了：把打印机改成“实际大小”。"),
        ),
        (
            (_("量得（毫米）"), tuple(tenths(one) for one in MEASURED)),
            (_("左边：向右偏移填"), tuple(tenths(offset.right + edge - one) for one in MEASURED)),
            (_("上边：向下偏移填"), tuple(tenths(offset.down + edge - one) for one in MEASURED)),
        ),
    )


def draw_ruler(paper: Format, printer: str, offset: Offset, out: Path, imprint: str = "") -> None:
    """Draw the test page of a paper. `Trouble` when the disk refuses."""
    size = (paper.wide_mm * MM, paper.high_mm * MM)
    cells = ruler_cells(paper, printer, offset)
    with open_ink(out, cells.title, size, imprint) as ink:
        _draw_frame(ink, paper)
        _draw_words(ink, cells)
        ink.turn()


def _draw_frame(ink: Ink, paper: Format) -> None:
    wide, high = ink.size
    edge = EDGE_MM * MM
    ink.box(edge, edge, wide - 2 * edge, high - 2 * edge, 1.2)
    top, left = high - edge, edge
    for mm in range(1, paper.wide_mm - 2 * EDGE_MM):
        tick = _tick(mm)
        ink.rule(left + mm * MM, top, left + mm * MM, top - tick, 0.3)
        if mm % 10 == 0:
            ink.text(left + mm * MM, top - tick - 7, str(mm), 6, colour=GREY, at=0.5)
    for mm in range(1, paper.high_mm - 2 * EDGE_MM):
        tick = _tick(mm)
        ink.rule(left, top - mm * MM, left + tick, top - mm * MM, 0.3)
        if mm % 10 == 0:
            ink.text(left + tick + 2, top - mm * MM - 2, str(mm), 6, colour=GREY)
    for x in (2 * edge, wide / 2, wide - 2 * edge):
        for y in (2 * edge, high / 2, high - 2 * edge):
            if (x, y) != (wide / 2, high / 2):
                ink.rule(x - 8, y, x + 8, y, 0.5)
                ink.rule(x, y - 8, x, y + 8, 0.5)


def _draw_words(ink: Ink, cells: RulerCells) -> None:
    wide, high = ink.size
    left, room = 26 * MM, wide - 52 * MM
    y = high - 32 * MM
    ink.text(wide / 2, y, cells.title, 16, BOLD, at=0.5)
    y -= 8 * MM
    ink.text(left, y, cells.used, shrink(cells.used, ink.measure(BOLD), 10.5, room, 6), BOLD)
    for text in cells.how:
        for line in wrap(text, ink.measure(), 10, room):
            y -= 5.5 * MM
            ink.text(left, y, line, 10)
    y -= 4 * MM
    first = 36 * MM
    each = (room - first) / len(MEASURED)
    for title, figures in cells.rows:
        y -= 6.5 * MM
        ink.text(left, y, title, 10, BOLD)
        for place, figure in enumerate(figures, 1):
            ink.text(left + first + place * each - 4, y, figure, 10, at=1)
        ink.rule(left, y - 2 * MM, left + room, y - 2 * MM, 0.4, BLACK)


def _tick(mm: int) -> float:
    return next(high for step, high in TICKS.items() if mm % step == 0)
