"""预算: the year's plan of the book in hand, adopted once and changed with a reason, against what was posted."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from villagebooks.core.account import Account
from villagebooks.core.budget import ADOPT, CHANGE, BudgetAct, BudgetReport, read_lines
from villagebooks.core.problem import Problem
from villagebooks.core.words import _, pgettext
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import DAY, Field, Form, required
from villagebooks.gui.kept import FormKeeper, FormRecovery, HandedIn, left_words
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.tab import Panel
from villagebooks.gui.table import MONEY, STATE, Column, Table
from villagebooks.gui.theme import DONE, LATE, PLAIN, Mark, px, span
from villagebooks.services.account import today
from villagebooks.services.budget import budget_report, list_budget_acts, save_budget_act
from villagebooks.services.desk import Desk
from villagebooks.services.ledger import list_accounts
from villagebooks.services.unsaved import BUDGET, FoundForm

WIDE = 600
"""Pixels that lines and form are wide at the most."""


LINES = 2.8
"""How high the place for lines is at the least, in heights of a row: its example is read."""


class BudgetPanel(Panel):
    """Plan against actual above; below the lines of an adoption or a change, typed or pasted from Excel."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._accounts: dict[str, Account] = {}
        self.strip, self.heading = Strip(), label("", "heading")
        self.heading.setWordWrap(True)
        self.table = Table(
            (
                Column(_("科目"), lambda one: one.account, width=10),
                Column(pgettext("row", "项目"), lambda one: one.name),
                Column(_("年初计划"), lambda one: one.adopted_fen, MONEY, 15),
                Column(_("调整"), lambda one: one.changed_fen, MONEY, 13),
                Column(_("今年到现在"), lambda one: one.actual_fen, MONEY, 15),
                Column(_("还差（余）"), lambda one: one.left_fen, MONEY, 15),
                Column(_("完成几成"), _mark, STATE, 12),
            ),
            _("预算"), _("今年还没有预算。在下面写好各科目的金额，按“通过”。"),
        )  # fmt: skip
        self.lines = QPlainTextEdit()
        self.lines.setAccessibleName(_("科目和金额，一行一个"))
        example = _("一行一个科目，科目和金额之间空一格，可从表格粘贴：\n50101 45880.00\n办公费 8500")
        self.lines.setPlaceholderText(example)
        self.lines.setTabChangesFocus(True)
        self.lines.setMaximumHeight(130)
        self.form = Form(
            (
                Field("day", required(_("决定日期")), DAY),
                Field("basis", required(_("谁决定的")), hint=_("成员代表大会 2026-01-15")),
                Field("reason", _("调整的原因")),
            )
        )  # fmt: skip
        self._adopt = button(_("通过年初预算"), self.adopt, "check", primary=True)
        self._change = button(_("调整预算"), self.change, "pencil")
        self.keeper = FormKeeper(seat, self, BUDGET, {"lines": self.lines, "form": self.form})
        self.keeper.failed.connect(self.strip.hint)
        self.recovery = FormRecovery(seat, BUDGET, lambda: self.keeper, _left, self.strip)
        self.recovery.restored.connect(self._restore)
        self._lay_out()

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        for part in (self._adopt, self._change):
            acts.addWidget(part)
        acts.addStretch(1)
        inside = QWidget()
        inside.setMaximumWidth(span(WIDE))
        low = QVBoxLayout(inside)
        low.setContentsMargins(0, 0, 0, 0)
        hold = QGridLayout()  # the style sheet has a least height of its own, which outweighs that of a widget
        hold.setRowMinimumHeight(0, round(LINES * px("row_px")))
        hold.addWidget(self.lines, 0, 0)
        low.addLayout(hold)
        low.addWidget(self.form)
        low.addLayout(acts)
        box = QVBoxLayout(self)
        for widget, stretch in ((self.strip, 0), (self.recovery, 0), (self.heading, 0), (self.table, 1)):
            box.addWidget(widget, stretch)
        beside = QHBoxLayout()
        beside.addWidget(inside, 1)
        beside.addStretch()
        box.addLayout(beside)

    def load(self) -> None:
        """Read the year's budget of the book in hand."""
        for part in (self.lines, self.form, self._adopt, self._change):
            part.setEnabled(self._seat.book is not None)
        if self._seat.book is not None:
            self._seat.worker.read(partial(_read, self._seat.desk), self._take, self.strip.show_problems, key=self)
            self.recovery.look()

    def moved(self) -> None:
        """Another book, year or person: what was typed was for the last one, is kept there and offered there again."""
        typed_at, desk = self.keeper.typed_at, self._seat.desk if self._seat.book else None
        if typed_at is None or (desk is not None and _whose(typed_at) == _whose(desk)):
            return
        self.keeper.leave_behind()
        self.lines.clear()
        self.form.put({"basis": "", "reason": ""})
        self.form.settle()
        text = _("{book} 的预算填的没有保存，回到那里时问您恢复不恢复")
        self.strip.hint(text.format(book=f"{typed_at.book.code} {typed_at.book.name}"))

    def adopt(self) -> None:
        """通过: the year's plan as the assembly decided it."""
        self._save(ADOPT)

    def change(self) -> None:
        """调整: what is added to the plan or taken off."""
        self._save(CHANGE)

    def _save(self, kind: str) -> None:
        lines, problems = read_lines(self.lines.toPlainText(), self._accounts)
        if problems:
            self._refuse(tuple(problems))
            return
        if self.form.refuse_misread(self._refuse):
            return
        values = self.form.values()
        year = self._seat.month.year
        new = BudgetAct("", "", year, kind, values["day"], values["basis"], lines, values["reason"])
        act = partial(save_budget_act, self._seat.desk, new)
        done = partial(self._saved, self.keeper.hand_in())
        self._seat.worker.write(act, done, self._refuse, _("保存预算"))

    def _take(self, found: tuple[BudgetReport, list[BudgetAct], list[Account]]) -> None:
        report, acts, accounts = found
        self._accounts = {one.code: one for one in accounts}
        self.table.put(report.rows)
        text = _("{book}　{year} 年预算，到 {month} 月止（只含已记账凭证）　调整 {n} 次")
        changes = sum(one.kind == CHANGE for one in acts)
        self.heading.setText(text.format(book=report.name, year=report.year, month=report.month, n=changes))
        self._adopt.setEnabled(not acts)
        self._change.setEnabled(bool(acts))
        self.form.fill({"day": today(self._seat.office), "reason": ""})

    def _saved(self, handed: HandedIn, one: BudgetAct) -> None:
        if not self.keeper.arrived(handed):
            self.strip.say(handed.words())
            self._seat.tell_changed()
            return
        words = _("预算已通过") if one.kind == ADOPT else _("预算已调整")
        self.strip.say(_("{what}，{n} 个科目").format(what=words, n=len(one.lines)))
        self.lines.clear()
        self.form.settle()
        self.load()

    def _restore(self, found: FoundForm) -> None:
        if self.recovery.may_take(self.keeper):
            self.recovery.take(found, self.keeper)
            self.lines.setFocus()

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        self.form.show_problems(problems)


def _read(desk: Desk) -> tuple[BudgetReport, list[BudgetAct], list[Account]]:
    return budget_report(desk), list_budget_acts(desk, desk.period.year), list_accounts(desk)


def _whose(desk: Desk) -> tuple[str, int, str]:
    return desk.book.code, desk.period.year, desk.person


def _left(found: FoundForm, desk: Desk) -> str:
    """What an earlier run left, when, and in whose book."""
    one = found.unsaved
    lines = [line for line in one.text("lines").splitlines() if line.strip()]
    text = _("有预算写了没有保存（{when}）：{year} 年，{n} 行。")
    return text.format(when=left_words(one, desk), year=one.period.year, n=len(lines))


def _mark(row: object) -> Mark:
    planned, tenths = row.planned, row.tenths  # type: ignore[attr-defined]  # a BudgetRow of the table
    if not planned:
        return Mark(_("没有计划"), LATE)
    over = row.left_fen < 0 and not row.income  # type: ignore[attr-defined]  # as above
    return Mark(_("超支") if over else tenths or "—", LATE if over else DONE if tenths else PLAIN)
