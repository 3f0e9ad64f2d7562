"""The draft in hand, shared by the parts of the page: each changes it, all show what it has become."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from villagebooks.core.duty import DUTY_WORDS as DUTIES
from villagebooks.core.policy import Policy, check_people, missing_posts, read_list
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.services.policy import PolicyFacts, find_faults


class Draft(QObject):
    """`changed` after every edit, `begun` when another policy is in hand."""

    changed = Signal()
    begun = Signal()

    def __init__(self, facts: PolicyFacts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.facts = facts
        self.policy = facts.versions[0].policy
        self.faults: list[Problem] = []
        self.touched = False

    def begin(self, policy: Policy) -> None:
        """Take a policy in hand."""
        self.policy, self.touched = policy, False
        self.faults = find_faults(policy)
        self.begun.emit()
        self.changed.emit()

    def take(self, policy: Policy) -> None:
        """The draft as it is now."""
        if policy != self.policy:
            self.policy, self.touched = policy, True
            self.faults = find_faults(policy)
            self.changed.emit()

    def hints(self) -> list[Problem]:
        """People who hold two posts that may not be one person's, steps that nobody can sign."""
        villages = [(one.code, one.name) for one in self.facts.villages]
        people = check_people(self.policy, self.facts.officers, DUTIES, self.facts.day)
        return people + missing_posts(self.policy, self.facts.officers, villages, self.facts.day)

    def rule_faults(self, number: int) -> list[Problem]:
        """What is wrong with a rule, or with the bands of its class."""
        name = self.policy.rules[number].spending_class
        of_class = [one for one in self.faults if one.line is None and one.where.split(" ")[-1] == name]
        return [one for one in self.faults if one.line == number] + of_class

    def step_faults(self, title: str) -> list[Problem]:
        """What is wrong with a step."""
        word = _("签字步骤“{title}”").format(title=title)
        return [one for one in self.faults if word in (one.where, one.text[: len(word)])]

    def village_text(self, codes: Iterable[str]) -> str:
        """Villages by their names."""
        names = {one.code: one.name for one in self.facts.villages}
        return _("、").join(names.get(code, code) for code in codes)

    def village_codes(self, text: str) -> tuple[str, ...]:
        """Villages as typed, by name or code; an unknown word stays."""
        codes = {one.name: one.code for one in self.facts.villages}
        return tuple(codes.get(word, word) for word in read_list(text))
