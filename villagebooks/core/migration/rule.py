"""The comparison table (新旧科目对照表): where the balance of an account goes, found by the account's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from villagebooks.core.words import _

WHOLE, PART, CHOOSE, NONE = "whole", "part", "choose", "none"
VERIFIED, BY_ANALOGY, UNVERIFIED = "verified", "by_analogy", "unverified"


@dataclass(frozen=True, slots=True)
class MapRow:
    """One row of the table. `how`: whole (one to one), part (a person splits), choose (a person names the target),
    none (no balance after the year's transfers). `below` names the account under the new one that takes a balance whose
    old account had none below it. `new_code` is empty for an account that the new standard dropped."""

    old_code: str
    old_name: str
    new_code: str
    new_name: str
    below: str
    how: str
    words: str
    confidence: str


def rules_for(name: str, table: Sequence[MapRow]) -> tuple[MapRow, ...]:
    """Rows of the table for a level-1 account of this name; empty when the old standard has none of that name.

    Never by code: the same code means another account in the other chart (RULES §1).
    """
    wanted = plain_name(name)
    return tuple(row for row in table if plain_name(row.old_name) == wanted)


def plain_name(name: str) -> str:
    """The name without brackets: 生产（劳务）成本 is also written 生产劳务成本, 牲畜（禽）资产 牲畜(禽)资产."""
    return name.translate(dict.fromkeys(map(ord, "（）() 　")))


def confidence_word(confidence: str) -> str:
    """How sure a row of the table is, as people read it."""
    return {VERIFIED: _("已核对原文"), BY_ANALOGY: _("依相近规定类推"), UNVERIFIED: _("没有核对到依据")}.get(
        confidence, ""
    )
