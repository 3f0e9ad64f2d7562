"""The form of a paper: what for, how much, to whom, who signed, and its documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QMimeData, QSettings, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QHideEvent,
    QImage,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from villagebooks.core.paper import CLASSES, DIRECTIONS, WRITTEN, Body, Paper
from villagebooks.core.period import read_day
from villagebooks.core.policy import chain_text, paper_flow, paper_rule, papers_text
from villagebooks.core.policy.step import APPROVER
from villagebooks.core.problem import Problem
from villagebooks.core.unsaved_paper import PaperText
from villagebooks.core.words import N_, _
from villagebooks.gui.again import Again
from villagebooks.gui.choice import Choice, ChoiceEdit
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import Tall, in_line
from villagebooks.gui.form import CHOICE, DAY, MONEY, NAME, Field, Form, fill_choices, settle
from villagebooks.gui.keymap import bind, key, show_key
from villagebooks.gui.page import Strip, button, is_saving, label
from villagebooks.gui.paper.clash import PaperClash
from villagebooks.gui.paper.document import DocumentRows
from villagebooks.gui.paper.fault import Faults
from villagebooks.gui.paper.recovery import PaperKeeper, standing_words
from villagebooks.gui.paper.saving import save_with_receipts
from villagebooks.gui.paper.shelf import PictureShelf
from villagebooks.gui.paper.signing import Signing, split_names
from villagebooks.gui.part import GUARDED
from villagebooks.gui.picture.paste import Paster, let_through
from villagebooks.gui.picture.source import may_take
from villagebooks.gui.picture.watch import FolderWatch
from villagebooks.gui.theme import px
from villagebooks.services.policy import READY, PolicyInForce, current_policy, ready_policy
from villagebooks.services.unsaved import FoundPaper

PAID = (N_("备用金"), N_("转账"), N_("代发"), N_("现金"), N_("银行扣收"), "")
ROOMY = 1_000
"""Pixels from which the pictures beside the form stand in two columns."""


def facts() -> tuple[Field, ...]:
    """What the paper says of the money."""
    return (
        Field("day", _("日期"), DAY), Field("words", _("用途（张榜用的话）"), hint=_("买了什么、给了谁、多少个工…")),
        Field("spending_class", _("类别"), CHOICE, CLASSES), Field("direction", _("收支"), CHOICE, DIRECTIONS),
        Field("amount_fen", _("金额（元）"), MONEY), Field("payee", _("收款人（交款人）"), NAME),
        Field("paid_how", _("怎样付的"), CHOICE, PAID), Field("group", _("公开榜分组"), hint=_("例如 办公、水电")),
        Field("basis", _("依据"), hint=_("收据号、文件号、会议")),
    )  # fmt: skip


def people() -> tuple[Field, ...]:
    """Whose ink is on it."""
    return (
        Field("handler", _("经手人")), Field("witness", _("证明人")),
        Field("approvers", _("审批人"), hint=_("几个人用顿号隔开")),
    )  # fmt: skip


class PaperForm(Tall):
    """`left` goes back to the list; `saved` carries the paper; `changed` after every edit."""

    changed = Signal()
    left = Signal()
    saved = Signal(object)

    def __init__(self, seat: Seat, kept: QSettings | None = None) -> None:
        super().__init__()
        self.setProperty(GUARDED, True)
        self._seat = seat
        self._paper: Paper | None = None
        self._shown: PaperText | None = None
        self._warned, self._asking = Again(), False
        self.facts, self.people, self.documents, self.strip = Form(facts()), Form(people()), DocumentRows(seat), Strip()
        self.signing, self.asked, self._policy = Signing(), label("", "muted"), ready_policy(READY[0])
        self.asked.setWordWrap(True)
        self.heading = label("", "title")
        acts = QHBoxLayout()
        acts.addWidget(button(_("返回"), self._leave, "arrow-left"))
        acts.addWidget(self.heading)
        acts.addStretch(1)
        save = button("", self.save, "save", primary=True)
        show_key(save, _("保存（{key}）"), "save")
        acts.addWidget(save)
        columns = QHBoxLayout()
        columns.setSpacing(px("gap_px") * 4)
        for title, form in ((_("花在什么事上"), self.facts), (_("谁签了字（纸上的）"), self.people)):
            column = QVBoxLayout()
            column.setSpacing(px("gap_px"))
            column.addWidget(label(title, "heading"))
            column.addWidget(form)
            column.addWidget(self.signing if form is self.people else self.asked)
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
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes from field to field, and the field in hand is shown
        area.setWidget(inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(acts)
        box.addWidget(self.strip)
        self.clash = PaperClash(seat, self.strip, self.restore, self.text, self.put_text, self._begin_with)
        box.addWidget(self.clash)
        self.watch = FolderWatch(seat.worker, kept)
        self.shelf = PictureShelf(seat, self.documents, self.watch)
        middle = QHBoxLayout()
        middle.addWidget(area, 1)
        middle.addWidget(self.shelf)
        box.addLayout(middle, 1)
        self.setAcceptDrops(True)
        self.paster = Paster(self, seat.worker, self.take_files, self.take_image, self.strip.hint)
        self.documents.refused.connect(self._refuse_pictures)
        bind(self, "save", self.save)
        bind(self, "back", self._leave)
        for name, slot in (("F3", self.shelf.open), ("F7", self.shelf.tray.setFocus)):
            shortcut = QShortcut(QKeySequence(name), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self.faults = Faults(self.strip, self.facts, self.people, self.documents, self.signing)
        self.facts.changed.connect(self._ask)
        for edited in (self.facts.changed, self.people.changed, self.signing.changed, self.documents.edited):
            edited.connect(self._tell)
        self.keeper = PaperKeeper(seat, self, self.text, self.is_changed)
        self.changed.connect(self.keeper.look)
        self.keeper.failed.connect(self.strip.hint)

    def new(self, day: date) -> None:
        """An empty paper."""
        self._put(Paper("", "", 0, day, "", "日常运转", "支出", 0, "", "备用金", (), ""), None)

    def open(self, paper: Paper) -> None:
        """A paper of the books, to be changed."""
        self._put(paper, paper)

    def restore(self, found: FoundPaper) -> None:
        """What an earlier run left: in the paper that was being changed, beside what somebody else saved since; or as a
        new one when that may not be changed any more."""
        if found.paper and found.is_open:
            self.open(found.paper)
        else:
            self.new(found.unsaved.day)
        now = self.text()
        self._fill(found.unsaved.paper)
        text = _("恢复了没有保存的报账单，核对以后按 {key} 保存。").format(key=key("save"))
        self.strip.hint(text + standing_words(found))
        self.clash.look(found, now)

    def _fill(self, typed: PaperText) -> None:
        """What was typed over what was put; kept at once."""
        self.put_text(typed)
        self.keeper.keep()

    def _begin_with(self, typed: PaperText) -> None:
        """A new paper of what was typed for another."""
        self.new(read_day(typed.day) or self._seat.month.first_day)
        self._fill(typed)

    def rest(self) -> None:
        """The list shows again: nothing is in hand, and nothing is kept."""
        self._shown = None
        self.clash.put_away()
        self.keeper.drop()
        settle(self)

    def is_changed(self) -> bool:
        """True when something was typed since it was put."""
        return self._shown is not None and self.text() != self._shown

    def text(self) -> PaperText:
        """Every entry as it was typed."""
        texts = self.facts.texts() | self.people.texts()
        amount = texts.pop("amount_fen")
        return PaperText(**texts, amount=amount, bodies=self.signing.bodies(), documents=self.documents.texts())

    def put_text(self, text: PaperText) -> None:
        """Every entry as it was; what counts as changed stays measured by what was put."""
        texts = {name: word for name, word in asdict(text).items() if isinstance(word, str)}
        self._asking = True
        self.facts.put_texts(texts | {"amount_fen": text.amount})
        self.people.put_texts(texts)
        self.documents.put_texts(text.documents)
        self._asking = False
        self._lay(text.bodies)

    def paper(self) -> Paper:
        """What the form says."""
        values, who = self.facts.values(), self.people.values()
        old = self._paper or Paper("", "", 0, values["day"], "", "", "", 0, "", "", (), "")
        return replace(
            old, day=values["day"], words=values["words"], spending_class=values["spending_class"],
            direction=values["direction"], amount_fen=values["amount_fen"] or 0, payee=values["payee"],
            paid_how=values["paid_how"], group=values["group"], basis=values["basis"], handler=who["handler"],
            witness=who["witness"], approvers=tuple(split_names(who["approvers"])),
            bodies=self.signing.bodies(), documents=self.documents.documents(),
        )  # fmt: skip

    def may_leave(self) -> bool:
        """False once, with a hint, while what stands in the form is not saved."""
        if self._warned or not (self.is_changed() or self.shelf.pictures.is_changed):
            self.keeper.drop()
            return True
        self._warned.warn()
        self.strip.hint(_("这张报账单还没有保存。{key} 保存；再做一次就放弃。").format(key=key("save")))
        return False

    def save(self) -> None:
        """Save what the form says; the same check paints it first."""
        if self.shelf.pictures.is_changed:
            self.strip.hint(_("打开的图片改过还没有保存：先保存图片，或关掉它放弃"))
            return
        if _("存图片") in self._seat.worker.titles():
            self.strip.hint(_("图片还没有存完，存完再保存，免得漏了"))
            return
        if self.clash.is_asking() or is_saving(self._seat, self.strip, self._saved):
            return
        if self._paper and self._paper.state == WRITTEN and not self.is_changed():
            self.strip.hint(_("第 {n} 号报账单没有改动，不用再保存").format(n=self._paper.number))
            return
        paper = self.paper()
        if problems := self.faults.find(paper, self._policy.classes):
            self._refuse(problems)
            return
        act = partial(save_with_receipts, self._seat.desk, paper)
        self._seat.worker.write(act, self._saved, self._refuse, _("保存报账单"))

    def take_files(self, paths: Sequence[Path]) -> None:
        """Photos and scans to the document in hand."""
        self.documents.hand.add_pictures(paths)

    def take_image(self, picture: QImage) -> None:
        """A picture that is no file to the document in hand."""
        self.documents.hand.add_image(picture)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures may be dropped anywhere in the form."""
        if may_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """On a document they hang there, elsewhere on the document in hand."""
        place = self.childAt(event.position().toPoint())
        row = next((one for one in self.documents.rows if place and (one is place or one.isAncestorOf(place))), None)
        if row is not None:
            row.visited.emit(row)
        self.take_mime(event.mimeData())

    def take_mime(self, mime: QMimeData) -> bool:
        """What was dropped or pasted, to the document in hand; False, with a hint, when it is no picture."""
        taken = self.paster.take(mime)
        if not taken:
            self.strip.hint(_("这里收照片（JPEG、PNG）和 PDF 扫描件，别的文件放不进来"))
        return taken

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pictures leave the entries their room."""
        super().resizeEvent(event)
        self.shelf.set_narrow(self.width() < ROOMY)
        self.documents.set_narrow(self.width() < ROOMY)

    def showEvent(self, event: QShowEvent) -> None:
        """The folders are watched while a paper is in hand."""
        super().showEvent(event)
        self.watch.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: rest."""
        super().hideEvent(event)
        self.watch.stop()

    def _refuse_pictures(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)

    def _leave(self) -> None:
        if self.may_leave():
            self.left.emit()

    def _put(self, paper: Paper, old: Paper | None) -> None:
        self._paper = old
        self.clash.put_away()
        self.strip.say("")
        self.heading.setText(_("第 {n} 号报账单").format(n=old.number) if old else _("新报账单"))
        self._asking = True
        self._offer(paper)
        self._offer_payees()
        self.facts.put(
            {
                "day": paper.day, "words": paper.words, "spending_class": paper.spending_class,
                "direction": paper.direction, "amount_fen": paper.amount_fen, "payee": paper.payee,
                "paid_how": paper.paid_how, "group": paper.group, "basis": paper.basis,
            }
        )  # fmt: skip
        who = {"handler": paper.handler, "witness": paper.witness, "approvers": "、".join(paper.approvers)}
        self.people.put(who)
        self.shelf.leave()
        self.documents.put(paper.documents)
        self._asking = False
        self._lay(paper.bodies)
        self._warned.forget()
        self.faults.forget()
        self._shown = self.text()
        self.keeper.begin(old)
        self.facts.entry("words").setFocus()
        self._seat.worker.read(partial(current_policy, self._seat.office), self._take_policy, key=self)

    def _take_policy(self, found: PolicyInForce) -> None:
        """The policy in force says what the form asks for; a form that was as read stays so."""
        if found.policy == self._policy:
            return
        paper, is_still = self.paper(), not self.is_changed()
        self._policy, self._asking = found.policy, True
        self._offer(paper)
        self._asking = False
        self._lay(paper.bodies)
        if is_still and self._shown is not None:
            self._shown = self.text()
            settle(self)

    def _offer(self, paper: Paper) -> None:
        """The classes of the policy, and the ways of paying it knows."""
        paid = dict.fromkeys([*PAID[:-1], *self._policy.payments, PAID[-1]])
        for name, words, chosen in (
            ("spending_class", self._policy.classes, paper.spending_class), ("paid_how", tuple(paid), paper.paid_how),
        ):  # fmt: skip
            box = cast(QComboBox, self.facts.entry(name))
            box.clear()
            fill_choices(box, words)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    def _offer_payees(self) -> None:
        """Parties of the book by name or initials; a new name becomes one when its voucher is saved."""
        payee, entry = cast(ChoiceEdit, self.facts.entry("payee")), self._seat.entry
        names = dict.fromkeys(one.name for one in entry.parties.values())
        payee.set_choices([Choice(name, name, entry.initials.get(name, "")) for name in names])
        payee.offer = _("新的名字“{name}”：要写往来的，保存凭证时自动登记")

    def _ask(self) -> None:
        """Another class, amount or way of paying may need other signers."""
        if not self._asking:
            self._lay(None)

    def _tell(self) -> None:
        self._warned.forget()
        if not self._asking:
            self.faults.look_again(self.paper(), self._policy.classes)
        self.changed.emit()

    def _lay(self, bodies: Sequence[Body] | None) -> None:
        """Show what the policy asks for; with `bodies` the consents of another paper, else those typed stay."""
        paper, village = self.paper(), self._seat.desk.book.village
        flow, rule = paper_flow(self._policy, paper, village), paper_rule(self._policy, paper, village)
        steps = self._policy.steps
        if bodies is None:
            self.signing.ask(flow)
        else:
            self.signing.put(flow, bodies)
        in_line(self.people, *self.signing.forms)
        chain = chain_text(steps, (one.name for one in flow))
        said = _("这张单子依次要签：{steps}").format(steps=chain) if flow else ""
        if rule and rule.papers and paper.paid_how not in self._policy.payments:
            said += _("。要有的单据：{papers}").format(papers=papers_text(rule.papers))
        self.asked.setText(said)
        let_through(self)
        approvers = _("、").join(one.title for one in flow if one.kind == APPROVER)
        cast(QLineEdit, self.people.entry("approvers")).setPlaceholderText(approvers or _("几个人用顿号隔开"))

    def _saved(self, paper: Paper) -> None:
        self.saved.emit(paper)
        self._seat.tell_changed()

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self.clash.meet(problems, self.keeper.unsaved)
        self.faults.tell(problems)
