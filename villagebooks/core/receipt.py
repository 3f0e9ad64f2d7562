"""Income receipts (收款收据): books of continuous numbers issued to a reporter; every number is accounted for."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from villagebooks.core.paper import Paper
from villagebooks.core.period import read_day
from villagebooks.core.problem import Problem
from villagebooks.core.words import _, plain_text

USED, VOID, MISSING = "used", "void", "missing"
MOST_NUMBERS = 10_000
"""Numbers of one receipt book; real ones have 25 to 100."""
APART_DAYS = 90
"""A receipt book that its holder did not write in for so long, while somebody else writes in a later one, is done with.
"""


@dataclass(frozen=True, slots=True)
class ReceiptBook:
    """A book of receipts issued to a reporter; `first` and `last` are inclusive, leading zeros kept (`0012351`).

    `used_before` counts numbers used from `first` on before this program kept them; numbers that it knows (a void one
    that was registered at the take-over) are not among them.
    """

    code: str
    village: str
    first: str
    last: str
    issued_on: str
    issued_to: str
    used_before: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """One number of a receipt book: state used or void, the paper it came with, amount in fen."""

    book: str
    number: str
    state: str
    paper: str = ""
    day: str = ""
    amount_fen: int = 0


@dataclass(frozen=True, slots=True)
class ReceiptCount:
    """What became of a receipt book's numbers up to the end of a month; `missing` ones were skipped."""

    book: str
    used: tuple[str, ...]
    void: tuple[str, ...]
    left: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssuedBook:
    """A receipt book with what became of its numbers; `numbers` are those used, voided or skipped."""

    book: ReceiptBook
    count: ReceiptCount
    numbers: tuple[Receipt, ...]


@dataclass(frozen=True, slots=True)
class ReceiptUse:
    """A receipt book as it is returned: its numbers, their papers and the titles of their vouchers by the paper's uid;
    a title is empty for what is not booked yet."""

    issued: IssuedBook
    papers: Mapping[str, Paper]
    titles: Mapping[str, str]

    @property
    def total_fen(self) -> int:
        """What its used numbers took in."""
        return sum(one.amount_fen for one in self.issued.numbers if one.state == USED)


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """The blank numbers at the end of a receipt book (`first` to `last`, `count` of them) that is done with: the one
    with the code `following`, handed out later, was begun, and nothing became of these."""

    book: str
    following: str
    first: str
    last: str
    count: int

    @property
    def sentence(self) -> str:
        """What is told of it: torn off behind the last number, they leave no gap."""
        text = _("已换用 {following}，后面的空白 {first}—{last} 共 {n} 张没有用、没有作废，也没有交回")
        if self.count == 1:
            text = _("已换用 {following}，最后一张空白 {first} 没有用、没有作废，也没有交回")
        return text.format(following=self.following, first=self.first, last=self.last, n=self.count)


def left_behind(issued: Sequence[IssuedBook]) -> list[LeftBehind]:
    """Receipt books that another took the place of, a volume of the same make (as wide, higher numbers) that was handed
    out later, with blank numbers left. Where both are in use, none is done with; two people with a volume each may each
    write for a while without the other, `APART_DAYS` long."""
    found = []
    for one in issued:
        begun = [other for other in issued if _follows(other, one)]
        if begun and one.count.left > 0:
            after = min(begun, key=lambda other: other.book.first)
            found.append(
                LeftBehind(one.book.code, after.book.code, next_number(one), one.book.last, one.count.left)
            )  # fmt: skip
    return found


def _follows(other: IssuedBook, one: IssuedBook) -> bool:
    new, old = other.book, one.book
    if not (len(new.first) == len(old.first) and new.first > old.last and new.issued_on > old.issued_on):
        return False
    days = sorted(number.day for number in other.numbers if number.state == USED)
    last = max((number.day for number in one.numbers if number.state == USED), default="")
    if not days or last > days[0]:
        return False
    if new.issued_to == old.issued_to:
        return True
    now, then = read_day(days[-1]), read_day(max(last, old.issued_on))
    return not now or not then or (now - then).days >= APART_DAYS


