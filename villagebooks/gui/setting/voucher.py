"""凭证: by which words vouchers are numbered, from which year on and in which books; the templates of the township."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from villagebooks.core.problem import Problem
from villagebooks.core.template import Template, mark_words
from villagebooks.core.word import ONE, THREE, WordRule
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import CHOICE, Field, Form, required
from villagebooks.gui.page import Strip, button, hair, label
from villagebooks.gui.tab import Panel
from villagebooks.gui.table import NUMBER, Column, Table
from villagebooks.gui.theme import px
from villagebooks.services.account import today
from villagebooks.services.template import drop_template, list_templates, rename_template
from villagebooks.services.word import drop_word_rule, set_word_rule, word_rules


def choice_words() -> dict[str, str]:
    """What may be chosen for a year."""
    return {ONE: _("一种：记"), THREE: _("三种：收、付、转")}


def rule_columns() -> tuple[Column, ...]:
    """Columns of the word rules."""
    return (
        Column(_("哪里"), lambda one: one.book, text=lambda one: one.book or _("全镇")),
        Column(_("从哪年起"), lambda one: one.year, NUMBER, 9),
        Column(_("凭证字"), lambda one: choice_words()[one.choice], width=18),
    )


def template_columns() -> tuple[Column, ...]:
    """Columns of the templates."""
    return (
        Column(_("模板"), lambda one: one.name, width=30),
        Column(_("谁的"), _whose, width=9),
        Column(_("制度"), lambda one: one.standard, width=6, spare=True),
        Column(_("分录"), lambda one: one.accounts),
        Column(_("依据"), _basis, width=28, spare=True),
    )


class VoucherPanel(Panel):
    """Above the rules of words with a form for one more, below the templates."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._sure = ""
        self.strip = Strip()
        words = _("还没有选：四个字都能用，新凭证先写“记”。选了收、付、转，字由分录定，填错了不能保存。")
        self.rules = Table(rule_columns(), _("凭证字"), words, filtered=False)
        self.templates = Table(template_columns(), _("凭证模板"), _("没有模板。"))
        self.templates.model.is_strong = _is_own
        self.rule = Form(
            (
                Field("book", _("哪里"), CHOICE), Field("year", required(_("从哪年起")), hint="2027"),
                Field("choice", _("凭证字"), CHOICE, tuple(choice_words().values())),
            )
        )  # fmt: skip
        self.name = Form((Field("name", _("新名称")),))
        self.set, self.drop = button(_("定下"), self.set_rule, "check"), button(_("去掉选中的"), self.drop_rule, "x")
        self.rename = button(_("改名"), self.rename_one, "pencil")
        self.delete = button(_("删除模板"), self.delete_one, "trash-2")
        self.rules.chosen.connect(self._unsure)
        self.templates.chosen.connect(self._choose)
        self._lay_out()

    def load(self) -> None:
        """Read both."""
        self._seat.worker.read(partial(word_rules, self._seat.office), self._take_rules, key=(id(self), "rules"))
        self._seat.worker.read(partial(list_templates, self._seat.office), self._take_templates, key=self)

    def set_rule(self) -> None:
        """From a year on."""
        values = self.rule.values()
        year = int(values["year"]) if str(values["year"]).isdecimal() else 0
        entry = cast(QComboBox, self.rule.entry("book"))
        choice = next(name for name, words in choice_words().items() if words == values["choice"])
        rule = WordRule(year, choice, str(entry.currentData() or ""))
        act = partial(set_word_rule, self._seat.office, rule)
        self._seat.worker.write(act, self._after_rule, self._refuse_rule, _("定凭证字"))

    def drop_rule(self) -> None:
        """Take the rule in hand away."""
        one = self.rules.current()
        if one is not None:
            act = partial(drop_word_rule, self._seat.office, one)
            self._seat.worker.write(act, self._dropped, self._refuse_rule, _("定凭证字"))

    def rename_one(self) -> None:
        """Another name for the own template in hand."""
        one = self.templates.current()
        if one is not None and one.own:
            act = partial(rename_template, self._seat.office, one.uid, self.name.values()["name"])
            self._seat.worker.write(act, self._renamed, self._refuse_name, _("模板改名"))

    def delete_one(self) -> None:
        """Delete the own template in hand: the first press says what will happen."""
        one = self.templates.current()
        if one is None or not one.own:
            return
        if self._sure != one.uid:
            self._sure = one.uid
            text = _("删除模板“{name}”：以后 F4 里没有它，做过的凭证不变。再按一次就删除。")
            self.strip.hint(text.format(name=one.name))
            return
        act = partial(drop_template, self._seat.office, one.uid)
        self._seat.worker.write(act, self._deleted, self.strip.show_problems, _("删除模板"))

    def _take_rules(self, found: tuple[WordRule, ...]) -> None:
        self.rules.put(found)
        self.drop.setEnabled(bool(found))
        entry = cast(QComboBox, self.rule.entry("book"))
        chosen = entry.currentData()
        with self.rule.filling():
            entry.clear()
            entry.addItem(_("全镇"), "")
            for one in self._seat.books:
                entry.addItem(f"{one.code} {one.name}", one.code)
            entry.setCurrentIndex(max(0, entry.findData(chosen)))
        if not self.rule.values()["year"]:
            self.rule.put({"year": str(today(self._seat.office).year + 1)})

    def _take_templates(self, found: list[Template]) -> None:
        here = self.templates.current()
        self.templates.put(found)
        if not (here and self.templates.go_to(lambda one: one.key == here.key and one.standard == here.standard)):
            self.templates.view.selectRow(0)
        if self.templates.current() is not None:
            self._choose(self.templates.current())

    def _choose(self, one: Template) -> None:
        self._unsure()
        self.name.fill({"name": one.name if one.own else ""}, of=(one.standard, one.key))
        for part in (self.name, self.rename, self.delete):
            part.setEnabled(one.own)

    def _unsure(self, *_one: object) -> None:
        self._sure = ""

    def _after_rule(self, rule: WordRule) -> None:
        self.rule.settle()
        where = rule.book or _("全镇")
        text = _("{where}从 {year} 年起用{words}").format(
            where=where, year=rule.year, words=choice_words()[rule.choice]
        )
        self._tell(text)

    def _dropped(self, _done: object) -> None:
        self._tell(_("已去掉"))

    def _renamed(self, one: Template) -> None:
        self.name.settle()
        self._tell(_("模板现在叫“{name}”").format(name=one.name))

    def _deleted(self, _done: object) -> None:
        self._tell(_("模板已删除"))

    def _tell(self, text: str) -> None:
        self.strip.say(text)
        self._seat.tell_changed()

    def _refuse_rule(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        self.rule.show_problems(problems)

    def _refuse_name(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        self.name.show_problems(problems)

    def _lay_out(self) -> None:
        gap = px("gap_px")
        side = QVBoxLayout()
        side.addWidget(self.rule)
        acts = QHBoxLayout()
        acts.addStretch(1)
        for one in (self.drop, self.set):
            acts.addWidget(one)
        side.addLayout(acts)
        side.addStretch(1)
        above = QHBoxLayout()
        above.setSpacing(gap * 3)
        above.addWidget(self.rules, 3)
        above.addLayout(side, 2)
        below = QHBoxLayout()
        below.setSpacing(gap)
        below.addWidget(self.name, 1)
        for one in (self.rename, self.delete):
            below.addWidget(one, 0, Qt.AlignmentFlag.AlignTop)
        self.rules.setMaximumHeight(6 * px("row_px") + 40)
        hint = label(_("模板由全镇共用：在凭证上按 F12 存，在新凭证里按 F4 用。程序自带的不能改名、删除。"), "muted")
        hint.setWordWrap(True)
        box = QVBoxLayout(self)
        box.addWidget(self.strip)
        box.addWidget(label(_("凭证字"), "heading"))
        box.addLayout(above)
        box.addWidget(hair())
        box.addWidget(label(_("凭证模板"), "heading"))
        box.addWidget(hint)
        box.addWidget(self.templates, 1)
        box.addLayout(below)


def _whose(one: Template) -> str:
    return one.made_by if one.own else _("自带")


def _basis(one: Template) -> str:
    return "　".join(part for part in (mark_words(one.mark), one.basis) if part)


def _is_own(one: Template) -> bool:
    return one.own
