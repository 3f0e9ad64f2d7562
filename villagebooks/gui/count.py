"""A line that holds a small whole number, typed half or full width."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QObject
from PySide6.QtGui import QIntValidator


class CountValidator(QIntValidator):
    """Takes the full-width digits of an input method that was left on, and makes plain ones of them."""

    def __init__(self, least: int, most: int, parent: QObject) -> None:
        super().__init__(least, most, parent)

    def validate(self, text: str, place: int) -> object:
        """As QIntValidator says of the plain digits, which replace what was typed."""
        return super().validate(unicodedata.normalize("NFKC", text), place)
