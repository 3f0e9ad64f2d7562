from __future__ import annotations

from dataclasses import replace

import pytest

from villagebooks.seal.approval import (
    ApprovalText,
    BodyText,
    InkText,
    Said,
    approval_hash,
    peek_approval,
    read_approval,
    sign_approval,
)
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.key import SigningKey

KEY = SigningKey("centre/周会计", b"k" * 32)
KNOWN = {KEY.name: KEY.public}
PLAIN = ApprovalText(
    book="b1", on="voucher", uid="v1", rev=0, doc="ab" * 32, step="countersign", decision="approve",
    at="2026-09-03T10:00:00+08:00", chain=12, head="cd" * 32,
)  # fmt: skip
FULL = replace(
    PLAIN,
    on="paper",
    prev="ef" * 32,
    body=BodyText("村务 监督委员会", 3, 2, 3, True, "aa" * 32),
    ink=InkText(("王大山", "李二"), "bb" * 32),
)


@pytest.mark.parametrize("text", [PLAIN, FULL, replace(FULL, ink=None), replace(FULL, body=None)])
def test_an_approval_is_read_back_whole(text: ApprovalText) -> None:
    raw = sign_approval(text, KEY)
    assert read_approval(raw, KNOWN) == text
    assert peek_approval(raw) == Said(KEY.name, text.prev, text.chain, text.doc)
    assert len(approval_hash(raw)) == 64


def test_ink_is_never_the_persons_own_signature() -> None:
    assert (PLAIN.mode, FULL.mode) == ("key", "paper")


def test_every_bit_flip_is_refused() -> None:
    raw = sign_approval(FULL, KEY)
    for bit in range(0, len(raw) * 8, 5):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(FormatError):
            read_approval(bytes(changed), KNOWN)


@pytest.mark.parametrize(
    "changes",
    [
        {"doc": ""}, {"doc": "AB" * 32}, {"head": "x"}, {"prev": "x"}, {"on": "sheet"}, {"step": ""}, {"step": "a b"},
        {"rev": -1}, {"chain": -1}, {"body": BodyText("监委会", 2, 3, 3, True)}, {"body": BodyText("", 2, 2, 3, True)},
        {"ink": InkText((), "bb" * 32)}, {"ink": InkText(("a、b",), "bb" * 32)}, {"ink": InkText(("a",), "")},
        {"book": "a\nb"},
    ],
)  # fmt: skip
def test_a_faulty_approval_is_not_signed(changes: dict[str, object]) -> None:
    with pytest.raises(FormatError):
        sign_approval(replace(PLAIN, **changes), KEY)  # type: ignore[arg-type]
