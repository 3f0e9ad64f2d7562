"""An approval as it is signed: which step of which paper, voucher or closing, and everything the signer saw.

Lines, each always present::

    villagebooks/v1/approve
    book <uid>
    on paper|voucher|period|migration|merger|reconciliation|count|post <uid> <rev>
    body <present> <for> <of> stamp|no-stamp <minutes sha256|none> <name>     or: body none
    doc <sha256 of the signed body>
    step <step>
    decision <approve|send_back|void|withdraw>
    mode key                                                                  or: mode paper <scan sha256> <name、name…>
    at <time>
    prev <sha256 of the approval before it|none>
    chain <position> <head>
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.approval import SIGNED_KINDS
from villagebooks.core.words import _
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.note import Signer, open_note, peek_note, sign_note

APPROVE_KIND = "villagebooks/v1/approve"

_HASH = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"0|[1-9]\d{0,15}", re.ASCII)
_WORD = re.compile(r"\S+")
_FIELDS = ("book", "on", "body", "doc", "step", "decision", "mode", "at", "prev", "chain")


@dataclass(frozen=True, slots=True)
class BodyText:
    """A body that decided: its name, how many were present, for it and in all, its stamp, hex hash of the minutes."""

    name: str
    present: int
    agreed: int
    of: int
    stamp: bool
    minutes: str = ""


@dataclass(frozen=True, slots=True)
class InkText:
    """What the registrar saw on paper: whose ink, and the hex hash of the scan."""

    names: tuple[str, ...]
    scan: str


@dataclass(frozen=True, slots=True)
class ApprovalText:
    """One approval; hashes are hex, `prev` empty on the first. With `ink` it is 纸质签字, not an electronic one."""

    book: str
    on: str
    uid: str
    rev: int
    doc: str
    step: str
    decision: str
    at: str
    chain: int
    head: str
    prev: str = ""
    body: BodyText | None = None
    ink: InkText | None = None

    @property
    def mode(self) -> str:
        """`key` when the signer acts for himself, `paper` when he registers the ink of others."""
        return "paper" if self.ink else "key"


def approval_lines(text: ApprovalText) -> tuple[str, ...]:
    """The note's lines; FormatError when a field could not be read back."""
    _check(text)
    body, ink = text.body, text.ink
    values = (
        text.book,
        f"{text.on} {text.uid} {text.rev}",
        _body_value(body) if body else "none",
        text.doc,
        text.step,
        text.decision,
        f"paper {ink.scan} {'、'.join(ink.names)}" if ink else "key",
        text.at,
        text.prev or "none",
        f"{text.chain} {text.head}",
    )
    return (APPROVE_KIND, *(f"{key} {value}" for key, value in zip(_FIELDS, values, strict=True)))


def sign_approval(text: ApprovalText, key: Signer) -> bytes:
    """The note, signed by one person."""
    return sign_note(approval_lines(text), [key])


def read_approval(raw: bytes, verifiers: Mapping[str, bytes]) -> ApprovalText:
    """The approval, after its one signature held under the verifiers; FormatError otherwise."""
    return _parse(open_note(raw, APPROVE_KIND, verifiers).lines)


@dataclass(frozen=True, slots=True)
class Said:
    """What an approval says of itself: who signed, the hash of the approval before, how long the book's chain was,
    and the hash of the body that it signs."""

    signer: str
    prev: str
    chain: int
    doc: str = ""


def peek_approval(raw: bytes) -> Said:
    """What the note says, `prev` empty for the first; **nothing is verified**. FormatError when it is no approval."""
    note = peek_note(raw)
    values = dict(line.partition(" ")[::2] for line in note.lines)
    chain = values.get("chain", "").partition(" ")[0]
    return Said(note.signers[0], values.get("prev", "none").removeprefix("none"), _number(chain), values.get("doc", ""))


def peek_ink(raw: bytes) -> InkText | None:
    """Whose ink the note says was seen and on which scan, None for a key; **nothing is verified**."""
    values = dict(line.partition(" ")[::2] for line in peek_note(raw).lines)
    return _parse_mode(values.get("mode", "key"))


def approval_hash(raw: bytes) -> str:
    """Hex SHA-256 of the whole note, which the next approval quotes."""
    return hashlib.sha256(raw).hexdigest()


def _body_value(body: BodyText) -> str:
    stamp = "stamp" if body.stamp else "no-stamp"
    return f"{body.present} {body.agreed} {body.of} {stamp} {body.minutes or 'none'} {body.name}"


def _check(text: ApprovalText) -> None:
    hashes = [text.doc, text.head, text.prev, text.body.minutes if text.body else "", text.ink.scan if text.ink else ""]
    if not text.doc or not text.head or any(value and not _HASH.fullmatch(value) for value in hashes):
        raise FormatError(_("签批记录里的校验值不对。"))
    words = (text.book, text.on, text.uid, text.step, text.decision, text.at)
    if any(not _WORD.fullmatch(word) for word in words) or text.on not in SIGNED_KINDS:
        raise FormatError(_("签批记录的字段不能为空，也不能有空格。"))
    if text.rev < 0 or text.chain < 0 or (text.ink and not (text.ink.scan and text.ink.names)):
        raise FormatError(_("签批记录的内容不全。"))
    if text.ink and any(not _WORD.fullmatch(name) or "、" in name for name in text.ink.names):
        raise FormatError(_("签名人的名称不能有空格或顿号。"))
    body = text.body
    if body and (not body.name.strip() or not 0 <= body.agreed <= body.present <= body.of):
        raise FormatError(_("表决人数不对：同意的不能多于到会的，到会的不能多于全体。"))


def _parse(lines: Sequence[str]) -> ApprovalText:
    values = dict(zip(_FIELDS, (line.partition(" ")[2] for line in lines[1:]), strict=False))
    if len(values) != len(_FIELDS):
        raise FormatError(_("签批记录的格式不对。"))
    on, uid, rev = _words(values["on"], 3)
    chain, head = _words(values["chain"], 2)
    text = ApprovalText(
        book=values["book"],
        on=on,
        uid=uid,
        rev=_number(rev),
        doc=values["doc"],
        step=values["step"],
        decision=values["decision"],
        at=values["at"],
        chain=_number(chain),
        head=head,
        prev="" if values["prev"] == "none" else values["prev"],
        body=_parse_body(values["body"]),
        ink=_parse_mode(values["mode"]),
    )
    if approval_lines(text) != tuple(lines):
        raise FormatError(_("签批记录的格式不对。"))
    return text


def _parse_body(value: str) -> BodyText | None:
    if value == "none":
        return None
    present, agreed, of, stamp, minutes, name = _words(value, 6)
    return BodyText(
        name, _number(present), _number(agreed), _number(of), stamp == "stamp", "" if minutes == "none" else minutes
    )


def _parse_mode(value: str) -> InkText | None:
    if value == "key":
        return None
    _paper, scan, names = _words(value, 3)
    return InkText(tuple(names.split("、")), scan)


def _words(value: str, count: int) -> list[str]:
    words = value.split(" ", count - 1)
    if len(words) != count:
        raise FormatError(_("签批记录的格式不对。"))
    return words


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise FormatError(_("签批记录里的数字写法不对。"))
    return int(text)
