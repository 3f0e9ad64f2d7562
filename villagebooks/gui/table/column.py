"""A column of a list: how a record's value is found, shown on screen, and written where a spreadsheet reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from villagebooks.core.money import yuan_text

TEXT, MONEY, NUMBER, DAY, STATE = "text", "money", "number", "day", "state"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `value` takes a record and answers a native value (fen for MONEY, a Mark for STATE), by which the
    column sorts; `text` says how it is written when not in the usual way of its kind. `width` in characters of the body
    type, 0 takes what is left; `total` columns are summed below, without faint rows; `spare` ones give way."""

    title: str
    value: Callable[[Any], Any]
    kind: str = TEXT
    width: int = 0
    total: bool = False
    spare: bool = False
    text: Callable[[Any], str] | None = None
    least: int = 0

    def shown(self, record: Any) -> str:
        """What the cell of a record shows."""
        return self.text(record) if self.text else cell_text(self.kind, self.value(record))

    @property
    def counts(self) -> bool:
        """Whether a spreadsheet takes the cells for numbers."""
        return self.kind in (MONEY, NUMBER)

    def written(self, record: Any) -> str:
        """The cell for a spreadsheet: figures without commas, everything on one line."""
        words = " ".join(self.shown(record).split())
        return words.replace(",", "") if self.counts else words


def cell_text(kind: str, value: Any) -> str:
    """What a cell shows: zero money is blank, negative money carries a minus."""
    if value is None:
        return ""
    if kind == MONEY:
        return yuan_text(value, zero="", group=",")
    if kind == STATE:
        return str(value.word)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
