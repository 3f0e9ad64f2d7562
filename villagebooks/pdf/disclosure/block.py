"""Blocks of a sheet and their distribution over pages: arithmetic without ink."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Paint = Callable[[float], None]
"""Draws a block whose upper edge lies at this height."""


@dataclass(frozen=True, slots=True)
class Block:
    """Something that is not cut: its height, how it is painted, the table it belongs to (−1: none).

    `row` counts for the rows a page may hold, `fen` for the page sum; `keep`: not the last block of a page;
    `total`: the table's sum row.
    """

    high: float
    paint: Paint
    table: int = -1
    row: bool = False
    fen: int = 0
    keep: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What a table repeats: its head on a further page, and the sum of the rows that stand on a page."""

    head: Block
    page_sum: Callable[[int], Block]


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with the height of its upper edge."""

    y: float
    block: Block


def paginate(
    blocks: Sequence[Block], frames: Sequence[Frame], top: float, bottom: float, further_top: float, most_rows: int
) -> list[list[Placed]]:
    """The blocks on pages; a table over two pages ends the first with a page sum and begins the next with its head."""
    pages: list[list[Placed]] = [[]]
    y, rows, fen, split = top, 0, 0, set[int]()
    for place, block in enumerate(blocks):
        full = block.row and rows >= most_rows
        if pages[-1] and (full or y - _need(blocks, place, frames) < bottom):
            if _goes_on(blocks, place):
                split.add(block.table)
                pages[-1].append(Placed(y, frames[block.table].page_sum(fen)))
            pages.append([])
            y, rows, fen = further_top, 0, 0
            if block.table in split and not (block.total and not _goes_on(blocks, place)):
                head = frames[block.table].head
                pages[-1].append(Placed(y, head))
                y -= head.high
        if block.total and block.table in split:
            page_sum = frames[block.table].page_sum(fen)
            pages[-1].append(Placed(y, page_sum))
            y -= page_sum.high
        pages[-1].append(Placed(y, block))
        y -= block.high
        rows += block.row
        fen = 0 if block.total else fen + block.fen
    return pages


def _goes_on(blocks: Sequence[Block], place: int) -> bool:
    """Whether the table of this block has rows before it."""
    table = blocks[place].table
    return table >= 0 and any(one.table == table and one.row for one in blocks[:place])


def _need(blocks: Sequence[Block], place: int, frames: Sequence[Frame]) -> float:
    """Height that must be free for this block: with what it is kept to, and room for a page sum within a table."""
    need = blocks[place].high
    while blocks[place].keep and place + 1 < len(blocks):
        place += 1
        need += blocks[place].high
    block = blocks[place]
    if block.table >= 0:
        # one page sum below the rows; before the total it stands together with it
        need += frames[block.table].page_sum(0).high
        if block.row and place + 1 < len(blocks) and blocks[place + 1].total:
            need += blocks[place + 1].high
    return need
