"""操作日志: who did what, when, to which object; what was before and after; whether the chain holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from villagebooks.core.journal import ChainState, Detail, LogFilter, LogLine, LogPage, detail_words
from villagebooks.core.problem import Refused
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.journal.asking import LogAsking, LogChoices
from villagebooks.gui.page import Page, button, label
from villagebooks.gui.table import NUMBER, Column, Table
from villagebooks.gui.theme import DONE, LATE
from villagebooks.services.desk import Office
from villagebooks.services.file import save_table
from villagebooks.services.journal import (
    OFFICE,
    chain_states,
    log_bytes,
    log_people,
    print_log,
    read_detail,
    read_log,
    verify_chains,
)
from villagebooks.services.proof import export_chain

SHOWN_HEAD = 16
"""Characters of a chain's head that stand on the page; the whole stands in the tip and on paper."""


def log_columns() -> tuple[Column, ...]:
    """Columns of the log."""
    return (
        Column(_("时间"), lambda one: one.when, width=16),
        Column(_("谁"), lambda one: one.who, width=10),
        Column(_("账套"), lambda one: one.book or _("办公室"), width=8),
        Column(_("第几条"), lambda one: one.entry.seq, NUMBER, 7, spare=True),
        Column(_("做了什么"), lambda one: one.sentence),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What the page reads first: where the chains stand, who acted, the newest page."""

    states: tuple[ChainState, ...]
    people: tuple[str, ...]
    page: LogPage


@dataclass(frozen=True, slots=True)
class _Choices:
    """What the log was asked for, how many entries were read, the one in hand."""

    asked: LogChoices
    read: int
    at: tuple[str, int] | None


class JournalPage(Page):
    """`printed` carries a title and what draws it; `voucher_wanted` the uid of a voucher to open;
    `cancellations_wanted` asks for what was undone."""

    printed = Signal(str, object)
    voucher_wanted = Signal(str)
    cancellations_wanted = Signal()
    needs_book = False

    def __init__(self, seat: Seat) -> None:
        self.title = _("日志")  # the word of the rail, which is marked by it
        super().__init__(seat)
        self.heading.setText(_("操作日志"))
        self._lines: list[LogLine] = []
        self._rest: dict[str, int] = {}
        self._asked = LogFilter()
        self._before: _Choices | None = None
        self.state, self.asking = label("", "muted"), LogAsking()
        self.state.setWordWrap(True)
        self.state.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table = Table(log_columns(), _("操作日志"), _("没有符合条件的日志。"), filtered=False)
        self.table.view.setSortingEnabled(False)
        self.more = button(_("再看更早的"), self.read_more, "chevron-down")
        self.detail = QPlainTextEdit()
        self.detail.setReadOnly(True)
        self.detail.setAccessibleName(_("改前改后"))
        self.detail.setPlaceholderText(_("选一条日志，这里写改前改后各是什么。凭证的日志按回车打开凭证。"))
        self._lay_out()
        self.add_act(_("作废与撤销清单"), self.cancellations_wanted.emit, "undo-2")
        self.add_act(_("核对日志链"), self.verify, "shield")
        self.add_act(_("存为 CSV…"), self.ask_csv, "download")
        self.add_act(_("导出日志链…"), self.ask_chain, "database")
        self.add_act(_("打印"), self.print_out, "printer", primary=True)
        self.asking.asked.connect(self.ask)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open)
        self.setFocusProxy(self.table.view)
        for key, slot in (("Ctrl+F", self.asking.words.setFocus), ("Ctrl+PgDown", self.read_more)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def load(self) -> None:
        """Read where the chains stand, who acted, and the newest entries that fit."""
        self.asking.use(self.seat.month)
        try:
            self._asked = self.asking.filter()
        except Refused as refused:
            self.strip.show_problems(refused.problems)
            return
        act = partial(_read, self.seat.office, self.scopes(), self._asked)
        self.seat.worker.read(act, self._take, self.strip.show_problems, key=self)

    def tell_choices(self) -> _Choices:
        """What the log is asked for, and the entry in hand."""
        one = self.table.current()
        return _Choices(self.asking.choices(), len(self._lines), _at(one) if one else None)

    def take_choices(self, kept: _Choices) -> None:
        """The same entries."""
        self._before = kept
        self.asking.choose(kept.asked)

    def scopes(self) -> tuple[str, ...]:
        """Whose chains show."""
        return self.asking.scopes(self.seat.book.code if self.seat.book else "")

    def ask(self) -> None:
        """Read again, as the line above says."""
        self._before = None
        self.strip.say("")
        self.load()

    def read_more(self) -> None:
        """The entries before the oldest that shows."""
        if self._rest:
            act = partial(read_log, self.seat.office, self.scopes(), self._asked, dict(self._rest))
            self.more.setEnabled(False)
            self.seat.worker.read(act, self._take_more, self.strip.show_problems, key=(id(self), "more"))

    def verify(self) -> None:
        """Every entry of the chains, from the first to the last; it can be stopped."""
        act = partial(verify_chains, self.seat.office, self.scopes())
        self.seat.worker.long(act, self._verified, _("核对日志链"), self.strip.show_problems, reads=True)

    def print_out(self) -> None:
        """What fits, on paper."""
        self.printed.emit(self.title, partial(_draw, self.seat.office, self.scopes(), self._asked))

    def ask_csv(self) -> None:
        """What fits, as a file for a spreadsheet."""
        name = _("{whose}-操作日志.csv").format(whose="-".join(self.scopes()))
        path, _kind = QFileDialog.getSaveFileName(self, _("存为 CSV"), name, "CSV (*.csv)")
        if path:
            act = partial(_write_csv, self.seat.office, self.scopes(), self._asked, Path(path))
            self.seat.worker.read(act, self._saved, self.strip.show_problems)

    def ask_chain(self) -> None:
        """The chain itself, entry by entry as it was hashed: whoever has it can count it again."""
        whose = self.seat.book.code if self.seat.book and OFFICE not in self.scopes()[:1] else OFFICE
        name = _("{whose}-日志链.jsonl").format(whose=whose)
        path, _kind = QFileDialog.getSaveFileName(self, _("导出日志链"), name, "JSON Lines (*.jsonl)")
        if path:
            act = partial(export_chain, self.seat.office, whose, Path(path))
            self.seat.worker.read(act, self._saved, self.strip.show_problems)

    def _lay_out(self) -> None:
        upper = QWidget()
        box = QVBoxLayout(upper)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.table, 1)
        box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(upper)
        split.addWidget(self.detail)
        split.setSizes([360, 190])
        split.setChildrenCollapsible(False)
        for part in (self.state, self.asking):
            self.body.addWidget(part)
        self.body.addWidget(split, 1)

    def _take(self, found: _Found) -> None:
        self.asking.offer_people(found.people)
        self.state.setText("\n".join(map(_short_state, found.states[:2])))
        self.state.setToolTip("\n".join(one.head for one in found.states))
        if len(found.states) > 2:
            text = _("{n} 条日志链，共 {all} 条日志")
            self.state.setText(text.format(n=len(found.states), all=sum(one.length for one in found.states)))
        self._lines = []
        self.detail.clear()
        self._take_more(found.page)

    def _take_more(self, page: LogPage) -> None:
        self._lines += page.lines
        self._rest = dict(page.below)
        self.table.put(self._lines)
        self.more.setEnabled(True)
        self.more.setVisible(bool(self._rest))
        self._stand_as_before()

    def _stand_as_before(self) -> None:
        """On the entry that was in hand; where it lies deeper, as many entries are read as then."""
        before = self._before
        if before is None or before.at is None or self.table.go_to(lambda one: _at(one) == before.at):
            self._before = None
        elif self._rest and len(self._lines) < before.read:
            self.read_more()
        else:
            self._before = None

    def _choose(self, line: LogLine) -> None:
        act = partial(read_detail, self.seat.office, line.entry.chain, line.entry.seq)
        self.seat.worker.read(act, self._show_detail, self.strip.show_problems, key=(id(self), "detail"))

    def _show_detail(self, detail: Detail) -> None:
        self.detail.setPlainText("\n".join(detail_words(detail)))

    def _open(self, line: LogLine) -> None:
        table, _colon, key = line.entry.ref.partition(":")
        if table == "voucher" and self.seat.book and line.book == self.seat.book.code:
            self.voucher_wanted.emit(key)

    def _verified(self, problems: list[str]) -> None:
        if problems:
            self.strip.say(_("日志链断了：") + "\n".join(problems[:5]), LATE)
        else:
            self.strip.say(_("链完整：从第一条到最后一条，逐条核对过，与公开榜上钉住的一致"), DONE)

    def _saved(self, path: Path) -> None:
        self.strip.say(_("已存为 {path}").format(path=path))


def _at(line: LogLine) -> tuple[str, int]:
    return line.entry.chain, line.entry.seq


def _read(office: Office, scopes: tuple[str, ...], asked: LogFilter) -> _Found:
    states = tuple(chain_states(office, scopes))
    return _Found(states, tuple(log_people(office, scopes)), read_log(office, scopes, asked))


def _draw(office: Office, scopes: tuple[str, ...], asked: LogFilter, folder: Path) -> list[Path]:
    return [print_log(office, scopes, asked, folder / f"{'-'.join(scopes)}-journal.pdf")]


def _write_csv(office: Office, scopes: tuple[str, ...], asked: LogFilter, path: Path) -> Path:
    save_table(path, log_bytes(office, scopes, asked, "csv"))
    return path


def _short_state(one: ChainState) -> str:
    """V01　326 条　链值 40f839f0f547833e…　到第 325 条已由 2026-10-10 的公开榜（本期码 …）钉住."""
    said = _("{book}　{n} 条　链值 {head}…")
    said = said.format(book=one.book or _("办公室"), n=one.length, head=one.head[:SHOWN_HEAD])
    if one.pinned:
        text = _("　到第 {n} 条已由 {day} 的公开榜（本期码 {code}）钉住")
        said += text.format(n=one.pinned, day=one.pinned_on, code=one.code)
    return said
