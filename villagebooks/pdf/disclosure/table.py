"""The big numbers and the two tables of a kind of money as blocks."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.words import _
from villagebooks.pdf.disclosure.block import Block, Frame
from villagebooks.pdf.disclosure.cells import BigCells, RowCells, TableCells, figure_text
from villagebooks.pdf.disclosure.look import Look
from villagebooks.pdf.font import BOLD, SANS
from villagebooks.pdf.ink import BLACK, GREY, PALE, RED, Ink
from villagebooks.pdf.text import fit, shrink, wrap, wrap_items

PAD = 0.35
"""Free space at the sides of a cell, in parts of the type size."""
LEAD = 1.3


@dataclass(frozen=True, slots=True)
class Column:
    """A column from `left` to `right`; text starts at 0, is centred at 0.5, ends at 1."""

    head: str
    left: float
    right: float
    at: float


def big_block(ink: Ink, big: tuple[BigCells, ...], look: Look) -> Block:
    """Four boxes side by side, one size for all figures, the signs of the sum on the borders between them."""
    wide = look.wide / 4
    size = min(shrink(one.figure, ink.measure(BOLD), look.big, wide - look.big * 0.5, 9) for one in big)
    reading, readings = _readings(ink, big, look.reading, wide - look.reading)
    label_high, lead = look.label * 1.9, reading * 1.25
    high = label_high + look.big * 1.25 + lead * max(map(len, readings)) + reading * 0.7

    def paint(y: float) -> None:
        ink.fill(look.left + 3 * wide, y - high, wide, high, PALE)
        ink.box(look.left, y - high, look.wide, high, 1.2)
        for place, (one, lines) in enumerate(zip(big, readings, strict=True)):
            middle = look.left + (place + 0.5) * wide
            colour = RED if one.out else BLACK
            label = shrink(one.label, ink.measure(BOLD), look.label, wide - 8, 8)
            ink.text(middle, y - look.label * 1.4, one.label, label, BOLD, colour, at=0.5)
            ink.text(middle, y - label_high - look.big * 0.95, one.figure, size, BOLD, colour, at=0.5)
            ink.lines(middle, y - label_high - look.big * 1.25 - reading, lines, reading, lead, at=0.5)
            if one.sign:
                _sign(ink, look.left + place * wide, y - look.label * 1.15, one, look, (y, y - high))

    return Block(high + look.row * 0.2, paint, keep=True)


def _readings(ink: Ink, big: tuple[BigCells, ...], size: float, wide: float) -> tuple[float, list[list[str]]]:
    """The readings on one line each when a little smaller type allows it, else broken behind 元."""
    whole = min(shrink(one.reading, ink.measure(), size, wide, 1) for one in big)
    if whole >= size * 0.97:
        return whole, [[one.reading] for one in big]
    parts = [one.reading.replace("元", "元\n").strip().split("\n") for one in big]
    fitted = min(shrink(part, ink.measure(), size, wide, size * 0.75) for texts in parts for part in texts)
    return fitted, [[line for part in texts for line in wrap(part, ink.measure(), fitted, wide)] for texts in parts]


def _sign(ink: Ink, x: float, y: float, one: BigCells, look: Look, edge: tuple[float, float]) -> None:
    """The sign in a white disc on the border between two boxes."""
    radius = look.label * 0.72
    ink.rule(x, edge[0], x, edge[1], 0.6)
    ink.canvas.setFillColorRGB(1, 1, 1)
    ink.canvas.setStrokeColorRGB(*BLACK)
    ink.canvas.setLineWidth(0.8)
    ink.canvas.circle(x, y, radius, stroke=1, fill=1)
    ink.text(x, y - look.label * 0.36, one.sign, look.label, BOLD, RED if one.out else BLACK, at=0.5)


def table_blocks(ink: Ink, table: TableCells, look: Look, number: int) -> tuple[list[Block], Frame]:
    """A table's blocks (title, head, rows, sum) and what it repeats on further pages; `number` is its place."""
    columns = _columns(table, look, _money_wide(ink, table, look))
    title, head = _title(ink, table, look, number), _head(ink, columns, look, number)
    again = _again(ink, table, look, title, head)
    blocks = [title, head]
    if not table.rows:
        blocks.append(_empty(ink, table, look, number))
    for row in table.rows:
        made = _group(ink, row, look, number) if row.group else _row(ink, row, table, columns, look, number)
        blocks.append(made)
    blocks.append(_sum(ink, table.sum_label, table.sum_figure, table.out, columns, look, number))

    def page_sum(fen: int) -> Block:
        return _sum(ink, _("本页小计"), figure_text(fen), table.out, columns, look, number, page=True)

    return blocks, Frame(again, page_sum)


