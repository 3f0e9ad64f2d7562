"""Money is an int of fen; this is the one place where it becomes text and text becomes money."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

FEN_PER_YUAN = 100
LARGEST_FEN = 2**53 - 1
"""Largest amount: canonical JSON and JavaScript readers hold no larger integer exactly."""

_YUAN = re.compile(r"([+-]?)(\d{1,15})(?:\.(\d{1,2})0*)?")
_COMMAS = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])")
"""Commas between thousands; at any other place one may have been meant as a point, or be a slip."""
_SUM = re.compile(r"([+\-*/])?(\d{1,15}(?:\.\d{1,6})?)")
_TOO_FINE = re.compile(r"[+-]?\d+\.\d{2}\d*[1-9]\d*-?")
"""An amount alone that tells less than a fen: it may be 1,234 with a point; what is calculated is rounded."""
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLAIN_DIGITS = "零一二三四五六七八九"


def yuan_text(fen: int, *, zero: str = "0.00", group: str = "") -> str:
    """Yuan with two decimals for files and cells; `group` stands between thousands (a space on the notice board)."""
    if fen == 0:
        return zero
    whole, part = divmod(abs(fen), FEN_PER_YUAN)
    figure = f"{whole:,}".replace(",", group)
    return f"{'-' if fen < 0 else ''}{figure}.{part:02d}"


def said_yuan(fen: int) -> str:
    """An amount of fen as people read it in a sentence and on the screen, in yuan: 12,345.00."""
    return yuan_text(fen, group=",")


def read_yuan(text: str) -> int | None:
    """Fen from what a person types (full-width digits and thousands commas too), or None when it is no amount: more
    than two decimals, but for noughts that a bank's file adds, or a comma that does not stand between thousands."""
    plain = _without_commas(unicodedata.normalize("NFKC", text).replace(" ", "").replace("−", "-"))
    match = _YUAN.fullmatch(plain)
    if not match:
        return None
    sign, whole, part = match.groups()
    fen = int(whole) * FEN_PER_YUAN + int((part or "0").ljust(2, "0"))
    if fen > LARGEST_FEN:
        return None
    return -fen if sign == "-" else fen


def _without_commas(text: str) -> str:
    """Without the commas between thousands; another comma stays, and makes it no amount."""
    return _COMMAS.sub(lambda found: found[0].replace(",", ""), text)


def retyped(before: str, after: str) -> str:
    """What is left of an amount while a digit is put into it or taken out: 1,200.00 with one more becomes 12000.00.

    The commas that stood there rightly go as soon as they stand wrongly; who types a comma himself keeps it.
    """
    if after.count(",") > before.count(",") or "," not in before or calculate_yuan(before) is None:
        return after
    return after if calculate_yuan(after) is not None else after.replace(",", "")


_SPOKEN = str.maketrans({" ": None, "−": "-", "×": "*", "。": "."})
"""Signs that an input method or a document makes of those of the keyboard, and what may stand between digits."""


def calculate_yuan(text: str) -> int | None:
    """Fen from what stands in an amount cell: an amount, or a sum such as 12*350+40 (× before +, rounded half up).

    A minus after it makes the whole red, as 用友 and 金蝶 have it: 120- is −120.
    """
    plain = _without_commas(unicodedata.normalize("NFKC", text).translate(_SPOKEN))
    if _TOO_FINE.fullmatch(plain):
        return None
    red = len(plain) > 1 and plain.endswith("-")
    plain = plain[:-1] if red else plain
    terms: list[Fraction] = []
    end = 0
    for match in _SUM.finditer(plain):
        sign, number = match[1] or "", Fraction(match[2])
        if (
            match.start() != end
            or (not sign and end)
            or (sign in ("*", "/") and not terms)
            or (sign == "/" and not number)
        ):
            return None
        if sign in ("*", "/"):
            terms[-1] = terms[-1] * number if sign == "*" else terms[-1] / number
        else:
            terms.append(-number if sign == "-" else number)
        end = match.end()
    if not terms or end != len(plain):
        return None
    exact = sum(terms, Fraction(0)) * FEN_PER_YUAN
    fen = int(abs(exact) + Fraction(1, 2))
    if fen > LARGEST_FEN:
        return None
    return -fen if (exact < 0) != red else fen


def capital_text(fen: int) -> str:
    """The amount in capitals for vouchers: 1,409.50 → 壹仟肆佰零玖元伍角整 (RULES §7)."""
    return _spell(fen, _DIGITS, "拾佰仟", closing="整")


def reading_text(fen: int) -> str:
    """The amount as villagers say it: 106,215.85 → 十万六千二百一十五元八角五分."""
    text = _spell(fen, _PLAIN_DIGITS, "十百千", closing="")
    return text[1:] if text.startswith("一十") else text


def _spell(fen: int, digits: str, units: str, closing: str) -> str:
    sign, fen = ("负" if fen < 0 else ""), abs(fen)
    yuan, jiao, cent = fen // 100, fen // 10 % 10, fen % 10
    text = _spell_whole(yuan, digits, units) + "元" if yuan else ""
    if not jiao and not cent:
        return sign + (text or digits[0] + "元") + closing
    if jiao:
        # a gap between a round number of yuan and the jiao is read out: 壹拾万柒仟元零伍角叁分
        text += (digits[0] if yuan and yuan % 10 == 0 else "") + digits[jiao] + "角"
    elif text:
        text += digits[0]
    return sign + text + (digits[cent] + "分" if cent else closing)


def _spell_whole(number: int, digits: str, units: str) -> str:
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            high, low = divmod(number, size)
            gap = digits[0] if 0 < low < size // 10 else ""
            return _spell_whole(high, digits, units) + unit + gap + (_spell_whole(low, digits, units) if low else "")
    text, zero = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += (digits[0] if zero and text else "") + digits[digit] + (units[place - 1] if place else "")
            zero = False
        else:
            zero = True
    return text
