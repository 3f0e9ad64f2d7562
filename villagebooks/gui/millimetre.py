"""A length in millimetres, in steps of half a millimetre: Up and Down move it, other figures go to the next step."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from villagebooks.core.stationery import Offset, tenths
from villagebooks.core.words import _

_MINUS = str.maketrans("−－—", "---")


class MillimetreEdit(QLineEdit):
    """An entry for one direction of an offset; what is no number counts as it stood before."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        text = _("{least} 到 {most} 毫米，每步 {step}；按 ↑ ↓ 加减")
        self.setToolTip(text.format(least=tenths(-Offset.LIMIT), most=tenths(Offset.LIMIT), step=tenths(Offset.STEP)))
        self.setMaxLength(8)
        self._tenths = 0
        self.put(0)
        self.editingFinished.connect(self._settle)

    def tenths(self) -> int:
        """Tenths of a millimetre, a whole number of steps within the limits."""
        text = unicodedata.normalize("NFKC", self.text()).strip().translate(_MINUS)
        try:
            typed = float(text or "0")
        except ValueError:
            return self._tenths
        steps = round(max(-Offset.LIMIT, min(Offset.LIMIT, typed * 10)) / Offset.STEP) if typed == typed else 0
        return steps * Offset.STEP

    def put(self, number: int) -> None:
        """Show tenths of a millimetre."""
        self._tenths = max(-Offset.LIMIT, min(Offset.LIMIT, number))
        self.setText(tenths(self._tenths))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move by a step."""
        step = {Qt.Key.Key_Up: Offset.STEP, Qt.Key.Key_Down: -Offset.STEP}.get(Qt.Key(event.key()), 0)
        if step:
            self.put(self.tenths() + step)
        else:
            super().keyPressEvent(event)

    def _settle(self) -> None:
        self.put(self.tenths())
