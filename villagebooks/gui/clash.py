"""Two states of one thing: what the books say since somebody else saved, and what was typed here; a person chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from villagebooks.core.change import STALE, Change, change_words
from villagebooks.core.problem import Problem
from villagebooks.core.unsaved import Difference, Kept
from villagebooks.core.words import _
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.theme import set_tone

Way = Callable[[], None]
MOST = 8
"""Differences that are listed; the form shows what was typed whole."""
LETTERS = 36
_BEFORE = 6
"""Letters that are shown before the first in which two long texts differ."""


class TwoStates(QFrame):
    """Shows where the two differ and offers three `ways`: what was typed goes over what the books say, becomes one of
    its own (`apart` says what of), or makes way for it. Each form says what they do to it."""

    def __init__(self, strip: Strip, apart: str, ways: tuple[Way, Way, Way]) -> None:
        super().__init__()
        self.setObjectName("strip")
        set_tone(self, "tone", "wait")
        self._strip = strip
        self._who, self._waits = "", False
        self.sentence = label()
        self.sentence.setWordWrap(True)
        self._place = QVBoxLayout()
        self.rows = QWidget()
        self._place.addWidget(self.rows)
        self.mine = button(_("按我打的改"), ways[0], "pencil", primary=True)
        self.apart = button(apart, ways[1], "plus")
        self.theirs = button(_("用账里的"), ways[2], "undo-2")
        self._acts = QHBoxLayout()
        for one in (self.mine, self.apart, self.theirs):
            self._acts.addWidget(one)
        self._acts.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 6, 12, 6)
        box.addWidget(self.sentence)
        box.addLayout(self._place)
        box.addLayout(self._acts)
        self.hide()

    def show_states(self, title: str, change: Change | None, found: Sequence[Difference]) -> None:
        """Ask, also where both read the same: something was saved that nobody here has seen."""
        self.show()
        self._who = change_words(change) or _("别人")
        text = _("{title} 在您打开以后又改过（{who}）。两份有 {n} 处不同，请选；选哪一份，另一份都找得回来。")
        if not found:
            text = _("{title} 在您打开以后又改过（{who}）。两份读起来一样，请选；选哪一份，另一份都找得回来。")
        self.tell(text.format(title=title, who=self._who, n=len(found)))
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        cells = [("", _("账里的"), _("您打的，没有保存"))] if found else []
        cells += [(one.where, *_short(one.before, one.after)) for one in found[:MOST]]
        for row, texts in enumerate(cells):
            for column, text in enumerate(texts):
                one = label(text, "" if row else "heading")
                one.setTextFormat(Qt.TextFormat.PlainText)
                grid.addWidget(one, row, column)
        if len(found) > MOST:
            more = _("、").join(one.where for one in found[MOST:])
            rest = label(_("还有 {n} 处：{where}").format(n=len(found) - MOST, where=more))
            rest.setTextFormat(Qt.TextFormat.PlainText)
            rest.setWordWrap(True)
            grid.addWidget(rest, len(cells), 0, 1, 3)
        grid.setColumnStretch(2, 1)
        self._take(table)
        self.mine.setFocus()

    def tell(self, sentence: str) -> None:
        """What is asked."""
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)

    def put_away(self) -> None:
        """Another one is in hand."""
        self._waits = False
        self.hide()

    def _begin(self, problems: Sequence[Problem]) -> bool:
        """Whether a refused save is to be met with the other state: somebody saved meanwhile, and the form is still in
        hand."""
        is_met = any(one.field == STALE for one in problems) and self._is_in_hand()
        self._waits = self._waits or is_met
        return is_met

    def _is_awaited(self, typed: Kept, rev: int) -> bool:
        """Whether what was refused is still in hand once the other state, of revision `rev`, is read. What was `typed`
        until then is kept; another one in hand, or this one opened again, is left alone."""
        waits, self._waits = self._waits, False
        return waits and self._is_in_hand() and typed.rev != rev

    def _is_in_hand(self) -> bool:
        """The form was not left for its list; another page of the window may be in front."""
        form = self.parentWidget()
        return form is not None and not form.isHidden()

    def is_asking(self) -> bool:
        """True while nothing is chosen; says so in the strip."""
        if self.isHidden():
            return False
        self._strip.hint(_("先选用哪一份，再保存"))
        self.mine.setFocus()
        return True

    def _take(self, table: QWidget) -> None:
        self._place.replaceWidget(self.rows, table)
        self.rows.deleteLater()
        self.rows = table


def _short(before: str, after: str) -> tuple[str, str]:
    """Where texts are long and begin alike, from shortly before they part: what differs must be seen."""
    alike = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    is_long = max(len(before), len(after)) > LETTERS and alike > LETTERS // 2
    start = alike - _BEFORE if is_long else 0
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    told = ("…" if start else "") + text[start:]
    return (told if len(told) <= LETTERS else told[: LETTERS - 1] + "…") or _("（空）")
