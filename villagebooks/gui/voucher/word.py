"""The box of the voucher word: it follows the lines until somebody chooses by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox

from villagebooks.core.voucher import WORDS, Line
from villagebooks.core.word import PAYMENT, RECEIPT, TRANSFER, proposed_word
from villagebooks.core.words import _


class WordBox(QComboBox):
    """记, or 收, 付, 转; the words of the year are offered, the one that fits the lines proposed. `chosen`: by hand."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.addItems(list(WORDS))
        self.setAccessibleName(_("凭证字"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFixedWidth(64)
        self._by_hand = False
        self.activated.connect(self._choose)

    def begin(self, word: str) -> None:
        """A voucher with its word, or a new one whose word is still to be proposed."""
        self._by_hand = False
        self._show((*WORDS,), word or WORDS[0])

    def state(self) -> tuple[str, bool]:
        """The word, and whether somebody chose it."""
        return self.currentText(), self._by_hand

    def put_state(self, word: str, by_hand: bool) -> None:
        """A word as it stood before."""
        self._by_hand = by_hand
        self._show([self.itemText(place) for place in range(self.count())], word)

    def follow(self, lines: Sequence[Line], words: Sequence[str]) -> None:
        """After every edit: the year's words, and the fitting one of three unless somebody chose by hand."""
        word = self.currentText()
        if WORDS[0] not in words and not self._by_hand:
            word = proposed_word(lines, words)
        elif word not in words:
            word = words[0]
        self._show(words, word)

    def _show(self, words: Sequence[str], word: str) -> None:
        with QSignalBlocker(self):
            if [self.itemText(place) for place in range(self.count())] != list(words):
                self.clear()
                self.addItems(list(words))
            self.setCurrentText(word)

    def _choose(self, _place: int) -> None:
        self._by_hand = True
        self.chosen.emit()


def sheet_title(word: str) -> str:
    """What stands over a voucher of the word."""
    titles = {RECEIPT: _("收　款　凭　证"), PAYMENT: _("付　款　凭　证"), TRANSFER: _("转　账　凭　证")}
    return titles.get(word, _("记　账　凭　证"))
