"""The ID number (GB 11643): form, birth date and check digit; county codes are not looked up (new ones keep coming)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from villagebooks.core.problem import Problem
from villagebooks.core.words import _

_FORM = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def check_id_number(text: str) -> str | Problem:
    """The number in its one spelling (18 characters, X upper case), or why it is none: not an ID, or a typing slip."""
    plain = "".join(unicodedata.normalize("NFKC", text).upper().split())
    if not _FORM.fullmatch(plain) or not _is_date(plain[6:14]):
        return Problem(_("不是身份证号：应为 18 位，第 7 至 14 位是出生日期"), field="id_number")
    if id_check_digit(plain[:17]) != plain[17]:
        return Problem(_("身份证号有一位输错了，请核对"), field="id_number")
    return plain


def id_check_digit(first17: str) -> str:
    """The last character that belongs to the first 17 digits."""
    return _CHECK[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first17, strict=True)) % 11]


def _is_date(text: str) -> bool:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).year >= 1800
    except ValueError:
        return False
