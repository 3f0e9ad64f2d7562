"""The plan of drafts as the books keep it."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.period import Month
from villagebooks.core.voucher import Line
from villagebooks.core.words import _

RECURRING, RENT, WEAR = "recurring", "rent", "wear"
KINDS = (RECURRING, RENT, WEAR)
TOTAL, EACH = "total", "each"
MODES = (TOTAL, EACH)
EVERY = (1, 3, 6, 12)
"""Months between two drafts; with more than one they fall on the quarter's, half-year's or year's last month."""
LAST_DAY = 31
YEAR, MONTH = "{年}", "{月}"
"""In a summary: the year and the month, or months, of which a draft is."""


@dataclass(frozen=True, slots=True)
class Wear:
    """What a depreciation schedule is reckoned from: the use (production, management, welfare, other), the month in
    which the asset was added, cost and residual in fen, and what was worn off (fen) when it was taken over."""

    use: str
    added: Month
    cost_fen: int
    residual_fen: int = 0
    worn_fen: int = 0


@dataclass(frozen=True, slots=True)
class Schedule:
    """A plan of drafts. Lines carry the total of all months (TOTAL) or the amount of each time (EACH), in fen.

    `first` to `last` are the months of which the amounts are; no `last`: until it is stopped. `stop`: the last month
    that still counts in a plan that was ended early. `day` of the month, 31 for its last.
    """

    uid: str
    name: str
    kind: str
    mode: str
    lines: tuple[Line, ...]
    first: Month
    last: Month | None = None
    every: int = 1
    day: int = LAST_DAY
    stop: Month | None = None
    attachment_count: int = 0
    wear: Wear | None = None
    made_by: str = ""

    @property
    def end(self) -> Month | None:
        """The last month that counts, None while there is no end."""
        return min((month for month in (self.last, self.stop) if month is not None), default=None)

    @property
    def total_fen(self) -> int:
        """The debit side of its lines."""
        return sum(line.debit_fen for line in self.lines)


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A schedule with what was made of it: months that are drafted, how often in all, and when it is due next."""

    schedule: Schedule
    done: tuple[Month, ...]
    times: int | None
    next_due: Month | None
    due_now: int

    @property
    def progress(self) -> str:
        """3/12 已做; without an end only how often."""
        whole = f"/{self.times}" if self.times is not None else ""
        return _("{done}{whole} 已做").format(done=len(self.done), whole=whole)


def month_count(first: Month, last: Month) -> int:
    """Months from the first to the last, both counted."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def kind_words() -> dict[str, str]:
    """Kinds of schedules as people say them."""
    return {RECURRING: _("每月重复"), RENT: _("预收租金分摊"), WEAR: _("计提折旧")}
