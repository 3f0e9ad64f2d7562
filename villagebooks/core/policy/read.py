"""A policy as plain data (a JSON file, a row of the books) and back; every fault of the data is told with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields

from villagebooks.core.money import LARGEST_FEN
from villagebooks.core.policy.rule import Limits, Policy, Rule
from villagebooks.core.policy.step import Step
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.words import _


def policy_data(policy: Policy) -> dict[str, object]:
    """The policy as objects, arrays, texts and numbers: what is kept, journalled and hashed."""
    return {
        "v": 1,
        "name": policy.name,
        "steps": [_plain(step) for step in policy.steps.values()],
        "rules": [_plain(rule) for rule in policy.rules],
        "centre": list(policy.centre),
        "money_step": policy.money_step,
        "apart": [list(pair) for pair in policy.apart],
        "unfit": [list(pair) for pair in policy.unfit],
        "kinds": [[word, list(kinds)] for word, kinds in policy.kinds.items()],
        "payments": [[word, list(names)] for word, names in policy.payments.items()],
        "limits": _plain(policy.limits),
        "holidays": list(policy.holidays),
    }


def _plain(record: Step | Rule | Limits) -> dict[str, object]:
    """Fields that say something; tuples become arrays."""
    said = {one.name: getattr(record, one.name) for one in fields(record)}
    return {name: _array(value) for name, value in said.items() if value not in ("", 0, (), False)}


def _array(value: object) -> object:
    return [_array(one) for one in value] if isinstance(value, tuple) else value


def read_policy(data: object) -> Policy:
    """The policy of plain data; Refused with every fault of form. Whether it makes sense, `check_policy` says."""
    reader = _Reader()
    top = reader.mapping(data, _("审批办法"))
    if top.get("v") != 1:
        reader.fault(_("不认识的版本：{v}").format(v=top.get("v")))
    steps = [reader.step(one, n) for n, one in enumerate(reader.sequence(top.get("steps"), "steps"), 1)]
    rules = [reader.rule(one, n) for n, one in enumerate(reader.sequence(top.get("rules"), "rules"), 1)]
    limits = reader.mapping(top.get("limits", {}), "limits")
    policy = Policy(
        name=reader.text(top.get("name"), "name"),
        steps={step.name: step for step in steps},
        rules=tuple(rules),
        centre=reader.texts(top.get("centre"), "centre"),
        money_step=reader.text(top.get("money_step", ""), "money_step"),
        apart=reader.pairs(top.get("apart", []), "apart"),
        unfit=reader.pairs(top.get("unfit", []), "unfit"),
        kinds=reader.lists(top.get("kinds", []), "kinds"),
        payments=reader.lists(top.get("payments", []), "payments"),
        limits=Limits(
            forbidden=reader.texts(limits.get("forbidden", []), "forbidden"),
            **{name: reader.count(limits.get(name, 0), name) for name in _LIMITS},
        ),
        holidays=reader.texts(top.get("holidays", []), "holidays"),
    )
    if len(policy.steps) < len(steps):
        reader.fault(_("有两个步骤用了同一个代号"))
    if reader.problems:
        raise Refused(reader.problems)
    return policy


_LIMITS = ("age_days", "cash_fen", "slip_fen", "split_days")


class _Reader:
    """Takes values apart, and remembers what was not as it should be."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def fault(self, text: str, where: str = "") -> None:
        self.problems.append(Problem(text, where))

    def mapping(self, value: object, where: str) -> Mapping[str, object]:
        if isinstance(value, dict) and all(isinstance(key, str) for key in value):
            return value
        self.fault(_("应是一组“名称：内容”"), where)
        return {}

    def sequence(self, value: object, where: str) -> Sequence[object]:
        if isinstance(value, list):
            return value
        self.fault(_("应是一个列表"), where)
        return ()

    def text(self, value: object, where: str) -> str:
        if isinstance(value, str):
            return value
        self.fault(_("应是文字"), where)
        return ""

    def count(self, value: object, where: str) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            if value <= LARGEST_FEN:
                return value
            self.fault(_("数字超出范围。"), where)
            return 0
        self.fault(_("应是不小于零的整数"), where)
        return 0

    def flag(self, value: object, where: str) -> bool:
        if isinstance(value, bool):
            return value
        self.fault(_("应是“是”或“否”"), where)
        return False

    def texts(self, value: object, where: str) -> tuple[str, ...]:
        return tuple(self.text(one, where) for one in self.sequence(value, where))

    def pairs(self, value: object, where: str) -> tuple[tuple[str, str], ...]:
        found = [self.texts(one, where) for one in self.sequence(value, where)]
        if any(len(one) != 2 for one in found):
            self.fault(_("应是两个一对"), where)
        return tuple((one[0], one[1]) for one in found if len(one) == 2)

    def lists(self, value: object, where: str) -> dict[str, tuple[str, ...]]:
        found = {}
        for one in self.sequence(value, where):
            pair = self.sequence(one, where)
            if len(pair) == 2:
                found[self.text(pair[0], where)] = self.texts(pair[1], where)
            else:
                self.fault(_("应是两个一对"), where)
        return found

    def step(self, value: object, number: int) -> Step:
        where = _("第 {n} 个签字步骤").format(n=number)
        said = self._known(value, where, Step)
        return Step(
            **{name: self.text(said.get(name, ""), where) for name in ("name", "title", "role", "quorum")},
            kind=self.text(said.get("kind", "duty"), where),
            posts=self.texts(said.get("posts", []), where),
            bodies=self.texts(said.get("bodies", []), where),
            stamp=self.flag(said.get("stamp", False), where),
            minutes=self.flag(said.get("minutes", False), where),
            count=self.count(said.get("count", 1), where),
            days=self.count(said.get("days", 0), where),
            within=self.count(said.get("within", 0), where),
        )

    def rule(self, value: object, number: int) -> Rule:
        where = _("第 {n} 条规则").format(n=number)
        said = self._known(value, where, Rule)
        return Rule(
            spending_class=self.text(said.get("spending_class"), where),
            from_fen=self.count(said.get("from_fen", 0), where),
            to_fen=self.count(said.get("to_fen", 0), where),
            steps=self.texts(said.get("steps", []), where),
            centre=self.texts(said.get("centre", []), where),
            villages=self.texts(said.get("villages", []), where),
            papers=tuple(self.texts(one, where) for one in self.sequence(said.get("papers", []), where)),
            resolution=self.text(said.get("resolution", ""), where),
            note=self.text(said.get("note", ""), where),
        )

    def _known(self, value: object, where: str, kind: type[Step] | type[Rule]) -> Mapping[str, object]:
        said = self.mapping(value, where)
        for name in said.keys() - {one.name for one in fields(kind)}:
            self.fault(_("不认识的内容：{name}").format(name=name), where)
        return said
