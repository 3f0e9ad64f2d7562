"""Crash recovery: what is typed is kept beside the window, and what an earlier run left is offered once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from villagebooks.core.change import change_words
from villagebooks.core.money import calculate_yuan, yuan_text
from villagebooks.core.problem import Problem, Refused, Trouble
from villagebooks.core.unsaved import Unsaved
from villagebooks.core.voucher import DRAFT, Draft, Voucher
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import button, label
from villagebooks.gui.theme import set_tone
from villagebooks.gui.voucher.form import VoucherForm
from villagebooks.services.desk import Desk
from villagebooks.services.unsaved import FoundUnsaved, Keeping, drop_unsaved, find_unsaved

KEEP_MS = 1_000
"""What was typed is kept so long after the first change that is not kept yet."""


class Keeper(QObject):
    """Keeps what the form says while it is not saved. `failed` carries the sentence when the disk refuses, once."""

    failed = Signal(str)

    def __init__(self, seat: Seat, form: VoucherForm) -> None:
        super().__init__(form)
        self._seat, self._form = seat, form
        self.keeping = Keeping()
        self._voucher: Voucher | None = None
        self._desk: Desk | None = None
        self._told = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.keep)
        form.changed.connect(self._look)

    def begin(self, voucher: Voucher | None) -> None:
        """Another voucher is in hand: what was kept of the last one goes."""
        self.drop()
        self._voucher = voucher

    def drop(self) -> None:
        """Saved or given up."""
        self._timer.stop()
        if self._desk is not None:
            self._seat.worker.write(partial(_drop, self._desk, self.keeping), self._done)
            self._desk = None

    def _look(self) -> None:
        if self._seat.book is None or self._form.still:
            return
        if self._form.is_changed():
            if not self._timer.isActive():
                self._timer.start()
        elif self._desk is not None:
            self.drop()  # undone: the form says again what the books say

    def keep(self) -> None:
        """Keep what the form says now."""
        if not self._form.is_changed():
            return
        self._desk = self._desk or self._seat.desk
        self._seat.worker.write(partial(_keep, self._desk, self.keeping, self.unsaved()), self._done)

    def unsaved(self) -> Unsaved:
        """What the form says now, of which voucher and revision."""
        draft, voucher = self._form.draft(), self._voucher
        return Unsaved(
            "", "", voucher.uid if voucher else "", voucher.rev if voucher else 0, self._form.text(),
            draft.papers, draft.reverses, draft.corrects,
        )  # fmt: skip

    def _done(self, sentence: str) -> None:
        if sentence and not self._told:
            self._told = True
            self.failed.emit(sentence)


class RecoveryStrip(QFrame):
    """Offers what a dead run left. `restored` carries it (FoundUnsaved), `said` a sentence."""

    restored = Signal(object)
    said = Signal(str)

    def __init__(self, seat: Seat, keeper: Callable[[], Keeper]) -> None:
        super().__init__()
        self.setObjectName("strip")
        set_tone(self, "tone", "wait")
        self._seat, self._keeper = seat, keeper
        self._found: FoundUnsaved | None = None
        self._desk: Desk | None = None
        self._taken: Keeping | None = None
        self._asking = False
        self.sentence = label()
        self.sentence.setWordWrap(True)
        self.restore = button(_("恢复"), self._restore, "undo-2", primary=True)
        self.give_up = button(_("丢弃"), self._give_up, "trash-2")
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 6, 12, 6)
        box.addWidget(self.sentence, 1)
        box.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self.give_up, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def look(self) -> None:
        """Look whether a dead run left something in this book for this person."""
        self._seat.worker.read(partial(_find, self._seat.desk), self.show_found, key=self)

    def put_away(self) -> None:
        """What was offered is in hand now; its file goes once the form has kept its own."""
        self.hide()
        if self._taken and self._desk:
            act = partial(_drop_if_kept, self._desk, self._taken, self._keeper().keeping)
            self._seat.worker.write(act, self._dropped)
        self._found = self._taken = None

    def show_found(self, found: tuple[Desk, FoundUnsaved | None]) -> None:
        """Offer what was found, or be away."""
        if self._asking:
            return
        self._desk, self._found = found
        self.give_up.setText(_("丢弃"))
        self.setVisible(self._found is not None)
        if self._found:
            self.sentence.setText(found_words(self._found, self._desk))
            self.setAccessibleName(self.sentence.text())

    def _restore(self) -> None:
        """Taken first: two windows may offer the same."""
        if self._found and self._desk and not self._asking:
            self._asking = True
            self._seat.worker.write(partial(_take_over, self._desk, self._found), self._took, self._lost)

    def _took(self, told: tuple[FoundUnsaved, Keeping] | None) -> None:
        self._asking = False
        if told is None:
            self._lost(())
            return
        self._found, self._taken = told
        self.restored.emit(self._found)
        if self._taken:  # another voucher is in hand and not saved: it may be restored later, by any window
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
            self._seat.worker.write(partial(_give_up, self._desk, self._found.unsaved.token), self._dropped)

    def _dropped(self, sentence: str) -> None:
        if sentence:
            self.said.emit(sentence)
        self.look()


def restored_draft(found: FoundUnsaved, day: date) -> Draft:
    """What a new voucher begins with that takes up what was left; one that was a change of another has no links."""
    one = found.unsaved
    if one.uid:
        return Draft(day, ())
    return Draft(day, (), papers=one.papers, reverses=one.reverses, corrects=one.corrects)


def found_words(found: FoundUnsaved, desk: Desk) -> str:
    """What an earlier run left, when, in whose book, and how the voucher stands that was being changed."""
    one, voucher = found.unsaved, found.voucher
    rows = [row for row in one.sheet.rows if not row.is_blank()]
    at = datetime.fromisoformat(one.at)
    day = date.fromisoformat(one.sheet.day[1])
    what = _("改 {title} 号时").format(title=voucher.title) if voucher else _("新做一张时")
    text = _("有一张凭证打了没有保存（{m}月{d}日 {time}）：{name}在“{book}”{what}打的，日期 {day}，{n} 行，{words}。")
    said = text.format(
        m=at.month, d=at.day, time=f"{at:%H:%M}", name=desk.person, book=desk.book.name, what=what,
        day=day.isoformat(), n=len(rows), words=_rows_words(one),
    )  # fmt: skip
    return said + standing_words(found)


def standing_words(found: FoundUnsaved) -> str:
    """What became of the voucher that was being changed; empty when nothing did."""
    one, voucher = found.unsaved, found.voucher
    if one.uid and voucher is None:
        return _("原来的那张凭证已经不在这个账套里，恢复成一张新的。")
    if voucher and voucher.state != DRAFT:
        return _("原来的 {title} 号已经送签、记账或作废，不能再改；恢复成一张新的，不要就不保存。").format(
            title=voucher.title
        )
    if voucher and found.clashes:
        text = _("{title} 号后来又改过（{who}）；恢复时两份对照着给您选。")
        return text.format(title=voucher.title, who=change_words(found.change))
    return ""


def _rows_words(one: Unsaved) -> str:
    words = next((row.texts[0] for row in one.sheet.rows if row.texts[0].strip()), "")
    debit = sum(calculate_yuan(row.texts[4]) or 0 for row in one.sheet.rows if row.texts[4].strip())
    amount = _("借方 {yuan} 元").format(yuan=yuan_text(debit, group=","))
    return _("“{words}”，{amount}").format(words=words[:20], amount=amount) if words else amount


def _find(desk: Desk) -> tuple[Desk, FoundUnsaved | None]:
    try:
        return desk, find_unsaved(desk)
    except Trouble:
        return desk, None  # no folder to keep anything in: keeping says so


def _keep(desk: Desk, keeping: Keeping, one: Unsaved) -> str:
    try:
        keeping.keep(desk, one)
    except Trouble as trouble:
        return _("没有保存的凭证留不下底稿，请勤保存：{why}").format(why=trouble)
    return ""


def _take_over(desk: Desk, found: FoundUnsaved) -> tuple[FoundUnsaved, Keeping] | None:
    keeping = Keeping()
    try:
        taken = keeping.take_over(desk, found.unsaved.token)
    except Trouble as trouble:
        raise Refused([Problem(str(trouble))]) from trouble
    if not taken:
        keeping.let_go()
        return None
    return replace(found, unsaved=replace(found.unsaved, token=keeping.token)), keeping


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


def _give_up(desk: Desk, token: str) -> str:
    try:
        drop_unsaved(desk, token)
    except Trouble as trouble:
        return str(trouble)
    return ""
