"""A note on a paper, written and signed by the director: why it comes so late (RULES §6, age of papers), or on what it
stands that the bank took so much by itself."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.problem import Problem
from villagebooks.core.words import _

OVERDUE = "overdue"
TAKEN = "taken"
"""The kinds of note, and the steps under which the director signs them."""
SHORTEST, LONGEST = 4, 200


@dataclass(frozen=True, slots=True)
class PaperNote:
    """Words on one revision of a paper; `at` is when they were written."""

    uid: str
    paper: str
    rev: int
    kind: str
    words: str
    person: str
    at: str


def check_note(words: str, kind: str = OVERDUE) -> list[Problem]:
    """Whether the words say something."""
    if len(words) < SHORTEST:
        asked = _("请写清楚为什么现在才报（至少 {n} 个字）")
        if kind == TAKEN:
            asked = _("请写清楚凭哪份扣款协议、哪张回单（至少 {n} 个字）")
        return [Problem(asked.format(n=SHORTEST), field="reason")]
    if len(words) > LONGEST:
        return [Problem(_("原因不能超过 {n} 个字").format(n=LONGEST), field="reason")]
    return []
