"""Round sums of cash that are drawn one after another, and what the till paid out of them: no use, no drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from villagebooks.core.money import said_yuan
from villagebooks.core.words import _

ROUND_FEN = 100_000
"""A multiple of 1,000 yuan is round."""
USE_DAYS = 30
"""Within so many days after the last drawing the till shows what it was for."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A voucher (uid, title) that drew a round sum from the bank without a paper, fen."""

    uid: str
    title: str
    day: date
    fen: int


@dataclass(frozen=True, slots=True)
class RoundDrawing:
    """Several of them within a few days, and what the till paid out from the first one until `USE_DAYS` after the last
    one, fen."""

    drawn: tuple[Drawn, ...]
    used_fen: int

    @property
    def fen(self) -> int:
        """What was drawn."""
        return sum(one.fen for one in self.drawn)

    @property
    def last(self) -> date:
        """When the use has to show."""
        return self.drawn[-1].day + timedelta(USE_DAYS)

    @property
    def sentence(self) -> str:
        """What is told of it."""
        text = _("{days} 天内 {n} 次整数提现（{titles}），合计 {yuan} 元，没有报账单；{use} 天里现金只付出 {used} 元")
        days = (self.drawn[-1].day - self.drawn[0].day).days + 1
        return text.format(
            days=days, n=len(self.drawn), titles=_("、").join(one.title for one in self.drawn),
            yuan=said_yuan(self.fen), use=USE_DAYS, used=said_yuan(self.used_fen),
        )  # fmt: skip


def find_drawings(
    drawn: Sequence[Drawn], paid: Sequence[tuple[date, int]], limit_fen: int, days: int, today: date
) -> list[RoundDrawing]:
    """Drawings by day that join where two lie within `days`, whose use (`paid`: days and fen that left the till) had
    its time by `today` and is less than half of them, with more than `limit_fen` left. 0 days or no limit: none."""
    found: list[RoundDrawing] = []
    for run in near_drawings(drawn, days) if limit_fen else []:
        until = run[-1].day + timedelta(USE_DAYS)
        used = sum(fen for day, fen in paid if run[0].day <= day <= until)
        one = RoundDrawing(tuple(run), used)
        if until <= today and 2 * used < one.fen and one.fen - used > limit_fen:
            found.append(one)
    return found


def near_drawings(drawn: Sequence[Drawn], days: int) -> list[list[Drawn]]:
    """Runs of two and more of which each lies within so many days of the one before."""
    runs: list[list[Drawn]] = []
    for one in sorted(drawn, key=lambda each: (each.day, each.title)) if days else []:
        if runs and (one.day - runs[-1][-1].day).days < days:
            runs[-1].append(one)
        else:
            runs.append([one])
    return [run for run in runs if len(run) > 1]
