from __future__ import annotations

import base64
import hashlib

import pytest

from villagebooks.seal.canonical import FormatError
from villagebooks.seal.key import SigningKey
from villagebooks.seal.note import Verifier, open_note, peek_note, sign_note

KIND = "villagebooks/v1/test"
ANN, BEN = SigningKey("centre/ann", b"a" * 32), SigningKey("centre/ben", b"b" * 32)
KNOWN = {key.name: key.public for key in (ANN, BEN)}
LINES = [KIND, "书 一", "two"]


def test_a_note_of_two_signers_opens_with_its_lines_and_names() -> None:
    note = open_note(sign_note(LINES, [ANN, BEN]), KIND, KNOWN, needed=2)
    assert (note.kind, note.lines, note.signers) == (KIND, tuple(LINES), (ANN.name, BEN.name))


def test_the_bytes_are_those_of_c2sp_signed_note() -> None:
    raw = sign_note(LINES, [ANN])
    text = "".join(line + "\n" for line in LINES).encode()
    keyid = hashlib.sha256(b"centre/ann\n\x01" + ANN.public).digest()[:4]
    signature = base64.b64encode(keyid + ANN.sign(text)).decode()
    assert raw == text + f"\n— centre/ann {signature}\n".encode()


def test_every_single_bit_flip_of_a_note_is_refused() -> None:
    raw = sign_note(LINES, [ANN, BEN])
    for bit in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(FormatError):
            open_note(bytes(changed), KIND, KNOWN, needed=2)


def test_every_truncation_and_everything_appended_is_refused() -> None:
    raw = sign_note(LINES, [ANN])
    for end in range(len(raw)):
        with pytest.raises(FormatError):
            open_note(raw[:end], KIND, KNOWN)
    for extra in (b"\n", b" ", b"x", b"\0", raw, "— centre/ann x\n".encode()):
        with pytest.raises(FormatError):
            open_note(raw + extra, KIND, KNOWN)


def test_a_stranger_another_type_and_a_missing_second_signer_are_refused() -> None:
    raw = sign_note(LINES, [ANN])
    for known, kind, needed in (({}, KIND, 1), (KNOWN, "villagebooks/v1/query", 1), (KNOWN, KIND, 2)):
        with pytest.raises(FormatError):
            open_note(raw, kind, known, needed)


def test_one_unknown_signer_beside_a_known_one_is_refused() -> None:
    raw = sign_note(LINES, [ANN, BEN])
    with pytest.raises(FormatError, match="centre/ben"):
        open_note(raw, KIND, {ANN.name: ANN.public})


def test_one_person_does_not_count_twice_by_name_or_by_key() -> None:
    with pytest.raises(FormatError):
        sign_note(LINES, [ANN, ANN])
    twin = SigningKey("centre/twin", ANN.seed)
    with pytest.raises(FormatError):
        open_note(sign_note(LINES, [ANN, twin]), KIND, {ANN.name: ANN.public, twin.name: twin.public}, needed=2)
    raw = sign_note(LINES, [ANN])
    with pytest.raises(FormatError):
        open_note(raw + raw.partition(b"\n\n")[2], KIND, KNOWN)


@pytest.mark.parametrize("lines", [[], [KIND, ""], [KIND, "a\nb"], [KIND, "a\tb"], [KIND, "a\x7f"], [KIND, "\ud800"]])
def test_empty_lines_and_control_characters_are_not_signed(lines: list[str]) -> None:
    with pytest.raises(FormatError):
        sign_note(lines, [ANN])


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u3000b", "a\nb"])
def test_a_name_with_spaces_or_plus_is_refused(name: str) -> None:
    with pytest.raises(FormatError):
        sign_note(LINES, [SigningKey(name, b"a" * 32)])


def test_seventeen_signatures_are_too_many() -> None:
    keys = [SigningKey(f"centre/{number}", bytes([number]) * 32) for number in range(17)]
    known = {key.name: key.public for key in keys}
    assert len(open_note(sign_note(LINES, keys[:16]), KIND, known, 16).signers) == 16
    with pytest.raises(FormatError):
        sign_note(LINES, keys)


def test_peek_tells_who_says_to_have_signed_without_any_key() -> None:
    assert peek_note(sign_note(LINES, [BEN])).signers == (BEN.name,)


def test_a_bad_public_key_verifies_nothing() -> None:
    assert not Verifier("x", b"short").verify(b"m", bytes(64))
