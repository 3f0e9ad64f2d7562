"""外观: theme, scale and language of the window on this computer."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout

from villagebooks.core.words import _, language
from villagebooks.gui.look import LANGUAGE, LANGUAGES, SCALE, SCALES, THEME, kept_scale
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.tab import Panel
from villagebooks.gui.theme import shown_theme, theme_names


class LookPanel(Panel):
    """Three rows of choices. `dressed` carries the name of a theme: the whole window is made again in it, at once;
    `restart_wanted`: the program ends and begins again, for what Qt reads only while it starts."""

    dressed = Signal(str)
    restart_wanted = Signal()

    def __init__(self, kept: QSettings | None) -> None:
        super().__init__()
        self._kept = kept
        self.strip = Strip()
        box = QVBoxLayout(self)
        box.addWidget(self.strip)
        self.choices = self._row(box, _("样子"), theme_names(), shown_theme().name, self._choose)
        box.addWidget(_hint(_("选了马上就变，行高、图标、栏宽一起变；打开的钥匙还开着，到时候照样锁。")))
        scales = {str(one): f"{one} %" for one in SCALES}
        self.scales = self._row(box, _("放大"), scales, str(kept_scale(kept)), self._scale)
        box.addWidget(_hint(_("在系统的缩放之上再放大，字、图标、间距一起；只管这台电脑。")))
        self.languages = self._row(box, _("语言"), LANGUAGES, language(), self._speak)
        told = _("窗口、清单、日志用这个语言；凭证、账簿、报表、公开榜等账上的纸和记进账里的文字总是中文。")
        box.addWidget(_hint(told))
        self.restart = button(_("重新打开程序"), self.restart_wanted.emit, "refresh-cw", primary=True)
        self.restart.hide()
        box.addWidget(self.restart, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)

    def _row(
        self, box: QVBoxLayout, title: str, words: dict[str, str], chosen: str, slot: object
    ) -> dict[str, QRadioButton]:
        box.addSpacing(8)
        box.addWidget(label(title, "heading"))
        row, group = QHBoxLayout(), QButtonGroup(self)
        row.setSpacing(20)
        made = {}
        for name, word in words.items():
            one = QRadioButton(word)
            one.setAccessibleName(f"{title}：{word}")
            one.setChecked(name == chosen)
            group.addButton(one)
            row.addWidget(one)
            made[name] = one
        row.addStretch(1)
        box.addLayout(row)
        group.buttonClicked.connect(slot)
        return made

    def _keep(self, key: str, value: object) -> None:
        if self._kept:
            self._kept.setValue(key, value)

    def _choose(self) -> None:
        name = _chosen(self.choices)
        if name != shown_theme().name:
            self._keep(THEME, name)
            self.dressed.emit(name)
            self.choices[shown_theme().name].setChecked(True)  # a window that holds something stays as it is

    def _scale(self) -> None:
        self._keep(SCALE, int(_chosen(self.scales)))
        self._ask()

    def _speak(self) -> None:
        self._keep(LANGUAGE, _chosen(self.languages))
        self._ask()

    def _ask(self) -> None:
        self.strip.hint(_("已记下，重新打开程序以后变"))
        self.restart.show()


def _chosen(row: dict[str, QRadioButton]) -> str:
    return next(name for name, one in row.items() if one.isChecked())


def _hint(words: str) -> QLabel:
    made = label(words, "muted")
    made.setWordWrap(True)
    return made
