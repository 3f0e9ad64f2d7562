"""Ctrl+C in the terminal that the program was started from: Python hears of it only while it runs, Qt's loop rests."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal

NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
"""Ctrl+C, the system's wish that the program ends, and the terminal closed; not each system has all of them."""


class Interrupts(QObject):
    """`came` carries the number of a signal. It is written into a socket the moment it comes, and the loop wakes: no
    timer looks again and again. What the program was started to ignore stays ignored."""

    came = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._near, self._far = socket.socketpair()
        for end in (self._near, self._far):
            end.setblocking(False)
        signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        for number in (getattr(signal, name) for name in NAMES if hasattr(signal, name)):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _heard)
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._tell)

    def _tell(self) -> None:
        for number in self._near.recv(64):
            signal.signal(number, signal.SIG_DFL)  # who asks a second time does not wait
            self.came.emit(number)


def _heard(_number: int, _frame: object) -> None:
    """What is to be done is done when the loop has read the socket."""
