"""A voucher's state as people say it."""

from __future__ import annotations

from villagebooks.core.words import _
from villagebooks.gui.theme import ACT, DONE, PLAIN, WAIT, Mark


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
