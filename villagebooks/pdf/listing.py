"""Any list of the window on A4: its title, whose it is, what it was filtered by, its rows, its sums at the end."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.listing import Listing, ListingColumn
from villagebooks.core.words import _
from villagebooks.pdf.table import TableColumn, TableLook, TablePage, TableRow, draw_table

A4 = (595.28, 841.89)
UPRIGHT = 95
"""Characters that fit across an upright sheet; a wider list lies on its side."""


def draw_listing(listing: Listing, whose: str, moment: str, out: Path, author: str) -> int:
    """Draw the list; the number of pages. `moment` is when it was printed."""
    across = sum(one.width for one in listing.columns) > UPRIGHT
    columns = tuple(TableColumn(one.title, max(one.width, 3), float(one.counts)) for one in listing.columns)
    look = TableLook((A4[1], A4[0]) if across else A4, columns, row=14.0, type_size=8.5)
    asked = _("筛选：{words}").format(words=listing.asked) if listing.asked else ""
    above = (whose, asked, _("打印时间：{at}").format(at=moment))
    parts = [listing.rows[start : start + look.rows] for start in range(0, len(listing.rows), look.rows)] or [()]
    pages = [
        TablePage(
            listing.title, above, tuple(TableRow(_cells(listing.columns, row)) for row in part),
            (listing.foot,) if part is parts[-1] else (),
        )
        for part in parts
    ]  # fmt: skip
    return draw_table(pages, look, out, author)


def _cells(columns: tuple[ListingColumn, ...], row: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_grouped(cell) if one.money else cell for one, cell in zip(columns, row, strict=True))


def _grouped(cell: str) -> str:
    """Yuan as paper writes them: thousands by commas, a true minus sign."""
    sign, whole = ("−", cell[1:]) if cell.startswith("-") else ("", cell)
    yuan, point, fen = whole.partition(".")
    return f"{sign}{int(yuan):,}{point}{fen}" if yuan.isdigit() else cell
