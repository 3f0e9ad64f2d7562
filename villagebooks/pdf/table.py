"""Ruled pages for ledgers and statements: the grid with its head is drawn once as a form, then only words a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from villagebooks.core.money import yuan_text
from villagebooks.core.words import _
from villagebooks.pdf.font import BOLD, SANS
from villagebooks.pdf.ink import BLACK, GREY, PALE, RED, Ink, open_ink
from villagebooks.pdf.text import fit, shrink, wrap


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: head, share of the width, text at its start (0), middle (0.5) or end (1); `over` heads several."""

    head: str
    share: float
    at: float = 0.0
    over: str = ""


def column_edges(columns: Sequence[TableColumn], left: float, right: float) -> tuple[float, ...]:
    """Left edges of columns that share the width between two margins, and the right edge of the last; points."""
    whole = sum(column.share for column in columns)
    edges = [left]
    for column in columns:
        edges.append(edges[-1] + (right - left) * column.share / whole)
    return tuple(edges)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row in words, a cell for every column; cells that begin with a minus sign are printed red.

    `bold` from the first column on, `right_bold` from the middle on (two-sided sheets).
    """

    cells: tuple[str, ...]
    bold: bool = False
    right_bold: bool | None = None


@dataclass(frozen=True, slots=True)
class TablePage:
    """A page: title, a line above the table (left, middle, right), rows, a line below, and what stands at its foot."""

    title: str
    above: tuple[str, str, str]
    rows: tuple[TableRow, ...]
    below: tuple[str, ...] = ()
    foot: str = ""


@dataclass(frozen=True, slots=True)
class TableLook:
    """Paper and type: margins and row height in points."""

    page: tuple[float, float]
    columns: tuple[TableColumn, ...]
    row: float = 15.0
    type_size: float = 9.0
    left: float = 48.0
    right: float = 34.0
    top: float = 34.0
    tall: bool = False
    """Heads of several lines (names of villages)."""

    @property
    def edges(self) -> tuple[float, ...]:
        """Left edges of the columns and the right edge of the last."""
        return column_edges(self.columns, self.left, self.page[0] - self.right)

    @property
    def head(self) -> float:
        """Height of the table's head."""
        return self.row * (2.0 if self.tall or any(column.over for column in self.columns) else 1.35)

    @property
    def table_top(self) -> float:
        """Upper edge of the table."""
        return self.page[1] - self.top - 52.0

    @property
    def rows(self) -> int:
        """Rows that a page holds."""
        return int((self.table_top - self.head - 58.0) / self.row)


def figure(fen: int, zero: str = "") -> str:
    """Yuan grouped by commas with a true minus sign; nothing for zero unless told."""
    return yuan_text(fen, zero=zero, group=",").replace("-", "−")


def draw_table(pages: Sequence[TablePage], look: TableLook, out: Path, author: str = "") -> int:
    """Draw the pages with their numbers (第 n／m 页) and return how many. `Trouble` when the disk refuses."""
    with open_ink(out, pages[0].title, look.page, author) as ink:
        pen = TablePen(ink)
        for number, page in enumerate(pages, 1):
            pen.draw(page, look, _("第 {n}／{m} 页").format(n=number, m=len(pages)))
    return len(pages)


class TablePen:
    """Draws pages of any look into one document; a grid is made once for its look and number of rows."""

    def __init__(self, ink: Ink) -> None:
        self.ink = ink
        self._forms: dict[tuple[TableLook, int], str] = {}

    def draw(self, page: TablePage, look: TableLook, number: str, corner: str = "") -> None:
        """One page; `number` stands at its head, `corner` at its foot on the right."""
        key = (look, len(page.rows))
        if key not in self._forms:
            self._forms[key] = f"grid{len(self._forms)}"
            self.ink.form(self._forms[key], lambda: _draw_grid(self.ink, look, len(page.rows)))
        self.ink.stamp(self._forms[key])
        _draw_words(self.ink, look, page, number)
        self.ink.text(look.edges[-1], 24, corner, look.type_size - 1.5, colour=GREY, at=1)
        self.ink.turn()


def _draw_grid(ink: Ink, look: TableLook, rows: int) -> None:
    edges, top = look.edges, look.table_top
    bottom = top - look.head - rows * look.row
    ink.fill(edges[0], top - look.head, edges[-1] - edges[0], look.head, PALE)
    for row in range(1, rows):
        y = top - look.head - row * look.row
        ink.rule(edges[0], y, edges[-1], y, 0.3, GREY)
    ink.rule(edges[0], top - look.head, edges[-1], top - look.head, 0.6)
    for place, x in enumerate(edges[1:-1], 1):
        inside = look.columns[place].over and look.columns[place].over == look.columns[place - 1].over
        ink.rule(x, top - (look.head / 2 if inside else 0), x, bottom, 0.3, GREY)
    _draw_heads(ink, look)
    ink.box(edges[0], bottom, edges[-1] - edges[0], top - bottom, 0.9)


