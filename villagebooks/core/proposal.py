"""What a paper is probably booked on: the village's own past entries first, then a template; arithmetic only.

Every two letters that the paper has in common with past entries vote for the accounts that those stood on, the more
the surer they mean one account (电费 always stood on 水电费, 村民 on many). Only a clear majority proposes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from villagebooks.core.account import BANK, CASH
from villagebooks.core.paper import Paper
from villagebooks.core.template import CREDIT, DEBIT, Template

ENOUGH, MAJORITY = 1.0, 0.6
"""Votes that an account needs, and its share of all. Else nothing: an empty cell is seen, a wrong one may not be."""
LEAST_WORDS = 0.5
"""A template must be so alike in its words."""

_NO_WORDS = re.compile(r"[\d\W_年月日元个共]+")


@dataclass(frozen=True, slots=True)
class PastEntry:
    """An entry that was posted: its account and details, where it stands, and of its paper what there was."""

    account: str
    words: str
    voucher: str
    party: str = ""
    project: str = ""
    contract: str = ""
    payee: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An account with its details; `source` names the voucher or the template it was taken from."""

    account: str = ""
    party: str = ""
    project: str = ""
    contract: str = ""
    source: str = ""
    from_template: bool = False


def alikeness(one: str, other: str) -> float:
    """0 to 1: the share of two-letter pieces that two texts have in common; figures and marks do not count."""
    first, second = _pieces(one), _pieces(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def propose_from_past(paper: Paper, past: Sequence[PastEntry]) -> Proposal:
    """The account that the village's entries (the latest first) vote for; empty without a clear majority."""
    text = _pieces(f"{paper.words} {paper.payee} {paper.group}")
    shared = [(one, _pieces(f"{one.words} {one.payee} {one.group} {one.party}") & text) for one in past]
    seen: Counter[str] = Counter()
    on: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one, pieces in shared:
        seen.update(pieces)
        on[one.account].update(pieces)
    votes = {
        account: sum((count / (seen[piece] + 0.5)) ** 2 for piece, count in pieces.items())
        for account, pieces in on.items()
    }
    best = max(votes, key=lambda account: votes[account], default="")
    if not best or votes[best] < ENOUGH or votes[best] < MAJORITY * sum(votes.values()):
        return Proposal()
    alike = max((one for one in shared if one[0].account == best), key=lambda one: len(one[1]))[0]
    same = bool(paper.payee) and paper.payee in (alike.payee, alike.party)
    details = (alike.party, alike.project, alike.contract) if same else ("", "", "")
    return Proposal(best, *details, alike.voucher)


def propose_from_templates(paper: Paper, templates: Iterable[Template]) -> tuple[Template, str] | None:
    """The most alike template with money on its other side, and the side that says what the money is for."""
    side, money = (CREDIT, DEBIT) if paper.direction == "收入" else (DEBIT, CREDIT)
    best, score = None, LEAST_WORDS
    for one in templates:
        # what has more than two lines, or no money in it, needs a person
        sides = {line.side: line.account for line in one.lines}
        moves = len(one.lines) == len(sides) and sides.get(money, "").startswith((CASH, BANK))
        if not moves or sides.get(side, "").startswith((CASH, BANK)):
            continue
        texts = [one.name, *(line.summary for line in one.lines)]
        found = max(alikeness(text, other) for text in texts for other in (paper.words, paper.group))
        if found >= score and (best is None or found > score):
            best, score = one, found
    return (best, side) if best else None


def _pieces(text: str) -> set[str]:
    return {part[at : at + 2] for part in _NO_WORDS.split(text) for at in range(len(part) - 1)}
