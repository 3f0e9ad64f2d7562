"""The journal's hash chain: every entry is salted, hashed to a leaf, and chained to all entries before it."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from villagebooks.core.words import _
from villagebooks.seal.canonical import FormatError, dump, load

SALT_BYTES = 16
VERSION = 1

_SALT, _HEAD = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")


class ChainBroken(Exception):  # noqa: N818  (a finding, not an error of the program)
    """A chain's entries do not follow each other; `seq` is the first entry that does not fit."""

    def __init__(self, seq: int, text: str) -> None:
        self.seq = seq
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class OfficeMark:
    """Where the office chain stood: number of entries and its 32-byte head."""

    n: int
    head: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: number in its chain from 1, ISO time, who, what, `table:uid` and the hex SHA-256 of the row after it.

    `office` is None on the office chain itself; `salt` 16 random bytes, so that a published leaf tells nothing.
    """

    chain: str
    seq: int
    at: str
    actor: str
    kind: str
    ref: str
    digest: str
    office: OfficeMark | None
    salt: bytes
    v: int = VERSION


def entry_bytes(entry: Entry) -> bytes:
    """The canonical JSON that is hashed and kept."""
    return dump(
        {
            "v": entry.v,
            "chain": entry.chain,
            "seq": entry.seq,
            "at": entry.at,
            "actor": entry.actor,
            "kind": entry.kind,
            "ref": entry.ref,
            "digest": entry.digest,
            "office": [entry.office.n, entry.office.head.hex()] if entry.office else None,
            "salt": entry.salt.hex(),
        }
    )


def read_entry(raw: bytes) -> Entry:
    """The entry of canonical bytes; FormatError unless they are exactly what `entry_bytes` writes."""
    match load(raw):
        case {
            "v": 1, "chain": str(chain), "seq": int(seq), "at": str(at), "actor": str(actor), "kind": str(kind),
            "ref": str(ref), "digest": str(digest), "office": office, "salt": str(salt), **rest,
        } if not rest and type(seq) is int and seq >= 1 and _SALT.fullmatch(salt):  # fmt: skip
            mark = _read_mark(office)
            entry = Entry(chain, seq, at, actor, kind, ref, digest, mark, bytes.fromhex(salt))
            if entry_bytes(entry) == raw:
                return entry
    raise FormatError(_("日志的格式不对。"))


def _read_mark(value: object) -> OfficeMark | None:
    match value:
        case None:
            return None
        case [int(n), str(head)] if type(n) is int and n >= 0 and _HEAD.fullmatch(head):
            return OfficeMark(n, bytes.fromhex(head))
    raise FormatError(_("日志的格式不对。"))


def leaf_hash(entry: Entry | bytes) -> bytes:
    """The 32-byte leaf of an entry or of its canonical bytes."""
    raw = entry if isinstance(entry, bytes) else entry_bytes(entry)
    return hashlib.sha256(b"vb1/leaf\0" + raw).digest()


def genesis_head(chain_uuid: str) -> bytes:
    """The head of an empty chain."""
    return hashlib.sha256(b"vb1/genesis\0" + uuid.UUID(chain_uuid).bytes).digest()


def next_head(head: bytes, leaf: bytes) -> bytes:
    """The head after one more leaf."""
    return hashlib.sha256(b"vb1/chain\0" + head + leaf).digest()


def verify_chain(chain_uuid: str, entries: Iterable[Entry], heads: Iterable[bytes] = ()) -> bytes:
    """The head over the entries; ChainBroken at a foreign chain, a gap in numbers, or a stored head that differs."""
    head, stored = genesis_head(chain_uuid), iter(heads)
    seq = 0
    for seq, entry in enumerate(entries, 1):
        if entry.chain != chain_uuid:
            raise ChainBroken(seq, _("第 {seq} 条日志不属于本链。").format(seq=seq))
        if entry.seq != seq:
            raise ChainBroken(seq, _("日志缺少第 {seq} 条，或次序不对。").format(seq=seq))
        head = next_head(head, leaf_hash(entry))
        if next(stored, head) != head:
            raise ChainBroken(seq, _("第 {seq} 条日志被改动过。").format(seq=seq))
    return head