def _money_wide(ink: Ink, table: TableCells, look: Look) -> float:
    """Width of the amount column: seven digits, more when the month has more."""
    rows = max((ink.width(row.figure, look.row) for row in table.rows), default=0.0)
    return max(
        6.6 * look.row, rows + 2 * PAD * look.row, ink.width(table.sum_figure, look.row, BOLD) + PAD * look.row * 2
    )


def _columns(table: TableCells, look: Look, money: float) -> list[Column]:
    """Columns by their width in type sizes; what is left goes to the words."""
    em = look.row
    if look.signs:
        after = (3.5, 3.5, 3.5, 3.1) if table.out else (7.6,)
        wides = [1.9 * em, 4.6 * em, 0.0, money, *(one * em for one in after)]
        ats = [0.5, 0.5, 0.0, 1.0, *([0.5] * len(after) if table.out else [0.0])]
        heads = table.heads
    else:
        wides, ats, heads = [1.9 * em, 4.5 * em, 0.0, money], [0.5, 0.5, 0.0, 1.0], table.heads[:4]
    wides[2] = look.wide - sum(wides)
    columns, x = [], look.left
    for head, wide, at in zip(heads, wides, ats, strict=True):
        columns.append(Column(head, x, x + wide, at))
        x += wide
    return columns


def _title(ink: Ink, table: TableCells, look: Look, number: int) -> Block:
    size = look.row * 1.12
    high = size * 1.75

    def paint(y: float) -> None:
        ink.text(look.left, y - size * 1.25, table.title, size, BOLD, RED if table.out else BLACK)

    return Block(high, paint, number, keep=True)


def _head(ink: Ink, columns: list[Column], look: Look, number: int) -> Block:
    size = look.text * 0.94
    high = size * 1.8

    def paint(y: float) -> None:
        ink.fill(look.left, y - high, look.wide, high, PALE)
        ink.rule(look.left, y, look.right, y, 1.2)
        ink.rule(look.left, y - high, look.right, y - high, 0.6)
        for column in columns:
            middle = (column.left + column.right) / 2
            ink.text(middle, y - size * 1.26, column.head, size, BOLD, at=0.5)
        _verticals(ink, columns, y, high)

    return Block(high, paint, number, keep=True)


def _again(ink: Ink, table: TableCells, look: Look, title: Block, head: Block) -> Block:
    """The head on a further page, with the word that the table goes on."""
    size = look.row * 1.12

    def paint(y: float) -> None:
        title.paint(y)
        x = look.left + ink.width(table.title, size, BOLD)
        ink.text(x, y - size * 1.25, _("（接上页）"), size * 0.8, SANS, GREY)
        head.paint(y - title.high)

    return Block(title.high + head.high, paint)


def _row(ink: Ink, row: RowCells, table: TableCells, columns: list[Column], look: Look, number: int) -> Block:
    size, words = look.row, columns[2]
    wide = words.right - words.left - 2 * PAD * size
    lines = wrap(row.words, ink.measure(), size, wide)
    small = max(look.row * 0.72, 10)
    below = () if look.signs else _signs_below(row, table)
    below_lines = wrap_items(below, "　", ink.measure(), small, wide) if below else []
    signs = [_sign_cell(ink, text, column, size) for text, column in zip(row.signs, columns[4:], strict=False)]
    mine = LEAD * (size * len(lines) + small * len(below_lines))
    tallest = max([mine, *(LEAD * one * len(texts) for one, texts in signs)])
    high = tallest + size * 0.4
    colour = RED if table.out else BLACK

    def paint(y: float) -> None:
        base = y - size * 0.12
        first = base - (tallest - LEAD * size) / 2 - size
        for column, text in zip(columns[:2], (row.number, row.day), strict=True):
            ink.text((column.left + column.right) / 2, first, text, size, at=0.5)
        start = base - (tallest - mine) / 2 - size
        ink.lines(words.left + PAD * size, start, lines, size, LEAD * size)
        start -= LEAD * size * (len(lines) - 1) + LEAD * small * 1.05
        ink.lines(words.left + PAD * size, start, below_lines, small, LEAD * small, SANS, GREY)
        figure = shrink(row.figure, ink.measure(), size, columns[3].right - columns[3].left - 2 * PAD * size, 8)
        ink.text(columns[3].right - PAD * size, first, row.figure, figure, SANS, colour, at=1)
        for (one, texts), column in zip(signs, columns[4:], strict=False):
            x = column.left + PAD * size if column.at == 0 else (column.left + column.right) / 2
            start = base - (tallest - LEAD * one * len(texts)) / 2 - one
            ink.lines(x, start, texts, one, LEAD * one, at=column.at)
        ink.rule(look.left, y - high, look.right, y - high, 0.4, GREY)
        _verticals(ink, columns, y, high)

    return Block(high, paint, number, row=True, fen=row.amount_fen)


