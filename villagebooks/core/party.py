"""Parties (往来单位、个人): those a village owes or is owed by, by code inside one book."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Party:
    """A party of a book; `kind` is unit, member, group or person, empty when an import did not say."""

    code: str
    name: str
    kind: str = ""
