"""A voucher's state as people say it, the act that comes next, and the voucher as it may be changed."""

from __future__ import annotations

from villagebooks.core.voucher import APPROVED, DRAFT, POSTED, SUBMITTED, Draft, Voucher, state_word
from villagebooks.gui.theme import ACT, DONE, PLAIN, WAIT, Mark

NEXT = {SUBMITTED: "sign", APPROVED: "post", POSTED: "new"}
"""The act that usually follows, by the state that a voucher was brought to."""


def draft_of(voucher: Voucher) -> Draft:
    """What the form shows of a voucher of the books."""
    return Draft(
        voucher.day, voucher.lines, voucher.word, voucher.kind, voucher.attachment_count, voucher.papers,
        voucher.reverses, voucher.uid, voucher.corrects,
    )  # fmt: skip


def state_mark(state: str, waiting_for: str = "") -> Mark:
    """A voucher's state as people say it."""
    tones = {DRAFT: ACT, SUBMITTED: WAIT, APPROVED: WAIT, POSTED: DONE}
    return Mark(state_word(state, waiting_for if state == SUBMITTED else ""), tones.get(state, PLAIN))
