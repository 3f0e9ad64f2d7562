"""Chinese numerals in what people type: 三月五日, 二〇二六年, 三千四百, 5万."""

from __future__ import annotations

import re

from villagebooks.core.money import LARGEST_FEN, read_yuan

_DIGITS = {sign: place for place, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1_000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_SIGNS = "".join(_DIGITS) + "".join(_UNITS)
_OF_DATE = re.compile(rf"[{_SIGNS}]+(?=[年月日号])")
_FIGURE = re.compile(r"(.*\d)([百千万亿])")


def plain_date(word: str) -> str:
    """With the figures that stand before 年, 月, 日 or 号: 三月五日 → 3月5日, 二〇二六年 → 2026年."""
    return _OF_DATE.sub(lambda found: _figure(found[0]), word)


def read_amount(word: str) -> int | None:
    """Fen of an amount, also with a unit or in words: 1,260.50, ¥5000元, 5万, 三千四百元; None for anything else."""
    plain = word.strip("¥元块整钱")
    if (fen := read_yuan(plain)) is not None:
        return fen
    if unit := _FIGURE.fullmatch(plain):
        few = read_yuan(unit[1])
        fen = None if few is None else few * {**_UNITS, **_LARGE}[unit[2]]
    else:
        yuan = _read_words(plain)
        fen = None if yuan is None else yuan * 100
    return fen if fen is not None and abs(fen) <= LARGEST_FEN else None


def _figure(words: str) -> str:
    if not any(sign in _UNITS for sign in words):
        return "".join(str(_DIGITS[sign]) for sign in words)
    value = _below_ten_thousand(words)
    return words if value is None else str(value)


def _read_words(words: str) -> int | None:
    """三万二千 → 32,000; digits one after the other (三四五) are no amount."""
    total, rest = 0, words
    for unit in ("亿", "万"):
        before, found, behind = rest.partition(unit)
        if found:
            value = _below_ten_thousand(before)
            if not value:
                return None
            total, rest = total + value * _LARGE[unit], behind
    if not rest:
        return total or None
    if total and len(rest) == 1:  # 三万四 is said for 三万四千
        return total + _DIGITS[rest] * 1_000 if rest in _DIGITS and "万" in words else None
    value = _below_ten_thousand(rest)
    return None if value is None or (total and rest[0] not in "零〇" and value < 1_000) else total + value


def _below_ten_thousand(words: str) -> int | None:
    total, digit, last = 0, None, 10_000
    for sign in words:
        if sign in _UNITS:
            if _UNITS[sign] >= last or (digit is None and (sign != "十" or total)) or digit == 0:
                return None
            total, last, digit = total + (digit or 1) * _UNITS[sign], _UNITS[sign], None
        elif sign in _DIGITS and digit in (None, 0):
            digit = _DIGITS[sign]
        else:
            return None
    if digit and last in (100, 1_000) and words[-2] not in "零〇":
        return total + digit * last // 10  # 三千四 is said for 三千四百
    return total + (digit or 0) if words else None
