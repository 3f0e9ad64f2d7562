"""Codes that people read aloud and copy by hand: 20 Crockford characters with a check, and 12-digit household codes."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_BITS = 95

_CODE_LENGTH = 20
_HOUSEHOLD_LENGTH = 12
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def encode_code(raw: bytes) -> str:
    """The first 95 bits of `raw` (12 bytes or more) as XXXX-XXXX-XXXX-XXXX-XXXX, the last character a check."""
    if len(raw) * 8 < CODE_BITS:
        raise ValueError("a code needs 95 bits")
    number = int.from_bytes(raw[:12], "big") >> 1
    text = "".join(ALPHABET[number >> shift & 31] for shift in range(CODE_BITS - 5, -1, -5))
    text += ALPHABET[_luhn([ALPHABET.index(char) for char in text], 32)]
    return _grouped(text)


def normal_code(text: str) -> str | None:
    """A code as typed (any case, O for 0, I or L for 1, any spacing) in its printed form, None when its check fails."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(_MISREAD)
    plain = "".join(plain.replace("-", "").split())
    if len(plain) != _CODE_LENGTH or any(char not in ALPHABET for char in plain):
        return None
    values = [ALPHABET.index(char) for char in plain]
    return _grouped(plain) if _luhn(values[:-1], 32) == values[-1] else None


def check_code(text: str) -> bool:
    """Whether a code as typed is complete and its check character right."""
    return normal_code(text) is not None


def make_household_code(random: Callable[[int], bytes] = os.urandom) -> str:
    """A fresh household code: 11 random digits and a Luhn digit, 12 digits without spaces."""
    digits = [int(char) for char in f"{int.from_bytes(random(16), 'big') % 10**11:011d}"]
    return "".join(map(str, [*digits, _luhn(digits, 10)]))


def normal_household_code(text: str) -> str | None:
    """A household code as typed (4-4-4, spaces, full-width digits) as 12 digits, None when its check fails."""
    plain = "".join(unicodedata.normalize("NFKC", text).replace("-", "").split())
    if len(plain) != _HOUSEHOLD_LENGTH or not (plain.isascii() and plain.isdigit()):
        return None
    digits = [int(char) for char in plain]
    return plain if _luhn(digits[:-1], 10) == digits[-1] else None


def _luhn(values: list[int], base: int) -> int:
    """The Luhn check value in an even base; finds every single wrong character and nearly every swap of neighbours."""
    total = 0
    for place, value in enumerate(reversed(values)):
        total += value if place % 2 else sum(divmod(2 * value, base))
    return -total % base


def _grouped(text: str) -> str:
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))
