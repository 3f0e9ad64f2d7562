"""报表格式: a layout is copied, changed line by line, checked while it is typed, tried on a village, put to use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from villagebooks.core.period import Span
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.statement import COLUMNS, DRAFT, USED, Layout, LayoutLine, Statement
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import FlowRow, Halves, Tall
from villagebooks.gui.month import MonthEdit
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.setting.layout.choice import LayoutChoice, LayoutChoices, LayoutHead
from villagebooks.gui.setting.layout.lines import LinesModel, lines_view
from villagebooks.gui.statement.columns import is_head, statement_columns
from villagebooks.gui.tab import Panel
from villagebooks.gui.table import STATE, Column, Table
from villagebooks.gui.theme import LATE, WAIT, Mark, px
from villagebooks.services.desk import Desk, Office
from villagebooks.services.file import save_table
from villagebooks.services.statement import (
    check_draft,
    copy_layout,
    drop_layout,
    layout_csv,
    list_layouts,
    preview_layout,
    read_layout_file,
    reset_layout,
    save_layout,
    use_layout,
)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a layout found: what keeps it from use, what is unusual, and the figures of the book in hand."""

    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    preview: Statement | None
    why: str = ""


class LayoutPanel(Panel):
    """Left the lines and what is wrong in them, right the preview; nothing official is ever changed."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._layout: Layout | None = None
        self._changed = False
        self._sure = ""
        self.strip, self.choice, self.model = Strip(), LayoutChoice(), LinesModel(self)
        self.view = lines_view(self.model)
        self.head = LayoutHead()
        self.faults = Table(
            (Column(_("怎样"), _mark, STATE, 9), Column(_("在哪里"), lambda one: one[1].where, width=18),
             Column(_("什么事"), lambda one: one[1].text)),
            _("格式检查"), _("没有发现问题，可以启用。"), filtered=False,
        )  # fmt: skip
        self.faults.foot.hide()
        self.faults.view.setSortingEnabled(False)
        self.month = MonthEdit(_("起用月份"))
        self.month.refused.connect(self.strip.show_problems)
        self.state, self.hint = label("", "muted"), label("", "muted")
        self.hint.setWordWrap(True)
        self.preview: Table | None = None
        self._make_buttons()
        self._lay_out()
        self.choice.chosen.connect(self._show)
        self.model.edited.connect(self._edit)
        self.head.changed.connect(self._edit)
        self.faults.opened.connect(self._go_to_fault)

    def load(self) -> None:
        """Read every layout; one that is being changed stays in hand."""
        if not self._changed:
            self._seat.worker.read(partial(list_layouts, self._seat.office), self.choice.put, key=self)
        self.month.put(self._seat.month)

    @property
    def lasting(self) -> bool:
        """While a layout is changed."""
        return self._changed

    def tell_choices(self) -> LayoutChoices | None:
        """The layout that shows."""
        return self.choice.choices()

    def take_choices(self, kept: LayoutChoices) -> None:
        """The same layout."""
        self.choice.choose(kept)

    def may_leave(self) -> bool:
        """Warn once of a layout that is not saved."""
        if not self._changed:
            return True
        self.strip.hint(_("报表格式改了还没有保存：再按一次就不要了"))
        self._set_changed(False)
        return False

    def current(self) -> Layout | None:
        """The layout as it stands in the editor."""
        if self._layout is None:
            return None
        return self.head.taken(replace(self._layout, lines=self.model.lines()))

    def copy(self) -> None:
        """Begin a draft like the layout that shows."""
        one = self.current()
        if one is not None:
            self._show(copy_layout(one))
            self._set_changed(True)
            self.strip.say(_("这是一份新草稿，改好以后保存；官方格式和启用过的版本都不会变"))
            self.view.setFocus()

    def save(self) -> None:
        """Keep the draft."""
        one = self.current()
        if one is not None:
            self._seat.worker.write(partial(save_layout, self._seat.office, one), self._saved, self._refuse,
                                    _("保存报表格式"))  # fmt: skip

    def use(self) -> None:
        """启用 the draft: the first press says what will happen, the second does it."""
        one = self.current()
        if one is None:
            return
        if self._changed or not one.uid:
            self.strip.hint(_("先保存草稿，再启用"))
            return
        text = _("从 {month} 起，{year} 年制度各账套的“{title}”都按这一版出；启用后这一版不能再改。再按一次就启用。")
        said = text.format(month=self.month.month, year=one.standard, title=one.title)
        if self._confirmed(f"use{one.uid}{self.month.month}", said):
            act = partial(use_layout, self._seat.office, one.uid, self.month.month)
            self._seat.worker.write(act, self._used, self._refuse, _("启用报表格式"))

    def reset(self) -> None:
        """恢复官方格式 of the report from the month on; an own report is no longer made."""
        one = self._layout
        if one is None:
            return
        official = _("从 {month} 起恢复官方格式。再按一次就恢复。")
        own = _("从 {month} 起不再出这张自编报表。再按一次就停用。")
        text = official if one.report in COLUMNS else own
        if self._confirmed(f"reset{one.report}{one.standard}{self.month.month}", text.format(month=self.month.month)):
            act = partial(reset_layout, self._seat.office, one.report, one.standard, self.month.month)
            self._seat.worker.write(act, self._reset, self._refuse, _("恢复官方格式"))

    def drop(self) -> None:
        """Give up what is not saved, else lay the draft aside."""
        one = self._layout
        if self._changed:
            self._set_changed(False)
            self.strip.say("")
            self.load()
            return
        if one is not None and one.uid and self._confirmed(f"drop{one.uid}", _("作废这份草稿。再按一次就作废。")):
            self._seat.worker.write(partial(drop_layout, self._seat.office, one.uid), self._dropped, self._refuse,
                                    _("作废草稿"))  # fmt: skip

    def bring_in(self) -> None:
        """Lines from a CSV file with the columns of the official files."""
        path, _kind = QFileDialog.getOpenFileName(self, _("导入报表格式"), "", "CSV (*.csv)")
        if path:
            self._seat.worker.read(partial(read_layout_file, Path(path)), self._take_lines, self._refuse)

    def take_out(self) -> None:
        """The layout that shows as a CSV file."""
        one = self.current()
        if one is None:
            return
        name = f"{one.report}-{one.standard}.csv"
        path, _kind = QFileDialog.getSaveFileName(self, _("导出报表格式"), name, "CSV (*.csv)")
        if path:
            self._seat.worker.read(partial(_save, Path(path), one), self._taken_out)

    def _make_buttons(self) -> None:
        self.lines_acts = [
            button(_("插入一行"), self._insert, "plus"), button(_("删除这行"), self._remove, "trash-2"),
            button(_("上移"), self._move_up, "chevron-up"), button(_("下移"), self._move_down, "chevron-down"),
        ]  # fmt: skip
        self.bring = button(_("导入"), self.bring_in, "upload")
        self.out = button(_("导出"), self.take_out, "download")
        self.make = button(_("另存为草稿"), self.copy, "copy")
        self.keep = button(_("保存草稿"), self.save, "save", primary=True)
        self.start = button(_("启用"), self.use, "check-check")
        self.back = button(_("恢复官方格式"), self.reset, "undo-2")
        self.away = button(_("作废草稿"), self.drop, "x")

    def _lay_out(self) -> None:
        left, right = Tall(), QWidget()
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px("gap_px"))
        box.addWidget(self.head)
        box.addLayout(_row(*self.lines_acts, None, self.bring, self.out))
        self.view.setMinimumHeight(5 * px("row_px"))
        box.addWidget(self.view, 5)
        box.addWidget(self.hint)
        box.addWidget(self.faults, 2)
        self.tried = QVBoxLayout(right)
        self.tried.setContentsMargins(px("gap_px"), 0, 0, 0)
        self.tried.setSpacing(px("gap_px"))
        self.tried.addWidget(self.state)
        self.tried.addStretch(1)
        split = Halves(left, right, (33, 26))
        whole = QVBoxLayout(self)
        whole.setSpacing(px("gap_px"))
        whole.addWidget(self.strip)
        whole.addLayout(_row(self.choice, None, self.make))
        whole.addWidget(split, 1)
        from_month = label(_("从哪个月起"), "muted")
        whole.addLayout(_row(self.away, None, from_month, self.month, self.back, self.start, self.keep))

    def _show(self, one: Layout) -> None:
        self._layout, self._sure = one, ""
        draft = one.state == DRAFT and not one.official
        own = one.report not in COLUMNS
        self.model.put(one.lines, still=not draft)
        self.head.put(one, draft)
        for part in (*self.lines_acts, self.bring, self.keep, self.start):
            part.setEnabled(draft)
        self._set_changed(False)
        self.make.setEnabled(bool(one.lines))
        self.back.setEnabled(one.state == USED and not one.official)
        self.back.setText(_("停用") if own else _("恢复官方格式"))
        words = _(
            "D、C 余额，DS、CS 明细借方、贷方余额，PD、PC 发生额，L(行次)；下级科目可写名称，如 PD(513.运转支出)。"
        )
        still = _("这一版不能改：要改先按“另存为草稿”。")
        self.hint.setText(words if draft else still)
        self._look()

    def _edit(self) -> None:
        self._sure = ""
        self._set_changed(True)
        self._look()

    def _set_changed(self, changed: bool) -> None:
        """While something is not saved nothing else is chosen; it is saved or given up first."""
        self._changed = changed
        self.choice.setEnabled(not changed)
        one = self._layout
        draft = one is not None and one.state == DRAFT and bool(one.uid)
        self.away.setText(_("放弃改动") if changed else _("作废草稿"))
        self.away.setEnabled(changed or draft)

    def _look(self) -> None:
        one = self.current()
        if one is not None:
            desk = self._seat.desk if self._seat.book else None
            act = partial(_look_at, self._seat.office, desk, one)
            self._seat.worker.read(act, self._take_look, key=(id(self), "look"))

    def _take_look(self, found: Looked) -> None:
        self.model.show_faults([*found.problems, *found.notices])
        self.faults.put([*((LATE, one) for one in found.problems), *((WAIT, one) for one in found.notices)])
        self.head.show_problems(found.problems)
        if self.preview is not None:
            self.tried.removeWidget(self.preview)
            self.preview.deleteLater()
            self.preview = None
        if found.preview is None:
            self.state.setText(found.why or _("左边的错改好以后，这里有试算"))
            return
        self.state.setText(_("试算：{book}　{span}").format(book=found.preview.name, span=found.preview.span))
        names = [replace(one, width=13) if one.width else one for one in statement_columns(found.preview)[1:]]
        self.preview = Table(names, _("试算"), filtered=False)
        self.preview.view.setSortingEnabled(False)
        self.preview.foot.hide()
        self.preview.model.is_strong = is_head
        self.preview.put(found.preview.rows)
        self.tried.insertWidget(1, self.preview, 1_000)

    def _go_to_fault(self, one: tuple[str, Problem]) -> None:
        if one[1].line is not None:
            place = max(0, ("line_no", "label", "formula", "show").index(one[1].field or "formula"))
            self.view.setCurrentIndex(self.model.index(one[1].line, place))
            self.view.setFocus()

    def _insert(self) -> None:
        row = self.view.currentIndex().row() + 1
        self.model.insert(row)
        self.view.setCurrentIndex(self.model.index(row, 0))
        self.view.setFocus()

    def _remove(self) -> None:
        row = self.view.currentIndex().row()
        if row >= 0:
            self.model.remove(row)

    def _move_up(self) -> None:
        self._move(-1)

    def _move_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        row = self.view.currentIndex().row()
        if 0 <= row + step < self.model.rowCount() and row >= 0:
            self.model.swap(row, row + step)
            self.view.setCurrentIndex(self.model.index(row + step, self.view.currentIndex().column()))

    def _take_lines(self, lines: tuple[LayoutLine, ...]) -> None:
        self.model.put(lines, still=False)
        self._edit()

    def _confirmed(self, act: str, sentence: str) -> bool:
        self.month.settle()
        if self.month.misread:  # told by the line itself
            return False
        if self._sure == act:
            self._sure = ""
            return True
        self._sure = act
        self.strip.hint(sentence)
        return False

    def _saved(self, one: Layout) -> None:
        self._after(_("已保存为第 {n} 版草稿").format(n=one.version), one.uid)

    def _used(self, one: Layout) -> None:
        self._after(
            _("“{title}”第 {n} 版从 {month} 起用").format(title=one.title, n=one.version, month=one.since), one.uid
        )
        self._seat.tell_changed()

    def _reset(self, one: Layout) -> None:
        self._after(_("“{title}”从 {month} 起已恢复").format(title=one.title, month=one.since), "")
        self._seat.tell_changed()

    def _dropped(self, _done: object) -> None:
        self._after(_("草稿已作废"), "")

    def _after(self, text: str, uid: str) -> None:
        self._set_changed(False)
        self.strip.say(text)
        self._seat.worker.read(partial(list_layouts, self._seat.office), partial(self._offer, uid), key=self)

    def _offer(self, uid: str, made: list[Layout]) -> None:
        self.choice.put(made, uid)

    def _taken_out(self, path: Path) -> None:
        self.strip.say(_("已导出 {path}").format(path=path))

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        self.head.show_problems(problems)


def _look_at(office: Office, desk: Desk | None, one: Layout) -> Looked:
    problems, notices = check_draft(office, one)
    if problems or desk is None:
        return Looked(tuple(problems), tuple(notices), None)
    try:
        return Looked((), tuple(notices), preview_layout(desk, one, Span(desk.period, desk.period)))
    except Refused as refused:
        return Looked((), tuple(notices), None, str(refused.problems[0]))


def _save(path: Path, one: Layout) -> Path:
    save_table(path, layout_csv(one))
    return path


def _mark(one: tuple[str, Problem]) -> Mark:
    return Mark(_("不能用") if one[0] == LATE else _("提示"), one[0])


def _row(*parts: QWidget | None) -> FlowRow:
    """Widgets side by side; None is the room between."""
    line = FlowRow()
    line.setSpacing(px("gap_px"))
    for part in parts:
        if part is None:
            line.addStretch(1)
        else:
            line.addWidget(part)
    return line
