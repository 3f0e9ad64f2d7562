"""A day in the lists as their user has it: `python -m tests.bench.scroller BOOKS`; the window is offscreen.

Scrolls through 100,000 vouchers of all books and types in every filter. Prints a line of JSON for each part: its name,
rows, and how long the event loop was held at the longest, in ms: by the clock; by this program, which is what its
threads worked while it was held (the rest others took on the machine); by the screen's own thread. Last the memory.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.bench.memory import own_mb
from villagebooks.app import build_application
from villagebooks.gui.ledger.asking import FROM_START
from villagebooks.gui.office import Desktop
from villagebooks.gui.program import AHEAD
from villagebooks.gui.table import PagedTable, Table
from villagebooks.gui.voucher.list import EVERY_BOOK
from villagebooks.gui.worker import Sweeper, Worker, spare_modules
from villagebooks.services.desk import open_office
from villagebooks.services.office import centre

BEAT_MS, SCROLLED, STEP, RECORDS = 5, 100_000, 25, 20_000
TYPED = "电费 12"
LISTS = "lists and ledgers"
"""The part that ends before every other page is built."""
BANK = "10201"


class Pulse(QObject):
    """Beats on the screen's thread: a beat that comes late was held up, and the processor says by whom."""

    def __init__(self) -> None:
        super().__init__()
        self.most_mb, self._beats = 0, 0
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self.begin()
        self._timer.start()

    def begin(self) -> None:
        """Forget what was."""
        self.longest = self.program = self.own = 0.0
        self._clock, self._all, self._mine = time.perf_counter(), time.process_time(), time.thread_time()

    def _beat(self) -> None:
        now, whole, mine = time.perf_counter(), time.process_time(), time.thread_time()
        held = (now - self._clock) * 1000 - BEAT_MS
        self.longest = max(self.longest, held)
        self.program = max(self.program, min(held, (whole - self._all) * 1000))
        self.own = max(self.own, (mine - self._mine) * 1000)
        self._clock, self._all, self._mine = now, whole, mine
        self._beats += 1
        if not self._beats % 20:
            self.most_mb = max(self.most_mb, own_mb())


