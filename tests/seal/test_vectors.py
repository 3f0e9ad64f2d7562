"""Format vectors: fixed inputs and randomness give exactly the bytes in `vectors.json`; a change breaks every old file.

`python -m tests.seal.test_vectors` prints the present values.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import random
import tempfile
from pathlib import Path

import pytest
from argon2.low_level import Type, hash_secret_raw

from tests.specimens import make_office, specimens
from villagebooks.seal import approval, canonical, code, container, disclosure, journal, key, note, person, query

STORED = Path(__file__).with_name("vectors.json")
CHEAP = key.Argon2Cost(1, 8, 1)
CHAIN = "3f0c1c9a-1111-4222-8333-444455556666"
FILE = bytes(range(16))


def compute() -> dict[str, bytes]:
    """Every vector by its name."""
    keys = key.make_person_keys("石岭镇/周会计", random.Random(1).randbytes)
    reader = key.make_person_keys("kiosk-1", random.Random(2).randbytes)
    device = key.make_person_keys("石岭镇/pc1", random.Random(3).randbytes)
    root = key.SigningKey("石岭镇/root", random.Random(4).randbytes(32))
    second = key.SigningKey("石岭镇/李主任", random.Random(5).randbytes(32))
    entry = key.KeyEntry(keys.name, keys.signing.public, ("agent", "archivist"), 7)
    directory = key.KeyDirectory(
        centre="石岭镇", version=2, root=root.public, previous="11" * 32,
        keys=(entry, key.KeyEntry(second.name, second.public, ("director",), 3)),
        recipients=(key.ReaderEntry(keys.name, keys.sealing.public),),
        readers=(key.ReaderEntry("kiosk-1", reader.sealing.public, 1),),
        devices=(key.KeyEntry(device.name, device.signing.public),),
        revocations=(key.Revocation("石岭镇/old", 5),), policy="22" * 32, root_next=key.root_next_hash(second.public),
    )  # fmt: skip
    directory_raw = key.sign_directory(root, directory)
    act = journal.Entry(
        CHAIN, 1, "2026-09-03T10:00:00+08:00", keys.name, "voucher.save", "voucher:1", "33" * 32,
        journal.OfficeMark(4, bytes(range(32))), bytes(range(16)),
    )  # fmt: skip
    first_head = journal.next_head(journal.genesis_head(CHAIN), journal.leaf_hash(act))
    anchor = disclosure.Anchor("石岭镇", "SL01", 1, "2026-09", 1, first_head.hex(), "44" * 32)
    anchor_raw = disclosure.sign_anchor(anchor, [second, keys.signing])
    plain = approval.ApprovalText(
        book="SL01", on="voucher", uid=CHAIN, rev=1, doc="55" * 32, step="countersign", decision="approve",
        at="2026-09-03T11:00:00+08:00", chain=1, head=first_head.hex(),
    )  # fmt: skip
    ink = approval.ApprovalText(
        book="SL01", on="paper", uid=CHAIN, rev=0, doc="66" * 32, step="committee", decision="approve",
        at="2026-09-03T11:00:00+08:00", chain=1, head=first_head.hex(), prev="77" * 32,
        body=approval.BodyText("村务监督委员会", 3, 2, 3, True, "88" * 32),
        ink=approval.InkText(("王大山",), "99" * 32),
    )  # fmt: skip
    office = person.derive_office_keys(bytes(range(32)))
    seal = person.FieldSeal(office.field, office.index)
    cred1, cred2 = query.credential("11010519491231002X"), query.credential("11010519491231002X", "123456789015")
    slot1 = query.slot_key(query.stretch(cred1, FILE, CHEAP), b"p" * 32, 1, FILE)
    slot2 = query.slot_key(query.stretch(cred2, FILE, CHEAP), b"q" * 32, 2, FILE)
    secrets = query.SlotSecrets(b"v" * 32, b"w" * 32, "p/" + "0a" * 32)
    bound = query.cache_bound(cred1, FILE, CHEAP)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.vbq"
        objects = [
            ("keys", directory_raw),
            ("slots", b"s" * 600),
            (container.random_name("b", random.Random(6).randbytes), b""),
        ]
        container.write_container(
            path, ["centre 石岭镇", "seq 1"], objects, [second, keys.signing], "villagebooks/v1/query"
        )
        packed = path.read_bytes()
    return {
        "canonical": canonical.dump({"b": [1, -2, None, True], "a": '村 "\\\n', "c": {}}),
        "note-one": note.sign_note(["villagebooks/v1/test", "一"], [keys.signing]),
        "note-two": note.sign_note(["villagebooks/v1/test", "一", "two"], [second, keys.signing]),
        "note-keyid": note.Verifier(keys.name, keys.signing.public).keyid,
        "person-pack": key.pack_person(keys),
        "signing-public": keys.signing.public,
        "sealing-public": keys.sealing.public,
        "box": key.lock_box("山水之间 2026", b"payload", CHEAP, random.Random(7).randbytes),
        "fingerprint": key.fingerprint(root.public).encode(),
        "directory": directory_raw,
        "directory-hash": key.directory_hash(directory_raw).encode(),
        "key-line": key.key_line(entry).encode(),
        "key-proof": key.prove_possession(keys.signing, entry),
        "root-next": key.root_next_hash(second.public).encode(),
        "code": code.encode_code(hashlib.sha256(b"code").digest()).encode(),
        "household-code": code.make_household_code(random.Random(8).randbytes).encode(),
        "genesis": journal.genesis_head(CHAIN),
        "entry": journal.entry_bytes(act),
        "leaf": journal.leaf_hash(act),
        "head-1": first_head,
        "anchor": anchor_raw,
        "anchor-hash": disclosure.anchor_hash(anchor_raw).encode(),
        "anchor-code": disclosure.anchor_code(anchor_raw).encode(),
        "approval-key": approval.sign_approval(plain, keys.signing),
        "approval-paper": approval.sign_approval(ink, keys.signing),
        "office-field": office.field,
        "office-index": office.index,
        "office-cache": office.cache,
        "field": seal.seal("11010519491231002X", "person.id_number", CHAIN, random.Random(9).randbytes),
        "field-index": seal.index("11010519491231002X"),
        "credential-1": cred1,
        "credential-2": cred2,
        "stretched": query.stretch(cred1, FILE, CHEAP),
        "slot-tag-1": slot1.tag,
        "slot-kek-1": slot1.kek,
        "slot-tag-2": slot2.tag,
        "slots-sha256": hashlib.sha256(
            query.build_slots({1: [(slot1, secrets)], 2: [(slot2, secrets)]}, random.Random(10).randbytes)
        ).digest(),
        "object": query.seal_object(b"k" * 32, FILE, "db", b"plain"),
        "content": query.content_hash(b"v" * 32, b"plain").encode(),
        "padded-sha256": hashlib.sha256(query.pad(b"abc")).digest(),
        "cached": query.seal_stretched(office.cache, b"A" * 32, bound, random.Random(11).randbytes),
        "member-header": container.member_header("b/" + "0f" * 32, 12345),
        "container": packed,
        **files(),
    }  # fmt: skip


def files() -> dict[str, bytes]:
    """The specimens that both verifiers read: short ones whole, long ones by their SHA-256."""
    office = make_office()
    short = {"directory-1": office.directories[0], "directory-3": office.directories[2], "anchor-2": office.anchors[1]}
    short |= {f"approval-{place}": raw for place, raw in enumerate(office.approvals, 1)}
    short |= {"code-1": office.codes[0].encode(), "code-2": office.codes[1].encode(), "entry-4": office.entries[3]}
    long = {f"{name}-sha256": hashlib.sha256(raw).digest() for name, raw in specimens(office).items()}
    return short | long | {f"head-of-{seq}": office.heads[seq] for seq in (4, 12)}


@pytest.fixture(scope="module")
def now() -> dict[str, bytes]:
    return compute()


@pytest.fixture(scope="module")
def stored() -> dict[str, str]:
    found: dict[str, str] = json.loads(STORED.read_text())
    return found


def test_there_are_at_least_thirty_vectors_and_none_is_lost(now: dict[str, bytes], stored: dict[str, str]) -> None:
    assert len(stored) >= 30
    assert set(now) | {"wrapped"} == set(stored)


def test_every_vector_is_byte_equal(now: dict[str, bytes], stored: dict[str, str]) -> None:
    assert {name: raw.hex() for name, raw in now.items()} == {
        name: raw for name, raw in stored.items() if name != "wrapped"
    }


def test_a_stored_wrapping_still_opens(stored: dict[str, str]) -> None:
    reader = key.make_person_keys("kiosk-1", random.Random(2).randbytes).sealing
    assert key.unwrap(reader, bytes.fromhex(stored["wrapped"]), "pepper/1", FILE, "kiosk-1") == b"p" * 32


def test_derivations_equal_those_of_the_standard_library(stored: dict[str, str]) -> None:
    """HKDF written out with hmac, Argon2 called directly: the labels in the bytes are those of the document."""

    def expand(parent: bytes, info: bytes, size: int = 32) -> bytes:
        out, block = b"", b""
        while len(out) < size:
            block = hmac.digest(parent, block + info + bytes([len(out) // 32 + 1]), "sha256")
            out += block
        return out[:size]

    raw = {name: bytes.fromhex(value) for name, value in stored.items()}
    assert raw["office-field"] == expand(bytes(range(32)), b"vb1/field\0")
    assert raw["field-index"] == hmac.digest(raw["office-index"], b"11010519491231002X", "sha256")
    stretched = hash_secret_raw(b"vb1/id\x0011010519491231002X", FILE, 1, 8, 1, 32, Type.ID)
    assert raw["stretched"] == stretched
    okm = expand(hmac.digest(b"p" * 32, stretched, "sha256"), b"vb1/slot\0\x01" + FILE, 48)
    assert raw["slot-tag-1"] + raw["slot-kek-1"] == okm
    content = hmac.digest(expand(b"v" * 32, b"vb1/content\0"), b"plain", "sha256")
    assert raw["content"].decode() == content.hex()
    long = hash_secret_raw(hashlib.sha256(raw["anchor"]).digest(), b"vb1/anchor-code\0", 3, 65536, 1, 32, Type.ID)
    assert raw["anchor-code"].decode() == code.encode_code(long)


def test_a_note_vector_is_what_c2sp_says(stored: dict[str, str]) -> None:
    text, _empty, signature = bytes.fromhex(stored["note-one"]).decode().partition("\n\n")
    assert text == "villagebooks/v1/test\n一"
    dash, name, coded = signature.rstrip("\n").split(" ")
    assert (dash, name) == ("—", "石岭镇/周会计")
    assert base64.b64decode(coded)[:4].hex() == stored["note-keyid"]


if __name__ == "__main__":
    reader_public = key.make_person_keys("kiosk-1", random.Random(2).randbytes).sealing.public
    wrapped = key.wrap(reader_public, b"p" * 32, "pepper/1", FILE, "kiosk-1")
    values = {name: raw.hex() for name, raw in {**compute(), "wrapped": wrapped}.items()}
    print(json.dumps(values, indent=1))
