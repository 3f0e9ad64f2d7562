"""结账: what stands in the month's way and what removes it; close, reopen by two, lock the year, the year's drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from villagebooks.core.closing import (
    BLOCK,
    FIXED,
    LOCK,
    LOCKED,
    OPEN,
    Blocker,
    Distribution,
    PeriodAct,
    act_word,
    read_shares,
    rule_title,
)
from villagebooks.core.closing import WARN as WARN_ONLY
from villagebooks.core.money import read_yuan
from villagebooks.core.paper import Paper
from villagebooks.core.paper_note import TAKEN, check_note
from villagebooks.core.problem import Problem, refuse_if
from villagebooks.core.voucher import Voucher
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.key import KeyRing, SignStrip
from villagebooks.gui.page import Page, label
from villagebooks.gui.table import STATE, Column, Table
from villagebooks.gui.theme import LATE, WAIT, Mark, px
from villagebooks.gui.year_end import YearEnd
from villagebooks.services.closing import (
    choose_blocking,
    close_month,
    closing_choices,
    distributable_fen,
    draft_closing_transfers,
    draft_distribution,
    lock_year,
    month_checklist,
    month_states,
    period_acts,
    reopen_month,
)
from villagebooks.services.desk import Desk, Office
from villagebooks.services.key import Unlocked
from villagebooks.services.taken import explain_taken
from villagebooks.services.voucher import list_vouchers, save_voucher

YEAR_END = 12
BANK_TAKEN = "bank_taken"
"""The rule whose lines the director may sign as looked at."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the page shows of the month: its state, how many vouchers, the checklist, the register, what is left."""

    state: str
    vouchers: int
    checklist: tuple[Blocker, ...]
    acts: tuple[PeriodAct, ...]
    left_fen: int


def checklist_columns() -> tuple[Column, ...]:
    """Columns of the checklist."""
    return (
        Column(_("怎样"), _mark, STATE, 8),
        Column(_("规则"), lambda one: rule_title(one.rule), width=22, spare=True),
        Column(_("在哪里"), lambda one: one.where, width=22),
        Column(_("什么事"), lambda one: one.text),
        Column(_("怎么办"), lambda one: one.act, width=36, spare=True),
    )


def act_columns() -> tuple[Column, ...]:
    """Columns of the register."""
    return (
        Column(_("时间"), lambda one: one.at, width=17, text=lambda one: one.at[:16].replace("T", " ")),
        Column(_("事项"), lambda one: act_word(one.act), width=9),
        Column(_("期间"), lambda one: one.period, width=9),
        Column(_("签字人"), lambda one: _("、").join(one.signers), width=18),
        Column(_("说明"), _note),
    )


