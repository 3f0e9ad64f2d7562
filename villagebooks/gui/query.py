"""查询库: write the village's query file with two keys, and look a villager up at the counter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit

from villagebooks.core.disclosure import PutUp
from villagebooks.core.money import said_yuan
from villagebooks.core.person import check_id_number
from villagebooks.core.problem import Problem
from villagebooks.core.words import N_, _, pgettext
from villagebooks.gui.desk import Seat
from villagebooks.gui.key import KeyRing, SignStrip
from villagebooks.gui.page import Page, button, hair, label
from villagebooks.gui.table import MONEY, STATE, Column, Table
from villagebooks.gui.theme import DONE, WAIT, Mark, px, span
from villagebooks.gui.worker import Cancelled
from villagebooks.services.account import today
from villagebooks.services.desk import Desk
from villagebooks.services.disclosure import list_put_ups
from villagebooks.services.key import Unlocked
from villagebooks.services.lookup import Answer, Answers, Counter, look_up_at, open_counter
from villagebooks.services.query import export_query_file

KINDS = {"subsidy": N_("补助"), "dividend": N_("分红"), "current": N_("往来")}
FILE, READER, FOLDER = "query/file", "query/reader", "query/folder"


def item_columns() -> tuple[Column, ...]:
    """A villager's own rows."""
    return (
        Column(_("日期"), lambda item: item.day, width=11),
        Column(_("什么"), lambda item: item.kind, width=6, text=lambda item: _(KINDS.get(item.kind, item.kind))),
        Column(_("摘要"), lambda item: item.words),
        Column(_("欠村里、领到"), lambda item: item.debit_fen, MONEY, 14, total=True),
        Column(_("交了、该得"), lambda item: item.credit_fen, MONEY, 14, total=True),
    )


