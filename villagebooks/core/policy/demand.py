"""What a policy demands of every voucher and paper alike, as conditions that a whole book is asked at once.

`flow` answers the same for one paper or voucher; both say the same, and a test holds them together.
"""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.money import LARGEST_FEN
from villagebooks.core.policy.rule import Policy, Rule
from villagebooks.core.policy.step import ON_PAPER


@dataclass(frozen=True, slots=True)
class Band:
    """Papers of a class with an amount in fen, both ends included."""

    spending_class: str
    low_fen: int
    high_fen: int


@dataclass(frozen=True, slots=True)
class CentreDemand:
    """A step at the centre. `usual`: vouchers without papers, and those with a paper outside `Centre.own`, need it;
    besides, those with a paper in `bands`. `always`: every voucher needs it."""

    step: str
    title: str
    usual: bool
    bands: tuple[Band, ...]
    always: bool


@dataclass(frozen=True, slots=True)
class Centre:
    """The centre's steps in the policy's order; `own` are bands whose rule has a chain of its own, `money_step` the
    step that only vouchers with cash or bank need."""

    steps: tuple[CentreDemand, ...]
    own: tuple[Band, ...]
    money_step: str


@dataclass(frozen=True, slots=True)
class PaperDemand:
    """A step of the village that papers in a band need, or (`paid_how`) those paid in a way that has its own chain."""

    step: str
    title: str
    band: Band | None = None
    paid_how: str = ""


def centre_demands(policy: Policy, village: str) -> Centre:
    """What vouchers of a village's books need at the centre."""
    rules = [one for one in village_rules(policy, village) if one.centre]
    own = tuple(_band(one) for one in rules)
    steps = []
    for name, step in policy.steps.items():
        bands = tuple(_band(one) for one in rules if name in one.centre)
        usual = name in policy.centre
        if usual or bands:
            steps.append(CentreDemand(name, step.title, usual, bands, usual and len(bands) == len(own)))
    return Centre(tuple(steps), own, policy.money_step)


def paper_demands(policy: Policy, village: str) -> tuple[PaperDemand, ...]:
    """What papers of a village need; ways of paying with a chain of their own come last."""
    found = [
        PaperDemand(name, policy.steps[name].title, _band(rule))
        for rule in village_rules(policy, village)
        for name in rule.steps
        if policy.steps[name].on == ON_PAPER
    ]
    return (*found, *(
        PaperDemand(name, policy.steps[name].title, paid_how=paid_how)
        for paid_how, names in policy.payments.items()
        for name in names
        if policy.steps[name].on == ON_PAPER
    ))  # fmt: skip


def paper_bands(policy: Policy, village: str) -> tuple[Band, ...]:
    """The classes and amounts for which the policy has a rule in this village."""
    return tuple(_band(rule) for rule in village_rules(policy, village))


def village_rules(policy: Policy, village: str) -> tuple[Rule, ...]:
    """Every rule that counts for a village."""
    return tuple(rule for name in policy.classes for rule in policy.rules_of(name, village))


def _band(rule: Rule) -> Band:
    return Band(rule.spending_class, rule.from_fen, rule.to_fen or LARGEST_FEN)
