"""现金盘点: pieces typed, what should be there beside it, the difference at once; signed by who watched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from villagebooks.core.cash import CashCount, check_count, face_words, pieces_fen
from villagebooks.core.money import capital_text, said_yuan
from villagebooks.core.voucher import Draft
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import Side
from villagebooks.gui.form import COUNT, DAY, MONEY, Field, Form, required
from villagebooks.gui.kept import FormKeeper, FormRecovery, HandedIn, left_words
from villagebooks.gui.key import KeyRing, SignStrip
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.tab import Panel
from villagebooks.gui.table import DAY as DAY_COLUMN
from villagebooks.gui.table import MONEY as MONEY_COLUMN
from villagebooks.gui.table import STATE, TEXT, Column, Table
from villagebooks.gui.theme import DONE, LATE, Mark, px, set_tone, span
from villagebooks.services.account import today
from villagebooks.services.cash import (
    CashAccount,
    cash_accounts,
    cash_counts,
    draft_cash_difference,
    record_cash_count,
)
from villagebooks.services.desk import Desk
from villagebooks.services.key import Unlocked
from villagebooks.services.unsaved import CASH, FoundForm

SIDE = 360


@dataclass(frozen=True, slots=True)
class Found:
    """Cash accounts at the day of the form, counts of the month."""

    accounts: tuple[CashAccount, ...]
    counts: tuple[CashCount, ...]


class CashPanel(Panel):
    """`drafted` carries the draft for a difference, `printed` the uid of the count whose sheet is wanted."""

    drafted = Signal(object)
    printed = Signal(str)

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        super().__init__()
        self._seat = seat
        self._accounts: tuple[CashAccount, ...] = ()
        self._asked = ""
        self.strip = Strip()
        self.account = Combo()
        self.account.setAccessibleName(_("现金科目"))
        self.account.activated.connect(self._pick)
        self.pieces = Form(
            tuple(Field(str(face), _("{face}（张、枚）").format(face=word), COUNT) for face, word in face_words())
        )
        self.form = Form(
            (
                Field("day", _("盘点日期"), DAY), Field("unbooked_in_fen", _("收了还没有入账的"), MONEY),
                Field("unbooked_out_fen", _("付了还没有入账的"), MONEY),
                Field("holder", required(_("谁保管现金")), hint=_("报账员或出纳")),
                Field("counted_by", _("盘点人"), hint=_("不写就是保管人")),
                Field("reason", _("差额的原因"), hint=_("查不明的写“待查”")),
            )
        )  # fmt: skip
        self.told, self.verdict = label(), label("", "heading")
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.counts = Table(count_columns(), _("本月盘点"), _("这个月还没有盘点。"), filtered=False)
        self.sign = SignStrip(seat, ring)
        self._sign = button(_("签字盘点…"), self.ask_sign, "stamp", primary=True)
        self._print = button(_("打印盘点表"), self._ask_print, "printer")
        self._draft = button(_("差额做凭证"), self.make_draft, "file-text")
        self.keeper = FormKeeper(seat, self, CASH, {"pieces": self.pieces, "form": self.form}, about=self.tell_choices)
        self.keeper.failed.connect(self.strip.hint)
        self.recovery = FormRecovery(seat, CASH, lambda: self.keeper, found_words, self.strip)
        self.recovery.restored.connect(self._restore)
        self._lay_out()
        self.pieces.changed.connect(self._reckon)
        self.form.changed.connect(self._reckon)
        self.counts.opened.connect(self._open)
        self.setFocusProxy(self.pieces.entry(self.pieces.fields[0].name))

    def load(self) -> None:
        """Read the books' balance at the day of the form and the month's counts."""
        act = partial(_read, self._seat.desk, self.form.values()["day"])
        self._seat.worker.read(act, self._take, self.strip.show_problems, key=self)
        if self.keeper.typed_at is None and self._seat.book is not None:
            self.recovery.look()

    def moved(self) -> None:
        """Another book or month: nothing of the last count stays here; what was counted is offered there again."""
        self.sign.put_away()
        self.keeper.leave_behind()
        self.strip.say("")
        for form in (self.pieces, self.form):
            form.show_problems(())
        self.pieces.put({field.name: 0 for field in self.pieces.fields})
        empty = dict.fromkeys(("holder", "counted_by", "reason"), "")
        self.form.put({**empty, "unbooked_in_fen": 0, "unbooked_out_fen": 0, "day": self._day()})

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

    def count(self) -> CashCount:
        """The count as it stands in the form, by the books' balance that was read last."""
        values = self.form.values()
        pieces = tuple((int(name), number) for name, number in self.pieces.values().items() if number)
        one = self._current()
        return CashCount(
            "", self.account.currentData() or "", self._seat.month, values["day"], pieces, pieces_fen(pieces),
            one.book_fen if one else 0, values["unbooked_in_fen"] or 0, values["unbooked_out_fen"] or 0,
            values["holder"], values["counted_by"], "", values["reason"],
        )  # fmt: skip

    def ask_sign(self) -> None:
        """The person who watched signs the sheet."""
        count = self.count()
        problems = self.form.misread() + self.pieces.misread() or check_count(count)
        for form in (self.form, self.pieces):
            form.show_problems(problems)
        if problems:
            self.strip.show_problems(problems)
            return
        self.strip.forgive()
        text = _("{account} {day} 实点 {yuan} 元（{words}），{verdict}。签字以后不能改，要改就重新盘点。监盘人：")
        text = text.format(
            account=count.account, day=count.day, yuan=said_yuan(count.counted_fen),
            words=capital_text(count.counted_fen), verdict=count.verdict,
        )  # fmt: skip
        self.sign.ask(text, partial(_record, self._seat.desk, count), partial(self._signed, self.keeper.hand_in()),
                      self._watcher(), _("签字盘点"))  # fmt: skip

    def make_draft(self) -> None:
        """The voucher for what the last count still lacks."""
        act = partial(draft_cash_difference, self._seat.desk, self.account.currentData() or "")
        self._seat.worker.read(act, self._hand_over, self.strip.show_problems)

    def _take(self, found: Found) -> None:
        chosen = self._asked or self.account.currentData()
        self._accounts, self._asked = found.accounts, ""
        self.account.clear()
        for one in found.accounts:
            self.account.addItem(f"{one.code} {one.name}", one.code)
        self.account.setCurrentIndex(max(0, self.account.findData(chosen)))
        self.account.setVisible(len(found.accounts) > 1)
        self.counts.put(tuple(reversed(found.counts)))
        self._sign.setEnabled(bool(found.accounts))
        self._print.setVisible(bool(found.counts))
        self._show()

    def _pick(self, _row: int) -> None:
        """What was counted is of this account from now on."""
        self.keeper.look()
        self._reckon()

    def _reckon(self, *_change: object) -> None:
        """The day may be another: its balance is read again; the rest is arithmetic."""
        if self._accounts:
            self.load()
        self._show()

    def _show(self) -> None:
        count, one = self.count(), self._current()
        rows = (
            (_("账面余额"), count.book_fen), (_("应有现金"), count.expected_fen), (_("实点现金"), count.counted_fen),
        )  # fmt: skip
        self.told.setText("\n".join(f"{word}　{said_yuan(fen)}" for word, fen in rows))
        begun = bool(count.counted_fen or not count.expected_fen)
        self.verdict.setText(count.verdict if begun else _("还没有点数"))
        set_tone(self.verdict, "tone", "" if not begun else "late" if count.difference_fen else "done")
        self._draft.setVisible(bool(one and one.left_fen))

    def _current(self) -> CashAccount | None:
        code = self.account.currentData()
        return next((one for one in self._accounts if one.code == code), None)

    def _signed(self, handed: HandedIn, count: CashCount) -> None:
        if self.keeper.arrived(handed):
            for form in (self.pieces, self.form):
                form.settle()
        self.strip.say(_("已签字：{day} 实点 {yuan} 元，{verdict}").format(
            day=count.day, yuan=said_yuan(count.counted_fen), verdict=count.verdict))  # fmt: skip
        self._seat.tell_changed()

    def _restore(self, found: FoundForm) -> None:
        """Into the account that was counted: what is in hand may be another one's."""
        if not self.recovery.may_take(self.keeper):
            return
        code = found.unsaved.uid
        place = self.account.findData(code)
        if place >= 0:
            self._asked = ""
            self.account.setCurrentIndex(place)
        elif code:
            self._asked = code
        self.recovery.take(found, self.keeper)
        if place < 0 and code and self._accounts:
            self.strip.add_hint(_("这是盘点 {account} 的，现在没有这个现金科目：先选对科目").format(account=code))
        self._reckon()

    def _hand_over(self, draft: Draft) -> None:
        self.drafted.emit(draft)

    def _ask_print(self) -> None:
        one = self.counts.current() or next(iter(self.counts.model.records()), None)
        if one:
            self.printed.emit(one.uid)

    def _open(self, one: CashCount) -> None:
        self.printed.emit(one.uid)

    def _watcher(self) -> str:
        """Somebody of the centre with a key who does not hold the cash."""
        holder = self.form.values()["holder"]
        others = [name for name in self._seat.holders if name != holder]
        return self._seat.person if self._seat.person in others else next(iter(others), "")

    def _day(self) -> date:
        """The last day of the month, or today while it runs."""
        day, last = today(self._seat.office), self._seat.month.last_day
        return day if self._seat.month.first_day <= day <= last else last

    def _lay_out(self) -> None:
        side = Side(span(SIDE))
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 12, 0)
        left.setSpacing(px("gap_px"))
        for part in (self.account, label(_("实点：各种面额几张"), "heading"), self.pieces):
            left.addWidget(part)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(px("gap_px"))
        acts = QHBoxLayout()
        acts.setSpacing(px("gap_px"))
        acts.addStretch(1)
        for act in (self._draft, self._print, self._sign):
            acts.addWidget(act)
        for part in (self.form, self.told, self.verdict):
            right.addWidget(part)
        right.addLayout(acts)
        right.addWidget(label(_("本月盘点（回车看盘点表）"), "muted"))
        right.addWidget(self.counts, 1)
        both = QHBoxLayout()
        both.addWidget(side)
        both.addLayout(right, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px("gap_px"), 0, 0)
        box.addWidget(self.strip)
        box.addWidget(self.recovery)
        box.addLayout(both, 1)
        box.addWidget(self.sign)