def tidy_receipt_book(new: ReceiptBook) -> ReceiptBook:
    """The receipt book with every text as it can be kept."""
    code, first, last = (plain_text(text).strip() for text in (new.code, new.first, new.last))
    first, last = map(tidy_number, (first, last))
    return replace(new, code=code, first=first, last=last, issued_to=plain_text(new.issued_to).strip())


def tidy_number(text: str) -> str:
    """A receipt's number with plain digits, where an input method was left on."""
    return unicodedata.normalize("NFKC", text).strip()


def check_receipt_book(new: ReceiptBook) -> list[Problem]:
    """Whether a receipt book may be issued: a code, a range of numbers of one width, to whom and when."""
    problems = []

    def add(text: str, field: str) -> None:
        problems.append(Problem(text, field=field))

    if not new.code or "/" in new.code:
        add(_("请写收据本的编号，里面不能有斜线"), "code")
    if not is_number(new.first, new.last) or not is_number(new.last, new.last) or new.first > new.last:
        add(_("收据起止号不对：{first}—{last}").format(first=new.first, last=new.last), "first")
    elif int(new.last) - int(new.first) >= MOST_NUMBERS:
        add(_("一本收据最多 {n} 张").format(n=MOST_NUMBERS), "last")
    elif not 0 <= new.used_before <= int(new.last) - int(new.first) + 1:
        add(_("以前用过的张数比这本收据还多"), "used_before")
    if not new.issued_to:
        add(_("请写领用人"), "issued_to")
    if read_day(new.issued_on) is None:
        add(_("没有 {day} 这一天").format(day=new.issued_on), "issued_on")
    return problems


def is_number(text: str, like: str) -> bool:
    """Whether this is a receipt's number as wide as those of its book: 0012351, without leading zeros cut off."""
    return text.isascii() and text.isdigit() and len(text) == len(like)


def account_for(book: ReceiptBook, seen: Sequence[Receipt]) -> IssuedBook:
    """The receipt book with every number that was used, voided or skipped, in order."""
    count = count_receipts(book, seen)
    skipped = [Receipt(book.code, number, MISSING) for number in count.missing]
    return IssuedBook(book, count, tuple(sorted([*seen, *skipped], key=lambda one: one.number)))


def next_number(one: IssuedBook) -> str:
    """The first number that is still blank, empty when the receipt book is used up."""
    last, left = one.book.last, one.count.left
    return f"{int(last) - left + 1:0{len(last)}d}" if left > 0 else ""


def blank_numbers(one: IssuedBook) -> list[str]:
    """Every number behind the last one that anything became of."""
    last, left = int(one.book.last), max(one.count.left, 0)
    return [f"{number:0{len(one.book.last)}d}" for number in range(last - left + 1, last + 1)]


def check_voidable(one: IssuedBook, number: str) -> list[Problem]:
    """Whether a number (as typed) stands in the receipt book and nothing became of it yet."""
    number = tidy_number(number)
    if not (is_number(number, one.book.first) and one.book.first <= number <= one.book.last):
        return [Problem(_("收据 {n} 不在本村领用的号段里").format(n=number), field="number")]
    if any(row.number == number and row.state != MISSING for row in one.numbers):
        return [Problem(_("收据 {n} 已经用过或作废").format(n=number), field="number")]
    return []


def count_receipts(book: ReceiptBook, seen: Sequence[Receipt]) -> ReceiptCount:
    """Used, void, still blank, and skipped: every number up to the highest one seen must be accounted for."""
    first, last, width = int(book.first), int(book.last), len(book.first)
    by_number = {int(one.number): one for one in seen}
    start = _first_after(first, book.used_before, by_number)
    highest = max([start - 1, *by_number])
    missing = [number for number in range(start, highest + 1) if number not in by_number]
    used = sorted(one.number for one in seen if one.state == "used")
    void = sorted(one.number for one in seen if one.state == "void")
    left = last - highest
    return ReceiptCount(book.code, tuple(used), tuple(void), left, tuple(f"{n:0{width}d}" for n in missing))


def _first_after(first: int, used_before: int, known: Mapping[int, Receipt]) -> int:
    """The number after those used before, of which `known` ones are none."""
    number = first
    while used_before:
        used_before -= number not in known
        number += 1
    return number
