"""The first page: 新建中心 · 打开演示乡镇 · 打开账套 · 连接办公室服务器."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from villagebooks.core.filename import file_name
from villagebooks.core.problem import Problem
from villagebooks.core.village import check_region
from villagebooks.core.words import _, language
from villagebooks.gui.form import Field, Form
from villagebooks.gui.look import LANGUAGES
from villagebooks.gui.manual.panel import ManualPanel
from villagebooks.gui.order import go_on
from villagebooks.gui.page import Strip, button, hair, label
from villagebooks.gui.section import Scroll
from villagebooks.gui.theme import LATE, WAIT, dress, icon, span
from villagebooks.services.desk import Office, open_office
from villagebooks.services.office import create_office
from villagebooks.services.recent import read_place

DEMO_FOLDER = "villagebooks-demo"
SUFFIX = ".vbooks"


class StartPage(QWidget):
    """What somebody sees who has no books yet. `chosen` carries an act that answers with an office, `spoken` the
    language that was chosen."""

    chosen = Signal(object, str)
    spoken = Signal(str)
    told = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        dress(self)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("村账"))
        self.resize(1024, 640)
        self.manual: ManualPanel | None = None
        self.strip = Strip()
        middle = QVBoxLayout()
        middle.setSpacing(10)
        sign = QLabel()
        sign.setPixmap(icon("landmark", "accent", 40).pixmap(40, 40))
        middle.addStretch(2)
        middle.addWidget(sign)
        middle.addWidget(label(_("村账　村级会计委托代理"), "title"))
        middle.addWidget(_note(_("每个村一套账，一次录入，凭证、账簿、报表、公开榜和查询库都从它来。")))
        middle.addWidget(self.strip)
        middle.addSpacing(12)
        self.new = self._choice(
            middle, _("新建中心"), _("给一个乡镇的会计核算中心建一个空的账套文件"), "plus", self.show_form
        )
        self.form = Form(
            (Field("township", _("乡镇名称"), hint=_("例如 白雁河镇")), Field("code", _("行政区划代码（可空）")))
        )
        self.make = button(_("选保存位置，建立"), self.make_office, "check", primary=True)
        middle.addWidget(self.form)
        middle.addWidget(self.make, 0, Qt.AlignmentFlag.AlignRight)
        self.demo = self._choice(
            middle, _("打开演示乡镇"), _("一个虚构的乡镇，六套账，一整月的凭证、签字、公开榜"), "layers", self.open_demo
        )
        self.open = self._choice(middle, _("打开账套"), _("打开已有的 .vbooks 文件"), "folder-open", self.open_file)
        self.server = self._choice(
            middle, _("连接办公室服务器"), _("几台电脑一起用的账套；地址问管理员"), "database", self.show_server
        )
        self.address = Form((Field("address", _("地址"), hint=_("postgresql://用户@电脑/数据库?files=共享文件夹")),))
        self.join = button(_("连接"), self.join_server, "check", primary=True)
        middle.addWidget(self.address)
        middle.addWidget(self.join, 0, Qt.AlignmentFlag.AlignRight)
        self.help = button(_("使用手册（F1）"), self.read_manual, "info")
        QShortcut(QKeySequence("F1"), self).activated.connect(self.read_manual)
        self.other = "en" if language() == "zh" else "zh"
        self.speech = button(LANGUAGES[self.other], self._speak)
        self.speech.setAccessibleName(_("语言：{name}").format(name=LANGUAGES[self.other]))
        last = QHBoxLayout()
        last.addWidget(self.help)
        last.addWidget(self.speech)
        last.addStretch(1)
        middle.addLayout(last)
        middle.addStretch(3)
        inside = QWidget()
        inside.setFixedWidth(span(560))
        inside.setLayout(middle)
        ground = QWidget()
        row = QHBoxLayout(ground)
        row.addStretch(1)
        row.addWidget(inside)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._area = Scroll(ground)
        box.addWidget(self._area)
        for part in (self.form, self.make, self.address, self.join):
            part.hide()
        self.told.connect(self._tell)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes as people read."""
        return go_on(self, forward) or super().focusNextPrevChild(forward)

    def show_form(self) -> None:
        """Ask for the township's name."""
        self._show_only(self.form, self.make)
        self.form.entry("township").setFocus()

    def make_office(self) -> None:
        """Ask where the file shall lie, then make it."""
        values = self.form.values()
        problems = check_region(values["code"])
        if not values["township"]:
            problems.insert(0, Problem(_("请写乡镇名称"), field="township"))
        if problems:
            self._show_problem(problems[0])
            self.form.show_problems(problems)
            self.form.go_to_problem()
            return
        suggested = str(Path(_documents()) / file_name(values["township"], SUFFIX))
        path, _kind = QFileDialog.getSaveFileName(self, _("新账套保存在"), suggested, f"(*{SUFFIX})")
        if path:
            target = Path(path).with_suffix(SUFFIX)
            self.chosen.emit(partial(create_office, target, values["township"], values["code"]), _("建立账套"))

    def open_file(self) -> None:
        """Ask for a file and open it."""
        path, _kind = QFileDialog.getOpenFileName(self, _("打开账套"), _documents(), f"(*{SUFFIX})")
        if path:
            self.chosen.emit(partial(open_office, Path(path), mapped=0), _("打开账套"))

    def show_server(self) -> None:
        """Ask for the server's address."""
        self._show_only(self.address, self.join)
        self.address.entry("address").setFocus()

    def _show_only(self, form: Form, act: QPushButton) -> None:
        """One question at a time, in sight with its button also in a low window."""
        for part in (self.form, self.make, self.address, self.join):
            part.setVisible(part in (form, act))
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # where they stand
        self._area.ensureWidgetVisible(act)

    def join_server(self) -> None:
        """Open the books of a server."""
        text = self.address.values()["address"]
        if not text:
            problem = Problem(_("请写服务器地址：postgresql://用户@电脑/数据库?files=共享文件夹"), field="address")
            self._show_problem(problem)
            self.address.show_problems([problem])
            return
        self.chosen.emit(partial(_open_server, text), _("连接服务器"))

    def open_demo(self) -> None:
        """Ask for a folder and make the demo township in it."""
        folder = QFileDialog.getExistingDirectory(self, _("演示乡镇放在哪个文件夹"), _documents())
        if folder:
            self.chosen.emit(partial(_make_demo, Path(folder) / DEMO_FOLDER, self.told.emit), _("建立演示乡镇"))

    def read_manual(self) -> None:
        """The manual in a window of its own, at the first day."""
        if self.manual is None:
            self.manual = ManualPanel()
            self.manual.setParent(self, Qt.WindowType.Window)
            self.manual.setWindowTitle(_("使用手册"))
            self.manual.setContentsMargins(16, 12, 16, 12)
            self.manual.resize(self.size())
            self.manual.left.connect(self.manual.close)
        self.manual.explain([type(self).__name__])
        self.manual.show()
        self.manual.activateWindow()

    def say(self, text: str, tone: str = LATE) -> None:
        """One sentence above the choices."""
        self.strip.say(text, tone)
        self._go_up()

    def _show_problem(self, problem: Problem) -> None:
        self.strip.show_problems([problem])
        self._go_up()

    def _go_up(self) -> None:
        """The sentence stands above the choices, which may be scrolled away in a low window."""
        self._area.verticalScrollBar().setValue(0)

    def _speak(self) -> None:
        self.spoken.emit(self.other)

    def _tell(self, stage: str) -> None:
        self.say(stage, WAIT)

    def _choice(self, box: QVBoxLayout, title: str, hint: str, icon_name: str, act: Any) -> Any:
        made = button(title, act, icon_name)
        made.setObjectName("choice")
        made.setToolTip(hint)
        box.addWidget(made)
        box.addWidget(_note(hint))
        box.addWidget(hair())
        return made


def _note(text: str) -> QLabel:
    """Muted words that wrap."""
    made = label(text, "muted")
    made.setWordWrap(True)
    return made


def _documents() -> str:
    """Where people keep their papers: never the folder of the program itself."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _open_server(text: str) -> Office:
    return open_office(read_place(text), mapped=0)


def _make_demo(folder: Path, tell: Callable[[str], None]) -> Office:
    from villagebooks.services.demo import run_demo  # noqa: PLC0415  (draws photos and sheets; only who asks pays)

    return open_office(run_demo(folder, tell).books, mapped=0)
