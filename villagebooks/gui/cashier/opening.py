"""期初未达账项: what one side had and the other had not when the first statement began; typed or pasted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from villagebooks.core.bank import BANK, BOOK, read_open_items
from villagebooks.core.money import yuan_text
from villagebooks.core.problem import Problem, refuse_if
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.kept import FormKeeper, HandedIn
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.theme import px
from villagebooks.services.bank import BankMonth, enter_open_items
from villagebooks.services.desk import Desk
from villagebooks.services.unsaved import STATEMENT

ITEMS = "items"
"""The name under which the lines are kept; a statement has none of it."""


class OpeningPanel(QWidget):
    """A line an item: 账上 or 银行, day, amount (minus for money out), words. `elsewhere` as of the paper statement."""

    def __init__(
        self, seat: Seat, done: Callable[[int], None], left: Callable[[], None], elsewhere: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._seat, self._done, self._left = seat, done, left
        self._elsewhere = elsewhere
        self._account = ""
        self.strip = Strip()
        self.title = label("", "heading")
        self.lines = QPlainTextEdit()
        self.lines.setAccessibleName(_("期初未达账项，每行一笔"))
        self.lines.setPlaceholderText(_("账上 2026-08-28 -120.00 8月支票没有兑付\n银行 2026-08-31 35.20 利息没有入账"))
        self.lines.setTabChangesFocus(True)
        self.keeper = FormKeeper(seat, self, STATEMENT, {ITEMS: self.lines})
        self.keeper.failed.connect(self.strip.hint)
        help_text = label(
            _(
                "每行一笔：先写在哪一边（账上、银行），再写日期、金额（付出写负数）、摘要；可以从表格粘贴。保存就替换原来的。"
            ),
            "muted",
        )
        help_text.setWordWrap(True)
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(button(_("不改了"), self.leave, "x"))
        acts.addWidget(button(_("保存"), self.save, "save", primary=True))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px("gap_px"))
        for part in (self.title, help_text, self.strip):
            box.addWidget(part)
        box.addWidget(self.lines, 1)
        box.addLayout(acts)

    def show_items(self, bank: BankMonth) -> None:
        """What is registered so far."""
        self._account = bank.code
        text = _("{account} 期初未达账项（{day} 以前的）")
        first = bank.statements[0].first_day if bank.statements else ""
        self.title.setText(text.format(account=bank.code, day=first))
        lines = bank.opening.lines if bank.opening else ()
        words = {BOOK: _("账上"), BANK: _("银行")}
        self.lines.setPlainText(
            "\n".join(f"{words[one.side]} {one.day} {yuan_text(one.amount_fen)} {one.summary}" for one in lines)
        )
        self.strip.say("")
        self.keeper.begin(bank.code)
        self.lines.setFocus()

    def save(self) -> None:
        """Register them."""
        act = partial(_save, self._seat.desk, self._account, self.lines.toPlainText())
        done = partial(self._saved, self.keeper.hand_in())
        self._seat.worker.write(act, done, self._refuse, _("登记期初未达账项"))

    def leave(self) -> None:
        """Nothing is changed; what was typed is given up the second time only."""
        if self.keeper.may_leave(self.strip):
            self._left()

    def leave_behind(self) -> None:
        """Another book or month: what was typed is offered there again."""
        self.keeper.leave_behind()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _saved(self, handed: HandedIn, count: int) -> None:
        if self.keeper.arrived(handed):
            self._done(count)
        else:
            self._elsewhere(handed.words())

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self.strip.show_problems(problems)


def _save(desk: Desk, account: str, text: str) -> int:
    lines, problems = read_open_items(text)
    refuse_if(problems)
    enter_open_items(desk, account, lines)
    return len(lines)
