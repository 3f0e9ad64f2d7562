"""The editor, built while somebody reads the list: the largest thing in the window, in more than one turn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from villagebooks.gui.desk import Seat
from villagebooks.gui.key import KeyRing
from villagebooks.gui.turn import later
from villagebooks.gui.voucher.editor import VoucherEditor
from villagebooks.gui.voucher.form import VoucherForm


class ReadyEditor(QObject):
    """First its form, then what stands around that; whoever opens a voucher meanwhile has the rest built at once."""

    def __init__(self, seat: Seat, ring: KeyRing, parent: QObject) -> None:
        super().__init__(parent)
        self._seat, self._ring = seat, ring
        self._forms: list[VoucherForm] = []
        self._editors: list[VoucherEditor] = []
        self._taken = False

    def begin(self, hold: Callable[[], object]) -> None:
        """Build it in the next turns of the event loop, and `hold` it in one more."""
        if not (self._taken or self._forms or self._editors):
            self._forms.append(VoucherForm())
            later(self, lambda: self._go_on(hold))

    def take(self) -> VoucherEditor:
        """The editor, of which there is one."""
        self._taken = True
        return self._editors.pop() if self._editors else self._build()

    def _go_on(self, hold: Callable[[], object]) -> None:
        if not self._taken:
            self._editors.append(self._build())
            later(self, hold)

    def _build(self) -> VoucherEditor:
        return VoucherEditor(self._seat, self._ring, self._forms.pop() if self._forms else VoucherForm())
