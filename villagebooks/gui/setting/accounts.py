"""科目: the chart of the book in hand as a tree; an account below another, another name for an own one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagebooks.core.account import Account, new_account, next_code
from villagebooks.core.problem import Problem
from villagebooks.core.voucher import need_names
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import Field, Form, required
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.table import NUMBER, Column, Table
from villagebooks.gui.theme import px
from villagebooks.services.account import add_account, count_quantity, rename_account

SIDES = {"D": "借", "C": "贷", "B": "借或贷"}


def account_columns() -> tuple[Column, ...]:
    """Columns of a chart."""
    return (
        Column(_("科目代码"), lambda one: one.code, width=14),
        Column(_("科目名称"), lambda one: one.name, text=lambda one: "　" * (one.level - 1) + one.name),
        Column(_("级次"), lambda one: one.level, NUMBER, 5),
        Column(_("余额方向"), lambda one: one.side, width=9, text=lambda one: _(SIDES.get(one.side, one.side))),
        Column(_("能记账"), lambda one: one.leaf, width=8, text=lambda one: _("末级") if one.leaf else ""),
        Column(_("分录还要填"), _needs, width=20, spare=True),
    )


class AccountsPanel(QWidget):
    """The tree, and below it one form for each act on the account in hand."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self.strip, self.whose = Strip(), label("", "muted")
        self.table = Table(account_columns(), _("科目"), _("还没有账套。先在“账套”里新建或导入。"))
        self.table.model.is_strong = _is_first_level
        self.table.head.insertWidget(1, self.whose)
        self.new = Form((Field("code", required(_("科目代码"))), Field("name", required(_("科目名称"))), _unit_field()))
        self.name = Form((Field("name", required(_("新名称"))),))
        self.unit = Form((_unit_field(),))
        self.above, self.named, self.counted = label("", "heading"), label("", "heading"), label("", "heading")
        self.add = button(_("增设科目"), self.add_one, "plus", primary=True)
        self.rename = button(_("改名"), self.rename_one, "pencil")
        self.count = button(_("改计量单位"), self.count_one, "scale")
        forms = QHBoxLayout()
        forms.setSpacing(px("gap_px") * 4)
        for head, form, act in (
            (self.above, self.new, self.add),
            (self.named, self.name, self.rename),
            (self.counted, self.unit, self.count),
        ):
            column = QVBoxLayout()
            column.setSpacing(px("gap_px"))
            for part in (head, form):
                column.addWidget(part)
            column.addWidget(act, 0, Qt.AlignmentFlag.AlignRight)
            column.addStretch(1)
            forms.addLayout(column, 1)
        words = _(
            "一级科目按会计制度，每下一级加两位。已有分录的末级科目不能再往下分。制度里有、账套里没有的一级科目，写它的代码就能补上。"
        )
        hint = label(words, "muted")
        hint.setWordWrap(True)
        box = QVBoxLayout(self)
        box.addWidget(self.strip)
        box.addWidget(self.table, 1)
        box.addWidget(hint)
        box.addLayout(forms)
        self.table.chosen.connect(self._choose)

    def load(self) -> None:
        """The accounts come with the book in hand."""
        here = self.table.current()
        chart = sorted(self._seat.entry.accounts.values(), key=lambda one: one.code)
        self.table.put(chart)
        book = self._seat.book
        self.whose.setText(_("账套 {code} {name}").format(code=book.code, name=book.name) if book else "")
        for part in (self.new, self.add, self.name, self.rename, self.unit, self.count):
            part.setEnabled(bool(chart))
        if chart and not (here and self.table.go_to(lambda one: one.code == here.code)):
            self.table.view.selectRow(0)
        if chart and self.table.current() is not None:
            self._choose(self.table.current())

    def add_one(self) -> None:
        """增设 the account of the form."""
        values = self.new.values()
        new = replace(new_account(values["code"], values["name"]), unit=values["unit"])
        act = partial(add_account, self._seat.desk, new)
        self._seat.worker.write(act, self._added, self._refuse_new, _("增设科目"))

    def rename_one(self) -> None:
        """Give the account in hand another name."""
        one = self.table.current()
        if one is not None:
            act = partial(rename_account, self._seat.desk, one.code, self.name.values()["name"])
            self._seat.worker.write(act, self._renamed, self._refuse_name, _("改科目名称"))

    def count_one(self) -> None:
        """Let the account in hand count quantities in a unit, or no longer."""
        one = self.table.current()
        if one is not None:
            act = partial(count_quantity, self._seat.desk, one.code, self.unit.values()["unit"])
            self._seat.worker.write(act, self._counted, self._refuse_unit, _("改计量单位"))

    def _choose(self, one: Account) -> None:
        self.above.setText(_("在 {code} {name} 下增设科目").format(code=one.code, name=one.name))
        self.new.put({"code": next_code(self._seat.entry.accounts, one.code), "name": "", "unit": ""})
        own = one.level > 1
        text = _("给 {code} {name} 改名") if own else _("{code} {name} 是一级科目，名称不能改")
        self.named.setText(text.format(code=one.code, name=one.name))
        self.name.put({"name": one.name if own else ""})
        for part in (self.name, self.rename):
            part.setEnabled(own)
        text = _("{code} {name} 的数量") if one.leaf else _("{code} {name} 有下级，不记数量")
        self.counted.setText(text.format(code=one.code, name=one.name))
        self.unit.put({"unit": one.unit})
        for part in (self.unit, self.count):
            part.setEnabled(one.leaf)

    def _added(self, one: Account) -> None:
        self._after(_("已增设科目 {code} {name}").format(code=one.code, name=one.name))

    def _renamed(self, one: Account) -> None:
        self._after(_("科目 {code} 现在叫 {name}").format(code=one.code, name=one.name))

    def _counted(self, one: Account) -> None:
        text = _("科目 {code} {name} 从现在起按{unit}记数量") if one.unit else _("科目 {code} {name} 不再记数量")
        self._after(text.format(code=one.code, name=one.name, unit=one.unit))

    def _after(self, text: str) -> None:
        self.strip.say(text)
        self._seat.tell_changed()

    def _refuse_new(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        self.new.show_problems(problems)

    def _refuse_name(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        self.name.show_problems(problems)

    def _refuse_unit(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        self.unit.show_problems(problems)


def _unit_field() -> Field:
    return Field("unit", _("计量单位"), hint=_("记数量的才写：公斤、棵、吨"))


def _needs(one: Account) -> str:
    names = need_names()
    told = "、".join(names[need] for need in one.needs)
    return f"{told}（{one.unit}）" if one.unit else told


def _is_first_level(one: Account) -> bool:
    return one.level == 1