class ClosingPage(Page):
    """`opened` carries the reference of a blocker (`voucher:uid`, `account:code`, `paper:uid`); `printed` asks for
    the register on paper, `recorded` for the record of one act by its uid."""

    opened = Signal(str)
    printed = Signal()
    recorded = Signal(str)

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        self.title = _("结账")
        super().__init__(seat)
        self._found = Found(OPEN, 0, (), (), 0)
        self.state, self.whole = label("", "heading"), label("", "muted")
        self.whole.setWordWrap(True)
        self.table = Table(checklist_columns(), _("结账检查"), _("没有挡住结账的事。"), filtered=False)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open)
        self.register = Table(act_columns(), _("结账登记簿"), _("还没有结过账。"), filtered=False)
        self.register.setMaximumHeight(4 * px("row_px") + 40)
        self.register.opened.connect(self._print_act)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("反结账的原因"))
        self.reason.setPlaceholderText(_("反结账的原因，写进登记簿，例如：漏记9月电费发票一张"))
        self.ground = QLineEdit()
        self.ground.setAccessibleName(_("银行扣收的依据"))
        self.ground.setPlaceholderText(_("凭哪份扣款协议、哪张回单，例如：2026年供电代扣协议，9月28日回单"))
        self.ground.returnPressed.connect(self.ask_explain)
        self.sign, self.year = SignStrip(seat, ring), YearEnd(self.draft_transfers, self.draft_shares)
        for part in (self.state, self.table, self.whole, self.ground, self.year, self.reason, self.sign):
            self.body.addWidget(part, 1 if part is self.table else 0)
        self.body.addWidget(label(_("结账登记簿（回车打印一条记录）"), "muted"))
        self.body.addWidget(self.register)
        self.setFocusProxy(self.table.view)
        self._go = self.add_act(_("去处理（回车）"), self.go_there, "chevron-right")
        self._explain = self.add_act(_("属实，主任签字…"), self.ask_explain, "stamp")
        self._choice = self.add_act(_("这条改为挡住"), self.turn_choice, "settings")
        self.add_act(_("打印登记簿"), self.printed.emit, "printer")
        self._lock = self.add_act(_("锁定年度…"), self.ask_lock, "lock")
        self._reopen = self.add_act(_("反结账…"), self.ask_reopen, "undo-2")
        self._close = self.add_act(_("结账…"), self.ask_close, "stamp", primary=True)
        later = (self.ground, self.year, self.reason, self._go, self._explain, self._choice, self._lock, self._reopen)
        for one in later:
            one.hide()  # until it is known what the month is like; without a book for good

    def load(self) -> None:
        """Read the checklist and the register."""
        self.seat.worker.read(partial(_read, self.seat.desk), self._take, self._refuse, key=self)

    def moved(self) -> None:
        """Another book or month: nothing is about to be signed."""
        self.sign.put_away()
        self.reason.clear()
        self.ground.clear()

    def ask_close(self) -> None:
        """Close the month."""
        blocked = [one.problem for one in self._found.checklist if one.blocks]
        if blocked:
            self.strip.show_problems(blocked)
            return
        self.strip.forgive()
        text = _(
            "结 {month}：{n} 张凭证，放过 {m} 条提示。结账以后这个月不能再记凭证；以前没有凭证或导入的月份一并结账。"
        )
        text = text.format(month=self.seat.month, n=self._found.vouchers, m=len(self._found.checklist))
        self.sign.ask(text, partial(close_month, self.seat.desk), self._closed, self.seat.person, _("签字结账"))

    def ask_reopen(self) -> None:
        """Reopen the month: the first of two people signs, then the second."""
        if not self.reason.text().strip():
            self.strip.show_problems([Problem(_("请写明反结账的原因"))])
            self.reason.setFocus()
            return
        self.strip.forgive()
        text = _("反结账 {month}：{reason}。要两个人签字，第一个人：").format(
            month=self.seat.month, reason=self.reason.text().strip()
        )
        self.sign.ask(text, _same, self._ask_second, self.seat.person, _("第一个人签字"))

    def ask_lock(self) -> None:
        """Lock the year for ever."""
        text = _("锁定 {year} 年：十二个月都不能再反结账，年度报表的校验值写进登记簿。").format(
            year=self.seat.month.year
        )
        self.sign.ask(text, partial(lock_year, self.seat.desk), self._locked, self._director(), _("签字锁定"))

    def go_there(self) -> None:
        """Where the act that removes the chosen blocker is done."""
        one = self.table.current()
        if one:
            self._open(one)

    def ask_explain(self) -> None:
        """The director signs on what it stands that the bank took so much."""
        one, words = self.table.current(), self.ground.text().strip()
        if one is None or one.rule != BANK_TAKEN:
            return
        if problems := check_note(words, TAKEN):
            self.strip.show_problems(problems)
            self.ground.setFocus()
            return
        self.strip.forgive()
        text = _("{text}：看过协议和回单，属实，{words}").format(text=one.text, words=words)
        act = partial(explain_taken, self.seat.desk, one.ref.partition(":")[2], words)
        self.sign.ask(text, act, self._explained, self._director())

    def turn_choice(self) -> None:
        """The chosen rule blocks from now on in every book, or only warns again."""
        one = self.table.current()
        if one and one.rule not in FIXED:
            act = partial(_turn_choice, self.seat.office, one.rule, WARN_ONLY if one.blocks else BLOCK)
            self.seat.worker.write(act, self._turned, self.strip.show_problems, _("保存"))

    def draft_transfers(self) -> None:
        """Save what is to be transferred as drafts."""
        act = partial(_save_transfers, self.seat.desk)
        self.seat.worker.write(act, self._drafted, self.strip.show_problems, _("生成结转凭证"))

    def draft_shares(self) -> None:
        """Save the year's distribution as drafts."""
        act = partial(_save_shares, self.seat.desk, self.year.reserve.text(), self.year.members.toPlainText())
        self.seat.worker.write(act, self._drafted, self.strip.show_problems, _("生成分配凭证"))

    def _ask_second(self, first: Unlocked) -> None:
        others = [name for name in self.seat.holders if name != first.person]
        second = next((name for name in others if self.seat.duties.get(name) in ("director", "agent")), "")
        text = _("反结账 {month}：{name}已同意，第二个人：").format(month=self.seat.month, name=first.person)
        act = partial(_reopen, self.seat.desk, first, self.reason.text())
        self.sign.ask(text, act, self._reopened, second, _("第二个人签字"))

    def _take(self, found: Found) -> None:
        self._found = found
        blocking = sum(one.blocks for one in found.checklist)
        hints = len(found.checklist) - blocking
        self.state.setText(
            _("{month}　{state}　凭证 {n} 张　挡住的 {a} 条，提示 {b} 条").format(
                month=self.seat.month, state=_state_word(found.state), n=found.vouchers, a=blocking, b=hints
            )
        )
        self.whole.setText("")
        self._choice.setVisible(False)
        self._go.setVisible(False)
        self._offer_ground(None)
        self.table.say_empty(_("没有挡住结账的事。") if found.state == OPEN else _("这个月的账已经结了。"))
        self.table.put(found.checklist)
        self.register.put(tuple(reversed(found.acts)))
        december, open_ = self.seat.month.month == YEAR_END, found.state == OPEN
        ends = december or (self.seat.book is not None and self.seat.book.stopped == self.seat.month)
        self.year.setVisible(december and open_)
        self.year.show_left(found.left_fen)
        self.reason.setVisible(found.state not in (OPEN, LOCKED))
        self._reopen.setVisible(found.state not in (OPEN, LOCKED))
        self._lock.setVisible(ends and found.state not in (OPEN, LOCKED))
        self._close.setVisible(open_)

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self._take(Found(OPEN, 0, (), (), 0))
        self.strip.show_problems(problems)

    def _choose(self, one: Blocker) -> None:
        self.whole.setText(_("{text}。{act}").format(text=one.text, act=one.act))
        self._choice.setText(_("这条改为只提示") if one.blocks else _("这条改为挡住"))
        self._choice.setVisible(one.rule not in FIXED)
        self._go.setVisible(bool(one.ref))
        self._offer_ground(one)

    def _offer_ground(self, one: Blocker | None) -> None:
        asked = one is not None and one.rule == BANK_TAKEN
        self.ground.setVisible(asked)
        self._explain.setVisible(asked)

    def _open(self, one: Blocker) -> None:
        if one.ref:
            self.opened.emit(one.ref)

    def _print_act(self, one: PeriodAct) -> None:
        self.recorded.emit(one.uid)

    def _explained(self, paper: Paper) -> None:
        self.ground.clear()
        self.strip.say(_("报账单 {n} 的银行扣收已由主任写明依据、签字").format(n=paper.number))
        self.table.view.setFocus()
        self.seat.tell_changed()

    def _turned(self, rule: str) -> None:
        self.strip.say(_("全镇的结账检查已改：{rule}").format(rule=rule_title(rule)))
        self.seat.tell_changed()

    def _closed(self, passed: list[Blocker]) -> None:
        self.strip.say(_("{month} 已结账，放过 {n} 条提示").format(month=self.seat.month, n=len(passed)))
        self.seat.tell_changed()

    def _reopened(self, one: PeriodAct) -> None:
        self.strip.say(
            _("{month} 已反结账：{people}。记完要补的凭证再结账。").format(
                month=one.period, people=_("、").join(one.signers)
            )
        )
        self.reason.clear()
        self.seat.tell_changed()
        self.recorded.emit(one.uid)

    def _locked(self, one: PeriodAct) -> None:
        self.strip.say(_("{year} 年已锁定，报表校验值 {hash}").format(year=one.period, hash=one.digest))
        self.seat.tell_changed()
        self.recorded.emit(one.uid)

    def _drafted(self, saved: list[Voucher]) -> None:
        names = _("、").join(one.title for one in saved)
        self.strip.say(_("已生成 {n} 张草稿：{names}，到“凭证”里送签").format(n=len(saved), names=names))
        self.seat.tell_changed()

    def _director(self) -> str:
        return next((name for name, duty in self.seat.duties.items() if duty == "director"), "")


