"""自查 as a panel: what was found, where, by which rule; why that rule matters and what to do."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from villagebooks.core.journal import Finding
from villagebooks.core.journal.label import table_words
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.setting.watch import WatchForm
from villagebooks.gui.tab import Panel
from villagebooks.gui.table import STATE, Column, Table
from villagebooks.gui.theme import LATE, WAIT, Mark
from villagebooks.services.check import check_books, check_rules


class CheckPanel(Panel):
    """自查: rules, balances, chains; deep also every row, signature, sheet and picture."""

    checked = Signal(str)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._rules, self._has_run = check_rules(), False
        self.strip = Strip()
        columns = (
            Column(_("轻重"), _weight, STATE, 10), Column(_("账套"), lambda one: one.book, width=8),
            Column(_("规则"), lambda one: one.title, width=26),
            Column(_("在哪"), _place, width=34), Column(_("什么"), lambda one: one.text),
        )  # fmt: skip
        self.table = Table(columns, _("自查结果"), _("还没有自查。按“自查”查一遍。"))
        self.table.head.addWidget(button(_("自查"), self.run, "check"))
        self.table.head.addWidget(button(_("深查（每张凭证、签字和图片）"), self.run_deep, "shield"))
        self.table.chosen.connect(self._explain)
        text = _("自查有 {n} 条规则；点一条结果，这里写为什么要查、怎么办。")
        self.why = label(text.format(n=len(self._rules)), "muted")
        self.why.setWordWrap(True)
        self.watch = WatchForm(seat)
        self.watch.hide()
        self.lines = button(_("签字怎样算可疑…"), self.show_lines, "settings")
        self.lines.setCheckable(True)
        self.table.head.addWidget(self.lines)
        box = QVBoxLayout(self)
        for part in (self.strip, self.table, self.why, self.watch):
            box.addWidget(part, 1 if part is self.table else 0)

    @property
    def lasting(self) -> bool:
        """Once something was checked: whoever goes to put it right comes back to the list."""
        return self._has_run

    def load(self) -> None:
        """Read where the township draws the lines."""
        self.watch.load()

    def show_lines(self) -> None:
        """Show or hide where the township draws the lines."""
        self.watch.setVisible(self.lines.isChecked())
        if self.lines.isChecked():
            self.watch.form.entry("fast_seconds").setFocus()

    def run(self) -> None:
        """The quick check of all books."""
        self._run(deep=False)

    def run_deep(self) -> None:
        """Every row and signature."""
        self._run(deep=True)

    def _run(self, *, deep: bool) -> None:
        self.strip.hint(_("正在自查…"))
        self._seat.worker.read(partial(check_books, self._seat.office, deep=deep), self._take, key=self)

    def _take(self, found: list[Finding]) -> None:
        errors = sum(one.severity == "error" for one in found)
        text = _("自查：{errors} 处错误，{notices} 处提示").format(errors=errors, notices=len(found) - errors)
        self.strip.say(text, LATE if errors else "done")
        self.table.say_empty(_("查过了，没有查出什么。"))
        self.table.put(found)
        self._has_run = True
        self.checked.emit(text)

    def _explain(self, one: Finding) -> None:
        rule = self._rules.get(one.rule)
        if rule:
            article = _("（{more}）").format(more=rule.article) if rule.article else ""
            self.why.setText(_("{where}：{text}").format(where=rule.title, text=f"{rule.why}{rule.act}{article}"))


def _place(one: Finding) -> str:
    """The table as people call it, and its row."""
    words = {
        "balance": _("余额"), "account_balance": _("科目余额"), "journal": _("日志"), "signed_body": _("签过的原文"),
        "sqlite_master": _("数据库"), "pg_trigger": _("数据库"), **table_words(),
    }  # fmt: skip
    return f"{words.get(one.table, one.table)} {one.row}"


def _weight(one: Finding) -> Mark:
    return Mark(_("错误"), LATE) if one.severity == "error" else Mark(_("提示"), WAIT)
