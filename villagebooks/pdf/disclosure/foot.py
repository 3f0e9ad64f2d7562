"""What stands below the tables: transfers, debts, receipts, the committee and its signatures, whom to ask, codes."""

from __future__ import annotations

from villagebooks.pdf.disclosure.block import Block
from villagebooks.pdf.disclosure.cells import NoteCells, SheetCells
from villagebooks.pdf.disclosure.look import QR_SIDE, STAMP_SIDE, Look
from villagebooks.pdf.disclosure.qr import draw_qr
from villagebooks.pdf.font import BOLD
from villagebooks.pdf.ink import BLACK, GREY, RED, Ink
from villagebooks.pdf.text import shrink, wrap, wrap_items

LEAD = 1.35
HEAD_EMS = 9.7
"""Width of the heads at the left, in type sizes."""


def foot_blocks(ink: Ink, cells: SheetCells, look: Look) -> list[Block]:
    """The paragraphs in order; the committee's words stay together with their signature lines."""
    notes = [_note(ink, note, look, look.wide) for note in cells.notes]
    return [
        _gap(look),
        *notes,
        _committee(ink, cells, look),
        _note(ink, cells.ask, look, look.wide),
        _codes(ink, cells, look),
    ]


def _gap(look: Look) -> Block:
    return Block(look.row * 0.35, lambda _y: None, keep=True)


def _note(ink: Ink, note: NoteCells, look: Look, wide: float, under: float = 0.0) -> Block:
    """A bold head at the left, its text beside it; `under` leaves room below for signatures."""
    size, left = look.text, look.left + HEAD_EMS * look.text
    narrow = HEAD_EMS * size - size * 0.6
    heads = [line for text in note.head.split("\n") for line in wrap(text, ink.measure(BOLD), size, narrow)]
    room = wide - HEAD_EMS * size
    lines = wrap_items(note.items, "　", ink.measure(), size, room) if note.items else []
    lines += [line for text in note.texts for line in wrap(text, ink.measure(), size, room)]
    high = LEAD * size * max(len(heads), len(lines)) + size * 0.75 + under

    def paint(y: float) -> None:
        ink.lines(look.left, y - size * 1.3, heads, size, LEAD * size, BOLD)
        ink.lines(left, y - size * 1.3, lines, size, LEAD * size)
        ink.rule(look.left, y - high, look.right, y - high, 0.4, GREY)

    return Block(high, paint)


def _committee(ink: Ink, cells: SheetCells, look: Look) -> Block:
    """The committee's words, a line to sign on for each, and a dashed square for the seal."""
    size = look.text
    note = _note(ink, cells.committee, look, look.wide - STAMP_SIDE - size)
    signing = size * 2.5
    high = max(note.high + signing * 2 + size * 0.4, STAMP_SIDE + size)
    wide = look.wide - STAMP_SIDE - size
    others = [f"{label} {name}" for label, name in cells.other_signs]

    def paint(y: float) -> None:
        words = _note(ink, cells.committee, look, look.wide - STAMP_SIDE - size, under=high - note.high)
        words.paint(y)
        down = y - note.high - signing * 0.55
        _sign_lines(ink, list(cells.committee_signs), look.left, wide, down, size)
        _sign_lines(ink, others, look.left, wide, down - signing, size)
        x, bottom = look.right - STAMP_SIDE, y - (high + STAMP_SIDE) / 2
        ink.box(x, bottom, STAMP_SIDE, STAMP_SIDE, 0.8, GREY, dash=True)
        ink.text(x + STAMP_SIDE / 2, bottom + STAMP_SIDE / 2 - size * 0.35, cells.stamp, size, colour=GREY, at=0.5)

    return Block(high, paint)


def _sign_lines(ink: Ink, names: list[str], left: float, wide: float, y: float, size: float) -> None:
    """Names side by side, each followed by a line to sign on."""
    each = wide / max(len(names), 1)
    for place, name in enumerate(names):
        x = left + place * each
        fitted = shrink(name, ink.measure(), size, each * 0.62, size * 0.6)
        ink.text(x, y, name, fitted)
        start = x + ink.width(name, fitted) + size * 0.3
        ink.rule(start, y - size * 0.2, x + each - size * 0.6, y - size * 0.2, 0.6)


def _codes(ink: Ink, cells: SheetCells, look: Look) -> Block:
    """本期码, 上期码, how they are compared, and the anchor as a QR of 45 mm; or that this is a draft."""
    foot, size = cells.foot, look.text
    quiet = QR_SIDE * 4 / 60
    wide = look.wide - (QR_SIDE + 3 * quiet if foot.note else 0)
    hints = [line for text in foot.hints for line in wrap(text, ink.measure(), look.small, wide)]
    code_size = min(
        (shrink(f"{label}　{code}", ink.measure(BOLD), size * 1.15, wide, 9) for label, code in foot.codes),
        default=size,
    )
    height = code_size * 1.7 * len(foot.codes) + LEAD * look.small * len(hints) + size
    if foot.draft:
        height += look.title * 1.4
    high = max(height, (QR_SIDE + 2 * quiet) if foot.note else 0)

    def paint(y: float) -> None:
        down = y - size * 0.6
        if foot.draft:
            down -= look.title
            ink.text(look.left, down, foot.draft, look.title * 0.9, BOLD, RED)
            down -= look.title * 0.3
        for label, code in foot.codes:
            down -= code_size * 1.35
            ink.text(look.left, down, label, code_size, BOLD)
            ink.text(look.left + ink.width(label + "　", code_size, BOLD), down, code, code_size, BOLD, BLACK)
            down -= code_size * 0.35
        down -= look.small * 0.4
        ink.lines(look.left, down - look.small * 1.1, hints, look.small, LEAD * look.small, colour=GREY)
        if foot.note:
            draw_qr(ink, look.right - QR_SIDE, y - quiet - QR_SIDE, QR_SIDE, foot.note)

    return Block(high, paint)
