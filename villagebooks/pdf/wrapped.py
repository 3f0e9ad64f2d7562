"""Tables whose rows are as high as their words: working papers with reasons written out in full.

A page holds as many whole rows as fit; the head is repeated, and what stands below comes after the last row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from villagebooks.core.words import _
from villagebooks.pdf.font import BOLD, SANS
from villagebooks.pdf.ink import A4_WIDE, BLACK, GREY, PALE, RED, Ink
from villagebooks.pdf.table import TableColumn, column_edges
from villagebooks.pdf.text import shrink, wrap

PAD = 3.0
"""Points between a cell's rule and its words."""
FOOT = 34.0
"""Points at the foot of a page for the line that says what paper it is."""


@dataclass(frozen=True, slots=True)
class WrappedRow:
    """A row in words, a cell for every column; a line break in a cell begins a new line. Figures are never broken."""

    cells: tuple[str, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class WrappedTable:
    """A table with its title, the line above it, its rows, the lines below its last row, and the foot of its pages."""

    title: str
    above: tuple[str, str, str]
    columns: tuple[TableColumn, ...]
    rows: tuple[WrappedRow, ...]
    below: tuple[str, ...] = ()
    foot: str = ""
    type_size: float = 8.0
    page: tuple[float, float] = A4_WIDE
    left: float = 40.0
    right: float = 28.0
    top: float = 30.0

    @property
    def edges(self) -> tuple[float, ...]:
        """Left edges of the columns and the right edge of the last."""
        return column_edges(self.columns, self.left, self.page[0] - self.right)

    @property
    def table_top(self) -> float:
        """Upper edge of the table."""
        return self.page[1] - self.top - 44.0

    @property
    def lead(self) -> float:
        """Points from line to line."""
        return self.type_size * 1.35

    @property
    def head(self) -> float:
        """Height of the table's head."""
        return self.lead + 2 * PAD


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row with its words in lines and its height in points."""

    lines: tuple[tuple[str, ...], ...]
    height: float
    bold: bool


def place_pages(ink: Ink, table: WrappedTable) -> list[list[PlacedRow]]:
    """The rows of each page; a row is never cut unless it is higher than a page."""
    room = table.table_top - table.head - FOOT - len(table.below) * table.lead * 1.6
    pages: list[list[PlacedRow]] = [[]]
    used = 0.0
    for row in table.rows:
        placed = _place(ink, table, row)
        if pages[-1] and used + placed.height > room:
            pages.append([])
            used = 0.0
        pages[-1].append(placed)
        used += placed.height
    return pages


def _place(ink: Ink, table: WrappedTable, row: WrappedRow) -> PlacedRow:
    measure = ink.measure(BOLD if row.bold else SANS)
    lines = []
    for text, column, left, right in zip(row.cells, table.columns, table.edges, table.edges[1:], strict=False):
        parts = text.split("\n")
        room = right - left - 2 * PAD
        lines.append(tuple(parts if column.at == 1 else [
            line for part in parts for line in wrap(part, measure, table.type_size, room)
        ]))  # fmt: skip
    most = max(len(one) for one in lines)
    return PlacedRow(tuple(lines), most * table.lead + 2 * PAD, row.bold)


def draw_wrapped(ink: Ink, table: WrappedTable, pages: Sequence[Sequence[PlacedRow]], first: int, of: int) -> None:
    """Draw the pages of one table; `first` is the number of its first page, `of` how many the document has."""
    for number, rows in enumerate(pages):
        last = number == len(pages) - 1
        _draw_page(ink, table, rows, _("第 {n}／{m} 页").format(n=first + number, m=of), last)
        ink.turn()


def _draw_page(ink: Ink, table: WrappedTable, rows: Sequence[PlacedRow], number: str, last: bool) -> None:
    edges, size = table.edges, table.type_size
    middle, title_y = (edges[0] + edges[-1]) / 2, table.page[1] - table.top - 12
    title = shrink(table.title, ink.measure(BOLD), 15, (edges[-1] - edges[0]) * 0.7, 9)
    ink.text(middle, title_y, table.title, title, BOLD, at=0.5)
    ink.text(edges[-1], title_y, number, size, at=1)
    third = (edges[-1] - edges[0]) / 3
    for text, x, at in zip(table.above, (edges[0], middle, edges[-1]), (0.0, 0.5, 1.0), strict=True):
        ink.text(x, table.table_top + 6, text, shrink(text, ink.measure(), size + 0.5, third, 6), at=at)
    bottom = _draw_grid(ink, table, rows)
    if last:
        for place, text in enumerate(table.below, 1):
            ink.text(edges[0], bottom - place * table.lead * 1.6, text, size + 0.5)
    fitting = shrink(table.foot, ink.measure(), size - 1.5, edges[-1] - edges[0], 4)
    ink.text(edges[0], 18, table.foot, fitting, colour=GREY)


def _draw_grid(ink: Ink, table: WrappedTable, rows: Sequence[PlacedRow]) -> float:
    """Head, rows and rules; the lower edge of the table."""
    edges, y = table.edges, table.table_top - table.head
    ink.fill(edges[0], y, edges[-1] - edges[0], table.head, PALE)
    for column, left, right in zip(table.columns, edges, edges[1:], strict=False):
        ink.text((left + right) / 2, y + PAD + table.type_size * 0.2, column.head, table.type_size, BOLD, at=0.5)
    for row in rows:
        ink.rule(edges[0], y, edges[-1], y, 0.3, GREY)
        _draw_row(ink, table, row, y)
        y -= row.height
    for x in edges[1:-1]:
        ink.rule(x, table.table_top, x, y, 0.3, GREY)
    ink.box(edges[0], y, edges[-1] - edges[0], table.table_top - y, 0.8)
    return y


def _draw_row(ink: Ink, table: WrappedTable, row: PlacedRow, top: float) -> None:
    name = BOLD if row.bold else SANS
    for lines, column, left, right in zip(row.lines, table.columns, table.edges, table.edges[1:], strict=False):
        room = right - left - 2 * PAD
        for place, text in enumerate(lines):
            y = top - PAD - table.type_size - place * table.lead
            size = shrink(text, ink.measure(name), table.type_size, room, 4)
            colour = RED if text.startswith("−") else BLACK
            ink.text(left + PAD + room * column.at, y, text, size, name, colour, at=column.at)
