"""Who changed a draft last, and that somebody who looked at an earlier one does not write over it unseen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from villagebooks.core.problem import Problem
from villagebooks.core.words import _

STALE = "rev"
"""The field of the problem that says so: a form offers both states then."""


@dataclass(frozen=True, slots=True)
class Change:
    """Who, and when (ISO)."""

    name: str
    at: str


def change_words(change: Change | None) -> str:
    """谭永川，9月3日 10:12; empty when nobody knows."""
    if change is None:
        return ""
    at = datetime.fromisoformat(change.at)
    return _("{name}，{m}月{d}日 {time}").format(name=change.name, m=at.month, d=at.day, time=f"{at:%H:%M}")


def check_seen(title: str, rev: int, seen: int, change: Change | None) -> Sequence[Problem]:
    """`seen` is the revision that was opened, 0 where nobody looked."""
    if not seen or seen == rev:
        return ()
    text = _("{title} 在您打开以后又改过（{who}）。没有存，免得盖掉那一份：两份都在下面，请选")
    return (Problem(text.format(title=title, who=change_words(change)), field=STALE),)
