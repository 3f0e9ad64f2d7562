"""How a ledger runs: opening, lines, totals of day, month and year, 结转下年; each kind adds its own figures.

Totals and carried sums of the year begin on 1 January (会计基础工作规范 art. 60: 过次页 of an account with 本年累计).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from villagebooks.core.ledger.sheet import (
    BROUGHT,
    DAY_TOTAL,
    LINE,
    MONTH_TOTAL,
    NEXT,
    OPENING,
    YEAR_TOTAL,
    Cell,
    SheetRow,
)
from villagebooks.core.period import Month, Span, month_of
from villagebooks.core.words import _

Sums = tuple[int, ...]
"""What lines add up: amounts in fen, quantities in thousandths, in the order of the form."""
Figures = Callable[[Sums | None, Sums], tuple[Cell, ...]]
"""The cells behind the words: of what moved (None: nothing to show) and of all that moved since the opening."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line before it has its balance: the words behind its day, what it adds, the voucher it opens."""

    day: date
    words: tuple[str, ...]
    sums: Sums
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What a kind of ledger shows: `words` cells behind the day, the one at `label` names totals; `size` sums."""

    words: int
    label: int
    size: int
    figures: Figures
    days: bool = False
    """本日合计 below every day."""
    lines: bool = True
    """Lines themselves; without them only months are shown."""


def run_rows(form: Form, entries: Sequence[Entry], span: Span, before: Sums | None = None) -> tuple[SheetRow, ...]:
    """The rows of a ledger over the span; `entries` in the order of days.

    `before` is what moved in the year before the first month, None when that is not known: then the sums of the first
    year are those of the span and are called so.
    """
    runner = _Runner(form, span, before)
    years = {year: list(group) for year, group in groupby(entries, key=lambda one: one.day.year)}
    for year in range(span.first.year, span.last.year + 1):
        runner.open_year(year)
        for month, group in groupby(years.get(year, ()), key=lambda one: month_of(one.day)):
            runner.add_month(month, group)
        if Month(year, 12) <= span.last:
            runner.close_year(year)
    return tuple(runner.rows)


def add_sums(one: Sums, other: Sums) -> Sums:
    """Sums of both, place by place."""
    return tuple(a + b for a, b in zip(one, other, strict=True))


class _Runner:
    """Keeps the sums while rows are made."""

    def __init__(self, form: Form, span: Span, before: Sums | None) -> None:
        self.rows: list[SheetRow] = []
        self._form, self._first, self._before = form, span.first, before
        self._nothing: Sums = (0,) * form.size
        self._total = self._year = self._nothing
        self._whole = True

    def open_year(self, year: int) -> None:
        first = self._first if year == self._first.year else Month(year, 1)
        starts = first.month == 1
        self._whole = starts or self._before is not None
        self._year = self._nothing if starts or self._before is None else self._before
        self._tell(OPENING, first.first_day, _("上年结转") if starts else _("期初余额"), None)
        if any(self._year):
            self._tell(BROUGHT, first.first_day, _("本年累计至上月"), self._year)

    def add_month(self, month: Month, entries: Iterable[Entry]) -> None:
        moved = self._nothing
        for day, group in groupby(entries, key=lambda one: one.day):
            of_day = self._nothing
            for one in group:
                of_day = add_sums(of_day, one.sums)
                self._count(one.sums)
                if self._form.lines:
                    self._line(one)
            if self._form.days:
                self._tell(DAY_TOTAL, day, _("本日合计"), of_day)
            moved = add_sums(moved, of_day)
        self._tell(MONTH_TOTAL, month.last_day, _("本月合计"), moved)
        self._tell(YEAR_TOTAL, month.last_day, _("本年累计") if self._whole else _("本期累计"), self._year)

    def close_year(self, year: int) -> None:
        self._tell(NEXT, date(year, 12, 31), _("结转下年"), None)

    def _count(self, sums: Sums) -> None:
        self._total, self._year = add_sums(self._total, sums), add_sums(self._year, sums)

    def _line(self, one: Entry) -> None:
        cells = (one.day, *one.words, *self._form.figures(one.sums, self._total))
        self.rows.append(SheetRow(LINE, cells, one.uid, carry=self._carry()))

    def _tell(self, role: str, day: date, label: str, sums: Sums | None) -> None:
        words = [""] * self._form.words
        words[self._form.label] = label
        cells = (day, *words, *self._form.figures(sums, self._total))
        self.rows.append(SheetRow(role, cells, carry=() if role == NEXT else self._carry()))

    def _carry(self) -> tuple[Cell, ...]:
        """The cells of 过次页: the year's sums so far and the balance."""
        return self._form.figures(self._year, self._total)
