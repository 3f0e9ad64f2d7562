"""Somebody at the window of books with a history: `python -m tests.bench.turn BOOKS`.

Goes to every page twice, to every section of the settings, to other months and villages on several pages, opens
vouchers, types into a new one, opens every kind of ledger and statement, looks for villages and vouchers, and lays all
villages side by side. Prints an act a line: its name, seconds that the event loop was held at the longest, seconds of
the processor, MB of its own, seconds by the clock until everything is there that the act asked for and until it shows,
MB held.

It shows when everything is there and painted. Only a list that comes in pieces (`find`, `vouchers span`) shows earlier:
when its first rows are painted, or that none is among the newest vouchers and how much it has gone through; the number
of all rows and their sum are told at the end, which is the figure before.

Seconds are those that the threads worked, so that what others do on the machine meanwhile is not in them; only those
by the clock want a machine that does nothing else.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.bench.memory import held_mb, own_mb
from villagebooks.app import build_application
from villagebooks.core.ledger import kind_names
from villagebooks.gui.office import Desktop
from villagebooks.gui.program import AHEAD
from villagebooks.gui.table import PagedTable
from villagebooks.gui.worker import Sweeper, Worker, spare_modules
from villagebooks.services.desk import open_office
from villagebooks.services.office import centre

BEAT_MS = 1
REST_S, RESTS = 0.006, 8
"""Time, and turns of the event loop, without anything to do: what an act put off has come and been painted."""
SOME_S = 0.0003
"""Of the processor: a turn of the event loop that takes less did nothing but beat."""
ASKED = {"general": "102", "detail": "102", "journal": "102", "parties": "112"}


class Beat(QObject):
    """Notes the longest stretch between two beats of the event loop, in which no key is taken and nothing painted."""

    def __init__(self) -> None:
        super().__init__()
        self.longest, self._last = 0.0, time.thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def begin(self) -> None:
        """Count from now."""
        self.longest, self._last = 0.0, time.thread_time()

    def _beat(self) -> None:
        now = time.thread_time()
        self.longest, self._last = max(self.longest, now - self._last), now


class Walk:
    """The window, and what an act in it took."""

    def __init__(self, books: Path) -> None:
        office = open_office(books, mapped=0)  # as the program does
        self.worker = Worker()
        self.desktop = Desktop(office, centre(office), self.worker)
        self.beat = Beat()

    def settle(self, shows: Callable[[], bool] | None = None) -> tuple[float, float]:
        """Turn the event loop until nothing is under way and what was asked to be painted is painted; when it was, and
        when it did what `shows` tells before that."""
        last, rests, shown = time.monotonic(), 0, 0.0
        while rests < RESTS or time.monotonic() - last < REST_S:
            began = time.thread_time()
            QApplication.processEvents()
            rests += 1
            if not shown and shows is not None and shows():
                QApplication.processEvents()  # paints what came in this turn
                shown = time.monotonic()
            if self.worker.is_busy() or time.thread_time() - began > SOME_S:
                last, rests = time.monotonic(), 0
            time.sleep(0.0005)
        return last, shown or last

    def act(self, name: str, act: Callable[[], object], list_of: Callable[[], PagedTable] | None = None) -> None:
        """Do it, wait until its answer is there, tell what it took; `list_of` tells where it comes in pieces."""
        table = list_of() if list_of is not None else None
        shows = partial(_shows, table, table.pages.turn) if table is not None else None
        self.beat.begin()
        began, clock = time.process_time(), time.monotonic()
        QTimer.singleShot(BEAT_MS, self.desktop, act)
        QTest.qWait(BEAT_MS)  # comes in a turn of the loop, as a key does
        there, shown = self.settle(shows)
        took = time.process_time() - began
        while self._is_tidying():  # a person rests between two acts
            QApplication.processEvents()
            time.sleep(0.005)
        print(name.replace(" ", "_"), self.beat.longest, took, own_mb(), there - clock, shown - clock, held_mb())

    def _is_tidying(self) -> bool:
        """Whether what is not looked at any more may still make room."""
        settings = vars(self.desktop).get("settings")
        return self.desktop.shelf.is_tidying() or (settings is not None and settings.tabs.is_tidying())


def _shows(table: PagedTable, before: int) -> bool:
    """Whether the first rows are at hand of what was asked for since then, or it is told that there are none yet, and
    the window does not wait any longer to paint it (`gui/still.py`)."""
    pages = table.pages
    if pages.turn == before or not pages.is_begun:
        return False
    if table.window().testAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled):
        return False
    return not pages.rowCount() or pages.peek(0) is not None


def walk_pages(walk: Walk) -> None:
    desktop = walk.desktop
    for turn in ("first", "again"):
        for number, place in enumerate(desktop.window.places):
            walk.act(f"{turn} {place.title}", partial(desktop.window._go_place, number))
    tabs = desktop.settings.tabs
    for number in range(tabs.count()):
        walk.act(f"section {tabs.tabText(number)}", partial(tabs.setCurrentIndex, number))
    for name in ("plans", "numbers", "cancellations", "migration", "merger", "opening", "preview", "manual"):
        walk.act(f"first {name}", lambda name=name: desktop.visit(getattr(desktop, name)))


def walk_books(walk: Walk) -> None:
    desktop, seat = walk.desktop, walk.desktop.seat
    for name in ("home", "vouchers", "ledger", "cashier", "closing", "disclosure", "statements", "inbox"):
        desktop.window.pick(getattr(desktop, name))
        walk.settle()
        for _again in range(3):
            walk.act(f"month {name}", desktop.window._month_before)
            book = seat.books[(seat.books.index(seat.book) + 1) % len(seat.books)]
            walk.act(f"village {name}", partial(seat.sit_at, book))


def walk_vouchers(walk: Walk) -> None:
    desktop = walk.desktop
    desktop.window.pick(desktop.vouchers)
    walk.settle()
    for head in desktop.vouchers.list.heads()[:10]:
        walk.act("voucher", partial(desktop.open_voucher, head.uid))
        walk.act("back", desktop.go_back)
    walk.act("new", desktop.vouchers.new)
    for letter in "5130102":
        walk.act("key", partial(QTest.keyClicks, QApplication.focusWidget() or desktop.window, letter))


def walk_records(walk: Walk) -> None:
    desktop = walk.desktop
    desktop.window.pick(desktop.ledger)
    walk.settle()
    asked = desktop.ledger.asking.request()
    for kind in kind_names():
        one = replace(asked, kind=kind, account=ASKED.get(kind, ""))
        walk.act(f"ledger {kind}", partial(desktop.ledger._go, one, False))
    desktop.window.pick(desktop.statements)
    walk.settle()
    for number in range(desktop.statements.tabs.count()):
        walk.act(f"statement {number}", partial(desktop.statements.tabs.setCurrentIndex, number))


def walk_villages(walk: Walk) -> None:
    """What grows with the number of villages."""
    desktop = walk.desktop
    desktop.window.pick(desktop.home)
    walk.settle()
    walk.act("switch", desktop.window._go_village)
    for letter in "cun1":
        walk.act("switch key", partial(QTest.keyClicks, desktop.window.village, letter))
    walk.act("switch enter", partial(QTest.keyClick, desktop.window.village, Qt.Key.Key_Return))
    for words in ("水费", "12345"):
        walk.act("find", partial(desktop.look_for, words), lambda: desktop.search.found.table)
    desktop.window.pick(desktop.vouchers)
    walk.settle()
    for span in (1, 2, 3, 0):
        act = partial(desktop.vouchers.list.span.setCurrentIndex, span)
        walk.act(f"vouchers span {span}", act, (lambda: desktop.vouchers.list.found.table) if span else None)
    desktop.window.pick(desktop.statements)
    walk.settle()
    for scope in (1, 2):
        walk.act(f"scope {scope}", partial(desktop.statements.scope.setCurrentIndex, scope))
        for number in range(desktop.statements.tabs.count()):
            walk.act(f"scope {scope} statement {number}", partial(desktop.statements.tabs.setCurrentIndex, number))
    desktop.window.pick(desktop.settings)
    tabs = desktop.settings.tabs
    for number in range(tabs.count()):
        walk.act(f"again section {tabs.tabText(number)}", partial(tabs.setCurrentIndex, number))


def main() -> None:
    application = build_application([sys.argv[0]])
    _sweeper = Sweeper(application)
    walk = Walk(Path(sys.argv[1]))
    walk.desktop.window.resize(1366, 768)
    walk.desktop.window.show()
    walk.settle()
    for name in AHEAD:  # as the program does while nobody waits
        import_module(name)
    spare_modules()
    for part in (walk_pages, walk_books, walk_vouchers, walk_records, walk_villages):
        part(walk)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
