"""Steps of the draft: who signs, how many of a body must agree, stamp, minutes, days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagebooks.core.duty import DUTY_WORDS as DUTIES
from villagebooks.core.policy import Step, free_step_name, quorum_words, read_list, replace_step
from villagebooks.core.policy.step import (
    APPROVER,
    BODY,
    DOCUMENT,
    DUTY,
    HANDLER,
    NOTICE,
    OFFICER,
    WITNESS,
)
from villagebooks.core.words import _
from villagebooks.gui.form import CHOICE, COUNT, Field, Form, required
from villagebooks.gui.page import button
from villagebooks.gui.setting.approval.draft import Draft
from villagebooks.gui.table import NUMBER, STATE, Column, Table
from villagebooks.gui.theme import DONE, LATE, Mark, px

NO_DUTY = "—"


def kind_words() -> dict[str, str]:
    """Whom a step waits for, as people say it."""
    return {
        HANDLER: _("经手人"), WITNESS: _("证明人、验收人"), APPROVER: _("村里审批人"), OFFICER: _("镇上一个人"),
        BODY: _("集体表决"), NOTICE: _("张榜公示"), DOCUMENT: _("要有的文书"), DUTY: _("中心的人（用钥匙签）"),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step and whether it is as it should be."""

    step: Step
    good: bool


def step_columns() -> tuple[Column, ...]:
    """Columns of the steps."""
    return (
        Column(_("怎样"), _mark, STATE, 7),
        Column(_("步骤"), lambda one: one.step.title),
        Column(_("谁"), lambda one: kind_words().get(one.step.kind, one.step.kind), width=18, spare=True),
        Column(_("要多少人同意"), lambda one: quorum_words(one.step.quorum), width=14),
        Column(_("章"), lambda one: _("要") if one.step.stamp else "", width=4),
        Column(_("记录"), lambda one: _("要") if one.step.minutes else "", width=5),
        Column(_("限几天办完"), lambda one: one.step.within or None, NUMBER, 10, spare=True),
    )


