"""What waits for whom: papers, vouchers and whistles of every village, since when, how late, whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.book import Book
from villagebooks.core.period import Month
from villagebooks.core.policy import Step
from villagebooks.core.words import _

VOUCHER, PAPER, WHISTLE = "voucher", "paper", "whistle"
MINE, URGED, OTHERS = "mine", "urged", "others"
"""Whether the person at the screen may act: it is his turn; it is late below him and he is asked to press (催办); or
it waits for somebody else."""
ATTEST, ACCEPT, DRAFT_IT, ANSWER, VOID_IT = "attest", "accept", "draft", "answer", "void"
"""What is done with a paper that the village has signed, in turn, with a whistle, and with a voucher that somebody has
signed to void; else a voucher waits for a step of its policy, a paper that is not signed for one of its village."""
_ORDER = (MINE, URGED, OTHERS)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits. `book` is None for a matter of no village.

    `step` is the policy's name of the step, or one of the five above, and `step_title` what people
    call it; `people` may do it. `since` is the day from which it waits, `due` the last day of its term (None: no term),
    `late` how many working days have passed since; `urged` to whom it then goes (催办). What is
    signed is the revision `rev` that was looked at.
    """

    kind: str
    uid: str
    book: Book | None
    month: Month
    title: str
    day: date
    words: str
    amount_fen: int
    step: str
    step_title: str
    people: tuple[str, ...]
    state: str
    since: date
    due: date | None = None
    late: int = 0
    urged: tuple[str, ...] = ()
    rev: int = 1

    @property
    def place(self) -> str:
        """The name of the book, empty for a matter of no village."""
        return self.book.name if self.book else ""

    @property
    def number(self) -> str:
        """The title as people say it among several months: a voucher's numbers begin anew each month (9月记-1)."""
        return _("{m}月{title}").format(m=self.month.month, title=self.title) if self.kind == VOUCHER else self.title

    @property
    def can_be_signed(self) -> bool:
        """Whether the person's key has a step to sign here."""
        return self.state == MINE and (self.kind == VOUCHER or self.step == ATTEST)

    @property
    def ref(self) -> str:
        """`table:key` as the journal names it."""
        return f"{self.kind}:{self.uid}"


@dataclass(frozen=True, slots=True)
class Pile:
    """What lies there of one village: how many, their amount in fen, how many late and by how many days the worst."""

    code: str
    name: str
    count: int
    amount_fen: int
    late: int = 0
    latest: int = 0


def piles(waiting: Iterable[Waiting]) -> list[Pile]:
    """One pile a village: where something is latest first, then where something is oldest, then by code."""
    return [_pile(ones) for ones in _by_village(waiting)]


def in_order(waiting: Iterable[Waiting]) -> list[Pile | Waiting]:
    """Each village's pile with what lies in it below: one's own turns first, of them the latest, then the oldest."""
    rows: list[Pile | Waiting] = []
    for ones in _by_village(waiting):
        rows.append(_pile(ones))
        ordered: list[Waiting] = sorted(ones, key=_rank)
        rows += ordered
    return rows


def _by_village(waiting: Iterable[Waiting]) -> list[list[Waiting]]:
    groups: dict[str, list[Waiting]] = {}
    for one in waiting:
        groups.setdefault(one.book.code if one.book else "", []).append(one)
    ranked = sorted(
        (-max(one.late for one in ones), min(one.since for one in ones), code) for code, ones in groups.items()
    )
    return [groups[code] for _late, _since, code in ranked]


def _rank(one: Waiting) -> tuple[int, int, date, Month, int, str]:
    return _ORDER.index(one.state), -one.late, one.since, one.month, len(one.title), one.title


def _pile(ones: Sequence[Waiting]) -> Pile:
    late = [one.late for one in ones if one.late]
    code = ones[0].book.code if ones[0].book else ""
    return Pile(code, ones[0].place, len(ones), sum(one.amount_fen for one in ones), len(late), max(late, default=0))


def next_step(flow: Sequence[Step], name: str) -> Step | None:
    """The step after this one: who waits for it; None when it is the last."""
    names = [one.name for one in flow]
    place = names.index(name) + 1 if name in names else len(names)
    return flow[place] if place < len(flow) else None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was not signed, and why, a sentence each."""

    waiting: Waiting
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of what was marked."""

    signed: tuple[Waiting, ...]
    refused: tuple[Refusal, ...]
