"""What a page, a section and a tab have in common: they read, forget what belonged to another book, and make room."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

CARRIED = "carried"
"""A line whose words the next window shows by itself."""
GUARDED = "guarded"
"""A part that asks by itself before what stands in it goes (`may_leave`)."""


class Part(QWidget):
    """Built when somebody comes to it, and let go when nobody has for long (`gui/shelf.py`, `gui/setting/tab.py`)."""

    @property
    def lasting(self) -> bool:
        """Whether it stays once it is built: more may stand in it than words in a line."""
        return False

    def load(self) -> None:
        """Read what it shows."""

    def moved(self) -> None:
        """Another book, month or person: forget what belonged to the last one."""

    def tell_choices(self) -> object | None:
        """What is chosen in it, as a frozen record, before it makes room; None when there is nothing to choose. What is
        typed keeps it."""
        return None

    def take_choices(self, kept: Any) -> None:
        """Begin with what the one before it told; called once it is built, before it shows."""

    def may_leave(self) -> bool:
        """False once, with a hint, while something typed is not saved; the second time it is given up."""
        return True
