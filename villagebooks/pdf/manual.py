"""The manual as a book: title, contents with page numbers, and every chapter from a new page.

Chapters are first laid out as marks on pages, so that the contents know where each heading came to stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise
from pathlib import Path

from villagebooks.core.manual import (
    STRONG,
    TYPED,
    Block,
    Chapter,
    Grid,
    Heading,
    Picture,
    Span,
    Typed,
    Words,
    plain_words,
    read_blocks,
    read_spans,
)
from villagebooks.core.words import _
from villagebooks.pdf.font import BOLD, SANS
from villagebooks.pdf.ink import A4, BLACK, GREY, PALE, Colour, Ink, open_ink
from villagebooks.pdf.text import wrap

LEFT, RIGHT, TOP, FOOT = 62.0, 62.0, 64.0, 62.0
SIZE, LEAD, GAP, PAD = 11.0, 18.0, 7.0, 5.0
CELL, CELL_LEAD = 9.5, 14.0
HEADINGS = {1: 20.0, 2: 14.0, 3: 11.5}
INDENT = 18.0
HIGHEST_PICTURE = 300.0
MOST_TURNS = 4
LOWEST_LISTED = 3
"""Headings from this level on stand neither in the contents nor in the outline."""
TEAL: Colour = (0.06, 0.37, 0.39)

Mark = Callable[[Ink], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: level 0 a part (without a page of its own), 1 a chapter, 2 a heading of it; `target` is
    what a link names it by."""

    level: int
    text: str
    page: int
    target: str = ""


def draw_manual(chapters: Sequence[Chapter], folder: Path, out: Path) -> int:
    """Draw the manual; the number of pages. Pictures lie below `folder`. `Trouble` when the disk refuses."""
    title = _("村账使用手册")
    with open_ink(out, title, A4, "") as ink:
        book = _lay_out(ink, chapters, folder, {})
        before = 1 + len(_contents_pages(_entries(chapters, book.entries)))
        for _turn in range(MOST_TURNS):  # page numbers in the text may move what follows
            found = book.found(before)
            book = _lay_out(ink, chapters, folder, found)
            if book.found(before) == found:
                break
        contents = _contents_pages(_entries(chapters, book.entries))
        _draw_title(ink, title)
        for place, page in enumerate(contents):
            _draw_contents(ink, page, before, place)
        return before + book.draw(before)


def _lay_out(ink: Ink, chapters: Sequence[Chapter], folder: Path, found: Mapping[str, int]) -> _Book:
    book = _Book(ink, folder, found)
    for chapter in chapters:
        book.add(chapter)
    return book


def draw_chapter(chapter: Chapter, folder: Path, out: Path) -> int:
    """Draw one chapter alone, to be handed out or hung up; the number of pages."""
    with open_ink(out, chapter.title, A4, "") as ink:
        return _lay_out(ink, [chapter], folder, {}).draw(0)


