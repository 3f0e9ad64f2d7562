"""Any list of the window as words: what paper and spreadsheets show of it, as it was filtered and sorted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListingColumn:
    """A column: its title, its width in characters, whether it stands on the right (`counts`), whether it is money."""

    title: str
    width: int
    counts: bool = False
    money: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: rows with a cell for each column, amounts in yuan without commas; `asked` is the filter, `foot` the sums
    below it."""

    title: str
    columns: tuple[ListingColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    asked: str = ""
    foot: str = ""
