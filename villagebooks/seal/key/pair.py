"""A person's two key pairs: Ed25519 to sign, X25519 to be sealed to."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from villagebooks.core.words import _
from villagebooks.seal.canonical import FormatError, dump, load
from villagebooks.seal.code import encode_code
from villagebooks.seal.note import check_name, read_base64

SEED_BYTES = 32

_P = 2**255 - 19
# y coordinates of the points of order 1, 2, 4 and 8: a signature under such a key says nothing about who made it
_SMALL_ORDER_Y = frozenset(
    {
        0,
        1,
        _P - 1,
        int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"),
        int.from_bytes(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"),
    }
)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A named Ed25519 key; `seed` is its 32 secret bytes and never shown."""

    name: str
    seed: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        """The 32-byte public key."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature over the message."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)


@dataclass(frozen=True, slots=True)
class SealingKey:
    """A named X25519 key; `seed` is its 32 secret bytes and never shown."""

    name: str
    seed: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        """The 32-byte public key."""
        return X25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()


@dataclass(frozen=True, slots=True)
class PersonKeys:
    """What stands in a person's passphrase box."""

    signing: SigningKey
    sealing: SealingKey

    @property
    def name(self) -> str:
        """The person's name `<centre>/<person>`, the same on both keys."""
        return self.signing.name


def make_person_keys(name: str, random: Callable[[int], bytes] = os.urandom) -> PersonKeys:
    """Fresh keys of a person or device."""
    check_name(name)
    return PersonKeys(SigningKey(name, random(SEED_BYTES)), SealingKey(name, random(SEED_BYTES)))


def pack_person(keys: PersonKeys) -> bytes:
    """The payload of a person's passphrase box."""
    return dump(
        {
            "v": 1,
            "name": keys.name,
            "signing": base64.b64encode(keys.signing.seed).decode(),
            "sealing": base64.b64encode(keys.sealing.seed).decode(),
        }
    )


def unpack_person(raw: bytes) -> PersonKeys:
    """The keys from the payload of an opened box; FormatError when it holds something else."""
    match load(raw):
        case {"v": 1, "name": str(name), "signing": str(signing), "sealing": str(sealing), **rest} if not rest:
            check_name(name)
            return PersonKeys(
                SigningKey(name, read_base64(signing, SEED_BYTES)), SealingKey(name, read_base64(sealing, SEED_BYTES))
            )
    raise FormatError(_("钥匙盒里的内容不对。"))


def fingerprint(public: bytes) -> str:
    """A key's fingerprint as printed: 95 bits in five groups of four characters, the last one a check."""
    return encode_code(hashlib.sha256(b"vb1/fingerprint\0" + public).digest())


def check_signing_public(public: bytes) -> None:
    """FormatError for an Ed25519 public key of small order or in a second spelling."""
    number = int.from_bytes(public, "little") & (2**255 - 1)
    if len(public) != SEED_BYTES or number >= _P or number in _SMALL_ORDER_Y:
        raise FormatError(_("签名公钥无效。"))


def check_sealing_public(public: bytes) -> None:
    """FormatError for an X25519 public key of small order: whatever is sealed to it, everybody could open."""
    probe = X25519PrivateKey.from_private_bytes(bytes([64]) * SEED_BYTES)
    try:
        probe.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError as error:
        raise FormatError(_("加密公钥无效。")) from error
