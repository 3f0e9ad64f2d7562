from __future__ import annotations

import hashlib
import hmac
import random
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from villagebooks.seal.canonical import FormatError
from villagebooks.seal.code import check_code
from villagebooks.seal.key import (
    Argon2Cost,
    CannotOpen,
    KeyDirectory,
    KeyEntry,
    PersonKeys,
    ReaderEntry,
    Revocation,
    SealingKey,
    SigningKey,
    WrongPassphrase,
    build_directory,
    check_proof,
    check_sealing_public,
    check_signing_public,
    check_succession,
    directory_hash,
    fingerprint,
    lock_box,
    make_person_keys,
    newest_directory,
    open_box,
    pack_person,
    prove_possession,
    read_directory,
    root_next_hash,
    sign_directory,
    unpack_person,
    unwrap,
    valid_signers,
    wrap,
)

CHEAP = Argon2Cost(1, 8, 1)
FILE = bytes(range(16))
ROOT, NEXT_ROOT = SigningKey("centre/root", b"r" * 32), SigningKey("centre/root", b"s" * 32)


def person(number: int) -> PersonKeys:
    return make_person_keys(f"centre/p{number}", random.Random(number).randbytes)


def directory(**changes: object) -> KeyDirectory:
    one, two, three = person(1), person(2), person(3)
    plain = KeyDirectory(
        centre="石岭镇中心",
        version=1,
        root=ROOT.public,
        keys=(
            KeyEntry(one.name, one.signing.public, ("director",), 2),
            KeyEntry(two.name, two.signing.public, ("agent", "archivist"), 3),
        ),
        recipients=(ReaderEntry(one.name, one.sealing.public),),
        readers=(ReaderEntry("kiosk", three.sealing.public, 1), ReaderEntry("page", three.sealing.public, 2)),
        devices=(KeyEntry(three.name, three.signing.public),),
        policy="ab" * 32,
        root_next=root_next_hash(NEXT_ROOT.public),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_a_box_opens_with_its_passphrase_only() -> None:
    box = lock_box("山水之间有人家 2026", b"secret", CHEAP)
    assert open_box("山水之间有人家 2026", box) == b"secret"
    with pytest.raises(WrongPassphrase):
        open_box("山水之间有人家 2027", box)
    assert lock_box("x", b"secret", CHEAP) != lock_box("x", b"secret", CHEAP)


def test_a_passphrase_typed_in_full_width_letters_is_the_same() -> None:
    assert open_box("ＡＢＣ　１２３", lock_box("ABC 123", b"s", CHEAP)) == b"s"


def test_a_changed_box_does_not_open_and_cannot_ask_for_more_memory_than_a_gibibyte() -> None:
    box = lock_box("p", b"secret", CHEAP, random.Random(1).randbytes)
    for at in [*range(4), *range(10, len(box))]:
        with pytest.raises((WrongPassphrase, FormatError)):
            open_box("p", box[:at] + bytes([box[at] ^ 1]) + box[at + 1 :])
    for end in range(len(box)):
        with pytest.raises((WrongPassphrase, FormatError)):
            open_box("p", box[:end])
    for cost in (Argon2Cost(17, 8, 1), Argon2Cost(1, 2**20 + 1, 1), Argon2Cost(0, 8, 1), Argon2Cost(1, 7, 1)):
        with pytest.raises(FormatError):
            lock_box("p", b"s", cost)
    with pytest.raises(FormatError):
        open_box("p", box[:5] + b"\xff\xff\xff\xff" + box[9:])


def test_packed_keys_are_unpacked_and_other_payloads_refused() -> None:
    keys = person(1)
    assert unpack_person(pack_person(keys)) == keys
    for raw in (b"{}", b"[]", pack_person(keys)[:-1], pack_person(keys).replace(b'"v":1', b'"v":2')):
        with pytest.raises(FormatError):
            unpack_person(raw)


def test_no_secret_is_shown_when_a_key_is_printed() -> None:
    assert repr(person(1).signing.seed) not in repr(person(1))


def test_a_wrapped_secret_opens_for_its_reader_purpose_and_file_only() -> None:
    reader, other = person(1).sealing, person(2).sealing
    wrapped = wrap(reader.public, b"s" * 32, "pepper", FILE, "kiosk")
    assert len(wrapped) == 80
    assert unwrap(reader, wrapped, "pepper", FILE, "kiosk") == b"s" * 32
    for key, purpose, file_id, name in (
        (other, "pepper", FILE, "kiosk"),
        (reader, "office", FILE, "kiosk"),
        (reader, "pepper", bytes(16), "kiosk"),
        (reader, "pepper", FILE, "page"),
    ):
        with pytest.raises(CannotOpen):
            unwrap(key, wrapped, purpose, file_id, name)
    for bad in (b"", wrapped[:-1], wrapped + b"x", bytes(80)):
        with pytest.raises(CannotOpen):
            unwrap(reader, bad, "pepper", FILE, "kiosk")


def test_wrapping_is_hpke_of_rfc_9180() -> None:
    """A second implementation, written from the RFC, opens what `wrap` sealed."""

    def extract(suite: bytes, salt: bytes, label: bytes, ikm: bytes) -> bytes:
        return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")

    def expand(suite: bytes, prk: bytes, label: bytes, info: bytes, size: int) -> bytes:
        info = size.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
        return hmac.digest(prk, info + b"\x01", "sha256")[:size]

    key = person(1).sealing
    wrapped = wrap(key.public, b"s" * 32, "pepper", FILE, "kiosk")
    shared = X25519PrivateKey.from_private_bytes(key.seed).exchange(X25519PublicKey.from_public_bytes(wrapped[:32]))
    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x03"
    prk = extract(kem, b"", b"eae_prk", shared)
    secret = expand(kem, prk, b"shared_secret", wrapped[:32] + key.public, 32)
    info = b"vb1/wrap/pepper\0" + FILE + b"kiosk"
    context = b"\0" + extract(suite, b"", b"psk_id_hash", b"") + extract(suite, b"", b"info_hash", info)
    prk = extract(suite, secret, b"secret", b"")
    aead, nonce = expand(suite, prk, b"key", context, 32), expand(suite, prk, b"base_nonce", context, 12)
    assert ChaCha20Poly1305(aead).decrypt(nonce, wrapped[32:], None) == b"s" * 32


def test_small_order_keys_are_refused() -> None:
    prime = 2**255 - 19
    eight = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
    other = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
    small = [number.to_bytes(32, "little") for number in (0, 1, prime - 1, prime, prime + 1)]
    small += [bytes.fromhex(eight), bytes.fromhex(other)]
    for public in [*small, *(raw[:31] + bytes([raw[31] | 0x80]) for raw in small), b"short"]:
        with pytest.raises(FormatError):
            check_signing_public(public)
    for public in (bytes(32), (1).to_bytes(32, "little"), b"short"):
        with pytest.raises(FormatError):
            check_sealing_public(public)
        with pytest.raises(FormatError):
            wrap(public, b"s" * 32, "pepper", FILE, "kiosk")
    for number in range(20):
        check_signing_public(person(number).signing.public)
        check_sealing_public(person(number).sealing.public)


def test_a_fingerprint_is_a_checked_code() -> None:
    assert check_code(fingerprint(ROOT.public))
    assert fingerprint(ROOT.public) != fingerprint(NEXT_ROOT.public)


def test_a_directory_is_read_back_under_root_key_fingerprint_or_by_itself() -> None:
    raw = sign_directory(ROOT, directory())
    for root in (ROOT.public, fingerprint(ROOT.public), None):
        assert read_directory(raw, root) == directory()


def test_a_directory_under_another_root_is_refused() -> None:
    raw = sign_directory(ROOT, directory())
    for root in (NEXT_ROOT.public, fingerprint(NEXT_ROOT.public), ""):
        with pytest.raises(FormatError):
            read_directory(raw, root)
    with pytest.raises(FormatError):
        sign_directory(NEXT_ROOT, directory())


def test_every_bit_flip_of_a_directory_is_refused() -> None:
    raw = sign_directory(ROOT, directory())
    for bit in range(0, len(raw) * 8, 3):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(FormatError):
            read_directory(bytes(changed), fingerprint(ROOT.public))


def test_the_lines_are_as_the_format_says() -> None:
    lines = build_directory(directory(revocations=(Revocation("centre/p2", 9),)))
    assert [line.split(" ")[0] for line in lines] == [
        *("villagebooks/v1/keys", "centre", "version", "previous", "root", "key", "key", "recipient", "reader"),
        *("reader", "device", "revoke", "policy", "root-next"),
    ]
    assert lines[6].startswith("key centre/p2 agent,archivist ")
    assert lines[6].endswith(" from 3")


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 0},
        {"previous": "none"},
        {"centre": "有 空格"},
        {"keys": (KeyEntry("centre/x", bytes(32), ("agent",), 1),)},
        {"keys": (KeyEntry("centre/x", person(9).signing.public, (), 1),)},
        {"keys": (KeyEntry("centre/x", person(9).signing.public, ("Agent",), 1),) * 2},
        {"keys": tuple(KeyEntry(f"centre/{name}", person(9).signing.public, ("agent",), 1) for name in "xy")},
        {"keys": (KeyEntry("centre/x", ROOT.public, ("agent",), 1),)},
        {"readers": (ReaderEntry("kiosk", bytes(32), 1),)},
        {"readers": (ReaderEntry("kiosk", person(9).sealing.public, 3),)},
    ],
)
def test_a_directory_with_a_fault_is_not_signed(changes: dict[str, object]) -> None:
    with pytest.raises(FormatError):
        sign_directory(ROOT, directory(**changes))


