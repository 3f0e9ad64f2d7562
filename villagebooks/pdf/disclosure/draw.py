"""The notice-board sheet on A3 or A4: large type that an old man reads from a metre, few pages."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.disclosure import AnchorMark, Sheet
from villagebooks.core.words import _
from villagebooks.pdf.disclosure.block import Block, Frame, Placed, paginate
from villagebooks.pdf.disclosure.cells import SheetCells, sheet_cells
from villagebooks.pdf.disclosure.foot import foot_blocks
from villagebooks.pdf.disclosure.look import MOST_ROWS, Look, looks
from villagebooks.pdf.disclosure.table import big_block, table_blocks
from villagebooks.pdf.font import BOLD
from villagebooks.pdf.ink import GREY, PALE, Ink, open_ink
from villagebooks.pdf.text import shrink, wrap_items


def draw_sheet(sheet: Sheet, mark: AnchorMark | None, paper: str, out: Path) -> int:
    """Draw the sheet on `A3` or `A4`; the number of pages. Without a mark it says 草稿，未公开. `Trouble`: no disk."""
    cells = sheet_cells(sheet, mark)
    with open_ink(out, cells.title.replace("　", " "), looks(paper)[0].page, cells.centre) as ink:
        look, pages = _best(ink, cells, paper)
        for number, page in enumerate(pages, 1):
            _top_line(ink, look, cells, number, len(pages))
            for placed in page:
                placed.block.paint(placed.y)
            ink.turn()
    return len(pages)


def _best(ink: Ink, cells: SheetCells, paper: str) -> tuple[Look, list[list[Placed]]]:
    """The most generous look among those that need the fewest pages."""
    *roomy, tight = looks(paper)
    fewest = _pages(ink, cells, tight)
    for look in roomy:
        pages = _pages(ink, cells, look)
        if len(pages) <= len(fewest):
            return look, pages
    return tight, fewest


def _pages(ink: Ink, cells: SheetCells, look: Look) -> list[list[Placed]]:
    blocks, frames = [_title(ink, cells, look)], list[Frame]()
    for fund in cells.funds:
        if fund.title:
            blocks.append(_band(ink, fund.title, look))
        blocks.append(big_block(ink, fund.big, look))
        if fund.places:
            blocks.append(_places(ink, fund.places, look))
        for table in fund.tables:
            made, frame = table_blocks(ink, table, look, len(frames))
            blocks += made
            frames.append(frame)
    blocks += foot_blocks(ink, cells, look)
    return paginate(blocks, frames, look.top, look.bottom, look.top - look.row * 0.4, MOST_ROWS)


def _top_line(ink: Ink, look: Look, cells: SheetCells, number: int, count: int) -> None:
    y = look.page[1] - look.margin - look.small
    pages = _("第{number}页 共{count}页").format(number=number, count=count)
    if number == 1:
        ink.text(look.left, y, cells.centre, look.small, colour=GREY)
    else:
        title = cells.title.replace("　", " ")
        size = shrink(title, ink.measure(BOLD), look.small, look.wide * 0.7, look.small * 0.5)
        ink.text(look.left, y, title, size, BOLD)
    ink.text(look.right, y, f"{cells.number}　{pages}", look.small, at=1)
    ink.rule(look.left, y - look.small * 0.45, look.right, y - look.small * 0.45, 0.6, GREY)


def _title(ink: Ink, cells: SheetCells, look: Look) -> Block:
    size, lines = _title_lines(ink, cells.title, look)
    period = shrink(cells.period, ink.measure(), look.period, look.wide, look.period * 0.7)
    tall = size * 1.3 * len(lines)
    high = tall + look.period * 2.0

    def paint(y: float) -> None:
        for place, line in enumerate(lines):
            ink.text(look.page[0] / 2, y - size * (1.05 + 1.3 * place), line, size, BOLD, at=0.5)
        ink.text(look.page[0] / 2, y - tall - look.period * 1.1, cells.period, period, at=0.5)

    return Block(high, paint, keep=True)


def _title_lines(ink: Ink, title: str, look: Look) -> tuple[float, list[str]]:
    """In one line; a name that is too long for that has a line of its own above the month."""
    bold, least = ink.measure(BOLD), look.title * 0.6
    if bold(title) * least <= look.wide:
        return shrink(title, bold, look.title, look.wide, least), [title]
    lines = title.split("　", 1)
    return min(shrink(line, bold, look.title, look.wide, look.title * 0.3) for line in lines), lines


def _band(ink: Ink, text: str, look: Look) -> Block:
    size = shrink(text, ink.measure(BOLD), look.row, look.wide - 16, look.row * 0.6)
    high = look.row * 2.1

    def paint(y: float) -> None:
        ink.fill(look.left, y - high + look.row * 0.3, look.wide, look.row * 1.5, PALE)
        ink.text(look.left + 8, y - high + look.row * 0.75, text, size, BOLD)

    return Block(high, paint, keep=True)


def _places(ink: Ink, items: tuple[str, ...], look: Look) -> Block:
    lines = wrap_items(items, "　　", ink.measure(), look.text, look.wide)
    lead = look.text * 1.35
    high = lead * len(lines) + look.text * 0.7
    return Block(high, lambda y: ink.lines(look.left, y - look.text * 1.3, lines, look.text, lead), keep=True)
