"""The view of a list that is read page by page: filtered and sorted where it is kept, one's row found again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView

from villagebooks.core.money import said_yuan
from villagebooks.core.words import _
from villagebooks.gui.still import has_arrived
from villagebooks.gui.table.act import page_of
from villagebooks.gui.table.column import MONEY, Column
from villagebooks.gui.table.hold import stand_on
from villagebooks.gui.table.paged import PagedModel, Source
from villagebooks.gui.table.view import Table
from villagebooks.gui.worker import Worker

REST_MS = 200
"""Nobody has typed for so long: what was typed is looked for."""
MOST_TAKEN = 50_000
"""Rows that are copied or exported at once."""


class PagedTable(Table):
    """`wanted`: other words or another order are asked for; whoever listens answers with `ask`."""

    wanted = Signal()

    def __init__(self, columns: Sequence[Column], name: str, empty: str, worker: Worker) -> None:
        self._worker = worker
        super().__init__(columns, name, empty)
        self._none = empty
        self._total: int | None = None
        self._total_due = False
        self._summed = 0
        self._repeated = False
        self._seek: tuple[int, int, int] | None = None
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(REST_MS)
        self._typing.timeout.connect(self.wanted)
        self.pages.grown.connect(self._on_grown)
        self.pages.failed.connect(self.say_unread)
        worker.unread.connect(self.pages.fail)

    @property
    def pages(self) -> PagedModel:
        """The model."""
        return cast(PagedModel, self.model)

    def ask(self, source: Source, *, again: bool = False) -> None:
        """Show what a source has; `again`: the same list as before, where one stays on the same row."""
        self._repeated = False
        self._begin(source, again=again)

    def _begin(self, source: Source, *, again: bool) -> None:
        self._typing.stop()
        row = self.view.currentIndex().row()
        self._seek = None
        if again and 0 <= row < self.pages.rowCount():
            self._seek = (self.pages.rows_at([row])[0], row, self.view.rowAt(0))
        self._total = None
        self.pages.ask(source, self.pages.rowCount() if again else 0)

    def selected(self) -> list[Any]:
        """The selected records that are at hand."""
        found = (self.pages.peek(row) for row in self.chosen_rows())
        return [one for one in found if one is not None]

    def gather(self, done: Callable[[Sequence[Any]], None]) -> None:
        """Read every row, off the screen's thread; refused with a sentence when too many, or not all there yet."""
        if self._may_take_all(_("还没找完：请稍等再导出、打印")):
            self._gather(range(self.pages.rowCount()), done)

    def copy(self) -> str:
        """The selection on the clipboard; the text when it is there at once. All is all of the list, or refused."""
        rows = self.chosen_rows()
        every = 1 < len(rows) == self.pages.rowCount()
        if every and not self._may_take_all(_("还没找完：请稍等再全选、复制")):
            return ""
        found = [self.pages.peek(row) for row in rows]
        if None not in found:
            return self.acts.copy(found)
        self._gather(rows, self.acts.copy)
        return ""

    def _may_take_all(self, refusal: str) -> bool:
        """Whether all that is wanted stands. The foot soon says something else: a page keeps the sentence."""
        if self.pages.is_settled or self.pages.is_paused:  # so many are refused for that
            return True
        self.foot.setText(refusal)
        page = page_of(self)
        if page is not None:
            page.strip.hint(refusal)
        return False

    def _gather(self, places: Sequence[int], done: Callable[[Sequence[Any]], object]) -> None:
        source = self.pages.source
        if len(places) > MOST_TAKEN:
            self.foot.setText(_("一次最多 {n} 行：请先筛选").format(n=f"{MOST_TAKEN:,}"))
        elif source is not None:
            rows = self.pages.rows_at(places)
            self._worker.read(partial(_read_all, source, rows), partial(_hand_over, done), key=(id(self), "all"))

    def showEvent(self, event: QShowEvent) -> None:
        """Read on where it rested."""
        super().showEvent(event)
        self.pages.go_on()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever leaves the page looks for nothing more; a window made small still does."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.pages.rest()

    def _make_model(self, columns: Sequence[Column]) -> PagedModel:
        return PagedModel(columns, self._worker, self)

    def _filter(self, _text: str) -> None:
        self.pages.stop()
        self._typing.start()

    def _on_shown(self) -> None:
        self.forgive()
        self._total, self._total_due = None, True  # the rows first: the sum of a county keeps a processor busy
        self._after()
        if self._seek is None and self.view.hasFocus() and self.pages.rowCount():
            stand_on(self.view, 0)

    def _ask_total(self) -> None:
        """Once rows show: where those are all, their sum is at hand, and nothing is gone through twice. A source that
        looks for something counts by the way."""
        self._total, source = None, self.pages.source
        if source is not None and (self.pages.total_fen is None or self.pages.is_paused):
            of_rows = partial(source.total_rows, self.pages.rows_at(range(self.pages.rowCount())))
            act = of_rows if self.pages.is_whole else source.total
            self._worker.read(act, partial(self._take_total, self.pages.turn), key=(id(self), "total"))

    def _on_grown(self) -> None:
        """More rows stand: perhaps the one that was left; at the end its place. A list that was looked for while the
        books changed is looked for once more."""
        if self.pages.is_moved and self.pages.is_settled and not self._repeated and self.pages.source is not None:
            self._repeated = True
            self._begin(self.pages.source, again=True)
            return
        if self._seek is not None:
            row, before, top = self._seek
            place = self.pages.place_of(row)
            if place >= 0 or self.pages.is_whole:
                self._seek = None
                self._stand_at(place if place >= 0 else min(before, self.pages.rowCount() - 1), before - top)
        self.say_empty(self._seeking() if self.pages.is_seeking else self._none)
        if self.pages.is_at_hand:
            has_arrived(self)
            if self._total_due:
                self._total_due = False
                self._ask_total()
        if self._total is None and self.pages.total_fen is not None:
            if self.pages.is_whole:
                self._total = self.pages.total_fen
            elif self.pages.is_paused:
                self._ask_total()
        self._after()

    def _stand_at(self, place: int, below: int) -> None:
        """Make a row current, as far below the upper edge as it was."""
        if place < 0:
            return
        top = self.pages.index(max(0, place - below), 0)
        self.view.scrollTo(top, QAbstractItemView.ScrollHint.PositionAtTop)
        stand_on(self.view, place)

    def _take_total(self, turn: int, total: int) -> None:
        if turn == self.pages.turn:  # a search counts by the way, and asks for no sum that would replace this one
            self._total = total
            self._sum_up()

    def _sum_up(self, *_changes: object) -> None:
        self._summed += 1
        rows = self.chosen_rows()
        count = self.pages.rowCount()
        if 1 < len(rows) < count:
            self._sum_some(rows)
        elif count:
            sign = "" if self.pages.is_whole else "+"
            said = _("共 {n} 行").format(n=f"{count:,}{sign}")
            self._tell(f"{said}　{self._seeking()}" if self.pages.is_seeking else said, self._total)
        else:
            self.foot.setText(self._seeking() if self.pages.is_seeking else self._moved().strip())

    def _seeking(self) -> str:
        return _("还在找…已看 {percent}%").format(percent=self.pages.percent)

    def _sum_some(self, rows: Sequence[int]) -> None:
        text = _("选中 {n} 行").format(n=f"{len(rows):,}")
        source = self.pages.source
        self._tell(text, None)
        if source is not None:
            act = partial(source.total_rows, self.pages.rows_at(rows))
            self._worker.read(act, partial(self._take_some, self._summed, text), key=(id(self), "some"))

    def _take_some(self, summed: int, text: str, total: int) -> None:
        if summed == self._summed:  # the foot says nothing else by now
            self._tell(text, total)

    def _tell(self, text: str, total: int | None) -> None:
        title = next((one.title for one in self.model.columns if one.kind == MONEY and one.total), "")
        figure = "…" if total is None else said_yuan(total)
        self.foot.setText((f"{text}　{title} {figure}" if title else text) + self._moved())

    def _moved(self) -> str:
        """Said when even the second search found changed books at its end."""
        return "　" + _("找的时候账有改动，可能漏了：请再找一次") if self.pages.is_moved else ""


def _read_all(source: Source, rows: Sequence[int]) -> list[Any]:
    step = 2_000
    return [one for start in range(0, len(rows), step) for one in source.rows(rows[start : start + step])]


def _hand_over(done: Callable[[Sequence[Any]], object], records: Sequence[Any]) -> None:
    done(records)
