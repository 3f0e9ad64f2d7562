"""One small specimen of every file that leaves the program, from fixed randomness: both verifiers read them."""

from __future__ import annotations

import hashlib
import random
import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from villagebooks.core.journal import Head
from villagebooks.formats.chain import chain_parts
from villagebooks.formats.proof import Proof, SignedRow, build_proof
from villagebooks.formats.query.proof import build_anchors, build_journal
from villagebooks.seal import query
from villagebooks.seal.approval import ApprovalText, BodyText, InkText, approval_hash, sign_approval
from villagebooks.seal.canonical import dump
from villagebooks.seal.container import write_container
from villagebooks.seal.disclosure import Anchor, anchor_code, anchor_hash, sign_anchor
from villagebooks.seal.journal import Entry, OfficeMark, entry_bytes, genesis_head, leaf_hash, next_head
from villagebooks.seal.key import (
    Argon2Cost,
    KeyDirectory,
    KeyEntry,
    ReaderEntry,
    Revocation,
    SealingKey,
    SigningKey,
    directory_hash,
    root_next_hash,
    sign_directory,
)

CHEAP = Argon2Cost(1, 8, 1)
CENTRE, BOOK = "石岭镇", "9c8b7a60-1111-4222-8333-444455556666"
CHAIN, VOUCHER = "3f0c1c9a-1111-4222-8333-444455556666", "11111111-2222-4333-8444-555566667777"
LONG = 12
"""Entries of the specimen's journal."""


def signing(name: str) -> SigningKey:
    return SigningKey(f"{CENTRE}/{name}", random.Random(name).randbytes(32))


ROOT, NEXT_ROOT, STRANGER = signing("总钥匙"), signing("下一把"), signing("别人")
DIRECTOR, AGENT, OTHER, GONE, DEVICE = (signing(name) for name in ("邹主任", "冯会计", "谭会计", "离任", "pc1"))
READER = SealingKey("kiosk-1", random.Random("kiosk").randbytes(32))


@dataclass(frozen=True)
class Office:
    """Directories from version 1, the journal's entries, sheets, approvals of one voucher and the whole proof."""

    directories: tuple[bytes, ...]
    entries: tuple[bytes, ...]
    heads: tuple[bytes, ...]
    anchors: tuple[bytes, ...]
    approvals: tuple[bytes, ...]
    proof: Proof

    @property
    def codes(self) -> list[str]:
        return [anchor_code(one, CHEAP) for one in self.anchors]

    @property
    def chain(self) -> bytes:
        return b"".join(chain_parts(CHAIN, Head(LONG, self.heads[-1].hex()), self.entries))


def make_directories() -> tuple[bytes, ...]:
    """Three versions: two people, then all of them with a reader and a device, then one revoked under the next root."""
    first = KeyDirectory(
        CENTRE, 1, ROOT.public, root_next=root_next_hash(NEXT_ROOT.public),
        keys=(
            KeyEntry(DIRECTOR.name, DIRECTOR.public, ("director",), 1),
            KeyEntry(GONE.name, GONE.public, ("agent",), 2),
        ),
    )  # fmt: skip
    one = sign_directory(ROOT, first)
    people = tuple(KeyEntry(key.name, key.public, ("agent",), 3) for key in (AGENT, OTHER))
    second = replace(
        first, version=2, previous=directory_hash(one), keys=first.keys + people, policy="22" * 32,
        recipients=(ReaderEntry(DIRECTOR.name, READER.public),), readers=(ReaderEntry("kiosk-1", READER.public, 1),),
        devices=(KeyEntry(DEVICE.name, DEVICE.public),),
    )  # fmt: skip
    two = sign_directory(ROOT, second)
    third = replace(
        second, version=3, previous=directory_hash(two), root=NEXT_ROOT.public, root_next="",
        revocations=(Revocation(GONE.name, 9),),
    )  # fmt: skip
    return one, two, sign_directory(NEXT_ROOT, third)


def body_of(rev: int) -> bytes:
    return dump({"v": 1, "book": BOOK, "uid": VOUCHER, "rev": rev, "total_fen": 74_260, "lines": [["买纸", "51302"]]})


SIGNED = {4: ("prepare", AGENT), 6: ("countersign", OTHER), 8: ("review", DIRECTOR), 9: ("committee", GONE)}
"""Entry → step and key; the last one registers ink."""


