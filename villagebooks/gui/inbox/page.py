"""审批: what waits for me over all villages, looked at, signed or sent back by the keyboard; late things; whistles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from villagebooks.core.approval import PREPARE
from villagebooks.core.inbox import ANSWER, MINE, OTHERS, PAPER, VOID_IT, WHISTLE, Signed, Waiting
from villagebooks.core.money import said_yuan
from villagebooks.core.whistle import Whistle
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.inbox.act import (
    Found,
    act_on_all,
    draw_late,
    hints_of,
    read_all,
    send_back_signed,
    send_back_unsigned,
)
from villagebooks.gui.inbox.asking import InboxAsking
from villagebooks.gui.inbox.batch import signed_text
from villagebooks.gui.inbox.list import WaitingTable, can_be_marked, kind_word, total_text
from villagebooks.gui.inbox.whistle import WhistleTable
from villagebooks.gui.key import KeyRing
from villagebooks.gui.page import label
from villagebooks.gui.tab import TabBar
from villagebooks.gui.theme import DONE, WAIT

WAITING, LATE, WHISTLES = range(3)
SHARES = (13, 11)
"""Of the width: the list, and what is looked at."""


@dataclass(frozen=True, slots=True)
class _Choices:
    """Which list showed, whether with what waits for others, and what was in hand there."""

    place: int
    everybody: bool
    ref: str


class InboxPage(InboxAsking):
    """`wanted` carries what was opened, to be shown whole where it is kept; `printed` a title and what draws it."""

    wanted = Signal(object)
    printed = Signal(str, object)
    needs_book = False

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        self.title = _("审批")
        super().__init__(seat, ring)
        self._all: list[Waiting] = []
        self._wanted = ""
        self._person = seat.person
        self.bar, self.stack = TabBar(), QStackedWidget()
        self.bar.setExpanding(False)
        for _title in range(3):
            self.bar.addTab("")
        self.bar.setAccessibleName(_("待办、逾期清单、吹哨"))
        self.everybody = QCheckBox(_("也看等别人的"))
        self.table = WaitingTable(_("等我办的"), _("没有等您办的事。"))
        self.table.head.insertWidget(1, self.everybody)
        self.sum, self.halves = label("", "heading"), QSplitter(Qt.Orientation.Horizontal)
        self._calls: Sequence[Whistle] = ()
        self._lay_out()
        self._add_acts()
        self._listen()
        self._name_tabs([], [])
        self.setFocusProxy(self.table.view)

    @cached_property
    def late(self) -> WaitingTable:
        """逾期清单: built when it is first looked at, as everything below."""
        made = WaitingTable(_("逾期清单"), _("没有逾期的事。"), late=True)
        self.stack.addWidget(made)
        made.show_waiting([one for one in self._all if one.late])
        self._listen_to(made)
        return made

    @cached_property
    def whistles(self) -> WhistleTable:
        """吹哨."""
        made = WhistleTable(self.seat)
        self.stack.addWidget(made)
        made.put(self._calls)
        made.opened.connect(self._enter)
        made.pressed.connect(self._press)
        made.view.selectionModel().currentRowChanged.connect(self._tell_acts)
        return made

    @property
    def looks(self) -> bool:
        """Beside what waits it is looked at, beside the other lists it is not."""
        return self.bar.currentIndex() == WAITING

    def _list(self) -> WaitingTable | WhistleTable:
        """The list that shows."""
        place = self.bar.currentIndex()
        return self.table if place == WAITING else self.late if place == LATE else self.whistles

    def _lay_out(self) -> None:
        self._waiting = QWidget()
        column = QVBoxLayout(self._waiting)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.sum)
        self.stack.addWidget(self._waiting)
        self.halves.addWidget(self.stack)
        self.halves.addWidget(self.beside)
        for place, share in enumerate(SHARES):
            self.halves.setStretchFactor(place, share)
        self.halves.setSizes([share * 100 for share in SHARES])
        self.halves.setChildrenCollapsible(False)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.halves, 1)
        self.body.addWidget(
            label(
                _("空格 标记　Ctrl+空格 全标　A、回车 同意　S 签标记的　B 退回　P 图片　O 整张打开　W 吹哨　F6 换页签"),
                "muted",
            )
        )
        self.body.addWidget(self.sign)
        self.sign.installEventFilter(self)

    def _add_acts(self) -> None:
        self._print = self.add_act(_("打印清单"), self.print_late, "printer")
        self._whistle = self.add_act(_("吹哨…"), self.ask_whistle, "megaphone")
        self._back = self.add_act(_("退回…"), self.ask_send_back, "undo-2")
        self._many = self.add_act(_("签标记的…"), self.ask_sign_marked, "check-check")
        self._one = self.add_act(_("同意"), self.approve, "stamp", primary=True)
        for key, slot in (("F9", self._many.click), ("F6", self._next_tab)):
            made = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)

    def _listen(self) -> None:
        self.bar.currentChanged.connect(self._turn)
        self.everybody.toggled.connect(self._show)
        self._listen_to(self.table)

    def _listen_to(self, table: WaitingTable) -> None:
        table.pressed.connect(self._press)
        table.opened.connect(self._enter)
        table.marks_changed.connect(self._tell_acts)
        table.view.selectionModel().currentRowChanged.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape comes back to the list, from the pictures too."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_on()
        else:
            super().keyPressEvent(event)

    def load(self) -> None:
        """Read what waits and every whistle."""
        self.seat.worker.read(partial(read_all, self.seat.office), self._take, key=self)

    @property
    def lasting(self) -> bool:
        """While something is marked to be signed."""
        return bool(self.table.marked)

    def tell_choices(self) -> _Choices:
        """The list that shows."""
        one = self.current()
        return _Choices(self.bar.currentIndex(), self.everybody.isChecked(), one.ref if one else "")

    def take_choices(self, kept: _Choices) -> None:
        """The same list."""
        self.everybody.setChecked(kept.everybody)
        self.bar.setCurrentIndex(kept.place)
        self._wanted = kept.ref

    def show_waiting(self) -> None:
        """What waits, whichever list was left."""
        self._wanted = ""
        self.bar.setCurrentIndex(WAITING)

    def current(self) -> Waiting | None:
        """What is in hand."""
        if self.bar.currentIndex() == WHISTLES:
            call = self.whistles.current()
            return next((one for one in self._all if call is not None and one.uid == call.uid), None)
        return (self.late if self.bar.currentIndex() == LATE else self.table).current_thing()

    def approve(self) -> None:
        """The next step of what is in hand: sign it, take the paper, answer the whistle."""
        one = self.current()
        if one is None:
            self.strip.hint(_("已经答复过") if self.bar.currentIndex() == WHISTLES else _("先选一件"))
        elif self.bar.currentIndex() == LATE and one.state != OTHERS:
            self._look_at(one)
        elif one.step == ANSWER:
            self._ask_answer(one)
        elif can_be_marked(one) or (one.step == VOID_IT and one.state == MINE):
            self._ask_sign([one])
        elif one.state == MINE:
            self.wanted.emit(one)
        else:
            self.strip.hint(_not_mine(one))

    def _look_at(self, one: Waiting) -> None:
        """From the late list to where it is looked at before anything is done with it."""
        self.bar.setCurrentIndex(WAITING)
        self.table.search.clear()
        self.table.go_to(lambda row: isinstance(row, Waiting) and row.ref == one.ref)

    def ask_sign_marked(self) -> None:
        """Sign all that is marked, after its count and amount were seen."""
        marked = list(self.table.marked.values())
        if not marked:
            self.strip.hint(_("先按空格标记要签的"))
            return
        self._ask_sign(marked, whole=True)

    def ask_send_back(self) -> None:
        """Send what is in hand back for a coded reason."""
        one = self.current()
        if one is None or one.state != MINE or one.kind == WHISTLE or one.step in (PREPARE, VOID_IT):
            self.strip.hint(_not_mine(one) if one and one.state != MINE else _("这一件不能退回"))
            return
        text = _("把{what}（{yuan} 元）退回，已签的字作废").format(what=kind_word(one), yuan=said_yuan(one.amount_fen))
        self._put_away()
        self.reasons.ask(text, partial(self._send_back, one, text))

    def ask_whistle(self) -> None:
        """Call the level above about what is in hand."""
        self._put_away()
        self.blow.ask(self.current())

    def print_late(self) -> None:
        """逾期清单 on paper, for those above who have no key here."""
        self.printed.emit(_("逾期清单"), partial(draw_late, self.seat.office))

    def go_on(self) -> None:
        """The list again."""
        self._list().view.setFocus()

    def moved(self) -> None:
        """Somebody else sat down: what was marked and asked was his."""
        if self.seat.person != self._person:
            self._person = self.seat.person
            self.table.marked.clear()
            self._put_away()

    def _press(self, letter: str) -> None:
        acts = {
            "A": self.approve, "S": self.ask_sign_marked, "B": self.ask_send_back, "W": self.ask_whistle,
            "P": self._go_to_pictures, "O": self._open,
        }  # fmt: skip
        acts[letter]()

    def _enter(self, _row: object) -> None:
        self.approve()

    def _open(self) -> None:
        one = self.current()
        if one:
            self.wanted.emit(one)

    def _go_to_pictures(self) -> None:
        if self.look.pictures.count():
            self.look.pictures.setCurrentRow(0)
            self.look.pictures.setFocus()

    def _ask_sign(self, things: Sequence[Waiting], *, whole: bool = False) -> None:
        self._put_away()
        if whole:
            text = self.batch.show_before(things)
        else:
            text = _("{what}：{step}，{total}。签后内容不能再改。")
            if things[0].step == VOID_IT:
                text = _("{what}：{step}，{total}。号码保留，作废了不能恢复。")
            text = text.format(what=kind_word(things[0]), step=things[0].step_title, total=total_text(things))
        act = partial(act_on_all, self.seat.office, tuple(things))
        self.sign.ask_many(text, act, self._signed, self.seat.person)
        hints = partial(hints_of, self.seat.office, tuple(things))
        self.sign.read_hints(hints, partial(self.sign.add_hints, text))

    def _signed(self, done: Signed) -> None:
        self.batch.hide()
        self.strip.say(signed_text(done), WAIT if done.refused else DONE)
        self.go_on()
        self.batch.show_after(done)
        self.table.unmark([*done.signed, *(one.waiting for one in done.refused)])
        self.seat.tell_changed()

    def _send_back(self, one: Waiting, text: str, reason: int) -> None:
        if one.kind == PAPER:
            act = partial(send_back_unsigned, self.seat.office, one, reason)
            self.seat.worker.write(act, self._sent_back, self.strip.show_problems, _("退回"))
            return
        signed = partial(send_back_signed, self.seat.office, one, reason)
        said = _("{text}，原因第 {n} 条：{why}").format(text=text, n=reason, why=self.reasons.words[reason])
        self.sign.ask(said, signed, self._sent_back, self.seat.person, _("退回"))

    def _sent_back(self, one: Waiting) -> None:
        self.strip.say(_("已退回 {what}").format(what=kind_word(one)))
        self.go_on()
        self.seat.tell_changed()

    def _ask_answer(self, one: Waiting) -> None:
        if one.state != MINE:
            self.strip.hint(_not_mine(one))
            return
        self._put_away()
        answerer = self.seat.person if self.seat.person in one.people else one.people[0]
        self.answer.ask(one.uid, one.words, answerer)

    def _take(self, found: Found) -> None:
        self._all = found.waiting
        self._calls = found.whistles
        if "late" in vars(self):
            self.late.show_waiting([one for one in found.waiting if one.late])
        if "whistles" in vars(self):
            self.whistles.put(found.whistles)
        self._name_tabs(found.waiting, found.whistles)
        self._show()
        self._stand_as_before()

    def _show(self, *_toggle: object) -> None:
        shown = [one for one in self._all if one.state != OTHERS or self.everybody.isChecked()]
        self.table.show_waiting(shown)
        if not shown:
            self.look.put(None)
        self._choose()

    def _stand_as_before(self) -> None:
        """Once, after the first reading."""
        wanted, self._wanted = self._wanted, ""
        one = next((one for one in self._all if wanted and one.ref == wanted), None)
        if one is not None and self.bar.currentIndex() == WHISTLES:
            self.whistles.go_to(lambda call: call.uid == one.uid)
        elif one is not None:
            table = self.late if self.bar.currentIndex() == LATE else self.table
            table.go_to(lambda row: isinstance(row, Waiting) and row.ref == one.ref)

    def _choose(self, *_rows: object) -> None:
        self.look.put(self.table.current() if self.looks else self.current())
        self._tell_acts()

    def _name_tabs(self, waiting: Sequence[Waiting], whistles: Sequence[Whistle]) -> None:
        mine = sum(one.state != OTHERS for one in waiting)
        late = sum(one.late > 0 for one in waiting)
        still = sum(not one.answered_at for one in whistles)
        for place, (word, count) in enumerate(((_("待办"), mine), (_("逾期清单"), late), (_("吹哨"), still))):
            self.bar.setTabText(place, f"{word} {count}" if count else word)

    def _next_tab(self) -> None:
        self.bar.setCurrentIndex((self.bar.currentIndex() + 1) % self.bar.count())

    def _turn(self, place: int) -> None:
        shown = self._list()
        self.stack.setCurrentWidget(self._waiting if place == WAITING else shown)
        self.setFocusProxy(shown.view)
        self._put_away()
        self._share_room()
        self._choose()
        self.go_on()

    def _tell_acts(self, *_change: object) -> None:
        one, marked = self.current(), list(self.table.marked.values())
        mine = one is not None and one.state == MINE
        self._print.setVisible(self.bar.currentIndex() == LATE)
        self._one.setEnabled(mine)
        answers = self.bar.currentIndex() == WHISTLES or (one is not None and one.kind == WHISTLE)
        self._one.setText(_("答复…") if answers else _("同意"))
        self._many.setEnabled(bool(marked))
        self._back.setEnabled(mine and one is not None and one.kind != WHISTLE and one.step not in (PREPARE, VOID_IT))
        self.sum.setText(_("已标记 {total}").format(total=total_text(marked)) if marked else "")


def _not_mine(one: Waiting) -> str:
    text = _("{title} 等{people}{step}，轮不到您")
    return text.format(title=one.number, people=_("、").join(one.people), step=one.step_title)
