"""公示: the month's sheet as it ties, the words written on it, put up with the director's key, printed on A3 or A4."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from villagebooks.core.disclosure import AnchorMark, Fund, Sheet
from villagebooks.core.money import reading_text, said_yuan
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.kept import FormKeeper, FormRecovery, HandedIn, left_words
from villagebooks.gui.key import KeyRing, SignStrip
from villagebooks.gui.page import Page, label
from villagebooks.gui.table import DAY, MONEY, Column, Table
from villagebooks.gui.theme import px, set_tone
from villagebooks.gui.typed import is_written
from villagebooks.services.desk import Desk
from villagebooks.services.disclosure import (
    check_put_up,
    hanging_sheet,
    list_put_ups,
    prepare_sheet,
    print_sheet,
    put_up,
    save_notes,
)
from villagebooks.services.disclosure import sheet_notes as read_notes
from villagebooks.services.key import Unlocked
from villagebooks.services.unsaved import NOTICE, FoundForm


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the sheet on screen: money in or out, in the order of the printed one."""

    day: date
    words: str
    income_fen: int
    spending_fen: int
    group: str
    people: str
    voucher: str
    uid: str


@dataclass(frozen=True, slots=True)
class Found:
    """The sheet of the month: prepared or hanging (`mark`), or why there is none."""

    sheet: Sheet | None
    mark: AnchorMark | None
    stay_until: str
    problems: tuple[Problem, ...]


def sheet_columns() -> tuple[Column, ...]:
    """Columns of the sheet's rows."""
    return (
        Column(_("哪天"), lambda row: row.day, DAY, 11),
        Column(_("什么事、给了谁"), lambda row: row.words),
        Column(_("分组"), lambda row: row.group, width=16, spare=True),
        Column(_("收进来"), lambda row: row.income_fen, MONEY, 13, total=True),
        Column(_("花出去"), lambda row: row.spending_fen, MONEY, 13, total=True),
        Column(_("经手、证明、批准"), lambda row: row.people, width=24),
        Column(_("单据"), lambda row: row.voucher, width=6),
    )


