"""Conditions on amounts and days: >5000, 大于5000, 5000以上, 1000..2000, 3月到5月, 2026-03以后."""

from __future__ import annotations

import re
from datetime import date, timedelta

from villagebooks.core.money import LARGEST_FEN, said_yuan
from villagebooks.core.search.day import FIRST_DAY, LAST_DAY, Days, read_days
from villagebooks.core.search.numeral import read_amount
from villagebooks.core.search.query import Term
from villagebooks.core.words import _

BEFORE = {
    ">=": ">=", "≥": ">=", "≧": ">=", "=>": ">=", "不少于": ">=", "不低于": ">=", "不小于": ">=", "至少": ">=",
    "大于等于": ">=", "<=": "<=", "≤": "<=", "≦": "<=", "=<": "<=", "不超过": "<=", "不大于": "<=", "不多于": "<=",
    "不高于": "<=", "至多": "<=", "最多": "<=", "小于等于": "<=", ">": ">", "大于": ">", "超过": ">", "高于": ">",
    "多于": ">", "<": "<", "小于": "<", "少于": "<", "低于": "<", "不到": "<", "不足": "<", "等于": "=", "=": "=",
}  # fmt: skip
"""Signs and words that stand before a figure; the longer one counts."""
BEHIND = {"以上": ">=", "及以上": ">=", "以下": "<=", "及以下": "<=", "以内": "<="}
DAYS_BEHIND = {
    "以后": ">=", "之后": ">=", "以来": ">=", "起": ">=", "开始": ">=", "以前": "<", "之前": "<", "为止": "<=",
    "止": "<=",
}  # fmt: skip
SIGNS = frozenset("<>=≥≤≧≦")
_BEFORE = re.compile(rf"(?:金额|合计|总额|日期)?:?({'|'.join(sorted(BEFORE, key=len, reverse=True))})(.*)")
_BEHIND = re.compile(rf"(?:金额|合计|总额)?:?(.+?)({'|'.join(sorted(BEHIND, key=len, reverse=True))})")
_DAYS_BEHIND = re.compile(rf"(?:日期)?:?(?:自|从)?(.+?)({'|'.join(DAYS_BEHIND)})")
_BETWEEN = re.compile(r"(?:金额|合计|总额|日期)?:?(?:自|从)?(.*?)(?:\.\.+|。。+|[~〜…—–]+)(.*)")
_UP_TO = re.compile(r"(?:金额|合计|总额|日期)?:?(?:自|从)?(.+?)[到至](.+)")
_NEAR = re.compile(r"(?:金额|合计|总额)?:?(?:大约|大概|约)(.+)|(?:金额|合计|总额)?:?(.+?)左右")
NEAR_PERCENT = 10
"""How far from an amount something is that somebody says is about it."""


def read_bound(word: str, year: int) -> tuple[Term, str] | None:
    """The condition that a word (NFKC) is, and how it is said; None when it is none."""
    word = word.removesuffix("的")
    if found := _BEFORE.fullmatch(word):
        way, figure = BEFORE[found[1]], found[2]
        return _amounts(way, figure) or _days(way, figure, year)
    for pattern, ways in ((_BEHIND, BEHIND), (_DAYS_BEHIND, DAYS_BEHIND)):
        if found := pattern.fullmatch(word):
            way, figure = ways[found[2]], found[1]
            read = _amounts(way, figure) if ways is BEHIND else _days(way, figure, year)
            if read:
                return read
    if (found := _NEAR.fullmatch(word)) and (fen := read_amount(found[1] or found[2])):
        about = fen * NEAR_PERCENT // 100
        return _between_amounts(fen - about, fen + about)
    for pattern in (_BETWEEN, _UP_TO):
        if (found := pattern.fullmatch(word)) and (read := _between(found[1], found[2], year)):
            return read
    return None


