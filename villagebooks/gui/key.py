"""Signing in place: what will happen in one sentence, who signs, the passphrase; keys lock when nobody signs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QElapsedTimer, QSize, QTimer
from PySide6.QtGui import QMoveEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout

from villagebooks.core.problem import Problem, Refused, Trouble
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Asking, button, label
from villagebooks.gui.ring import KeyRing
from villagebooks.gui.theme import LATE, PLAIN, WAIT, set_tone, span
from villagebooks.gui.worker import refusing
from villagebooks.services.key import Unlocked, unlock

__all__ = ["KeyRing", "SignStrip"]

Sign = Callable[[Unlocked], Any]
SignMany = Callable[[Unlocked, Callable[[int, int], None]], Any]
Done = Callable[[Any], None]
Question = tuple[Sign | None, SignMany | None]
Take = Callable[[Any], Sequence[str]]

SETTLE_MS = 50
LATEST_MS = 1_000
"""After it was asked, a page that is laid out anew does so because of the question."""


class SignStrip(Asking):
    """Asks for a signature at the foot of a page; refusals show in it. What is in it is built when it first asks."""

    sentence: QLabel
    answer: QLabel
    people: Combo
    passphrase: QLineEdit
    open: QLabel
    act: QPushButton
    no: QPushButton

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        super().__init__()
        self.setObjectName("sign")
        self._seat, self._ring = seat, ring
        self._sign: Sign | None = None
        self._many: SignMany | None = None
        self._done: Done | None = None
        self._chosen, self._shown = False, QElapsedTimer()
        self._reads = self._pressed = False
        self.hide()
        ring.changed.connect(self._follow)

    def _build(self) -> None:
        """What it asks with: nobody is asked on most of the pages that may ask."""
        self.sentence, self.answer = label("", "heading"), label()
        self.sentence.setWordWrap(True)
        self.answer.setWordWrap(True)
        self.people, self.passphrase = Combo(), QLineEdit()
        self.people.setAccessibleName(_("签字人"))
        self.people.currentTextChanged.connect(self._choose)
        self.people.activated.connect(self._pick)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(_("口令"))
        self.passphrase.setPlaceholderText(_("口令"))
        self.passphrase.setFixedWidth(span(240))
        self.passphrase.returnPressed.connect(self.sign)
        self.open = label(_("钥匙已打开，不用再输口令"), "muted")
        self.act = button(_("签字"), self.sign, "stamp", primary=True)
        self.no = button(_("不签了"), self.put_away)
        line = QHBoxLayout()
        for part in (label(_("签字人")), self.people, self.passphrase, self.open, self.act, self.no):
            line.addWidget(part)
        line.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.addWidget(self.sentence)
        box.addLayout(line)
        box.addWidget(self.answer)
        self.answer.hide()

    def ask(self, sentence: str, sign: Sign, done: Done, person: str = "", word: str = "") -> None:
        """Show what would be signed; `sign` runs off the screen's thread with the keys, `done` gets its answer."""
        self._many = None
        self._ask(sentence, sign, done, person, word)

    def amend(self, asked: str, sentence: str, person: str) -> None:
        """What was read meanwhile of the question `asked`: more words for it, and somebody who may sign, unless who
        signs has begun to answer."""
        if self.isHidden() or self.sentence.text() != asked or not self.act.isEnabled():
            return
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        if person in self._seat.holders and not self.passphrase.text() and not self._chosen:
            self.people.setCurrentText(person)
            if self.passphrase.isVisibleTo(self) and self.act.hasFocus():
                self.passphrase.setFocus()
            elif not self.passphrase.isVisibleTo(self):
                self.act.setFocus()

    def add_hints(self, asked: str, hints: Sequence[str]) -> Sequence[str]:
        """What was read meanwhile of the question `asked` and is to be known before it is answered."""
        if hints:
            self.amend(asked, "\n".join((asked, *hints)), "")
        return hints

    def read_hints(self, act: Callable[[], Any], take: Take) -> None:
        """Read what is to be known before the question that was just asked is answered: `take` puts it into the
        question and gives the hints. Who signs before it is read waits for it, and where there is a hint signs once
        more after it is seen: what is signed cannot be taken back."""
        self._reads = True
        done = partial(self._take_hints, self._question, take)
        self._seat.worker.read(partial(_or_why, act), done, key=(id(self), "hints"))

    def _take_hints(self, question: Question, take: Take, read: tuple[Any, str]) -> None:
        if question != self._question:
            return
        found, why = read
        pressed, self._reads, self._pressed = self._pressed, False, False
        if pressed:
            self.answer.hide()
        unread = _("签字前要看的提示没有读出来：{why}").format(why=why)
        hints = self.add_hints(self.sentence.text(), (unread,)) if why else take(found)
        if pressed and hints:
            once_more = _("上面有签字前要知道的，所以还没有签。看过再按一次“{word}”。")
            self._answer(once_more.format(word=self.act.text()), WAIT)
            self._go_back()
        elif pressed:
            self.sign()

    def ask_many(self, sentence: str, sign: SignMany, done: Done, person: str = "") -> None:
        """The same for many acts with one passphrase: `sign` is told besides where to report how far it is."""
        self._many = sign
        self._ask(sentence, None, done, person, "")

    def _ask(self, sentence: str, sign: Sign | None, done: Done, person: str, word: str) -> None:
        if self.layout() is None:
            self._build()
        self._sign, self._done, self._chosen = sign, done, False
        self._reads = self._pressed = False
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.act.setText(word or _("签字"))
        holders = self._seat.holders
        self.people.clear()
        self.people.addItems(holders)
        wanted = person or self._seat.person
        self.people.setCurrentText(wanted if wanted in holders else (holders[0] if holders else ""))
        self.passphrase.clear()
        self.answer.hide()
        self.act.setEnabled(bool(holders))
        if not holders:
            self._refuse([Problem(_("还没有人有钥匙：请先到“设置”里做总钥匙和个人钥匙"))])
        self._choose(self.people.currentText())
        self.show()
        (self.passphrase if self.passphrase.isVisibleTo(self) else self.act).setFocus()

    def sign(self) -> None:
        """Open the keys and sign."""
        person, passphrase = self.people.currentText(), self.passphrase.text()
        keys, (sign, many) = self._ring.keys_of(person), self._question
        if not self._asks or not self.act.isEnabled() or self._pressed:
            return
        if keys is None and not passphrase:
            self._refuse([Problem(_("请输入口令"))])
            return
        if self._reads:
            self._wait()
            return
        books = self._seat.office.books

        def run(report: Callable[[int, int], None] | None = None) -> tuple[Unlocked, Any]:
            opened = keys or unlock(books, person, passphrase)
            if many and report:
                return opened, many(opened, report)
            return opened, sign(opened) if sign else None

        if self.act.hasFocus():
            self.setFocus()  # else it goes on to “不签了”, which a second Enter would press
        self.act.setEnabled(False)
        signed, refused = partial(self._signed, (sign, many), self._done), partial(self._refused, (sign, many))
        if many:
            self._seat.worker.saving.emit(self)
            self._seat.worker.long(refusing(run), signed, _("签字"), refused)
        else:
            self._seat.worker.write(refusing(run), signed, refused, _("签字"))

    def _wait(self) -> None:
        """Signed before the hints are read: who signs and the passphrase stay as they are."""
        self._pressed = self._chosen = True
        self._answer(_("正在看签字前有没有要提示的…"), PLAIN)

    @property
    def _question(self) -> Question:
        return self._sign, self._many

    @property
    def _asks(self) -> bool:
        return self._sign is not None or self._many is not None

    def put_away(self) -> None:
        """Nothing is signed; who typed here goes on in the page."""
        if self.layout() is None:
            return
        self.passphrase.clear()
        self._sign = self._many = None
        self._reads = self._pressed = False
        typing, page = QApplication.focusWidget(), self.parentWidget()
        here = typing is not None and (typing is self or self.isAncestorOf(typing))
        self.hide()
        if here and page is not None:
            page.setFocus()

    def minimumSizeHint(self) -> QSize:
        """Never squeezed: sentence, passphrase and buttons stand whole; where there is no room the page scrolls."""
        return super().minimumSizeHint().expandedTo(QSize(0, self.sizeHint().height()))

    def showEvent(self, event: QShowEvent) -> None:
        """What asks for a passphrase is seen, in the smallest window too."""
        super().showEvent(event)
        for wait in (0, SETTLE_MS):  # at once, and when the page around it has taken its new height
            QTimer.singleShot(wait, self, self._come_in_sight)
        self._shown.start()

    def moveEvent(self, event: QMoveEvent) -> None:
        """A machine that is busy lays the page out later: still in sight then."""
        super().moveEvent(event)
        if self._shown.isValid() and not self._shown.hasExpired(LATEST_MS):
            QTimer.singleShot(0, self, self._come_in_sight)

    def _come_in_sight(self) -> None:
        above = self.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(self, 0, 0)
            above = above.parentWidget()

    def _pick(self, _place: int) -> None:
        self._chosen = True

    def _choose(self, person: str) -> None:
        self._ring.look()
        self._show_lock(person)

    def _show_lock(self, person: str) -> None:
        is_open = bool(person) and self._ring.person == person
        self.passphrase.setVisible(not is_open)
        self.open.setVisible(is_open)

    def _follow(self) -> None:
        """The keys were locked while the question stands: ask for the passphrase."""
        if self._asks and self.open.isVisibleTo(self) != bool(self._ring.person == self.people.currentText()):
            self._show_lock(self.people.currentText())

    def _signed(self, question: Question, done: Done | None, answer: tuple[Unlocked, Any]) -> None:
        """The answer belongs to what was signed, though something else may be asked by now."""
        keys, result = answer
        self._ring.keep(keys)
        if question == self._question:
            self.act.setEnabled(True)
            self.put_away()
        if done:
            done(result)

    def _refused(self, question: Question, problems: tuple[Problem, ...]) -> None:
        """Nor is a refusal told of what is asked by now: the window says it."""
        if question == self._question:
            self._refuse(problems)
        else:
            self._seat.worker.refused.emit(problems)

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self.act.setEnabled(bool(self._seat.holders))
        told = [str(one) for one in problems]
        if any(one.field == "passphrase" for one in problems):
            told.append(_("想不起来的，请管总钥匙的人到“设置—人员与钥匙—钥匙”里吊销、另发一把；手册“怎么办”里有。"))
        self._answer("\n".join(told), LATE)
        self._go_back()

    def _answer(self, text: str, tone: str) -> None:
        set_tone(self.answer, "tone", tone)
        self.answer.setText(text)
        self.answer.show()

    def _go_back(self) -> None:
        """To where one key signs again: the act lost the cursor while it could not be pressed."""
        self.passphrase.selectAll()
        (self.passphrase if self.passphrase.isVisibleTo(self) else self.act).setFocus()


def _or_why(act: Callable[[], Any]) -> tuple[Any, str]:
    """What was read, or why it was not: whoever waits for it goes on either way."""
    try:
        return act(), ""
    except (Refused, Trouble) as error:
        return None, str(error)
