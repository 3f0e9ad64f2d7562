"""The five steps of 转换制度 as panels: what each shows and where typing begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from villagebooks.core.account import next_code
from villagebooks.core.migration import (
    ASSETS_TOTAL,
    DRAFT,
    FINISHED,
    OTHER_TOTAL,
    MigrationPaper,
    PaperHead,
    PaperRow,
    Part,
    SheetPair,
    odd_parts,
    side_by_side,
    side_yuan,
    total_of,
)
from villagebooks.core.money import said_yuan
from villagebooks.core.statement import Statement, StatementRow
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import CHOICE, Field, Form, required
from villagebooks.gui.key import KeyRing, SignStrip
from villagebooks.gui.migration.decision import DecisionBox
from villagebooks.gui.page import button, label
from villagebooks.gui.table import MONEY, NUMBER, STATE, Column, Table
from villagebooks.gui.theme import DONE, LATE, PLAIN, WAIT, Mark, px, span
from villagebooks.services.migration import OldBook, PaperState

MOST = 8
"""Problems told at once."""


class BookStep(QWidget):
    """1: the books of 2004, and the new book that this one becomes."""

    def __init__(self, begin: Callable[[], None], give_up: Callable[[], None]) -> None:
        super().__init__()
        columns = (
            Column(_("代码"), lambda one: one.book.code, width=10), Column(_("账套"), lambda one: one.book.name),
            Column(_("结账到哪年末"), lambda one: str(one.closed or ""), width=14, text=_closed),
            Column(_("底稿"), _paper_mark, STATE, 16),
            Column(_("新账套"), lambda one: one.successor, width=14),
        )  # fmt: skip
        self.table = Table(columns, _("2004 年制度的账套"), _("没有用 2004 年会计制度的账套。"), filtered=False)
        self.form = Form(
            (
                Field("code", required(_("新账套代码"))), Field("name", required(_("新账套名称"))),
                Field("chart", _("新账套的科目"), CHOICE),
            )
        )  # fmt: skip
        self.form.setMaximumWidth(span(760))
        self.note = label("", "muted")
        self.note.setWordWrap(True)
        self.begin, self.drop = button(_("开始转换"), begin, "check", primary=True), button(_("放弃底稿"), give_up, "x")
        self._sure = False
        acts = QHBoxLayout()
        acts.addWidget(self.begin)
        acts.addWidget(self.drop)
        acts.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px("gap_px"), 0, 0)
        box.addWidget(self.table, 1)
        box.addWidget(self.note)
        box.addWidget(self.form)
        box.addLayout(acts)
        self.setFocusProxy(self.table.view)

    def put(
        self, books: Sequence[OldBook], charts: Sequence[tuple[str, str]], one: OldBook | None, state: PaperState | None
    ) -> None:
        """Show the books, and the form of the one in hand; `charts` are (key, words)."""
        self._sure = False
        self.table.put(books)
        if one is not None:
            self.table.go_to(lambda row: row.book.code == one.book.code)
        like = cast(QComboBox, self.form.entry("chart"))
        with self.form.filling():
            like.clear()
            for key, words in charts:
                like.addItem(words, key)
        head = state.paper.head if state else None
        if one is not None:
            code = head.code if head else f"{one.book.code}-2023"
            self.form.fill({"code": code, "name": head.name if head else one.book.name}, of=one.book.code)
        if head:
            like.setCurrentIndex(max(0, like.findData(head.template)))
        still = head is not None and head.state != DRAFT
        self.form.set_read_only(still)
        self.begin.setText(_("改新账套") if head else _("开始转换"))
        self.begin.setVisible(not still and one is not None and one.closed is not None)
        self.drop.setVisible(head is not None and not still)
        self.note.setText(_book_note(one, head))

    def like(self) -> str:
        """Code of the book whose accounts the new one takes, empty for level 1."""
        return str(cast(QComboBox, self.form.entry("chart")).currentData() or "")

    def sure(self) -> bool:
        """False the first time, True the second."""
        was, self._sure = self._sure, True
        return was


def _closed(one: OldBook) -> str:
    return str(one.closed) if one.closed else _("年末还没有结账")


def _paper_mark(one: OldBook) -> Mark:
    if one.head is None:
        return Mark(_("没有"), PLAIN)
    return Mark(_("已完成"), DONE) if one.head.state == FINISHED else Mark(_("正在做"), WAIT)


def _book_note(one: OldBook | None, head: PaperHead | None) -> str:
    if one is None:
        return _(
            "选一个账套。转换从已结账的年末开始：旧余额按科目名称对照（代码相同的科目意思不同），一行一行由人定，签字后开新账套。"
        )
    if head and head.state == FINISHED:
        return _("已转换：新账套 {code}，{at} 签字完成。").format(code=head.code, at=head.finished_at[:10])
    if head:
        return _("{month} 的底稿，{name}在 {at} 开始。").format(
            month=head.month, name=head.made_by, at=head.made_at[:10]
        )
    if one.closed is None:
        return _("这个账套还没有结过年末的账。先到“结账”里把 12 月结了。")
    return _("从 {month} 的余额开始，新账套从 {start} 起记账。").format(month=one.closed, start=one.closed.next())


class BalancesStep(QWidget):
    """2: the old balances by lowest detail, as they go into the paper."""

    def __init__(self, refresh: Callable[[], None]) -> None:
        super().__init__()
        columns = (
            Column(_("行"), lambda row: row.line, NUMBER, 5),
            Column(_("原科目"), lambda row: row.detail.account, width=10),
            Column(_("名称"), lambda row: row.path), Column(_("明细"), lambda row: row.detail.words, width=26),
            Column(_("借方余额"), lambda row: max(row.detail.balance_fen, 0), MONEY, 16, total=True),
            Column(_("贷方余额"), lambda row: max(-row.detail.balance_fen, 0), MONEY, 16, total=True),
        )  # fmt: skip
        self.table = Table(columns, _("旧余额"))
        self.note = label("", "muted")
        self.again = button(_("重新取数"), refresh, "refresh-cw")
        self.table.head.addWidget(self.note)
        self.table.head.addWidget(self.again)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px("gap_px"), 0, 0)
        box.addWidget(self.table)
        self.setFocusProxy(self.table.view)

    def put(self, state: PaperState, still: bool) -> None:
        """Show the rows."""
        self.table.put(state.paper.rows)
        head = state.paper.head
        self.note.setText(_("{book} {month} 末，资产总计 {yuan}").format(
            book=head.book, month=head.month, yuan=said_yuan(total_of(state.sheets.old, ASSETS_TOTAL) or 0)
        ))  # fmt: skip
        self.again.setVisible(not still)


class RowsStep(QWidget):
    """3: every row with its state; below, the decision of the one in hand."""

    def __init__(
        self,
        decide: Callable[[PaperRow, Sequence[Part], str], None],
        open_account: Callable[[str, str], None],
        drop_account: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._decide, self._open, self._drop = decide, open_account, drop_account
        self._state: PaperState | None = None
        self._still = False
        columns = (
            Column(_("行"), lambda row: row.line, NUMBER, 5), Column(_("怎样"), row_mark, STATE, 9),
            Column(_("原科目"), lambda row: row.title),
            Column(_("余额"), lambda row: row.detail.balance_fen, NUMBER, 16, text=_balance),
            Column(_("转到"), lambda row: ", ".join(part.account for part in row.parts), width=34, text=self._targets),
        )  # fmt: skip
        self.table = Table(columns, _("底稿的行"), _("没有等人决定的行。"))
        self.only = QCheckBox(_("只看等人决定的"))
        self.only.toggled.connect(self._fill)
        self.box = DecisionBox()
        self.box.decided.connect(self._decided)
        self.code, self.name = QLineEdit(), QLineEdit()
        for edit, words in ((self.code, _("新科目代码")), (self.name, _("新科目名称"))):
            edit.setAccessibleName(words)
            edit.setPlaceholderText(words)
            edit.setFixedWidth(edit.fontMetrics().horizontalAdvance(words) + 60)
        self.name.returnPressed.connect(self._grow)
        self.grow = button(_("增设科目"), self._grow, "plus")
        self.shrink = button(_("去掉这个增设的科目"), self._take_back, "x")
        for part in (self.code, self.name, self.grow, self.shrink, self.only):
            self.table.head.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px("gap_px"), 0, 0)
        box.setSpacing(px("gap_px"))
        box.addWidget(self.table, 1)
        box.addWidget(self.box)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._type)
        self.setFocusProxy(self.table.view)

    def put(self, state: PaperState, still: bool) -> None:
        """Show the rows, the one in hand again."""
        here = self.table.current()
        self._state, self._still = state, still
        self._fill()
        if here is None or not self.table.go_to(lambda row: row.line == here.line):
            self.table.view.selectRow(0)
        self._choose(self.table.current())
        for part in (self.code, self.name, self.grow, self.shrink):
            part.setVisible(not still)

    def go_to_open(self) -> None:
        """To the next row that waits for a person, ready to type."""
        if self.table.go_to(lambda row: row.is_open):
            self._type(self.table.current())
        else:
            self.table.view.setFocus()

    def _fill(self, *_toggled: object) -> None:
        if self._state is not None:
            rows = self._state.paper.rows
            self.table.put(self._state.paper.open_rows if self.only.isChecked() else rows)

    def _choose(self, row: PaperRow | None) -> None:
        self.box.setVisible(row is not None)
        if row is not None and self._state is not None:
            paper = self._state.paper
            self.box.put(paper, row, self._still)
            above = next((rule.new_code for rule in row.rules if rule.new_code in paper.chart), "")
            self.code.setText(next_code(paper.chart, above) if above else "")
            self.name.clear()
        QTimer.singleShot(0, self, self._keep_in_sight)  # the box below takes its height first

    def _keep_in_sight(self) -> None:
        self.table.view.scrollTo(self.table.view.currentIndex())

    def _type(self, _row: PaperRow) -> None:
        if not self._still:
            self.box.first().setFocus()

    def _decided(self, parts: Sequence[Part], reason: str) -> None:
        row = self.table.current()
        if row is not None:
            self._decide(row, parts, reason)

    def _grow(self) -> None:
        self._open(self.code.text().strip(), self.name.text().strip())

    def _take_back(self) -> None:
        self._drop(self.code.text().strip())

    def _targets(self, row: PaperRow) -> str:
        return target_words(self._state.paper, row) if self._state else ""


def _balance(row: PaperRow) -> str:
    return side_yuan(row.detail.balance_fen)


def row_mark(row: PaperRow) -> Mark:
    """待决定, 已定 or 照转."""
    if row.is_open:
        return Mark(_("待决定"), LATE)
    return Mark(_("已定"), DONE) if row.decisions else Mark(_("照转"), PLAIN)


def target_words(paper: MigrationPaper, row: PaperRow) -> str:
    """The new accounts with their names; the amounts too when there are several."""
    several = len(row.parts) > 1
    return _("、").join(
        f"{part.account} {paper.name_of(part.account)}" + (f" {side_yuan(part.amount_fen)}" if several else "")
        for part in row.parts
    )


class SheetsStep(QWidget):
    """4: the old balance sheet and the new opening one side by side, and what does not tie."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.problems = label("", "heading"), label("", "muted")
        self.state.setWordWrap(True)
        self.problems.setWordWrap(True)
        self.problems.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        columns = (
            Column(_("行次"), lambda one: one.old.line_no if one.old else "", width=6),
            Column(_("旧资产负债表（2004）"), lambda one: one.old.label if one.old else ""),
            Column(_("年末余额"), lambda one: _amount(one.old), MONEY, 18, text=lambda one: _figure(one.old)),
            Column(_("行次"), lambda one: one.new.line_no if one.new else "", width=6),
            Column(_("新资产负债表（2023）"), lambda one: one.new.label if one.new else ""),
            Column(_("年初余额"), lambda one: _amount(one.new), MONEY, 18, text=lambda one: _figure(one.new)),
        )  # fmt: skip
        self.table = Table(columns, _("两张资产负债表对照"), filtered=False)
        self.table.view.setSortingEnabled(False)
        self.table.foot.hide()
        self.table.model.is_strong = _is_total
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px("gap_px"), 0, 0)
        box.addWidget(self.state)
        box.addWidget(self.table, 1)
        box.addWidget(self.problems)
        self.setFocusProxy(self.table.view)

    def put(self, state: PaperState) -> None:
        """Show both sheets."""
        self.table.put(side_by_side(state.sheets))
        self.state.setText(self.total_words(state))
        self.problems.setText(_first([str(one) for one in (*state.problems, *odd_parts(state.paper))]))

    def total_words(self, state: PaperState) -> str:
        """Both totals of both sheets in one line."""
        return _("资产总计　旧 {old}　新 {new}　　负债和所有者权益总计　旧 {a}　新 {b}").format(
            old=_total(state.sheets.old, ASSETS_TOTAL), new=_total(state.sheets.new, ASSETS_TOTAL),
            a=_total(state.sheets.old, OTHER_TOTAL), b=_total(state.sheets.new, OTHER_TOTAL),
        )  # fmt: skip


