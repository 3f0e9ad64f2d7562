"""The approval policy of a township as data: spending class × amount band × village → ordered steps (RULES §6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from villagebooks.core.policy.step import Step


@dataclass(frozen=True, slots=True)
class Rule:
    """What a paper of one class and amount needs.

    Amounts are fen, both ends included; `to_fen` 0 means without end. `villages` empty: every village that no other
    rule of the class names. `steps` are the village's, in order, on the paper; `centre` the centre's on the voucher.
    `papers` are alternatives of document kinds, each of which must be met: (("发票", "名册"), ("会议记录",)).
    """

    spending_class: str
    from_fen: int
    to_fen: int
    steps: tuple[str, ...]
    centre: tuple[str, ...] = ()
    villages: tuple[str, ...] = ()
    papers: tuple[tuple[str, ...], ...] = ()
    resolution: str = ""
    note: str = ""

    def holds(self, amount_fen: int) -> bool:
        """Whether the amount lies in the band."""
        return self.from_fen <= amount_fen and (self.to_fen == 0 or amount_fen <= self.to_fen)


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds for every class; 0 and empty mean: not limited. Amounts fen, `age_days` days after the document.

    `forbidden` are words of spending that is never booked, `cash_fen` the largest single payment in cash,
    `slip_fen` the largest 白条 for one person and day.
    """

    forbidden: tuple[str, ...] = ()
    age_days: int = 0
    cash_fen: int = 0
    slip_fen: int = 0
    split_days: int = 0


@dataclass(frozen=True, slots=True)
class Policy:
    """The whole policy. `apart` are pairs of steps that one person may not sign for the same object; `unfit` pairs of
    duties that one person may not hold; `kinds` says which document kinds a word of `Rule.papers` stands for; `centre`
    are the steps of a voucher whose rule names none, `money_step` the one of them that only cash and bank ask for;
    `payments` are the village's steps for a way of paying that leaves nothing to approve (银行扣收).
    """

    name: str
    steps: Mapping[str, Step]
    rules: tuple[Rule, ...]
    centre: tuple[str, ...]
    money_step: str = ""
    apart: tuple[tuple[str, str], ...] = ()
    unfit: tuple[tuple[str, str], ...] = ()
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    payments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: Limits = Limits()
    holidays: tuple[str, ...] = ()

    @property
    def classes(self) -> tuple[str, ...]:
        """The spending classes in the order in which the rules name them."""
        return tuple(dict.fromkeys(rule.spending_class for rule in self.rules))

    def rules_of(self, spending_class: str, village: str) -> tuple[Rule, ...]:
        """The rules that count for a village: those that name it, else those that name none; by amount."""
        mine = [one for one in self.rules if one.spending_class == spending_class]
        own = [one for one in mine if village in one.villages] or [one for one in mine if not one.villages]
        return tuple(sorted(own, key=lambda one: one.from_fen))

    def rule_for(self, spending_class: str, village: str, amount_fen: int) -> Rule | None:
        """The first rule whose band holds the amount, None when the policy has a gap there."""
        return next((one for one in self.rules_of(spending_class, village) if one.holds(amount_fen)), None)
