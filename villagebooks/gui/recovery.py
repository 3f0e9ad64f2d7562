"""Crash recovery: what is typed in a form is kept beside the window, and what an earlier run left is offered once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from villagebooks.core.problem import Problem, Refused, Trouble
from villagebooks.core.unsaved import Kept
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import button, label
from villagebooks.gui.theme import set_tone
from villagebooks.services.desk import Desk
from villagebooks.services.unsaved import (
    FoundForm,
    FoundOpening,
    FoundPaper,
    FoundUnsaved,
    Keeping,
    drop_unsaved,
)

KEEP_MS = 1_000
"""What was typed is kept so long after the first change that is not kept yet."""


Found = FoundUnsaved | FoundPaper | FoundOpening | FoundForm


class Keeper(QObject):
    """Keeps what a form says while it is not saved; each kind of form says what that is. `failed` carries the sentence
    when the disk refuses, once."""

    failed = Signal(str)

    def __init__(self, seat: Seat, form: QWidget, kind: str) -> None:
        super().__init__(form)
        self._seat = seat
        self.keeping = Keeping(kind)
        self._desk: Desk | None = None
        self._told = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.keep)

    def is_changed(self) -> bool:
        """Whether the form says something that is not saved."""
        raise NotImplementedError

    def unsaved(self) -> Kept:
        """What the form says now, of what and which revision."""
        raise NotImplementedError

    def drop(self) -> None:
        """Saved or given up."""
        self._timer.stop()
        if self._desk is not None:
            self._seat.worker.write(partial(_drop, self._desk, self.keeping), self._done)
            self._desk = None

    def look(self) -> None:
        """The form says something else."""
        if self._seat.book is None:
            return
        if self.is_changed():
            if not self._timer.isActive():
                self._timer.start()
        elif self._desk is not None:
            self.drop()  # undone: the form says again what the books say

    def keep(self) -> None:
        """Keep what the form says now."""
        if not self.is_changed():
            return
        self._desk = self._desk or self._seat.desk
        self._seat.worker.write(partial(_keep, self._desk, self.keeping, self.unsaved()), self._done)

    def leave_behind(self) -> None:
        """Another book, month or person: what was typed stays kept where it was typed, and is offered there again."""
        self.keep()
        self._timer.stop()
        if self._desk is not None:
            self._seat.worker.write(partial(_let_go, self.keeping), self._done)
            self.keeping, self._desk = Keeping(self.keeping.kind), None

    def drop_of(self, desk: Desk, keeping: Keeping) -> None:
        """What was left behind is saved."""
        self._seat.worker.write(partial(_drop, desk, keeping), self._done)

    def _done(self, sentence: str) -> None:
        if sentence and not self._told:
            self._told = True
            self.failed.emit(sentence)


class RecoveryStrip(QFrame):
    """Offers what a dead run left: what `find` finds, in the `words` of its kind; `keeper` is that of the form it is
    taken into. `restored` carries it, `said` a sentence."""

    restored = Signal(object)
    said = Signal(str)

    def __init__(
        self,
        seat: Seat,
        kind: str,
        keeper: Callable[[], Keeper],
        find: Callable[[Desk, int], Found | None],
        words: Callable[[Any, Desk], str],
    ) -> None:
        super().__init__()
        self._kind, self._find, self._words = kind, find, words
        self.setObjectName("strip")
        set_tone(self, "tone", "wait")
        self._seat, self._keeper = seat, keeper
        self._found: Found | None = None
        self._desk: Desk | None = None
        self._taken_at: Desk | None = None
        """Where what is taken was typed, while another village's is looked at already."""
        self._taken: Keeping | None = None
        self._asking = self.waits = False
        self.sentence = label()
        self.sentence.setWordWrap(True)
        self.restore = button(_("恢复"), self._restore, "undo-2", primary=True)
        self.give_up = button(_("丢弃"), self._give_up, "trash-2")
        self.next = button(_("看下一张"), self._go_on, "chevron-right")
        self._place, self._whose = 0, ("", "")
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 6, 12, 6)
        box.addWidget(self.sentence, 1)
        box.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self.give_up, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self.next, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def look(self) -> None:
        """Look whether a dead run left something in this book for this person."""
        desk = self._seat.desk
        if (desk.book.code, desk.person) != self._whose:  # what is left elsewhere is looked at from the newest on
            self._place, self._whose = 0, (desk.book.code, desk.person)
        self._seat.worker.read(partial(_look, self._find, desk, self._place), self.show_found, key=self)

    def put_away(self) -> None:
        """What was offered is in hand now; its file goes once the form has kept its own."""
        self.hide()
        if self._taken and self._taken_at:
            act = partial(_drop_if_kept, self._taken_at, self._taken, self._keeper().keeping)
            self._seat.worker.write(act, self._dropped)
        self._found = self._taken = None

    def show_found(self, found: tuple[Desk, Found | None]) -> None:
        """Offer what was found, or be away."""
        if self._asking:
            return
        self._desk, self._found = found
        self.give_up.setText(_("丢弃"))
        self.setVisible(self._found is not None)
        if self._found:
            self._place, several = self._found.place, self._found.of > 1
            self.next.setVisible(several)
            text = _("共 {of} 张，第 {n} 张：{text}") if several else "{text}"
            words = self._words(self._found, self._desk)
            self.sentence.setText(text.format(of=self._found.of, n=self._found.place + 1, text=words))
            self.setAccessibleName(self.sentence.text())

    def _go_on(self) -> None:
        """The next that was left; behind the last the first again."""
        if not self._asking:
            self._place += 1
            self.look()

    def _restore(self) -> None:
        """Taken first: two windows may offer the same."""
        if self._found and self._desk and not self._asking:
            self._asking = True
            self._seat.worker.write(partial(_take_over, self._desk, self._found, self._kind), self._took, self._lost)

    def _took(self, told: tuple[Found, Keeping] | None) -> None:
        self._asking = False
        if told is None:
            self._lost(())
            return
        self._found, self._taken = told
        self._taken_at = self._desk
        if self.is_here:
            self.restored.emit(self._found)
        if not self.waits:  # until what it belongs to is read
            self.let_go()

    @property
    def is_here(self) -> bool:
        """False once another book, month or person is in hand than what was found was typed for: what writes is waited
        for, and somebody may have gone elsewhere."""
        return self._seat.book is not None and self._taken_at == self._seat.desk

    def let_go(self) -> None:
        """Another voucher is in hand and not saved: what was left may be restored later, by any window."""
        if self._taken:
            self._seat.worker.write(partial(_let_go, self._taken), self._dropped)
            self._taken = None

    def _lost(self, problems: tuple[Problem, ...]) -> None:
        self._asking = False
        said = _("；").join(map(str, problems)) or _("这一张已经在另一个窗口里恢复或丢弃了。")
        self.said.emit(said)
        self.look()

    def _give_up(self) -> None:
        """Asked twice: what is given up is gone."""
        sure = _("真的丢弃")
        if self.give_up.text() != sure:
            self.give_up.setText(sure)
        elif self._found and self._desk and not self._asking:
            self._seat.worker.write(partial(_give_up, self._desk, self._found.unsaved.token, self._kind), self._dropped)

    def _dropped(self, sentence: str) -> None:
        if sentence:
            self.said.emit(sentence)
        self.look()
        self._seat.tell_changed()  # the first page speaks of it too


