"""总钥匙: the root key ceremony as a guided page, and the way to the next root; nothing counts before the last step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from villagebooks.core.key import DirectoryView
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import SECRET, Field, Form, required
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.tab import Panel
from villagebooks.gui.theme import LATE, set_tone, span
from villagebooks.services.ceremony import (
    ASKED_GROUP,
    Ceremony,
    finish_ceremony,
    finish_rotation,
    prepare_ceremony,
    prepare_rotation,
    renew_envelopes,
)
from villagebooks.services.desk import Office
from villagebooks.services.directory import key_directory
from villagebooks.services.key import ROOT, first_office_key, unlock

NONE, PAPER, SIGN, HELD = range(4)
WIDE = 760


@dataclass(frozen=True, slots=True)
class Held:
    """What the tab shows: the directory, None before the ceremony."""

    view: DirectoryView | None


class RootPanel(Panel):
    """Four steps, one at a time. `printed` asks for paper in the preview, `changed`: there is another root."""

    printed = Signal(str, object)
    changed = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self.ceremony: Ceremony | None = None
        self._is_opened = False
        self.strip = Strip()
        self.stack = QStackedWidget()
        self.fingerprint, self.told, self.opened = label("", "title"), label("", "muted"), label()
        self.opened.setWordWrap(True)
        self.opened.setVisible(False)
        set_tone(self.opened, "tone", LATE)
        self.new = Form((Field("secret", required(_("信封里的 56 个字符")), hint=_("XXXX-XXXX-…，大小写、空格都行")),))
        self.again = Form(
            (
                Field("root", required(_("总钥匙口令")), SECRET),
                Field("holder", _("主任或会计口令（要重做恢复钥匙才输）"), SECRET),
            )
        )  # fmt: skip
        self.sealed = QCheckBox(_("指纹贴上墙了；信封装好，封口处三人签了名；打印的文件没有另存"))
        self.words = Form(
            (
                Field("root", required(_("总钥匙口令（至少 10 个字）")), SECRET),
                Field("again", required(_("再输一遍")), SECRET),
                Field("typed", required(_("看着墙上那张纸，输指纹第 {n} 组").format(n=ASKED_GROUP))),
            )
        )  # fmt: skip
        self.start = button(_("开始：生成钥匙"), self.prepare, "key", primary=True)
        self.go_on = button(_("下一步"), self.next_step, "chevron-right", primary=True)
        self.done = button(_("签发名录"), self.finish, "stamp", primary=True)
        for page in (self._first(), self._second(), self._third(), self._fourth()):
            self.stack.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.strip)
        box.addWidget(self.stack, 1)

    def _first(self) -> QWidget:
        lines = (
            _("总钥匙证明“谁的签字算数”。它签发钥匙名录：谁有钥匙、管什么、从哪一天起、什么时候吊销。"),
            _("请中心主任、一位会计、一位监委会代表三人在场，打印机接好，准备三个信封和一瓶胶水。大约十分钟。"),
            _("做完有三样东西：墙上一张指纹；一个信封装“下一把总钥匙”；两个信封装“恢复钥匙”。"),
            _("中途关掉窗口，什么也没有发生，打印的纸作废重来。"),
        )
        return _step(_("第 1 步　谁在场、准备什么"), lines, (), self.start)

    def _second(self) -> QWidget:
        wall = button(_("打印墙上的指纹"), self.print_wall, "printer")
        held = _row(wall, button(_("打印密封信封"), self.print_envelopes, "printer"))
        lines = (_("指纹那张贴在墙上，所有来办事的人都看得见。信封那几张背面朝上，当场折好封口，不拍照，不存文件。"),)
        return _step(
            _("第 2 步　打印，贴墙，封信封"),
            lines,
            (held, self.sealed),
            _row(self.go_on, button(_("不做了"), self.give_up)),
        )

    def _third(self) -> QWidget:
        lines = (_("口令由一个人记住，另写一份封进保险柜。忘了只能开“下一把总钥匙”的信封。"),)
        return _step(
            _("第 3 步　核对指纹，定口令，签发"),
            lines,
            (self.words,),
            _row(self.done, button(_("不做了"), self.give_up)),
        )

    def _fourth(self) -> QWidget:
        held = _row(button(_("打印墙上的指纹"), self.print_wall, "printer"))
        lines = (
            _("每一张凭证、账簿、报表、公开榜的下边都印着这个指纹，和墙上的一模一样。"),
            _("总钥匙丢了、口令忘了、怀疑被人拿走：开“下一把总钥匙”的信封，在下面换上。换了以后，墙上的指纹、"
              "查询机的钥匙要重新做；各人的钥匙不用换。"),
        )  # fmt: skip
        self.change = button(_("换总钥匙…"), self.rotate, "refresh-cw")
        renew = button(_("重做信封，马上打印"), self.renew, "printer")
        parts = (
            held, label(_("信封没有、丢了、开过"), "heading"), self.again, _row(renew), label(_("换总钥匙"), "heading"),
            self.new,
        )  # fmt: skip
        return _step(_("总钥匙"), lines, parts, self.change, above=(self.fingerprint, self.told, self.opened))

    def load(self) -> None:
        """Read whether the ceremony was held."""
        self._seat.worker.read(partial(_read, self._seat.office), self._take, key=self)

    def prepare(self) -> None:
        """Fresh keys, in memory only."""
        self._seat.worker.read(
            partial(prepare_ceremony, self._seat.office), self._prepared, self.strip.show_problems, key="ceremony"
        )

    def rotate(self) -> None:
        """The next root from its envelope."""
        act = partial(prepare_rotation, self._seat.office, self.new.values()["secret"])
        self._seat.worker.read(act, self._prepared, self._refuse_secret, key="ceremony")

    def renew(self) -> None:
        """Fresh envelopes, announced at once and printed now: they stand nowhere else."""
        said = self.again.values()
        if self._is_opened and not said["holder"]:
            text = _("恢复钥匙的信封开过了，要一起重做：请把主任或会计的口令也输上")
            self._refuse_again([Problem(text, field="holder")])
            return
        able = [name for name, duty in self._seat.duties.items() if duty in ("director", "agent")]
        act = partial(_renew, self._seat.office, said["root"], able, said["holder"])
        self._seat.worker.write(act, self._renewed, self._refuse_again, _("重做信封"))

    def print_wall(self) -> None:
        """The fingerprint for the wall, in the preview."""
        self.printed.emit(_("总钥匙指纹"), partial(draw_wall, self._seat.office, self.ceremony))

    def print_envelopes(self) -> None:
        """The sheets for the envelopes, in the preview; the preview's folder goes with the window."""
        if self.ceremony is not None:
            self.printed.emit(_("密封信封"), partial(draw_envelopes, self._seat.office, self.ceremony))

    def give_up(self) -> None:
        """Nothing happened; what was printed is void."""
        if self.ceremony is not None:
            self.strip.hint(_("没有做成，什么也没有变。打印过的指纹和信封都作废，请当场撕掉。"))
        self.ceremony = None
        self.words.put({"root": "", "again": "", "typed": ""})
        self.load()

    def next_step(self) -> None:
        """On to the passphrase, once everything is sealed."""
        if not self.sealed.isChecked():
            self.strip.hint(_("先打印、贴墙、封好信封，再打勾"))
            return
        self.strip.say("")
        self.stack.setCurrentIndex(SIGN)
        self.words.entry("root").setFocus()

    def finish(self) -> None:
        """Lock, sign, publish."""
        said, one = self.words.values(), self.ceremony
        if one is None:
            return
        if said["root"] != said["again"]:
            self._refuse([Problem(_("两遍口令不一样"), field="again")])
            return
        act: Callable[..., str] = finish_ceremony if one.recovery else finish_rotation
        whole = partial(act, self._seat.office, one, said["root"], said["typed"])
        self._seat.worker.write(whole, self._finished, self._refuse, _("签发名录"))

    def _prepared(self, ceremony: Ceremony) -> None:
        self.ceremony = ceremony
        self.sealed.setChecked(False)
        self.strip.say("")
        self.stack.setCurrentIndex(PAPER)

    def _renewed(self, ceremony: Ceremony) -> None:
        self.again.put({"root": "", "holder": ""})
        text = _("新的信封已公布，旧的作废：马上打印、封好，关掉预览就打不出第二次")
        if ceremony.recovery is None:
            text = _("“下一把总钥匙”的新信封已公布，“恢复钥匙”的没有动：马上打印、封好，关掉预览就打不出第二次")
        self.strip.say(text)
        self.load()
        self.changed.emit()
        self.printed.emit(_("密封信封"), partial(draw_envelopes, self._seat.office, ceremony))

    def _refuse_again(self, problems: Sequence[Problem]) -> None:
        self.strip.show_problems(problems)
        self.again.show_problems([one if one.field == "holder" else replace(one, field="root") for one in problems])
        self.again.go_to_problem()

    def _finished(self, fingerprint: str) -> None:
        self.ceremony = None
        self.words.put({"root": "", "again": "", "typed": ""})
        self.new.put({"secret": ""})
        text = _("名录签发好了，指纹 {root}。下一步：到“任职”登记人员，到“钥匙”给每个人发钥匙。")
        self.strip.say(text.format(root=fingerprint))
        self.load()
        self._seat.load()
        self.changed.emit()

    def _refuse(self, problems: Sequence[Problem]) -> None:
        shown = [
            Problem(one.text, field="root" if one.field == "passphrase" else one.field) for one in problems
        ]  # fmt: skip
        self.strip.show_problems(shown)
        self.words.show_problems(shown)
        self.words.go_to_problem()

    def _refuse_secret(self, problems: Sequence[Problem]) -> None:
        self.strip.show_problems(problems)
        self.new.show_problems(problems)
        self.new.go_to_problem()

    def _take(self, held: Held) -> None:
        view = held.view
        if view:
            self.fingerprint.setText(view.root)
            text = _("名录第 {n} 版。下一把总钥匙{following}。")
            self.told.setText(
                text.format(n=view.version, following=_("已公布，在信封里") if view.has_next else _("没有公布"))
            )
        opened = view.opened if view else None
        self._is_opened = opened is not None
        self.opened.setText(opened.sentence if opened else "")
        self.opened.setVisible(opened is not None)
        for part in (self.new, self.change):
            part.setEnabled(bool(view and view.has_next))
        if self.ceremony is None:
            self.stack.setCurrentIndex(HELD if view else NONE)


