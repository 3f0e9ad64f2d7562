"""Two states of one draft: what the books say since somebody else saved, and what was typed here; a person chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from villagebooks.core.change import STALE, Change, change_words
from villagebooks.core.problem import Problem
from villagebooks.core.unsaved import SheetText, Unsaved, differences
from villagebooks.core.voucher import Voucher
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.keymap import key
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.theme import set_tone
from villagebooks.gui.voucher.form import VoucherForm
from villagebooks.services.change import read_changed
from villagebooks.services.unsaved import FoundUnsaved

MOST = 8
"""Differences that are listed; the form shows what was typed whole."""
LETTERS = 36


class ClashPanel(QFrame):
    """Shows where the two differ. What was typed stands in the form until something is chosen; `apart` makes a new
    voucher of it. Neither is lost: the form can be undone, and the books' log keeps what was saved over."""

    def __init__(
        self, seat: Seat, form: VoucherForm, strip: Strip, restore: Callable[[FoundUnsaved], None],
        apart: Callable[[SheetText], None],
    ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName("strip")
        set_tone(self, "tone", "wait")
        self._seat, self._form, self._strip, self._restore, self._apart = seat, form, strip, restore, apart
        self._who = self._title = ""
        self._now: SheetText | None = None
        self.sentence = label()
        self.sentence.setWordWrap(True)
        self._place = QVBoxLayout()
        self.rows = QWidget()
        self._place.addWidget(self.rows)
        self.mine = button(_("按我打的改"), self._take_mine, "pencil", primary=True)
        self.apart = button(_("另做一张新的"), self._take_apart, "plus")
        self.theirs = button(_("用账里的"), self._take_theirs, "undo-2")
        acts = QHBoxLayout()
        for one in (self.mine, self.apart, self.theirs):
            acts.addWidget(one)
        acts.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 6, 12, 6)
        box.addWidget(self.sentence)
        box.addLayout(self._place)
        box.addLayout(acts)
        self.hide()

    def look(self, found: FoundUnsaved, now: SheetText) -> None:
        """Ask when the draft was changed since what was typed was begun; `now` is what the books say."""
        if found.voucher and found.clashes:
            self._strip.say("")
            self.ask(found.voucher.title, found.change, now)

    def meet(self, problems: Sequence[Problem], typed: Unsaved) -> None:
        """Saving was refused because somebody saved the same draft meanwhile: what was typed comes back beside it."""
        if not any(one.field == STALE for one in problems):
            return
        act = partial(read_changed, self._seat.desk, typed.uid)
        self._seat.worker.read(act, partial(self._take, typed), self._strip.show_problems, key=self)

    def _take(self, typed: Unsaved, found: tuple[Voucher, Change | None]) -> None:
        self._restore(FoundUnsaved(typed, *found))

    def ask(self, title: str, change: Change | None, now: SheetText) -> None:
        """Ask between `now`, which the books say, and what stands in the form; where both read the same nothing is
        asked."""
        found = differences(now, self._form.text())
        self.setVisible(bool(found))
        if not found:
            return
        self._title, self._who, self._now = title, change_words(change), now
        self.sentence.setText(
            _("{title} 在您打开以后又改过（{who}）。两份有 {n} 处不同，请选；选哪一份，另一份都找得回来。").format(
                title=title, who=self._who, n=len(found)
            )
        )
        self.setAccessibleName(self.sentence.text())
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        cells = [("", _("账里的"), _("您打的，没有保存"))]
        cells += [(one.where, _short(one.before), _short(one.after)) for one in found[:MOST]]
        if len(found) > MOST:
            cells.append((_("还有 {n} 处").format(n=len(found) - MOST), "", ""))
        for row, texts in enumerate(cells):
            for column, text in enumerate(texts):
                one = label(text, "" if row else "heading")
                one.setTextFormat(Qt.TextFormat.PlainText)
                grid.addWidget(one, row, column)
        grid.setColumnStretch(2, 1)
        self._place.replaceWidget(self.rows, table)
        self.rows.deleteLater()
        self.rows = table
        self.mine.setFocus()

    def put_away(self) -> None:
        """Another voucher is in hand."""
        self.hide()
        self._now = None

    def is_asking(self) -> bool:
        """True while nothing is chosen; says so in the strip."""
        if self.isHidden():
            return False
        self._strip.hint(_("先在上面选一份，再保存"))
        self.mine.setFocus()
        return True

    def _take_mine(self) -> None:
        text = _("核对以后按 {key} 保存。账里原来的那一份（{who}）留在日志里，随时查得到。")
        self.put_away()
        self._strip.hint(text.format(key=key("save"), who=self._who))
        self._form.rows[0].summary.setFocus()

    def _take_apart(self) -> None:
        typed = self._form.text()
        self.put_away()
        self._apart(typed)
        self._strip.hint(_("您打的成了一张新凭证，还没有保存；{title} 没有动。").format(title=self._title))

    def _take_theirs(self) -> None:
        now = self._now
        self.put_away()
        if now is not None:
            self._form.note()
            self._form.put_text(now)
        self._strip.hint(_("用了账里的。没有离开这张凭证以前，{key} 找得回您打的。").format(key=key("undo")))
        self._form.rows[0].summary.setFocus()


def _short(text: str) -> str:
    return (text if len(text) <= LETTERS else text[: LETTERS - 1] + "…") or _("（空）")
