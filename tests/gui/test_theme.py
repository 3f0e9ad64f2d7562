"""The look: three tables of tokens, one sheet made from them, every icon there, Qt's own words in Chinese."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QHBoxLayout, QPushButton, QWidget

from villagebooks.gui import theme
from villagebooks.gui.page import button
from villagebooks.gui.theme import FAMILY, apply_theme, dress, icon, read_theme, style_sheet, theme_names
from villagebooks.paths import resource

GUI = Path(theme.__file__).parent


@pytest.mark.parametrize("name", ["ordinary", "large", "contrast"])
def test_every_token_of_the_sheet_has_a_value_in_every_theme(name: str) -> None:
    read = read_theme(name)
    assert all(read.tokens.values())
    assert not re.search(r"@[a-z]", style_sheet(read))


def test_a_theme_can_be_changed_while_the_program_runs(application: QApplication) -> None:
    for name in theme_names():
        assert apply_theme(application, name).name == name
    assert apply_theme(application, "unknown").name == "ordinary"


GROUNDS = {
    "ink": ("paper", "ground", "rail", "stripe", "select", "accent_soft", "red_soft", "amber_soft", "green_soft"),
    "muted": ("paper", "ground", "stripe", "select", "accent_soft"),
    "accent": ("paper", "ground", "accent_soft", "select"), "accent_ink": ("accent",),
    "red": ("paper", "stripe", "select", "red_soft"), "amber": ("paper", "stripe", "select", "amber_soft"),
    "green": ("paper", "stripe", "select", "green_soft"),
}  # fmt: skip
"""On what each colour of letters stands. `faint` is of what cannot be used now, which no rule asks contrast of."""
USUAL, HIGH = 4.5, 7.0
"""Contrast of letters and ground: WCAG 2 AA, and AAA for the theme that promises it."""


def test_letters_and_their_ground_differ_enough_in_every_theme() -> None:
    for name in theme_names():
        tokens = read_theme(name).tokens
        for ink, ground in ((ink, ground) for ink, grounds in GROUNDS.items() for ground in grounds):
            light, dark = sorted((luminance(tokens[ink]), luminance(tokens[ground])), reverse=True)
            least = HIGH if name == "contrast" else USUAL
            assert (light + 0.05) / (dark + 0.05) >= least, (name, ink, ground)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_icon_that_the_window_names_is_there(application: QApplication) -> None:
    names = {path.stem for path in resource("icons").glob("*.svg")}
    texts = {
        node.value
        for path in GUI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    used = {text for text in texts if text in names}
    assert len(used) > 20
    assert all(not icon(name).isNull() for name in used)


def test_the_programs_own_font_is_loaded(application: QApplication) -> None:
    assert FAMILY in QFontDatabase.families()


def test_qt_says_ok_and_cancel_in_chinese(application: QApplication) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    assert {button.text() for button in box.buttons()} == {"确定", "取消"}


@pytest.mark.parametrize("name", ["ordinary", "large", "contrast"])
def test_a_main_button_that_cannot_be_pressed_is_not_as_dark_as_one_that_can(
    application: QApplication, name: str
) -> None:
    apply_theme(application, name)
    ground = QWidget()
    dress(ground)
    row = QHBoxLayout(ground)
    dark = []
    for usable in (True, False):
        made = button("保存（F6）", ground.close, "save", primary=True)
        made.setEnabled(usable)
        row.addWidget(made)
    ground.ensurePolished()
    for made in ground.findChildren(QPushButton):
        picture = made.grab().toImage()
        dark.append(luminance(picture.pixelColor(picture.width() // 2, 4).name()))
    assert (dark[1] + 0.05) / (dark[0] + 0.05) > USUAL
