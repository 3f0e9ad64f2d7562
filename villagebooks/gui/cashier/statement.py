"""Looking at a bank's file before it is imported: which column is what, the lines, what would refuse it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from villagebooks.core.bank import BankMatch, BankStatement, Columns, field_words
from villagebooks.core.money import read_yuan, said_yuan
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.table import DAY, MONEY, TEXT, Column, Table
from villagebooks.gui.theme import px
from villagebooks.services.bank import StatementPreview, import_statement, match_automatically, preview_statement
from villagebooks.services.desk import Desk

Imported = Callable[[BankStatement, Sequence[BankMatch]], None]
PAIRS = 3
"""Pairs of word and choice side by side."""


class StatementPanel(QWidget):
    """The file in hand; `imported` is told when it was kept, `left` when nothing is imported."""

    def __init__(self, seat: Seat, imported: Imported, left: Callable[[], None]) -> None:
        super().__init__()
        self._seat, self._imported, self._left = seat, imported, left
        self._account, self._path = "", Path()
        self._filling = False
        self.strip = Strip()
        self.title, self.told = label("", "heading"), label("", "muted")
        self.choices: dict[str, QComboBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(px("gap_px"))
        for place, (field, words) in enumerate(field_words().items()):
            choice = Combo()
            choice.setAccessibleName(words)
            choice.activated.connect(self._look_again)
            self.choices[field] = choice
            grid.addWidget(label(words), place // PAIRS, place % PAIRS * 2, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(choice, place // PAIRS, place % PAIRS * 2 + 1)
            grid.setColumnStretch(place % PAIRS * 2 + 1, 1)
        self.opening = QLineEdit()
        self.opening.setAccessibleName(_("期初余额（元）"))
        self.opening.setPlaceholderText(_("文件里没有余额时写"))
        self.opening.editingFinished.connect(self._look_again)
        row = len(self.choices) // PAIRS + 1
        grid.addWidget(label(_("期初余额（元）")), row, 0, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.opening, row, 1)
        self.lines = Table(_columns(), _("对账单的行"), _("没有读出一行。"), filtered=False)
        self._keep = button(_("导入"), self.keep, "check", primary=True)
        acts = QHBoxLayout()
        acts.addWidget(self.told, 1)
        acts.addWidget(button(_("不导入"), self.leave, "x"))
        acts.addWidget(self._keep)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px("gap_px"))
        box.addWidget(self.title)
        box.addWidget(self.strip)
        box.addLayout(grid)
        box.addWidget(self.lines, 1)
        box.addLayout(acts)

    def look_at(self, account: str, path: Path) -> None:
        """Read a file as the columns were chosen last time."""
        self._account, self._path = account, path
        self.opening.clear()
        self.title.setText(_("{file} 导入到 {account}").format(file=path.name, account=account))
        self._look(None)

    def keep(self) -> None:
        """Import it as it shows, and match what is sure."""
        act = partial(_keep, self._seat.desk, self._account, self._path, self._chosen(), read_yuan(self.opening.text()))
        self._seat.worker.write(act, self._kept, self.strip.show_problems, _("导入对账单"))

    def leave(self) -> None:
        """Nothing is imported."""
        self._left()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _look_again(self, *_choice: object) -> None:
        if not self._filling:
            self._look(self._chosen())

    def _look(self, columns: Columns | None) -> None:
        opening = read_yuan(self.opening.text())
        act = partial(preview_statement, self._seat.desk, self._account, self._path, columns, opening)
        self._seat.worker.read(act, self._show, self._refuse, key=self)

    def _show(self, seen: StatementPreview) -> None:
        self._filling = True
        for field, choice in self.choices.items():
            choice.clear()
            choice.addItems(["", *dict.fromkeys(title for title in seen.titles if title)])
            choice.setCurrentText(seen.columns.plain[field])
        self._filling = False
        self.lines.put(seen.read.lines)
        self.strip.say("")
        if seen.problems:
            self.strip.show_problems(seen.problems)
        self._keep.setEnabled(not seen.problems)
        self.told.setText(_told(seen))
        (self._keep if not seen.problems else self.choices["day"]).setFocus()

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self.strip.show_problems(problems)
        self._keep.setEnabled(False)

    def _chosen(self) -> Columns:
        return Columns(**{field: choice.currentText() for field, choice in self.choices.items()})

    def _kept(self, answer: tuple[BankStatement, list[BankMatch]]) -> None:
        self._imported(*answer)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("日期"), lambda one: one.day, DAY, 11),
        Column(_("摘要"), lambda one: one.summary),
        Column(_("对方户名"), lambda one: one.counterparty, TEXT, 24, spare=True),
        Column(_("支出"), lambda one: max(-one.amount_fen, 0), MONEY, 14, total=True),
        Column(_("收入"), lambda one: max(one.amount_fen, 0), MONEY, 14, total=True),
        Column(_("余额"), lambda one: one.balance_fen, MONEY, 15),
    )


def _told(seen: StatementPreview) -> str:
    read = seen.read
    if read.opening_fen is None or not read.lines:
        return ""
    text = _("期初 {opening}　收 {plus}　支 {minus}　期末 {closing}")
    plus = sum(max(one.amount_fen, 0) for one in read.lines)
    minus = sum(max(-one.amount_fen, 0) for one in read.lines)
    figures = [said_yuan(fen) for fen in (read.opening_fen, plus, minus, read.opening_fen + plus - minus)]
    return text.format(opening=figures[0], plus=figures[1], minus=figures[2], closing=figures[3])


def _keep(
    desk: Desk, account: str, path: Path, columns: Columns, opening_fen: int | None
) -> tuple[BankStatement, list[BankMatch]]:
    kept = import_statement(desk, account, path, columns, opening_fen)
    return kept, match_automatically(desk, account)
