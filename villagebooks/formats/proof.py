"""凭证证明: a voucher with its signatures as one file that anybody verifies without the books.

Canonical JSON::

    {"v": 1, "type": "villagebooks/v1/proof",
     "book": <uid of the book>, "chain": <uuid of its journal>,
     "keys": [<note of the key directory, version 1>, <version 2>, …],
     "object": {"on": "voucher", "uid": <uid>},
     "bodies": [{"rev": <n>, "body": <the exact bytes that were signed, as text>}, …],
     "start": {"seq": <n>, "head": <hex head after n entries>},
     "leaves": <base64 of the leaf hashes n+1, n+2, …, 32 bytes each>,
     "approvals": [{"row": <the row as the journal digests it, note in hex>, "entry": <the journal entry, text>}, …],
     "anchor": <note of the first sheet that hung after the last signature, or empty>}

What holds then: the directories follow each other from version 1; each entry is one of the leaves, says `sign` of this
very row and tells where the office chain stood, and there the signer's key was valid; each note signs the body of its
revision, quotes the note before it and the head that stands there; the newest revision was approved by different people
and not sent back; the anchor pins the head after all of it, so that the code on the notice board dates the signatures.
What a policy asks for is not in the file: the reader sees steps, names and duties and judges whether they suffice.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.approval import APPROVE, BY_KEY, VOID, WITHDRAW
from villagebooks.core.journal import Head
from villagebooks.core.words import _
from villagebooks.formats.chain import is_uuid
from villagebooks.seal.approval import ApprovalText, approval_hash, peek_approval, read_approval
from villagebooks.seal.canonical import FormatError, dump, load
from villagebooks.seal.disclosure import Anchor, read_anchor
from villagebooks.seal.journal import Entry, leaf_hash, next_head, read_entry
from villagebooks.seal.key import KeyDirectory, check_succession, ever_valid, read_directory, valid_signers
from villagebooks.seal.note import read_base64

PROOF_KIND = "villagebooks/v1/proof"

_LEAF = 32
_HEX, _HEAD = re.compile(r"(?:[0-9a-f]{2})+"), re.compile(r"[0-9a-f]{64}")
_NUMBERS = (0, 2, 5)
"""Places in a row that are numbers; the other places of the first fourteen are texts."""
_ROW = 14


@dataclass(frozen=True, slots=True)
class SignedRow:
    """A signature: its row as the journal digests it (note in hex), and the canonical bytes of its journal entry."""

    row: list[object]
    entry: bytes


@dataclass(frozen=True, slots=True)
class Proof:
    """What the file holds. `keys` from version 1 on; `bodies` by revision; `leaves` follow `start` in the journal."""

    book: str
    chain: str
    keys: tuple[bytes, ...]
    on: str
    uid: str
    bodies: Mapping[int, bytes]
    start: Head
    leaves: tuple[bytes, ...]
    approvals: tuple[SignedRow, ...]
    anchor: bytes = b""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that held: its note's text, its place in the book's journal, whose key, the key's duties there."""

    text: ApprovalText
    seq: int
    signer: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proven:
    """What a proof that holds says; `points` are the (size, hex head) of the journal that it states."""

    proof: Proof
    directory: KeyDirectory
    signatures: tuple[Signature, ...]
    points: tuple[tuple[int, str], ...]
    anchor: Anchor | None


def build_proof(proof: Proof) -> bytes:
    """The file's bytes; FormatError beyond 8 MiB."""
    return dump(
        {
            "v": 1,
            "type": PROOF_KIND,
            "book": proof.book,
            "chain": proof.chain,
            "keys": [one.decode() for one in proof.keys],
            "object": {"on": proof.on, "uid": proof.uid},
            "bodies": [{"rev": rev, "body": body.decode()} for rev, body in sorted(proof.bodies.items())],
            "start": {"seq": proof.start.seq, "head": proof.start.head},
            "leaves": base64.b64encode(b"".join(proof.leaves)).decode(),
            "approvals": [{"row": one.row, "entry": one.entry.decode()} for one in proof.approvals],
            "anchor": proof.anchor.decode(),
        }
    )


