"""银行对账: left the books, right the bank, below what belongs together; by keyboard as by mouse."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from villagebooks.core.bank import BANK, BOOK, BankMatch, BankStatement, MoneyItem
from villagebooks.core.money import said_yuan
from villagebooks.core.problem import Problem
from villagebooks.core.voucher import Draft
from villagebooks.core.words import _
from villagebooks.gui.cashier.confirm import ConfirmFoot
from villagebooks.gui.cashier.found import Found, read_found
from villagebooks.gui.cashier.opening import OpeningPanel
from villagebooks.gui.cashier.payee import PayeeTeller
from villagebooks.gui.cashier.recovery import StatementRecovery
from villagebooks.gui.cashier.row import (
    PairRow,
    item_columns,
    nothing_words,
    pair_columns,
    pair_of,
    sheet_mark,
)
from villagebooks.gui.cashier.statement import StatementPanel
from villagebooks.gui.cashier.typed import TypedPanel
from villagebooks.gui.combo import Combo
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import FlowRow, Tall
from villagebooks.gui.kept import FormKeeper
from villagebooks.gui.key import KeyRing
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.tab import Panel
from villagebooks.gui.table import Table
from villagebooks.gui.theme import px, set_tone, span
from villagebooks.services.bank import (
    BankMonth,
    draft_from_bank,
    match_automatically,
    match_items,
    undo_match,
)

Key = tuple[str, str, int]
Part = TypeVar("Part", bound=QWidget)
CHOICE_ROOM, WORDS_ROOM = 190, 110


class BankPanel(Panel):
    """`drafted` carries a draft made of bank lines, `printed` the account whose sheet is wanted on paper."""

    drafted = Signal(object)
    printed = Signal(str)

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        super().__init__()
        self._seat = seat
        self._ticked: set[Key] = set()
        self._bank: BankMonth | None = None
        self._asked = ""
        self.strip = Strip()
        self._payees = PayeeTeller(seat, self.strip, self)
        self.account = Combo()
        self.account.setAccessibleName(_("银行账户"))
        self.account.setMinimumWidth(span(CHOICE_ROOM))
        self.account.activated.connect(self._pick)
        self.verdict, self.chosen = label("", "heading"), label("", "muted")
        self.verdict.setMinimumWidth(span(WORDS_ROOM))
        self.verdict.setWordWrap(True)  # a small window has two lines for it rather than words over the account
        self.book = Table(item_columns(BOOK, self._is_ticked), _("村账上没有勾对的"))
        self.bank = Table(item_columns(BANK, self._is_ticked), _("银行没有勾对的"))
        self.pairs = Table(pair_columns(), _("勾对的"), filtered=False)
        self.foot = ConfirmFoot(seat, ring, self.strip)
        self.foot.printed.connect(self._ask_print)
        self.recovery = StatementRecovery(seat, self.strip, self._keeper, self._code, self.go_to, self._begin)
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()

    @cached_property
    def statement(self) -> StatementPanel:
        """What a bank's file says: built when one is first taken in, as the two that follow."""
        return self._add(StatementPanel(self._seat, self._imported, self._show_matching))

    @cached_property
    def opening(self) -> OpeningPanel:
        """What was open before the first statement."""
        return self._add(OpeningPanel(self._seat, self._opened, self._show_matching, self._say_elsewhere))

    @cached_property
    def typed(self) -> TypedPanel:
        """A statement on paper."""
        return self._add(TypedPanel(self._seat, self._imported, self._show_matching, self._say_elsewhere))

    def _add(self, panel: Part) -> Part:
        self.stack.addWidget(panel)
        return panel

    def load(self) -> None:
        """Read the accounts and the one in hand."""
        code = self._asked or self.account.currentData() or ""
        self._seat.worker.read(partial(read_found, self._seat.desk, code), self._take, self._refuse, key=self)
        self.recovery.look()

    def moved(self) -> None:
        """Another book or month: what was typed was for the last one, is kept there and offered there again."""
        self._ticked.clear()
        self.foot.moved()
        for name in ("typed", "opening"):
            if name in vars(self):
                vars(self)[name].leave_behind()
        self._show_matching()

    @property
    def lasting(self) -> bool:
        """Whether a statement is being taken in, or lines are ticked that are not matched."""
        return bool(self._ticked) or self.stack.currentIndex() > 0

    def tell_choices(self) -> str:
        """The account in hand."""
        return str(self.account.currentData() or self._asked)

    def take_choices(self, kept: str) -> None:
        """The same account, when it is read."""
        self._asked = kept

    def go_to(self, account: str) -> None:
        """Show an account, now or when it is read."""
        self._asked = account
        self.load()

    def ask_file(self) -> None:
        """Ask for the bank's file."""
        path, _kind = QFileDialog.getOpenFileName(self, _("银行的对账单"), "", _("对账单 (*.csv *.xlsx *.xls *.txt)"))
        if path:
            self.look_at(Path(path))

    def look_at(self, path: Path) -> None:
        """Show what a bank's file says before it is imported."""
        if self._bank is None:
            return
        self.stack.setCurrentWidget(self.statement)
        self.statement.look_at(self._bank.code, path)

    def ask_paper(self) -> None:
        """A statement that came on paper is typed."""
        if self._bank is not None:
            self.stack.setCurrentWidget(self.typed)
            self.typed.begin(self._bank)

    def ask_opening(self) -> None:
        """Show the items that were open before the first statement."""
        if self._bank is not None:
            self.stack.setCurrentWidget(self.opening)
            self.opening.show_items(self._bank)

    def match_by_program(self) -> None:
        """自动勾对."""
        self._write(partial(match_automatically, self._seat.desk, self._code()), self._matched, _("自动勾对"))

    def match_ticked(self, rest: bool = False) -> None:
        """勾对 what is ticked on both sides."""
        keys = sorted(self._ticked)
        self._write(partial(match_items, self._seat.desk, self._code(), keys, rest), self._kept, _("勾对"))

    def match_with_rest(self) -> None:
        """勾对 and leave the difference open: the bank did a part."""
        self.match_ticked(rest=True)

    def undo(self) -> None:
        """取消勾对 of the chosen match."""
        one = self.pairs.current()
        if one and one.match:
            act = partial(undo_match, self._seat.desk, one.match.uid, self._code())
            self._write(act, self._undone, _("取消勾对"))

    def make_draft(self) -> None:
        """A voucher of the ticked lines of the bank."""
        keys = [key for key in sorted(self._ticked) if key[0] == BANK] or self._pair_at_bank()
        act = partial(draft_from_bank, self._seat.desk, self._code(), keys)
        self._seat.worker.read(act, self._hand_over, self._refuse)

    def _pair_at_bank(self) -> list[Key]:
        """The two lines of a chosen pair that the books never saw."""
        one = self.pairs.current()
        at_bank = one is not None and all(item.side == BANK for item in one.items)
        return [item.key for item in one.items] if one is not None and at_bank else []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space ticks in both lists, Delete undoes a match."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Space and watched in (self.book.view, self.bank.view):
                self._toggle((self.book if watched is self.book.view else self.bank).current())
                return True
            if event.key() == Qt.Key.Key_Delete and watched is self.pairs.view:
                self.undo()
                return True
        return False

    def _connect(self) -> None:
        for table in (self.book, self.bank):
            table.opened.connect(self._toggle)
            table.view.installEventFilter(self)
        self.pairs.opened.connect(self._accept)
        self.pairs.chosen.connect(self._choose_pair)
        self.pairs.view.installEventFilter(self)
        for key, act in (("F8", self.match_ticked), ("Shift+F8", self.match_with_rest), ("F9", self.match_by_program)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _lay_out(self) -> None:
        acts, ways = QHBoxLayout(), FlowRow()
        ways.setSpacing(px("gap_px"))
        acts.setSpacing(px("gap_px"))
        acts.addWidget(self.account)
        acts.addWidget(self.verdict, 1)
        self._auto = button(_("自动勾对（F9）"), self.match_by_program, "check-check")
        self._open_items = button(_("期初未达账项…"), self.ask_opening, "list")
        self._import = button(_("导入对账单…"), self.ask_file, "upload", primary=True)
        self._paper = button(_("照纸录入…"), self.ask_paper, "pencil")
        for part in (self._open_items, self._auto, self._paper, self._import):
            ways.addWidget(part)
        acts.addLayout(ways)
        sides = QHBoxLayout()
        sides.setSpacing(px("gap_px") * 2)
        for table, words in ((self.book, _("村账上有，还没有勾对")), (self.bank, _("银行有，还没有勾对"))):
            table.head.insertWidget(0, label(words, "heading"))
            table.view.setMinimumHeight(5 * px("row_px") // 2)  # so that the sums below stay in sight
            sides.addWidget(table, 1)
        middle = FlowRow()
        middle.setSpacing(px("gap_px"))
        middle.addWidget(self.chosen)
        middle.addStretch(1)
        self._draft = button(_("做凭证"), self.make_draft, "file-text")
        self._rest = button(_("勾对，留下差额"), self.match_with_rest)
        self._match = button(_("勾对（F8）"), self.match_ticked, "check")
        self._undo = button(_("取消勾对（Delete）"), self.undo, "undo-2")
        for part in (self._draft, self._rest, self._match, self._undo):
            middle.addWidget(part)
        matching = Tall()
        box = QVBoxLayout(matching)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px("gap_px"))
        box.addLayout(acts)
        box.addLayout(sides, 3)
        box.addLayout(middle)
        box.addWidget(self.pairs, 2)
        box.addWidget(self.foot)
        self.stack.addWidget(matching)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, px("gap_px"), 0, 0)
        whole.addWidget(self.strip)
        whole.addWidget(self.recovery)
        whole.addWidget(self.stack, 1)
        self.setFocusProxy(self.book.view)

    def _take(self, found: Found) -> None:
        self._bank, self._asked = found.bank, ""
        self.account.clear()
        for one in found.accounts:
            mark = _("（已确认）") if one.confirmed else ""
            self.account.addItem(f"{one.code} {one.name}{mark}", one.code)
        if found.bank:
            self.account.setCurrentIndex(self.account.findData(found.bank.code))
        free = found.bank.free if found.bank else ()
        self._ticked &= {one.key for one in free}
        for table, words in zip((self.book, self.bank, self.pairs), nothing_words(found.bank), strict=True):
            table.say_empty(words)
        self.book.put([one for one in free if one.side == BOOK])
        self.bank.put([one for one in free if one.side == BANK])
        self.pairs.put([*found.offers, *map(pair_of, found.bank.matches if found.bank else ())])
        self._show_state(found)
        self._show_ticks()
        self.recovery.come()

    def _keeper(self) -> FormKeeper:
        return self.opening.keeper if self.stack.currentWidget() is vars(self).get("opening") else self.typed.keeper

    def _begin(self, items: bool) -> None:
        if items:
            self.ask_opening()
        else:
            self.ask_paper()

    def _show_state(self, found: Found) -> None:
        bank, sheet = found.bank, found.bank.sheet if found.bank else None
        confirmed = bank is not None and bank.confirmed is not None
        self.foot.show_month(bank)
        self._import.setEnabled(bank is not None)
        covered = bank is not None and bank.covered is not None and bank.covered >= bank.month.last_day
        self._paper.setVisible(bank is not None and not covered)
        self._auto.setVisible(sheet is not None and not confirmed)
        self._open_items.setVisible(sheet is not None and not confirmed)
        if bank is None:
            self.verdict.setText(_("这个账套没有银行科目（102 的末级）"))
        elif bank.confirmed:
            kept, text = bank.confirmed, _("已由{name}确认 {at}")
            self.verdict.setText(text.format(name=kept.confirmed_by, at=kept.confirmed_at[:10]))
            set_tone(self.verdict, "tone", "done")
        elif sheet is None:
            self.verdict.setText(_("还没有对账单：按“导入对账单…”，只有纸的按“照纸录入…”"))
            set_tone(self.verdict, "tone", "act")
        else:
            mark = sheet_mark(sheet)
            self.verdict.setText(mark.word)
            set_tone(self.verdict, "tone", mark.tone)

    def _is_ticked(self, one: MoneyItem) -> bool:
        return one.key in self._ticked

    def _toggle(self, one: MoneyItem | None) -> None:
        if one is not None:
            self._ticked ^= {one.key}
            self._show_ticks()
            for table in (self.book, self.bank):
                table.view.viewport().update()

    def _show_ticks(self) -> None:
        free = [*self.book.model.records(), *self.bank.model.records()]
        ticked = [one for one in free if one.key in self._ticked]
        sums = {side: sum(one.amount_fen for one in ticked if one.side == side) for side in (BOOK, BANK)}
        rest = sums[BOOK] - sums[BANK]
        text = _("选中：村账 {book}　银行 {bank}　相差 {rest}　（空格选，F8 勾对）").format(
            book=said_yuan(sums[BOOK]), bank=said_yuan(sums[BANK]),
            rest=said_yuan(rest),
        )  # fmt: skip
        self.chosen.setText(text if ticked else _("空格选左右两边的行，F8 勾对；选右边一边可以做凭证"))
        self._match.setEnabled(len(ticked) > 1)
        self._rest.setVisible(bool(rest and sums[BOOK] and sums[BANK]))
        self._draft.setEnabled(any(one.side == BANK for one in ticked) or bool(self._pair_at_bank()))

    def _choose_pair(self, _one: PairRow) -> None:
        self._show_ticks()

    def _accept(self, one: PairRow) -> None:
        if one.match is None:
            keys = [item.key for item in one.items]
            rest = bool(one.rest_fen)
            self._write(partial(match_items, self._seat.desk, self._code(), keys, rest), self._kept, _("勾对"))

    def _write(self, act: object, done: object, title: str) -> None:
        self._seat.worker.write(act, done, self._refuse, title)  # type: ignore[arg-type]  # partials of services, bound methods

    def _matched(self, made: list[BankMatch]) -> None:
        self._payees.say(_("自动勾对了 {n} 组；“可能”的请看一眼，回车就是同意").format(n=len(made)), made)
        self._seat.tell_changed()

    def _kept(self, one: BankMatch) -> None:
        self._ticked.clear()
        rest = _("，还差 {yuan} 元").format(yuan=said_yuan(abs(one.rest_fen))) if one.rest_fen else ""
        self._payees.say(_("已勾对 {n} 笔{rest}").format(n=len(one.items), rest=rest), [one])
        self._seat.tell_changed()

    def _undone(self, _nothing: None) -> None:
        self.strip.say(_("已取消勾对"))
        self._seat.tell_changed()

    def _imported(self, one: BankStatement, made: Sequence[BankMatch]) -> None:
        self._show_matching()
        text = _("已导入 {n} 笔，自动勾对了 {m} 组；“可能”的请看一眼，回车就是同意")
        self._payees.say(text.format(n=len(one.lines), m=len(made)), made)
        self._seat.tell_changed()

    def _opened(self, count: int) -> None:
        self._show_matching()
        self.strip.say(_("期初未达账项 {n} 笔已登记").format(n=count))
        self._seat.tell_changed()

    def _say_elsewhere(self, text: str) -> None:
        self.strip.say(text)
        self._seat.tell_changed()

    def _hand_over(self, draft: Draft) -> None:
        self.drafted.emit(draft)

    def _ask_print(self) -> None:
        self.printed.emit(self._code())

    def _show_matching(self) -> None:
        self.stack.setCurrentIndex(0)
        if self.isVisible():
            self.book.view.setFocus()

    def _pick(self, _row: int) -> None:
        self._ticked.clear()
        self.load()

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self.strip.show_problems(problems)

    def _code(self) -> str:
        return self._bank.code if self._bank else ""