def make_office() -> Office:
    """The whole specimen; every entry of the journal stands where the office chain had 5 entries."""
    source, entries, heads = random.Random(12), list[bytes](), [genesis_head(CHAIN)]
    anchors, notes, rows = list[bytes](), list[bytes](), list[SignedRow]()
    for seq in range(1, LONG + 1):
        kind, ref, digest = "save", f"voucher:{seq}", "33" * 32
        if seq in SIGNED:
            notes.append(make_approval(seq, heads[-1].hex(), notes))
            row = row_of(seq, notes[-1])
            kind, ref, digest = "sign", f"approval:{row[1]}", hashlib.sha256(dump([row])).hexdigest()
        mark = OfficeMark(5, bytes(range(32)))
        raw = entry_bytes(
            Entry(CHAIN, seq, "2026-09-03T10:00:00+08:00", "冯会计", kind, ref, digest, mark, source.randbytes(16))
        )
        entries.append(raw)
        heads.append(next_head(heads[-1], leaf_hash(raw)))
        if seq in SIGNED:
            rows.append(SignedRow(row, raw))
        if seq in (3, 10):
            anchor = Anchor(
                CENTRE, "SL01", len(anchors) + 1, f"2026-{8 + len(anchors):02d}", seq, heads[-1].hex(), "44" * 32,
                anchor_hash(anchors[-1]) if anchors else "",
            )  # fmt: skip
            anchors.append(sign_anchor(anchor, [DIRECTOR, AGENT]))
    directories = make_directories()
    proof = Proof(
        book=BOOK, chain=CHAIN, keys=directories, on="voucher", uid=VOUCHER, bodies={1: body_of(1)},
        start=Head(3, heads[3].hex()), leaves=tuple(leaf_hash(one) for one in entries[3:10]), approvals=tuple(rows),
        anchor=anchors[1],
    )  # fmt: skip
    return Office(directories, tuple(entries), tuple(heads), tuple(anchors), tuple(notes), proof)


def make_approval(seq: int, head: str, notes: Sequence[bytes]) -> bytes:
    step, key = SIGNED[seq]
    text = ApprovalText(
        book=BOOK, on="voucher", uid=VOUCHER, rev=1, doc=hashlib.sha256(body_of(1)).hexdigest(), step=step,
        decision="approve", at=f"2026-09-03T10:{seq:02d}:00+08:00", chain=seq - 1, head=head,
        prev=approval_hash(notes[-1]) if notes else "",
    )  # fmt: skip
    if step == "committee":
        body = BodyText("村务监督委员会", 3, 2, 3, stamp=True)
        text = replace(text, body=body, ink=InkText(("王大山", "李小河"), "99" * 32))
    return sign_approval(text, key)


def row_of(seq: int, note: bytes) -> list[object]:
    """An approval as the journal digests it."""
    step, key = SIGNED[seq]
    who, ink = key.name.rpartition("/")[2], step == "committee"
    return [
        seq, str(uuid.UUID(int=seq)), 1, "voucher", VOUCHER, 1, step, "王大山、李小河" if ink else who, who, "approve",
        "paper" if ink else "key", f"2026-09-03T10:{seq:02d}:00+08:00", note.hex(), approval_hash(note),
    ]  # fmt: skip


def pack(kind: str, header: Sequence[str], objects: Sequence[tuple[str, bytes]], keys: Sequence[SigningKey]) -> bytes:
    """A container's bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        write_container(path, header, objects, keys, kind)
        return path.read_bytes()


def query_header(office: Office) -> list[str]:
    """The lines of a query file's header; nobody is a reader."""
    return [
        f"centre {CENTRE}", "book SL01", f"file {'0a' * 16}", "seq 1", "asof 2026-09-30",
        f"journal {LONG} {office.heads[-1].hex()}", f"anchor 2 {anchor_hash(office.anchors[1])}",
        "kdf argon2id 1 8 1", f"salt {'0b' * 16}", f"content {'0c' * 32}",
    ]  # fmt: skip


def query_objects(office: Office) -> list[tuple[str, bytes]]:
    slot = query.slot_key(b"a" * 32, b"p" * 32, 1, bytes(16)), query.SlotSecrets(b"v" * 32, b"w" * 32, f"p/{'0a' * 32}")
    return [
        ("keys", office.directories[-1]),
        ("journal", build_journal(CHAIN, [leaf_hash(one) for one in office.entries])),
        ("anchors", build_anchors(office.anchors)),
        ("slots", query.build_slots({1: [slot]}, random.Random(10).randbytes)),
    ]


def specimens(office: Office) -> dict[str, bytes]:
    """Every file by its name."""
    return {
        "directory-first": office.directories[0],
        "directory-last": office.directories[2],
        "anchor-first": office.anchors[0],
        "anchor-second": office.anchors[1],
        "approval-of-key": office.approvals[1],
        "chain-file": office.chain,
        "proof": build_proof(office.proof),
        "query-file": pack("villagebooks/v1/query", query_header(office), query_objects(office), [DIRECTOR, AGENT]),
        "backup-file": pack("villagebooks/v1/backup", ["seq 1"], query_objects(office)[:2], [DEVICE]),
    }