def read_proof(raw: bytes) -> Proof:
    """The file's content with its form checked and **nothing verified**; FormatError otherwise."""
    try:
        proof = _collect(load(raw))
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise FormatError(_("凭证证明的格式不对。")) from error
    if build_proof(proof) != raw or not proof.leaves or not proof.bodies or not is_uuid(proof.chain):
        raise FormatError(_("凭证证明的格式不对。"))
    if type(proof.start.seq) is not int or proof.start.seq < 0 or not _HEAD.fullmatch(proof.start.head):
        raise FormatError(_("凭证证明的格式不对。"))
    return proof


def _collect(value: object) -> Proof:
    """The record of the parsed file; sloppy on purpose, since `read_proof` compares it rebuilt with what was read."""
    if not isinstance(value, dict):
        raise FormatError(_("凭证证明的格式不对。"))
    leaves = value["leaves"]
    packed = read_base64(leaves, len(leaves) * 3 // 4 - leaves.count("="))
    if len(packed) % _LEAF or any(type(one["rev"]) is not int for one in value["bodies"]):
        raise FormatError(_("凭证证明的格式不对。"))
    return Proof(
        book=value["book"] + "",
        chain=value["chain"] + "",
        keys=tuple(one.encode() for one in value["keys"]),
        on=value["object"]["on"] + "",
        uid=value["object"]["uid"] + "",
        bodies={one["rev"]: one["body"].encode() for one in value["bodies"]},
        start=Head(value["start"]["seq"], value["start"]["head"] + ""),
        leaves=tuple(packed[at : at + _LEAF] for at in range(0, len(packed), _LEAF)),
        approvals=tuple(SignedRow([*one["row"]], one["entry"].encode()) for one in value["approvals"]),
        anchor=value["anchor"].encode(),
    )


def prove(raw: bytes, trust: Callable[[bytes], KeyDirectory]) -> Proven:
    """What the file proves; FormatError at the first thing that fails.

    `trust` takes the newest directory of the file and answers the newest that the reader trusts.
    """
    proof = read_proof(raw)
    directory = trust(_succession(proof.keys))
    digests = {rev: _body_digest(proof, rev, body) for rev, body in proof.bodies.items()}
    heads = _heads(proof)
    signatures: list[Signature] = []
    previous, last = "", 0
    for one in proof.approvals:
        entry = _entry_of(proof, one)
        if entry.seq <= last:
            raise FormatError(_("签字的次序不对。"))
        found = _signature(proof, one.row, entry, directory, heads)
        if found.text.prev != previous:
            raise FormatError(_("{name}的签字与前一个签字接不上。").format(name=one.row[8]))
        if found.text.doc != digests.get(found.text.rev):
            raise FormatError(_("{name}的签字不是签在这张单子上的。").format(name=one.row[8]))
        signatures.append(found)
        previous, last = str(one.row[13]), entry.seq
    _check_standing(signatures, max(digests))
    anchor = _anchor(proof, directory, heads, last) if proof.anchor else None
    ends = (proof.start.seq, proof.start.seq + len(proof.leaves))
    return Proven(proof, directory, tuple(signatures), tuple((end, heads[end]) for end in ends), anchor)


def _succession(raws: Sequence[bytes]) -> bytes:
    """The newest of the directories' notes, which follow each other from version 1."""
    old: tuple[bytes, KeyDirectory] | None = None
    for raw in raws:
        new = read_directory(raw, None)
        if old:
            check_succession(*old, new)
        elif new.version != 1 or new.previous:
            raise FormatError(_("钥匙名录的版本没有接上。"))
        old = raw, new
    if old is None:
        raise FormatError(_("文件里没有钥匙名录。"))
    return old[0]


def _body_digest(proof: Proof, rev: int, body: bytes) -> str:
    said = load(body)
    if not isinstance(said, dict) or [said.get(key) for key in ("book", "uid", "rev")] != [proof.book, proof.uid, rev]:
        raise FormatError(_("签过的原文不是这张单子的。"))
    return hashlib.sha256(body).hexdigest()


def _heads(proof: Proof) -> dict[int, str]:
    """Position → hex head over the stretch of the journal."""
    head = bytes.fromhex(proof.start.head)
    heads = {proof.start.seq: proof.start.head}
    for seq, leaf in enumerate(proof.leaves, proof.start.seq + 1):
        head = next_head(head, leaf)
        heads[seq] = head.hex()
    return heads


def _entry_of(proof: Proof, one: SignedRow) -> Entry:
    """The journal entry, after it was found among the leaves and names this very row."""
    row = one.row
    typed = len(row) >= _ROW and all(type(row[at]) is (int if at in _NUMBERS else str) for at in range(_ROW))
    if not typed or not _HEX.fullmatch(str(row[12])):
        raise FormatError(_("凭证证明的格式不对。"))
    entry = read_entry(one.entry)
    place = entry.seq - proof.start.seq - 1
    there = 0 <= place < len(proof.leaves) and proof.leaves[place] == leaf_hash(one.entry)
    digest = hashlib.sha256(dump([row])).hexdigest()
    named = (entry.kind, entry.ref, entry.digest) == ("sign", f"approval:{row[1]}", digest)
    if not (there and named and entry.chain == proof.chain and entry.office):
        raise FormatError(_("{name}的签字在日志里没有登记。").format(name=row[8]))
    return entry


def _signature(
    proof: Proof, row: Sequence[object], entry: Entry, directory: KeyDirectory, heads: Mapping[int, str]
) -> Signature:
    """The signature of a row, after its note held at the entry's place and says what the row says."""
    position = entry.office.n if entry.office else 0
    note, who = bytes.fromhex(str(row[12])), row[8]
    text = read_approval(note, valid_signers(directory, at=position))
    full = peek_approval(note).signer
    said = (text.on, text.uid, text.rev, text.step, text.decision, text.mode, text.at, approval_hash(note))
    kept = (row[3], row[4], row[5], row[6], row[9], row[10], row[11], row[13])
    name = "、".join(text.ink.names) if text.ink else who
    same = said == kept and name == row[7] and full.rpartition("/")[2] == who
    if not same or (text.book, text.on, text.uid) != (proof.book, proof.on, proof.uid):
        raise FormatError(_("{name}的签字不是签在这张单子上的。").format(name=who))
    if text.chain >= entry.seq or heads.get(text.chain) != text.head:
        raise FormatError(_("{name}签字时看到的日志与现在的日志接不上。").format(name=who))
    current = [one for one in directory.keys if one.name == full and one.since <= position]
    return Signature(text, entry.seq, str(who), max(current, key=lambda one: one.since).roles)


def _check_standing(signatures: Sequence[Signature], rev: int) -> None:
    """FormatError unless the newest revision was approved, by different people, not sent back, and no voiding of it
    stands: who takes a voiding back, takes back every signature for it that was given before."""
    approved: list[Signature] = []
    against: list[str] = []
    for one in signatures:
        if one.text.rev != rev:
            continue
        if one.text.decision == APPROVE:
            approved.append(one)
        elif one.text.decision == WITHDRAW:
            against = [two for two in against if two != VOID]
        else:
            against.append(one.text.decision)
    if VOID in against:
        raise FormatError(_("有人签字要作废它，没有撤回。"))
    if not approved or against:
        raise FormatError(_("这一稿还没有人签，或被退回。"))
    signers = [one.signer for one in approved if one.text.mode == BY_KEY]
    if len(set(signers)) != len(signers):
        raise FormatError(_("同一个人签了两次。"))


def _anchor(proof: Proof, directory: KeyDirectory, heads: Mapping[int, str], last: int) -> Anchor:
    anchor = read_anchor(proof.anchor, ever_valid(directory, proof.anchor))
    if anchor.size < last or heads.get(anchor.size) != anchor.head:
        raise FormatError(_("公开榜之前的日志被改动过。"))
    return anchor
