"""科目: the chart of the book in hand as a tree, and beside it the acts on the account in hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from villagebooks.core.account import Account, NeedsChange, new_account, next_code
from villagebooks.core.problem import Problem
from villagebooks.core.voucher import dimension_names, need_names
from villagebooks.core.words import N_, _, pgettext
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import FlowRow, Halves
from villagebooks.gui.form import DAY, Field, Form, required
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.table import NUMBER, Column, Table
from villagebooks.gui.theme import px, span
from villagebooks.services.account import (
    add_account,
    change_from,
    count_quantity,
    remove_account,
    rename_account,
    resume_account,
    set_needs,
    stop_account,
)
from villagebooks.services.desk import Desk

SIDES = {"D": N_("借"), "C": N_("贷"), "B": N_("借或贷")}
LEAST_CARDS, CARDS_WIDTH = 310, 400


def account_columns() -> tuple[Column, ...]:
    """Columns of a chart."""
    return (
        Column(_("科目代码"), lambda one: one.code, width=14),
        Column(_("科目名称"), lambda one: one.name, text=lambda one: "　" * (one.level - 1) + one.name),
        Column(_("级次"), lambda one: one.level, NUMBER, 5, spare=True),
        Column(_("方向"), lambda one: one.side, width=7, text=lambda one: _(SIDES.get(one.side, one.side))),
        Column(pgettext("column", "记账"), account_state, width=16),
        Column(_("分录还要填"), _needs, width=18, spare=True),
    )


def account_state(one: Account) -> str:
    """末级, or since when it takes no line."""
    if one.stopped_on:
        return _("{day} 停用").format(day=one.stopped_on)
    if one.split_on:
        return _("{day} 拆分").format(day=one.split_on)
    return _("末级") if one.leaf else ""


class ChartView(QWidget):
    """The tree and the acts; `split_wanted` carries the account to divide, `banks_wanted` and `unified_wanted` lead to
    the register of bank accounts and to the unified accounts."""

    split_wanted = Signal(object)
    banks_wanted = Signal()
    unified_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._first, self._wanted = date(2000, 1, 1), ""
        self.strip, self.whose = Strip(), label("", "muted")
        self.table = Table(account_columns(), _("科目"), _("还没有账套。先在“账套”里新建或导入。"))
        self.table.model.is_strong = _is_first_level
        self.table.model.is_faint = _is_stopped
        self.table.model.also = self._initials
        search = self.table.search
        search.setPlaceholderText(_("代码、名称或拼音首字母（Ctrl+F）"))
        search.setFixedWidth(search.fontMetrics().horizontalAdvance(search.placeholderText()) + 40)
        self.table.head.insertWidget(1, self.whose)
        self.table.head.addWidget(button(_("银行账户登记…"), self.banks_wanted.emit, "landmark"))
        self.table.head.addWidget(button(_("统一科目…"), self.unified_wanted.emit, "layers"))
        self.heading, self.cards = label("", "heading"), _make_cards(self)
        self.heading.setWordWrap(True)
        side, column = QWidget(), QVBoxLayout()
        for part in (self.heading, *self.cards.all):
            column.addWidget(part)
        column.addStretch(1)
        column.setContentsMargins(px("gap_px"), 0, px("gap_px"), 0)
        side.setLayout(column)
        scroll = QScrollArea()
        scroll.setWidget(side)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(span(LEAST_CARDS))
        scroll.setMaximumWidth(span(CARDS_WIDTH))
        scroll.viewport().setAutoFillBackground(False)
        side.setAutoFillBackground(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.strip)
        box.addWidget(Halves(self.table, scroll, (3, 2)), 1)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._go_on)

    def expect(self, code: str) -> None:
        """Stand on this account once the chart is there."""
        self._wanted = code

    def load(self) -> None:
        """The accounts come with the book in hand; the day from which a change counts is read."""
        here = self.table.current()
        wanted, self._wanted = here.code if here else self._wanted, ""
        chart = sorted(self._seat.entry.accounts.values(), key=lambda one: one.code)
        self.table.put(chart)
        book = self._seat.book
        self.whose.setText(_("账套 {code} {name}").format(code=book.code, name=book.name) if book else "")
        for card in self.cards.all:
            card.setEnabled(bool(chart))
        if book:
            self._seat.worker.read(partial(change_from, self._seat.desk), self._take_day, key=(self, "day"))
        if chart and not self.table.go_to(lambda one: one.code == wanted):
            self.table.view.selectRow(0)
        if chart and self.table.current() is not None:
            self._choose(self.table.current())

    def add_one(self) -> None:
        """增设 the account of the form."""
        values = self.cards.new.form.values()
        new = replace(new_account(values["code"], values["name"]), unit=values["unit"])
        self._write(partial(add_account, self._seat.desk, new), self._added, self.cards.new, _("增设科目"))

    def rename_one(self) -> None:
        """Give the account in hand another name from a day on."""
        one, values = self.table.current(), self.cards.name.form.values()
        if one is not None and not self.cards.name.form.refuse_misread(self.strip.show_problems):
            act = partial(rename_account, self._seat.desk, one.code, values["name"], values["since"])
            self._write(act, self._renamed, self.cards.name, _("改科目名称"))

    def need_one(self) -> None:
        """What lines on the account in hand and on all below it must carry, and in which unit it counts."""
        one = self.table.current()
        if one is not None:
            act = partial(_put_needs, self._seat.desk, one, self.cards.needs.chosen(), self.cards.needs.unit.text())
            self._write(act, self._needed, self.cards.needs, _("改辅助核算"))

    def stop_one(self) -> None:
        """停用 or 恢复使用 of the account in hand."""
        one = self.table.current()
        if one is None:
            return
        if not one.stopped_on and self.cards.stop.form.refuse_misread(self.strip.show_problems):
            return
        day = self.cards.stop.form.values()["day"]
        act = partial(resume_account, self._seat.desk, one.code)
        if not one.stopped_on:
            act = partial(stop_account, self._seat.desk, one.code, day)
        self._write(act, self._stopped, self.cards.stop, _("停用科目"))

    def remove_one(self) -> None:
        """Take away the account in hand, which nobody ever used."""
        one = self.table.current()
        if one is not None:
            self._write(partial(remove_account, self._seat.desk, one.code), self._removed, None, _("删除科目"))

    def split_one(self) -> None:
        """Go on to divide the account in hand."""
        if self.table.current() is not None:
            self.split_wanted.emit(self.table.current())

    def say(self, text: str) -> None:
        """Tell what was done."""
        self.strip.say(text)

    def _write(self, act: Callable[[], Any], done: Callable[[Any], None], card: Card | None, title: str) -> None:
        def refuse(problems: tuple[Problem, ...]) -> None:
            self.strip.show_problems(problems)
            if card:
                card.form.show_problems(problems)

        self._seat.worker.write(act, done, refuse, title)

    def _initials(self, one: Account) -> str:
        return self._seat.entry.initials.get(one.name, "")

    def _take_day(self, first: date) -> None:
        self._first = first
        here = self.table.current()
        self.cards.stop.form.fill({"day": first})
        self.cards.name.form.fill({"since": first}, of=here.code if here is not None else "")

    def _go_on(self, one: Account) -> None:
        form = self.cards.new.form
        (form.entry("name") if one is not None else self.table.view).setFocus()

    def _choose(self, one: Account) -> None:
        named = {"code": one.code, "name": one.name, "day": one.stopped_on}
        own = one.level > 1
        self.heading.setText(_("{code} {name}").format(**named))
        cards = self.cards
        cards.new.say(_("在 {code} {name} 下增设").format(**named))
        code = next_code(self._seat.entry.accounts, one.code)
        cards.new.form.fill({"code": code, "name": "", "unit": ""}, of=one.code)
        cards.name.say(_("改名") if own else _("一级科目的名称由会计制度定，不能改"))
        cards.name.form.fill({"name": one.name if own else "", "since": self._first}, of=one.code)
        cards.name.setEnabled(own)
        cards.needs.put(one)
        cards.stop.say(_("{day} 起停用着").format(**named) if one.stopped_on else _("停用"))
        cards.stop.act.setText(_("恢复使用") if one.stopped_on else _("停用"))
        cards.stop.form.setVisible(not one.stopped_on)
        cards.stop.setEnabled(own)
        waits = bool(one.split_on) and not one.split_by
        cards.split.setText(_("重做转账…") if waits else _("拆分…"))
        cards.split.setEnabled((one.leaf and not one.stopped_on) or waits)
        cards.remove.setEnabled(own and one.leaf)

    def _added(self, one: Account) -> None:
        self.cards.new.form.settle()
        self._after(_("已增设科目 {code} {name}").format(code=one.code, name=one.name))

    def _renamed(self, one: Account) -> None:
        self.cards.name.form.settle()
        self._after(_("科目 {code} 现在叫 {name}，以前月份的账表仍用原来的名称").format(code=one.code, name=one.name))

    def _needed(self, changes: Sequence[NeedsChange]) -> None:
        self.cards.needs.forget()
        names, lacking = need_names(), Counter[str]()
        for change in changes:
            for need, count in change.lacking.items():
                lacking[need] += count
        told = _("、").join(_("{n} 行没有{what}").format(n=n, what=names[need]) for need, n in lacking.items() if n)
        text = _("从现在起按新的要求填") if changes else _("没有改动")
        self._after(_("{text}；以前的分录有 {told}，照旧").format(text=text, told=told) if told else text)

    def _stopped(self, changed: Sequence[Account]) -> None:
        self.cards.stop.form.settle()
        names = _("、").join(f"{one.code} {one.name}" for one in changed[:3])
        text = _("已停用 {names}") if changed and changed[0].stopped_on else _("已恢复使用 {names}")
        self._after(text.format(names=names))

    def _removed(self, one: Account) -> None:
        self._after(_("已删除没有用过的科目 {code} {name}").format(code=one.code, name=one.name))

    def _after(self, text: str) -> None:
        self.strip.say(text)
        self._seat.tell_changed()


class Card(QFrame):
    """An act on the account in hand: a sentence, its fields, its button."""

    def __init__(self, fields: Sequence[Field], text: str, act: Callable[[], None], sign: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.heading, self.form = label("", "muted"), Form(fields)
        self.heading.setWordWrap(True)
        self.act = button(text, act, sign)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.act)
        self.body = QVBoxLayout(self)
        self.body.setSpacing(px("gap_px"))
        self.body.addLayout(head)
        self.body.addWidget(self.form)
        for field in fields:
            name = _("{act}：{field}").format(act=text, field=field.label.removesuffix("*").rstrip())
            self.form.entry(field.name).setAccessibleName(name)

    def say(self, text: str) -> None:
        """The sentence above the fields."""
        self.heading.setText(text)


class NeedsCard(Card):
    """A box for each dimension and the unit of quantities."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__((), _("按此要求"), act, "check")
        self.say(_("记到这个科目的分录还要填（连同下级）"))
        self.boxes = {name: QCheckBox(word) for name, word in dimension_names().items()}
        self._asked: tuple[str, ...] = ()
        self._whose = ""
        line = FlowRow()
        line.setSpacing(px("gap_px"))
        for box in self.boxes.values():
            line.addWidget(box)
        self.unit = QLineEdit()
        self.unit.setAccessibleName(_("{act}：{field}").format(act=self.act.text(), field=_("计量单位")))
        self.unit.setPlaceholderText(_("记数量的写计量单位：公斤、棵、吨"))
        self.body.insertLayout(1, line)
        self.body.insertWidget(2, self.unit)
        self.form.hide()

    def chosen(self) -> tuple[str, ...]:
        """The dimensions whose boxes are ticked."""
        return tuple(name for name, box in self.boxes.items() if box.isChecked())

    @property
    def is_changed(self) -> bool:
        """Whether a box is ticked, or not any more, and nobody pressed the button yet."""
        return self.chosen() != self._asked or self.unit.isModified()

    def forget(self) -> None:
        """Another book: what was ticked belonged to the last one."""
        self._whose = ""

    def put(self, one: Account) -> None:
        """Show what an account asks for."""
        asked = tuple(name for name in self.boxes if name in one.needs)
        if one.code == self._whose and self.is_changed:
            return  # read again: what is ticked stays
        self._whose, self._asked = one.code, asked
        for name, box in self.boxes.items():
            box.setChecked(name in one.needs)
        self.unit.setText(one.unit)
        self.unit.setModified(False)
        self.unit.setEnabled(one.leaf)


