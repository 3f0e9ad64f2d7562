"""Something that breaks a rule, before the rule's title and severity are put to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """The rule by name, the table and row where it is broken, and what is wrong there."""

    rule: str
    table: str
    row: str
    text: str
