"""The month as a board: how far each book is, from papers to the query file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from villagebooks.core.closing import OPEN
from villagebooks.core.period import Month


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One book in one month: papers and vouchers counted by state, days of its sheet, day of its last query file.

    `due` is the day by which the sheet should hang; `today` the day by which all is judged. `state` is that of the
    month in this book: open, closed or locked. Of the `banks` that moved or hold money, `reconciled` are confirmed.
    """

    book: str
    name: str
    month: Month
    papers: Mapping[str, int]
    vouchers: Mapping[str, int]
    put_up: date | None
    stay_until: date | None
    exported: date | None
    due: date
    today: date
    state: str = OPEN
    banks: int = 0
    reconciled: int = 0

    @property
    def is_late(self) -> bool:
        """The sheet should hang and does not."""
        return self.put_up is None and self.today > self.due

    @property
    def has_stood(self) -> bool:
        """The sheet has hung its days."""
        return self.stay_until is not None and self.stay_until <= self.today

    @property
    def waiting(self) -> int:
        """Papers and vouchers that somebody has to do something about."""
        papers = sum(count for state, count in self.papers.items() if state != "booked")
        return papers + sum(self.vouchers.get(state, 0) for state in ("draft", "submitted", "approved"))