def _total(sheet: Statement, name: str) -> str:
    return said_yuan(total_of(sheet, name) or 0)


def _amount(row: StatementRow | None) -> int | None:
    return row.amounts_fen[0] if row and row.amounts_fen else None


def _figure(row: StatementRow | None) -> str:
    amount = _amount(row)
    return "" if amount is None else said_yuan(amount)


def _is_total(one: SheetPair) -> bool:
    return one.is_total


class SignStep(QWidget):
    """5: what finishing does, what still keeps it, and the two signatures."""

    def __init__(self, seat: Seat, ring: KeyRing, ask: Callable[[], None]) -> None:
        super().__init__()
        self.words, self.left = label("", "heading"), label("", "muted")
        for one in (self.words, self.left):
            one.setWordWrap(True)
        self.act = button(_("签字完成…"), ask, "stamp", primary=True)
        self.strip = SignStrip(seat, ring)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px("gap_px"), 0, 0)
        box.addWidget(self.words)
        box.addWidget(self.left)
        box.addWidget(self.act, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)
        box.addWidget(self.strip)
        self.setFocusProxy(self.act)

    def put(self, state: PaperState) -> None:
        """Show where the paper stands."""
        head, problems = state.paper.head, state.problems
        done = head.state == FINISHED
        if done:
            text = _("底稿已于 {at} 签字完成，新账套 {code}。打印出来签字盖章，作新账套期初凭证的附件。")
            self.words.setText(text.format(at=head.finished_at[:10], code=head.code))
        elif problems:
            self.words.setText(_("还不能签字：{n} 处没有定或对不上").format(n=len(problems)))
        else:
            self.words.setText(_("每行都定了，两张资产负债表相等，可以签字。代理会计编制，中心主任审核。"))
        self.left.setText(_first([str(one) for one in problems]))
        self.act.setVisible(not done)
        self.act.setEnabled(not problems)


def _first(told: Sequence[str]) -> str:
    """The first sentences, and how many more there are."""
    more = _("\n……还有 {n} 条").format(n=len(told) - MOST) if len(told) > MOST else ""
    return "\n".join(told[:MOST]) + more
