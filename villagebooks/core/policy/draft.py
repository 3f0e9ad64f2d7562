"""A policy as it is changed: chains in people's words and back, what a draft changes, what it asks of a sample."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from villagebooks.core.paper import Paper
from villagebooks.core.policy.flow import paper_flow, paper_rule, voucher_flow
from villagebooks.core.policy.rule import Policy, Rule
from villagebooks.core.policy.step import OFFICER, Step, quorum_words
from villagebooks.core.words import _

CHAIN = " > "
_CHAIN_MARKS = re.compile(r"[>＞→\n]")
_LIST_MARKS = re.compile(r"[、，,；;\n]")
_EITHER_MARKS = re.compile(r"[/／或]")


def step_word(steps: Mapping[str, Step], name: str) -> str:
    """What people call a step; of two with the same title the one with more people, a quorum or days says so, and where
    that does not help its name stands in 〔〕. An unknown name stays."""
    if name not in steps:
        return name
    one = steps[name]
    alike = [step for step in steps.values() if step.title == one.title]
    if len(alike) == 1:
        return one.title or name
    word = _detailed(one)
    return word if [_detailed(step) for step in alike].count(word) == 1 else f"{one.title}〔{name}〕"


def _detailed(step: Step) -> str:
    people = _("{n}人").format(n=step.count) if step.count > 1 else ""
    days = _("{n}天").format(n=step.days) if step.days else ""
    asked = people or quorum_words(step.quorum) or days
    return _("{name}（{more}）").format(name=step.title, more=asked) if asked else step.title


def chain_text(steps: Mapping[str, Step], names: Iterable[str]) -> str:
    """A chain of steps as people write it: 经手人 > 证明人 > 村主任."""
    return CHAIN.join(step_word(steps, name) for name in names)


def read_chain(steps: Mapping[str, Step], text: str) -> tuple[str, ...]:
    """The names of the steps of a chain; a word that is no step is kept, and `check_policy` tells of it."""
    known = {step_word(steps, name): name for name in steps}
    return tuple(known.get(word, word) for word in _parts(_CHAIN_MARKS, text))


def read_list(text: str) -> tuple[str, ...]:
    """Words that stand between 、 or commas."""
    return tuple(_parts(_LIST_MARKS, text))


def read_papers(text: str) -> tuple[tuple[str, ...], ...]:
    """Documents that must all be there, each a choice: 发票/名册、会议记录."""
    return tuple(tuple(_parts(_EITHER_MARKS, one)) for one in read_list(text))


def papers_text(papers: Sequence[Sequence[str]]) -> str:
    """The same as people write it."""
    return "、".join("/".join(one) for one in papers)


def _parts(marks: re.Pattern[str], text: str) -> Iterable[str]:
    return [word.strip() for word in marks.split(text) if word.strip()]


def free_step_name(steps: Mapping[str, Step]) -> str:
    """A name for signed notes that no step of the policy has."""
    return next(name for name in (f"step{n}" for n in range(1, len(steps) + 2)) if name not in steps)


def replace_step(policy: Policy, name: str, step: Step | None) -> Policy:
    """The policy with a step changed in its place, added at the end, or (None) gone; chains that name it stay."""
    steps = dict(policy.steps)
    if step is None:
        steps.pop(name, None)
    else:
        steps[name] = step
    return replace(policy, steps=steps)


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """How many rules and steps a draft adds, changes and takes away, and whether anything else (limits, centre, who
    may not be one person) is different."""

    added: int
    changed: int
    removed: int
    steps: int
    other: bool

    @property
    def words(self) -> str:
        """One sentence of what changes, empty when nothing does."""
        parts = [
            (self.added, _("新增 {n} 条规则")), (self.changed, _("改 {n} 条规则")),
            (self.removed, _("删 {n} 条规则")), (self.steps, _("签字步骤有 {n} 处不同")),
        ]  # fmt: skip
        said = [text.format(n=n) for n, text in parts if n]
        return "，".join([*said, *([_("限额等规定有改动")] if self.other else [])])


def policy_change(old: Policy, new: Policy) -> PolicyChange:
    """What putting `new` in force instead of `old` changes; a rule is the same when class, start and villages are."""
    before, after = _by_place(old), _by_place(new)
    both = before.keys() & after.keys()
    names = old.steps.keys() | new.steps.keys()
    rest = [replace(one, rules=(), steps={}) for one in (old, new)]
    return PolicyChange(
        added=len(after.keys() - both),
        changed=sum(1 for place in both if before[place] != after[place]),
        removed=len(before.keys() - both),
        steps=sum(1 for name in names if old.steps.get(name) != new.steps.get(name)),
        other=rest[0] != rest[1],
    )


def _by_place(policy: Policy) -> dict[tuple[str, int, tuple[str, ...]], Rule]:
    return {(one.spending_class, one.from_fen, one.villages): one for one in policy.rules}


@dataclass(frozen=True, slots=True)
class Trial:
    """What a policy asks of a sample: the village's steps, the centre's, documents, resolution, the township's people
    among the signers. `known` is False when no rule speaks of it."""

    known: bool
    village: tuple[Step, ...]
    centre: tuple[Step, ...]
    papers: tuple[tuple[str, ...], ...]
    resolution: str
    note: str

    @property
    def township(self) -> tuple[Step, ...]:
        """The steps of single officers of the township."""
        return tuple(step for step in self.village if step.kind == OFFICER)


def try_policy(policy: Policy, spending_class: str, amount_fen: int, village: str, paid_how: str) -> Trial:
    """What the policy would ask of a paper, and of its voucher; an empty `paid_how` moves no money. Amount in fen."""
    sample = Paper(
        uid="", book="", number=0, day=date.min, words="", spending_class=spending_class, direction="",
        amount_fen=amount_fen, payee="", paid_how=paid_how, documents=(), handler="",
    )  # fmt: skip
    rule = paper_rule(policy, sample, village)
    # steps that are not there yet are told as faults, a trial shows the others
    safe = replace(
        policy, rules=tuple(_known_steps(policy, one) for one in policy.rules), centre=_only(policy, policy.centre)
    )
    safe = replace(safe, payments={word: _only(policy, names) for word, names in policy.payments.items()})
    return Trial(
        known=rule is not None,
        village=paper_flow(safe, sample, village),
        centre=voucher_flow(safe, [sample], village, moves_money=bool(paid_how)) if rule else (),
        papers=rule.papers if rule and paid_how not in policy.payments else (),
        resolution=rule.resolution if rule else "",
        note=rule.note if rule else "",
    )


def _known_steps(policy: Policy, rule: Rule) -> Rule:
    return replace(rule, steps=_only(policy, rule.steps), centre=_only(policy, rule.centre))


def _only(policy: Policy, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in policy.steps)
