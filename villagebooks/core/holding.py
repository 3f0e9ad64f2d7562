"""会计档案保管清册: what of a book's year is kept, a line for every volume or kind of sheet, and for how long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.archive import OTHER, Loan
from villagebooks.core.cover import KEEP_YEARS, LEDGERS, STATEMENTS, VOUCHERS, Cover
from villagebooks.core.period import OPEN, Month
from villagebooks.core.words import _

FOR_EVER = 0
SHORT_YEARS = 10
"""Month and quarter reports, bank statements and reconciliations, in years (会计档案管理办法, RULES §5)."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Sheets of one kind that the books know of: how many, from which day until which; `keep_years` None where no
    source that was read says how long."""

    title: str
    count: int
    first: date
    last: date
    keep_years: int | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """A line of the register. `volumes` and `pages` are empty where only the one who binds knows: for the pen.

    `keep_years` 0 is for ever, None is not known.
    """

    kind: str
    title: str
    first: date
    last: date
    volumes: str
    pages: str
    keep_years: int | None
    remark: str = ""

    @property
    def kept(self) -> str:
        """How long it is kept, empty for the pen."""
        if self.keep_years is None:
            return ""
        return _("{n} 年").format(n=self.keep_years) if self.keep_years else _("永久")


@dataclass(frozen=True, slots=True)
class HoldingList:
    """A book's register of a year: its lines, the loans that are out, months that are not closed yet."""

    code: str
    name: str
    year: int
    lines: tuple[Holding, ...]
    out: tuple[Loan, ...] = ()
    not_closed: tuple[int, ...] = ()

    @property
    def open_words(self) -> str:
        """Months that are not closed, those in a row together: 1—8、10."""
        runs: list[list[int]] = []
        for month in self.not_closed:
            if runs and month == runs[-1][-1] + 1:
                runs[-1].append(month)
            else:
                runs.append([month])
        return _("、").join(f"{one[0]}—{one[-1]}" if len(one) > 1 else str(one[0]) for one in runs)

    @property
    def voucher_volumes(self) -> int:
        """Bound volumes of vouchers, one line each."""
        return sum(one.kind == VOUCHERS for one in self.lines)


def build_holdings(
    place: tuple[str, str],
    months: tuple[Month, Month],
    covers: Sequence[Cover],
    ledgers: Iterable[str],
    states: dict[Month, str],
    pieces: Iterable[Pieces] = (),
    loans: Iterable[Loan] = (),
) -> HoldingList:
    """The register of a book (code, name) and of its months (first, last) in a year; `covers` are those of its volumes
    of vouchers, `states` of months that are closed or locked."""
    code, name = place
    first, last = months
    year, days = first.year, (first.first_day, last.last_day)
    out = tuple(
        one for one in loans if one.returned_on is None
        and any(volume.book == code and volume.year == year for volume in one.volumes)
    )  # fmt: skip
    open_months = tuple(
        month for month in range(first.month, last.month + 1) if states.get(Month(year, month), OPEN) == OPEN
    )  # fmt: skip
    unfinished = _("年末没有结账") if last.month in open_months else ""
    lines = [_voucher_line(cover, code, out, open_months) for cover in covers]
    lines += [Holding(LEDGERS, title, *days, "", "", KEEP_YEARS[LEDGERS], unfinished) for title in ledgers]
    lines += [
        Holding(STATEMENTS, _("年度会计报表"), *days, "", "", FOR_EVER, unfinished),
        Holding(STATEMENTS, _("月份、季度会计报表"), *days, "", "", SHORT_YEARS, unfinished),
    ]
    lines += [
        Holding(OTHER, one.title, one.first, one.last, "", _("{n} 份").format(n=one.count), one.keep_years)
        for one in pieces
    ]
    return HoldingList(code, name, year, tuple(lines), out, open_months)


def _voucher_line(cover: Cover, code: str, out: Sequence[Loan], open_months: Sequence[int]) -> Holding:
    numbers = _("、").join(
        _("{word}字 {first}—{last} 号").format(word=one.word, first=one.first, last=one.last) for one in cover.numbers
    )
    title = _("{year}年{month}月会计凭证（{numbers}）")
    void = sum(one.void for one in cover.numbers)
    gone = [
        loan.borrower for loan in out for volume in loan.volumes
        if (volume.book, volume.kind, volume.year, volume.month, volume.number)
        == (code, VOUCHERS, cover.year, cover.month, cover.volume)
    ]  # fmt: skip
    remarks = [
        _("作废 {n} 张").format(n=void) if void else "",
        _("另有 {n} 张未记账").format(n=cover.waiting) if cover.waiting else "",
        _("{name}借出").format(name=gone[0]) if gone else "",
        _("没有结账") if cover.month in open_months else "",
    ]
    month = Month(cover.year, cover.month)
    return Holding(
        VOUCHERS, title.format(year=cover.year, month=cover.month, numbers=numbers),
        cover.first_day or month.first_day, cover.last_day or month.last_day,
        _("第 {n} 册　共 {all} 册").format(n=cover.volume, all=cover.volumes),
        _("凭证 {n} 张、附件 {m} 张").format(
            n=cover.sheets - cover.waiting, m=cover.attachments - cover.waiting_attachments
        ), cover.keep_years,
        _("；").join(one for one in remarks if one),
    )  # fmt: skip
