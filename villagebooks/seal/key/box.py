"""Passphrase boxes: a secret that opens with a passphrase only, slowly on purpose."""

from __future__ import annotations

import os
import struct
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from villagebooks.core.words import _
from villagebooks.seal.canonical import FormatError

MAGIC = b"VBP1"
SALT_BYTES = 16

_HEADER = struct.Struct(">4sBIB16s")
_NONCE = bytes(12)


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """Passes, memory in KiB and lanes of Argon2id."""

    t: int
    m_kib: int
    p: int


PASSPHRASE_COST = Argon2Cost(4, 256 * 1024, 1)
LARGEST_COST = Argon2Cost(16, 1024 * 1024, 8)


class WrongPassphrase(Exception):  # noqa: N818  (an answer to the person, not an error of the program)
    """The passphrase does not open the box (or the box was damaged, which looks the same)."""


def check_cost(cost: Argon2Cost) -> None:
    """FormatError for a cost that Argon2 refuses or that a file could use to stall its reader (over t=16 or 1 GiB)."""
    most = LARGEST_COST
    if not (1 <= cost.t <= most.t and 1 <= cost.p <= most.p and 8 * cost.p <= cost.m_kib <= most.m_kib):
        raise FormatError(_("密钥计算的参数超出范围。"))


def argon2(secret: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
    """32 bytes of Argon2id; FormatError for a cost out of range."""
    check_cost(cost)
    return hash_secret_raw(secret, salt, cost.t, cost.m_kib, cost.p, 32, Type.ID)


def lock_box(
    passphrase: str, payload: bytes, cost: Argon2Cost = PASSPHRASE_COST, random: Callable[[int], bytes] = os.urandom
) -> bytes:
    """A box that opens with the passphrase: cost and salt in clear, then the sealed payload."""
    header = _HEADER.pack(MAGIC, cost.t, cost.m_kib, cost.p, random(SALT_BYTES))
    return header + ChaCha20Poly1305(_box_key(passphrase, header)).encrypt(_NONCE, payload, header)


def open_box(passphrase: str, box: bytes) -> bytes:
    """The payload; WrongPassphrase when the passphrase does not open it, FormatError when it is no box."""
    header, sealed = box[: _HEADER.size], box[_HEADER.size :]
    if len(box) < _HEADER.size + 16 or not header.startswith(MAGIC):
        raise FormatError(_("不是钥匙盒文件，或不完整。"))
    try:
        return ChaCha20Poly1305(_box_key(passphrase, header)).decrypt(_NONCE, sealed, header)
    except InvalidTag as error:
        raise WrongPassphrase(_("口令不对。")) from error


def _box_key(passphrase: str, header: bytes) -> bytes:
    """One key per box: the salt in its header is fresh each time, so the fixed nonce is used once."""
    _magic, t, m_kib, p, salt = _HEADER.unpack(header)
    return argon2(unicodedata.normalize("NFKC", passphrase).encode("utf-8"), salt, Argon2Cost(t, m_kib, p))
