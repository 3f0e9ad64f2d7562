"""What is read of one book while its vouchers go by, and the words and numbers that reading and writing share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum

from villagebooks.core.money import LARGEST_FEN
from villagebooks.core.period import Month, month_of, read_day
from villagebooks.core.voucher import CLOSING, NORMAL, OPENING, PRIOR_YEAR, REVERSAL, WORDS
from villagebooks.core.words import _

OPENING_TITLE = "opening"
"""How a red voucher names the opening voucher, which has no number."""
KINDS = {
    "normal": NORMAL, "red": REVERSAL, "closing": CLOSING, "opening": OPENING, "prior": PRIOR_YEAR, "void": NORMAL,
}  # fmt: skip
"""Kinds of the exchange and what they are here; `prior` is our own addition for vouchers that correct earlier years."""
FIRST = "1"
"""In the column `line` it always begins a voucher."""
LARGEST_NUMBER = 999_999
LONGEST_HISTORY = 99
"""Years after the opening; a later date is a typing error."""

Cells = tuple[str, ...]
"""The cells of a row in the order of `Place`."""
Key = tuple[int, str, int]
"""A voucher's place in its book: year × 100 + month, word, number; (0, "", 0) for the opening."""


class Place(IntEnum):
    """Where a column stands in the cells of a row of lines.csv."""

    VILLAGE, DATE, NO, KIND, LINE, SUMMARY, ACCOUNT, DEBIT, CREDIT = range(9)
    PARTY, WORD, REVERSES, ATTACHMENTS, PREPARED, PROJECT, CONTRACT, BANK, QUANTITY, CORRECTS = range(9, 19)


@dataclass(frozen=True, slots=True)
class Limit:
    """From which ISO day an account takes no line (停用、拆分), but of the voucher of this title."""

    first: str
    but: str
    text: str


@dataclass(slots=True)
class BookRead:
    """What has been read of one book: accounts and parties, dates, numbers, and how often dimensions are filled."""

    code: str
    namespace: bytes
    """The 16 bytes of the book's uid."""
    leaves: Mapping[str, bool]
    parties: frozenset[str] | None
    given_start: Month | None = None
    """The first month that villages.csv gives; what stands before it is turnovers taken over."""
    opening: date | None = None
    earliest: tuple[str, int] = ("9999-99-99", 0)
    latest: tuple[str, int] = ("", 0)
    seen: set[Key] = field(default_factory=set)
    reversed: dict[Key, int] = field(default_factory=dict)
    corrected: dict[Key, int] = field(default_factory=dict)
    """What a blue, difference or earlier-year voucher puts right, with the line that says so."""
    filled: dict[str, list[int]] = field(default_factory=dict)
    """Of each account: how many lines, and how many of them fill party, project, contract and bank."""
    used_parties: set[str] = field(default_factory=set)
    vouchers: int = 0
    lines: int = 0
    turnover: int = 0
    """Sum of all amounts regardless of sign, fen: no balance can be larger."""

    limits: Mapping[str, Limit] = field(default_factory=dict)
    """Accounts that take no line any more from a day on."""

    def uid_of(self, title: str) -> str:
        """Uid of the voucher that was read under a title, empty when none was."""
        key = read_title(title) if title else None
        return uid_of(self.namespace, key) if key in self.seen else ""

    @property
    def start(self) -> Month | None:
        """First month: as given, else after the opening, else of the earliest voucher; None without any."""
        if self.given_start:
            return self.given_start
        if self.opening:
            return month_of(self.opening + timedelta(days=1))
        day = read_day(self.earliest[0])
        return month_of(day) if day else None

    def note_day(self, day: str, line: int) -> None:
        """A voucher of this day (ISO) stands at this line of the file."""
        if day < self.earliest[0]:
            self.earliest = (day, line)
        if day > self.latest[0]:
            self.latest = (day, line)

    def time_fault(self, day: date) -> str:
        """Why no voucher but the opening may have this date: it lies before the books begin, or far too late."""
        start = self.given_start
        if start and day < start.first_day and day != start.plus(-1).last_day:
            return _("日期 {day} 早于账套启用月份 {start}").format(day=day, start=start)
        if self.opening and day <= self.opening:
            return _("日期 {day} 不在期初（{opening}）之后").format(day=day, opening=self.opening)
        if self.opening and day.isoformat() > latest_day(self.opening.isoformat()):
            return _("日期 {day} 在期初之后 99 年以上").format(day=day)
        return ""

    @property
    def start_fault(self) -> str:
        """Why the given first month does not fit the opening: turnovers before it lie in one year that begins there."""
        if self.given_start is None or self.opening is None:
            return ""
        first, before = month_of(self.opening + timedelta(days=1)), self.given_start.plus(-1)
        if self.given_start == first or (first == Month(before.year, 1) and first <= before):
            return ""
        text = _("账套 {code} 从 {start} 开始，与期初 {day} 对不上")
        return text.format(code=self.code, start=self.given_start, day=self.opening)


def latest_day(first: str) -> str:
    """The last day (ISO) of a history that begins on the first."""
    return f"{int(first[:4]) + LONGEST_HISTORY:04d}{first[4:]}"


def title_of(key: Key) -> str:
    """`2026-08-记-7` of a voucher's place in its book."""
    return f"{key[0] // 100:04d}-{key[0] % 100:02d}-{key[1]}-{key[2]}"


def read_title(text: str) -> Key | None:
    """The place in its book that `2026-08-记-7` names, None when it names none."""
    if text == OPENING_TITLE:
        return (0, "", 0)
    parts = text.split("-")
    if len(parts) != 4 or parts[2] not in WORDS:
        return None
    year, month, number = whole(parts[0]), whole(parts[1]), whole(parts[3])
    if not year or not month or not number or not 1 <= month <= 12:
        return None
    return (year * 100 + month, parts[2], number)


def uid_of(namespace: bytes, key: Key) -> str:
    """UUID version 5 of book and place, so that a reversal can name a voucher wherever it stands in the file."""
    return uids_of(namespace, [key])[0]


def uids_of(namespace: bytes, keys: Iterable[Key]) -> list[str]:
    """The uids of many places at once: the standard library takes four times as long for each."""
    base, uids = hashlib.sha1(namespace, usedforsecurity=False), []
    for when, word, number in keys:
        hashed = base.copy()
        hashed.update(f"{when}/{word}/{number}".encode())
        text = hashed.hexdigest()
        uids.append(f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{_VARIANT[text[16]]}{text[17:20]}-{text[20:32]}")
    return uids


_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


def whole(text: str) -> int | None:
    """A plain number without sign, up to nine digits."""
    return int(text) if text.isdigit() and text.isascii() and len(text) < 10 else None


def read_amount(text: str) -> int | None:
    """Fen; an empty cell is zero."""
    digits = text[1:] if text[:1] == "-" else text
    if not digits:
        return None if text else 0
    if not (digits.isdigit() and digits.isascii()) or len(digits) > 16:
        return None
    fen = int(text)
    return fen if -LARGEST_FEN <= fen <= LARGEST_FEN else None


def amount_fault(text: str) -> str:
    """Why a text is no amount."""
    digits = text.removeprefix("-")
    if digits.isdigit() and digits.isascii():
        return _("金额太大：{text}").format(text=text[:30])
    return _("金额“{text}”不是整数（单位是分）").format(text=text[:30])
