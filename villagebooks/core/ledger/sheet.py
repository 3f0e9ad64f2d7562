"""A ledger as a sheet of cells: what screen, paper and files show alike, whichever kind of ledger it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from villagebooks.core.period import Month

DAY, TEXT, SIDE, MONEY, QUANTITY, PRICE = "day", "text", "side", "money", "quantity", "price"
"""Kinds of column: a date, words, 借/贷/平, fen, thousandths, a unit price in words."""
OPENING, BROUGHT, LINE, NEXT = "opening", "brought", "line", "next"
DAY_TOTAL, MONTH_TOTAL, YEAR_TOTAL, TOTAL = "day_total", "month_total", "year_total", "total"
ACCOUNT, PARTY = "account", "party"
"""Rows of an account and heads of a party in tables of many."""
"""Roles of a row. Files carry them, so that nobody adds totals to lines."""

Cell = date | str | int | None


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: `name` in files, `head` for people, `over` heads several; `share` of the width of paper.

    Where a sheet is wider than the paper, `lead` columns stand on every part of a page and `spread` ones on one part.
    """

    name: str
    head: str
    kind: str
    share: float
    over: str = ""
    lead: bool = False
    spread: bool = False
    always: bool = False
    """Zero is written in lines too: a balance of nothing is told."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row, a cell for each column (fen, thousandths, date, words; None is blank).

    `uid` is the voucher behind a line, `account` and `party` the ledger behind a row that sums one. `carry` are the
    cells of 过次页 if a page ends with this row, empty where nothing is carried.
    """

    role: str
    cells: tuple[Cell, ...]
    uid: str = ""
    account: str = ""
    party: str = ""
    carry: tuple[Cell, ...] = ()

    @property
    def is_line(self) -> bool:
        """True for what was booked or stands by itself, false for what sums it."""
        return self.role == LINE


@dataclass(frozen=True, slots=True)
class Sheet:
    """A ledger ready to be shown: `kind` and months, whose it is, columns and rows; `notes` stand below.

    `account` is the one that it is kept of, empty in tables of many; `book_name` is put in by who reads it.
    """

    kind: str
    book: str
    title: str
    first: Month
    last: Month
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...] = ()
    unit: str = ""
    """What stands beside 单位：元, such as the unit of quantities."""
    account: str = ""
    book_name: str = ""
    when: str = ""
    """What stands in place of the months, such as a day."""

    def column(self, name: str) -> int:
        """The place of a column by its name."""
        return next(place for place, one in enumerate(self.columns) if one.name == name)

    def without_empty(self, *names: str) -> Sheet:
        """The sheet without those of these columns that no row fills: paper and screen have no room for them."""
        places = (place for place, one in enumerate(self.columns) if one.name in names)
        return self.without(*(self.columns[one].name for one in places if not any(row.cells[one] for row in self.rows)))

    def without(self, *names: str) -> Sheet:
        """The sheet without these columns."""
        kept = [place for place, one in enumerate(self.columns) if one.name not in names]
        rows = tuple(replace(row, cells=tuple(row.cells[place] for place in kept)) for row in self.rows)
        return replace(self, columns=tuple(self.columns[place] for place in kept), rows=rows)

    def cells_of(self, name: str, *roles: str) -> list[Cell]:
        """The cells of a column in the rows of these roles."""
        place = self.column(name)
        return [row.cells[place] for row in self.rows if row.role in roles]