def test_a_key_signs_from_its_position_up_to_its_revocation() -> None:
    old, new = person(1), person(7)
    known = directory(
        keys=(
            KeyEntry(old.name, old.signing.public, ("director",), 2),
            KeyEntry(old.name, new.signing.public, ("director",), 12),
        ),
        revocations=(Revocation(old.name, 10),),
    )
    at = {position: valid_signers(known, at=position).get(old.name) for position in (1, 2, 9, 10, 11, 12)}
    assert at == {
        1: None,
        2: old.signing.public,
        9: old.signing.public,
        10: None,
        11: None,
        12: new.signing.public,
    }
    assert valid_signers(known, role="director") == {old.name: new.signing.public}
    assert valid_signers(known, role="agent") == {}
    assert valid_signers(directory(revocations=(Revocation("centre/p1", 5),)), "director") == {}


def test_versions_follow_each_other_and_the_newest_counts() -> None:
    first = sign_directory(ROOT, directory())
    second = directory(version=2, previous=directory_hash(first))
    check_succession(first, directory(), second)
    raw = sign_directory(ROOT, second)
    assert newest_directory(fingerprint(ROOT.public), [raw, first, raw]).version == 2
    for broken in (directory(version=3, previous=directory_hash(first)), directory(version=2, previous="ab" * 32)):
        with pytest.raises(FormatError):
            check_succession(first, directory(), broken)
    with pytest.raises(FormatError, match="同一版本"):
        newest_directory(ROOT.public, [raw, sign_directory(ROOT, replace(second, policy="cd" * 32))])


def test_only_the_announced_root_takes_over() -> None:
    first = sign_directory(ROOT, directory())
    following = directory(version=2, previous=directory_hash(first), root=NEXT_ROOT.public)
    check_succession(first, directory(), following)
    with pytest.raises(FormatError):
        check_succession(first, directory(), replace(following, root=person(8).signing.public))


def test_a_new_key_proves_that_its_owner_has_it() -> None:
    keys = person(5)
    entry = KeyEntry(keys.name, keys.signing.public, ("agent",), 4)
    proof = prove_possession(keys.signing, entry)
    check_proof(proof, entry)
    for other in (replace(entry, since=5), replace(entry, roles=("director",)), replace(entry, public=ROOT.public)):
        with pytest.raises(FormatError):
            check_proof(proof, other)


def test_a_sealing_key_is_x25519() -> None:
    key = SealingKey("x", hashlib.sha256(b"k").digest())
    assert key.public == X25519PrivateKey.from_private_bytes(key.seed).public_key().public_bytes_raw()