class Cards:
    """The cards of the view."""

    def __init__(self, view: ChartView) -> None:
        unit = Field("unit", _("计量单位"), hint=_("记数量的才写：公斤、棵、吨"))
        code, name = Field("code", required(_("科目代码"))), Field("name", required(_("科目名称")))
        since = Field("since", _("从哪天起"), DAY)
        self.new = Card((code, name, unit), _("增设科目"), view.add_one, "plus")
        self.name = Card((Field("name", required(_("新名称"))), since), _("改名"), view.rename_one, "pencil")
        self.needs = NeedsCard(view.need_one)
        self.stop = Card((Field("day", _("从哪天起"), DAY),), _("停用"), view.stop_one, "lock")
        self.split = button(_("拆分…"), view.split_one, "layers")
        self.split.setToolTip(_("已有分录的末级科目分出下级：余额用一张转账凭证转下去，原来的分录不动"))
        self.remove = button(_("删除"), view.remove_one, "trash-2")
        self.remove.setToolTip(_("只能删没有用过的科目"))
        last = QWidget()
        line = QHBoxLayout(last)
        line.setContentsMargins(0, 0, 0, 0)
        for part in (self.split, self.remove):
            line.addWidget(part)
        line.addStretch(1)
        self.all: tuple[QWidget, ...] = (last, self.new, self.name, self.needs, self.stop)


def _make_cards(view: ChartView) -> Cards:
    return Cards(view)


def _put_needs(desk: Desk, one: Account, needs: Sequence[str], unit: str) -> list[NeedsChange]:
    changes = set_needs(desk, one.code, needs)
    if one.leaf and unit.strip() != one.unit:
        changes.append(NeedsChange(count_quantity(desk, one.code, unit), {}))
    return changes


def _needs(one: Account) -> str:
    names = need_names()
    told = _("、").join(names[need] for need in one.needs)
    return _("{name}（{more}）").format(name=told, more=one.unit) if one.unit else told


def _is_first_level(one: Account) -> bool:
    return one.level == 1


def _is_stopped(one: Account) -> bool:
    return bool(one.stopped_on)