class DisclosurePage(Page):
    """`printed` (title, draw) for the preview; `voucher_wanted` carries the uid behind a row."""

    printed = Signal(str, object)
    voucher_wanted = Signal(str)

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        self.title = _("公示")
        super().__init__(seat)
        self._found = Found(None, None, "", ())
        self.state, self.ties = label("", "heading"), label("", "muted")
        self.ties.setWordWrap(True)
        self.numbers = FourNumbers()
        self.table = Table(sheet_columns(), _("公开榜各行"), _("这个月没有收支，或还有凭证没有记账。"))
        self.table.opened.connect(self._open)
        self.words = QPlainTextEdit()
        self.words.setAccessibleName(_("监督委员会的话"))
        self.words.setPlaceholderText(_("例如：9月30日开会，3人到齐，逐张看了单据，没有不同意的。"))
        self.words.setFixedHeight(64)
        self.words.setTabChangesFocus(True)
        self.sign = SignStrip(seat, ring)
        self.keeper = FormKeeper(seat, self, NOTICE, {"words": self.words})
        self.keeper.failed.connect(self.strip.hint)
        self.recovery = FormRecovery(seat, NOTICE, lambda: self.keeper, _left, self.strip)
        self.recovery.restored.connect(self._restore)
        for part in (self.recovery, self.numbers, self.ties, self.state):
            self.body.addWidget(part)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(label(_("监督委员会的话（张榜前写）"), "muted"))
        self.body.addWidget(self.words)
        self.body.addWidget(self.sign)
        self.setFocusProxy(self.table.view)
        self._keep = self.add_act(_("保存这段话"), self.save_words, "save")
        self._a3 = self.add_act(_("预览 A3"), self.print_a3, "printer")
        self._a4 = self.add_act(_("预览 A4"), self.print_a4, "printer")
        self._up = self.add_act(_("张榜…"), self.ask_put_up, "megaphone", primary=True)

    def moved(self) -> None:
        """Another book or month: the words were about the last one, are kept there and offered there again."""
        self.keeper.leave_behind()
        self.words.document().setModified(False)

    def load(self) -> None:
        """Read the hanging sheet, else prepare it."""
        self.seat.worker.read(partial(_read, self.seat.desk), self._take, key=self)
        self.recovery.look()

    def ask_put_up(self) -> None:
        """Put the sheet up: it is kept for ever as it is then."""
        sheet = self._found.sheet
        if sheet is None or self._found.mark is not None:
            return
        if self._found.problems:
            self.strip.show_problems(self._found.problems)
            return
        self.strip.forgive()
        own = sheet.own
        text = _(
            "张 {village} {month} 的公开榜：上月剩 {a} ＋ 收 {b} − 花 {c} ＝ 剩 {d} 元，"
            "从 {day} 起至少贴到 {end}。贴出后不能改，有错在下一期说明。"
        )
        text = text.format(
            village=sheet.village, month=sheet.month, a=_yuan(own.opening_fen), b=_yuan(own.income_fen),
            c=_yuan(own.spending_fen), d=_yuan(own.closing_fen), day=sheet.notes.put_up, end=sheet.notes.stay_until,
        )  # fmt: skip
        director = next((name for name, duty in self.seat.duties.items() if duty == "director"), "")
        act = partial(_put_up, self.seat.desk, self.words.toPlainText().strip())
        self.sign.ask(text, act, partial(self._put_up, self.keeper.hand_in()), director, _("签名张榜"))

    def save_words(self) -> None:
        """Keep the committee's words."""
        act = partial(_save_words, self.seat.desk, self.words.toPlainText().strip())
        done = partial(self._saved, self.keeper.hand_in())
        self.seat.worker.write(act, done, self.strip.show_problems, _("保存"))

    def print_a3(self) -> None:
        """Preview on A3."""
        self._print("A3")

    def print_a4(self) -> None:
        """Preview on A4."""
        self._print("A4")

    def _print(self, paper: str) -> None:
        if self._found.sheet:
            draw = partial(_draw, self.seat.desk, self._found.sheet, self._found.mark, paper)
            self.printed.emit(_("收支公开榜 {paper}").format(paper=paper), draw)

    def _take(self, found: Found) -> None:
        self._found = found
        sheet, mark = found.sheet, found.mark
        if found.problems and sheet is None:
            self.strip.show_problems(found.problems)
        self.numbers.put(sheet.own if sheet else None)
        self.table.put(list(_rows(sheet)) if sheet else ())
        self.ties.setText(_others(sheet) if sheet else "")
        if mark:
            text = _("已张榜，贴到 {day}　本期码 {code}").format(day=found.stay_until, code=mark.code)
        else:
            text = _("还没有张榜") if sheet and not found.problems else _("还不能张榜")
        self.state.setText(text)
        set_tone(self.state, "tone", "done" if mark else "wait")
        if mark or not is_written(self.words):  # somebody else's saving takes no words away
            self.words.setPlainText(sheet.notes.committee_words if sheet else "")
        self.words.setReadOnly(mark is not None)
        for act in (self._keep, self._up):
            act.setVisible(mark is None)
            act.setEnabled(sheet is not None)
        for act in (self._a3, self._a4):
            act.setEnabled(sheet is not None)

    def _restore(self, found: FoundForm) -> None:
        if self.words.isReadOnly():
            self.strip.hint(_("这一期已经张榜，榜上的话不能再改"))
        elif self.recovery.may_take(self.keeper):
            self.recovery.take(found, self.keeper)
            self.words.setFocus()

    def _put_up(self, handed: HandedIn, mark: AnchorMark) -> None:
        self.keeper.arrived(handed)
        self.strip.say(_("已张榜，本期码 {code}。打印后贴出。").format(code=mark.code))
        self.seat.tell_changed()

    def _saved(self, handed: HandedIn, _done: object) -> None:
        if not self.keeper.arrived(handed):
            self.strip.say(handed.words())
            self.seat.tell_changed()
            return
        self.words.document().setModified(False)
        self.strip.say(_("已保存"))
        self.refresh()

    def _open(self, row: SheetRow) -> None:
        self.voucher_wanted.emit(row.uid)


