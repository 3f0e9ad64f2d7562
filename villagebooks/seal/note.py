"""Signed notes (C2SP signed-note, Ed25519): lines of text, an empty line, and 1 to 16 signatures over the text."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from villagebooks.core.words import _
from villagebooks.seal.canonical import FormatError

LARGEST_NOTE = 16 * 1024 * 1024
MOST_SIGNATURES = 16

_ED25519 = 0x01
_DASH = "— "
_SIGNATURE_BYTES = 4 + 64
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Signer(Protocol):
    """A named key that signs: `seal.key.SigningKey`."""

    @property
    def name(self) -> str:
        """The name `<centre>/<person>` that stands on the signature line."""

    @property
    def public(self) -> bytes:
        """The 32-byte Ed25519 public key."""

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature over the message."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A name `<centre>/<person>` and its 32-byte Ed25519 public key."""

    name: str
    public: bytes

    @property
    def keyid(self) -> bytes:
        """The 4 bytes that start each of its signatures."""
        head = self.name.encode() + b"\n" + bytes([_ED25519])
        return hashlib.sha256(head + self.public).digest()[:4]

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether the 64-byte signature over the message is this key's."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Note:
    """A note: `lines` is the whole text with the type as line 1, `signers` and `keyids` in the order they signed."""

    kind: str
    lines: tuple[str, ...]
    signers: tuple[str, ...]
    raw: bytes
    keyids: tuple[bytes, ...] = ()


def check_name(name: str) -> None:
    """FormatError unless a signer's name is not empty and free of white space, control characters and plus signs."""
    if not name or "+" in name or len(name) > 200 or _CONTROL.search(name) or any(char.isspace() for char in name):
        raise FormatError(_("签名人的名称不能有空格或加号：{name}").format(name=name[:40]))


def sign_note(lines: Sequence[str], keys: Sequence[Signer]) -> bytes:
    """The note of these lines (line 1 its type), signed by each key in turn."""
    if not lines:
        raise FormatError(_("签名文件没有内容。"))
    for line in lines:
        _check_line(line)
    if not 1 <= len(keys) <= MOST_SIGNATURES or len({key.name for key in keys}) != len(keys):
        raise FormatError(_("签名人应为 1 至 16 名，且不得重复。"))
    text = "".join(line + "\n" for line in lines).encode("utf-8")
    return text + b"\n" + b"".join(_signature_line(key, text) for key in keys)


def open_note(raw: bytes, kind: str, verifiers: Mapping[str, bytes], needed: int = 1) -> Note:
    """The note, after every signature on it held under a key of `verifiers` and `needed` distinct people signed.

    FormatError when it is malformed, of another type, signed by a stranger or twice by one key.
    """
    text, signatures = _split(raw)
    note = _note(raw, text, signatures)
    if note.kind != kind:
        raise FormatError(_("文件类型不对：需要 {kind}，实际是 {found}。").format(kind=kind, found=note.kind[:60]))
    publics = set()
    for name, blob in signatures:
        public = verifiers.get(name)
        if public is None:
            raise FormatError(_("签名人不在名录里或已停用：{name}").format(name=name))
        verifier = Verifier(name, public)
        if blob[:4] != verifier.keyid or not verifier.verify(text, blob[4:]):
            raise FormatError(_("{name} 的签名不对，内容可能被改动。").format(name=name))
        publics.add(public)
    if len(publics) != len(signatures):
        raise FormatError(_("同一把钥匙签了两次。"))
    if len(publics) < needed:
        raise FormatError(_("签名不够：需要 {needed} 人，只有 {found} 人。").format(needed=needed, found=len(publics)))
    return note


def peek_note(raw: bytes) -> Note:
    """The note with its form checked and **no signature verified**: only for finding out who says to have signed."""
    return _note(raw, *_split(raw))


def _note(raw: bytes, text: bytes, signatures: Sequence[tuple[str, bytes]]) -> Note:
    lines = tuple(text[:-1].decode("utf-8").split("\n"))
    signers = tuple(name for name, _blob in signatures)
    return Note(lines[0], lines, signers, raw, tuple(blob[:4] for _name, blob in signatures))


def _split(raw: bytes) -> tuple[bytes, list[tuple[str, bytes]]]:
    """The signed text with its last newline, and (name, keyid and signature) of each signature line."""
    if len(raw) > LARGEST_NOTE:
        raise FormatError(_("签名文件太大。"))
    head, found, tail = raw.partition(b"\n\n")
    if not found or not tail.endswith(b"\n"):
        raise FormatError(_("不是签名文件，或不完整。"))
    text = head + b"\n"
    try:
        lines, signed = head.decode("utf-8").split("\n"), tail[:-1].decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise FormatError(_("签名文件的文字编码不对。")) from error
    for line in lines:
        _check_line(line)
    if len(signed) > MOST_SIGNATURES:
        raise FormatError(_("签名太多。"))
    signatures = [_read_signature(line) for line in signed]
    if len({name for name, _blob in signatures}) != len(signatures):
        raise FormatError(_("同一个人签了两次。"))
    return text, signatures


def _check_line(line: str) -> None:
    if not line:
        raise FormatError(_("签名文件的正文里不能有空行。"))
    if _CONTROL.search(line):
        raise FormatError(_("签名文件里有控制字符。"))


def _signature_line(key: Signer, text: bytes) -> bytes:
    check_name(key.name)
    blob = Verifier(key.name, key.public).keyid + key.sign(text)
    return f"{_DASH}{key.name} {base64.b64encode(blob).decode()}\n".encode()


def _read_signature(line: str) -> tuple[str, bytes]:
    name, found, coded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not found:
        raise FormatError(_("签名行的格式不对。"))
    check_name(name)
    return name, read_base64(coded, _SIGNATURE_BYTES)


def read_base64(text: str, size: int) -> bytes:
    """The `size` bytes of canonical base64 text; FormatError for another length or a second spelling."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise FormatError(_("base64 写法不对。")) from error
    if len(raw) != size or base64.b64encode(raw).decode() != text:
        raise FormatError(_("base64 写法不对。"))
    return raw
