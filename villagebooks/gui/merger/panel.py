"""The two panels of 合村并账: mergers with what moves, and the balances by former village."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from villagebooks.core.book import Book
from villagebooks.core.former import FormerReport, FormerRow, former_word
from villagebooks.core.merger import FINISHED, MoveWords
from villagebooks.core.migration import side_yuan
from villagebooks.core.voucher import Voucher, state_word
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import Tall
from villagebooks.gui.form import CHOICE, DAY, Field, Form, required
from villagebooks.gui.key import KeyRing, SignStrip
from villagebooks.gui.page import button, label
from villagebooks.gui.table import MONEY, NUMBER, STATE, Column, Table
from villagebooks.gui.theme import DONE, WAIT, Mark, px, span
from villagebooks.services.account import today
from villagebooks.services.merger import MergerState

SIDE = 360


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form asks for."""

    source: str
    target: str
    day: date
    basis: str


class MergePanel(QWidget):
    """Above the mergers, below what the one in hand moves (or the plan of the form), then the form."""

    def __init__(self, seat: Seat, ring: KeyRing, look: Callable[[], None], begin: Callable[[], None]) -> None:
        super().__init__()
        self._seat = seat
        self._sure = ""
        self.table = Table(
            (
                Column(_("旧账套"), lambda one: one.merger.source, width=12),
                Column(_("并入"), lambda one: one.merger.target, width=12),
                Column(_("原村"), lambda one: one.merger.former, width=14),
                Column(_("并账日"), lambda one: one.merger.day, width=12),
                Column(_("怎样"), _merger_mark, STATE, 12),
                Column(_("转出凭证"), lambda one: _voucher_word(one.going), width=18),
                Column(_("转入凭证"), lambda one: _voucher_word(one.coming), width=18),
                Column(_("依据"), lambda one: one.merger.basis),
            ),
            _("并账"), _("还没有并过账。在下面选旧账套和新账套，先看一看要转什么。"), filtered=False,
        )  # fmt: skip
        self.table.setMaximumHeight(5 * px("row_px") + 40)
        self.moves = Table(
            (
                Column(_("旧账套科目"), lambda one: one.old, width=22),
                Column(_("明细"), lambda one: one.old_words, width=24, spare=True),
                Column(_("余额"), lambda one: one.balance_fen, NUMBER, 15, text=_balance),
                Column(_("新账套科目"), lambda one: one.new), Column(_("明细"), lambda one: one.new_words, width=26),
            ),
            _("要转的余额"), _("选一次并账，或按“看一看”。"),
        )  # fmt: skip
        self.form = Form(
            (
                Field("source", required(_("旧账套")), CHOICE), Field("target", required(_("新账套")), CHOICE),
                Field("day", required(_("并账日")), DAY),
                Field("basis", required(_("依据")), hint=_("批准并村的文件、文号，移交表")),
            )
        )  # fmt: skip
        self.form.put({"day": today(seat.office).replace(day=1)})
        self.sign = SignStrip(seat, ring)
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(button(_("看一看"), look, "eye"))
        acts.addWidget(button(_("开始并账"), begin, "check", primary=True))
        hint = label(
            _(
                "一般以 1 日为并账日：旧账套先结到上个月、损益结转清零，这一天只有一张转出凭证。"
                "债权债务、专项资金、银行账户都带着“〔原某村〕”转入，各村的账不混。"
            ),
            "muted",
        )
        hint.setWordWrap(True)
        side = Tall()
        side.setFixedWidth(span(SIDE))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (label(_("新并一个账套"), "heading"), self.form):
            column.addWidget(part)
        column.addLayout(acts)
        column.addWidget(hint)
        column.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(px("gap_px") * 3)
        middle.addWidget(self.moves, 1)
        middle.addWidget(side)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px("gap_px"), 0, 0)
        box.addWidget(self.table)
        box.addLayout(middle, 1)
        box.addWidget(self.sign)
        self.setFocusProxy(self.table.view)

    def offer(self, books: Sequence[Book]) -> None:
        """Books that may go, and those that may take."""
        kept = [one for one in books if one.stopped is None]
        for name in ("source", "target"):
            entry = cast(QComboBox, self.form.entry(name))
            here = entry.currentData()
            entry.blockSignals(True)
            entry.clear()
            for one in kept:
                entry.addItem(f"{one.code} {one.name}", one.code)
            entry.setCurrentIndex(max(0, entry.findData(here)))
            entry.blockSignals(False)

    def values(self) -> Wanted:
        """What the form says."""
        values = self.form.values()
        codes = [str(cast(QComboBox, self.form.entry(name)).currentData() or "") for name in ("source", "target")]
        return Wanted(codes[0], codes[1], values["day"], values["basis"])

    def put(self, states: Sequence[MergerState]) -> None:
        """Show the mergers, the newest in hand."""
        self._sure = ""
        had = len(self.table.model.records())
        self.table.put(states)
        if len(states) != had:
            self.table.view.selectRow(len(states) - 1)

    def sure(self, uid: str) -> bool:
        """False the first time for a merger, True the second."""
        was, self._sure = self._sure == uid, uid
        return was

    def show_moves(self, moves: Sequence[MoveWords]) -> None:
        """What the merger in hand moves, or what the form would."""
        self.moves.put(moves)


