"""Builds the window of one office: its pages, and who talks to whom, on one page."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings

from villagebooks.core.village import Centre
from villagebooks.gui.desk import Seat
from villagebooks.gui.key import KeyRing
from villagebooks.gui.page import Page
from villagebooks.gui.voucher.page import VoucherPage
from villagebooks.gui.window import Window
from villagebooks.gui.worker import Worker
from villagebooks.services.desk import Office


class Desktop(QObject):
    """The window with its pages, and the way from one to another and back."""

    def __init__(self, office: Office, centre: Centre, worker: Worker, settings: QSettings | None = None) -> None:
        super().__init__()
        self.settings = settings
        self.seat = Seat(office, worker)
        self.ring = KeyRing()
        self.vouchers = VoucherPage(self.seat, self.ring)
        self.pages: tuple[Page, ...] = (self.vouchers,)
        self.window = Window(self.seat, self.pages, centre.name)
        self._back: list[Page] = []
        self._connect()
        self.seat.load()

    def _connect(self) -> None:
        self.vouchers.returned.connect(self.go_back)

    def open_voucher(self, uid: str) -> None:
        """A voucher for the page that shows; Escape comes back to it."""
        self._back.append(self.window.current())
        self.window.go(self.vouchers)
        self.vouchers.visit(uid)

    def go_back(self) -> None:
        """To the page that asked last."""
        if self._back:
            self.window.go(self._back.pop())
