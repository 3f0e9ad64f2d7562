"""The journal's hash chain: every entry is salted, hashed to a leaf, and chained to all entries before it."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from villagebooks.core.words import _
from villagebooks.seal.canonical import dump

SALT_BYTES = 16
VERSION = 1


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


def head_of_leaves(chain_uuid: str, leaves: Iterable[bytes]) -> bytes:
    """The head of a chain given its leaves in order."""
    head = genesis_head(chain_uuid)
    for leaf in leaves:
        head = next_head(head, leaf)
    return head


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
