"""Villages and the people the centre is named by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Village:
    """A village by its code; a merged village points to its successor."""

    code: str
    name: str
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Centre:
    """The township's accounting centre, as printed on every sheet."""

    uid: str
    township: str
    code: str
    name: str
    root: str = ""
    """Fingerprint of the root key, five groups of four characters; empty before the root key ceremony."""
