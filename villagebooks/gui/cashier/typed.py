"""照纸录入: a statement that the bank gave on paper, a line each, with both balances of the paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from villagebooks.core.bank import BankLine, BankMatch, BankStatement, read_typed_statement
from villagebooks.core.money import said_yuan
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.cashier.statement import Imported
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import MONEY, Field, Form, required
from villagebooks.gui.kept import FormKeeper, HandedIn
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.theme import px, set_tone
from villagebooks.services.bank import BankMonth, match_automatically, type_statement
from villagebooks.services.desk import Desk
from villagebooks.services.unsaved import STATEMENT


class TypedPanel(QWidget):
    """The paper in hand; `imported` is told when it was kept, `left` when nothing is; `elsewhere` what is to be said
    when it was kept and somebody is elsewhere by then."""

    def __init__(
        self, seat: Seat, imported: Imported, left: Callable[[], None], elsewhere: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._seat, self._imported, self._left = seat, imported, left
        self._elsewhere = elsewhere
        self._account = ""
        self.strip, self.title, self.told = Strip(), label("", "heading"), label()
        self.form = Form(
            (
                Field("opening", required(_("期初余额（元）")), MONEY),
                Field("closing", required(_("期末余额（元）")), MONEY, hint=_("照纸上抄")),
            )
        )
        self.form.setFixedWidth(13 * px("row_px"))
        self.lines = QPlainTextEdit()
        self.lines.setAccessibleName(_("对账单的行，每行一笔"))
        self.lines.setPlaceholderText(_("9.3 -386.42 代扣电费 县供电公司\n9.5 14400 转入 冉光才"))
        self.lines.setTabChangesFocus(True)
        words = _("每行一笔：日期（只写日号也行）、金额（付出写负数）、摘要；可以从表格粘贴。")
        acts = QHBoxLayout()
        acts.addWidget(self.told, 1)
        acts.addWidget(button(_("不录了"), self.leave, "x"))
        acts.addWidget(button(_("存下对账单（F6）"), self.keep, "save", primary=True))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px("gap_px"))
        hint = label(words, "muted")
        hint.setWordWrap(True)
        for part in (self.title, self.strip, self.form, hint):
            box.addWidget(part)
        box.addWidget(self.lines, 1)
        box.addLayout(acts)
        self.keeper = FormKeeper(seat, self, STATEMENT, {"form": self.form, "lines": self.lines})
        self.keeper.failed.connect(self.strip.hint)
        self.lines.textChanged.connect(self._reckon)
        self.form.changed.connect(self._reckon)

    def begin(self, bank: BankMonth) -> None:
        """An empty paper of an account; it begins where the statement before it ended."""
        self._account = bank.code
        self.title.setText(_("{account} {month} 的纸质对账单").format(account=bank.code, month=bank.month))
        before = bank.statements[-1].closing_fen if bank.statements else 0
        self.lines.clear()
        self.form.put({"opening": before, "closing": 0})
        self.keeper.begin(bank.code)
        self.strip.say("")
        self.form.entry("closing" if before else "opening").setFocus()

    def keep(self) -> None:
        """Keep it as it stands, and match what is sure."""
        lines, problems = read_typed_statement(self.lines.toPlainText(), self._seat.month)
        problems = [*self.form.misread(), *problems]
        self.form.show_problems(problems)
        if problems:
            self._refuse(problems)
            return
        values = self.form.values()
        act = partial(
            _keep, self._seat.desk, self._account, lines, values["opening"] or 0, values["closing"] or 0
        )  # fmt: skip
        done = partial(self._kept, self.keeper.hand_in())
        self._seat.worker.write(act, done, self._refuse, _("存对账单"))

    def leave(self) -> None:
        """Nothing is kept; what was typed is given up the second time only."""
        if self.keeper.may_leave(self.strip):
            self.form.settle()
            self._left()

    def leave_behind(self) -> None:
        """Another book or month: what was typed is offered there again."""
        self.keeper.leave_behind()
        self.form.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F6 keeps, Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() == Qt.Key.Key_F6:
            self.keep()
        else:
            super().keyPressEvent(event)

    def _reckon(self, *_edit: object) -> None:
        """While it is typed: how many lines, and whether they lead from one balance to the other. What the paper ends
        with is compared once somebody wrote it: before that no difference is anybody's fault."""
        lines, problems = read_typed_statement(self.lines.toPlainText(), self._seat.month)
        values = self.form.values()
        moved = sum(one.amount_fen for one in lines)
        opening, closing = values["opening"] or 0, values["closing"] or 0
        text = _("{n} 笔，期末应是 {yuan}").format(n=len(lines), yuan=said_yuan(opening + moved))
        ends = bool(self.form.texts()["closing"].strip())
        rest = closing - opening - moved if ends else 0
        if rest:
            text += _("，和纸上差 {yuan}").format(yuan=said_yuan(rest))
        self.told.setText(str(problems[0]) if problems else text if ends or lines else "")
        set_tone(self.told, "tone", "late" if problems or rest else "done" if ends else "")

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self.strip.show_problems(problems)
        self.lines.setFocus()

    def _kept(self, handed: HandedIn, answer: tuple[BankStatement, list[BankMatch]]) -> None:
        if self.keeper.arrived(handed):
            self.form.settle()
            self._imported(*answer)
        else:
            self._elsewhere(handed.words())


def _keep(
    desk: Desk, account: str, lines: Sequence[BankLine], opening_fen: int, closing_fen: int
) -> tuple[BankStatement, list[BankMatch]]:
    kept = type_statement(desk, account, lines, opening_fen, closing_fen)
    return kept, match_automatically(desk, account)
