"""A QR code as vector rectangles."""

from __future__ import annotations

from villagebooks.pdf.ink import BLACK, Ink

_MASK = 3


def draw_qr(ink: Ink, x: float, y: float, side: float, text: str) -> None:
    """The text as a QR code of `side` points without its quiet zone; `x`, `y` its lower left corner. Neighbouring dark
    modules are one rectangle, so that a printer leaves no hairline between them."""
    import segno  # noqa: PLC0415  (2 MB, only for who draws)

    # any mask can be read; scoring all eight takes three times as long as the rest of the sheet
    matrix = segno.make_qr(text.encode("utf-8"), error="m", mask=_MASK).matrix
    module = side / len(matrix)
    path = ink.canvas.beginPath()
    for row, cells in enumerate(matrix):
        column = 0
        while column < len(cells):
            start = column
            while column < len(cells) and cells[column]:
                column += 1
            if column > start:
                path.rect(x + start * module, y + side - (row + 1) * module, (column - start) * module, module)
            column += 1
    ink.canvas.setFillColorRGB(*BLACK)
    ink.canvas.drawPath(path, stroke=0, fill=1)
