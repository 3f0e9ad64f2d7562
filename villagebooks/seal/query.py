"""The secrets of the query file: who knows an ID number (and a household code) opens one slot, and with it two keys.

::

    cred  = "vb1/id\\0" ‖ id18 [‖ "\\0" ‖ code12]      class 1: at an attended kiosk; class 2: with the household code
    A     = Argon2id(cred, salt and cost of the file's header)
    okm   = HKDF(salt=pepper of the class, ikm=A, info="vb1/slot\\0" ‖ class ‖ file id, 48) = tag[16] ‖ kek[32]
    slots = "VBS1" ‖ u8 n ‖ per class: u8 class ‖ u32 count ‖ records of 128 bytes sorted by tag
    record= tag ‖ ChaCha20Poly1305(kek, aad="vb1/slot\\0" ‖ class ‖ tag) of K_village ‖ K_person ‖ name of the p/ object
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from villagebooks.core.words import _
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.key import Argon2Cost, CannotOpen, argon2
from villagebooks.seal.person import derive

CLASSES = (1, 2)
QUERY_COST = Argon2Cost(3, 64 * 1024, 1)
DECOY_STEP = 64
SMALLEST_PAD, MIDDLE_PAD, LARGEST_PAD = 4 * 1024, 16 * 1024, 64 * 1024

_MAGIC = b"VBS1"
_RECORD, _TAG, _SECRET = 128, 16, 32
_CLASS_HEAD = struct.Struct(">BI")
_LENGTH = struct.Struct(">I")
_NONCE = bytes(12)

Random = Callable[[int], bytes]


class EqualTags(Exception):  # noqa: N818  (a finding in the data, not an error of the program)
    """Two people of one class have the same credential; `first` and `second` are their places in the given order."""

    def __init__(self, cls: int, first: int, second: int) -> None:
        self.cls, self.first, self.second = cls, first, second
        super().__init__(_("两个人的身份证号（和户码）相同。"))


@dataclass(frozen=True, slots=True)
class SlotKey:
    """Where a credential's slot stands (tag, 16 bytes) and what opens it (kek, 32 bytes)."""

    tag: bytes
    kek: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SlotSecrets:
    """What a slot holds: the village's key, the person's key (32 bytes each), the name of the person's object."""

    village: bytes = field(repr=False)
    person: bytes = field(repr=False)
    name: str


def credential(id18: str, code12: str = "") -> bytes:
    """What a person knows: the normal ID number, for class 2 with the 12 digits of the household code."""
    return b"vb1/id\0" + id18.encode("ascii") + (b"\0" + code12.encode("ascii") if code12 else b"")


def stretch(secret: bytes, salt: bytes, cost: Argon2Cost = QUERY_COST) -> bytes:
    """A = Argon2id(credential), 32 bytes; slow on purpose, and cached per person by the exporter."""
    return argon2(secret, salt, cost)


def slot_key(stretched: bytes, pepper: bytes, cls: int, file_id: bytes) -> SlotKey:
    """Tag and key of a slot, from A and the pepper of the class; both differ in every file."""
    info = b"vb1/slot\0" + bytes([cls]) + file_id
    okm = HKDF(SHA256(), _TAG + _SECRET, salt=pepper, info=info).derive(stretched)
    return SlotKey(okm[:_TAG], okm[_TAG:])


