"""Where a printed voucher's head, rows and foot stand on each sheet: arithmetic only."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.stationery import A4_THREE, A4_TWO, A5, NEEDLE
from villagebooks.pdf.ink import A4, A5_WIDE, MM

WIDTHS = (0.30, 0.15, 0.23, 0.16, 0.16)
"""Summary, account, detail, debit, credit as shares of the table."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One voucher on its sheet; points from the sheet's lower left corner.

    `places` are the lower edges of the vouchers that share a sheet, the uppermost first; `head_gap` lies between the
    voucher's top and its table.
    """

    size: tuple[float, float]
    places: tuple[float, ...]
    left: float
    right: float
    top: float
    head_gap: float
    head: float
    row: float
    rows: int
    title: float = 20.0
    body: float = 10.0
    figure: float = 10.5

    @property
    def table_top(self) -> float:
        """The upper edge of the table, above the voucher's lower edge."""
        return self.top - self.head_gap

    @property
    def first_row(self) -> float:
        """The upper edge of the first row."""
        return self.table_top - self.head

    @property
    def total_top(self) -> float:
        """The upper edge of the total's row."""
        return self.first_row - self.rows * self.row

    @property
    def bottom(self) -> float:
        """The lower edge of the table."""
        return self.total_top - self.row

    @property
    def edges(self) -> tuple[float, ...]:
        """The columns' edges from left to right."""
        found = [self.left]
        for part in WIDTHS:
            found.append(found[-1] + part * (self.right - self.left))
        return tuple(found)

    @property
    def sizes(self) -> tuple[float, ...]:
        """Type for words of a cell, the largest first."""
        return tuple(self.body - less for less in (0.5, 1.5, 2.5, 3.5))


_HALF, _THIRD = A4[1] / 2, A4[1] / 3
SHAPES = {
    NEEDLE: Shape((240 * MM, 140 * MM), (0.0,), 24 * MM, 228 * MM, 133 * MM, 20 * MM, 7.4 * MM, 10.2 * MM, 7),
    A5: Shape(A5_WIDE, (0.0,), 20 * MM, 201 * MM, 139 * MM, 21 * MM, 7.6 * MM, 10.7 * MM, 7),
    A4_TWO: Shape(A4, (_HALF, 0.0), 20 * MM, 201 * MM, 139 * MM, 21 * MM, 7.6 * MM, 10.7 * MM, 7),
    A4_THREE: Shape(
        A4, (2 * _THIRD, _THIRD, 0.0), 20 * MM, 201 * MM, 94 * MM, 16 * MM, 6.2 * MM, 8.2 * MM, 6,
        title=15.0, body=9.5, figure=10.0,
    ),
}  # fmt: skip