class Day:
    """Plays what a person does, step by step between two turns of the event loop."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop, self._pulse = desktop, Pulse()
        self._rest, self._part = 0, ""
        self._steps = self._play()
        self._timer = QTimer(interval=2)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    def _step(self) -> None:
        if self._desktop.seat.worker.is_busy():
            self._rest = 4
        elif self._rest:
            self._rest -= 1
        elif next(self._steps, None) is None:
            self._timer.stop()
            QApplication.quit()

    def _tell(self, part: str, rows: int) -> None:
        pulse = self._pulse
        held = {"clock_ms": pulse.longest, "program_ms": pulse.program, "own_ms": pulse.own}
        told = {
            "part": part,
            "rows": rows,
            "most_mb": pulse.most_mb,
            **{name: round(one, 1) for name, one in held.items()},
        }
        print(json.dumps(told, ensure_ascii=False), flush=True)
        self._pulse.begin()

    def _play(self) -> Iterator[bool]:
        desktop = self._desktop
        yield True
        desktop.window.go(desktop.vouchers)
        yield True
        self._pulse.begin()
        desktop.vouchers.list.span.setCurrentIndex(EVERY_BOOK)
        yield True
        table = desktop.vouchers.list.found.table
        self._tell("vouchers of all books opened", table.model.rowCount())
        yield from self._scroll(table)
        for column in (5, 8, 1, 0, 2):
            table.view.sortByColumn(column, Qt.SortOrder.DescendingOrder)
            yield True
            yield True
        self._tell("vouchers of all books sorted by five columns", table.model.rowCount())
        yield from self._type(table, "vouchers of all books")
        desktop.look_for("1000..2000")
        yield True
        self._tell("search at the top", desktop.search.found.table.model.rowCount())
        yield from self._type(desktop.search.found.table, "search")
        yield from self._ledger()
        self._tell(LISTS, 0)
        yield from self._records()
        for page in desktop.pages:
            desktop.window.go(page)
            yield True
            yield True
            self._pulse.begin()
            for one in page.findChildren(Table):
                if one.isVisible() and one.search.isVisible():
                    yield from self._type(one, f"{page.title} · {one.view.accessibleName()}")

    def _scroll(self, table: PagedTable) -> Iterator[bool]:
        bar = table.view.verticalScrollBar()
        for value in range(0, SCROLLED, STEP):
            bar.setValue(value)
            self._rest = 0
            yield True
        self._tell("scroll through vouchers", SCROLLED)
        for _turn in range(10):
            for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
                QTest.keyClick(table.view, key, Qt.KeyboardModifier.ControlModifier)
                yield True
        for _press in range(200):
            QTest.keyClick(table.view, Qt.Key.Key_PageDown)
            yield True
        self._tell("from end to end, and page after page", table.model.rowCount())
        table.view.selectAll()
        for _turn in range(20):
            yield True
        self._tell("everything selected", len(table.chosen_rows()))

    def _ledger(self) -> Iterator[bool]:
        ledger = self._desktop.ledger
        self._desktop.window.go(ledger)
        yield True
        ledger.asking.span.setCurrentIndex(FROM_START)
        yield True
        self._pulse.begin()
        ledger.open_account(BANK)
        for _turn in range(20):
            yield True
        self._tell("ledger of an account over ten years opened", ledger.lines.model.rowCount())
        bar = ledger.lines.view.verticalScrollBar()
        for value in range(0, ledger.lines.model.rowCount(), STEP):
            bar.setValue(value)
            yield True
        self._tell("ledger scrolled", ledger.lines.model.rowCount())
        ledger.sheet.totals.click()
        yield True
        for column in (4, 0):
            ledger.lines.view.sortByColumn(column, Qt.SortOrder.DescendingOrder)
            for _turn in range(20):
                yield True
        ledger.lines.view.selectAll()
        for _turn in range(20):
            yield True
        self._tell("ledger sorted and selected", ledger.lines.model.rowCount())
        yield from self._type(ledger.lines, "ledger of ten years")

    def _records(self) -> Iterator[bool]:
        """A list whose records are all at hand, as long as none is: the lines of a ledger again and again."""
        lines = self._desktop.ledger.lines
        rows = lines.model.records()
        self._pulse.begin()
        lines.put([rows[place % len(rows)] for place in range(RECORDS)])
        for _turn in range(400):
            yield True
        for column in (3, 4):
            lines.view.sortByColumn(column, Qt.SortOrder.DescendingOrder)
            for _turn in range(300):
                yield True
        lines.view.selectAll()
        for _turn in range(50):
            yield True
        lines.copy()
        for _turn in range(300):
            yield True
        self._tell("a list of records sorted, selected and copied", lines.model.rowCount())
        yield from self._type(lines, "a list of records")

    def _type(self, table: Table, part: str) -> Iterator[bool]:
        table.search.setFocus()
        rows = table.model.rowCount()
        for letter in TYPED:
            table.search.insert(letter)
            for _turn in range(30):
                self._rest = 0
                yield True
        for _turn in range(100):
            yield True
        table.search.clear()
        for _turn in range(150):
            yield True
        self._tell(f"typing: {part}", rows)


def main() -> None:
    application = build_application()
    sweeper = Sweeper(application)
    office = open_office(Path(sys.argv[1]))
    desktop = Desktop(office, centre(office), Worker())
    desktop.window.show()
    for name in AHEAD:  # as the program does a few seconds after its start: what is loaded is swept no more
        import_module(name)
    spare_modules()
    day = Day(desktop)
    application.exec()
    desktop.seat.worker.close()
    office.books.close()
    del day, sweeper
    gc.collect()


if __name__ == "__main__":
    main()
