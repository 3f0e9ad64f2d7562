"""A note on a paper: why it comes so late, written and signed by the director (RULES §6, age of papers)."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.problem import Problem
from villagebooks.core.words import _

OVERDUE = "overdue"
"""The kind of note, and the step under which the director signs it."""
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


def check_note(words: str) -> list[Problem]:
    """Whether the words say something."""
    if len(words) < SHORTEST:
        return [Problem(_("请写清楚为什么现在才报（至少 {n} 个字）").format(n=SHORTEST), field="reason")]
    if len(words) > LONGEST:
        return [Problem(_("原因不能超过 {n} 个字").format(n=LONGEST), field="reason")]
    return []
