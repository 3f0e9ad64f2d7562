"""Wrapping: 32 secret bytes sealed to a person's or reader's public key by HPKE in base mode, 80 bytes."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from villagebooks.core.words import _
from villagebooks.seal.key.pair import SealingKey, check_sealing_public

WRAPPED_BYTES = 80
SECRET_BYTES = 32
FILE_ID_BYTES = 16

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class CannotOpen(Exception):  # noqa: N818  (an answer, not an error of the program)
    """A sealed thing does not open with this key, file and name."""


def wrap(recipient_public: bytes, secret: bytes, purpose: str, file_id: bytes, reader_name: str) -> bytes:
    """The 80 bytes that only the recipient opens, for this purpose, file (16 bytes) and reader name.

    HPKE draws its own randomness from the system, so these bytes differ each time.
    """
    if len(secret) != SECRET_BYTES:
        raise ValueError("32 secret bytes are wrapped")
    check_sealing_public(recipient_public)
    public = X25519PublicKey.from_public_bytes(recipient_public)
    return _SUITE.encrypt(secret, public, wrap_info(purpose, file_id, reader_name))


def unwrap(key: SealingKey, wrapped: bytes, purpose: str, file_id: bytes, reader_name: str) -> bytes:
    """The 32 secret bytes; CannotOpen when they were wrapped to another key or for another purpose, file or reader."""
    private = X25519PrivateKey.from_private_bytes(key.seed)
    try:
        secret = _SUITE.decrypt(wrapped, private, wrap_info(purpose, file_id, reader_name))
    except (InvalidTag, ValueError) as error:
        raise CannotOpen(_("这把钥匙打不开这个文件。")) from error
    if len(secret) != SECRET_BYTES:
        raise CannotOpen(_("这把钥匙打不开这个文件。"))
    return secret


def wrap_info(purpose: str, file_id: bytes, reader_name: str) -> bytes:
    """What the wrapping is bound to: label, zero, 16 bytes of file id, reader name."""
    if len(file_id) != FILE_ID_BYTES:
        raise ValueError("a file id is 16 bytes")
    return b"vb1/wrap/" + purpose.encode("ascii") + b"\0" + file_id + reader_name.encode("utf-8")
