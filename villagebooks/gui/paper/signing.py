"""Who signed on the paper beside handler, witness and approvers: a block for each step that the policy asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagebooks.core.paper import Body, check_counts
from villagebooks.core.policy import Step
from villagebooks.core.policy.step import BODY, NOTICE, OFFICER, WITNESS
from villagebooks.core.problem import Problem
from villagebooks.core.words import N_, _
from villagebooks.gui.form import CHOICE, COUNT, LARGEST_COUNT, Field, Form
from villagebooks.gui.page import label
from villagebooks.gui.theme import px

STAMPED = ("", N_("有"), N_("没有"))
"""Nothing is said of the stamp before somebody read it off the paper."""
NOBODY = Body("", (), 0, 0, 0)
_COUNTS = ("present", "agreed", "size")


@dataclass(frozen=True, slots=True)
class Block:
    """A step with its form, and the consent that the paper held when it was opened."""

    step: Step
    form: Form
    old: Body


class Signing(QWidget):
    """`changed` after every edit. Consents that no step asks for stay with the paper."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._blocks: list[Block] = []
        self._others: tuple[Body, ...] = ()
        self._typed: dict[str, dict[str, Any]] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(px("gap_px"))
        self._inside = QWidget()
        self._box.addWidget(self._inside)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that show."""
        return tuple(one.step for one in self._blocks)

    @property
    def forms(self) -> tuple[Form, ...]:
        """Their forms."""
        return tuple(one.form for one in self._blocks)

    def form(self, step: str) -> Form:
        """The form of a step by its name."""
        return next(one.form for one in self._blocks if one.step.name == step)

    def put(self, flow: Sequence[Step], bodies: Sequence[Body]) -> None:
        """Another paper, with the consents it holds."""
        self._typed.clear()
        self._lay(flow, bodies)

    def ask(self, flow: Sequence[Step]) -> None:
        """Other steps for the same paper; what was typed for a step comes back with it."""
        if _shown(flow) != self.steps:
            self._typed |= {one.step.name: one.form.typed() for one in self._blocks}
            self._lay(flow, self.bodies())

    def _lay(self, flow: Sequence[Step], bodies: Sequence[Body]) -> None:
        wanted = _shown(flow)
        names = {name for step in wanted for name in step.names}
        self._others = tuple(one for one in bodies if one.name not in names)
        if wanted != self.steps:
            self._build(wanted)
        for place, one in enumerate(self._blocks):
            empty = replace(NOBODY, name=one.step.names[0])
            found = next((body for body in bodies if body.name in one.step.names), empty)
            self._blocks[place] = replace(one, old=found)
            one.form.put(self._typed.get(one.step.name) or _values(found))

    def bodies(self) -> tuple[Body, ...]:
        """What the blocks say, in the policy's order; a block that is not filled in says nothing."""
        made = (_body(one) for one in self._blocks)
        return (*(one for one in made if one is not None), *self._others)

    def misread(self) -> list[Problem]:
        """Counts of people that cannot be read."""
        return [
            replace(told, text=str(told), where=block.step.title)
            for block in self._blocks
            for told in block.form.misread()
        ]

    def missing(self) -> list[Problem]:
        """What a block that was begun leaves out: it is read off the paper, or the body has not decided yet."""
        return [told for block in self._blocks for told in _missing(block)]

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Paint the counts that a problem names."""
        for one in self._blocks:
            names = (one.step.title, *one.step.names)
            one.form.show_problems([told for told in problems if told.where and told.where in names])

    def go_to_problem(self) -> None:
        """The cursor to the first painted field of a block."""
        for one in reversed(self._blocks):
            one.form.go_to_problem()

    def _build(self, steps: Sequence[Step]) -> None:
        old, self._inside = self._inside, QWidget()
        box = QVBoxLayout(self._inside)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px("gap_px"))
        self._blocks = []
        for step in steps:
            form = Form(_fields(step), _check_typed if step.kind == BODY else None)
            form.forgiving = False
            for field in form.fields:
                form.entry(field.name).setAccessibleName(f"{step.title} {field.label}")
            form.changed.connect(self.changed)
            box.addWidget(label(step.title, "heading"))
            box.addWidget(form)
            self._blocks.append(Block(step, form, NOBODY))
        self._box.replaceWidget(old, self._inside)
        old.hide()
        old.deleteLater()


def _fields(step: Step) -> tuple[Field, ...]:
    people = Field("people", _("签字的人"), hint=_("几个人用顿号隔开"))
    if step.kind == NOTICE:
        return (Field("minutes", _("哪天贴出"), hint="2026-09-01"),)
    if step.kind != BODY:
        return (people,)
    fields = [
        people, Field("present", _("到会人数"), COUNT), Field("agreed", _("同意人数"), COUNT),
        Field("size", _("应到人数"), COUNT),
    ]  # fmt: skip
    if step.stamp:
        fields.append(Field("stamp", _("盖章"), CHOICE, STAMPED))
    if step.minutes:
        fields.append(Field("minutes", _("会议记录"), hint=_("日期和编号，例如：2026-09-01 第 3 次")))
    return tuple(fields)


def _check_typed(values: Mapping[str, Any]) -> list[Problem]:
    """The counts of a block, by the check that refuses them in the service; what is not typed yet is not wrong yet."""
    size = values["size"] or LARGEST_COUNT
    counts = {"size": size, "present": values["present"] or size, "agreed": values["agreed"]}
    return check_counts(replace(NOBODY, **counts))


def _values(body: Body) -> dict[str, object]:
    """A consent in the fields: counts that nobody gave are empty, and so is the stamp of a body that never met."""
    stamp = STAMPED[1] if body.stamp else STAMPED[2] if body.size else STAMPED[0]
    counts = {name: str(getattr(body, name)) if body.size else getattr(body, name) for name in _COUNTS}
    return {"people": "、".join(body.people), "stamp": stamp, "minutes": body.minutes, **counts}


def _missing(block: Block) -> list[Problem]:
    """The same sentence for each field that lacks it, so that all are painted and it is told once."""
    texts = block.form.texts()
    if block.step.kind != BODY or not any(text.strip() for text in texts.values()):
        return []
    lacks = [one for one in block.form.fields if one.name in (*_COUNTS, "stamp") and not texts[one.name].strip()]
    text = _("没有填{what}：照纸上写的填，纸上没有就把这一块都空着")
    said = text.format(what=_("、").join(one.label for one in lacks))
    return [Problem(said, block.old.name, field=one.name) for one in lacks]


def _body(block: Block) -> Body | None:
    values, old = block.form.values(), block.old
    names = tuple(split_names(values.get("people", "")))
    counted = replace(NOBODY, present=len(names), agreed=len(names), size=len(names))
    usual = counted if names != old.people else old
    if not any(text.strip() for text in block.form.texts().values()):
        return None
    present, agreed, size = (values.get(name, getattr(usual, name)) for name in _COUNTS)
    stamp = values["stamp"] == STAMPED[1] if "stamp" in values else old.stamp
    return Body(old.name, names, present, agreed, size, stamp, values.get("minutes", old.minutes))


def _shown(flow: Sequence[Step]) -> tuple[Step, ...]:
    """The steps that a body, several witnesses, a township officer or a list fulfils."""
    return tuple(one for one in flow if one.kind in (BODY, OFFICER, NOTICE) or (one.kind == WITNESS and one.count > 1))


def split_names(text: str) -> list[str]:
    """Names that stand between 、 or other marks."""
    for mark in "，,；;/　":
        text = text.replace(mark, "、")
    return [name.strip() for name in text.replace(" ", "、").split("、") if name.strip()]