def decoyed(count: int) -> int:
    """How many slots and person objects a class of `count` people gets: the next multiple of 64, at least one."""
    return max(DECOY_STEP, -(-count // DECOY_STEP) * DECOY_STEP)


def build_slots(classes: Mapping[int, Sequence[tuple[SlotKey, SlotSecrets]]], random: Random = os.urandom) -> bytes:
    """The table of all classes, each padded with decoys; EqualTags when two people share a credential."""
    out = _MAGIC + bytes([len(classes)])
    for cls in sorted(classes):
        records: dict[bytes, bytes] = {}
        places: dict[bytes, int] = {}
        for place, (key, secrets) in enumerate(classes[cls]):
            if key.tag in records:
                raise EqualTags(cls, places[key.tag], place)
            places[key.tag] = place
            records[key.tag] = _seal_record(cls, key, secrets)
        while len(records) < decoyed(len(classes[cls])):
            records.setdefault(random(_TAG), random(_RECORD - _TAG))
        out += _CLASS_HEAD.pack(cls, len(records))
        out += b"".join(tag + records[tag] for tag in sorted(records))
    return out


def slot_tables(raw: bytes) -> dict[int, bytes]:
    """The sorted records of each class; FormatError unless the table has the form that `build_slots` gives it."""
    if raw[:4] != _MAGIC or len(raw) < 5:
        raise FormatError(_("查询名册的格式不对。"))
    tables: dict[int, bytes] = {}
    at = 5
    for _place in range(raw[4]):
        if len(raw) < at + _CLASS_HEAD.size:
            raise FormatError(_("查询名册不完整。"))
        cls, count = _CLASS_HEAD.unpack_from(raw, at)
        at += _CLASS_HEAD.size
        table = raw[at : at + count * _RECORD]
        at += count * _RECORD
        tags = [table[start : start + _TAG] for start in range(0, len(table), _RECORD)]
        ordered = all(one < two for one, two in pairwise(tags))
        if cls not in CLASSES or cls <= max(tables, default=0) or len(table) != count * _RECORD or not ordered:
            raise FormatError(_("查询名册的格式不对。"))
        tables[cls] = table
    if at != len(raw):
        raise FormatError(_("查询名册的格式不对。"))
    return tables


def open_slot(raw: bytes, cls: int, key: SlotKey) -> SlotSecrets | None:
    """The secrets behind a slot key, None when this credential has no slot in the class."""
    table = slot_tables(raw).get(cls, b"")
    place = bisect_left(range(len(table) // _RECORD), key.tag, key=lambda row: _tag(table, row))
    record = table[place * _RECORD : (place + 1) * _RECORD]
    if record[:_TAG] != key.tag:
        return None
    try:
        opened = ChaCha20Poly1305(key.kek).decrypt(_NONCE, record[_TAG:], _slot_aad(cls, key.tag))
    except InvalidTag:
        return None
    village, person, name = (opened[start : start + _SECRET] for start in range(0, 3 * _SECRET, _SECRET))
    return SlotSecrets(village, person, f"p/{name.hex()}")


def seal_object(parent: bytes, file_id: bytes, name: str, plaintext: bytes) -> bytes:
    """Seal an object under the child key of its name: one key, one message, as long as names are unique in the file."""
    return ChaCha20Poly1305(derive(parent, b"vb1/obj", name.encode("ascii"))).encrypt(
        _NONCE, plaintext, _object_aad(file_id, name)
    )


def open_object(parent: bytes, file_id: bytes, name: str, sealed: bytes) -> bytes:
    """The plaintext; CannotOpen when it was sealed under another key, file or name."""
    child = ChaCha20Poly1305(derive(parent, b"vb1/obj", name.encode("ascii")))
    try:
        return child.decrypt(_NONCE, sealed, _object_aad(file_id, name))
    except InvalidTag as error:
        raise CannotOpen(_("内容打不开：{name}").format(name=name)) from error


def content_hash(village_key: bytes, content: bytes) -> str:
    """Hex HMAC of the disclosed content: tells two exports apart only to who can open them."""
    return hmac.digest(derive(village_key, b"vb1/content"), content, hashlib.sha256).hex()


def pad(raw: bytes) -> bytes:
    """Length, bytes and zeros up to 4, 16 or 64 KiB (beyond that multiples of 64 KiB), so that size tells little."""
    size = len(raw) + _LENGTH.size
    target = next((step for step in (SMALLEST_PAD, MIDDLE_PAD) if size <= step), -(-size // LARGEST_PAD) * LARGEST_PAD)
    return (_LENGTH.pack(len(raw)) + raw).ljust(target, b"\0")


def unpad(padded: bytes) -> bytes:
    """What was padded; FormatError when length or zeros are not as `pad` writes them."""
    if len(padded) < SMALLEST_PAD:
        raise FormatError(_("个人数据的长度不对。"))
    raw = padded[_LENGTH.size : _LENGTH.size + _LENGTH.unpack_from(padded)[0]]
    if pad(raw) != padded:
        raise FormatError(_("个人数据的长度不对。"))
    return raw


def seal_stretched(cache_key: bytes, stretched: bytes, bound: bytes, random: Random = os.urandom) -> bytes:
    """A, sealed under K_cache for the next export. `bound` is `cache_bound(…)`, so that a changed credential misses."""
    nonce = random(12)
    return nonce + ChaCha20Poly1305(cache_key).encrypt(nonce, stretched, bound)


def open_stretched(cache_key: bytes, blob: bytes, bound: bytes) -> bytes | None:
    """A from the cache, None when it belongs to another credential, salt or cost."""
    try:
        return ChaCha20Poly1305(cache_key).decrypt(blob[:12], blob[12:], bound)
    except (InvalidTag, ValueError):
        return None


def cache_bound(secret: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
    """What a cached A is bound to: credential (hashed), salt and cost."""
    head = f"vb1/cache\0{cost.t} {cost.m_kib} {cost.p}\0".encode()
    return head + salt + hashlib.sha256(secret).digest()


def picture_bound(sha256: str, form: str) -> bytes:
    """What a small picture kept under K_cache is bound to: its original's hash (hex), and how it was made."""
    return b"vb1/small\0" + form.encode() + b"\0" + bytes.fromhex(sha256)


def _seal_record(cls: int, key: SlotKey, secrets: SlotSecrets) -> bytes:
    plain = secrets.village + secrets.person + bytes.fromhex(secrets.name.removeprefix("p/"))
    if len(plain) != 3 * _SECRET:
        raise ValueError("a slot holds two keys and a name of 32 bytes each")
    return ChaCha20Poly1305(key.kek).encrypt(_NONCE, plain, _slot_aad(cls, key.tag))


def _slot_aad(cls: int, tag: bytes) -> bytes:
    return b"vb1/slot\0" + bytes([cls]) + tag


def _object_aad(file_id: bytes, name: str) -> bytes:
    return b"vb1\0" + file_id + name.encode("ascii")


def _tag(table: bytes, row: int) -> bytes:
    return table[row * _RECORD : row * _RECORD + _TAG]
