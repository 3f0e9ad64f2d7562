"""The two clear objects that tie a query file to the notice board.

`journal` holds every salted leaf hash of the book's chain, `anchors` the signed notes in the feet of the sheets::

    journal = "VBJ1" ‖ uuid of the chain (16 bytes) ‖ leaf hashes (32 bytes each)
    anchors = canonical JSON list of the notes as text, oldest first
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from villagebooks.core.journal import Head
from villagebooks.core.words import _
from villagebooks.seal.canonical import FormatError, dump, load
from villagebooks.seal.disclosure import CODE_COST, Anchor, anchor_code, anchor_hash, peek_anchor, read_anchor
from villagebooks.seal.journal import genesis_head, next_head
from villagebooks.seal.key import Argon2Cost, KeyDirectory, ever_valid

JOURNAL, ANCHORS = "journal", "anchors"

_MAGIC = b"VBJ1"
_LEAF = 32


def build_journal(chain: str, leaves: Sequence[bytes]) -> bytes:
    """The object of a chain's uid and its leaf hashes."""
    return _MAGIC + uuid.UUID(chain).bytes + b"".join(leaves)


def read_heads(raw: bytes) -> list[bytes]:
    """The chain's head after 0, 1, 2 … entries; FormatError when the object is malformed."""
    body = raw[20:]
    if not raw.startswith(_MAGIC) or len(raw) < 20 or len(body) % _LEAF:
        raise FormatError(_("日志校验的格式不对。"))
    heads = [genesis_head(str(uuid.UUID(bytes=raw[4:20])))]
    for at in range(0, len(body), _LEAF):
        heads.append(next_head(heads[-1], body[at : at + _LEAF]))
    return heads


def build_anchors(notes: Sequence[bytes]) -> bytes:
    """The object of the anchors' notes, oldest first."""
    return dump([note.decode("utf-8") for note in notes])


def read_anchors(raw: bytes) -> list[bytes]:
    """The notes; FormatError when the object is no list of texts."""
    value = load(raw)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise FormatError(_("锚定记录的格式不对。"))
    return [one.encode("utf-8") for one in value]


def check_proof_objects(
    directory: KeyDirectory, book: str, journal: tuple[bytes, Head], anchors: tuple[bytes, int, str]
) -> tuple[list[Anchor], list[str]]:
    """The anchors and what is wrong: leaves against the head, anchors against keys, leaves and each other.

    `journal` is the object and the head that the header states; `anchors` the object, last seq and last hash.
    """
    raw_journal, stated = journal
    raw_anchors, last_seq, last_hash = anchors
    heads, problems = read_heads(raw_journal), list[str]()
    if (len(heads) - 1, heads[-1].hex()) != (stated.seq, stated.head):
        problems.append(_("日志与文件头里的链值不符。"))
    found: list[Anchor] = []
    previous = ""
    for raw in read_anchors(raw_anchors):
        anchor = read_anchor(raw, ever_valid(directory, raw))
        found.append(anchor)
        if anchor.previous != previous or anchor.seq != len(found) or anchor.book != book:
            problems.append(_("第 {seq} 期公开榜没有接上前一期。").format(seq=anchor.seq))
        if anchor.size >= len(heads) or heads[anchor.size].hex() != anchor.head:
            problems.append(_("第 {seq} 期公开榜之前的日志被改动过。").format(seq=anchor.seq))
        previous = anchor_hash(raw)
    if (len(found), previous) != (last_seq, last_hash):
        problems.append(_("公开榜的期数与文件头不符。"))
    return found, problems


def find_code(raw_anchors: bytes, code: str, cost: Argon2Cost = CODE_COST) -> Anchor | None:
    """The anchor whose printed code this is (five groups, normal form), None when none has it; 0.1 s a sheet."""
    for raw in reversed(read_anchors(raw_anchors)):
        if anchor_code(raw, cost) == code:
            return peek_anchor(raw)
    return None
