"""Parties (往来单位、个人): those a village owes or is owed by, by code inside one book."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from villagebooks.core.problem import Problem
from villagebooks.core.words import _, plain_text

LONGEST_NAME = 60
_NUMBERED = re.compile(r"(?P<front>[A-Za-z]*)(?P<digits>\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Party:
    """A party of a book; `kind` is unit, member, group or person, empty when an import did not say."""

    code: str
    name: str
    kind: str = ""


def proposed_code(parties: Mapping[str, Party], name: str) -> str:
    """The code of a new party: the next number where the book numbers its parties, else its name."""
    numbered = [match for code in parties if (match := _NUMBERED.fullmatch(code))]
    if len(numbered) * 2 <= len(parties):
        return name
    (front, width), _count = Counter((one["front"], len(one["digits"])) for one in numbered).most_common(1)[0]
    last = max(int(one["digits"]) for one in numbered if one["front"] == front)
    return f"{front}{last + 1:0{width}}"


def party_named(parties: Mapping[str, Party], name: str) -> Party | None:
    """The one party of that name; None when there is none, or several."""
    found = [one for one in parties.values() if one.name == name]
    return found[0] if len(found) == 1 else None


def check_party(name: str, parties: Mapping[str, Party]) -> list[Problem]:
    """Whether a party of that name may be added."""
    if not plain_text(name).strip():
        return [Problem(_("写往来单位（个人）的名称"), field="party")]
    if len(name) > LONGEST_NAME:
        return [Problem(_("名称太长，最多 {n} 个字").format(n=LONGEST_NAME), field="party")]
    if any(one.name == name for one in parties.values()):
        return [Problem(_("已经有“{name}”，请直接选").format(name=name), field="party")]
    return []
