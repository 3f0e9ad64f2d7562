"""Two states of one thing: what the books say since somebody else saved, and what was typed here; a person chooses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from villagebooks.core.change import Change, change_words
from villagebooks.core.unsaved import Difference
from villagebooks.core.words import _
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.theme import set_tone

MOST = 8
"""Differences that are listed; the form shows what was typed whole."""
LETTERS = 36


class TwoStates(QFrame):
    """Shows where the two differ and offers three ways; each form says what they do to it."""

    def __init__(self, strip: Strip, apart: str) -> None:
        super().__init__()
        self.setObjectName("strip")
        set_tone(self, "tone", "wait")
        self._strip = strip
        self._who = ""
        self.sentence = label()
        self.sentence.setWordWrap(True)
        self._place = QVBoxLayout()
        self.rows = QWidget()
        self._place.addWidget(self.rows)
        self.mine = button(_("按我打的改"), self.take_mine, "pencil", primary=True)
        self.apart = button(apart, self.take_apart, "plus")
        self.theirs = button(_("用账里的"), self.take_theirs, "undo-2")
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

    def take_mine(self) -> None:
        """What was typed goes over what the books say."""
        raise NotImplementedError

    def take_apart(self) -> None:
        """What was typed becomes one of its own."""
        raise NotImplementedError

    def take_theirs(self) -> None:
        """What the books say stands in the form again."""
        raise NotImplementedError

    def show_states(self, title: str, change: Change | None, found: Sequence[Difference]) -> bool:
        """Ask; where both read the same nothing is asked (False)."""
        self.setVisible(bool(found))
        if not found:
            return False
        self._who = change_words(change) or _("别人")
        text = _("{title} 在您打开以后又改过（{who}）。两份有 {n} 处不同，请选；选哪一份，另一份都找得回来。")
        self.tell(text.format(title=title, who=self._who, n=len(found)))
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
        self._take(table)
        self.mine.setFocus()
        return True

    def tell(self, sentence: str) -> None:
        """What is asked."""
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)

    def put_away(self) -> None:
        """Another one is in hand."""
        self.hide()

    def is_asking(self) -> bool:
        """True while nothing is chosen; says so in the strip."""
        if self.isHidden():
            return False
        self._strip.hint(_("先在上面选一份，再保存"))
        self.mine.setFocus()
        return True

    def _take(self, table: QWidget) -> None:
        self._place.replaceWidget(self.rows, table)
        self.rows.deleteLater()
        self.rows = table


def _short(text: str) -> str:
    return (text if len(text) <= LETTERS else text[: LETTERS - 1] + "…") or _("（空）")
