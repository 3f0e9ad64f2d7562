"""代理协议: which village entrusted its books to the centre, by which vote, until when."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from villagebooks.core.agreement import Agreement
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import Side, in_line
from villagebooks.gui.form import DAY, Field, Form, required
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.tab import Panel
from villagebooks.gui.table import STATE, Column, Table
from villagebooks.gui.theme import DONE, LATE, PLAIN, Mark, span
from villagebooks.services.account import today
from villagebooks.services.agreement import end_agreement, list_agreements, sign_agreement

YEARS = 3
"""How long a new agreement is proposed to run."""
SIDE = 440
"""Pixels for the forms beside the register."""


class AgreementsPanel(Panel):
    """The register, the form of a new agreement, and how one ends."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self.strip = Strip()
        self.table = Table(
            (
                Column(_("村"), lambda one: one.village, width=6), Column(_("编号"), lambda one: one.number, width=11),
                Column(_("从"), lambda one: one.since.isoformat(), width=11),
                Column(_("到"), lambda one: one.until.isoformat() if one.until else "", width=11, text=_until),
                Column(_("由哪次会议同意"), lambda one: one.vote),
                Column(_("签字"), lambda one: f"{one.for_village}、{one.for_centre}", width=14, spare=True),
                Column(_("现在"), self._mark, STATE, 14),
            ),
            _("代理协议"), _("还没有登记代理协议。在右边填好，按“登记”。"),
        )  # fmt: skip
        self.form = Form(
            (
                Field("village", required(_("村代码"))), Field("number", required(_("协议编号"))),
                Field("signed_on", required(_("签订日期")), DAY), Field("since", required(_("从哪天起")), DAY),
                Field("until", required(_("到哪天止")), DAY),
                Field("vote", required(_("由哪次会议同意")), hint=_("村民代表会议 2025-12-10")),
                Field("for_village", required(_("村方签字人"))), Field("for_centre", required(_("中心签字人"))),
                Field("archive", required(_("档案由谁保管"))),
            )
        )  # fmt: skip
        self.end = Form((Field("ended_on", _("终止日期"), DAY), Field("reason", required(_("原因")))))
        self._sign = button(_("登记"), self.sign, "plus", primary=True)
        self._end = button(_("终止选中的协议"), self.end_it, "x")
        self._lay_out()

    def _lay_out(self) -> None:
        """The register at the left, what can be done with it at the right."""
        right = QVBoxLayout()
        for title, form, act in (
            (_("新协议（代理记账是无偿服务）"), self.form, self._sign), (_("终止"), self.end, self._end),
        ):  # fmt: skip
            right.addWidget(label(title, "heading"))
            right.addWidget(form)
            right.addWidget(act, 0, Qt.AlignmentFlag.AlignRight)
        right.addStretch(1)
        in_line(self.form, self.end)
        side = Side(span(SIDE))
        side.setLayout(right)
        middle = QHBoxLayout()
        middle.addWidget(self.table, 1)
        middle.addWidget(side)
        box = QVBoxLayout(self)
        box.addWidget(self.strip)
        box.addLayout(middle, 1)

    def load(self) -> None:
        """Read the register."""
        self._seat.worker.read(partial(list_agreements, self._seat.office), self._take, key=self)

    def sign(self) -> None:
        """Register the agreement of the form."""
        if self.form.refuse_misread(self._refuse):
            return
        values = self.form.values()
        new = Agreement(
            "", values["village"].strip().upper(), values["number"], values["signed_on"], values["since"],
            values["until"], values["vote"], values["for_village"], values["for_centre"], values["archive"],
        )  # fmt: skip
        act = partial(sign_agreement, self._seat.office, new)
        self._seat.worker.write(act, self._signed, self._refuse, _("登记代理协议"))

    def end_it(self) -> None:
        """终止 the agreement in hand."""
        one, values = self.table.current(), self.end.values()
        if one is None:
            self.strip.hint(_("先在上面选一份协议"))
            return
        if self.end.refuse_misread(self.strip.show_problems):
            return
        act = partial(end_agreement, self._seat.office, one.uid, values["ended_on"], values["reason"])
        self._seat.worker.write(act, self._ended, self.strip.show_problems, _("终止代理协议"))

    def _take(self, found: list[Agreement]) -> None:
        self.table.put(found)
        self._fill()

    def _fill(self) -> None:
        day = today(self._seat.office)
        texts = ("number", "vote", "for_village", "for_centre")
        code = self._seat.book.village if self._seat.book else ""
        last = date(day.year + YEARS - 1, 12, 31)
        self.form.fill(
            {**dict.fromkeys(texts, ""), "village": code, "signed_on": day, "since": day, "until": last,
             "archive": _("会计档案由中心保管，村里随时可查")}
        )  # fmt: skip
        self.end.fill({"ended_on": day, "reason": ""})

    def _signed(self, one: Agreement) -> None:
        self.strip.say(_("已登记 {village} 的协议 {number}").format(village=one.village, number=one.number))
        self.form.settle()
        self.load()

    def _ended(self, one: Agreement) -> None:
        self.strip.say(_("协议 {number} 到 {day} 终止").format(number=one.number, day=one.ended_on))
        self.end.settle()
        self.load()

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        self.form.show_problems(problems)

    def _mark(self, one: Agreement) -> Mark:
        day = today(self._seat.office)
        if one.holds(day):
            return Mark(_("有效"), DONE)
        if one.ended_on:
            return Mark(_("{day} 终止").format(day=one.ended_on), PLAIN)
        return Mark(_("还没开始") if one.since > day else _("已到期"), PLAIN if one.since > day else LATE)


def _until(one: Agreement) -> str:
    return one.until.isoformat() if one.until else _("长期")
