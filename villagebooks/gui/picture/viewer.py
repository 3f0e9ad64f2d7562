"""A picture large, with everything that may be done to it: zoomed, turned, cut, blackened, marked 已脱敏."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from villagebooks.core.paper import Image
from villagebooks.core.picture import BLACK, CROP, TURN_LEFT, TURN_RIGHT, Box, Edit
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.again import Again
from villagebooks.gui.desk import Seat
from villagebooks.gui.keymap import bind, key, tip_keys
from villagebooks.gui.order import go_on
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.picture.canvas import Canvas
from villagebooks.gui.picture.load import Levels, Picture, load_levels
from villagebooks.gui.theme import px
from villagebooks.services.picture import edit_image, mark_image

LINES = 2
"""Lines of the hint below the picture, kept free: the picture stays where it is when the hint says more."""


class PictureViewer(QDialog):
    """`changed` carries (hash of the old picture, the new `Image`) of a picture that was edited and kept;
    `marked` (hash, whether villagers may be shown it)."""

    changed = Signal(object)
    marked = Signal(object)

    def __init__(self, seat: Seat, parent: QWidget) -> None:
        super().__init__(parent)
        self._seat = seat
        self.pictures: tuple[Picture, ...] = ()
        self._place, self._still = 0, ""
        self._edits: list[Edit] = []
        self._act, self._warned = "", Again()
        self._keep, self._saving = False, ""
        self.resize(1000, 720)
        self.setModal(False)
        self.canvas, self.strip, self.place, self.hint = Canvas(), Strip(), label("", "muted"), label("", "muted")
        self.hint.setWordWrap(True)
        self.hint.setMinimumHeight(LINES * self.hint.fontMetrics().lineSpacing())
        self.checked = QCheckBox(_("已脱敏（M）"))
        self.checked.setAccessibleName(_("已脱敏"))
        self.checked.setToolTip(_("看过图片，没有身份证号、银行卡号、手机号，可以给村民看；不勾的图片不进查询库"))
        self.checked.clicked.connect(self._mark)
        self.acts: dict[str, QPushButton] = {}
        first, second = QHBoxLayout(), QHBoxLayout()
        for row, acts in ((first, self._ways_to_look()), (second, self._ways_to_change())):
            row.setSpacing(px("gap_px"))
            for name, text, act, icon_name, keys in acts:
                self._add(row, name, text, act, icon_name, keys)
            row.addStretch(1)
        first.insertWidget(first.count() - 1, self.place)
        first.addWidget(self.checked)
        self._changes = QWidget()
        self._changes.setLayout(second)
        second.setContentsMargins(0, 0, 0, 0)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(px("gap_px"))
        box.addLayout(first)
        box.addWidget(self._changes)
        box.addWidget(self.strip)
        box.addWidget(self.canvas, 1)
        box.addWidget(self.hint)
        self.canvas.marked.connect(self._take_box)
        self.canvas.box_changed.connect(self._say_box)
        self.canvas.zoomed.connect(self._say_place)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes as people read."""
        return go_on(self, forward) or super().focusNextPrevChild(forward)

    def show_pictures(self, pictures: Sequence[Picture], place: int, still: str = "") -> None:
        """Show the picture at a place among others. `still` says why none may be changed; empty: they may."""
        self.pictures, self._still = tuple(pictures), still
        self._changes.setVisible(not still)
        self._go(place)
        self.show()
        self.activateWindow()
        self.canvas.setFocus()

    @property
    def picture(self) -> Picture:
        """The one that shows."""
        return self.pictures[self._place]

    def before(self) -> None:
        """The picture before."""
        self._step(-1)

    def after(self) -> None:
        """The picture after."""
        self._step(1)

    def turn_left(self) -> None:
        """A quarter against the clock."""
        self._do(Edit(TURN_LEFT))

    def turn_right(self) -> None:
        """A quarter with the clock."""
        self._do(Edit(TURN_RIGHT))

    def crop(self) -> None:
        """Mark what stays."""
        self._begin(CROP)

    def blacken(self) -> None:
        """Mark what nobody shall read."""
        self._begin(BLACK)

    def undo(self) -> None:
        """Take the last step back; nothing is kept before it is saved."""
        if self._edits:
            self._edits.pop()
            self._load(keep=True)
        else:
            self.strip.hint(_("没有可以撤销的：已保存的图片不能再变回去，可以删掉再放一次"))

    def save(self) -> None:
        """Keep the picture as it is now; the paper then shows it in place of the old one."""
        if self._still or not self._edits:
            return
        act = partial(edit_image, self._seat.desk, self.picture.sha256, tuple(self._edits))
        self._saving = self.picture.sha256
        self._seat.worker.write(act, self._kept, self._refuse, _("存图片"))

    def may_leave(self) -> bool:
        """False once, with a hint, while steps are not saved."""
        if not self._edits or self._warned:
            return True
        self._warned.warn()
        self.strip.hint(_("这张图片改过还没有保存。{key} 保存；再做一次就放弃。").format(key=key("save")))
        return False

    @property
    def is_changed(self) -> bool:
        """Whether steps wait to be saved."""
        return self.isVisible() and bool(self._edits)

    def give_up(self) -> None:
        """Close without asking: what it shows belongs to nothing in hand any more."""
        self._edits.clear()
        self.hide()

    def reject(self) -> None:
        """Escape: out of marking, then out of the picture."""
        if self.canvas.is_marking:
            self._end_marking()
        elif self.may_leave():
            self._edits.clear()
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The cross of the window asks as Escape does."""
        if self.may_leave():
            self._edits.clear()
            super().closeEvent(event)
        else:
            event.ignore()

    def _step(self, by: int) -> None:
        if 0 <= self._place + by < len(self.pictures) and self.may_leave():
            self._go(self._place + by)

    def _go(self, place: int) -> None:
        self._place = place
        self._warned.forget()
        self._edits.clear()
        self._end_marking()
        self.strip.say("")
        one = self.picture
        self.setWindowTitle(one.title)
        self.canvas.setAccessibleName(one.title)
        self.checked.setChecked(one.checked)
        self._load(keep=False)

    def _load(self, *, keep: bool) -> None:
        """Read and do the steps off the screen's thread; what is asked for last is what shows."""
        act = partial(load_levels, self._seat.desk, self.picture.sha256, tuple(self._edits))
        self._keep = keep
        self._seat.worker.read(act, self._take, self._refuse, key=self)
        self._tell_acts()

    def _take(self, levels: Levels) -> None:
        turned = bool(self._edits) and self._edits[-1].act in (TURN_LEFT, TURN_RIGHT, CROP)
        self.canvas.put(levels, keep=self._keep and not turned)
        if levels.whole.isNull():
            self.strip.hint(_("图片读不出来，可能没有拷完整"))

    def _do(self, edit: Edit) -> None:
        if not self._still:
            self._edits.append(edit)
            self._warned.forget()
            self._load(keep=True)

    def _begin(self, act: str) -> None:
        if self._still:
            return
        self._act = act
        for name in (CROP, BLACK):
            self.acts[name].setDown(name == act)
        self.canvas.begin()

    def _take_box(self, box: Box) -> None:
        act = self._act
        if act == CROP:
            self._end_marking()
        self._do(Edit(act, box))

    def _end_marking(self) -> None:
        self._act = ""
        for name in (CROP, BLACK):
            self.acts[name].setDown(False)
        self.canvas.end()

    def _mark(self) -> None:
        """Say, or take back, that villagers may be shown the picture; where it may be changed the form keeps that."""
        checked = self.checked.isChecked()
        if self._edits:
            self.checked.setChecked(self.picture.checked)
            self.strip.hint(_("先保存（{key}）改过的图片，再勾已脱敏").format(key=key("save")))
        elif self._still:
            act = partial(mark_image, self._seat.desk, self.picture.sha256, checked)
            self._seat.worker.write(act, self._take_mark, self._refuse, _("已脱敏"))
        else:
            self._set_mark(self.picture.sha256, checked)

    def _toggle_mark(self) -> None:
        self.checked.click()

    def _take_mark(self, image: Image) -> None:
        self._set_mark(image.sha256, image.checked)
        self._seat.tell_changed()

    def _set_mark(self, sha256: str, checked: bool) -> None:
        self.pictures = tuple(
            Picture(one.title, sha256, checked) if one.sha256 == sha256 else one for one in self.pictures
        )
        self.strip.say(_("已脱敏：可以给村民看") if checked else _("没有脱敏：不给村民看"))
        self.marked.emit((sha256, checked))

    def _kept(self, image: Image) -> None:
        old = self._saving
        self._edits.clear()
        self.pictures = tuple(
            Picture(one.title, image.sha256, image.checked) if one.sha256 == old else one for one in self.pictures
        )
        self.checked.setChecked(image.checked)
        text = _("改过的图片已存好。再看一遍，没有号码的勾已脱敏；报账单还要按 {key} 保存。")
        self.strip.say(text.format(key=key("save")))
        self.changed.emit((old, image))
        self._end_marking()
        self._tell_acts()

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self.strip.show_problems(problems)

    def _tell_acts(self) -> None:
        self.acts["before"].setEnabled(self._place > 0)
        self.acts["after"].setEnabled(self._place + 1 < len(self.pictures))
        self.acts["undo"].setEnabled(bool(self._edits))
        self.acts["save"].setEnabled(bool(self._edits))
        self._say_box("")
        self._say_place()

    def _say_place(self) -> None:
        if self.pictures:
            text = _("{n} / {all}　{percent}%")
            percent = round(self.canvas.scale * 100)
            self.place.setText(text.format(n=self._place + 1, all=len(self.pictures), percent=percent))

    def _say_box(self, said: str) -> None:
        if self._act:
            doing = _("剪裁：框住要留下的") if self._act == CROP else _("涂黑：框住身份证号、银行卡号、手机号")
            keys = _("鼠标拖，或方向键移动、Shift+方向键改大小、Ctrl 细调；回车 就这样，Esc 不做了")
            self.hint.setText("　".join(part for part in (doing, keys, said) if part))
        elif self._still:
            self.hint.setText(self._still)
        else:
            self.hint.setText(_("没有保存以前，Ctrl+Z 一步步撤销；保存以后就是一张新图片，盖掉的再也看不出来。"))

    def _ways_to_look(self) -> Sequence[tuple[str, str, Callable[[], None], str, tuple[str, ...]]]:
        return (
            ("before", _("上一张"), self.before, "chevron-left", ("Left", "PgUp")),
            ("after", _("下一张"), self.after, "chevron-right", ("Right", "PgDown")),
            ("larger", _("放大"), self.canvas.larger, "zoom-in", ("+", "=")),
            ("smaller", _("缩小"), self.canvas.smaller, "zoom-out", ("-",)),
            ("fit", _("整张"), self.canvas.fit, "maximize", ("0",)),
            ("actual", _("原大"), self.canvas.actual, "search", ("1",)),
        )

    def _ways_to_change(self) -> Sequence[tuple[str, str, Callable[[], None], str, tuple[str, ...]]]:
        return (
            (TURN_LEFT, _("左转"), self.turn_left, "rotate-ccw", ("Shift+R",)),
            (TURN_RIGHT, _("右转"), self.turn_right, "rotate-cw", ("R",)),
            (CROP, _("剪裁"), self.crop, "crop", ("C",)),
            (BLACK, _("涂黑"), self.blacken, "eye-off", ("B",)),
            ("undo", _("撤销"), self.undo, "undo-2", ("Ctrl+Z",)),
            ("save", _("保存图片"), self.save, "save", ()),
        )

    def _add(
        self, row: QHBoxLayout, name: str, text: str, act: Callable[[], None], icon_name: str, keys: tuple[str, ...]
    ) -> None:
        made = button(text, act, icon_name, primary=name == "save")
        made.setToolTip(_("{name}（{more}）").format(name=text, more=_("、").join(keys)))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.acts[name] = made
        row.addWidget(made)
        for one in keys:
            shortcut = QShortcut(QKeySequence(one), self)
            shortcut.activated.connect(act)
        if name == "save":
            bind(self, "save", self.save)
            tip_keys(made, text, "save")
        if name == "before":
            shortcut = QShortcut(QKeySequence("M"), self)
            shortcut.activated.connect(self._toggle_mark)
