"""The foot of the bank's page: both sides of the sheet, print it, confirm it, withdraw that, take back a statement."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from villagebooks.core.bank import BankStatement, Reconciliation
from villagebooks.core.money import said_yuan
from villagebooks.core.words import _
from villagebooks.gui.cashier.row import sheet_words
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import FlowRow, Tall
from villagebooks.gui.key import KeyRing, SignStrip
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.theme import px
from villagebooks.services.bank import (
    BankMonth,
    confirm_reconciliation,
    void_statement,
    withdraw_reconciliation,
)
from villagebooks.services.desk import Desk
from villagebooks.services.key import Unlocked


class ConfirmFoot(Tall):
    """Acts on the month's sheet; what they answer shows in the `strip` of the panel. `printed` asks for the paper."""

    printed = Signal()

    def __init__(self, seat: Seat, ring: KeyRing, strip: Strip) -> None:
        super().__init__()
        self._seat, self._strip = seat, strip
        self._bank: BankMonth | None = None
        self.told = label("", "muted")
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("原因"))
        self.reason.setPlaceholderText(_("原因：两边有差额、撤销确认、作废对账单时写"))
        self.sign = SignStrip(seat, ring)
        self._void = button(_("作废对账单…"), self.void_last, "x")
        self._print = button(_("余额调节表"), self.printed.emit, "printer")
        self._withdraw = button(_("撤销确认…"), self.ask_withdraw, "undo-2")
        self._confirm = button(_("确认…"), self.ask_confirm, "stamp", primary=True)
        acts = FlowRow()
        acts.setSpacing(px("gap_px"))
        acts.addWidget(self.told, 1)
        for part in (self._void, self._print, self._withdraw, self._confirm):
            acts.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px("gap_px"))
        box.addLayout(acts)
        box.addWidget(self.reason)
        box.addWidget(self.sign)
        self.sign.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The reason was taken along when the signature is asked for: its line gives its room to that."""
        if watched is self.sign and event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.reason.setVisible(self.sign.isHidden() and bool(self._bank and self._bank.sheet))
        return False

    def show_month(self, bank: BankMonth | None) -> None:
        """The account and month in hand."""
        self._bank = bank
        sheet, confirmed = bank.sheet if bank else None, bank is not None and bank.confirmed is not None
        self.told.setText(sheet_words(sheet) if sheet else "")
        self._void.setVisible(bool(bank and bank.statements) and not confirmed)
        self._print.setVisible(sheet is not None)
        self._withdraw.setVisible(confirmed)
        self._confirm.setVisible(sheet is not None and not confirmed)
        self.reason.setVisible(sheet is not None)

    def moved(self) -> None:
        """Another book or month: nothing is about to be signed."""
        self.sign.put_away()
        self.reason.clear()

    def ask_confirm(self) -> None:
        """Confirm the month's sheet: somebody else than the cashier signs."""
        bank = self._bank
        if bank is None or bank.sheet is None:
            return
        text = _("确认 {account} {month} 余额调节表：村账 {book}，银行 {bank}，调节后 {adjusted}，未达账项 {n} 笔。")
        text = text.format(
            account=bank.code, month=bank.month, book=said_yuan(bank.sheet.book_fen),
            bank=said_yuan(bank.sheet.bank_fen), adjusted=said_yuan(bank.sheet.adjusted_book_fen),
            n=len(bank.sheet.items),
        ) + _("出纳不能签。")  # fmt: skip
        act = partial(_confirm, self._seat.desk, bank.code, self.reason.text())
        self.sign.ask(text, act, self._confirmed, self._reviewer(), _("签字确认"))

    def ask_withdraw(self) -> None:
        """Withdraw the confirmation with a reason."""
        bank = self._bank
        if bank is None or not self._has_reason(_("请在下面写明撤销的原因")):
            return
        reason = self.reason.text().strip()
        text = _("撤销 {account} {month} 余额调节表的确认：{reason}。")
        text = text.format(account=bank.code, month=bank.month, reason=reason)
        act = partial(_withdraw, self._seat.desk, bank.code, reason)
        self.sign.ask(text, act, self._withdrawn, self._reviewer(), _("签字撤销"))

    def void_last(self) -> None:
        """作废 the last statement with a reason."""
        last = self._bank.statements[-1] if self._bank and self._bank.statements else None
        if last is None:
            return
        text = _("作废 {name}（到 {day}）：请在下面写明原因，再按一次")
        if self._has_reason(text.format(name=last.name, day=last.until)):
            act = partial(_void, self._seat.desk, last, self.reason.text())
            self._seat.worker.write(act, self._voided, self._strip.show_problems, _("作废对账单"))

    def _has_reason(self, hint: str) -> bool:
        if self.reason.text().strip():
            self._strip.say("")
            return True
        self._strip.hint(hint)
        self.reason.setFocus()
        return False

    def _reviewer(self) -> str:
        """An agent or the director who has a key: the cashier does not confirm."""
        duties = self._seat.duties
        wanted = [name for name in self._seat.holders if duties.get(name) in ("agent", "director")]
        return self._seat.person if self._seat.person in wanted else next(iter(wanted), "")

    def _confirmed(self, sheet: Reconciliation) -> None:
        text = _("{month} 余额调节表已确认，调节后 {yuan} 元")
        self._done(text.format(month=sheet.month, yuan=said_yuan(sheet.adjusted_book_fen)))

    def _withdrawn(self, _account: str) -> None:
        self._done(_("已撤销确认，改好以后请再确认一次"))

    def _voided(self, one: BankStatement) -> None:
        self._done(_("{name} 已作废，它的勾对都取消了").format(name=one.name))

    def _done(self, text: str) -> None:
        self.reason.clear()
        self._strip.say(text)
        self._seat.tell_changed()


def _confirm(desk: Desk, account: str, reason: str, keys: Unlocked) -> Reconciliation:
    return confirm_reconciliation(desk, account, keys, reason)


def _withdraw(desk: Desk, account: str, reason: str, keys: Unlocked) -> str:
    withdraw_reconciliation(desk, account, keys, reason)
    return account


def _void(desk: Desk, one: BankStatement, reason: str) -> BankStatement:
    void_statement(desk, one.uid, reason)
    return one
