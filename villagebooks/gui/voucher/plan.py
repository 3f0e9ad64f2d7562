"""The forms of a schedule: entries that come again or are spread, and depreciation, one a tab."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from villagebooks.core.period import Month
from villagebooks.core.problem import Problem
from villagebooks.core.schedule import EACH, LAST_DAY, MONTH, RECURRING, RENT, TOTAL, YEAR, Schedule, kind_words
from villagebooks.core.template import find_account
from villagebooks.core.unsaved_form import UnsavedForm
from villagebooks.core.voucher import Draft, Line, Voucher
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import CHOICE, COUNT, Field, Form, required, settle
from villagebooks.gui.kept import Entry, FormKeeper, HandedIn
from villagebooks.gui.keymap import show_key
from villagebooks.gui.month import read_typed_month
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.tab import Tabs
from villagebooks.gui.theme import px
from villagebooks.gui.voucher.form import VoucherForm
from villagebooks.gui.voucher.wear import WearForm, every_words, month_fault
from villagebooks.services.account import today
from villagebooks.services.schedule import save_schedule
from villagebooks.services.unsaved import PLAN


def mode_words() -> dict[str, str]:
    """What the amounts of the lines are."""
    return {EACH: _("每次的金额"), TOTAL: _("总额，按月分摊")}


class PlanLines(VoucherForm):
    """The rows of a voucher without head and names: what a schedule drafts."""

    least_rows = 5

    def _build_head(self, box: QVBoxLayout) -> None:
        self._away(super()._build_head, box)

    def _build_foot(self, box: QVBoxLayout) -> None:
        self._away(super()._build_foot, box)

    def _away(self, build: Callable[[QVBoxLayout], None], box: QVBoxLayout) -> None:
        holder = QWidget(self)
        build(QVBoxLayout(holder))
        box.addWidget(holder)
        holder.hide()


class PlanForm(QWidget):
    """Name and months above in two columns, the lines below over the whole width."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self.form, self.lines = Form(_fields(), beside=True), PlanLines()
        cast(QComboBox, self.form.entry("kind")).activated.connect(self._offer_rent)
        words = _("摘要里写 {year} 和 {month}，做凭证时换成那一期的年、月，例如：分摊{year}年{month}月门面租金")
        hint = label(words.format(year=YEAR, month=MONTH), "muted")
        hint.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setSpacing(px("gap_px"))
        for part in (self.form, hint, self.lines):
            box.addWidget(part, 100 if part is self.lines else 0)  # as high as its rows, no higher
        box.addStretch(1)

    def _offer_rent(self, *_place: object) -> None:
        """Rent is spread from what was received in advance: the usual entry, while nothing is written yet."""
        rent = cast(QComboBox, self.form.entry("kind")).currentText() == kind_words()[RENT]
        if rent and not self.lines.draft().lines:
            self.form.put({"mode": mode_words()[TOTAL]})
            words = _("分摊{year}年{month}月租金").format(year=YEAR, month=MONTH)
            pairs = (("211", "应付款"), ("50102", "租赁收入"))
            accounts = self._seat.entry.accounts
            self.lines.put_lines([Line(words, find_account(accounts, code, name)) for code, name in pairs])

    def begin(self, voucher: Voucher | None) -> None:
        """Empty, or with the lines of a voucher that is to come again."""
        lines = voucher.lines if voucher else ()
        self.form.put(
            {
                "name": lines[0].summary if lines else "", "first": str(self._seat.month), "last": "", "day": LAST_DAY,
                "attachment_count": 0, "mode": mode_words()[EACH], "kind": kind_words()[RECURRING],
            }
        )  # fmt: skip
        self.lines.use(self._seat.entry, Month(1900, 1))
        day = today(self._seat.office)
        self.lines.put(Draft(day, lines), None, self._seat.month, self._seat.person)

    def put(self, one: Schedule) -> None:
        """Show a schedule."""
        self.form.put(
            {
                "name": one.name, "first": str(one.first), "last": str(one.last or ""), "day": one.day,
                "attachment_count": one.attachment_count, "mode": mode_words()[one.mode],
                "kind": kind_words()[one.kind], "every": every_words()[one.every],
            }
        )  # fmt: skip
        self.lines.put_lines(one.lines)

    def read(self) -> tuple[Schedule | None, Sequence[Problem]]:
        """The schedule that the form says, or what is wrong with its months."""
        self.lines.settle()
        values = self.form.values()
        first, last = (self._month(values[name]) for name in ("first", "last"))
        problems = self.form.misread() + self.lines.misread()
        problems += [month_fault("last")] if values["last"] and last is None else []
        if first is None:
            return None, [month_fault("first"), *problems]
        if problems:
            return None, problems
        kind = next(name for name, words in kind_words().items() if words == values["kind"])
        mode = next(name for name, words in mode_words().items() if words == values["mode"])
        every = next(months for months, words in every_words().items() if words == values["every"])
        return Schedule(
            "", values["name"], kind, mode, self.lines.draft().lines, first, last, every, values["day"] or LAST_DAY,
            attachment_count=values["attachment_count"],
        ), ()  # fmt: skip

    def _month(self, text: str) -> Month | None:
        return read_typed_month(text, self._seat.month.year) if text else None


