"""The form of a depreciation schedule: the asset, its months, and where the depreciation goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from villagebooks.core.money import said_yuan
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem
from villagebooks.core.schedule import (
    EVERY,
    USES,
    Schedule,
    Wear,
    due_lines,
    dues,
    month_count,
    use_words,
    wear_accounts,
    wear_schedule,
)
from villagebooks.core.words import _
from villagebooks.gui.choice import ChoiceEdit
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import LabelledRows
from villagebooks.gui.form import CHOICE, COUNT, MONEY, Field, Form, required
from villagebooks.gui.month import read_typed_month
from villagebooks.gui.page import label
from villagebooks.gui.theme import px
from villagebooks.gui.voucher.row import account_choices


def every_words() -> dict[int, str]:
    """How often a schedule drafts."""
    words = {1: _("每月"), 3: _("每季末月"), 6: _("6月、12月"), 12: _("12月")}
    return {months: words[months] for months in EVERY}


def month_fault(field: str) -> Problem:
    """A month that is none."""
    return Problem(_("月份写成 2026-10 这样"), field=field)


class WearForm(QWidget):
    """Asset and months at the left; the accounts, what each time comes to, and a hint at the right."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self.form = Form(_fields())
        self.debit, self.credit, self.worth = ChoiceEdit(), ChoiceEdit(), label("", "heading")
        self.debit.setAccessibleName(_("折旧记到"))
        self.credit.setAccessibleName(_("累计折旧科目"))
        self.form.changed.connect(self._look)
        cast(QComboBox, self.form.entry("use")).currentIndexChanged.connect(self._find_accounts)
        words = _(
            "直线法，从增加的下一个月提到处置的当月。中途接手的资产，写已提的折旧和从哪个月起由本程序提。"
            "处置时按“停止”，写处置的月份。"
        )
        hint = label(words, "muted")
        for long in (hint, self.worth):
            long.setWordWrap(True)
        accounts = QWidget()
        rows = LabelledRows(accounts)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(2 * px("gap_px"))
        rows.setVerticalSpacing(px("gap_px"))
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        rows.addRow(_("折旧记到"), self.debit)
        rows.addRow(_("累计折旧"), self.credit)
        right = QVBoxLayout()
        for part in (accounts, self.worth, hint):
            right.addWidget(part)
        right.addStretch(1)
        box = QHBoxLayout(self)
        box.setSpacing(px("gap_px") * 3)
        box.addWidget(self.form, 1, Qt.AlignmentFlag.AlignTop)
        box.addLayout(right, 1)

    def begin(self) -> None:
        """Empty, with the accounts that the first use has in this book."""
        self.form.put(dict.fromkeys(("cost_fen", "residual_fen", "worn_fen"), 0))
        self.form.put({"name": "", "months": "", "since": "", "added": str(self._seat.month)})
        for edit in (self.debit, self.credit):
            edit.set_choices(account_choices(self._seat.entry))
        self._find_accounts()

    def put(self, one: Schedule) -> None:
        """Show a schedule."""
        wear, last = one.wear, one.last
        if wear is None or last is None:
            return
        self.form.put(
            {
                "name": one.name, "use": use_words()[wear.use], "cost_fen": wear.cost_fen, "since": str(one.first),
                "residual_fen": wear.residual_fen, "added": str(wear.added), "worn_fen": wear.worn_fen,
                "months": month_count(wear.added.next(), last), "every": every_words()[one.every],
            }
        )  # fmt: skip
        self.debit.put(one.lines[0].account)
        self.credit.put(one.lines[-1].account)

    def read(self) -> tuple[Schedule | None, Sequence[Problem]]:
        """The schedule that the form says, or what is wrong with it."""
        for edit in (self.debit, self.credit):
            edit.take()
        values = self.form.values()
        problems = [] if values["name"] else [Problem(_("请写资产名称"), field="name")]
        problems += self._faults(values)
        if not self.debit.key or not self.credit.key:
            problems.append(Problem(_("请选折旧记到哪个科目、累计折旧是哪个科目"), field="use"))
        return (None, problems) if problems else (self._schedule(values), ())

    def _faults(self, values: dict[str, Any]) -> list[Problem]:
        faults = [month_fault("added")] if self._month(values["added"]) is None else []
        if values["since"] and self._month(values["since"]) is None:
            faults.append(month_fault("since"))
        told = self.form.misread()
        faults += told
        unread = {one.field for one in told}
        if not values["months"] and "months" not in unread:
            faults.append(Problem(_("写折旧一共几个月，例如 5 年写 60"), field="months"))
        if not values["cost_fen"] and "cost_fen" not in unread:
            faults.append(Problem(_("请写原值"), field="cost_fen"))
        return faults

    def _schedule(self, values: dict[str, Any]) -> Schedule:
        added = self._month(values["added"]) or self._seat.month
        start = self._seat.book.start if self._seat.book else added
        use = next(name for name, words in use_words().items() if words == values["use"])
        every = next(months for months, words in every_words().items() if words == values["every"])
        wear = Wear(use, added, values["cost_fen"] or 0, values["residual_fen"] or 0, values["worn_fen"] or 0)
        since, accounts = self._month(values["since"]) or start, (self.debit.key, self.credit.key)
        return wear_schedule(values["name"], wear, values["months"] or 1, since, every, accounts)

    def _month(self, text: str) -> Month | None:
        return read_typed_month(text, self._seat.month.year) if text else None

    def _find_accounts(self, *_place: object) -> None:
        """The accounts of the use, as far as the chart tells."""
        if self._seat.book is not None:
            words = cast(QComboBox, self.form.entry("use")).currentText()
            use = next((name for name, text in use_words().items() if text == words), USES[0])
            debit, credit = wear_accounts(self._seat.entry.accounts, self._seat.book.standard, use)
            self.debit.put(debit)
            self.credit.put(credit)

    def _look(self) -> None:
        """What each time comes to, while it is typed."""
        values = self.form.values()
        text = ""
        if values["cost_fen"] and values["months"] and not self._faults(values):
            plan = self._schedule(values)
            if plan.last is not None and plan.first <= plan.last and plan.lines[0].debit_fen > 0:
                times = dues(plan, plan.last)
                lines = due_lines(plan, times[0])
                amount = said_yuan(lines[0].debit_fen if lines else 0)
                text = _("{first} 到 {last}，提 {n} 次；第一次 {yuan} 元，末次含尾差").format(
                    first=plan.first, last=plan.last, n=len(times), yuan=amount
                )
        self.worth.setText(text)
        self.worth.setVisible(bool(text))


def _fields() -> tuple[Field, ...]:
    return (
        Field("name", required(_("资产名称"))),
        Field("use", _("用途"), CHOICE, tuple(use_words()[one] for one in USES)),
        Field("cost_fen", required(_("原值（元）")), MONEY), Field("residual_fen", _("预计净残值（元）"), MONEY),
        Field("added", required(_("增加的月份")), hint="2026-08"),
        Field("months", required(_("一共折旧几个月")), COUNT),
        Field("every", _("多久提一次"), CHOICE, tuple(every_words().values())),
        Field("worn_fen", _("接手时已提折旧（元）"), MONEY),
        Field("since", _("从哪个月起由本程序提"), hint=_("空着：增加的下一个月")),
    )  # fmt: skip
