"""退回原因: the fifteen that every township has, and its own, numbered on from 16, stopped but never renumbered."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from villagebooks.core.problem import Problem
from villagebooks.core.reason import Reason
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import Side
from villagebooks.gui.form import Field, Form, required
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.tab import Panel
from villagebooks.gui.table import NUMBER, STATE, Column, Table
from villagebooks.gui.theme import DONE, PLAIN, Mark, span
from villagebooks.services.reason import add_reason, list_reasons, stop_reason

SIDE = 360
"""Pixels for the form beside the list."""


class ReasonsPanel(Panel):
    """The list, the form of a new reason, and how one is stopped."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self.strip = Strip()
        self.table = Table(
            (
                Column(_("编号"), lambda one: one.code, NUMBER, 6), Column(_("原因"), lambda one: one.words),
                Column(_("谁加的"), lambda one: one.added_by or _("通用"), width=12),
                Column(_("哪天加的"), lambda one: one.at[:10], width=11, spare=True),
                Column(_("现在"), _mark, STATE, 20),
            ),
            _("退回原因"),
        )  # fmt: skip
        self.form = Form((Field("words", required(_("原因")), hint=_("例如：收款人不是合同对方")),))
        self._add = button(_("加一条"), self.add, "plus", primary=True)
        self._stop = button(_("停用选中的"), self.stop, "x")
        self.table.chosen.connect(self._tell)
        self._stop.setEnabled(False)
        right = QVBoxLayout()
        right.addWidget(label(_("自己的退回原因"), "heading"))
        right.addWidget(self.form)
        right.addWidget(self._add, 0, Qt.AlignmentFlag.AlignRight)
        about = label(_("编号接着往下编，加了就不改、不删；不用了可以停用，退回过的还看得到。"), "muted")
        about.setWordWrap(True)
        right.addWidget(about)
        right.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignRight)
        right.addStretch(1)
        side = Side(span(SIDE))
        side.setLayout(right)
        middle = QHBoxLayout()
        middle.addWidget(self.table, 1)
        middle.addWidget(side)
        box = QVBoxLayout(self)
        box.addWidget(self.strip)
        box.addLayout(middle, 1)

    def load(self) -> None:
        """Read the list."""
        self._seat.worker.read(partial(list_reasons, self._seat.office), self.table.put, key=self)

    def add(self) -> None:
        """Add the reason of the form."""
        act = partial(add_reason, self._seat.office, self.form.values()["words"])
        self._seat.worker.write(act, self._added, self._refuse, _("退回原因"))

    def stop(self) -> None:
        """Stop the reason in hand, or offer a stopped one again."""
        one = self.table.current()
        if one is None:
            return
        act = partial(stop_reason, self._seat.office, one.code, again=bool(one.stopped_on))
        self._seat.worker.write(act, self._stopped, self.strip.show_problems, _("退回原因"))

    def _added(self, one: Reason) -> None:
        self.form.put({"words": ""})
        self.strip.say(_("已加退回原因 {n}：{words}").format(n=one.code, words=one.words))
        self.load()

    def _stopped(self, one: Reason) -> None:
        text = _("退回原因 {n} 已停用") if one.stopped_on else _("退回原因 {n} 恢复使用")
        self.strip.say(text.format(n=one.code))
        self.load()

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        self.form.show_problems(problems)

    def _tell(self, one: Reason) -> None:
        self._stop.setEnabled(one.is_own)
        self._stop.setText(_("恢复选中的") if one.stopped_on else _("停用选中的"))


def _mark(one: Reason) -> Mark:
    if one.stopped_on:
        return Mark(_("{day} 停用").format(day=one.stopped_on), PLAIN)
    return Mark(_("在用"), DONE)