def _mark(one: Blocker) -> Mark:
    return Mark(_("挡住"), LATE) if one.blocks else Mark(_("提示"), WAIT)


def _note(one: PeriodAct) -> str:
    if one.reason:
        return one.reason
    if one.act == LOCK:
        return _("报表校验值 {hash}").format(hash=one.digest)
    if one.vouchers or one.warnings:
        return _("凭证 {n} 张，放过 {m} 条提示").format(n=one.vouchers, m=len(one.warnings))
    return _("没有凭证")


def _state_word(state: str) -> str:
    return {OPEN: _("未结账"), LOCKED: _("已锁定")}.get(state, _("已结账"))


def _turn_choice(office: Office, rule: str, choice: str) -> str:
    choose_blocking(office, {**closing_choices(office), rule: choice})
    return rule


def _same(keys: Unlocked) -> Unlocked:
    return keys


def _reopen(desk: Desk, first: Unlocked, reason: str, second: Unlocked) -> PeriodAct:
    return reopen_month(desk, first, second, reason)


def _read(desk: Desk) -> Found:
    state = month_states(desk).get(desk.period, OPEN)
    checklist = tuple(month_checklist(desk)) if state == OPEN else ()
    left = distributable_fen(desk, desk.period.year) if desk.period.month == YEAR_END else 0
    return Found(state, len(list_vouchers(desk)), checklist, tuple(period_acts(desk)), left)


