"""One place of a page for sentences: what went wrong, what is asked for, what was done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from villagebooks.core.problem import Problem
from villagebooks.gui.theme import DONE, LATE, WAIT, set_tone


class Strip(QFrame):
    """One place for sentences: problems in red, hints in amber, what was done in green; Escape or a click hides it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._tone = ""
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 6, 12, 6)
        box.addWidget(self._text, 1)
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self._text.text() if not self.isHidden() else ""

    def say(self, text: str, tone: str = DONE) -> None:
        """Show one sentence; an empty one hides the strip."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._tone = tone
        set_tone(self, "tone", tone)
        self.setVisible(bool(text))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Every problem once, in one strip."""
        self.say("\n".join(dict.fromkeys(str(one) for one in problems)), LATE)

    def forgive(self) -> None:
        """Problems that were put right go away; a hint, or what was done, stays."""
        if self._tone == LATE:
            self.say("")

    def take_back(self, text: str) -> bool:
        """One problem was put right, the others stay; False when it is not told here."""
        lines = self.text().split("\n") if self._tone == LATE else []
        if text not in lines:
            return False
        self.say("\n".join(line for line in lines if line != text), LATE)
        return True

    def hint(self, text: str) -> None:
        """A sentence that asks for something."""
        self.say(text, WAIT)

    def add_hint(self, text: str) -> None:
        """One more of them, below those that stand here already."""
        lines = self.text().split("\n") if self._tone == WAIT else []
        if text and text not in lines:
            self.hint("\n".join(line for line in (*lines, text) if line))


def take_back(part: QWidget, text: str) -> None:
    """The nearest strip above a part that tells this problem does so no longer."""
    above: QWidget | None = part
    while above is not None:
        if any(strip.take_back(text) for strip in above.findChildren(Strip)):
            return
        above = above.parentWidget()