def _sign_cell(ink: Ink, text: str, column: Column, size: float) -> tuple[float, list[str]]:
    """Names in a narrow column, each on its own line; smaller type before a name is broken."""
    wide, sizes = column.right - column.left - 0.4 * size, (size * 0.92, size * 0.8, size * 0.7)
    if column.at == 0:
        return fit(text, ink.measure(), sizes, wide, 3)
    names = text.split("、") if text else ["—"]
    least = min(fit(name, ink.measure(), sizes, wide, 1)[0] for name in names)
    return least, [line for name in names for line in wrap(name, ink.measure(), least, wide)]


def _signs_below(row: RowCells, table: TableCells) -> tuple[str, ...]:
    """On A4 the people who signed stand below the words: 经手 向丽蓉　证明 向其昌　批准 田维国　单据 记14."""
    if not table.out:
        return (_("凭：{basis}").format(basis=row.signs[0]),) if row.signs[0] else ()
    labels = (_("经手"), _("证明"), _("批准"), _("单据"))
    return tuple(f"{label} {text}" for label, text in zip(labels, row.signs, strict=True) if text)


def _group(ink: Ink, row: RowCells, look: Look, number: int) -> Block:
    high = look.row * 1.6

    def paint(y: float) -> None:
        ink.text(look.left + look.row * 0.4, y - look.row * 1.15, row.words, look.row * 0.96, BOLD)
        ink.rule(look.left, y - high, look.right, y - high, 0.4, GREY)
        for x in (look.left, look.right):
            ink.rule(x, y, x, y - high, 0.4, GREY)

    return Block(high, paint, number, keep=True)


def _empty(ink: Ink, table: TableCells, look: Look, number: int) -> Block:
    high = look.row * 1.9

    def paint(y: float) -> None:
        ink.text(look.page[0] / 2, y - look.row * 1.25, table.empty, look.row, at=0.5)
        ink.rule(look.left, y - high, look.right, y - high, 0.4, GREY)
        for x in (look.left, look.right):
            ink.rule(x, y, x, y - high, 0.4, GREY)

    return Block(high, paint, number)


def _sum(
    ink: Ink, label: str, figure: str, out: bool, columns: list[Column], look: Look, number: int, page: bool = False
) -> Block:
    size, name = (look.text, SANS) if page else (look.row, BOLD)
    high = size * 1.75
    money = columns[3]

    def paint(y: float) -> None:
        fitted = shrink(figure, ink.measure(name), size, money.right - money.left - 2 * PAD * size, 8)
        ink.text(money.left - PAD * size, y - size * 1.22, label, size, name, at=1)
        ink.text(money.right - PAD * look.row, y - size * 1.22, figure, fitted, name, RED if out else BLACK, at=1)
        ink.rule(look.left, y - high, look.right, y - high, 0.6 if page else 1.2)
        for x in (look.left, money.left, money.right, look.right):
            ink.rule(x, y, x, y - high, 0.4, GREY)

    return Block(high, paint, number, total=not page)


def _verticals(ink: Ink, columns: list[Column], y: float, high: float) -> None:
    for x in [columns[0].left, *(column.right for column in columns)]:
        ink.rule(x, y, x, y - high, 0.4, GREY)
