"""Matching books and bank: pure, deterministic, every item used once at most (财会〔2024〕12号 art. 23).

What is sure is done by the program, what is only possible is offered to a person, and a person may match anything
whose sums agree, or leave a rest that the bank (or the books) still owe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from villagebooks.core.account import Account
from villagebooks.core.bank.statement import BANK, BOOK
from villagebooks.core.money import said_yuan
from villagebooks.core.problem import Problem
from villagebooks.core.words import _

ONE_TO_ONE, ONE_TO_MANY, MANY_TO_ONE, INSIDE, PARTIAL = "one", "one_to_many", "many_to_one", "inside", "partial"
CERTAIN, LIKELY, POSSIBLE = "certain", "likely", "possible"
AUTO, MANUAL = "auto", "manual"

NEAR, NEARBY, FAR = 3, 10, 45
"""Days between books and bank: a transfer over a weekend; a batch; a cheque that somebody carried for weeks."""
GROUP_DAYS, GROUP_MOST, GROUP_POOL = 7, 5, 12
"""Parts of one amount lie within a week, are five at most (or all of one day), and are sought among twelve."""
INSIDE_DAYS = 31
RETURNED = ("退", "冲", "返还", "撤销", "更正", "注销", "红字", "重付", "重汇")
BATCH = ("代发", "工资", "报酬", "补贴", "劳务", "误工", "分红", "慰问")


@dataclass(frozen=True, slots=True)
class MoneyItem:
    """Something that moved the account: a posted line of the books or a line of the bank, money in positive (fen).

    `side`, `object` and `position` name the row: voucher and line, or statement and line. `title` is what people call
    it (2026-09 记-3), `words` are summary and party.
    """

    side: str
    object: str
    position: int
    day: date
    amount_fen: int
    words: str = ""
    title: str = ""

    @property
    def key(self) -> tuple[str, str, int]:
        """The row."""
        return self.side, self.object, self.position


@dataclass(frozen=True, slots=True)
class Proposal:
    """Items that belong together, how sure that is, and why in words. Only a `partial` one leaves a rest."""

    kind: str
    items: tuple[MoneyItem, ...]
    confidence: str
    words: str

    @property
    def rest_fen(self) -> int:
        """What the books moved more than the bank, signed."""
        return sum(one.amount_fen if one.side == BOOK else -one.amount_fen for one in self.items)

    @property
    def sure(self) -> bool:
        """Whether the program may match it by itself."""
        return self.confidence != POSSIBLE


def match_words() -> dict[str, str]:
    """Kinds and confidences as people read them."""
    return {
        ONE_TO_ONE: _("一对一"), ONE_TO_MANY: _("一笔账对多笔银行"), MANY_TO_ONE: _("多笔账对一笔银行"),
        INSIDE: _("一进一出相抵"), PARTIAL: _("部分到账"), CERTAIN: _("确定"), LIKELY: _("很可能"),
        POSSIBLE: _("可能"), AUTO: _("自动"), MANUAL: _("手工"),
    }  # fmt: skip


def propose_matches(book: Sequence[MoneyItem], bank: Sequence[MoneyItem]) -> tuple[Proposal, ...]:
    """What belongs together among items that nothing is matched with yet.

    The items stand in the order of days; of equals the earlier one is taken, so the same items give the same answer.
    """
    pool = _Pool(book, bank)
    found: list[Proposal] = []
    for step in (_one_to_one, _groups, _inside, _partial, _far_apart):
        found += step(pool)
    return tuple(found)


def check_match(items: Sequence[MoneyItem], rest_allowed: bool = False) -> list[Problem]:
    """Whether a person may match these by hand: two at least, and the sums agree or a rest is meant to stay open."""
    problems = []
    if len(items) < 2 or len({one.key for one in items}) < len(items):
        problems.append(Problem(_("至少选两笔才能勾对：左边的账、右边的银行各选，或同一边一进一出")))
    rest = Proposal(PARTIAL, tuple(items), POSSIBLE, "").rest_fen
    sides = {one.side for one in items}
    if len(sides) < 2 and rest:
        problems.append(Problem(_("只选了一边，合计不是零，不能相抵")))
    elif rest and not (rest_allowed and _one_direction(items)):
        text = _("两边相差 {yuan} 元；银行只办了一部分的，选“留下差额”")
        yuan = said_yuan(abs(rest))
        problems.append(Problem(text.format(yuan=yuan)))
    return problems


def kind_of(items: Sequence[MoneyItem]) -> str:
    """The kind of a match made by hand."""
    sides = [one.side for one in items]
    books, banks = sides.count(BOOK), sides.count(BANK)
    if not books or not banks:
        return INSIDE
    if Proposal(PARTIAL, tuple(items), POSSIBLE, "").rest_fen:
        return PARTIAL
    return ONE_TO_ONE if books == banks == 1 else ONE_TO_MANY if books == 1 else MANY_TO_ONE


def _one_direction(items: Sequence[MoneyItem]) -> bool:
    return len({one.amount_fen > 0 for one in items}) == 1


class _Pool:
    """What is still free on both sides, each in its order."""

    def __init__(self, book: Sequence[MoneyItem], bank: Sequence[MoneyItem]) -> None:
        self._sides = {BOOK: list(book), BANK: list(bank)}
        self._used: set[tuple[str, str, int]] = set()

    def free(self, side: str) -> list[MoneyItem]:
        return [one for one in self._sides[side] if one.key not in self._used]

    def take(self, items: Iterable[MoneyItem]) -> bool:
        """Use the items, unless one of them is used already."""
        keys = {one.key for one in items}
        if keys & self._used:
            return False
        self._used |= keys
        return True


def _one_to_one(pool: _Pool) -> Iterator[Proposal]:
    """Equal amounts not more than ten days apart; the nearest days and the likest words first."""
    yield from _pairs(pool, NEARBY)


def _far_apart(pool: _Pool) -> Iterator[Proposal]:
    """Equal amounts weeks apart are offered to a person."""
    yield from _pairs(pool, FAR)


def _pairs(pool: _Pool, days: int) -> Iterator[Proposal]:
    banks: dict[int, list[tuple[int, MoneyItem]]] = {}
    for place, one in enumerate(pool.free(BANK)):
        banks.setdefault(one.amount_fen, []).append((place, one))
    pairs = [
        (_gap(one, two), -_likeness(one.words, two.words), here, there, one, two)
        for here, one in enumerate(pool.free(BOOK))
        for there, two in banks.get(one.amount_fen, ())
        if _gap(one, two) <= days
    ]
    rivals = _rivals([(one, two) for *_rank, one, two in pairs])
    for gap, unlike, _here, _there, one, two in sorted(pairs, key=lambda pair: pair[:4]):
        if pool.take((one, two)):
            alone = max(rivals[one.key], rivals[two.key]) == 1
            yield Proposal(ONE_TO_ONE, (one, two), _sure_of(gap, -unlike, alone), _gap_words(one, two))


def _sure_of(gap: int, likeness: int, alone: bool) -> str:
    if gap > NEARBY:
        return POSSIBLE
    return CERTAIN if gap <= NEAR and (alone or likeness) else LIKELY


def _rivals(pairs: Sequence[tuple[MoneyItem, MoneyItem]]) -> dict[tuple[str, str, int], int]:
    counts: dict[tuple[str, str, int], int] = {}
    for pair in pairs:
        for one in pair:
            counts[one.key] = counts.get(one.key, 0) + 1
    return counts


def _groups(pool: _Pool) -> Iterator[Proposal]:
    """One amount on one side is the sum of several on the other, all in one direction and within a week."""
    for side, other, kind in ((BOOK, BANK, ONE_TO_MANY), (BANK, BOOK, MANY_TO_ONE)):
        for one in pool.free(side):
            parts = [
                two
                for two in pool.free(other)
                if (two.amount_fen > 0) == (one.amount_fen > 0) and _gap(one, two) <= GROUP_DAYS
                and abs(two.amount_fen) < abs(one.amount_fen)
            ]  # fmt: skip
            sums = _sums(one, parts)
            first = next(sums, None)
            if first is None or not pool.take((one, *first)):
                continue
            akin = len({two.day for two in first}) == 1 or any(_likeness(one.words, two.words) for two in first)
            only = akin and next(sums, None) is None
            text = _("{n} 笔合计正好相等").format(n=len(first))
            items = (one, *first) if side == BOOK else (*first, one)
            yield Proposal(kind, items, LIKELY if only else POSSIBLE, text)


def _sums(one: MoneyItem, parts: Sequence[MoneyItem]) -> Iterator[tuple[MoneyItem, ...]]:
    """Sets of parts that add up: all of one day first, then the smallest sets of the nearest parts."""
    days = sorted({two.day for two in parts}, key=lambda day: (abs((day - one.day).days), day))
    told = set()
    for day in days:
        of_day = tuple(two for two in parts if two.day == day)
        if len(of_day) > 1 and sum(two.amount_fen for two in of_day) == one.amount_fen:
            told.add(frozenset(two.key for two in of_day))
            yield of_day
    near = sorted(parts, key=lambda two: _gap(one, two))[:GROUP_POOL]
    for size in range(2, GROUP_MOST + 1):
        for some in combinations(near, size):
            if sum(two.amount_fen for two in some) != one.amount_fen:
                continue
            keys = frozenset(two.key for two in some)
            if keys not in told:
                told.add(keys)
                yield tuple(sorted(some, key=lambda two: two.day))


def _inside(pool: _Pool) -> Iterator[Proposal]:
    """Money that went out and came back on the same side: 退汇 at the bank, a reversal in the books."""
    for side in (BANK, BOOK):
        free = pool.free(side)
        for place, one in enumerate(free):
            for two in free[place + 1 :]:
                if one.amount_fen + two.amount_fen or _gap(one, two) > INSIDE_DAYS:
                    continue
                told = any(word in one.words + two.words for word in RETURNED)
                if pool.take((one, two)):
                    text = _("银行一进一出，账上没有记，两笔都要补做凭证") if side == BANK else _("账上一正一负相抵")
                    yield Proposal(INSIDE, (one, two), LIKELY if told else POSSIBLE, text)
                    break


def _partial(pool: _Pool) -> Iterator[Proposal]:
    """A batch of which the bank has paid a part: wages of five of which one card did not work."""
    for one in pool.free(BOOK):
        near = [
            two
            for two in pool.free(BANK)
            if _gap(one, two) <= NEAR and (two.amount_fen > 0) == (one.amount_fen > 0)
            and abs(two.amount_fen) < abs(one.amount_fen) and _batch(one.words) and _batch(two.words)
        ]  # fmt: skip
        if not near or not pool.take((one, near[0])):
            continue
        rest = abs(one.amount_fen - near[0].amount_fen)
        text = _("银行只办了一部分，还有 {yuan} 元").format(yuan=said_yuan(rest))
        yield Proposal(PARTIAL, (one, near[0]), LIKELY if len(near) == 1 else POSSIBLE, text)


def _batch(words: str) -> bool:
    return any(word in words for word in BATCH)


def _gap(one: MoneyItem, two: MoneyItem) -> int:
    return abs((one.day - two.day).days)


def _gap_words(one: MoneyItem, two: MoneyItem) -> str:
    days = (two.day - one.day).days
    if not days:
        return _("同一天、同金额")
    return _("同金额，银行晚 {n} 天").format(n=days) if days > 0 else _("同金额，银行早 {n} 天").format(n=-days)


def _likeness(one: str, two: str) -> int:
    """How many pairs of neighbouring signs the two have in common."""
    return len(_neighbours(one) & _neighbours(two))


def _neighbours(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def guess_account(words: str, habits: Sequence[tuple[str, str]], accounts: Mapping[str, Account]) -> str:
    """The leaf that what the bank wrote usually goes to, empty when no habit fits or the book has no such leaf."""
    for word, name in habits:
        if word in words:
            fits = (code for code, one in accounts.items() if one.leaf and not one.stopped_on and one.name == name)
            return next(fits, "")
    return ""
