"""A hint beside what was just matched: the bank paid somebody whom the papers do not name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from villagebooks.core.bank import BankMatch
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Strip
from villagebooks.services.bank.payee import payee_hints


class PayeeTeller(QObject):
    """Reads off the screen's thread, and adds to what the strip says unless it says something else by then."""

    def __init__(self, seat: Seat, strip: Strip, parent: QObject) -> None:
        super().__init__(parent)
        self._seat, self._strip = seat, strip

    def say(self, text: str, made: Sequence[BankMatch]) -> None:
        """What was done, and then what is told of these matches."""
        self._strip.say(text)
        act = partial(payee_hints, self._seat.desk, [one.uid for one in made])
        self._seat.worker.read(act, partial(self._show, self._strip.text()), key=self)

    def _show(self, said: str, hints: Sequence[str]) -> None:
        if hints and self._strip.text() == said:
            self._strip.hint("\n".join((said, *hints)))
