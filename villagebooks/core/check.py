"""A rule of the self-check (自查) as people read it; the rules themselves are `resources/check/rules.csv`."""

from __future__ import annotations

from dataclasses import dataclass

ERROR, NOTICE = "error", "notice"


@dataclass(frozen=True, slots=True)
class CheckRule:
    """A titled rule: why it matters, what to do, the article where one asks for it.

    Severity error: the books are wrong or were changed behind the program; notice: unusual, somebody should look.
    """

    name: str
    title: str
    severity: str
    why: str
    act: str
    article: str = ""
