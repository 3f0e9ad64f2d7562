"""作废与撤销清单: what was undone after somebody had signed it."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.words import _

VOIDED, SENT_BACK, RED, UNRECONCILED, REOPENED = "voided", "sent_back", "red", "unreconciled", "reopened"


@dataclass(frozen=True, slots=True)
class Cancellation:
    """One act that undid what was signed: book, month it belongs to, what, of which object, who signed it, when, why;
    amount in fen (0 where there is none). `ref` is `table:uid` of the object."""

    book: str
    month: str
    what: str
    object: str
    people: str
    at: str
    why: str
    amount_fen: int
    ref: str


def what_words(what: str) -> str:
    """What people call it."""
    words = {
        VOIDED: _("作废凭证"), SENT_BACK: _("退回已受理的报账单"), RED: _("红字冲销"), UNRECONCILED: _("撤销对账确认"),
        REOPENED: _("反结账"),
    }  # fmt: skip
    return words.get(what, what)
