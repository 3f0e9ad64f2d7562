"""吹哨 in place: call the level above about what is in hand or about a free matter, and write down an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from villagebooks.core.approval import AGENT, ARCHIVIST, CASHIER, DIRECTOR
from villagebooks.core.inbox import WHISTLE, Waiting
from villagebooks.core.problem import Problem
from villagebooks.core.whistle import ANSWERED, LATE, LEVEL_WORDS, TOWNSHIP, VILLAGE, Whistle
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import CHOICE, COUNT, Field, Form, required
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.table import STATE, Column, Table
from villagebooks.gui.theme import DONE, WAIT, Mark
from villagebooks.gui.theme import LATE as LATE_TONE
from villagebooks.services.account import today
from villagebooks.services.whistle import answer_whistle, blow_whistle

TERM = 5
"""Working days that a call proposes."""
LEVELS = (VILLAGE, AGENT, CASHIER, ARCHIVIST, DIRECTOR, TOWNSHIP)
Done = Callable[[Whistle], None]


class FormBox(QFrame):
    """A form in place at the foot of the page; Enter in its last field or its button does it, Escape leaves it."""

    left = Signal()

    def __init__(self, fields: Sequence[Field], word: str, icon_name: str) -> None:
        super().__init__()
        self.setObjectName("sign")
        self.sentence, self.strip, self.form = label("", "heading"), Strip(), Form(fields)
        self.sentence.setWordWrap(True)
        self.act = button(word, self.do, icon_name, primary=True)
        line = QHBoxLayout()
        line.addWidget(self.act)
        line.addWidget(button(_("不了"), self.put_away))
        line.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        for part in (self.sentence, self.strip, self.form):
            box.addWidget(part)
        box.addLayout(line)
        box.addStretch(1)
        self.form.setMaximumWidth(760)
        self.hide()

    def do(self) -> None:
        """What the form is for."""

    def begin(self, sentence: str, values: dict[str, Any], first: str) -> None:
        """Show the form with its first field in hand."""
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.strip.say("")
        self.form.put(values)
        self.form.settle()
        self.show()
        self.form.entry(first).setFocus()

    def put_away(self) -> None:
        """Nothing is done, or all of it is."""
        self.hide()
        self.form.settle()
        self.left.emit()

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Why it was not done."""
        self.strip.show_problems(problems)
        self.form.show_problems(problems)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)


class WhistleBox(FormBox):
    """Calls the level above."""

    def __init__(self, seat: Seat, done: Done) -> None:
        words = tuple(_(LEVEL_WORDS[one]) for one in LEVELS)
        super().__init__(
            (
                Field("matter", required(_("请上级办什么事"))),
                Field("to_level", required(_("向哪一级")), CHOICE, words[1:]),
                Field("to_name", _("请谁来办"), hint=_("例如 分管副镇长、镇纪委；中心的职责可以不写")),
                Field("within", required(_("几个工作日内")), COUNT),
                Field("from_level", required(_("哪一级吹的哨")), CHOICE, words[:-1]),
                Field("from_name", required(_("谁吹的哨"))),
            ),
            _("吹哨"), "megaphone",
        )  # fmt: skip
        self._seat, self._done = seat, done
        self._village = self._about = ""

    def ask(self, one: Waiting | None) -> None:
        """About what is in hand; without it about a free matter."""
        about = one if one and one.kind != WHISTLE else None
        self._village = about.book.village if about and about.book else ""
        self._about = about.ref if about else ""
        duty = self._seat.duties.get(self._seat.person, AGENT)
        above = TOWNSHIP if duty == DIRECTOR else DIRECTOR
        matter = f"{about.place} {about.title} {about.words}" if about else ""
        sentence = _("吹哨：请上级在几个工作日内来办，并答复")
        if about:
            sentence = _("为 {place} {title} 吹哨：请上级在几个工作日内来办，并答复").format(
                place=about.place, title=about.title
            )
        values = {
            "matter": matter, "to_level": _(LEVEL_WORDS[above]), "to_name": "", "within": TERM,
            "from_level": _(LEVEL_WORDS[duty]), "from_name": self._seat.person,
        }  # fmt: skip
        self.begin(sentence, values, "matter")

    def do(self) -> None:
        """Call."""
        if misread := self.form.misread():
            self.refuse(tuple(misread))
            return
        said = self.form.values()
        levels = {_(LEVEL_WORDS[one]): one for one in LEVELS}
        new = Whistle(
            "", self._village, self._about, said["matter"], levels.get(said["from_level"], ""), said["from_name"],
            levels.get(said["to_level"], ""), said["to_name"], said["within"] or 0, date.max,
        )  # fmt: skip
        act = partial(blow_whistle, self._seat.office, new)
        self._seat.worker.write(act, self._blown, self.refuse, _("吹哨"))

    def _blown(self, one: Whistle) -> None:
        self.put_away()
        self._done(one)


class AnswerBox(FormBox):
    """Writes down how a call was answered."""

    def __init__(self, seat: Seat, done: Done) -> None:
        fields = (Field("answer", required(_("怎样处理的"))), Field("answerer", required(_("谁答复的"))))
        super().__init__(fields, _("答复"), "check")
        self._seat, self._done, self._uid = seat, done, ""

    def ask(self, uid: str, matter: str, answerer: str) -> None:
        """The answer to one call."""
        self._uid = uid
        sentence = _("答复吹哨：{matter}。答复登记后不能再改。").format(matter=matter)
        self.begin(sentence, {"answer": "", "answerer": answerer}, "answer")

    def do(self) -> None:
        """Write it down."""
        said = self.form.values()
        act = partial(answer_whistle, self._seat.office, self._uid, said["answer"], said["answerer"])
        self._seat.worker.write(act, self._answered, self.refuse, _("答复吹哨"))

    def _answered(self, one: Whistle) -> None:
        self.put_away()
        self._done(one)


class WhistleTable(Table):
    """Every call with what became of it. `pressed` carries A (answer) or W (call)."""

    pressed = Signal(str)

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        columns = (
            Column(_("现在"), self._mark, STATE, 16),
            Column(_("期限"), lambda one: one.due.isoformat(), width=11),
            Column(_("什么事"), lambda one: one.matter),
            Column(_("谁吹的"), lambda one: _level_text(one.from_level, one.from_name), width=16),
            Column(_("请谁办"), lambda one: _level_text(one.to_level, one.to_name), width=20),
            Column(_("答复"), _answer_text),
        )
        empty = _("还没有吹过哨。按 W：请上级在几个工作日内来办一件事。")
        super().__init__(columns, _("吹哨登记"), empty)

    def _take_key(self, event: QKeyEvent) -> bool:
        letter = chr(event.key()) if event.key() in (Qt.Key.Key_A, Qt.Key.Key_W) else ""
        if letter and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.pressed.emit(letter)
            return True
        return super()._take_key(event)

    def _mark(self, one: Whistle) -> Mark:
        state = one.state(today(self._seat.office))
        if state == ANSWERED:
            return Mark(_("迟答复") if one.was_late else _("已答复"), LATE_TONE if one.was_late else DONE)
        return Mark(_("逾期未答复"), LATE_TONE) if state == LATE else Mark(_("等答复"), WAIT)


def _level_text(level: str, name: str) -> str:
    word = _(LEVEL_WORDS.get(level, level))
    return f"{word}　{name}" if name else word


def _answer_text(one: Whistle) -> str:
    return (
        _("{name}（{more}）").format(name=one.answer, more=f"{one.answerer} {one.answered_at[:10]}")
        if one.answered_at
        else ""
    )
