"""Numbers of vouchers: 1 to n in word and month; which are void and why, which are missing (断号)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from villagebooks.core.period import Month
from villagebooks.core.voucher import VOID
from villagebooks.core.words import _

USED, GAP = "used", "gap"
MOST_RUNS = 12
"""So many runs of numbers stand in one sentence."""


@dataclass(frozen=True, slots=True)
class NumberUse:
    """A number that was given, its state and, of a void one, who voided it when and why, as far as it is known."""

    month: Month
    word: str
    number: int
    state: str
    uid: str
    by: str = ""
    at: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A stretch of numbers of one word and month: used, void or missing. `what` is used, void or gap."""

    month: Month
    word: str
    first: int
    last: int
    what: str
    uid: str = ""
    by: str = ""
    at: str = ""
    why: str = ""

    @property
    def numbers(self) -> str:
        """3, or 3—5."""
        return str(self.first) if self.first == self.last else f"{self.first}—{self.last}"

    @property
    def count(self) -> int:
        """How many numbers."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One word of one month: the highest number, how many are void, how many are missing."""

    month: Month
    word: str
    last: int
    void: int
    missing: int


def number_lines(uses: Iterable[NumberUse]) -> list[NumberLine]:
    """Used, void and missing stretches in order; missing are those below the highest number that was given."""
    lines = []
    for (month, word), group in _grouped(uses).items():
        expected = 1
        for one in group:
            if one.number > expected:
                lines.append(NumberLine(month, word, expected, one.number - 1, GAP))
            lines.append(
                NumberLine(month, word, one.number, one.number, VOID if one.state == VOID else USED, one.uid, one.by,
                           one.at, one.why)
            )  # fmt: skip
            expected = one.number + 1
    return _joined(lines)


def number_rows(lines: Sequence[NumberLine]) -> list[NumberRow]:
    """The lines summed up by month and word."""
    found: dict[tuple[Month, str], list[NumberLine]] = {}
    for one in lines:
        found.setdefault((one.month, one.word), []).append(one)
    return [
        NumberRow(
            month, word, max(one.last for one in group), sum(one.count for one in group if one.what == VOID),
            sum(one.count for one in group if one.what == GAP),
        )
        for (month, word), group in found.items()
    ]  # fmt: skip


def what_words(what: str) -> str:
    """Used, void or missing, as people say it."""
    return {USED: _("用了"), VOID: _("作废"), GAP: _("缺号")}[what]


def _grouped(uses: Iterable[NumberUse]) -> dict[tuple[Month, str], list[NumberUse]]:
    groups: dict[tuple[Month, str], list[NumberUse]] = {}
    for one in sorted(uses, key=lambda use: (use.month, use.word, use.number)):
        groups.setdefault((one.month, one.word), []).append(one)
    return groups


def _joined(lines: Iterable[NumberLine]) -> list[NumberLine]:
    """Used numbers that follow one another become one line, without a voucher of their own."""
    joined: list[NumberLine] = []
    for one in lines:
        last = joined[-1] if joined else None
        same = last and (last.month, last.word, last.what) == (one.month, one.word, one.what)
        if last and same and one.what == USED and last.last + 1 == one.first:
            joined[-1] = NumberLine(one.month, one.word, last.first, one.last, USED)
        else:
            joined.append(one)
    return joined


def title_runs(titles: Iterable[tuple[Month, str, int]]) -> str:
    """Numbers as people say them, by month, word and number, those that follow each other in one run (记-1 至 记-3、
    记-8), a dozen runs at the most. Numbers begin anew each month: where there are several months, each stands before
    its numbers, with the year where there are several years."""
    ordered = sorted(titles)
    runs: list[tuple[Month, str, int, int]] = []
    for month, word, number in ordered:
        if runs and (month, word, number - 1) == (*runs[-1][:2], runs[-1][3]):
            runs[-1] = (*runs[-1][:3], number)
        else:
            runs.append((month, word, number, number))
    written = _month_text({month for month, _word, _number in ordered})
    text = _("、").join(
        _run_words(written.format(y=month.year, m=month.month, title=word), first, last)
        for month, word, first, last in runs[:MOST_RUNS]
    )
    return text if len(runs) <= MOST_RUNS else _("{titles}等").format(titles=text)


def _month_text(months: Collection[Month]) -> str:
    """How the month stands before a title."""
    if len(months) <= 1:
        return "{title}"
    return _("{m}月{title}") if len({one.year for one in months}) == 1 else _("{y}年{m}月{title}")


def _run_words(title: str, first: int, last: int) -> str:
    if last <= first + 1:
        return _("、").join(f"{title}-{number}" for number in range(first, last + 1))
    return _("{first} 至 {last}").format(first=f"{title}-{first}", last=f"{title}-{last}")