def _draw_heads(ink: Ink, look: TableLook) -> None:
    edges, top, size = look.edges, look.table_top, look.type_size
    shown: set[str] = set()
    for column, left, right in zip(look.columns, edges, edges[1:], strict=False):
        middle = top - look.head / 2
        if column.over:
            ink.text((left + right) / 2, middle - look.head / 4 - size * 0.36, column.head, size, BOLD, at=0.5)
            ink.rule(left, middle, right, middle, 0.3, GREY)
            if column.over not in shown:
                shown.add(column.over)
                last = max(place for place, one in enumerate(look.columns) if one.over == column.over)
                x, room = (left + edges[last + 1]) / 2, edges[last + 1] - left - 4
                fitting = shrink(column.over, ink.measure(BOLD), size, room, 4)
                ink.text(x, middle + look.head / 4 - size * 0.36, column.over, fitting, BOLD, at=0.5)
        else:
            _draw_head(ink, look, column.head, (left, right), middle)


def _draw_head(ink: Ink, look: TableLook, text: str, ends: tuple[float, float], middle: float) -> None:
    """A head in one line, or three where the table is `tall`; long names shrink rather than run over."""
    full = look.type_size
    sizes = (full, full * 0.85, full * 0.7, full * 0.55)
    size, lines = fit(text, ink.measure(BOLD), sizes, ends[1] - ends[0] - 4, 3 if look.tall else 1)
    lead = size * 1.2
    y = middle - size * 0.36 + lead * (len(lines) - 1) / 2
    ink.lines(sum(ends) / 2, y, lines, size, lead, BOLD, at=0.5)


def _draw_words(ink: Ink, look: TableLook, page: TablePage, number: str) -> None:
    edges, size = look.edges, look.type_size
    middle = (edges[0] + edges[-1]) / 2
    y = look.page[1] - look.top - 14
    title = shrink(page.title, ink.measure(BOLD), 17, (edges[-1] - edges[0]) * 0.7, 9)
    ink.text(middle, y, page.title, title, BOLD, at=0.5)
    ink.text(edges[-1], y, number, size, at=1)
    third = (edges[-1] - edges[0]) / 3
    for text, x, at in zip(page.above, (edges[0], middle, edges[-1]), (0.0, 0.5, 1.0), strict=True):
        fitting, lines = fit(text, ink.measure(), (size + 0.5, size - 1, size - 2), third, 1)
        if lines[0].endswith("…"):
            fitting, lines = fit(text, ink.measure(), (size - 1, size - 2), third, 2)
        ink.lines(x, look.table_top + 7 + (len(lines) - 1) * fitting, lines, fitting, fitting * 1.1, at=at)
    y = look.table_top - look.head
    for row in page.rows:
        _draw_row(ink, look, row, y - look.row * 0.5 - size * 0.36, edges)
        y -= look.row
    each = (edges[-1] - edges[0]) / max(len(page.below), 1)
    for place, text in enumerate(page.below):
        ink.text(edges[0] + place * each, y - 16, text, size + 0.5)
    foot = wrap(page.foot, ink.measure(), size - 1.5, edges[-1] - edges[0])[:3]
    ink.lines(edges[0], 24 + (len(foot) - 1) * size, foot, size - 1.5, size, colour=GREY)


def _draw_row(ink: Ink, look: TableLook, row: TableRow, y: float, edges: Sequence[float]) -> None:
    full, half = look.type_size, len(row.cells) // 2
    for place, (text, column, left, right) in enumerate(zip(row.cells, look.columns, edges, edges[1:], strict=False)):
        if not text:
            continue
        strong = row.bold if row.right_bold is None or place < half else row.right_bold
        name = BOLD if strong else SANS
        size, room, x = full, right - left - 7, left + 3.5 + (right - left - 7) * column.at
        if ink.width(text, full, name) > room:
            if column.at == 1:  # a figure is never cut
                size = shrink(text, ink.measure(name), full, room, 3)
            else:
                size, lines = fit(text, ink.measure(name), (full, full * 0.85), room, 1)
                if lines[0].endswith("…"):
                    size, lines = fit(text, ink.measure(name), (full * 0.7,), room, 2)
                ink.lines(x, y + (len(lines) - 1) * size * 0.5, lines, size, size * 1.1, name, BLACK, column.at)
                continue
        ink.text(x, y, text, size, name, RED if text.startswith("−") else BLACK, at=column.at)