class StepsEditor(QWidget):
    """The steps and the one in hand."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft, self._filling = draft, False
        self.table = Table(step_columns(), _("签字步骤"), _("没有一个步骤。"), filtered=False)
        self.table.view.setSortingEnabled(False)
        self.table.foot.hide()
        self.form, self.counts = Form(_fields()), Form(_count_fields())
        forms = QHBoxLayout()
        forms.setSpacing(px("gap_px") * 3)
        forms.addWidget(self.form, 3, Qt.AlignmentFlag.AlignTop)
        forms.addWidget(self.counts, 2, Qt.AlignmentFlag.AlignTop)
        self.add, self.remove = (
            button(_("新增步骤"), self.add_step, "plus"),
            button(_("删除步骤"), self.drop, "trash-2"),
        )
        acts = QHBoxLayout()
        acts.setSpacing(px("gap_px"))
        acts.addStretch(1)
        for part in (self.remove, self.add):
            acts.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px("gap_px"), px("gap_px"), 0)  # off the line beside it
        box.setSpacing(px("gap_px"))
        box.addWidget(self.table, 1)
        box.addLayout(acts)
        box.addLayout(forms)
        self.table.chosen.connect(self._choose)
        for form in (self.form, self.counts):
            form.changed.connect(self._edit)
        draft.changed.connect(self.show_draft)
        draft.begun.connect(self.begin)

    def show_draft(self) -> None:
        """The steps as they are now; the one in hand stays in hand."""
        here, self._filling = self.table.current(), True
        self.table.put(
            [StepRow(one, not self._draft.step_faults(one.title)) for one in self._draft.policy.steps.values()]
        )
        name = here.step.name if here else ""
        if not self.table.go_to(lambda row: row.step.name == name) and self._draft.policy.steps:
            self.table.view.selectRow(0)
        self._filling = False

    def add_step(self) -> None:
        """A new step at the end; its name in signed notes is made, people see its title."""
        name = free_step_name(self._draft.policy.steps)
        self._draft.take(replace_step(self._draft.policy, name, Step(name, "", OFFICER)))
        self.table.go_to(lambda row: row.step.name == name)
        self.form.entry("title").setFocus()

    def drop(self) -> None:
        """Take the step in hand out; rules that still name it are painted."""
        here = self.table.current()
        if here is not None:
            self._draft.take(replace_step(self._draft.policy, here.step.name, None))
            self._choose(self.table.current())
            self.table.view.setFocus()

    def begin(self) -> None:
        """A draft is taken in hand: its first step."""
        self.show_draft()
        self.table.view.selectRow(0)
        self._choose(self.table.current())

    def _choose(self, row: StepRow | None) -> None:
        if self._filling or row is None:
            return
        one, self._filling = row.step, True
        self.form.put(
            {
                "title": one.title, "kind": kind_words().get(one.kind, one.kind),
                "role": duty_words().get(one.role, NO_DUTY),
                "bodies": "、".join(one.bodies), "posts": "、".join(one.posts),
            }
        )  # fmt: skip
        self.counts.put(
            {
                "quorum": one.quorum, "stamp": _yes(one.stamp), "minutes": _yes(one.minutes), "count": one.count,
                "days": one.days, "within": one.within,
            }
        )  # fmt: skip
        self._filling = False

    def _edit(self) -> None:
        here = self.table.current()
        if self._filling or here is None:
            return
        if misread := self.counts.misread():
            self.counts.show_problems(misread)
            return
        values = {**self.form.values(), **self.counts.values()}
        kind = _key_of(kind_words(), values["kind"])
        step = replace(
            here.step, title=values["title"], kind=kind, role=_key_of(duty_words(), values["role"]),
            bodies=read_list(values["bodies"]), posts=read_list(values["posts"]), quorum=values["quorum"],
            stamp=values["stamp"] == _yes(True), minutes=values["minutes"] == _yes(True), count=values["count"],
            days=values["days"], within=values["within"],
        )  # fmt: skip
        self._draft.take(replace_step(self._draft.policy, step.name, step))
        faults = self._draft.step_faults(step.title)
        for form in (self.form, self.counts):
            form.show_problems([replace(one, field=_field_of(one.text)) for one in faults])


def duty_words() -> dict[str, str]:
    """Duties of the centre, and none."""
    return {"": NO_DUTY, **{name: _(word) for name, word in DUTIES.items()}}


def _fields() -> tuple[Field, ...]:
    return (
        Field("title", required(_("步骤名称"))), Field("kind", _("谁签"), CHOICE, tuple(kind_words().values())),
        Field("role", _("中心的职责"), CHOICE, tuple(duty_words().values())),
        Field("bodies", _("单子上的写法"), hint=_("例如：监委会、监事会；空着就按步骤名称")),
        Field("posts", _("村里的职务"), hint=_("例如：主任、支书兼主任")),
    )  # fmt: skip


def _count_fields() -> tuple[Field, ...]:
    return (
        Field("quorum", _("几分之几同意"), hint=_("2/3、>1/2 或 1/1")),
        Field("stamp", _("要盖章"), CHOICE, (_yes(False), _yes(True))),
        Field("minutes", _("要会议记录"), CHOICE, (_yes(False), _yes(True))), Field("count", _("几个人签"), COUNT),
        Field("days", _("公示几天"), COUNT), Field("within", _("几个工作日内办完"), COUNT),
    )  # fmt: skip


def _yes(on: bool) -> str:
    return _("要") if on else _("不要")


def _key_of(words: Mapping[str, str], word: str) -> str:
    return next((key for key, said in words.items() if said == word), word)


def _field_of(text: str) -> str:
    """The field that a fault of a step speaks of."""
    marks = ((_("职责"), "role"), (_("表决"), "quorum"), (_("公示"), "days"), (_("人数"), "count"))
    return next((field for mark, field in marks if mark in text), "title")


def _mark(row: StepRow) -> Mark:
    return Mark(_("好"), DONE) if row.good else Mark(_("有错"), LATE)
