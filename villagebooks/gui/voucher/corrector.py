"""Does what the menu 更正 says: asks in place for what an act needs, runs it, and tells the voucher's page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from villagebooks.core.correction import Remark, day_off_board
from villagebooks.core.period import Month
from villagebooks.core.template import Template
from villagebooks.core.voucher import Line, Voucher, touches_money
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.keymap import key
from villagebooks.gui.voucher.correction import (
    NO_BLUE,
    ONLY_RED,
    TEMPLATE,
    CorrectionMenu,
    DifferencePanel,
    WordsStrip,
    correction_words,
    offered,
)
from villagebooks.services.account import today
from villagebooks.services.correction import (
    Corrections,
    Redone,
    correct_difference,
    correct_prior_year,
    correct_voucher,
    corrections_of,
    leave_undone,
    redo_voucher,
    reverse_only,
    standing,
)
from villagebooks.services.proof import export_proof
from villagebooks.services.template import keep_template


class Corrector(QObject):
    """`made` carries (voucher to show, sentence), `said` a sentence about the same voucher, `known` how it stands
    among corrections, `refused` problems; `asking` is true while the panel of right amounts lies over the form;
    `repeated` carries a voucher that is to come again."""

    made = Signal(object)
    said = Signal(str)
    known = Signal(str)
    refused = Signal(object)
    asking = Signal(bool)
    repeated = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._voucher: Voucher | None = None
        self._day = date(2000, 1, 1)
        self._hung: Month | None = None
        self._standing: list[int] = []
        self.menu, self.words, self.panel = CorrectionMenu(), WordsStrip(), DifferencePanel()
        self.menu.chosen.connect(self.do)
        self.menu.left.connect(self._give_up)
        self.words.left.connect(self._give_up)
        self.panel.left.connect(self._give_up)
        self.panel.asked.connect(self._make_difference)

    def use(self, voucher: Voucher | None, day: date) -> None:
        """The voucher in hand, and the day that its correction would carry."""
        self._voucher, self._day, self._hung = voucher, day, None
        self.words.hide()
        self.panel.hide()
        self.menu.offer(())
        self.known.emit("")
        self._read()

    def do(self, act: str) -> None:
        """Do an act of the menu, or ask first for what it needs."""
        voucher = self._voucher
        if voucher is None:
            return
        desk, uid, day = self._seat.desk, voucher.uid, self._free_day(voucher.lines)
        match act:
            case "redo":
                self._write(partial(correct_voucher, desk, uid, day), self._redone)
            case "earlier":
                self._write(partial(correct_prior_year, desk, uid, day), self._begun)
            case "blue":
                self._write(partial(redo_voucher, desk, uid, day), self._begun)
            case "difference":
                self._seat.worker.read(partial(standing, desk, uid), self._ask_difference, self._refuse, key=self)
            case "repeat":
                self.repeated.emit(voucher)
            case "proof":
                self._ask_proof(voucher)
            case _:
                self._ask(act, voucher)

    def _ask(self, act: str, voucher: Voucher) -> None:
        title = voucher.title
        if act == ONLY_RED:
            text = _("只冲销 {title}，不再重做：写明为什么。例如：和别的凭证重复、没有发生。").format(title=title)
            self.words.ask(text, _("为什么不重做"), self._reverse_only, _("冲销"))
        elif act == NO_BLUE:
            text = _("红字凭证 {title} 不再做蓝字：写明为什么。写了不能改。").format(title=title)
            self.words.ask(text, _("为什么不重做"), self._leave_undone, _("写明"))
        elif act == TEMPLATE:
            text = _("把 {title} 的分录存为全镇的模板，金额空着。模板叫什么？").format(title=title)
            name = voucher.lines[0].summary if voucher.lines else ""
            self.words.ask(text, _("模板名称"), self._keep_template, _("存为模板"), name)

    def _write(self, act: Callable[[], object], done: Callable[[Any], None]) -> None:
        self._seat.worker.write(act, done, self._refuse, _("更正"))

    def _refuse(self, problems: object) -> None:
        self.refused.emit(problems)

    def _redone(self, made: Redone) -> None:
        text = _("已做红字 {red} 号和蓝字 {blue} 号两张草稿。把蓝字改对，{key} 保存；先签红字、记账，再记蓝字。")
        self.made.emit((made.blue, text.format(red=made.red.title, blue=made.blue.title, key=key("save"))))

    def _begun(self, voucher: Voucher) -> None:
        text = _("已做更正凭证 {title} 号的草稿。核对分录，{key} 保存，再送签。")
        self.made.emit((voucher, text.format(title=voucher.title, key=key("save"))))

    def _reverse_only(self, why: str) -> None:
        if self._voucher:
            day = self._free_day(self._voucher.lines)
            self._write(partial(reverse_only, self._seat.desk, self._voucher.uid, day, why), self._reversed)

    def _reversed(self, voucher: Voucher) -> None:
        text = _("已做红字凭证 {title} 号，送签后记账才生效。")
        self.made.emit((voucher, text.format(title=voucher.title)))

    def _leave_undone(self, why: str) -> None:
        if self._voucher:
            self._write(partial(leave_undone, self._seat.desk, self._voucher.uid, why), self._said)

    def _said(self, remark: Remark) -> None:
        self.words.put_away()
        self.said.emit(_("已写明不重做：{words}").format(words=remark.words))
        self._read()

    def _keep_template(self, name: str) -> None:
        if self._voucher:
            self._write(partial(keep_template, self._seat.desk, self._voucher.uid, name), self._kept)

    def _kept(self, template: Template) -> None:
        self.words.put_away()
        self.said.emit(_("已存为模板“{name}”，在新凭证里按 F4 用").format(name=template.name))

    def _ask_proof(self, voucher: Voucher) -> None:
        """Ask where to, and write what others verify without these books."""
        text = _("{book}-{month}-{title}-证明.json")
        name = text.format(book=self._seat.desk.book.code, month=voucher.month, title=voucher.title)
        path, _kind = QFileDialog.getSaveFileName(self.menu, _("凭证证明存为"), name, "JSON (*.json)")
        if path:
            act = partial(export_proof, self._seat.desk, voucher.uid, Path(path))
            self._seat.worker.read(act, self._proven, self._refuse, key=(id(self), "proof"))

    def _proven(self, path: Path) -> None:
        self.said.emit(_("已存为 {path}；核验用 villagebooks verify，或 verify_villagebooks.py").format(path=path.name))

    def _ask_difference(self, amounts: list[int]) -> None:
        if self._voucher:
            self._standing = amounts
            self.asking.emit(True)
            self.panel.ask(self._voucher, amounts, self._seat.entry)

    def _make_difference(self, right: list[int]) -> None:
        if self._voucher:
            lines = zip(self._voucher.lines, self._standing, right, strict=True)
            day = self._free_day([line for line, have, wanted in lines if have != wanted])
            self._write(partial(correct_difference, self._seat.desk, self._voucher.uid, right, day), self._begun)

    def _free_day(self, lines: Sequence[Line]) -> date:
        """The day that a correction of these lines carries: of money, after the months whose sheets hang."""
        day = max(self._day, self._voucher.day) if self._voucher else self._day
        hung = self._hung if touches_money(lines, self._seat.entry.accounts) else None
        return day_off_board(day, hung, today(self._seat.office))

    def _give_up(self) -> None:
        self.asking.emit(False)

    def _read(self) -> None:
        if self._voucher:
            act = partial(corrections_of, self._seat.desk, self._voucher.uid)
            self._seat.worker.read(act, self._show, key=self)

    def _show(self, known: Corrections) -> None:
        if self._voucher:
            self._hung = known.hung
            self.menu.offer(offered(self._voucher, known, self._free_day(self._voucher.lines).year))
            self.known.emit(correction_words(self._voucher, known))
