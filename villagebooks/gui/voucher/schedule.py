"""计划: what is due and not drafted yet, every schedule with its progress, and the forms of a new one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from villagebooks.core.money import said_yuan
from villagebooks.core.problem import Problem
from villagebooks.core.schedule import EACH, DueDraft, Schedule, ScheduleRow, kind_words
from villagebooks.core.voucher import Voucher
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.kept import FormRecovery, left_words
from villagebooks.gui.keymap import bind, show_key
from villagebooks.gui.month import read_typed_month
from villagebooks.gui.page import Page, label
from villagebooks.gui.table import DAY, MONEY, STATE, Column, Table
from villagebooks.gui.theme import ACT, DONE, PLAIN, WAIT, Mark, px
from villagebooks.gui.voucher.correction import WordsStrip
from villagebooks.gui.voucher.plan import PlanPanel
from villagebooks.gui.voucher.wear import every_words
from villagebooks.services.desk import Desk
from villagebooks.services.schedule import draft_due, due_drafts, list_schedules, stop_schedule
from villagebooks.services.unsaved import PLAN, FoundForm


def due_columns() -> tuple[Column, ...]:
    """Columns of what is due."""
    return (
        Column(_("到期的月份"), lambda one: one.month, width=11),
        Column(_("计划"), lambda one: _("、").join(one.names), width=24),
        Column(_("凭证日期"), lambda one: one.draft.day, DAY, 11, spare=True),
        Column(_("摘要"), lambda one: one.draft.lines[0].summary),
        Column(_("金额"), lambda one: sum(line.debit_fen for line in one.draft.lines), MONEY, 15, total=True),
    )


def schedule_columns() -> tuple[Column, ...]:
    """Columns of the schedules."""
    return (
        Column(_("计划"), lambda one: one.schedule.name),
        Column(_("种类"), lambda one: kind_words()[one.schedule.kind], width=13),
        Column(_("多久一次"), lambda one: one.schedule.every, width=10, spare=True, text=_every),
        Column(_("起止月份"), lambda one: one.schedule.first, width=18, text=_months),
        Column(_("金额"), lambda one: one.schedule.total_fen, width=20, text=_amount),
        Column(_("做了"), lambda one: len(one.done), width=11, text=lambda one: one.progress),
        Column(_("下一次"), _next_mark, STATE, 14),
    )


class SchedulePage(Page):
    """`returned`: Escape."""

    returned = Signal()

    def __init__(self, seat: Seat) -> None:
        self.title = _("计划")
        super().__init__(seat)
        self.due = Table(due_columns(), _("到期还没有做的"), _("到这个月为止，到期的都做了。"), filtered=False)
        words = _("还没有计划。每月都有的凭证、一次收的多年租金、固定资产折旧，按 F5 做成计划，到期一次生成草稿。")
        self.plans = Table(schedule_columns(), _("所有计划"), words)
        self.plans.model.is_faint = _is_over
        self.panel, self.words = PlanPanel(seat), WordsStrip()
        self.recovery = FormRecovery(seat, PLAN, lambda: self.panel.keeper, found_words, self.strip)
        self.recovery.restored.connect(self._restore)
        self.body.addWidget(self.recovery)
        self.due.setMaximumHeight(7 * px("row_px") + 40)
        self._parts = (label(_("到期还没有做的"), "heading"), self.due, label(_("所有计划"), "heading"), self.plans)
        for part in self._parts:
            self.body.addWidget(part, 1 if part is self.plans else 0)
        self.body.addWidget(self.panel)
        self.body.addWidget(self.words)
        self.setFocusProxy(self.due.view)
        self._back = self.add_act(_("返回"), self.leave, "arrow-left")
        self._stop = self.add_act(_("停止…"), self.ask_stop, "x")
        self._change = self.add_act(_("修改"), self.change, "pencil")
        self._new = self.add_act(_("新计划（F5）"), self.new, "plus")
        self._draft = self.add_act("", self.draft_all, "file-text", primary=True)
        show_key(self._draft, _("到期的全部做成草稿（{key}）"), "save")
        for act, slot in (("back", self.leave), ("new", self.new), ("save", self.save_or_draft)):
            bind(self, act, slot)
        self._acts = (self._stop, self._change, self._new, self._draft)
        self.panel.saved.connect(self._saved)
        self.panel.left.connect(self._show_lists)
        self.words.left.connect(self.setFocus)
        self.due.opened.connect(self._draft_one)
        self.plans.chosen.connect(self._choose)

    def load(self) -> None:
        """Read what is due and every schedule."""
        self.seat.worker.read(partial(_read, self.seat.desk), self._take, self.strip.show_problems, key=self)
        self.recovery.look()

    def moved(self) -> None:
        """Another book or month: back to the lists; what was typed is kept for the last one, and offered there."""
        self.panel.leave_behind()
        self.words.hide()
        self._show_lists()

    def leave(self) -> None:
        """Out of the form, else back to where the page was asked for."""
        if not self.panel.isHidden():
            self.panel.put_away()
        elif not self.words.isHidden():
            self.words.put_away()
        else:
            self.returned.emit()

    def new(self) -> None:
        """Begin a schedule."""
        self.begin(None)

    def begin(self, voucher: Voucher | None) -> None:
        """Begin a schedule, from a voucher that is to come again when there is one."""
        self._show_form(_("新计划"))
        self.panel.begin(voucher)

    def change(self) -> None:
        """Change the schedule in hand; nothing was drafted of it yet."""
        row: ScheduleRow | None = self.plans.current()
        if row is not None and not row.done:
            self._show_form(_("修改计划"))
            self.panel.change(row.schedule)

    def save_or_draft(self) -> None:
        """F6: save the form, else draft what is due."""
        if not self.panel.isHidden():
            self.panel.keep()
        else:
            self.draft_all()

    def draft_all(self) -> None:
        """Everything that is due as drafts, in one act."""
        act = partial(draft_due, self.seat.desk)
        self.seat.worker.write(act, self._drafted, self.strip.show_problems, _("做成草稿"))

    def ask_stop(self) -> None:
        """Stop the schedule in hand: ask for the last month that still counts."""
        row: ScheduleRow | None = self.plans.current()
        if row is None:
            return
        text = _("停止“{name}”：写最后还要做的一个月。资产处置的，写处置的月份。").format(name=row.schedule.name)
        self.words.ask(text, _("最后一个月，例如 2026-10"), self._stop_at, _("停止"), str(self.seat.month))

    def _stop_at(self, words: str) -> None:
        row: ScheduleRow | None = self.plans.current()
        month = read_typed_month(words, self.seat.month.year)
        if row is None or month is None:
            self.strip.show_problems([Problem(_("月份写成 2026-10 这样"))])
            return
        act = partial(stop_schedule, self.seat.desk, row.schedule.uid, month)
        self.seat.worker.write(act, self._stopped, self.strip.show_problems, _("停止计划"))

    def _draft_one(self, one: DueDraft) -> None:
        act = partial(draft_due, self.seat.desk, one.parts)
        self.seat.worker.write(act, self._drafted, self.strip.show_problems, _("做成草稿"))

    def _take(self, found: tuple[list[DueDraft], list[ScheduleRow]]) -> None:
        due, rows = found
        self.due.put(due)
        here = self.plans.current()
        self.plans.put(rows)
        if here and not self.plans.go_to(lambda one: one.schedule.uid == here.schedule.uid):
            self.plans.view.clearSelection()
        self._draft.setEnabled(bool(due))
        self._choose(self.plans.current())

    def _choose(self, row: ScheduleRow | None) -> None:
        self._stop.setEnabled(row is not None and row.next_due is not None)
        self._change.setEnabled(row is not None and not row.done)

    def _saved(self, one: Schedule) -> None:
        self._show_lists()
        self.strip.say(_("已保存计划“{name}”").format(name=one.name))
        self.seat.tell_changed()

    def _stopped(self, one: Schedule) -> None:
        self.words.hide()
        self.plans.view.setFocus()
        self.strip.say(_("计划“{name}”到 {month} 为止").format(name=one.name, month=one.stop))
        self.seat.tell_changed()

    def _drafted(self, made: list[Voucher]) -> None:
        names = _("、").join(one.title if one.month == self.seat.month else f"{one.month} {one.title}" for one in made)
        self.strip.say(_("已做 {n} 张草稿：{names}。到“凭证”里核对、送签。").format(n=len(made), names=names))
        self.seat.tell_changed()

    def _restore(self, found: FoundForm) -> None:
        """What an earlier run left; nothing that is typed now is written over."""
        if not self.panel.isHidden() and not self.recovery.may_take(self.panel.keeper):
            return
        self._show_form(_("修改计划") if found.schedule else _("新计划"))
        self.panel.restore(found.unsaved, found.schedule)
        self.recovery.take(found, self.panel.keeper)

    def _show_form(self, title: str) -> None:
        """In place of the lists, which have acts of their own."""
        for part in (*self._parts, *self._acts):
            part.hide()
        self.strip.say("")
        self.heading.setText(title)

    def _show_lists(self) -> None:
        for part in (*self._parts, *self._acts):
            part.show()
        self.heading.setText(self.title)
        if self.isVisible():  # another person or month: the cursor stays in the page that shows
            self.due.view.setFocus()


def _read(desk: Desk) -> tuple[list[DueDraft], list[ScheduleRow]]:
    return due_drafts(desk), list_schedules(desk)


def found_words(found: FoundForm, desk: Desk) -> str:
    """What an earlier run left, when, and in whose book."""
    one = found.unsaved
    name = one.text("plan.name").strip() or one.text("wear.name").strip()
    text = _("有一个计划填了没有保存（{when}）：“{name}”。")
    return text.format(when=left_words(one, desk), name=name[:20] or _("没有名称"))


def _every(row: ScheduleRow) -> str:
    return every_words()[row.schedule.every]


def _months(row: ScheduleRow) -> str:
    end = row.schedule.end
    return f"{row.schedule.first}—{end}" if end else _("{first} 起").format(first=row.schedule.first)


def _amount(row: ScheduleRow) -> str:
    words = _("每次 {yuan}") if row.schedule.mode == EACH else _("共 {yuan}")
    return words.format(yuan=said_yuan(row.schedule.total_fen))


def _next_mark(row: ScheduleRow) -> Mark:
    if row.next_due is None:
        stopped = row.schedule.stop is not None
        return Mark(_("已停止"), PLAIN) if stopped else Mark(_("做完了"), DONE)
    if row.due_now:
        return Mark(_("{month} 到期").format(month=row.next_due), WAIT)
    return Mark(str(row.next_due), ACT)


def _is_over(row: ScheduleRow) -> bool:
    return row.next_due is None


def due_words(due: list[DueDraft]) -> str:
    """What the voucher page says of what is due; empty when nothing is."""
    if not due:
        return ""
    names = _("；").join(f"{one.month} {_('、').join(one.names)}" for one in due[:3])
    more = "…" if len(due) > 3 else ""
    return _("计划到期 {n} 张还没有做：{names}{more}。按 Ctrl+J 去做。").format(n=len(due), names=names, more=more)
