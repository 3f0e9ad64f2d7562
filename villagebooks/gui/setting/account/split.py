"""拆分科目: the day, the accounts below, what part of a detail goes where; one transfer comes of it to be signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from villagebooks.core.account import Account, Split, Standing, held_words, new_account
from villagebooks.core.problem import Problem
from villagebooks.core.voucher import Voucher
from villagebooks.core.words import _
from villagebooks.gui.cell import has_typed_cells, settle_cells
from villagebooks.gui.day import DayEdit
from villagebooks.gui.desk import Seat
from villagebooks.gui.kept import FormKeeper, HandedIn
from villagebooks.gui.kept_cells import KeptCells
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.setting.account.shares import ShareGrid
from villagebooks.gui.theme import px, span
from villagebooks.services.account import account_standing, change_from, redo_transfer, split_account
from villagebooks.services.unsaved import SPLIT


class SplitView(QWidget):
    """`left` leads back to the chart, with a sentence when something was done; `elsewhere` carries it when somebody is
    at something else by then; `opened`: what the account holds was read."""

    left = Signal(str)
    elsewhere = Signal(str)
    opened = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._account = Account("", "", 1, "", "D", leaf=True)
        self._redo = False
        self.strip, self.heading, self.holds = Strip(), label("", "title"), label("", "muted")
        self.holds.setWordWrap(True)
        self.day, self.names, self.grid = DayEdit(), QPlainTextEdit(), ShareGrid()
        self.day.setFixedWidth(span(130))
        self.names.setAccessibleName(_("下级科目，一行一个"))
        self.names.setPlaceholderText(_("一行一个，如：\n纸张\n硒鼓"))
        self.names.setTabChangesFocus(True)
        self.names.setFixedWidth(span(230))
        self.rest = label("", "muted")
        self.act = button(_("拆分，生成转账凭证"), self.split, "check", primary=True)
        top = QHBoxLayout()
        for part in (button(_("返回（Esc）"), self.leave, "arrow-left"), self.heading):
            top.addWidget(part)
        top.addStretch(1)
        when = QHBoxLayout()
        when.addWidget(label(_("拆分日期")))
        when.addWidget(self.day)
        when.addWidget(self.holds, 1)
        listed, shared = QVBoxLayout(), QVBoxLayout()
        self.below = label(_("分成哪些下级（一行一个）"), "heading")
        listed.addWidget(self.below)
        listed.addWidget(self.names, 1)
        shared.addWidget(label(_("每一笔余额转到哪个下级（= 补足）"), "heading"))
        shared.addWidget(self.grid, 1)
        both = QHBoxLayout()
        both.setSpacing(px("gap_px") * 2)
        both.addLayout(listed)
        both.addLayout(shared, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.rest)
        foot.addStretch(1)
        foot.addWidget(self.act)
        hint = label(
            _("原来的分录留在本科目不动，已结账月份的数字不变；从拆分日期起只记下级。转账凭证照常送签、记账。"), "muted"
        )
        hint.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for row in (top, self.strip, when, both, hint, foot):
            if isinstance(row, QWidget):
                box.addWidget(row)
            else:
                box.addLayout(row, 1 if row is both else 0)
        cells = KeptCells(self.grid, self.grid.shares.texts, self.grid.shares.restore)
        self.keeper = FormKeeper(seat, self, SPLIT, {"names": self.names, "day": self.day, "cells": cells})
        self.keeper.failed.connect(self.strip.hint)
        self.names.textChanged.connect(self._list)
        self.day.refused.connect(self._refuse)
        self.grid.shares.changed.connect(self._tell_rest)

    @property
    def code(self) -> str:
        """Of the account in hand."""
        return self._account.code

    def open(self, account: Account) -> None:
        """Begin with an account: a leaf to divide, or a divided one whose transfer was voided."""
        self._account, self._redo = account, bool(account.split_on)
        named = {"code": account.code, "name": account.name}
        text = _("重做转账：{code} {name}") if self._redo else _("拆分 {code} {name}")
        self.heading.setText(text.format(**named))
        self.act.setText(_("生成转账凭证") if self._redo else _("拆分，生成转账凭证"))
        self.strip.say("")
        self.names.setReadOnly(self._redo)
        self.names.setPlainText("\n".join(f"{one.code} {one.name}" for one in self._leaves()) if self._redo else "")
        self.grid.shares.put(())
        settle_cells(self.grid)
        self.keeper.begin(account.code)
        desk = self._seat.desk

        def read() -> tuple[Standing, date]:
            return account_standing(desk, account.code), change_from(desk)

        self._seat.worker.read(read, self._take, key=self)
        (self.grid if self._redo else self.names).setFocus()

    def wanted(self) -> list[Account]:
        """The accounts below as typed: a name with the next free code, or a code and a name."""
        found: list[Account] = []
        for line in self.names.toPlainText().splitlines():
            code, _blank, name = line.strip().partition(" ")
            if not (code.isascii() and code.isdigit() and name):
                code, name = f"{self._account.code}{len(found) + 1:02d}", line.strip()
            if name:
                found.append(new_account(code, name.strip()))
        return found

    def offer(self, names: Sequence[Account]) -> None:
        """Begin with these accounts below, as the unified accounts want them."""
        self.names.setPlainText("\n".join(f"{one.code} {one.name}" for one in names))

    def split(self) -> None:
        """Divide, or draft the transfer again."""
        self.day.settle()
        if self.day.problems():
            return
        shares, desk = self.grid.shares.shares(), self._seat.desk
        done = partial(self._done, self.keeper.hand_in(), self._account)
        if self._redo:
            redo = partial(redo_transfer, desk, self._account.code, shares, self.day.day)
            self._seat.worker.write(redo, done, self._refuse, _("重做转账"))
        else:
            wanted = Split(self._account.code, tuple(self.wanted()), shares)
            act = partial(split_account, desk, wanted, self.day.day)
            self._seat.worker.write(act, done, self._refuse, _("拆分科目"))

    def leave(self) -> None:
        """Back without doing anything; what was typed is given up the second time only."""
        if self.keeper.may_leave(self.strip):
            self.left.emit("")

    def leave_behind(self) -> None:
        """Another book: what was typed stays kept for the last one, and is offered there again."""
        self.keeper.leave_behind()
        self.grid.shares.put(())
        settle_cells(self.grid)
        self.names.clear()
        self.keeper.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _leaves(self) -> list[Account]:
        accounts = self._seat.entry.accounts.values()
        return [one for one in accounts if one.leaf and not one.stopped_on and one.code.startswith(self._account.code)]

    def _take(self, found: tuple[Standing, date]) -> None:
        standing, first = found
        last = standing.last[0] if standing.last else None
        day = max(first, last) if last else first
        self.day.put(day, self._seat.month)
        held = held_words(standing.holdings) or _("没有余额，不用转账")
        self.holds.setText(_("现有：{held}").format(held=held))
        self.holds.setToolTip(self.holds.text())
        self.grid.shares.put(standing.holdings)
        settle_cells(self.grid)
        if not standing.holdings:
            self.act.setText(_("分出下级"))
        self._list()
        self.keeper.look()
        self.opened.emit()

    def _list(self) -> None:
        is_typed = has_typed_cells(self.grid)
        self.grid.shares.put_children([(one.code, one.name) for one in self.wanted()])
        if not is_typed:  # another column is no figure that somebody typed
            settle_cells(self.grid)

    def _tell_rest(self) -> None:
        rows = self.grid.shares.rows_left()
        self.rest.setText(_("还有 {n} 笔没有分完").format(n=rows) if rows else _("余额都分完了"))

    def _done(self, handed: HandedIn, account: Account, voucher: Voucher | None) -> None:
        tell = self.left if self.keeper.arrived(handed) else self.elsewhere
        named = {"code": account.code, "name": account.name}
        text = _("{code} {name} 已分出下级").format(**named)
        if voucher:
            text = _("{code} {name} 已拆分；转账凭证 {month} {title} 已做好，到“凭证”里送签、记账")
            text = text.format(**named, month=voucher.month, title=voucher.title)
        tell.emit(text)
        self._seat.tell_changed()

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
