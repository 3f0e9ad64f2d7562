"""A voucher's state as people say it, the act that comes next, and the voucher as it may be changed."""

from __future__ import annotations

from villagebooks.core.closing import OPEN
from villagebooks.core.entry import EntryBook
from villagebooks.core.period import Month
from villagebooks.core.voucher import APPROVED, DRAFT, POSTED, SUBMITTED, VOID, Draft, Voucher, VoucherRow, state_word
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
    tones = {DRAFT: ACT, SUBMITTED: WAIT, APPROVED: WAIT, POSTED: DONE}
    return Mark(state_word(state, waiting_for if state == SUBMITTED else ""), tones.get(state, PLAIN))


def preparer(one: VoucherRow) -> str:
    """Who made it; nobody's name where it came with a history."""
    return one.prepared_by if one.prepared_by not in ("import", "") else _("导入")


def is_void(one: VoucherRow) -> bool:
    """Whether it counts no more."""
    return one.state == VOID


def shut_words(entry: EntryBook, month: Month) -> str:
    """What to say of a month before anything is written for it: that it takes no voucher, or no money; else empty."""
    if entry.states.get(month, OPEN) != OPEN:
        text = _("{month} 已经结账，不能再记凭证：把日期写到没有结账的月份，或在上面换一个月份")
    elif entry.hung is not None and month <= entry.hung:
        text = _("{month} 已经张榜，收付钱的凭证不能再记进来：把日期写到 {next} 以后，或在上面换一个月份")
        return text.format(month=month, next=entry.hung.next().first_day.isoformat())
    else:
        return ""
    return text.format(month=month)
