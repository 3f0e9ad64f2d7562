"""The line over a list whose rows are of before: reading them again failed, and it offers to read once more."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from villagebooks.core.words import _
from villagebooks.gui.page import button
from villagebooks.gui.theme import WAIT, set_tone


class Before(QFrame):
    """Hidden until reading again failed; its button sets off `again`."""

    def __init__(self, again: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.again = button(_("再读一次"), again)
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 4, 12, 4)
        box.addWidget(self.sentence, 1)
        box.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        set_tone(self, "tone", WAIT)
        self.hide()

    def tell(self, why: str) -> None:
        """Why what stands below is not what is in the books now; an empty reason is away."""
        if why:
            text = _("下面还是以前读的，不一定是现在的：{why}").format(why=why)
            self.sentence.setText(text)
            self.setAccessibleName(text)
        self.setVisible(bool(why))