class PlanPanel(QFrame):
    """`saved` carries the schedule, `left` that none was made."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.setObjectName("card")
        self._seat = seat
        self._uid, self._is_refused = "", False
        self.strip, self.tabs = Strip(), Tabs()
        self.tabs.currentChanged.connect(self._forget)
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(button(_("不做了"), self.put_away))
        keep = button("", self.keep, "save", primary=True)
        show_key(keep, _("保存计划（{key}）"), "save")
        acts.addWidget(keep)
        box = QVBoxLayout(self)
        box.addWidget(self.strip)
        box.addWidget(self.tabs, 1)
        box.addLayout(acts)
        self.hide()

    @cached_property
    def plan(self) -> PlanForm:
        """What comes again or is spread; built when a schedule is first begun, as its neighbour is."""
        made = PlanForm(self._seat)
        self.tabs.insertTab(0, made, _("每月重复、租金分摊"))
        return made

    @cached_property
    def wear(self) -> WearForm:
        """Depreciation."""
        made = WearForm(self._seat)
        self.tabs.addTab(made, _("计提折旧"))
        return made

    def begin(self, voucher: Voucher | None = None) -> None:
        """A new schedule: empty, or with the lines of a voucher that is to come again."""
        self._uid = ""
        self.strip.say("")
        self.plan.begin(voucher)
        self.wear.begin()
        settle(self)
        self.keeper.begin()
        self.show()
        self.tabs.setCurrentIndex(0)
        self.plan.form.entry("name").setFocus()

    def change(self, one: Schedule) -> None:
        """A schedule of which nothing was drafted yet, to be changed."""
        self.begin()
        self._uid = one.uid
        form = self.wear if one.wear else self.plan
        self.tabs.setCurrentWidget(form)
        form.put(one)
        settle(self)
        self.keeper.begin(one.uid)
        form.form.entry("name").setFocus()

    @cached_property
    def keeper(self) -> FormKeeper:
        """Keeps what stands in both forms."""
        plan, wear = self.plan, self.wear
        entries: dict[str, Entry] = {"plan": plan.form, "wear": wear.form}  # the use first: it proposes accounts
        entries |= {"debit": wear.debit, "credit": wear.credit}
        keeper = FormKeeper(self._seat, self, PLAN, entries, plan.lines)
        keeper.failed.connect(self.strip.hint)
        return keeper

    def restore(self, one: UnsavedForm, schedule: Schedule | None) -> None:
        """What an earlier run left: in the schedule that was being changed, or as a new one."""
        if schedule is not None:
            self.change(schedule)
        else:
            self.begin()
        if one.text("wear.name").strip() and not one.text("plan.name").strip():
            self.tabs.setCurrentWidget(self.wear)

    def leave_behind(self) -> None:
        """Another book, month or person: what was typed stays kept for the last one."""
        if not self.isHidden():
            self.hide()
            self.keeper.leave_behind()
            settle(self)

    def keep(self) -> None:
        """Save the schedule of the tab that shows."""
        plan, problems = self._shown().read()
        if plan is None:
            self._refuse(problems)
            return
        act = partial(save_schedule, self._seat.desk, replace(plan, uid=self._uid))
        done = partial(self._saved, self.keeper.hand_in())
        self._seat.worker.write(act, done, self._refuse, _("保存计划"))

    def put_away(self) -> None:
        """None is made; what was typed is given up the second time only."""
        if not self.isHidden() and self.keeper.may_leave(self.strip):
            self.hide()
            settle(self)
            self.left.emit()

    def _shown(self) -> PlanForm | WearForm:
        return self.wear if self.tabs.currentIndex() else self.plan

    def _saved(self, handed: HandedIn, one: Schedule) -> None:
        if self.keeper.arrived(handed):
            self.hide()
            settle(self)
        self.saved.emit(one)

    def _forget(self, _place: int) -> None:
        """What one form was refused for says nothing of its neighbour."""
        if self._is_refused:
            self._is_refused = False
            self.strip.say("")

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self._is_refused = True
        self.strip.show_problems(problems)
        form = self._shown().form
        form.show_problems(problems)
        self.plan.lines.show_problems(problems)
        form.go_to_problem()


def _fields() -> tuple[Field, ...]:
    kinds = tuple(kind_words()[kind] for kind in (RECURRING, RENT))
    return (
        Field("name", required(_("计划名称"))), Field("kind", _("种类"), CHOICE, kinds),
        Field("mode", _("金额是"), CHOICE, tuple(mode_words().values())),
        Field("first", required(_("第一个月")), hint="2026-10"),
        Field("last", _("最后一个月"), hint=_("空着：一直到停止")),
        Field("every", _("多久一次"), CHOICE, tuple(every_words().values())),
        Field("day", _("几日（31 是月末）"), COUNT), Field("attachment_count", _("附单据数"), COUNT),
    )  # fmt: skip
