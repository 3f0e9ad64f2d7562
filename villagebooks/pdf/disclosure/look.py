"""Sizes of the notice-board sheet on A3 and A4, largest first: the first that needs the fewest pages is taken."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.pdf.ink import A3, A4, MM

MOST_ROWS = 26
"""Rows a page, so that a reader before the board finds the line again."""
QR_SIDE = 45 * MM
STAMP_SIDE = 42 * MM


@dataclass(frozen=True, slots=True)
class Look:
    """Type sizes in points; `signs` puts 经手人… into columns of their own (A3) instead of a second line (A4)."""

    page: tuple[float, float]
    margin: float
    title: float
    period: float
    label: float
    big: float
    reading: float
    row: float
    text: float
    small: float
    signs: bool

    @property
    def left(self) -> float:
        """Left edge of the contents."""
        return self.margin

    @property
    def right(self) -> float:
        """Right edge of the contents."""
        return self.page[0] - self.margin

    @property
    def wide(self) -> float:
        """Width of the contents."""
        return self.page[0] - 2 * self.margin

    @property
    def top(self) -> float:
        """Where the first block of a page begins: below the line with centre and page number."""
        return self.page[1] - self.margin - self.small * 1.9

    @property
    def bottom(self) -> float:
        """Lower edge of the contents."""
        return self.margin


def looks(paper: str) -> tuple[Look, ...]:
    """The looks of a paper, `A3` or `A4`, from the most to the least generous."""
    if paper == "A3":
        return tuple(
            Look(A3, 38, 40, 15, 16, 32, 15, row, max(14, row - 2), 12.5, signs=True) for row in (18, 17, 16, 15, 14)
        )
    if paper == "A4":
        return tuple(Look(A4, 34, 28, 11.5, 12, 23, 11, row, row - 1.5, 10, signs=False) for row in (16, 15, 14))
    raise ValueError(paper)
