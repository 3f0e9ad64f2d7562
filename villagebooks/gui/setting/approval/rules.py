"""Rules of the draft: the list by class and amount, below it the rule in hand; every key changes the draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagebooks.core.money import said_yuan
from villagebooks.core.policy import CHAIN, Rule, chain_text, papers_text, read_chain, read_papers, step_word
from villagebooks.core.policy.step import ON_PAPER
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.flow import FlowRow
from villagebooks.gui.form import MONEY, Field, Form, required
from villagebooks.gui.page import button
from villagebooks.gui.setting.approval.draft import Draft
from villagebooks.gui.table import STATE, Column, Table
from villagebooks.gui.theme import DONE, LATE, Mark, px


@dataclass(frozen=True, slots=True)
class Row:
    """A rule with its place, whether it is as it should be, and its words."""

    place: int
    rule: Rule
    good: bool
    villages: str
    chain: str


def rule_columns() -> tuple[Column, ...]:
    """Columns of the rules."""
    return (
        Column(_("怎样"), _mark, STATE, 7),
        Column(_("类别"), lambda one: one.rule.spending_class, width=13, text=lambda one: _(one.rule.spending_class)),
        Column(_("金额（元）"), lambda one: one.rule.from_fen, width=20, text=_band),
        Column(_("村"), lambda one: one.villages, width=8, spare=True, text=lambda one: one.villages or _("各村")),
        Column(_("依次签字"), lambda one: one.chain),
    )


class RulesEditor(QWidget):
    """The rules and the one in hand."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft, self._filling = draft, False
        self.table = Table(rule_columns(), _("审批规则"), _("没有一条规则。"), filtered=False)
        self.table.view.setSortingEnabled(False)
        self.table.foot.hide()
        self.forms = tuple(map(Form, _fields()))
        self.more = Combo()
        self.more.setAccessibleName(_("可加的签字步骤"))
        self.append = button(_("这一步加到最后"), self.append_step, "plus")
        self.add, self.remove = (
            button(_("新增规则"), self.add_rule, "plus"),
            button(_("删除规则"), self.drop, "trash-2"),
        )
        acts = FlowRow()
        acts.setSpacing(px("gap_px"))
        for part in (self.more, self.append):
            acts.addWidget(part)
        acts.addStretch(1)
        for part in (self.remove, self.add):
            acts.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px("gap_px"), px("gap_px"), 0)  # off the line beside it
        box.setSpacing(px("gap_px"))
        box.addWidget(self.table, 1)
        box.addLayout(acts)
        upper = QHBoxLayout()
        upper.setSpacing(px("gap_px") * 2)
        for form in self.forms[:2]:
            upper.addWidget(form, 1)
        box.addLayout(upper)
        box.addWidget(self.forms[2])
        self.table.chosen.connect(self._choose)
        for form in self.forms:
            form.changed.connect(self._edit)
        draft.changed.connect(self.show_draft)
        draft.begun.connect(self._begin)

    def entry(self, name: str) -> QWidget:
        """The entry of a field."""
        return next(form.entry(name) for form in self.forms if any(one.name == name for one in form.fields))

    def values(self) -> dict[str, Any]:
        """What stands in the forms."""
        return {name: value for form in self.forms for name, value in form.values().items()}

    def put(self, values: Mapping[str, Any]) -> None:
        """Fill the fields that `values` names."""
        for form in self.forms:
            form.put(values)

    def show_draft(self) -> None:
        """The rules as they are now; the one in hand stays in hand."""
        here = self.table.current()
        draft, self._filling = self._draft, True
        steps = draft.policy.steps
        self.table.put(
            [
                Row(n, one, not draft.rule_faults(n), draft.village_text(one.villages), chain_text(steps, one.steps))
                for n, one in enumerate(draft.policy.rules)
            ]
        )
        chosen = self.more.currentData()
        self.more.clear()
        for name, step in steps.items():
            if step.on == ON_PAPER:
                self.more.addItem(step_word(steps, name), name)
        self.more.setCurrentIndex(max(0, self.more.findData(chosen)))
        self.go_to(here.place if here else 0)
        self._filling = False

    def go_to(self, place: int) -> None:
        """Take a rule in hand."""
        last = len(self._draft.policy.rules) - 1
        if last >= 0:
            self.table.view.selectRow(max(0, min(place, last)))

    def add_rule(self) -> None:
        """A rule after the one in hand, of the same class, from the fen after it on."""
        policy, here = self._draft.policy, self.table.current()
        old = here.rule if here else Rule("", 0, 0, ())
        place = here.place + 1 if here else 0
        fresh = replace(old, from_fen=old.to_fen + 1 if old.to_fen else 0, to_fen=0, note="")
        self._draft.take(replace(policy, rules=(*policy.rules[:place], fresh, *policy.rules[place:])))
        self.go_to(place)
        self.entry("from_fen" if old.spending_class else "spending_class").setFocus()

    def drop(self) -> None:
        """Take the rule in hand out of the draft."""
        here = self.table.current()
        if here is not None:
            rules = self._draft.policy.rules
            self._draft.take(replace(self._draft.policy, rules=rules[: here.place] + rules[here.place + 1 :]))
            self._choose(self.table.current())
            self.table.view.setFocus()

    def append_step(self) -> None:
        """The chosen step at the end of the chain in hand."""
        said = str(self.values()["steps"])
        self.put({"steps": CHAIN.join(part for part in (said, self.more.currentText()) if part)})
        self._edit()

    def _begin(self) -> None:
        self.show_draft()
        self.go_to(0)
        self._choose(self.table.current())

    def _choose(self, row: Row | None) -> None:
        if self._filling or row is None:
            return
        draft, one, self._filling = self._draft, row.rule, True
        steps = draft.policy.steps
        self.put(
            {
                "spending_class": one.spending_class, "from_fen": one.from_fen, "to_fen": one.to_fen,
                "villages": row.villages, "steps": row.chain, "centre": chain_text(steps, one.centre),
                "papers": papers_text(one.papers), "resolution": one.resolution, "note": one.note,
            }
        )  # fmt: skip
        self._filling = False
        self._paint(row.place)

    def _edit(self) -> None:
        """What stands in the form becomes the rule in hand."""
        here = self.table.current()
        if self._filling or here is None:
            return
        values, draft = self.values(), self._draft
        steps, rules = draft.policy.steps, list(draft.policy.rules)
        rules[here.place] = replace(
            here.rule, spending_class=values["spending_class"], from_fen=values["from_fen"] or 0,
            to_fen=_end(values["to_fen"], self.entry("to_fen").property("text")),
            villages=draft.village_codes(values["villages"]), steps=read_chain(steps, values["steps"]),
            centre=read_chain(steps, values["centre"]), papers=read_papers(values["papers"]),
            resolution=values["resolution"], note=values["note"],
        )  # fmt: skip
        draft.take(replace(draft.policy, rules=tuple(rules)))
        self._paint(here.place)

    def _paint(self, place: int) -> None:
        """The fields of what is wrong: the chain by its steps, else the amounts."""
        faults = self._draft.rule_faults(place)
        chain = [one for one in faults if _("步骤") in one.text or _("这一边") in one.text]
        amounts = [one for one in faults if one not in chain]
        painted = [replace(one, field="steps") for one in chain] + [replace(one, field="from_fen") for one in amounts]
        for form in self.forms:
            form.show_problems(painted)


