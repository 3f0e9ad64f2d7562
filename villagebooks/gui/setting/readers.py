"""Keys that open query files: which devices have one, and a new one written to a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from villagebooks.core.filename import file_name
from villagebooks.core.problem import Problem
from villagebooks.core.query import KIOSK, PAGE
from villagebooks.core.words import N_, _
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import CHOICE, SECRET, Field, Form, required
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.tab import Panel
from villagebooks.gui.table import Column, Table
from villagebooks.gui.theme import span
from villagebooks.services.lookup import Reader, list_readers, make_reader_file, renew_reader_file

CLASSES = {KIOSK: N_("查询机（村部、中心柜台）"), PAGE: N_("网页")}


class ReadersPanel(Panel):
    """The enrolled devices, and below the form of a new key."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self.strip = Strip()
        columns = (
            Column(_("设备名称"), lambda one: one.name),
            Column(_("用在哪里"), lambda one: one.cls, width=30, text=lambda one: _(CLASSES[one.cls])),
        )
        empty = _("还没有查询设备。先做总钥匙，再在下面给每台查询机发一把钥匙。")
        self.table = Table(columns, _("查询设备"), empty, filtered=False)
        self.form = Form(
            (
                Field("name", required(_("设备名称")), hint=_("例如 老秤湾村查询机")),
                Field("cls", _("用在哪里"), CHOICE, tuple(CLASSES.values())),
                Field("root", required(_("总钥匙口令")), SECRET),
                Field("passphrase", _("钥匙文件的口令"), SECRET, hint=_("至少 10 个字，空着就不加口令")),
                Field("again", _("再输一遍"), SECRET),
            )
        )  # fmt: skip
        words = label(
            _(
                "以后导出的查询文件，这台设备都能打开；以前导出的打不开，要重新导出。"
                "有人看管、每天开机输口令的设备加口令；自己开机的不加口令，钥匙文件只能留在那一台机器上。"
            ),
            "muted",
        )
        words.setWordWrap(True)
        inside = QWidget()
        inside.setMaximumWidth(span(760))
        acts = QVBoxLayout(inside)
        acts.setContentsMargins(0, 0, 0, 0)
        for part in (label(_("发一把查询钥匙"), "heading"), words, self.form):
            acts.addWidget(part)
        acts.addWidget(button(_("发查询钥匙…"), self.ask, "key", primary=True), 0, Qt.AlignmentFlag.AlignRight)
        self.table.head.addWidget(button(_("换总钥匙后更新钥匙文件…"), self.ask_renew, "refresh-cw"))
        box = QVBoxLayout(self)
        box.addWidget(self.strip)
        box.addWidget(self.table, 1)
        box.addWidget(inside)

    def load(self) -> None:
        """Read the enrolled devices."""
        self._seat.worker.read(partial(list_readers, self._seat.office), self._take, key=self)

    def ask(self) -> None:
        """Ask where the key file goes."""
        values = self.form.values()
        problems = [Problem(_("这一栏要填"), field=name) for name in ("name", "root") if not values[name]]
        if values["passphrase"] != values["again"]:
            problems.append(Problem(_("两遍口令不一样"), field="again"))
        self.form.show_problems(problems)
        if problems:
            self.strip.show_problems(problems)
            return
        name = file_name(_("{name}查询钥匙").format(name=values["name"]), ".json")
        quiet = QFileDialog.Option.DontConfirmOverwrite  # a key file that is there is never written over
        path, _kind = QFileDialog.getSaveFileName(self, _("钥匙文件放在哪里"), name, "(*.json)", options=quiet)
        if path:
            self.make(Path(path))

    def make(self, path: Path) -> None:
        """Enrol the device and write its key file."""
        values = self.form.values()
        cls = next(cls for cls, word in CLASSES.items() if word == values["cls"])
        act = partial(
            make_reader_file, self._seat.office, values["root"], cls, values["name"], path, values["passphrase"]
        )
        self._seat.worker.write(act, self._made, self._refuse, _("发查询钥匙"))

    def ask_renew(self) -> None:
        """Ask which device's key file is to trust the root key of today."""
        path, _kind = QFileDialog.getOpenFileName(self, _("哪一个钥匙文件"), "", "(*.json)")
        if path:
            self.renew(Path(path))

    def renew(self, path: Path) -> None:
        """Let a key file trust the root key of today."""
        act = partial(renew_reader_file, self._seat.office, path)
        self._seat.worker.write(act, self._renewed, self._refuse, _("更新钥匙文件"))

    def _renewed(self, one: Reader) -> None:
        text = _("{name}的钥匙文件认现在的总钥匙了，口令没有变。拷回那台设备；各村的查询文件要重新导出，它才打得开。")
        self.strip.say(text.format(name=one.name))

    def _take(self, found: list[Reader]) -> None:
        self.table.put(found)

    def _made(self, path: Path) -> None:
        self.form.put({"name": "", "root": "", "passphrase": "", "again": ""})
        self.form.settle()
        self.strip.say(_("查询钥匙写在 {path}。拷到那台设备上，这里不要留。").format(path=path))
        self.load()

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        self.form.show_problems(problems)
