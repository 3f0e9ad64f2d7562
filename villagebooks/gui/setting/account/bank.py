"""银行账户登记: what the bank dimension is chosen from; a number is sealed and shown only to who opens a key for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagebooks.core.account import RegisteredBank
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.choice import Choice, ChoiceEdit
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import SECRET, Field, Form, required
from villagebooks.gui.key import KeyRing, SignStrip
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.table import Column, Table
from villagebooks.gui.theme import px, span
from villagebooks.services.account import bank_number, bank_register, change_bank, close_bank, register_bank, today
from villagebooks.services.key import Unlocked

BANK = "102"


class BankView(QWidget):
    """The register and the form of the account in hand; `left` leads back to the chart."""

    left = Signal(str)

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        super().__init__()
        self._seat, self._whose = seat, ""
        self.strip, self.sign = Strip(), SignStrip(seat, ring)
        self.table = Table(
            (
                Column(_("名称"), lambda one: one.label), Column(_("开户银行"), lambda one: one.bank, width=30),
                Column(_("科目"), lambda one: one.account, width=30, text=self._account_name),
                Column(_("账号"), lambda one: one.has_number, width=10, text=_sealed),
                Column(_("销户"), lambda one: one.closed_on, width=13),
            ),
            _("银行账户"), _("还没有登记银行账户。登记以后，分录里的银行账户就从这里选。"),
        )  # fmt: skip
        self.table.model.is_faint = _is_closed
        self.form = Form(
            (
                Field("label", required(_("名称")), hint=_("平时怎么叫：信用社基本户")), Field("bank", _("开户银行")),
                Field("number", _("账号"), SECRET, hint=_("密封保存，任何一位都不印")),
            )
        )  # fmt: skip
        self.account = ChoiceEdit()
        self.account.setAccessibleName(_("科目"))
        self.account.setPlaceholderText(_("银行存款下的哪个科目（可以不写）"))
        self.new = button(_("登记新账户"), self.register, "plus", primary=True)
        self.keep = button(_("改选中的"), self.change, "save")
        self.close_act = button(_("销户"), self.shut, "lock")
        self.look = button(_("看账号"), self.show_number, "eye")
        self._lay_out()
        self.table.chosen.connect(self._choose)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for part in (button(_("返回（Esc）"), self.leave, "arrow-left"), label(_("银行账户登记"), "title")):
            top.addWidget(part)
        top.addStretch(1)
        acts = QHBoxLayout()
        for part in (self.new, self.keep, self.close_act, self.look):
            acts.addWidget(part)
        acts.addStretch(1)
        entry = QWidget()
        entry.setMaximumWidth(span(640))
        column = QVBoxLayout(entry)
        column.setContentsMargins(0, px("gap_px"), 0, 0)
        column.addWidget(self.form)
        self.form.add(_("科目"), self.account)
        column.addLayout(acts)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(top)
        box.addWidget(self.strip)
        box.addWidget(self.table, 1)
        box.addWidget(entry)
        box.addWidget(self.sign)

    def load(self) -> None:
        """Read the register."""
        accounts = [one for one in self._seat.entry.accounts.values() if one.code.startswith(BANK) and one.leaf]
        self.account.set_choices([Choice(one.code, f"{one.code} {one.name}") for one in accounts])
        self._seat.worker.read(partial(bank_register, self._seat.desk), self._take, key=self)

    def register(self) -> None:
        """Enter a new account; a number asks for a signature first, which opens the key it is sealed under."""
        values, desk = self.form.values(), self._seat.desk
        wanted = RegisteredBank(values["label"], values["bank"], self.account.key)
        sentence = _("密封“{label}”的账号").format(label=wanted.label)
        self._write(partial(register_bank, desk, wanted), values["number"], sentence, self._registered)

    def change(self) -> None:
        """Change bank, account or number of the one in hand."""
        one, values = self.table.current(), self.form.values()
        if one is not None:
            wanted = replace(one, bank=values["bank"], account=self.account.key)
            sentence = _("密封“{label}”的账号").format(label=one.label)
            self._write(partial(change_bank, self._seat.desk, wanted), values["number"], sentence, self._changed)

    def shut(self) -> None:
        """销户 today, or open the one in hand again."""
        one = self.table.current()
        if one is not None:
            day = None if one.closed_on else today(self._seat.office)
            self._seat.worker.write(
                partial(close_bank, self._seat.desk, one.uid, day), self._changed, self._refuse, _("销户")
            )  # fmt: skip

    def show_number(self) -> None:
        """The number of the one in hand, after a signature; the look is in the log."""
        one = self.table.current()
        if one is not None:
            sentence = _("打开“{label}”的账号来看，操作日志会记下").format(label=one.label)
            self.sign.ask(sentence, partial(bank_number, self._seat.desk, one.uid), self._shown, word=_("看账号"))

    def leave(self) -> None:
        """Back to the chart."""
        self._settle()
        self.strip.say("")
        self.left.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _write(self, act: Callable[..., Any], number: str, sentence: str, done: Callable[[Any], None]) -> None:
        if not number:
            self._seat.worker.write(act, done, self._refuse, _("银行账户登记"))
            return

        def sign(unlocked: Unlocked) -> RegisteredBank:
            made: RegisteredBank = act(number, unlocked)
            return made

        self.strip.forgive()
        self.sign.ask(sentence, sign, done, word=_("密封保存"))

    def _account_name(self, one: RegisteredBank) -> str:
        account = self._seat.entry.accounts.get(one.account)
        return f"{account.code} {account.name}" if account else one.account

    def _take(self, found: Sequence[RegisteredBank]) -> None:
        self.table.put(found)
        if found and self.table.current() is None:
            self.table.view.selectRow(0)
        for part in (self.keep, self.close_act, self.look):
            part.setEnabled(bool(found))

    def _choose(self, one: RegisteredBank) -> None:
        if one.uid != self._whose or not self.account.isModified():
            self.account.put(one.account)
            self.account.setModified(False)
        self._whose = one.uid
        self.form.fill({"label": one.label, "bank": one.bank, "number": ""}, of=one.uid)
        self.close_act.setText(_("恢复") if one.closed_on else _("销户"))
        self.look.setEnabled(one.has_number)

    def _registered(self, one: RegisteredBank) -> None:
        self._changed(one, _("已登记“{label}”").format(label=one.label))

    def _settle(self) -> None:
        """Saved or given up: the next reading says what stands there."""
        self.form.put({"number": ""})
        self.form.settle()
        self.account.setModified(False)

    def _changed(self, one: RegisteredBank, text: str = "") -> None:
        self._settle()
        self.strip.say(text or _("“{label}”已改").format(label=one.label))
        self._seat.tell_changed()

    def _shown(self, number: str) -> None:
        self.strip.hint(_("账号：{number}（离开这一页就不再显示）").format(number=number))

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        self.form.show_problems(problems)


def _sealed(one: RegisteredBank) -> str:
    return _("已密封") if one.has_number else ""


def _is_closed(one: RegisteredBank) -> bool:
    return bool(one.closed_on)