def draw_wall(office: Office, ceremony: Ceremony | None, folder: Path) -> list[Path]:
    """The sheet for the wall in a folder."""
    from villagebooks.services.root import print_wall_sheet  # noqa: PLC0415  (reportlab: window first)

    return [print_wall_sheet(office, folder / f"{_('总钥匙指纹')}.pdf", ceremony)]


def draw_envelopes(office: Office, ceremony: Ceremony, folder: Path) -> list[Path]:
    """The sheets for the envelopes in a folder."""
    from villagebooks.services.root import print_envelopes  # noqa: PLC0415  (reportlab: window first)

    return [print_envelopes(office, ceremony, folder / f"{_('密封信封')}.pdf")]


def _renew(office: Office, root: str, holders: Sequence[str], word: str) -> Ceremony:
    signing = unlock(office.books, ROOT, root).keys.signing
    return renew_envelopes(office, signing, first_office_key(office, holders, word))


def _read(office: Office) -> Held:
    return Held(key_directory(office))


def _row(*parts: QWidget) -> QWidget:
    """Buttons beside each other, at the left."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    held = QWidget()
    held.setLayout(row)
    return held


def _step(
    title: str, lines: Sequence[str], parts: Sequence[QWidget], act: QWidget, above: Sequence[QWidget] = ()
) -> QWidget:
    """A step: its title, what to do in sentences, what is asked, and the one act that leads on."""
    inside = QVBoxLayout()
    inside.setSpacing(10)
    inside.addWidget(label(title, "heading"))
    for part in above:
        inside.addWidget(part)
    for line in lines:
        sentence = label(line)
        sentence.setWordWrap(True)
        inside.addWidget(sentence)
    for part in parts:
        inside.addWidget(part)
    inside.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
    inside.addStretch(1)
    page, held, area = QWidget(), QWidget(), QScrollArea()
    held.setMaximumWidth(span(WIDE))
    held.setLayout(inside)
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 8, 0, 0)
    row.addWidget(held, 1)
    row.addStretch()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    area.viewport().setAutoFillBackground(False)
    page.setAutoFillBackground(False)
    return area