def _fields() -> tuple[tuple[Field, ...], ...]:
    """Left, right and below."""
    return (
        (
            Field("spending_class", required(_("类别"))), Field("from_fen", required(_("从（元）")), MONEY),
            Field("to_fen", _("到（元）"), MONEY, hint=_("空着就是以上都算")),
        ),
        (
            Field("villages", _("只用于这些村"), hint=_("空着就是各村")),
            Field("resolution", _("要有的决议"), hint=_("例如：四议两公开")), Field("note", _("说明")),
        ),
        (
            Field("steps", _("村里依次签字"), hint=_("例如：经手人 > 证明人 > 村主任")),
            Field("centre", _("中心依次签字"), hint=_("空着就按通用的中心步骤")),
            Field("papers", _("要有的单据"), hint=_("都要有的用顿号，有一种就行的用 /，例如：发票/名册、会议记录")),
        ),
    )  # fmt: skip


def _end(fen: int | None, typed: object) -> int:
    """The end of a band; what is no amount is never taken for an open end."""
    return fen or (-1 if cast(str, typed).strip() else 0)


def _band(row: Row) -> str:
    one = row.rule
    if one.to_fen:
        return f"{said_yuan(one.from_fen)}—{said_yuan(one.to_fen)}"
    return _("{amount} 以上").format(amount=said_yuan(one.from_fen)) if one.from_fen > 1 else _("不论多少")


def _mark(row: Row) -> Mark:
    return Mark(_("好"), DONE) if row.good else Mark(_("有错"), LATE)
