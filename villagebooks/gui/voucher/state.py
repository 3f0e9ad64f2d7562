"""A voucher's state as people say it, the act that comes next, and the voucher as it may be changed."""

from __future__ import annotations

from villagebooks.core.voucher import APPROVED, POSTED, SUBMITTED, Draft, Voucher
from villagebooks.core.words import _
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
    match state:
        case "draft":
            return Mark(_("草稿"), ACT)
        case "submitted":
            return Mark(_("待{step}").format(step=waiting_for or _("签字")), WAIT)
        case "approved":
            return Mark(_("待记账"), WAIT)
        case "posted":
            return Mark(_("已记账"), DONE)
    return Mark(_("作废"), PLAIN)