def _save_transfers(desk: Desk) -> list[Voucher]:
    drafts = draft_closing_transfers(desk, desk.period.year)
    refuse_if([] if drafts else [Problem(_("没有要结转的余额了"))])
    return [save_voucher(desk, draft) for draft in drafts]


def _save_shares(desk: Desk, reserve: str, members: str) -> list[Voucher]:
    shares, problems = read_shares(members)
    amount = read_yuan(reserve or "0")
    if amount is None:
        problems.append(Problem(_("提取公积公益金的金额写得不对")))
    refuse_if(problems)
    drafts = draft_distribution(desk, desk.period.year, Distribution(amount or 0, shares))
    return [save_voucher(desk, draft) for draft in drafts]


def draw_act(desk: Desk, uid: str, folder: Path) -> list[Path]:
    """The record of one act for the preview, a lock with the year's report."""
    from villagebooks.services.closing.printing import print_period_act  # noqa: PLC0415  (reportlab: window first)

    return print_period_act(desk, uid, folder)


def draw_register(desk: Desk, folder: Path) -> list[Path]:
    """The register for the preview."""
    from villagebooks.services.printout import print_register  # noqa: PLC0415  (reportlab, Pillow: window first)

    return [print_register(desk, folder / f"{desk.book.code}-closings.pdf")]
