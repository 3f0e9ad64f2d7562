"""审批: what waits for whom in every book, with its pictures beside; sign what is yours, or send it back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from villagebooks.core.board import Waiting
from villagebooks.core.money import yuan_text
from villagebooks.core.voucher import DRAFT, Line, Voucher
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.key import KeyRing, SignStrip
from villagebooks.gui.page import Page, label
from villagebooks.gui.table import DAY, MONEY, STATE, Column, Table
from villagebooks.gui.theme import ACT, WAIT, Mark, px
from villagebooks.gui.voucher.side import VoucherSide
from villagebooks.services.account import read_entry_book
from villagebooks.services.approval import approve_voucher, send_back_voucher
from villagebooks.services.board import read_waiting
from villagebooks.services.desk import Desk
from villagebooks.services.key import Unlocked


def waiting_columns() -> tuple[Column, ...]:
    """Columns of the inbox."""
    return (
        Column(_("账套"), lambda one: one.book.code, width=16, text=lambda one: one.book.name),
        Column(_("日期"), lambda one: one.voucher.day, DAY, 11),
        Column(
            _("字号"), lambda one: (one.voucher.word, one.voucher.number), width=7, text=lambda one: one.voucher.title
        ),
        Column(_("摘要"), lambda one: one.voucher.lines[0].summary if one.voucher.lines else ""),
        Column(_("金额"), lambda one: one.voucher.total_fen, MONEY, 14, total=True),
        Column(_("要签的一步"), _mark, STATE, 10),
        Column(_("等谁"), lambda one: "、".join(one.people) or _("没有人有这个职责"), width=16),
    )


def line_columns() -> tuple[Column, ...]:
    """Columns of the voucher's lines."""
    return (
        Column(_("摘要"), lambda pair: pair[0].summary),
        Column(_("科目"), lambda pair: pair[1]),
        Column(_("借方"), lambda pair: pair[0].debit_fen, MONEY, 14, total=True),
        Column(_("贷方"), lambda pair: pair[0].credit_fen, MONEY, 14, total=True),
    )


class ApprovalPage(Page):
    """`voucher_wanted` carries what was opened, to be shown as a whole voucher."""

    voucher_wanted = Signal(object)

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        self.title = _("审批")
        super().__init__(seat)
        self._all: list[Waiting] = []
        self.mine = QCheckBox(_("只看轮到我的"))
        self.mine.setChecked(True)
        self.mine.toggled.connect(self._show)
        self.table = Table(waiting_columns(), _("等签字的凭证"), _("没有等您签字的凭证。"))
        self.table.head.insertWidget(1, self.mine)
        self.lines = Table(line_columns(), _("分录"), filtered=False)
        self.lines.view.setSortingEnabled(False)
        self.lines.setMaximumHeight(6 * px("row_px") + 40)
        self.side, self.sign = VoucherSide(seat), SignStrip(seat, ring)
        left = QVBoxLayout()
        left.addWidget(self.table, 1)
        left.addWidget(label(_("这张凭证的分录"), "muted"))
        left.addWidget(self.lines)
        middle = QWidget()
        box = QHBoxLayout(middle)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(left, 1)
        box.addWidget(self.side)
        self.body.addWidget(middle, 1)
        self.body.addWidget(self.sign)
        self.setFocusProxy(self.table.view)
        self._back = self.add_act(_("退回…"), self.ask_send_back, "undo-2")
        self._sign = self.add_act(_("签字…（F9）"), self.ask_sign, "stamp", primary=True)
        self._sign.setShortcut("F9")
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self.voucher_wanted.emit)
        self.table.view.selectionModel().selectionChanged.connect(self._tell_acts)

    def load(self) -> None:
        """Read what waits."""
        self.seat.worker.read(partial(read_waiting, self.seat.office), self._take, key=self)

    def ask_sign(self) -> None:
        """Sign every selected voucher's next step."""
        chosen = [one for one in self.table.selected() if one.mine] or self.table.selected()
        if chosen:
            text = _("签 {n} 张凭证，合计 {yuan} 元：{steps}。签后内容不能再改。").format(
                n=len(chosen), yuan=yuan_text(sum(one.voucher.total_fen for one in chosen), group=","),
                steps="、".join(dict.fromkeys(one.step.title for one in chosen)),
            )  # fmt: skip
            act = partial(_sign_all, self._desks(chosen))
            self.sign.ask(text, act, self._signed, self.seat.person)

    def ask_send_back(self) -> None:
        """Send the current voucher back to who made it."""
        one = self.table.current()
        if one and one.voucher.state != DRAFT:
            text = _("把 {book} {title} 号凭证（{yuan} 元）退回给{name}修改，已签的字作废。").format(
                book=one.book.name, title=one.voucher.title, yuan=yuan_text(one.voucher.total_fen, group=","),
                name=one.voucher.prepared_by,
            )  # fmt: skip
            desk = self._desks([one])[0][0]
            act = partial(send_back_voucher, desk, one.voucher.uid)
            self.sign.ask(text, act, self._sent_back, self.seat.person, _("退回"))

    def _desks(self, chosen: Sequence[Waiting]) -> list[tuple[Desk, str]]:
        office = self.seat.office
        return [(Desk(office.books, office.person, one.book, one.voucher.month), one.voucher.uid) for one in chosen]

    def _take(self, found: list[Waiting]) -> None:
        self._all = found
        self._show()

    def _show(self, *_toggle: object) -> None:
        shown = [one for one in self._all if one.mine or not self.mine.isChecked()]
        self.table.put(shown)
        if shown and self.table.current() is None:
            self.table.view.selectRow(0)
        elif not shown:
            self.lines.put(())
        self.side.setVisible(bool(shown))
        self._tell_acts()

    def _choose(self, one: Waiting) -> None:
        desk = self._desks([one])[0][0]
        self.side.put(one.voucher, one.voucher.papers, desk)
        self.seat.worker.read(partial(_lines, desk, one.voucher), self.lines.put, key=self.lines)

    def _tell_acts(self, *_change: object) -> None:
        chosen = self.table.selected()
        self._sign.setEnabled(bool(chosen))
        self._back.setEnabled(any(one.voucher.state != DRAFT for one in chosen))

    def _signed(self, vouchers: list[Voucher]) -> None:
        self.strip.say(_("已签 {n} 张").format(n=len(vouchers)))
        self.table.view.setFocus()
        self.seat.tell_changed()

    def _sent_back(self, voucher: Voucher) -> None:
        self.strip.say(_("{title} 号已退回").format(title=voucher.title))
        self.seat.tell_changed()


def _order(one: Waiting) -> tuple[str, int]:
    return one.voucher.word, one.voucher.number


def _mark(one: Waiting) -> Mark:
    return Mark(one.step.title, ACT if one.mine else WAIT)


def _lines(desk: Desk, voucher: Voucher) -> list[tuple[Line, str]]:
    paths = read_entry_book(desk).paths
    return [(line, f"{line.account} {paths.get(line.account, '')}") for line in voucher.lines]


def _sign_all(desks: Sequence[tuple[Desk, str]], keys: Unlocked) -> list[Voucher]:
    return [approve_voucher(desk, uid, keys) for desk, uid in desks]