def _look(find: Callable[[Desk, int], Found | None], desk: Desk, place: int) -> tuple[Desk, Found | None]:
    try:
        return desk, find(desk, place)
    except Trouble:
        return desk, None  # no folder to keep anything in: keeping says so


def _keep(desk: Desk, keeping: Keeping, one: Kept) -> str:
    try:
        keeping.keep(desk, one)
    except Trouble as trouble:
        return _("没有保存的留不下底稿，请勤保存：{why}").format(why=trouble)
    return ""


def _take_over(desk: Desk, found: Found, kind: str) -> tuple[Found, Keeping] | None:
    keeping = Keeping(kind)
    try:
        taken = keeping.take_over(desk, found.unsaved.token)
    except Trouble as trouble:
        raise Refused([Problem(str(trouble))]) from trouble
    if not taken:
        keeping.let_go()
        return None
    return _renamed(found, keeping.token), keeping


def _renamed(found: Found, token: str) -> Found:
    if isinstance(found, FoundPaper):
        return replace(found, unsaved=replace(found.unsaved, token=token))
    if isinstance(found, FoundOpening):
        return replace(found, unsaved=replace(found.unsaved, token=token))
    if isinstance(found, FoundForm):
        return replace(found, unsaved=replace(found.unsaved, token=token))
    return replace(found, unsaved=replace(found.unsaved, token=token))


def _let_go(keeping: Keeping) -> str:
    keeping.let_go()
    return ""


def _drop(desk: Desk, keeping: Keeping) -> str:
    try:
        keeping.drop(desk)
    except Trouble as trouble:
        return str(trouble)
    return ""


def _drop_if_kept(desk: Desk, taken: Keeping, own: Keeping) -> str:
    """Where the form could not keep its own (a full disk) what was left stays, for the next start."""
    return _drop(desk, taken) if own.has(desk) else ""


def _give_up(desk: Desk, token: str, kind: str) -> str:
    try:
        drop_unsaved(desk, token, kind)
    except Trouble as trouble:
        return str(trouble)
    return ""
