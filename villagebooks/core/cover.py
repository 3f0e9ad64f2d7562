"""Binding covers (封面) of a month's vouchers, a year's ledgers and statements, and the catalogue of vouchers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.period import Month
from villagebooks.core.voucher import POSTED, VOID, VoucherHead
from villagebooks.core.words import _

VOUCHERS, CATALOGUE, LEDGERS, STATEMENTS = "vouchers", "catalogue", "ledgers", "statements"
KINDS = (VOUCHERS, CATALOGUE, LEDGERS, STATEMENTS)
A4, VOUCHER_SIZE = "A4", "240x140"
KEEP_YEARS = {VOUCHERS: 30, LEDGERS: 30, STATEMENTS: 0}
"""Retention in years, 0 for ever: the yearly report (会计档案管理办法, RULES §5)."""


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Numbers of one voucher word in a volume: from, to, how many, and how many of them are void."""

    word: str
    first: int
    last: int
    count: int
    void: int


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover: whose, of what, of when, what is inside. `contents` are the titles of a year's ledgers or statements.

    Of vouchers: the numbers by word, how many sheets, all their attachments, the first and last day; `volume` of
    `volumes`; `waiting` of the sheets, with so many attachments, are not posted yet. `keep_years` 0 is for ever.
    """

    kind: str
    code: str
    name: str
    centre: str
    year: int
    month: int = 0
    numbers: tuple[NumberRange, ...] = ()
    sheets: int = 0
    attachments: int = 0
    first_day: date | None = None
    last_day: date | None = None
    volume: int = 1
    volumes: int = 1
    contents: tuple[str, ...] = ()
    keep_years: int = 0
    waiting: int = 0
    waiting_attachments: int = 0

    @property
    def title(self) -> str:
        """What stands largest on it."""
        titles = {
            VOUCHERS: _("会计凭证封面"), LEDGERS: _("会计账簿封面"), STATEMENTS: _("会计报表封面"),
        }  # fmt: skip
        return titles[self.kind]

    @property
    def period(self) -> str:
        """2026 年 9 月, or the year."""
        if self.month:
            return _("{year} 年 {month} 月").format(year=self.year, month=self.month)
        return _("{year} 年度").format(year=self.year)

    @property
    def kept(self) -> str:
        """How long it is kept."""
        return _("{n} 年").format(n=self.keep_years) if self.keep_years else _("永久")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """凭证目录 of a month: every number with its day, summary, amount and attachments."""

    code: str
    name: str
    month: Month
    heads: tuple[VoucherHead, ...]

    @property
    def attachments(self) -> int:
        """Attachments of every voucher that is not void."""
        return sum(head.attachment_count for head in self.heads if head.state != VOID)

    @property
    def total_fen(self) -> int:
        """What the vouchers that are not void sum to."""
        return sum(head.total_fen for head in self.heads if head.state != VOID)


def number_ranges(heads: Sequence[VoucherHead]) -> tuple[NumberRange, ...]:
    """The numbers of each word from the lowest to the highest."""
    found: dict[str, list[VoucherHead]] = {}
    for head in heads:
        found.setdefault(head.word, []).append(head)
    return tuple(
        NumberRange(
            word, min(one.number for one in ones), max(one.number for one in ones), len(ones),
            sum(one.state == VOID for one in ones),
        )
        for word, ones in found.items()
    )  # fmt: skip


def voucher_covers(
    code: str, name: str, centre: str, month: Month, heads: Sequence[VoucherHead], each: int = 0
) -> tuple[Cover, ...]:
    """One cover for the month's vouchers, or one for every `each` of them in the order of word and number."""
    size = each if each > 0 else max(len(heads), 1)
    parts = [heads[start : start + size] for start in range(0, len(heads), size)]
    waiting = [[one.attachment_count for one in part if one.state not in (POSTED, VOID)] for part in parts]
    return tuple(
        Cover(
            VOUCHERS, code, name, centre, month.year, month.month, number_ranges(part), len(part),
            sum(one.attachment_count for one in part if one.state != VOID), min(one.day for one in part),
            max(one.day for one in part), number, len(parts), keep_years=KEEP_YEARS[VOUCHERS],
            waiting=len(waiting[number - 1]), waiting_attachments=sum(waiting[number - 1]),
        )
        for number, part in enumerate(parts, 1)
    )  # fmt: skip
