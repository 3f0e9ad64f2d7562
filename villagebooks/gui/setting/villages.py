"""村: what each village is called and was called, its official code, where it went; another name from a day on."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from villagebooks.core.problem import Problem
from villagebooks.core.village import NameTerm
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import Side
from villagebooks.gui.form import DAY, Field, Form, required
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.tab import Panel
from villagebooks.gui.table import Column, Table
from villagebooks.gui.theme import px, span
from villagebooks.services.account import today
from villagebooks.services.village import VillageHistory, list_villages, rename_village

SIDE = 400


class VillagesPanel(Panel):
    """The villages, the names of the one in hand, and the form of a new name; `merger_wanted` leads to 合村并账."""

    merger_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self.strip = Strip()
        self.table = Table(
            (
                Column(_("村代码"), lambda one: one.village.code, width=10),
                Column(_("村名"), lambda one: one.village.name),
                Column(_("区划代码"), lambda one: one.official_code, width=16),
                Column(_("账套"), lambda one: len(one.books), width=26, text=_books),
                Column(_("并入"), lambda one: one.village.successor, width=12),
            ),
            _("村"), _("还没有村。先在“账套”里新建或导入。"),
        )  # fmt: skip
        self.names = Table(
            (
                Column(_("从哪天起"), lambda one: one.since, width=13, text=_since),
                Column(_("叫什么"), lambda one: one.name), Column(_("区划代码"), lambda one: one.code, width=16),
                Column(_("依据"), lambda one: one.basis),
            ),
            _("用过的村名"), _("没有改过名。"), filtered=False,
        )  # fmt: skip
        self.names.setMaximumHeight(5 * px("row_px") + 30)
        self.form = Form(
            (
                Field("name", required(_("新村名"))), Field("since", required(_("从哪天起")), DAY),
                Field("code", _("区划代码")), Field("basis", required(_("依据")), hint=_("批准改名的文件、文号")),
            )
        )  # fmt: skip
        self.heading = label("", "heading")
        self.heading.setWordWrap(True)
        self.act = button(_("改名"), self.rename, "pencil", primary=True)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.table, 1)
        left.addWidget(label(_("用过的名字"), "muted"))
        left.addWidget(self.names)
        side = Side(span(SIDE))
        side.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(button(_("合村并账、按原村列示…"), self.merger_wanted.emit, "layers"))
        for part in (self.heading, self.form):
            right.addWidget(part)
        right.addWidget(self.act, 0, Qt.AlignmentFlag.AlignRight)
        right.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(px("gap_px") * 3)
        both.addLayout(left, 1)
        both.addWidget(side)
        box = QVBoxLayout(self)
        box.addWidget(self.strip)
        box.addLayout(both, 1)
        self.table.chosen.connect(self._choose)

    def load(self) -> None:
        """Read the villages."""
        self._seat.worker.read(partial(list_villages, self._seat.office), self._take, key=self)

    def rename(self) -> None:
        """Call the village in hand otherwise; sheets of before keep the old name."""
        one, values = self.table.current(), self.form.values()
        if one is None or self.form.refuse_misread(self._refuse):
            return
        day: date = values["since"]
        act = partial(
            rename_village, self._seat.office, one.village.code, values["name"], day.isoformat(), values["basis"],
            values["code"],
        )  # fmt: skip
        self._seat.worker.write(act, self._renamed, self._refuse, _("改村名"))

    def _take(self, found: list[VillageHistory]) -> None:
        here = self.table.current()
        self.table.put(found)
        if found and not (here and self.table.go_to(lambda one: one.village.code == here.village.code)):
            self.table.view.selectRow(0)
        self._choose(self.table.current())

    def _choose(self, one: VillageHistory | None) -> None:
        for part in (self.form, self.act):
            part.setEnabled(one is not None)
        if one is None:
            return
        self.heading.setText(_("{code} {name} 改名").format(code=one.village.code, name=one.village.name))
        self.names.put(one.names)
        usual = {"name": "", "since": today(self._seat.office), "code": one.official_code, "basis": ""}
        self.form.fill(usual, of=one.village.code)

    def _renamed(self, one: VillageHistory) -> None:
        text = _("{code} 现在叫{name}；以前的表照旧印以前的名字")
        self.strip.say(text.format(code=one.village.code, name=one.village.name))
        self.form.settle()
        self.load()
        self._seat.load()
        self._seat.tell_changed()

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        self.form.show_problems(problems)
        self.form.go_to_problem()


def _books(one: VillageHistory) -> str:
    return _("、").join(
        book.code if book.stopped is None else _("{code}（停用）").format(code=book.code) for book in one.books
    )  # fmt: skip


def _since(one: NameTerm) -> str:
    return one.since or _("最早")