def found_words(found: FoundForm, desk: Desk) -> str:
    """What an earlier run left, when, and in whose book."""
    one = found.unsaved
    pieces = tuple(
        (face, int(text)) for face, _word in face_words() if (text := one.text(f"pieces.{face}")).isdecimal()
    )
    text = _("有现金盘点点了没有签字（{when}）：{day}，实点 {yuan} 元。")
    said = said_yuan(pieces_fen(pieces))
    day = " ".join(word for word in (one.uid, one.text("form.day")) if word)
    return text.format(when=left_words(one, desk), day=day, yuan=said)


def count_columns() -> tuple[Column, ...]:
    """Columns of the month's counts."""
    return (
        Column(_("日期"), lambda one: one.day, DAY_COLUMN, 11),
        Column(_("结论"), lambda one: Mark(one.verdict, LATE if one.difference_fen else DONE), STATE, 17),
        Column(_("实点"), lambda one: one.counted_fen, MONEY_COLUMN, 11),
        Column(_("应有"), lambda one: one.expected_fen, MONEY_COLUMN, 11, spare=True),
        Column(_("保管"), lambda one: one.holder, TEXT, 8, spare=True),
        Column(_("监盘"), lambda one: one.watched_by, TEXT, 8, spare=True),
        Column(_("原因"), lambda one: one.reason),
    )


def _read(desk: Desk, day: date) -> Found:
    return Found(tuple(cash_accounts(desk, day)), tuple(cash_counts(desk)))


def _record(desk: Desk, count: CashCount, keys: Unlocked) -> CashCount:
    return record_cash_count(desk, count, keys)
