"""The form of a paper: what for, how much, to whom, who signed, and its documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from villagebooks.core.paper import CLASSES, DIRECTIONS, Body, Paper, check_paper
from villagebooks.core.period import month_of
from villagebooks.core.problem import Problem
from villagebooks.core.receipt import Receipt
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import CHOICE, COUNT, DAY, MONEY, Field, Form
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.paper.document import DocumentRows
from villagebooks.gui.theme import px
from villagebooks.services.desk import Desk
from villagebooks.services.paper import list_receipt_books, list_receipts, save_paper

PAID = ("备用金", "转账", "代发", "现金", "银行扣收", "")
STAMPED = ("有", "没有")
COMMITTEE = "监委会"
RECEIPT = "收据"


def facts() -> tuple[Field, ...]:
    """What the paper says of the money."""
    return (
        Field("day", _("日期"), DAY), Field("words", _("用途（张榜用的话）"), hint=_("买了什么、给了谁、多少个工…")),
        Field("spending_class", _("类别"), CHOICE, CLASSES), Field("direction", _("收支"), CHOICE, DIRECTIONS),
        Field("amount_fen", _("金额（元）"), MONEY), Field("payee", _("收款人（交款人）")),
        Field("paid_how", _("怎样付的"), CHOICE, PAID), Field("group", _("公开榜分组"), hint=_("例如 办公、水电")),
        Field("basis", _("依据"), hint=_("收据号、文件号、会议")),
    )  # fmt: skip


def people() -> tuple[Field, ...]:
    """Whose ink is on it."""
    return (
        Field("handler", _("经手人")), Field("witness", _("证明人")),
        Field("approvers", _("审批人"), hint=_("几个人用顿号隔开")),
        Field("committee", _("监委会签字的人"), hint=_("几个人用顿号隔开")), Field("present", _("到会人数"), COUNT),
        Field("agreed", _("同意人数"), COUNT), Field("size", _("监委会人数"), COUNT),
        Field("stamp", _("监委会章"), CHOICE, STAMPED),
    )  # fmt: skip


class PaperForm(QWidget):
    """`left` goes back to the list; `saved` carries the paper."""

    left = Signal()
    saved = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._paper: Paper | None = None
        self._shown: Paper | None = None
        self._warned = False
        self.facts, self.people, self.documents, self.strip = Form(facts()), Form(people()), DocumentRows(seat), Strip()
        self.heading = label("", "title")
        acts = QHBoxLayout()
        acts.addWidget(button(_("返回"), self._leave, "arrow-left"))
        acts.addWidget(self.heading)
        acts.addStretch(1)
        acts.addWidget(button(_("保存（F6）"), self.save, "save", primary=True))
        columns = QHBoxLayout()
        columns.setSpacing(px("gap_px") * 4)
        for title, form in ((_("花在什么事上"), self.facts), (_("谁签了字（纸上的）"), self.people)):
            column = QVBoxLayout()
            column.setSpacing(px("gap_px"))
            column.addWidget(label(title, "heading"))
            column.addWidget(form)
            column.addStretch(1)
            columns.addLayout(column, 3 if form is self.facts else 2)
        inside = QWidget()
        inside.setObjectName("paper")
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 12, 0)
        whole.addLayout(columns)
        whole.addSpacing(px("gap_px"))
        whole.addWidget(self.documents)
        whole.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(acts)
        box.addWidget(self.strip)
        box.addWidget(area, 1)
        for key, slot in (("F6", self.save), ("F8", self.save), ("Ctrl+S", self.save), ("Esc", self._leave)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def new(self, day: date) -> None:
        """An empty paper."""
        self._put(Paper("", "", 0, day, "", "日常运转", "支出", 0, "", "备用金", (), ""), None)

    def open(self, paper: Paper) -> None:
        """A paper of the books, to be changed."""
        self._put(paper, paper)

    def paper(self) -> Paper:
        """What the form says."""
        values, who = self.facts.values(), self.people.values()
        names = tuple(_names(who["committee"]))
        body = Body(COMMITTEE, names, who["present"], who["agreed"], who["size"], who["stamp"] == STAMPED[0])
        old = self._paper or Paper("", "", 0, values["day"], "", "", "", 0, "", "", (), "")
        return replace(
            old, day=values["day"], words=values["words"], spending_class=values["spending_class"],
            direction=values["direction"], amount_fen=values["amount_fen"] or 0, payee=values["payee"],
            paid_how=values["paid_how"], group=values["group"], basis=values["basis"], handler=who["handler"],
            witness=who["witness"], approvers=tuple(_names(who["approvers"])),
            bodies=(body,) if names else (), documents=self.documents.documents(),
        )  # fmt: skip

    def may_leave(self) -> bool:
        """False once, with a hint, while what stands in the form is not saved."""
        if self.paper() == self._shown or self._warned:
            return True
        self._warned = True
        self.strip.hint(_("这张报账单还没有保存。F6 保存；再做一次就放弃。"))
        return False

    def save(self) -> None:
        """Save what the form says; the same check paints it first."""
        paper = self.paper()
        problems = check_paper(paper)
        if problems:
            self._refuse(tuple(problems))
            return
        act = partial(_save, self._seat.desk, paper)
        self._seat.worker.write(act, self._saved, self._refuse, _("保存报账单"))

    def _leave(self) -> None:
        if self.may_leave():
            self.left.emit()

    def _put(self, paper: Paper, old: Paper | None) -> None:
        self._paper = old
        self.strip.say("")
        self.heading.setText(_("第 {n} 号报账单").format(n=old.number) if old else _("新报账单"))
        body = next(iter(paper.bodies), Body(COMMITTEE, (), 2, 2, 3, True))
        self.facts.put(
            {
                "day": paper.day, "words": paper.words, "spending_class": paper.spending_class,
                "direction": paper.direction, "amount_fen": paper.amount_fen, "payee": paper.payee,
                "paid_how": paper.paid_how, "group": paper.group, "basis": paper.basis,
            }
        )  # fmt: skip
        self.people.put(
            {
                "handler": paper.handler, "witness": paper.witness, "approvers": "、".join(paper.approvers),
                "committee": "、".join(body.people), "present": body.present, "agreed": body.agreed, "size": body.size,
                "stamp": STAMPED[0] if body.stamp else STAMPED[1],
            }
        )  # fmt: skip
        self.documents.put(paper.documents)
        self._warned = False
        self._shown = self.paper()
        self.facts.entry("words").setFocus()

    def _saved(self, paper: Paper) -> None:
        self.saved.emit(paper)
        self._seat.tell_changed()

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        for form in (self.people, self.facts):
            form.show_problems(problems)
            form.go_to_problem()


def _save(desk: Desk, paper: Paper) -> Paper:
    """Save with the receipts that its documents name: numbers of the village's own receipt books, not used before."""
    at = desk.at(month_of(paper.day))
    numbers = {one.number: one for one in paper.documents if RECEIPT in one.kind and one.number}
    own = {one.number for one in list_receipts(at) if paper.uid and one.paper == paper.uid}
    receipts = [
        Receipt(book.code, number, "used", day=paper.day.isoformat(), amount_fen=one.amount_fen or paper.amount_fen)
        for book in list_receipt_books(desk)
        for number, one in numbers.items()
        if book.first <= number <= book.last and len(number) == len(book.first) and number not in own
    ]
    return save_paper(desk, paper, receipts)


def _names(text: str) -> list[str]:
    for mark in "，,；; /　":
        text = text.replace(mark, "、")
    return [name for name in text.split("、") if name]
