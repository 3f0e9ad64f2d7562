"""Beside the voucher: who signed, the papers' pictures, and the account in hand before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from villagebooks.core.account import BANK, CASH
from villagebooks.core.approval import BY_PAPER, FOOT, SEND_BACK, VOID, WITHDRAW, Approval
from villagebooks.core.ledger import Ledger, side_of
from villagebooks.core.money import said_yuan
from villagebooks.core.paper import Paper
from villagebooks.core.problem import Problem
from villagebooks.core.reason import reason_words
from villagebooks.core.short import money_accounts, short_words
from villagebooks.core.voucher import POSTED, Line, Voucher
from villagebooks.core.voucher import VOID as VOIDED
from villagebooks.core.words import _, pgettext
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import hair, label
from villagebooks.gui.picture.load import pictures_of
from villagebooks.gui.picture.thumbnail import Thumbnails
from villagebooks.gui.theme import set_tone, span
from villagebooks.services.approval import approvals
from villagebooks.services.desk import Desk
from villagebooks.services.hint import money_fen
from villagebooks.services.ledger import ledger
from villagebooks.services.paper import read_paper
from villagebooks.services.reason import list_reasons, why_sent_back
from villagebooks.services.room import Room, room_left

LEAST, WIDTH = 200, 316
LAST = 5
"""Lines of the account in hand that are shown, and funds."""


class VoucherSide(QWidget):
    """The column at the right of the form. `found` carries the papers of the voucher in hand."""

    found = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.setMinimumWidth(span(LEAST))
        self.setMaximumWidth(span(WIDTH))
        self._seat = seat
        self._voucher: Voucher | None = None
        self._lines: Sequence[Line] = ()
        self._ledger: Ledger | None = None
        self._asked = ""
        self._room: Room | None = None
        self.problems, self.short = _sentence("late"), _sentence("late")
        self._held: dict[str, int] = {}
        self.signed, self.papers, self.account = _sentence(), _sentence(), _sentence()
        self.corrections, self.room = _sentence(), _sentence()
        self.pictures = Thumbnails(seat)
        self._no_picture = label(_("没有图片"), "muted")
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 0, 0, 0)
        box.setSpacing(6)
        self._parts = []
        for title, part in (
            (_("要改的地方"), self.problems), (_("钱不够付"), self.short), (_("更正"), self.corrections),
            (_("这个科目"), self.account),
            (_("预算、专项资金"), self.room),
            (pgettext("heading", "签字"), self.signed),
            (_("报账单"), self.papers),
        ):  # fmt: skip
            head, line = label(title, "heading"), hair()
            self._parts.append((head, part, line))
            for widget in (head, part, line):
                box.addWidget(widget)
        self._small = True
        self._picture_head = label(_("单据图片"), "heading")
        self._acts, self._own_acts = QVBoxLayout(), list[QPushButton]()
        box.addWidget(self._picture_head)
        box.addLayout(self._acts)
        box.addWidget(self._no_picture)
        box.addWidget(self.pictures, 1)
        box.addStretch(0)
        self._tidy()

    def minimumSizeHint(self) -> QSize:
        """As high as its sentences are at this width."""
        size, inside = super().minimumSizeHint(), self.layout()
        high = inside.minimumHeightForWidth(self.width()) if inside else 0
        return QSize(size.width(), max(size.height(), high))

    def sizeHint(self) -> QSize:
        """As wide as it may be; a small window takes from it before it takes from the voucher."""
        return QSize(self.maximumWidth(), super().sizeHint().height())

    def put(self, voucher: Voucher | None, papers: Sequence[str], desk: Desk | None = None) -> None:
        """Read what belongs to a voucher, or to the papers of a new one; `desk`: another than the seat's."""
        self._voucher = voucher
        self.signed.setText("")
        self._held.clear()
        self._look_short()
        act = partial(_read, desk or self._seat.desk, voucher.uid if voucher else "", tuple(papers))
        self._seat.worker.read(act, self._take, key=self)

    def add_act(self, act: QPushButton) -> None:
        """A button above the small pictures."""
        self._acts.addWidget(act)
        self._own_acts.append(act)
        self._tell_pictures()

    def show_small(self, small: bool) -> None:
        """Small pictures here, or none where they stand large elsewhere."""
        self._small = small
        self._tell_pictures()

    def _tell_pictures(self) -> None:
        some = bool(self.pictures.pictures)
        self._picture_head.setVisible(self._small)
        self.pictures.setVisible(self._small and some)
        self._no_picture.setVisible(self._small and not some)
        for act in self._own_acts:
            act.setVisible(self._small and some)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """What saving would refuse for."""
        self.problems.setText("\n".join(dict.fromkeys(f"· {one}" for one in problems)))
        self._tidy()

    def show_corrections(self, words: str) -> None:
        """What corrects the voucher and what it corrects."""
        self.corrections.setText(words)
        self._tidy()

    def show_account(self, code: str, lines: Sequence[Line]) -> None:
        """The account in hand: what stands in the books, and what will when these lines are posted."""
        self._lines, self._asked = lines, code
        desk = self._seat.desk
        act = partial(ledger, desk, code, desk.period, desk.period)
        self._seat.worker.read(act, self._take_ledger, self._no_ledger, key=(id(self), "ledger"))
        room = partial(self._take_room, code)
        self._seat.worker.read(partial(room_left, desk, code), room, self._no_room, key=(id(self), "room"))

    def show_lines(self, lines: Sequence[Line]) -> None:
        """The same account after another edit."""
        self._lines = lines
        self._show_ledger()
        self._show_room()
        self._look_short()

    def _look_short(self) -> None:
        """Every account of money that the lines bring below zero, wherever the cursor is."""
        accounts = () if self._is_posted() else money_accounts(self._lines)
        wanted = tuple(one for one in accounts if one not in self._held)
        if wanted and self._seat.book is not None:
            act = partial(money_fen, self._seat.desk, wanted)
            self._seat.worker.read(act, self._take_held, self._no_held, key=(id(self), "held"))
        names = {code: one.name for code, one in self._seat.entry.accounts.items()} if accounts else {}
        self.short.setText("" if not accounts else "\n".join(short_words([self._lines], self._held, names)))
        self._tidy()

    def _take_held(self, held: dict[str, int]) -> None:
        self._held |= held
        self._look_short()

    def _no_held(self, _problems: object) -> None:
        """An account that is not there, or no book: the voucher's own check says so."""

    def _is_posted(self) -> bool:
        return self._voucher is not None and self._voucher.state in (POSTED, VOIDED)

    def clear_account(self) -> None:
        """No account in hand, whatever is still being read of the last one."""
        self._ledger = self._room = None
        self._asked = ""
        self._show_ledger()
        self._show_room()

    def _take(self, found: tuple[list[Approval], list[Paper], dict[int, str]]) -> None:
        given, papers, why = found
        self.signed.setText("\n".join(_signed_text(one, why) for one in given))
        self.papers.setText("\n".join(_paper_text(one) for one in papers))
        self.pictures.put(pictures_of(papers))
        self._tell_pictures()
        self._tidy()
        self.found.emit(papers)

    def _take_ledger(self, found: Ledger) -> None:
        if found.account == self._asked:
            self._ledger = found
            self._show_ledger()

    def _take_room(self, code: str, found: Room) -> None:
        if code == self._asked:
            self._room = found
            self._show_room()

    def _no_room(self, _problems: object) -> None:
        self._room = None
        self._show_room()

    def _show_room(self) -> None:
        posted = self._voucher is not None and self._voucher.state == POSTED
        self.room.setText(room_words(self._room, () if posted else tuple(self._lines)) if self._room else "")
        self._tidy()

    def _no_ledger(self, _problems: object) -> None:
        self.clear_account()

    def _show_ledger(self) -> None:
        found = self._ledger
        if found is None:
            self.account.setText("")
            self._tidy()
            return
        own = 0 if self._voucher and self._voucher.state == POSTED else sum(
            line.net_fen for line in self._lines if line.account == found.account
        )  # fmt: skip
        rows = [f"{found.account} {found.name}", _("账上　{net}").format(net=_net_text(found.closing_fen))]
        if own:
            rows.append(_("记后　{net}").format(net=_net_text(found.closing_fen + own)))
            if found.account.startswith((CASH, BANK)) and found.closing_fen + own < 0:
                rows.append(_("！账上的钱不够付，会变成贷方余额"))
        for one in found.lines[-LAST:]:
            amount = said_yuan(one.debit_fen or one.credit_fen)
            side = _("借") if one.debit_fen else _("贷")
            day = _("{n}日").format(n=one.day.day)
            rows.append(f"{day} {one.voucher} {_short(one.summary)}　{side} {amount}")
        self.account.setText("\n".join(rows))
        self._tidy()

    def _tidy(self) -> None:
        for head, part, line in self._parts:
            for widget in (head, part, line):
                widget.setVisible(bool(part.text()))


