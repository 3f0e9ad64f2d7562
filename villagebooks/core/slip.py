"""审批单: the sheet on which a voucher's steps are signed in ink, found again by its code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.policy import Step
from villagebooks.core.problem import Problem
from villagebooks.core.voucher import Voucher
from villagebooks.core.words import _


@dataclass(frozen=True, slots=True)
class SlipStep:
    """A step on the slip: its name and title, and who has signed it already, how and when (empty: room for ink)."""

    step: str
    title: str
    name: str = ""
    how: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """The slip of one revision of a voucher, with every step that its policy asks for."""

    code: str
    book: str
    voucher: Voucher
    steps: tuple[SlipStep, ...]
    payees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SlipFound:
    """Where the code of a slip leads to: the book's code, the voucher's uid; `current` unless it was changed since."""

    book: str
    voucher: str
    current: bool


def check_ink_names(flow: Sequence[Step], signed: Sequence[str], names: Mapping[str, str]) -> list[Problem]:
    """Whether the ink on a slip may be attested: the next steps in their order, none left out between, each by another
    person. `signed` are the names of the steps that have signed."""
    open_steps = [step for step in flow if step.name not in signed]
    given = [step for step in open_steps if names.get(step.name, "").strip()]
    problems = []
    if not given:
        problems.append(Problem(_("请写出审批单上谁签了哪一步"), field="names"))
    for place, step in enumerate(given):
        if open_steps[place].name != step.name:
            text = _("审批单上{title}没有签，后面的{later}不能先登记")
            problems.append(Problem(text.format(title=open_steps[place].title, later=step.title), field=step.name))
            break
    known = {step.name for step in flow}
    text = _("这张凭证没有“{step}”这一步，或已经签过")
    problems += [
        Problem(text.format(step=name), field=name)
        for name, who in names.items()
        if who.strip() and (name not in known or name in signed)
    ]
    return problems