class _Book:
    """Lays blocks out from top to bottom and begins a new page when one is full."""

    def __init__(self, ink: Ink, folder: Path, found: Mapping[str, int]) -> None:
        self.pages: list[tuple[str, list[Mark]]] = []
        self.entries: list[Entry] = []
        self._ink, self._folder, self._running, self._name = ink, folder, "", ""
        self._found = found
        self._wide = ink.size[0] - LEFT - RIGHT
        self._y = 0.0

    def add(self, chapter: Chapter) -> None:
        """A chapter from a new page."""
        self._running, self._name = chapter.title, f"{chapter.name}.md"
        self._turn()
        self._head(Heading(1, chapter.title))
        blocks = read_blocks(chapter.body)
        for block, after in zip(blocks, [*blocks[1:], None], strict=True):
            self._lay(block)
            together = isinstance(block, Words) and isinstance(after, Words) and block.mark and after.mark
            self._y -= 2.0 if together else GAP

    def draw(self, before: int) -> int:
        """Draw what was laid out behind `before` pages; the number of pages."""
        for number, (running, marks) in enumerate(self.pages, before + 1):
            for mark in marks:
                mark(self._ink)
            _draw_foot(self._ink, running, number)
            self._ink.turn()
        return len(self.pages)

    def found(self, before: int) -> dict[str, int]:
        """The page of every chapter and heading that a link may name, behind `before` pages."""
        return {one.target: one.page + before for one in self.entries}

    def _spans(self, text: str) -> list[Span]:
        """A paragraph's spans, a link followed by the page it leads to."""
        spans: list[Span] = []
        for span in read_spans(text):
            spans.append(span)
            if span.target in self._found:
                spans.append(Span(_("（第 {n} 页）").format(n=self._found[span.target])))
        return spans

    def _lay(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._head(block)
        elif isinstance(block, Words):
            self._words(block)
        elif isinstance(block, Grid):
            self._grid(block)
        elif isinstance(block, Picture):
            self._picture(block)
        else:
            self._typed(block)

    def _turn(self) -> None:
        self.pages.append((self._running, []))
        self._y = self._ink.size[1] - TOP

    def _room(self, need: float) -> None:
        if self._y - need < FOOT:
            self._turn()

    def _put(self, mark: Mark) -> None:
        self.pages[-1][1].append(mark)

    def _head(self, block: Heading) -> None:
        size = HEADINGS[block.level]
        if block.level > 1:
            self._room(size * 2 + LEAD * 3)
            self._y -= size * 0.6
        if block.level < LOWEST_LISTED:
            self._put(partial(_mark_outline, title=plain_words(block.text), level=block.level - 1))
        for line in wrap(plain_words(block.text), self._ink.measure(BOLD), size, self._wide):
            self._put(partial(_text, x=LEFT, y=self._y - size, text=line, size=size, name=BOLD, colour=TEAL))
            self._y -= size * 1.45
        if block.level == 1:
            self._put(partial(_rule, y=self._y, left=LEFT, wide=self._wide))
            self._y -= GAP * 2
        if block.level < LOWEST_LISTED:
            text = plain_words(block.text)
            target = f"{self._name}#{text}" if block.level > 1 else self._name
            self.entries.append(Entry(block.level, text, len(self.pages), target))

    def _words(self, block: Words) -> None:
        spans = self._spans(block.text)
        inset = INDENT if block.mark else 0.0
        lines = _span_lines(self._ink, spans, SIZE, self._wide - inset - (PAD if block.mark == ">" else 0))
        top = self._y
        for place, line in enumerate(lines):
            self._room(LEAD * (2 if place == 0 and len(lines) > 1 else 1))
            if place == 0:
                top = self._y
                if block.mark and block.mark != ">":
                    mark = "•" if block.mark == "–" else block.mark
                    self._put(partial(_text, x=LEFT + 3, y=self._y - SIZE, text=mark, size=SIZE, name=SANS))
            self._put(partial(_draw_spans, x=LEFT + inset, y=self._y - SIZE, spans=line, size=SIZE))
            self._y -= LEAD
        if block.mark == ">" and top > self._y:
            self._put(partial(_bar, x=LEFT + 6, top=top + 2, bottom=self._y + 4))

    def _grid(self, block: Grid) -> None:
        edges = _edges(self._ink, block, self._wide)
        for place, row in enumerate(block.rows):
            cells = [
                _span_lines(self._ink, self._spans(cell), CELL, right - left - 2 * PAD, bold=place == 0)
                for cell, (left, right) in zip(row, pairwise(edges), strict=True)
            ]
            high = max(map(len, cells)) * CELL_LEAD + PAD
            self._room(high + (CELL_LEAD * 2 if place == 0 else 0))
            self._put(partial(_draw_row, y=self._y, high=high, edges=edges, cells=cells, head=place == 0))
            self._y -= high
        self._y -= GAP / 2

    def _picture(self, block: Picture) -> None:
        from reportlab.lib.utils import ImageReader  # noqa: PLC0415  (7 MB, only for who draws)

        path = self._folder / block.path
        wide, high = ImageReader(str(path)).getSize()
        scale = min(self._wide / wide, HIGHEST_PICTURE / high)
        self._room(high * scale + LEAD + GAP)
        self._y -= high * scale
        self._put(partial(_draw_picture, path=path, x=LEFT, y=self._y, wide=wide * scale, high=high * scale))
        self._put(partial(_text, x=LEFT, y=self._y - CELL - 3, text=block.words, size=CELL, name=SANS, colour=GREY))
        self._y -= LEAD

    def _typed(self, block: Typed) -> None:
        lines = [part for line in block.lines for part in wrap(line, self._ink.measure(), CELL, self._wide - 2 * PAD)]
        for line in lines:
            self._room(CELL_LEAD)
            self._put(partial(_fill, x=LEFT, y=self._y - CELL_LEAD, wide=self._wide, high=CELL_LEAD))
            self._put(partial(_text, x=LEFT + PAD, y=self._y - CELL - 1, text=line, size=CELL, name=SANS))
            self._y -= CELL_LEAD


def _entries(chapters: Sequence[Chapter], found: Sequence[Entry]) -> list[Entry]:
    """The contents with the parts between the chapters."""
    waiting = iter(found)
    entries: list[Entry] = []
    pending = next(waiting, None)
    for part, group in groupby(chapters, key=lambda one: one.part):
        entries.append(Entry(0, part, 0))
        for _chapter in group:
            assert pending is not None  # noqa: S101  (every chapter has its own heading)
            entries.append(pending)
            pending = next(waiting, None)
            while pending is not None and pending.level > 1:
                entries.append(pending)
                pending = next(waiting, None)
    return entries


def _contents_pages(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Lines of each page of the contents; a part never stands last on its page."""
    room = A4[1] - TOP - FOOT - 40
    pages: list[list[Entry]] = [[]]
    used = 0.0
    for entry in entries:
        high = _entry_height(entry)
        if used + high + (30 if entry.level == 0 else 0) > room:
            pages.append([])
            used = 0.0
        pages[-1].append(entry)
        used += high
    return pages


def _entry_height(entry: Entry) -> float:
    return {0: 28.0, 1: 18.0, 2: 14.5}[entry.level]


def _draw_title(ink: Ink, title: str) -> None:
    middle, high = ink.size[0] / 2, ink.size[1]
    ink.text(middle, high * 0.62, title, 34, BOLD, TEAL, at=0.5)
    ink.text(middle, high * 0.62 - 40, _("村级会计委托代理服务中心记账程序"), 14, at=0.5)
    words = _("写给记账的人：照着做就行。程序里按 F1，出来的就是这本手册里讲那一页的一章。")
    ink.text(middle, high * 0.62 - 76, words, 11, colour=GREY, at=0.5)
    ink.mark(title)
    ink.turn()


def _draw_contents(ink: Ink, entries: Sequence[Entry], before: int, place: int) -> None:
    y = ink.size[1] - TOP
    if place == 0:
        ink.text(LEFT, y - 20, _("目录"), 20, BOLD, TEAL)
        ink.mark(_("目录"))
    y -= 34
    for entry in entries:
        size, name, inset = {0: (11.0, BOLD, 0.0), 1: (11.0, SANS, 12.0), 2: (9.0, SANS, 30.0)}[entry.level]
        y -= _entry_height(entry)
        colour = (TEAL, BLACK, GREY)[entry.level]
        ink.text(LEFT + inset, y, entry.text, size, name, colour)
        if entry.page:
            right = ink.size[0] - RIGHT
            number = str(entry.page + before)
            start = LEFT + inset + ink.width(entry.text, size, name) + 6
            ink.rule(start, y + 2, right - ink.width(number, size) - 6, y + 2, 0.3, GREY, dash=True)
            ink.text(right, y, number, size, at=1.0, colour=colour)
    _draw_foot(ink, _("目录"), place + 2)
    ink.turn()


def _draw_foot(ink: Ink, running: str, number: int) -> None:
    ink.text(LEFT, 36, running, 9, colour=GREY)
    ink.text(ink.size[0] - RIGHT, 36, str(number), 9, colour=GREY, at=1.0)


def _span_lines(ink: Ink, spans: Sequence[Span], size: float, wide: float, bold: bool = False) -> list[list[Span]]:
    """Spans in lines no wider than `wide`, measured in bold, which is never narrower."""
    whole = "".join(span.text for span in spans)
    kinds = [STRONG if bold else span.kind for span in spans for _char in span.text]
    lines: list[list[Span]] = []
    place = 0
    for text in wrap(whole, ink.measure(BOLD), size, wide):
        place = whole.index(text, place)
        chars = zip(text, kinds[place : place + len(text)], strict=True)
        lines.append(
            [Span("".join(char for char, _k in run), kind) for kind, run in groupby(chars, lambda one: one[1])]
        )
        place += len(text)
    return lines


def _edges(ink: Ink, grid: Grid, wide: float) -> list[float]:
    """Edges of the columns: each as wide as its longest cell asks, long ones sharing what is left."""
    columns = list(zip(*grid.rows, strict=True))
    asked = [max(ink.width(plain_words(cell), CELL, BOLD) for cell in column) + 2 * PAD + 4 for column in columns]
    fair = wide / len(asked)
    narrow = sum(one for one in asked if one <= fair)
    rest = sum(one for one in asked if one > fair)
    shares = [one if one <= fair else (wide - narrow) * one / rest for one in asked]
    scale = wide / sum(shares)
    edges = [LEFT]
    for share in shares:
        edges.append(edges[-1] + share * scale)
    return edges


def _draw_row(
    ink: Ink, y: float, high: float, edges: Sequence[float], cells: Sequence[Sequence[Sequence[Span]]], head: bool
) -> None:
    if head:
        ink.fill(edges[0], y - high, edges[-1] - edges[0], high, PALE)
    for lines, (left, right) in zip(cells, pairwise(edges), strict=True):
        for place, line in enumerate(lines):
            _draw_spans(ink, left + PAD, y - PAD / 2 - place * CELL_LEAD - CELL - 1, line, CELL)
        ink.box(left, y - high, right - left, high, 0.4, GREY)


def _draw_spans(ink: Ink, x: float, y: float, spans: Sequence[Span], size: float) -> None:
    for span in spans:
        name = BOLD if span.kind in (STRONG, TYPED) else SANS
        ink.text(x, y, span.text, size, name, TEAL if span.kind == TYPED else BLACK)
        x += ink.width(span.text, size, name)


def _text(ink: Ink, x: float, y: float, text: str, size: float, name: str, colour: Colour = BLACK) -> None:
    ink.text(x, y, text, size, name, colour)


def _rule(ink: Ink, y: float, left: float, wide: float) -> None:
    ink.rule(left, y, left + wide, y, 0.8, TEAL)


def _bar(ink: Ink, x: float, top: float, bottom: float) -> None:
    ink.rule(x, top, x, bottom, 2.0, TEAL)


def _fill(ink: Ink, x: float, y: float, wide: float, high: float) -> None:
    ink.fill(x, y, wide, high)


def _draw_picture(ink: Ink, path: Path, x: float, y: float, wide: float, high: float) -> None:
    ink.picture(path, x, y, wide, high)
    ink.box(x, y, wide, high, 0.4, GREY)


def _mark_outline(ink: Ink, title: str, level: int) -> None:
    ink.mark(title, level)