def room_words(room: Room, lines: tuple[Line, ...]) -> str:
    """What the budget or the special funds leave, now and when these lines are posted."""
    rows = []
    if room.budget:
        row, after = room.budget, room.budget_after_fen(lines)
        spent, come = (
            _("{account} {name}　全年 {plan}，已用 {actual}"),
            _("{account} {name}　全年 {plan}，已收 {actual}"),
        )
        text = come if row.income else spent
        plan, actual = said_yuan(row.plan_fen), said_yuan(row.actual_fen)
        rows.append(text.format(account=row.account, name=row.name, plan=plan, actual=actual))
        rows.append(_left_words(row.left_fen, after))
        if after < 0 and not row.income:
            rows.append(_("！超出预算"))
    touched = [one for one in room.funds if any(room.touches(one, line) for line in lines)]
    for fund in (touched or [one for one in room.funds if one.left_fen])[:LAST]:
        after = room.fund_after_fen(fund, lines)
        text = _("{name}　拨入 {granted}，用了 {drawn}")
        granted, drawn = said_yuan(fund.granted_fen), said_yuan(fund.drawn_fen)
        rows.append(text.format(name=fund.name, granted=granted, drawn=drawn))
        rows.append(_left_words(fund.left_fen, after))
        if after < 0:
            rows.append(_("！用的比拨的多"))
    return "\n".join(rows)


