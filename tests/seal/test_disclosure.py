from __future__ import annotations

from dataclasses import replace

import pytest

from villagebooks.seal.canonical import FormatError
from villagebooks.seal.code import check_code
from villagebooks.seal.disclosure import Anchor, anchor_code, anchor_hash, peek_anchor, read_anchor, sign_anchor
from villagebooks.seal.key import Argon2Cost, SigningKey

CHEAP = Argon2Cost(1, 8, 1)
KEYS = [SigningKey("centre/director", b"d" * 32), SigningKey("centre/agent", b"e" * 32)]
KNOWN = {key.name: key.public for key in KEYS}
ANCHOR = Anchor("石岭镇 会计中心", "SL01", 2, "2026-09", 137, "ab" * 32, "cd" * 32, "ef" * 32)


def test_an_anchor_is_read_back() -> None:
    raw = sign_anchor(ANCHOR, KEYS)
    assert read_anchor(raw, KNOWN, needed=2) == ANCHOR == peek_anchor(raw)
    first = replace(ANCHOR, seq=1, previous="")
    assert read_anchor(sign_anchor(first, KEYS[:1]), KNOWN) == first


def test_the_code_has_a_check_and_changes_with_every_field() -> None:
    changes: list[dict[str, object]] = [
        {"centre": "x"}, {"book": "x"}, {"seq": 3}, {"period": "2026-10"}, {"size": 138},
        {"head": "aa" * 32}, {"sheet": "aa" * 32}, {"previous": "aa" * 32}, {},
    ]  # fmt: skip
    codes = {anchor_code(sign_anchor(replace(ANCHOR, **one), KEYS), CHEAP) for one in changes}  # type: ignore[arg-type]
    assert len(codes) == len(changes)
    assert all(map(check_code, codes))


def test_the_next_anchor_quotes_the_whole_note() -> None:
    assert anchor_hash(sign_anchor(ANCHOR, KEYS)) != anchor_hash(sign_anchor(ANCHOR, KEYS[:1]))


@pytest.mark.parametrize(
    "changes",
    [
        {"head": "AB" * 32},
        {"head": ""},
        {"sheet": "x"},
        {"previous": ""},
        {"seq": 1},
        {"seq": 0},
        {"size": -1},
        {"book": ""},
    ],
)
def test_a_faulty_anchor_is_not_signed(changes: dict[str, object]) -> None:
    with pytest.raises(FormatError):
        sign_anchor(replace(ANCHOR, **changes), KEYS)  # type: ignore[arg-type]


def test_a_note_that_fits_a_qr_of_45_mm() -> None:
    assert len(sign_anchor(ANCHOR, KEYS)) < 700
