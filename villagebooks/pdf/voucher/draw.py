"""Ink of printed vouchers: one ruled form a place, the words over it, and lines to cut along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from villagebooks.core.stationery import A5
from villagebooks.core.words import _
from villagebooks.pdf.font import BOLD, SANS
from villagebooks.pdf.ink import BLACK, GREY, IMPRINT_SIZE, MM, PALE, RED, Ink, open_ink
from villagebooks.pdf.text import fit, shrink
from villagebooks.pdf.voucher.cells import VoucherCells, VoucherPage, VoucherRow, voucher_cells
from villagebooks.pdf.voucher.shape import SHAPES, Shape

IMPRINT_ABOVE = 4.4 * MM
"""From the lower edge of a voucher that is cut off to who made it."""


def draw_vouchers(
    vouchers: Sequence[VoucherPage],
    out: Path,
    imprint: str = "",
    sheet: str = A5,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Draw the vouchers one after another on a sheet of `core.stationery` and return the number of the file's pages.

    Every voucher that will be cut off carries the imprint itself. `progress` is told how many vouchers of how many are
    drawn, once each; what it raises leaves no file. `Trouble` when the disk refuses.
    """
    shape = SHAPES[sheet]
    many, count = len(shape.places), 0
    with open_ink(out, _("记账凭证"), shape.size, imprint) as ink:
        places = [_Place(ink, shape, low, imprint) for low in shape.places]
        for place in places:
            ink.form(place.name, place.draw_grid)
        free = 0
        for number, voucher in enumerate(vouchers, 1):
            for cells in voucher_cells(voucher, shape.rows):
                places[free].draw(cells)
                free = (free + 1) % many
                if not free:
                    _turn(ink, shape)
                    count += 1
            if progress:
                progress(number, len(vouchers))
        if free:
            _turn(ink, shape)
            count += 1
    return count


def _turn(ink: Ink, shape: Shape) -> None:
    for low in shape.places[:-1]:
        ink.rule(0, low, shape.size[0], low, 0.4, GREY, dash=True)
    ink.turn()


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of one voucher on a sheet; `low` is its lower edge."""

    ink: Ink
    shape: Shape
    low: float
    imprint: str

    @property
    def name(self) -> str:
        return f"voucher{self.low:.0f}"

    def draw_grid(self) -> None:
        """What every voucher has: head and rules."""
        ink, shape, low = self.ink, self.shape, self.low
        edges, left, wide = shape.edges, shape.left, shape.right - shape.left
        top, first, bottom = low + shape.table_top, low + shape.first_row, low + shape.bottom
        ink.fill(left, first, wide, shape.head, PALE)
        heads = (_("摘　　要"), _("总账科目"), _("明细科目"), _("借方金额"), _("贷方金额"))
        for head, start, end in zip(heads, edges, edges[1:], strict=False):
            ink.text((start + end) / 2, first + shape.head * 0.34, head, shape.sizes[0], BOLD, at=0.5)
        for row in range(1, shape.rows + 1):
            y = first - row * shape.row
            ink.rule(left, y, shape.right, y, 0.4, GREY)
        ink.rule(left, first, shape.right, first, 0.6)
        for place, x in enumerate(edges[1:-1], 1):
            # the total's words run over the account columns
            ink.rule(x, top, x, bottom + (shape.row if place < 3 else 0), 0.4, GREY)
        ink.box(left, bottom, wide, top - bottom, 1.0)

    def draw(self, cells: VoucherCells) -> None:
        """One page of a voucher."""
        self.ink.stamp(self.name)
        self._draw_head(cells)
        self._draw_rows(cells)
        self._draw_foot(cells)
        if len(self.shape.places) > 1:
            middle = self.shape.size[0] / 2
            self.ink.text(middle, self.low + IMPRINT_ABOVE, self.imprint, IMPRINT_SIZE, colour=GREY, at=0.5)

    def _draw_head(self, cells: VoucherCells) -> None:
        ink, shape = self.ink, self.shape
        left, right, middle = shape.left, shape.right, (shape.left + shape.right) / 2
        y = self.low + shape.top - shape.title * 0.95
        wide = ink.width(cells.title, shape.title, BOLD) / 2 + 16
        ink.text(middle, y, cells.title, shape.title, BOLD, at=0.5)
        ink.rule(middle - wide, y - 5, middle + wide, y - 5, 1.0)
        ink.rule(middle - wide, y - 7, middle + wide, y - 7, 0.5)
        size, lines = fit(cells.mark, ink.measure(BOLD), (11, 9.5, 8, 7), middle - wide - left - 8, 2)
        top = y + (len(lines) - 1) * size * 0.6
        ink.lines(left, top, lines, size, size * 1.2, BOLD, RED if cells.mark else BLACK)
        ink.text(right, y, cells.page, shape.body, at=1)
        line, third = self.low + shape.table_top + 2.2 * MM, (right - left) / 3
        ink.text(left, line, cells.book, shrink(cells.book, ink.measure(), shape.body, third * 1.15, 6.5))
        ink.text(middle, line, cells.day, shape.body, at=0.5)
        ink.text(right, line, f"{cells.attachments}　　{cells.number}", shape.body, at=1)

    def _draw_rows(self, cells: VoucherCells) -> None:
        ink, shape, edges = self.ink, self.shape, self.shape.edges
        y, bottom = self.low + shape.first_row, self.low + shape.total_top
        for row in cells.rows:
            for text, left, right in zip((row.summary, row.account, row.detail), edges, edges[1:], strict=False):
                self._draw_words(text, left, right, y)
            self._draw_figures(row, y, SANS)
            y -= shape.row
        if len(cells.rows) < shape.rows:
            # rows left empty are struck through, so that nothing can be written in
            ink.rule(edges[5] - 6, y - 4, edges[3] + 6, bottom + 4, 0.5, GREY)
        total = cells.total
        size = shrink(total.summary, ink.measure(BOLD), shape.figure, edges[3] - edges[0] - 10, 6)
        colour = RED if total.red else BLACK
        ink.text(edges[0] + 5, bottom - shape.row * 0.62, total.summary, size, BOLD, colour)
        self._draw_figures(total, bottom, BOLD)

    def _draw_words(self, text: str, left: float, right: float, y: float) -> None:
        room, sizes = right - left - 8, self.shape.sizes
        size, lines = fit(text, self.ink.measure(), sizes, room, 2)
        if "".join(lines) != text:  # a third line rather than a summary cut off on paper
            size, lines = fit(text, self.ink.measure(), (sizes[-1], sizes[-1] - 0.5, sizes[-1] - 1), room, 3)
        lead = size * 1.22
        top = y - (self.shape.row - lead * len(lines)) / 2 - size * 0.95
        self.ink.lines(left + 4, top, lines, size, lead)

    def _draw_figures(self, row: VoucherRow, y: float, name: str) -> None:
        edges, colour = self.shape.edges, RED if row.red else BLACK
        for text, left, right in ((row.debit, edges[3], edges[4]), (row.credit, edges[4], edges[5])):
            size = shrink(text, self.ink.measure(name), self.shape.figure, right - left - 8, 6)
            self.ink.text(right - 5, y - self.shape.row * 0.62, text, size, name, colour, at=1)

    def _draw_foot(self, cells: VoucherCells) -> None:
        y = self.low + self.shape.bottom - self.shape.body * 1.55
        each = (self.shape.right - self.shape.left) / len(cells.signs)
        for place, text in enumerate(cells.signs):
            size = shrink(text, self.ink.measure(), self.shape.body, each - 6, 6)
            self.ink.text(self.shape.left + place * each, y, text, size)
