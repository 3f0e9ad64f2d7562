"""ID, bank and phone numbers at rest: sealed per field, found again by a keyed index, under keys of the office."""

from __future__ import annotations

import hashlib
import hmac
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as attribute

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from villagebooks.core.person import check_id_number
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.words import _
from villagebooks.seal.key import CannotOpen

NONCE_BYTES = 12

_VERSION = b"\x01"


@dataclass(frozen=True, slots=True)
class OfficeKeys:
    """What comes from the office key: for fields, for the equality index, for cached Argon2 results. 32 bytes each."""

    field: bytes = attribute(repr=False)
    index: bytes = attribute(repr=False)
    cache: bytes = attribute(repr=False)


def derive_office_keys(office_key: bytes) -> OfficeKeys:
    """The three keys under the 32 random bytes of the office key."""
    return OfficeKeys(*(derive(office_key, label.encode()) for label in ("vb1/field", "vb1/index", "vb1/cache")))


def derive(parent: bytes, label: bytes, rest: bytes = b"") -> bytes:
    """32 bytes, HKDF-Expand of a uniformly random parent under label, zero and fields."""
    return HKDFExpand(SHA256(), 32, label + b"\0" + rest).derive(parent)


def normal_id(text: str) -> str:
    """The ID number in its one spelling; Refused with the reason when it is none or has a slip."""
    found = check_id_number(text)
    if isinstance(found, Problem):
        raise Refused([found])
    return found


@dataclass(frozen=True, slots=True)
class FieldSeal:
    """Seals single fields; a sealed field opens only in its own column (`table.column`) and row (uuid)."""

    k_field: bytes = attribute(repr=False)
    k_index: bytes = attribute(repr=False)

    def seal(self, text: str, column: str, uid: str, random: Callable[[int], bytes] = os.urandom) -> bytes:
        """0x01 ‖ nonce ‖ ciphertext."""
        nonce = random(NONCE_BYTES)
        sealed = ChaCha20Poly1305(self.k_field).encrypt(nonce, text.encode("utf-8"), _place(column, uid))
        return _VERSION + nonce + sealed

    def open(self, blob: bytes, column: str, uid: str) -> str:
        """The text; CannotOpen when it was sealed for another place, under another key, or was changed."""
        nonce, sealed = blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :]
        try:
            if blob[:1] != _VERSION:
                raise InvalidTag
            return ChaCha20Poly1305(self.k_field).decrypt(nonce, sealed, _place(column, uid)).decode("utf-8")
        except (InvalidTag, ValueError) as error:
            raise CannotOpen(_("加密字段打不开：钥匙不对或数据被改动。")) from error

    def index(self, text: str) -> bytes:
        """32 bytes that are equal for equal texts and tell nothing without the key."""
        return hmac.digest(self.k_index, text.encode("utf-8"), hashlib.sha256)


def _place(column: str, uid: str) -> bytes:
    return f"{column}|{uuid.UUID(uid)}".encode()
