"""The anchor on the notice board: a signed note that pins the journal's head, and the code people compare by eye."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.words import _
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.code import encode_code
from villagebooks.seal.key import Argon2Cost, argon2
from villagebooks.seal.note import Signer, open_note, peek_note, sign_note

ANCHOR_KIND = "villagebooks/v1/anchor"
CODE_COST = Argon2Cost(3, 64 * 1024, 1)

_SALT = b"vb1/anchor-code\0"
_HASH = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"0|[1-9]\d{0,15}", re.ASCII)
_FIELDS = ("centre", "book", "seq", "period", "journal", "sheet", "previous")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a sheet pins: `size` entries of the book's journal with their hex head, the hex hash of the sheet's tables
    and totals, and of the anchor before (empty on the first sheet); `seq` counts from 1, `period` is 2026-09."""

    centre: str
    book: str
    seq: int
    period: str
    size: int
    head: str
    sheet: str
    previous: str = ""


def anchor_lines(anchor: Anchor) -> tuple[str, ...]:
    """The note's lines; FormatError when a field could not be read back."""
    hashes = [anchor.head, anchor.sheet, *([anchor.previous] if anchor.previous else [])]
    if any(not _HASH.fullmatch(value) for value in hashes) or anchor.seq < 1 or anchor.size < 0:
        raise FormatError(_("锚定记录里的校验值或序号不对。"))
    if (anchor.previous == "") != (anchor.seq == 1):
        raise FormatError(_("锚定记录没有接上前一期。"))
    if not (anchor.centre and anchor.book and anchor.period):
        raise FormatError(_("锚定记录缺少中心、账套或期间。"))
    values = (
        anchor.centre,
        anchor.book,
        str(anchor.seq),
        anchor.period,
        f"{anchor.size} {anchor.head}",
        anchor.sheet,
        anchor.previous or "none",
    )
    return (ANCHOR_KIND, *(f"{key} {value}" for key, value in zip(_FIELDS, values, strict=True)))


def sign_anchor(anchor: Anchor, keys: Sequence[Signer]) -> bytes:
    """The signed note of an anchor."""
    return sign_note(anchor_lines(anchor), keys)


def read_anchor(raw: bytes, verifiers: Mapping[str, bytes], needed: int = 1) -> Anchor:
    """The anchor, after its signatures held under the verifiers; FormatError otherwise."""
    return _parse(open_note(raw, ANCHOR_KIND, verifiers, needed).lines)


def peek_anchor(raw: bytes) -> Anchor:
    """The anchor with **no signature verified**: only to find the period it speaks of."""
    return _parse(peek_note(raw).lines)


def anchor_hash(raw: bytes) -> str:
    """Hex SHA-256 of the whole note, which the next anchor quotes."""
    return hashlib.sha256(raw).hexdigest()


def anchor_code(raw: bytes, cost: Argon2Cost = CODE_COST) -> str:
    """本期码: 20 characters in five groups, slow to imitate; it takes about 0.1 s and 64 MiB."""
    return encode_code(argon2(hashlib.sha256(raw).digest(), _SALT, cost))


def _parse(lines: Sequence[str]) -> Anchor:
    values = dict(zip(_FIELDS, (line.partition(" ")[2] for line in lines[1:]), strict=False))
    size, _space, head = values.get("journal", "").partition(" ")
    seq = values.get("seq", "")
    if not _NUMBER.fullmatch(size) or not _NUMBER.fullmatch(seq):
        raise FormatError(_("锚定记录的格式不对。"))
    anchor = Anchor(
        centre=values["centre"],
        book=values["book"],
        seq=int(seq),
        period=values["period"],
        size=int(size),
        head=head,
        sheet=values.get("sheet", ""),
        previous="" if values.get("previous") == "none" else values.get("previous", ""),
    )
    if anchor_lines(anchor) != tuple(lines):
        raise FormatError(_("锚定记录的格式不对。"))
    return anchor
