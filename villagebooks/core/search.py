"""What is looked for among vouchers: what was typed, read as numbers, amounts, days, states and words."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from villagebooks.core.money import LARGEST_FEN, read_yuan
from villagebooks.core.period import Month
from villagebooks.core.voucher import APPROVED, DRAFT, POSTED, SUBMITTED, VOID, WORDS
from villagebooks.core.words import N_, _, plain_text

DAY, NUMBER, VILLAGE, AMOUNT, STATE = "day", "number", "village", "amount", "state"
"""What found vouchers are sorted by."""
STATE_WORDS: Mapping[str, str] = {
    DRAFT: N_("草稿"), SUBMITTED: N_("待签字"), APPROVED: N_("待记账"), POSTED: N_("已记账"), VOID: N_("作废"),
}  # fmt: skip
MOST_TYPED, MOST_WORDS = 200, 20
"""Who pastes a whole letter looks for how it begins; a database compares no longer words and puts no more together."""
_VOUCHER = re.compile(rf"([{''.join(WORDS)}])字?第?-?(\d{{1,6}})号?")
_PAPER = re.compile(r"报(?:账单)?第?-?(\d{1,6})号?")
_MONTH = re.compile(r"(\d{4})(?:[-./](\d{1,2})|年(?:(\d{1,2})月?)?)")
_OF_YEAR = re.compile(rf"(1[0-2]|0?[1-9])月(?:份)?(?:(\d{{1,6}})([日号])?|([{''.join(WORDS)}报].*))?")
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_STUCK = re.compile(rf"(\d{{4}}[-./年]\d{{1,2}}月?)([{''.join(WORDS)}报].*)")
_BEYOND = re.compile(r"(>=|<=|>|<|≥|≤)(.+)")
_FROM = re.compile(r"([^.~…]+(?:\.\d+)?)(?:\.\.|~|…)")
_BETWEEN = re.compile(r"(.+?)(?:\.\.+|~|…)(.+)")


@dataclass(frozen=True, slots=True)
class Term:
    """One of the words that were typed, as everything it may mean; a voucher must fit one of the meanings.

    `amount` is a range of fen of the whole voucher or of one of its lines (`whole`: of the voucher alone), `day` how an
    ISO day begins, `number` of a voucher or a paper. `text` is looked for in words, names and numbers of documents.
    """

    text: str = ""
    amount: tuple[int, int] | None = None
    whole: bool = False
    voucher: tuple[str, int] | None = None
    paper: int | None = None
    number: int | None = None
    day: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class VoucherQuery:
    """Which vouchers, and in which order: of one book (by code) or of all, of months, in states, that fit the words.

    A month that is typed without its year (9月记6) is one of `year`, the year in hand.
    """

    words: str = ""
    book: str = ""
    first: Month | None = None
    last: Month | None = None
    states: tuple[str, ...] = ()
    order: str = DAY
    down: bool = False
    year: int = 0


@dataclass(frozen=True, slots=True)
class FoundVoucher:
    """A row of a list over months and books; `row` is known to the database, `party` the first one in its lines."""

    row: int
    uid: str
    book: str
    book_name: str
    month: Month
    word: str
    number: int
    day: date
    kind: str
    state: str
    summary: str
    total_fen: int
    attachment_count: int
    prepared_by: str
    party: str = ""

    @property
    def title(self) -> str:
        """记-12."""
        return f"{self.word}-{self.number}"


@dataclass(frozen=True, slots=True)
class Ordered:
    """A piece of an answer: `rows` are known to the database, in their order; `after` is where the rest begins, known
    to the database too, None at the end.

    `loose`: more may come between these rows, and the next piece tells them again. `percent`: how much was gone
    through. `total_fen` sums the rows without void ones, None when nobody counted.
    """

    rows: array[int] = field(default_factory=lambda: array("q"))
    after: object = None
    loose: bool = False
    percent: int = 100
    total_fen: int | None = None


def read_terms(words: str, year: int = 0) -> tuple[Term, ...]:
    """Each word as what it may mean: 记-12, 2026-03 记12, 1,260.50, >5000, 1000..2000, 报12, 草稿, 电费; in a `year`
    also 9月记6 and 9月6号."""
    found = []
    for typed in plain_text(words)[:MOST_TYPED].split()[:MOST_WORDS]:
        word = unicodedata.normalize("NFKC", typed)
        if year and (of_year := _OF_YEAR.fullmatch(word)):
            found += _read_month(year, of_year, typed)
            continue
        stuck = _STUCK.fullmatch(word)
        found += [_read_term(part, part) for part in stuck.groups()] if stuck else [_read_term(word, typed)]
    return tuple(found)


def _read_month(year: int, found: re.Match[str], typed: str) -> list[Term]:
    """9月 of a year, and what follows it: 记6, or 6号, which is the day or the number of a voucher."""
    month = f"{year:04d}-{int(found[1]):02d}"
    if found[4]:
        return [Term(day=month), _read_term(found[4], found[4])]
    if not found[2]:
        return [Term(day=month, text=typed)]
    day = f"{month}-{int(found[2]):02d}"
    if found[3] == "日":
        return [Term(day=day, text=typed)]
    return [Term(day=month), Term(number=int(found[2]), day=day)]


def _read_term(word: str, typed: str) -> Term:
    """`word` is read as figures and signs, `typed` stands in the books as it was typed: 120㎡ is no 120m2."""
    limits = _read_limits(word)
    if limits:
        return Term(amount=limits, whole=True)
    if voucher := _VOUCHER.fullmatch(word):
        return Term(voucher=(voucher[1], int(voucher[2])))
    if paper := _PAPER.fullmatch(word):
        return Term(paper=int(paper[1]), text=typed)
    if day := _read_day(word):
        return Term(day=day, text=typed)
    for state, name in STATE_WORDS.items():
        if word in (name, _(name)):
            return Term(state=state, text=typed)
    plain = word.strip("¥元")
    fen = read_yuan(plain)
    if fen is None:
        return Term(text=typed)
    number = int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 6 else None
    year = f"{plain}-" if number is not None and 1900 <= number <= 9999 else ""
    return Term(typed, _begins(plain, abs(fen)), number=number, day=year)


def _begins(plain: str, fen: int) -> tuple[int, int]:
    """The amounts that a person may be typing: 1260 becomes 1,260.50."""
    decimals = len(plain.partition(".")[2])
    return fen, fen + (99, 9, 0)[min(decimals, 2)]


def _read_limits(word: str) -> tuple[int, int] | None:
    if beyond := _BEYOND.fullmatch(word):
        fen = read_yuan(beyond[2].strip("¥元"))
        if fen is None:
            return None
        return {
            ">": (fen + 1, LARGEST_FEN), "<": (-LARGEST_FEN, fen - 1), ">=": (fen, LARGEST_FEN),
            "≥": (fen, LARGEST_FEN), "<=": (-LARGEST_FEN, fen), "≤": (-LARGEST_FEN, fen),
        }[beyond[1]]  # fmt: skip
    if (from_on := _FROM.fullmatch(word)) and (fen := read_yuan(from_on[1].strip("¥元"))) is not None:
        return fen, LARGEST_FEN
    if between := _BETWEEN.fullmatch(word):
        low, high = (read_yuan(part.strip("¥元")) for part in between.groups())
        if low is not None and high is not None:
            return min(low, high), max(low, high)
    return None


def _read_day(word: str) -> str:
    """How ISO days of a day, month or year begin; empty for anything else."""
    if day := _DAY.fullmatch(word):
        return f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}"
    if month := _MONTH.fullmatch(word):
        number = month[2] or month[3]
        return f"{month[1]}-{int(number):02d}" if number else f"{month[1]}-"
    return ""
