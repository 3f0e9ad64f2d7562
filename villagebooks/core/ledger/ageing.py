"""往来账龄: how old the claims and debts of every party are, first in first out; claims and debts never netted."""

from __future__ import annotations

import calendar
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from villagebooks.core.account import Account
from villagebooks.core.ledger.request import AGEING, YEARS
from villagebooks.core.ledger.sheet import DAY, LINE, MONEY, TEXT, TOTAL, Cell, Sheet, SheetColumn, SheetRow
from villagebooks.core.period import Month, month_of
from villagebooks.core.words import _

CURRENT_ACCOUNTS = {"2023": ("112", "113", "211", "212"), "2004": ("112", "113", "202", "211")}
"""应收款, 内部往来, 应付款, 应付工资 of each standard."""


@dataclass(frozen=True, slots=True)
class Move:
    """What one voucher moved on a leaf × party, net in fen, debit positive; `reverses` is the voucher it takes back."""

    account: str
    party: str
    day: date
    uid: str
    reverses: str
    net_fen: int


@dataclass(frozen=True, slots=True)
class AgeingRow:
    """The claims (or debts) of a leaf × party: what is open, in parts by age, and the day of the oldest part."""

    book: str
    account: str
    name: str
    party: str
    is_debt: bool
    open_fen: int
    parts_fen: tuple[int, ...]
    oldest: date


@dataclass(frozen=True, slots=True)
class Ageing:
    """Claims and debts on a day, parted at `bounds` months."""

    book: str
    as_of: date
    bounds: tuple[int, ...]
    rows: tuple[AgeingRow, ...]


def build_ageing(
    book: str, accounts: Mapping[str, Account], moves: Iterable[Move], as_of: date, bounds: Sequence[int] = YEARS
) -> tuple[AgeingRow, ...]:
    """One row for every leaf × party that is not settled, by account, claims before debts, by party.

    `moves` stand in the order of days. A payment settles the oldest open item first; what is paid beyond them opens an
    item on the other side. A voucher that was taken back, and the reversal that did it, move nothing.
    """
    details: dict[tuple[str, str], list[Move]] = {}
    for one in moves:
        details.setdefault((one.account, one.party), []).append(one)
    edges = [months_before(as_of, months) for months in bounds]
    rows = []
    for (code, party), mine in details.items():
        items = open_items(mine)
        if items:
            parts = [0] * (len(edges) + 1)
            for day, fen in items:
                parts[sum(day < edge for edge in edges)] += abs(fen)
            name = accounts[code].name if code in accounts else ""
            rows.append(AgeingRow(book, code, name, party, items[0][1] < 0, sum(parts), tuple(parts), items[0][0]))
    return tuple(sorted(rows, key=lambda row: (row.account, row.is_debt, row.party)))


def open_items(moves: Sequence[Move]) -> list[tuple[date, int]]:
    """(day, signed fen) of what is not settled after the moves, the oldest first; all of one sign."""
    gone = _taken_back(moves)
    queue: deque[tuple[date, int]] = deque()
    for one in moves:
        rest = 0 if one.uid in gone else one.net_fen
        while rest and queue and (queue[0][1] < 0) != (rest < 0):
            day, fen = queue.popleft()
            if abs(fen) > abs(rest):
                queue.appendleft((day, fen + rest))
                rest = 0
            else:
                rest += fen
        if rest:
            queue.append((one.day, rest))
    return list(queue)


def _taken_back(moves: Sequence[Move]) -> set[str]:
    """Vouchers whose whole move here was taken back, and the reversals that did it."""
    nets = {one.uid: one.net_fen for one in moves}
    gone: set[str] = set()
    for one in moves:
        if one.reverses and nets.get(one.reverses) == -one.net_fen:
            gone |= {one.uid, one.reverses}
    return gone


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, the last of the month where there is none: what is younger is within."""
    month: Month = month_of(day).plus(-months)
    return date(month.year, month.month, min(day.day, calendar.monthrange(month.year, month.month)[1]))


def bound_names(bounds: Sequence[int]) -> tuple[str, ...]:
    """1年以内, 1—2年, 2—3年, 3年以上; in months where a bound is no whole year."""
    whole = all(one % 12 == 0 for one in bounds)
    marks = [one // 12 for one in bounds] if whole else list(bounds)
    within, between, over = (
        (_("{n}年以内"), _("{a}—{b}年"), _("{n}年以上"))
        if whole
        else (_("{n}个月以内"), _("{a}—{b}个月"), _("{n}个月以上"))
    )
    middle = [between.format(a=a, b=b) for a, b in pairwise(marks)]
    return (within.format(n=marks[0]), *middle, over.format(n=marks[-1]))


def ageing_sheet(one: Ageing, names: Mapping[str, str]) -> Sheet:
    """The table: below the parties of an account the sums of its claims and of its debts, at the end those of all."""
    columns = (
        SheetColumn("account", _("科目编码"), TEXT, 9), SheetColumn("name", _("科目名称"), TEXT, 18),
        SheetColumn("party", _("往来"), TEXT, 22), SheetColumn("side", _("性质"), TEXT, 7),
        SheetColumn("open", _("余额"), MONEY, 13),
        *(SheetColumn(f"part{place}", head, MONEY, 12, _("其中"))
          for place, head in enumerate(bound_names(one.bounds), 1)),
        SheetColumn("oldest", _("最早一笔"), DAY, 9.5),
    )  # fmt: skip
    rows: list[SheetRow] = []
    for code in dict.fromkeys(row.account for row in one.rows):
        for is_debt in (False, True):
            mine = [row for row in one.rows if row.account == code and row.is_debt == is_debt]
            rows += [_party_row(row, names) for row in mine]
            if mine:
                rows.append(_sum_row(code, mine[0].name, _side(is_debt), mine))
    for is_debt, label in ((False, _("应收合计")), (True, _("应付合计"))):
        rows.append(
            _sum_row("", label, _side(is_debt), [row for row in one.rows if row.is_debt == is_debt], len(one.bounds))
        )
    month = month_of(one.as_of)
    when = _("截至{year}年{month}月{day}日").format(year=month.year, month=month.month, day=one.as_of.day)
    return Sheet(
        AGEING, one.book, _("往来账龄分析表"), month, month, columns, tuple(rows), (_method(),), when=when
    )  # fmt: skip


def _side(is_debt: bool) -> str:
    return _("应付") if is_debt else _("应收")


def _party_row(row: AgeingRow, names: Mapping[str, str]) -> SheetRow:
    party = names.get(row.party, row.party) or _("未指明")
    cells: tuple[Cell, ...] = (
        row.account, row.name, party, _side(row.is_debt), row.open_fen, *row.parts_fen, row.oldest,
    )  # fmt: skip
    return SheetRow(LINE, cells, account=row.account, party=row.party)


def _sum_row(code: str, name: str, side: str, rows: Sequence[AgeingRow], bounds: int = 0) -> SheetRow:
    parts = [sum(part) for part in zip(*(row.parts_fen for row in rows), strict=True)] or [0] * (bounds + 1)
    label = _("小计") if code else ""
    return SheetRow(TOTAL, (code, name, label, side, sum(parts), *parts, None), account=code)


def _method() -> str:
    return _("先发生的先结清；同一往来的应收和应付不相抵；期初余额的账龄从期初日算起。")
