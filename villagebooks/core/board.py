"""The month as a board: how far each book is, from papers to the query file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from villagebooks.core.period import OPEN, Month

LATE, WAITING, DONE, NOTHING = "late", "waiting", "done", "nothing"
"""How a book stands in a month: something is past its day; something is to be done; all is done; nothing was begun."""
_RANKS = (LATE, WAITING, DONE, NOTHING)


@dataclass(frozen=True, slots=True)
class LateSteps:
    """Steps past their term in one book: how many, working days of the latest, and who holds that one."""

    count: int
    days: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One book in one month: papers and vouchers counted by state, days of its sheet, day of its last query file.

    `due` is the day by which the sheet should hang; `today` the day by which all is judged. `state` is that of the
    month in this book: open, closed or locked. Of the `banks` that moved or hold money, `reconciled` are confirmed.
    `late_papers`, `late_signing` (vouchers of the month, whistles of the village): past their terms, None for nothing.
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
    late_papers: LateSteps | None = None
    late_signing: LateSteps | None = None

    @property
    def is_late(self) -> bool:
        """The sheet should hang and does not."""
        return self.put_up is None and self.today > self.due

    @property
    def late_steps(self) -> int:
        """How many steps and whistles are past their terms."""
        return sum(one.count for one in (self.late_papers, self.late_signing) if one)

    @property
    def has_stood(self) -> bool:
        """The sheet has hung its days."""
        return self.stay_until is not None and self.stay_until <= self.today

    @property
    def waiting(self) -> int:
        """Papers and vouchers that somebody has to do something about."""
        papers = sum(count for state, count in self.papers.items() if state != "booked")
        return papers + sum(self.vouchers.get(state, 0) for state in ("draft", "submitted", "approved"))

    @property
    def may_close(self) -> bool:
        """All vouchers of the month are posted and it is still open."""
        return self.state == OPEN and not self.waiting and bool(self.vouchers.get("posted"))

    @property
    def may_export(self) -> bool:
        """The sheet has stood its days and no query file was made since."""
        stood = self.stay_until if self.has_stood else None
        return stood is not None and not (self.exported and self.exported >= stood)

    @property
    def standing(self) -> str:
        """How the book stands: late, waiting, done or nothing, as its worst step does."""
        if self.is_late or self.late_steps:
            return LATE
        hangs = self.stay_until is not None and not self.has_stood
        if self.waiting or self.reconciled < self.banks or self.may_close or hangs or self.may_export:
            return WAITING
        begun = self.put_up is not None or self.state != OPEN or any(self.vouchers.values())
        return DONE if begun else NOTHING


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """A book of which nothing is known yet but its name."""

    book: str
    name: str

    @property
    def standing(self) -> str:
        """As if nothing was begun."""
        return NOTHING


Row = TypeVar("Row", bound=BoardRow | ExpectedRow)


def order_rows(rows: Iterable[Row], before: Sequence[str] = ()) -> list[Row]:
    """What is late first, then what waits, then what is done, each by code.

    Books named in `before` keep that order: a list does not jump under the hand that works in it.
    """
    places = {code: place for place, code in enumerate(before)}
    behind = len(places)

    def rank(row: BoardRow | ExpectedRow) -> tuple[int, int, str]:
        return places.get(row.book, behind), _RANKS.index(row.standing), row.book

    return sorted(rows, key=rank)


def count_standings(rows: Iterable[BoardRow]) -> dict[str, int]:
    """How many books stand how; every standing has its count."""
    found = dict.fromkeys(_RANKS, 0)
    for row in rows:
        found[row.standing] += 1
    return found