def _merger_mark(one: MergerState) -> Mark:
    if one.merger.state == FINISHED:
        return Mark(_("已完成"), DONE)
    return Mark(_("等签字") if one.problems else _("可以完成"), WAIT)


def _voucher_word(one: Voucher | None) -> str:
    if one is None:
        return ""
    return f"{one.month} {one.title} {state_word(one.state)}"


def _balance(one: MoveWords) -> str:
    return side_yuan(one.balance_fen)


class FormerPanel(QWidget):
    """Every balance of the book in hand, one former village or all of them."""

    def __init__(self) -> None:
        super().__init__()
        self._report: FormerReport | None = None
        self.table = Table(
            (
                Column(_("原村"), lambda row: row.former, width=22, text=_former),
                Column(_("科目"), lambda row: row.account, width=12), Column(_("名称"), lambda row: row.name),
                Column(_("明细"), lambda row: row.words, width=34),
                Column(_("借方余额"), lambda row: max(row.balance_fen, 0), MONEY, 18, total=True),
                Column(_("贷方余额"), lambda row: max(-row.balance_fen, 0), MONEY, 18, total=True),
            ),
            _("按原村列示"), _("这个账套没有余额。"),
        )  # fmt: skip
        self.title = label("", "muted")
        self.which = Combo()
        self.which.setAccessibleName(_("哪个原村"))
        self.which.currentIndexChanged.connect(self._fill)
        self.table.head.addWidget(self.title)
        self.table.head.addWidget(self.which)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px("gap_px"), 0, 0)
        box.addWidget(self.table)
        self.setFocusProxy(self.table.view)

    def put(self, report: FormerReport) -> None:
        """Show a report."""
        self._report = report
        here = self.which.currentData()
        self.which.blockSignals(True)
        self.which.clear()
        self.which.addItem(_("全部"), None)
        for former in report.formers:
            self.which.addItem(former_word(former), former)
        self.which.setCurrentIndex(max(0, self.which.findData(here, Qt.ItemDataRole.UserRole)))
        self.which.blockSignals(False)
        self.title.setText(_("账套 {code} {name} {month} 末").format(
            code=report.book, name=report.name, month=report.month
        ))  # fmt: skip
        self._fill()

    def _fill(self, *_choice: object) -> None:
        if self._report is not None:
            former = self.which.currentData()
            self.table.put(self._report.rows if former is None else self._report.rows_of(former))


def _former(row: FormerRow) -> str:
    return former_word(row.former)