class QueryPage(Page):
    """Above: periods that may be exported. Below: the look-up."""

    def __init__(self, seat: Seat, ring: KeyRing, settings: QSettings | None) -> None:
        self.title = pgettext("page", "查询库")
        super().__init__(seat)
        self._settings = settings
        self._first: Unlocked | None = None
        self._counter: Counter | None = None
        self._folder = Path()
        self.periods = Table(
            self._period_columns(), _("已张榜的月份"), _("还没有张过榜。张榜满期的月份才进查询库。"), filtered=False
        )
        self.periods.setMaximumHeight(7 * px("row_px") + 40)
        self.sign = SignStrip(seat, ring)
        self.file, self.reader = (
            self._path_line(FILE, _("查询文件（.vbq）或文件夹")),
            self._path_line(READER, _("查询钥匙文件")),
        )
        self.number, self.secret = QLineEdit(), QLineEdit()
        self.number.setAccessibleName(_("身份证号"))
        self.number.setPlaceholderText(_("身份证号"))
        self.number.setMaxLength(24)
        self.number.setFixedWidth(span(240))
        self.number.returnPressed.connect(self.look_up)
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName(_("查询钥匙的口令"))
        self.secret.setPlaceholderText(_("钥匙口令（没有就空着）"))
        self.secret.setFixedWidth(self.secret.fontMetrics().horizontalAdvance(self.secret.placeholderText()) + 40)
        self.answer = label("", "heading")
        self.items = Table(
            item_columns(), _("本人的各行"), _("输入身份证号查询。号码不保存、不记日志。"), filtered=False
        )
        self._lay_out()
        self.add_act(_("导出查询库…"), self.ask_export, "download", primary=True)
        self.setFocusProxy(self.number)

    def load(self) -> None:
        """Read which months have stood their days."""
        self.seat.worker.read(partial(list_put_ups, self.seat.desk), self._take, key=self)

    def moved(self) -> None:
        """Another village: forget whom we looked up."""
        self._clear()

    def tell_choices(self) -> tuple[str, str]:
        """The files that are looked up in: chosen, and not yet kept by this PC."""
        return self.file.text(), self.reader.text()

    def take_choices(self, kept: tuple[str, str]) -> None:
        """The same files; of whom was looked up nothing is kept."""
        for line, text in zip((self.file, self.reader), kept, strict=True):
            line.setText(text)

    def ask_export(self) -> None:
        """Ask where, then for the director's key and another's."""
        folder = QFileDialog.getExistingDirectory(self, _("查询文件放在哪里"), self._kept(FOLDER))
        if folder:
            self.export_to(Path(folder))

    def export_to(self, folder: Path) -> None:
        """Two people sign: the director first."""
        self._folder = folder
        self._keep(FOLDER, str(folder))
        director = next((name for name, duty in self.seat.duties.items() if duty == "director"), "")
        text = _("导出 {book} 的查询文件：张榜满期的月份，在册的人凭身份证号看本人的行。要两人签名，第一位：主任。")
        self.sign.ask(text.format(book=self.seat.desk.book.name), _same, self._second, director)

    def look_up(self) -> None:
        """Open the person's rows; the number is forgotten at once."""
        number, self_file, reader = self.number.text().strip(), self.file.text().strip(), self.reader.text().strip()
        self._clear()
        if not number or not self_file or not reader:
            self.strip.hint(_("请选查询文件和查询钥匙，再输身份证号"))
            return
        self._keep(FILE, self_file)
        self._keep(READER, reader)
        slip = check_id_number(number)
        if isinstance(slip, Problem):  # at once, before any key is opened
            self._refuse((slip,))
            return
        act = partial(_look_up, Path(self_file), Path(reader), self.secret.text(), self._counter, number)
        self.seat.worker.read(act, self._show, self._refuse, key="lookup")

    def _second(self, keys: Unlocked) -> None:
        self._first = keys
        agents = [name for name in self.seat.holders if self.seat.duties.get(name) == "agent" and name != keys.person]
        here = self.seat.person if self.seat.person in agents else (agents[0] if agents else "")
        self.sign.ask(_("第二位签名：另一位代理会计或主任。签完就开始导出。"), _same, self._export, here)

    def _export(self, keys: Unlocked) -> None:
        if self._first is None:
            return
        act = partial(_export, self.seat.desk, (self._first, keys), self._folder)
        self._first = None
        self.seat.worker.long(act, self._exported, _("导出查询库"), self.strip.show_problems)

    def _exported(self, path: Path) -> None:
        self.file.setText(str(path))
        self._keep(FILE, str(path))
        self.strip.say(_("已导出 {path}").format(path=path))
        self.seat.tell_changed()

    def _take(self, found: list[PutUp]) -> None:
        self.periods.put(list(reversed(found)))

    def _show(self, answered: tuple[Counter, Answers]) -> None:
        self._counter, answers = answered
        if answers.passed:
            self.strip.hint("\n".join(answers.passed))
        several = len(answers.found) > 1
        told = [(f"{one.book}　" if several else "") + _answer_words(one) for one in answers.found]
        self._say("\n".join(told) or _("没有查到：名册里没有这个号码。"))
        self.items.put(
            [
                replace(item, words=_("{where}：{text}").format(where=one.book, text=item.words)) if several else item
                for one in answers.found
                for item in one.items
            ]
        )

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        self.number.setFocus()

    def _say(self, text: str) -> None:
        self.answer.setText(text)
        self.answer.setVisible(bool(text))

    def _clear(self) -> None:
        self.number.clear()
        self._say("")
        self.items.put(())
        self.strip.say("")

    def _period_columns(self) -> tuple[Column, ...]:
        return (
            Column(_("月份"), lambda one: one.month, width=10),
            Column(_("张榜"), lambda one: one.put_up, width=12),
            Column(_("至少贴到"), lambda one: one.stay_until, width=12),
            Column(_("本期码"), lambda one: one.code),
            Column(_("状态"), self._state, STATE, 16),
        )

    def _state(self, one: PutUp) -> Mark:
        over = one.stay_until <= today(self.seat.office).isoformat()
        return Mark(_("期满，可导出"), DONE) if over else Mark(_("公示中"), WAIT)

    def _lay_out(self) -> None:
        self.body.addWidget(self.periods)
        self.body.addWidget(self.sign)
        self.body.addWidget(hair())
        self.body.addWidget(label(_("柜台查询"), "heading"))
        paths = QHBoxLayout()
        for line, slots in (
            (self.file, ((_("选…"), self._choose_file), (_("整个文件夹…"), self._choose_folder))),
            (self.reader, ((_("选…"), self._choose_reader),)),
        ):
            paths.addWidget(line, 1)
            for word, slot in slots:
                paths.addWidget(button(word, slot, "folder-open"))
        self.body.addLayout(paths)
        asking = QHBoxLayout()
        for part in (
            self.number,
            self.secret,
            button(_("查询"), self.look_up, "search"),
            button(_("清屏"), self._clear, "x"),
        ):
            asking.addWidget(part)
        asking.addStretch(1)
        self.body.addLayout(asking)
        self.body.addWidget(self.answer)
        self.body.addWidget(self.items, 1)
        self._say("")

    def _path_line(self, key: str, name: str) -> QLineEdit:
        line = QLineEdit(self._kept(key))
        line.setPlaceholderText(name)
        line.setAccessibleName(name)
        return line

    def _choose_file(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("查询文件"), self.file.text(), "(*.vbq)")
        if path:
            self.file.setText(path)

    def _choose_folder(self) -> None:
        """Of several books at once: the newest file of each."""
        folder = QFileDialog.getExistingDirectory(self, _("放查询文件的文件夹"), self.file.text())
        if folder:
            self.file.setText(folder)

    def _choose_reader(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("查询钥匙文件"), self.reader.text())
        if path:
            self.reader.setText(path)

    def _kept(self, key: str) -> str:
        return str(self._settings.value(key, "")) if self._settings else ""

    def _keep(self, key: str, value: str) -> None:
        if self._settings:
            self._settings.setValue(key, value)


def _answer_words(found: Answer) -> str:
    """Who it is, what the person owes or is owed, as of which day."""
    owes = _("欠村里") if found.balance_fen > 0 else _("村里欠")
    amount = _("{yuan} 元").format(yuan=said_yuan(abs(found.balance_fen)))
    balance = f"{owes} {amount}" if found.balance_fen else _("两清")
    text = _("{village}　{household} 户　{name}　{balance}　数据到 {day}")
    return text.format(
        village=found.village, household=found.household, name=found.name, balance=balance, day=found.asof
    )


def _same(keys: Unlocked) -> Unlocked:
    return keys


def _look_up(file: Path, reader: Path, passphrase: str, before: Counter | None, number: str) -> tuple[Counter, Answers]:
    counter = open_counter(reader, passphrase, before)
    return counter, look_up_at(counter, file, number)


def _export(desk: Desk, signers: tuple[Unlocked, Unlocked], folder: Path, report: Callable[[int, int], None]) -> Path:
    def tell(done: int, total: int) -> bool:
        try:
            report(done, total)
        except Cancelled:
            return False
        return True

    return export_query_file(desk, signers, folder, progress=tell)
