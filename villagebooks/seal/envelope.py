"""A secret on paper for a sealed envelope: 32 bytes as 56 characters in groups of four, the last group a check."""

from __future__ import annotations

import hashlib
import unicodedata

from villagebooks.core.words import _
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.code import ALPHABET

SECRET_BYTES = 32
LENGTH = 56
_BODY, _CHECK_BITS, _PAD = 52, 20, 4
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def secret_text(secret: bytes) -> str:
    """The secret as printed: 52 Crockford characters (256 bits and four zero bits) and four of a check."""
    if len(secret) != SECRET_BYTES:
        raise ValueError("32 secret bytes are printed")
    number = int.from_bytes(secret, "big") << _PAD
    text = _letters(number, _BODY) + _letters(_check(secret), LENGTH - _BODY)
    return "-".join(text[at : at + 4] for at in range(0, LENGTH, 4))


def read_secret_text(text: str) -> bytes:
    """The secret from what was typed or scanned (any case and spacing); FormatError with what is wrong."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(_MISREAD)
    plain = "".join(plain.replace("-", "").split())
    if len(plain) != LENGTH:
        text = _("应是 {n} 个字符，输了 {found} 个")
        raise FormatError(text.format(n=LENGTH, found=len(plain)))
    if any(char not in ALPHABET for char in plain):
        raise FormatError(_("只有数字和大写字母，没有 I、L、O、U"))
    number = _number(plain[:_BODY])
    secret = (number >> _PAD).to_bytes(SECRET_BYTES, "big")
    if number % (1 << _PAD) or _number(plain[_BODY:]) != _check(secret):
        raise FormatError(_("有字符输错了，请与纸上逐组核对"))
    return secret


def _check(secret: bytes) -> int:
    digest = hashlib.sha256(b"vb1/envelope\0" + secret).digest()
    return int.from_bytes(digest[:3], "big") >> (24 - _CHECK_BITS)


def _letters(number: int, count: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(count - 1, -1, -1))


def _number(text: str) -> int:
    number = 0
    for char in text:
        number = number << 5 | ALPHABET.index(char)
    return number