def why_no_bound(word: str, year: int) -> str:
    """What may be typed in place of a condition that nobody understands; empty for what is no condition at all."""
    if (found := _BEFORE.fullmatch(word)) and found[1][0] in SIGNS:
        return _("“{sign}”后面写金额或日期，如 {sign}5000、{sign}2026-03").format(sign=found[1])
    between = _BETWEEN.fullmatch(word)
    if between and any(_is_figure(part, year) for part in between.groups()):
        return _("两边都写金额，或者都写日期，如 1000..2000、3月..5月；只写前面一个，就是从它起")
    if between and not any(between.groups()):
        return _("“..”两边写金额或日期，如 1000..2000、3月..5月")
    return ""


def _is_figure(part: str, year: int) -> bool:
    return bool(part) and (read_amount(part) is not None or read_days(part, year) is not None)


def _amounts(way: str, figure: str) -> tuple[Term, str] | None:
    fen = read_amount(figure)
    if fen is None:
        return None
    most = LARGEST_FEN
    low, high, said = {
        ">": (fen + 1, most, _("合计大于 {yuan} 元")), ">=": (fen, most, _("合计 {yuan} 元及以上")),
        "<": (-most, fen - 1, _("合计小于 {yuan} 元")), "<=": (-most, fen, _("合计 {yuan} 元及以下")),
        "=": (fen, fen, _("合计正好 {yuan} 元")),
    }[way]  # fmt: skip
    said = said.format(yuan=said_yuan(fen))
    if low <= 0 and high == most:
        said = _("{said}（正数都在内）").format(said=said)
    return Term(amount=(low, high), whole=True), said


def _days(way: str, figure: str, year: int) -> tuple[Term, str] | None:
    days = read_days(figure, year)
    if not days or days.wrong:
        return None
    first, last = {
        ">": (_beside(days.last, 1), LAST_DAY), ">=": (days.first, LAST_DAY), "<": (FIRST_DAY, _beside(days.first, -1)),
        "<=": (FIRST_DAY, days.last), "=": (days.first, days.last),
    }[way]  # fmt: skip
    return Term(days=(first, last)), say_days(first, last)


def _between(low: str, high: str, year: int) -> tuple[Term, str] | None:
    if not low or not high:
        way, figure = (">=", low) if low else ("<=", high)
        return (_amounts(way, figure) or _days(way, figure, year)) if figure else None
    # 3月..5月 and 2026-03..2026-05 are days first: the other way round is no amount
    one, two = read_days(low, year), read_days(high, _year_of(low, year))
    if one and two and one.sure and two.sure:
        first, last = min(one.first, two.first), max(one.last, two.last)
        return Term(days=(first, last)), say_days(first, last)
    ends = read_amount(low), read_amount(high)
    if ends[0] is None or ends[1] is None:
        return None
    return _between_amounts(ends[0], ends[1])


def _between_amounts(one: int, two: int) -> tuple[Term, str]:
    least, most = min(one, two), max(one, two)
    said = _("合计 {low} 到 {high} 元").format(low=said_yuan(least), high=said_yuan(most))
    return Term(amount=(least, most), whole=True), said


def _year_of(low: str, year: int) -> int:
    """2026年3月到5月: the year is said once."""
    found = re.match(r"(\d{4})[-./年]", low)
    return int(found[1]) if found else year


def _beside(day: str, by: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(by)).isoformat()
    except OverflowError:
        return day


def say_days(first: str, last: str) -> str:
    """Days as a person reads them back."""
    if last == LAST_DAY:
        return _("{day} 起").format(day=first)
    if first == FIRST_DAY:
        return _("到 {day} 为止").format(day=last)
    if first == last:
        return _("日期 {day}").format(day=first)
    year, month = int(first[:4]), int(first[5:7])
    if (first, last) == _ends(read_days(f"{year:04d}年", 0)):
        return _("{year} 年").format(year=year)
    if (first, last) == _ends(read_days(first[:7], 0)):
        return _("{year} 年 {month} 月").format(year=year, month=month)
    return _("{first} 到 {last}").format(first=first, last=last)


def _ends(days: Days | None) -> tuple[str, str]:
    return (days.first, days.last) if days else ("", "")
