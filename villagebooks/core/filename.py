"""Names of files that every system takes: a village, a heading or a person may be called what Windows forbids."""

from __future__ import annotations

import re

LONGEST_BYTES = 200
"""Of a name in UTF-8; systems take 255, and a part under way or a copy's “(1)” needs some."""
LONGEST = 100
"""Letters of a name: Windows counts the whole path, which may have 259."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u200e\u200f\u202a-\u202e]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)
_ENDS = " .\u3000"


def is_device(name: str) -> bool:
    """Whether Windows takes the name for a device (`AUX`, `con.xlsx`), whatever follows its first point."""
    return _DEVICE.fullmatch(name.partition(".")[0].rstrip(" ")) is not None


def file_name(stem: str, suffix: str = "") -> str:
    """A name for `stem`, ending in `suffix` (`.xlsx`): signs that a system forbids become `-`, blanks and points at the
    ends go, a device's name gets a `_`, and what is too long is cut."""
    plain = _FORBIDDEN.sub("-", stem).strip(_ENDS)
    if is_device(plain):
        head, point, rest = plain.partition(".")
        plain = f"{head.rstrip(' ')}_{point}{rest}"
    return (_short(plain, suffix) or "_") + suffix


def _short(plain: str, suffix: str) -> str:
    room = LONGEST_BYTES - len(suffix.encode())
    cut = plain[: LONGEST - len(suffix)].encode()[:room].decode("utf-8", "ignore")
    return cut.rstrip(_ENDS)
