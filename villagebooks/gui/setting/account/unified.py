"""统一科目: the township's chart by version, the matrix of differences, and putting it in place of chosen villages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from villagebooks.core.account import (
    MISSING,
    NAMED,
    NEEDS,
    SPLIT,
    BookDeviations,
    Deviation,
    UnifiedChart,
    kind_word,
)
from villagebooks.core.book import STANDARDS
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import FlowRow
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.section import Stack
from villagebooks.gui.setting.account.matrix import Matrix
from villagebooks.gui.theme import LATE, px, span
from villagebooks.services.account import (
    BookApplied,
    apply_unified,
    compare_books,
    export_unified,
    import_unified,
    initials,
    unified_chart,
    unified_from_book,
)
from villagebooks.services.desk import Office
from villagebooks.services.file import save_table
from villagebooks.services.report import CSV, deviations_bytes

Found = tuple[UnifiedChart | None, list[BookDeviations]]


class UnifiedView(QWidget):
    """`left` leads back to the chart; `split_wanted` carries a village's code, the account to divide and the accounts
    that the unified chart has below it; `printed` a title and what draws the paper."""

    left = Signal(str)
    split_wanted = Signal(str, str, object)
    printed = Signal(str, object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._chart: UnifiedChart | None = None
        self._found: list[BookDeviations] = []
        self.strip, self.matrix = Strip(), Matrix()
        self.matrix.cells.also = initials
        self.standard, self.version = Combo(), label("", "muted")
        self.standard.setAccessibleName(_("会计制度"))
        for one in STANDARDS:
            self.standard.addItem(_("{n} 年制度").format(n=one), one)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("代码、名称或拼音首字母"))
        self.search.setAccessibleName(_("筛选：{name}").format(name=_("科目")))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(span(230))
        self.about, self.plan = label("", "muted"), label("", "muted")
        self.about.setWordWrap(True)
        self.plan.setWordWrap(True)
        self.kinds = {
            MISSING: QCheckBox(_("补上缺的科目")), NAMED: QCheckBox(_("统一名称")), NEEDS: QCheckBox(_("统一辅助核算")),
        }  # fmt: skip
        for box in self.kinds.values():
            box.setChecked(True)
            box.toggled.connect(self._tell_plan)
        self.act = button(_("照此统一"), self.apply, "check", primary=True)
        self._begin = button(_("用本账套的科目"), self.take_book, "copy")
        self._out = (
            button(_("导出…"), self.ask_export, "download"), button(_("打印差别"), self.print, "printer"),
            button(_("差别存成表格…"), self.ask_save, "table"),
        )  # fmt: skip
        self.body, self.empty, self.foot = Stack(), label("", "empty"), QWidget()
        self._lay_out()
        self.standard.currentIndexChanged.connect(self._read)
        self.search.textChanged.connect(self.matrix.cells.filter)
        self.matrix.looked_at.connect(self.about.setText)
        self.matrix.opened.connect(self._open)
        self.matrix.selectionModel().selectionChanged.connect(self._tell_plan)
        self.matrix.cells.modelReset.connect(self._tell_plan)  # a selection that is lost is not told

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for part in (button(_("返回（Esc）"), self.leave, "arrow-left"), label(_("统一科目"), "title")):
            top.addWidget(part)
        top.addWidget(self.standard)
        top.addWidget(self.version, 1)
        self.version.setWordWrap(True)
        self.plan.setWordWrap(True)
        acts = FlowRow()
        acts.setSpacing(px("gap_px"))
        acts.addWidget(self.search)
        acts.addStretch(1)
        for one in (self._begin, button(_("导入…"), self.ask_import, "upload"), *self._out):
            acts.addWidget(one)
        foot = FlowRow()
        self.foot.setLayout(foot)
        foot.setSpacing(px("gap_px") * 2)
        for kind in self.kinds.values():
            foot.addWidget(kind)
        foot.addStretch(1)
        foot.addWidget(self.act)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(top)
        box.addWidget(self.strip)
        box.addLayout(acts)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self.matrix)
        self.body.addWidget(self.empty)
        box.addWidget(self.body, 1)
        box.addWidget(self.about)
        box.addWidget(self.plan)
        box.addWidget(self.foot)

    def load(self) -> None:
        """Compare every village with the unified accounts of the book in hand's standard."""
        if self._seat.book:
            self.standard.setCurrentIndex(self.standard.findData(self._seat.book.standard))
        self._read()

    def apply(self) -> None:
        """Put the unified accounts in place of the chosen villages, or of all."""
        books, kinds = self._chosen(), self._wanted()
        if not books or not kinds:
            self.strip.say(_("没有要改的：选几个村，或勾上要统一什么"), LATE)
            return
        act = partial(_apply, self._seat.office, books, kinds)
        self._seat.worker.long(act, self._applied, _("统一科目"), self.strip.show_problems)

    def take_book(self) -> None:
        """A new version from the accounts of the book in hand."""
        book = self._seat.book
        if book:
            act = partial(unified_from_book, self._seat.office, book.code)
            self._seat.worker.write(act, self._made, self.strip.show_problems, _("定统一科目"))

    def ask_import(self) -> None:
        """A new version from a file."""
        path, _kind = QFileDialog.getOpenFileName(self, _("统一科目的 accounts.csv"), "", "CSV (*.csv)")
        if path:
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """The same without asking for it."""
        act = partial(import_unified, self._seat.office, self._standard(), path)
        self._seat.worker.write(act, self._made, self.strip.show_problems, _("定统一科目"))

    def ask_export(self) -> None:
        """The unified accounts as a file to be changed and imported again."""
        path, _kind = QFileDialog.getSaveFileName(self, _("统一科目存为"), "accounts.csv", "CSV (*.csv)")
        if path:
            act = partial(export_unified, self._seat.office, self._standard(), Path(path))
            self._seat.worker.read(act, self._saved, self.strip.show_problems)

    def ask_save(self) -> None:
        """The differences as a table."""
        path, _kind = QFileDialog.getSaveFileName(self, _("差别存为"), _("与统一科目的差别.csv"), "CSV (*.csv)")
        if path:
            self._seat.worker.read(partial(_save, Path(path), self._found), self._saved, self.strip.show_problems)

    def print(self) -> None:
        """The differences on paper."""
        self.printed.emit(_("与统一科目的差别"), partial(_draw, self._seat.office, tuple(self._found)))

    def leave(self) -> None:
        """Back to the chart."""
        self.strip.say("")
        self.left.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _standard(self) -> str:
        return str(self.standard.currentData())

    def _read(self) -> None:
        act = partial(_compare, self._seat.office, self._standard())
        self._seat.worker.read(act, self._take, self.strip.show_problems, key=self)

    def _take(self, found: Found) -> None:
        self._chart, self._found = found
        chart = self._chart
        names = {one.code: one.name for one in chart.accounts} if chart else {}
        self.matrix.cells.put(self._found, names, self.search.text())
        words = _("还没有统一科目")
        if chart:
            words = _("第 {n} 版，{m} 个科目，{who} {day}　{words}").format(
                n=chart.version, m=len(chart.accounts), who=chart.made_by, day=chart.made_at[:10], words=chart.words
            )  # fmt: skip
        self.version.setText(words)
        self.version.setToolTip(words)
        self.about.setText(self._summary())
        self._show_empty()
        self._tell_plan()

    def _show_empty(self) -> None:
        """Without a unified chart there is nothing to compare: what it is for, and how it begins."""
        text = _(
            "统一科目是全乡镇共用的一套科目。定了以后，这里逐村列出缺的、名称不同的、辅助核算不同的科目，"
            "选几个村一次改齐；各村自设的科目不动。\n\n"
            "先在窗口上方选科目最齐的账套，按“用本账套的科目”定第一版；已经有一张 accounts.csv 的，按“导入…”。"
        )
        same = self._chart is not None and not any(one.deviations for one in self._found)
        self.empty.setText(_("各账套都与统一科目一致，没有要改的。") if same else text)
        held = self.matrix.hasFocus()
        self.body.setCurrentWidget(self.empty if same or self._chart is None else self.matrix)
        if held and not self.matrix.isVisible():
            self._begin.setFocus()
        for part in (*self._out, self.search, self.plan, self.foot):
            part.setVisible(self._chart is not None)

    def _summary(self) -> str:
        differ = [one for one in self._found if one.deviations]
        counts = Counter(each.kind for one in differ for each in one.deviations)
        if not self._chart:
            return ""
        if not counts:
            return _("{n} 个账套都与统一科目一致").format(n=len(self._found))
        told = _("、").join(_("{kind} {n}").format(kind=kind_word(kind), n=n) for kind, n in counts.most_common())
        return _("{n} 个账套里 {m} 个有差别：{told}").format(n=len(self._found), m=len(differ), told=told)

    def _chosen(self) -> list[str]:
        known = {one.book for one in self._found if any(each.kind in self._wanted() for each in one.deviations)}
        return [code for code in self.matrix.chosen_books() or sorted(known) if code in known]

    def _wanted(self) -> tuple[str, ...]:
        return tuple(kind for kind, box in self.kinds.items() if box.isChecked())

    def _tell_plan(self, *_changes: object) -> None:
        books, kinds = self._chosen(), self._wanted()
        count = sum(
            each.kind in kinds for one in self._found if one.book in books for each in one.deviations
        )  # fmt: skip
        which = _("选中的") if self.matrix.chosen_books() else _("全部")
        text = _("{which} {n} 个账套要改 {m} 处；自设的科目不动，要拆分、同名的留给人办")
        self.plan.setText(text.format(which=which, n=len(books), m=count) if count else _("没有要改的"))
        self.act.setEnabled(bool(count))

    def _open(self, book: BookDeviations, one: Deviation) -> None:
        if one.kind != SPLIT or self._chart is None:
            self.about.setText(self.matrix.currentIndex().data(Qt.ItemDataRole.ToolTipRole) or "")
            return
        tops = [each.code for each in book.deviations if each.kind == SPLIT and one.code.startswith(each.code)]
        code = min(tops)[:-2]
        below = [each for each in self._chart.accounts if each.parent == code]
        self.split_wanted.emit(book.book, code, below)

    def _made(self, made: UnifiedChart) -> None:
        text = _("{standard} 年制度的统一科目定为第 {n} 版，{m} 个科目；各村的账套还没有改")
        self.strip.say(text.format(standard=made.standard, n=made.version, m=len(made.accounts)))
        self._read()

    def _applied(self, report: Sequence[BookApplied]) -> None:
        done = sum(len(one.done) for one in report)
        refused = [
            _("{where}：{text}").format(where=f"{one.book} {one.name}", text=problem)
            for one in report
            for problem in one.problems
        ]
        text = _("{n} 个账套统一了 {m} 处").format(n=sum(bool(one.done) for one in report), m=done)
        if refused:
            self.strip.say("\n".join([text, *refused]), LATE)
        else:
            self.strip.say(text)
        self._read()
        self._seat.tell_changed()

    def _saved(self, path: object) -> None:
        self.strip.say(_("已存为 {path}").format(path=path))


def _compare(office: Office, standard: str) -> Found:
    return unified_chart(office, standard), [one for one in compare_books(office) if one.standard == standard]


def _apply(
    office: Office, books: Sequence[str], kinds: Sequence[str], report: Callable[[int, int], None]
) -> list[BookApplied]:
    return apply_unified(office, books, kinds, report)


def _save(path: Path, found: Sequence[BookDeviations]) -> Path:
    save_table(path, deviations_bytes(found, CSV))
    return path


def _draw(office: Office, found: Sequence[BookDeviations], folder: Path) -> list[Path]:
    from villagebooks.services.account.printing import print_deviations  # noqa: PLC0415  (reportlab: window first)

    return [print_deviations(office, found, folder / "deviations.pdf")]