def _left_words(left_fen: int, after_fen: int) -> str:
    text = _("还剩 {left}") if left_fen == after_fen else _("还剩 {left}，记后剩 {after}")
    return text.format(left=said_yuan(left_fen), after=said_yuan(after_fen))


def _read(desk: Desk, uid: str, papers: tuple[str, ...]) -> tuple[list[Approval], list[Paper], dict[int, str]]:
    """Who signed, the papers, and why which revision was sent back."""
    back = why_sent_back(desk, uid) if uid else ()
    reasons = list_reasons(desk.office) if back else ()
    why = {one.rev: reason_words(one.reason, reasons) for one in back}
    return approvals(desk, uid) if uid else [], [read_paper(desk, one) for one in papers], why


def _sentence(tone: str = "") -> QLabel:
    made = label()
    made.setWordWrap(True)
    if tone:
        set_tone(made, "tone", tone)
    return made


def _signed_text(one: Approval, why: Mapping[int, str]) -> str:
    back = one.decision == SEND_BACK
    step = _(FOOT.get(one.step, one.step))
    decisions = {SEND_BACK: _("退回"), VOID: _("{step}同意作废"), WITHDRAW: _("{step}撤回作废")}
    what = decisions.get(one.decision, "{step}").format(step=step)
    ink = _("（纸质签字，{signer}登记）").format(signer=one.signer) if one.mode == BY_PAPER else ""
    at = one.at[:16].replace("T", "\u00a0")  # a line does not break within the time
    text = f"{what}　{one.name}{ink}　{at}"
    return f"{text}　{why[one.rev]}" if back and one.rev in why else text


def _paper_text(one: Paper) -> str:
    return _("第 {n} 号　{words}　{yuan}").format(n=one.number, words=one.words, yuan=said_yuan(one.amount_fen))


def _net_text(net_fen: int) -> str:
    return f"{side_of(net_fen)} {said_yuan(abs(net_fen))}"


def _short(text: str) -> str:
    return text if len(text) <= 10 else f"{text[:9]}…"
