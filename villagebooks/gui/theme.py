"""The look: fonts of the program, tokens of a theme, the one style sheet made from them, and recoloured icons."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from villagebooks.core.problem import Trouble
from villagebooks.core.words import _
from villagebooks.paths import resource

ORDINARY, LARGE, CONTRAST = "ordinary", "large", "contrast"
FONT_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
FAMILY = "Noto Sans SC"
ORDINARY_PT = 10.5
STYLE = "fusion"

PLAIN, DONE, WAIT, LATE, ACT = "", "done", "wait", "late", "act"
TONE_COLOURS = {PLAIN: "ink", DONE: "green", WAIT: "amber", LATE: "red", ACT: "accent"}
TONE_GROUNDS = {DONE: "green_soft", WAIT: "amber_soft", LATE: "red_soft", ACT: "accent_soft"}
TONE_ORDER = (LATE, WAIT, ACT, DONE, PLAIN)
"""What is worst first: states sort so."""
TONE_ICONS = {DONE: "circle-check", WAIT: "clock", LATE: "triangle-alert", ACT: "pencil"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A state as people see it: a word, and a tone (done, wait, late, act) that gives colour and sign."""

    word: str
    tone: str = PLAIN


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme's name and its tokens."""

    name: str
    tokens: Mapping[str, str]

    def colour(self, token: str) -> QColor:
        """A colour token."""
        return QColor(self.tokens[token])

    def px(self, token: str) -> int:
        """A size token in pixels."""
        return int(self.tokens[token])


class _Shown:
    """The theme on screen; icons and painters ask for its colours."""

    theme = Theme(ORDINARY, {})
    sheet = ""


def theme_names() -> dict[str, str]:
    """Themes by name as people call them."""
    return {ORDINARY: _("日常"), LARGE: _("大字"), CONTRAST: _("高对比")}


def read_theme(name: str) -> Theme:
    """A theme from `resources/qss/tokens.csv`."""
    with resource("qss", "tokens.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Theme(name, {row["token"]: row[name] for row in rows})


def load_fonts() -> None:
    """Give Qt the program's own font files, so that no system font is needed."""
    for name in FONT_FILES:
        if QFontDatabase.addApplicationFont(str(resource("fonts", name))) < 0:
            raise Trouble(_("字体“{name}”读不出来，请重新安装。").format(name=name))


def style_sheet(theme: Theme) -> str:
    """The style sheet with every `@token` replaced; longer names first, so that no name is part of another."""
    text = resource("qss", "villagebooks.qss").read_text(encoding="utf-8")
    for token in sorted(theme.tokens, key=len, reverse=True):
        text = text.replace(f"@{token}", theme.tokens[token])
    return text.replace("@@icons", resource("icons").as_posix()).replace("@@qss", resource("qss").as_posix())


def apply_theme(app: QApplication, name: str) -> Theme:
    """Dress the whole program in a theme; may be called again while windows are open."""
    theme = read_theme(name if name in theme_names() else ORDINARY)
    _Shown.theme = theme
    icon.cache_clear()
    if app.style().name() != STYLE:  # another of the same name would dress every widget once more, a millisecond each
        app.setStyle(STYLE)
    font = QFont(FAMILY)
    font.setPointSizeF(float(theme.tokens["body_pt"]))
    app.setFont(font)
    palette = QPalette()
    for role, token in (
        (QPalette.ColorRole.Window, "ground"), (QPalette.ColorRole.Base, "paper"),
        (QPalette.ColorRole.AlternateBase, "stripe"), (QPalette.ColorRole.Text, "ink"),
        (QPalette.ColorRole.WindowText, "ink"), (QPalette.ColorRole.ButtonText, "ink"),
        (QPalette.ColorRole.Button, "paper"), (QPalette.ColorRole.Highlight, "accent"),
        (QPalette.ColorRole.HighlightedText, "accent_ink"), (QPalette.ColorRole.PlaceholderText, "faint"),
        (QPalette.ColorRole.Link, "accent"), (QPalette.ColorRole.LinkVisited, "accent"),
    ):  # fmt: skip
        palette.setColor(role, theme.colour(token))
    app.setPalette(palette)
    _Shown.sheet = style_sheet(theme)
    for window in app.topLevelWidgets():
        if window.styleSheet():
            dress(window)
    return theme


def dress(window: QWidget) -> None:
    """Let a window, and all that is in it or opened from it, follow the theme's style sheet.

    The sheet is the window's, not the application's: what is built outside of a window would else be dressed anew each
    time it is put into something.
    """
    window.setStyleSheet(_Shown.sheet)


def shown_theme() -> Theme:
    """The theme on screen."""
    return _Shown.theme


def colour(token: str) -> QColor:
    """A colour of the theme on screen."""
    return _Shown.theme.colour(token)


def px(token: str) -> int:
    """A size of the theme on screen, pixels."""
    return _Shown.theme.px(token)


def span(pixels: int) -> int:
    """A width that is right for the letters of the ordinary theme, in the letters of the theme on screen."""
    return round(pixels * float(_Shown.theme.tokens["body_pt"]) / ORDINARY_PT)


@lru_cache(maxsize=256)
def icon(name: str, paint: str = "ink", size: int = 0) -> QIcon:
    """A Lucide icon in a colour of the theme; what stands on the accent is told what to be when it has no ground."""
    made = QIcon(_picture(name, paint, size))
    if paint == "accent_ink":
        made.addPixmap(_picture(name, "off", size), QIcon.Mode.Disabled)
    return made


def _picture(name: str, paint: str, size: int) -> QPixmap:
    """Drawn at twice its size, so that it stays sharp."""
    svg = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour(paint).name())
    side = (size or px("icon_px")) * 2
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(2)
    return picture


def set_tone(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet asks for, and let the widget dress again, if it has dressed by now."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
