"""Sheets that people sign by hand: a title, tables whose rows grow with their words, sentences, places to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from villagebooks.core.words import _
from villagebooks.pdf.font import BOLD, SANS
from villagebooks.pdf.ink import A4, BLACK, GREY, PALE, RED, Ink, open_ink
from villagebooks.pdf.table import TableColumn, TableRow
from villagebooks.pdf.text import wrap

LEFT, RIGHT, TOP, FOOT = 50.0, 42.0, 46.0, 40.0
TYPE, LEAD, PAD = 9.5, 13.0, 4.0
TITLE, HEADING = 17.0, 10.5
GAP = 10.0
SIGN = 34.0


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table with its heading (empty for none); the head of its columns is left out when every one is empty."""

    heading: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class FormWords:
    """Sentences, each wrapped; the first may be a heading."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A sheet of any number of pages: `above` left, middle, right; `signs` are places to sign below everything."""

    title: str
    above: tuple[str, str, str]
    blocks: tuple[FormTable | FormWords, ...]
    signs: tuple[str, ...] = ()
    foot: str = ""


def draw_form(sheets: Sequence[FormSheet], out: Path, author: str = "", page: tuple[float, float] = A4) -> int:
    """Draw the sheets one after the other, each from a new page; the number of pages. `Trouble` when the disk fails."""
    with open_ink(out, sheets[0].title, page, author) as ink:
        pages = 0
        for sheet in sheets:
            pages += _Sheet(ink, sheet).draw()
    return pages


class _Sheet:
    """Draws one sheet from top to bottom and turns the page when it is full."""

    def __init__(self, ink: Ink, sheet: FormSheet) -> None:
        self._ink, self._sheet = ink, sheet
        self._wide = ink.size[0] - LEFT - RIGHT
        self._y = 0.0
        self._pages = 0

    def draw(self) -> int:
        """Everything; the number of pages."""
        self._begin()
        for block in self._sheet.blocks:
            if isinstance(block, FormTable):
                self._table(block)
            else:
                self._words(block)
            self._y -= GAP
        self._signs()
        self._finish()
        return self._pages

    def _begin(self) -> None:
        ink, sheet, high = self._ink, self._sheet, self._ink.size[1]
        self._pages += 1
        middle = LEFT + self._wide / 2
        ink.text(middle, high - TOP - TITLE, sheet.title, TITLE, BOLD, at=0.5)
        y = high - TOP - TITLE - 22
        for text, x, at in zip(sheet.above, (LEFT, middle, LEFT + self._wide), (0.0, 0.5, 1.0), strict=True):
            ink.text(x, y, text, TYPE, at=at)
        self._y = y - 8

    def _finish(self) -> None:
        foot = wrap(self._sheet.foot, self._ink.measure(), TYPE - 2, self._wide - 60)[:2]
        self._ink.lines(LEFT, FOOT - 14 + (len(foot) - 1) * TYPE, foot, TYPE - 2, TYPE, colour=GREY)
        number = _("第 {n} 页").format(n=self._pages)
        self._ink.text(LEFT + self._wide, FOOT - 14, number, TYPE - 2, colour=GREY, at=1.0)
        self._ink.turn()

    def _room(self, need: float) -> None:
        if self._y - need < FOOT:
            self._finish()
            self._begin()

    def _heading(self, text: str, need: float) -> None:
        if text:
            self._room(LEAD + 6 + need)
            self._ink.text(LEFT, self._y - HEADING - 2, text, HEADING, BOLD)
            self._y -= LEAD + 5

    def _words(self, block: FormWords) -> None:
        self._heading(block.heading, LEAD)
        for line in block.lines:
            for part in wrap(line, self._ink.measure(), TYPE, self._wide):
                self._room(LEAD)
                self._ink.text(LEFT, self._y - TYPE, part, TYPE)
                self._y -= LEAD

    def _table(self, block: FormTable) -> None:
        self._heading(block.heading, 3 * LEAD)
        edges = self._edges(block.columns)
        if any(column.head for column in block.columns):
            self._room(2 * (LEAD + PAD))
            self._ink.fill(edges[0], self._y - LEAD - PAD, self._wide, LEAD + PAD, PALE)
            head = TableRow(tuple(column.head for column in block.columns), bold=True)
            self._row(block.columns, edges, head, middle=True)
        for row in block.rows:
            self._row(block.columns, edges, row)

    def _edges(self, columns: Sequence[TableColumn]) -> list[float]:
        whole = sum(column.share for column in columns)
        edges = [LEFT]
        for column in columns:
            edges.append(edges[-1] + self._wide * column.share / whole)
        return edges

    def _row(self, columns: Sequence[TableColumn], edges: Sequence[float], row: TableRow, middle: bool = False) -> None:
        """One row as high as its longest cell; a box round each cell."""
        ink, name = self._ink, BOLD if row.bold else SANS
        cells = [
            wrap(text, ink.measure(name), TYPE, right - left - 2 * PAD)
            for text, (left, right) in zip(row.cells, pairwise(edges), strict=True)
        ]
        high = max(map(len, cells)) * LEAD + PAD
        self._room(high)
        for lines, column, (left, right) in zip(cells, columns, pairwise(edges), strict=True):
            at = 0.5 if middle else column.at
            x = left + PAD + (right - left - 2 * PAD) * at
            down = (high - len(lines) * LEAD) / 2
            for place, text in enumerate(lines):
                colour = RED if text.startswith("−") else BLACK
                ink.text(x, self._y - down - place * LEAD - TYPE - 0.5, text, TYPE, name, colour, at)
            ink.box(left, self._y - high, right - left, high, 0.4)
        self._y -= high

    def _signs(self) -> None:
        if not self._sheet.signs:
            return
        each = self._wide / min(len(self._sheet.signs), 3)
        for place, text in enumerate(self._sheet.signs):
            if place % 3 == 0:
                self._room(SIGN)
                self._y -= SIGN
            self._ink.text(LEFT + place % 3 * each, self._y + 8, text, TYPE + 0.5)
