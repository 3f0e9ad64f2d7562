"""The ID number (GB 11643): form, birth date and check digit; county codes are not looked up (new ones keep coming)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from villagebooks.core.problem import Problem
from villagebooks.core.words import _

LONGEST_NAME = 40
"""Characters of a person's name."""

_FORM = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_PERSONAL = re.compile(
    r"(?<![0-9])(?:[0-9]{6} ?[0-9]{8} ?[0-9]{3}[0-9Xx]|[0-9]{15,19}|[0-9]{4}(?: [0-9]{4}){3}(?: [0-9]{1,3})?"
    r"|1[3-9][0-9]{9})(?![0-9])"
)
"""18-digit and old 15-digit ID numbers, bank cards of 16 to 19 digits, mobile numbers; invoices have 8 or 20 digits."""


@dataclass(frozen=True, slots=True)
class Villager:
    """A person of the roll. Numbers are not here: they lie sealed in the database and are opened only where needed.

    `sort_key` is the name's pinyin, `died_on` ISO or empty, `role` what people know the person as (报账员, 特困老人).
    """

    uid: str
    village: str
    household: str
    name: str
    sex: str = ""
    role: str = ""
    died_on: str = ""
    sort_key: str = ""


@dataclass(frozen=True, slots=True)
class Officer:
    """A post: `duty` director, agent, cashier or archivist at the centre (village empty), or a village's post."""

    uid: str
    name: str
    village: str
    duty: str
    since: str
    until: str = ""
    reason: str = ""
    """Why the term ended, empty while it runs."""
    former: str = ""
    """The uid of the term that this one continues (under a new name, or again), empty for none."""

    def holds(self, day: str) -> bool:
        """Whether the post is held on an ISO day."""
        return self.since <= day and (not self.until or day <= self.until)


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


def hide_personal_numbers(text: str) -> str:
    """The text with every ID, bank card or mobile number in it starred out whole: no digit of one leaves the office."""
    return _PERSONAL.sub(lambda found: "*" * len(found[0]), unicodedata.normalize("NFC", text))


def _is_date(text: str) -> bool:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).year >= 1800
    except ValueError:
        return False
