"""What is due: amounts spread to the fen, the drafts of a month.

Every time takes floor(total × its months ÷ all months), the last time what is left over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from villagebooks.core.period import Month
from villagebooks.core.schedule.plan import EACH, MONTH, WEAR, YEAR, Schedule, month_count
from villagebooks.core.voucher import NORMAL, Draft, Line
from villagebooks.core.words import _


@dataclass(frozen=True, slots=True)
class Due:
    """A time that falls due: its month, how many months its amounts are of, and whether it takes what is left over."""

    month: Month
    months: int
    final: bool


@dataclass(frozen=True, slots=True)
class DueDraft:
    """What one act makes a voucher of: the schedules with the month each is due in, their names, the draft."""

    parts: tuple[tuple[str, Month], ...]
    names: tuple[str, ...]
    draft: Draft

    @property
    def month(self) -> Month:
        """The month in which it was due."""
        return self.parts[0][1]


def dues(schedule: Schedule, until: Month) -> list[Due]:
    """Every time the schedule falls due up to a month, in order."""
    found: list[Due] = []
    end, since = schedule.end, schedule.first
    last = min(until, end) if end else until
    for step in range(max(0, month_count(schedule.first, last))):
        month = schedule.first.plus(step)
        if month.month % schedule.every == 0 or month == end:
            found.append(Due(month, month_count(since, month), month == schedule.last))
            since = month.next()
    return found


def times(schedule: Schedule) -> int | None:
    """How often it falls due in all, None while there is no end."""
    return len(dues(schedule, schedule.end)) if schedule.end else None


def due_lines(schedule: Schedule, due: Due) -> tuple[Line, ...]:
    """The lines of one time; of a spread total the single line of one side takes the sum of the other side."""
    lines = [_worded(line, due) for line in schedule.lines]
    if schedule.mode == EACH or schedule.last is None:
        return tuple(lines)
    whole = month_count(schedule.first, schedule.last)
    earlier = [one.months for one in dues(schedule, due.month) if one.month < due.month] if due.final else []
    single = _single(lines)
    parts = [_part(_amount(line), due, whole, earlier) for line in lines]
    taken = sum(fen for line, fen in zip(lines, parts, strict=True) if line is not single)
    made = [_with(line, taken if line is single else fen) for line, fen in zip(lines, parts, strict=True)]
    return tuple(line for line in made if _amount(line))


def build_due(
    schedules: Iterable[Schedule], done: Mapping[str, frozenset[Month]], until: Month, open_from: Month
) -> list[DueDraft]:
    """What is due up to a month and not done, the oldest first; depreciation of one month makes one voucher.

    A closed month takes no voucher: its draft is dated on the last day of `open_from`, the first that is open.
    """
    groups: dict[tuple[str, Month], list[tuple[Schedule, Due]]] = {}
    for one in schedules:
        for due in dues(one, until):
            if due.month not in done.get(one.uid, frozenset()):
                groups.setdefault((WEAR if one.kind == WEAR else one.uid, due.month), []).append((one, due))
    found = [_draft(group, open_from) for group in groups.values()]
    return sorted((one for one in found if one.draft.lines), key=lambda one: (one.month, one.names))


def _draft(group: Sequence[tuple[Schedule, Due]], open_from: Month) -> DueDraft:
    first, month = group[0][0], group[0][1].month
    day = month.first_day.replace(day=min(first.day, month.last_day.day))
    lines = _merged(line for one, due in group for line in due_lines(one, due))
    count = sum(one.attachment_count for one, _due in group)
    return DueDraft(
        tuple((one.uid, due.month) for one, due in group), tuple(one.name for one, _due in group),
        Draft(day if month >= open_from else open_from.last_day, lines, "", NORMAL, count),
    )  # fmt: skip


def _merged(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Debits first; lines that differ by nothing but their amount become one."""
    sums: dict[tuple[bool, Line], int] = {}
    for line in lines:
        key = (bool(line.credit_fen), replace(line, debit_fen=0, credit_fen=0))
        sums[key] = sums.get(key, 0) + _amount(line)
    made = [
        replace(line, credit_fen=fen) if credit else replace(line, debit_fen=fen)
        for (credit, line), fen in sums.items()
    ]
    return tuple(sorted(made, key=lambda line: not line.debit_fen))


def _part(total_fen: int, due: Due, whole: int, earlier: Sequence[int]) -> int:
    if due.final:
        return total_fen - sum(total_fen * months // whole for months in earlier)
    return total_fen * due.months // whole


def _single(lines: Sequence[Line]) -> Line:
    """The line that takes the sum of the other side; the credit one when both sides have but one."""
    credited = [line for line in lines if line.credit_fen]
    return credited[0] if len(credited) == 1 else next(line for line in lines if line.debit_fen)


def _amount(line: Line) -> int:
    return line.debit_fen or line.credit_fen


def _with(line: Line, fen: int) -> Line:
    return replace(line, debit_fen=fen) if line.debit_fen else replace(line, credit_fen=fen)


def _worded(line: Line, due: Due) -> Line:
    since = due.month.plus(1 - due.months)
    months = str(due.month.month)
    if due.months > 1:
        months = _("{first}—{last}").format(first=since.month, last=due.month.month)
    return replace(line, summary=line.summary.replace(YEAR, str(due.month.year)).replace(MONTH, months))