def _left(found: FoundForm, desk: Desk) -> str:
    """What an earlier run left, when, and in whose book."""
    one = found.unsaved
    text = _("有监督委员会的话写了没有保存（{when}）：{month}，“{words}”。")
    return text.format(when=left_words(one, desk), month=one.period, words=one.text("words").strip()[:20])


class FourNumbers(QWidget):
    """上个月剩下 ＋ 收进来 − 花出去 ＝ 现在还剩, each with its reading."""

    def __init__(self) -> None:
        super().__init__()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px("gap_px"))
        self._cells = []
        titles = (_("上个月剩下的钱"), _("＋ 收进来"), _("− 花出去"), _("＝ 现在还剩的钱"))
        for title in titles:
            card = QFrame()
            card.setObjectName("card")
            inside = QVBoxLayout(card)
            inside.setSpacing(2)
            figure, reading = label("—", "figure"), label("", "muted")
            figure.setAccessibleName(title)
            reading.setWordWrap(True)
            for part in (label(title, "muted"), figure, reading):
                inside.addWidget(part)
            box.addWidget(card, 1)
            self._cells.append((figure, reading))

    def put(self, fund: Fund | None) -> None:
        """Show the numbers of one kind of money."""
        found = (fund.opening_fen, fund.income_fen, fund.spending_fen, fund.closing_fen) if fund else (None,) * 4
        for (figure, reading), fen in zip(self._cells, found, strict=True):
            figure.setText("—" if fen is None else said_yuan(fen))
            reading.setText("" if fen is None else reading_text(fen))


def _read(desk: Desk) -> Found:
    hanging = hanging_sheet(desk)
    if hanging:
        until = next(one.stay_until for one in list_put_ups(desk) if one.month == desk.period)
        return Found(hanging[0], hanging[1], until, ())
    try:
        return Found(prepare_sheet(desk), None, "", tuple(check_put_up(desk)))
    except Refused as refusal:
        return Found(None, None, "", refusal.problems)


def _rows(sheet: Sheet) -> Iterator[SheetRow]:
    for fund in (sheet.own, *sheet.others):
        apart = "" if fund is sheet.own else f"{fund.title}　"
        for income in fund.income:
            yield SheetRow(
                income.day, income.words, income.amount_fen, 0, f"{apart}{income.basis}", "", income.voucher,
                income.voucher_uid,
            )  # fmt: skip
        for group in fund.spending:
            for item in group.items:
                people = _("、").join(
                    dict.fromkeys(name for name in (item.handler, item.witness, *item.approvers) if name)
                )
                yield SheetRow(
                    item.day, item.words, 0, item.amount_fen, f"{apart}{group.title}", people, item.voucher,
                    item.voucher_uid,
                )  # fmt: skip


def _others(sheet: Sheet) -> str:
    places = "　".join(f"{one.label} {_yuan(one.amount_fen)}" for one in sheet.places)
    still = "　".join(f"{one.words} {_yuan(one.amount_fen)}" for one in (*sheet.transfers, *sheet.no_money))
    return _("钱在哪里：{places}").format(places=places or _("账上没有钱")) + (
        _("　｜　没有花掉的：{still}").format(still=still) if still else ""
    )


def _put_up(desk: Desk, words: str, keys: Unlocked) -> AnchorMark:
    _save_words(desk, words)
    return put_up(desk, [keys])


def _save_words(desk: Desk, words: str) -> None:
    save_notes(desk, replace(read_notes(desk), committee_words=words))


def _draw(desk: Desk, sheet: Sheet, mark: AnchorMark | None, paper: str, folder: Path) -> Sequence[Path]:
    return print_sheet(desk, sheet, mark, paper, folder / f"{desk.book.code}-{desk.period}-{paper}.pdf")


def _yuan(fen: int) -> str:
    return said_yuan(fen)
