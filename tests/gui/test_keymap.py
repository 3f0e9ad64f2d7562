"""Two keymaps: chosen in the settings, followed at once by keys, hints, tips, the manual and its printed card."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt

from tests.gui.conftest import Driver, Keyboard
from villagebooks.core.keymap import KINGDEE, YONYOU, keymap_names
from villagebooks.core.voucher import Voucher
from villagebooks.gui.keymap import KEYMAP, keymap, use_keymap
from villagebooks.gui.manual.page import draw_chapter
from villagebooks.gui.setting.keymap import KeymapPanel
from villagebooks.gui.voucher.page import VoucherPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key


def test_the_choice_takes_effect_at_once_and_is_kept(driver: Driver, tmp_path: Path) -> None:
    editor = driver.desktop.vouchers.editor
    assert "F6 保存" in editor.keys.accessibleName()
    kept = QSettings(str(tmp_path / "desktop.ini"), QSettings.Format.IniFormat)
    panel = KeymapPanel(kept)
    panel.choices[KINGDEE].setChecked(True)
    assert "F8 保存" in editor.keys.accessibleName()
    assert "F7 列出科目" in editor.keys.accessibleName()
    assert "F8 / Ctrl+S" in editor.acts["save"].toolTip()
    assert [panel.table.model.record(row) for row in range(3)] == ["new", "copy", "save"]
    assert (kept.value(KEYMAP), keymap().name) == (KINGDEE, KINGDEE)
    panel.choices[YONYOU].setChecked(True)
    assert "F6 保存" in editor.keys.accessibleName()
    panel.deleteLater()


def test_a_key_of_the_other_program_says_what_to_press_here(driver: Driver, keyboard: Keyboard) -> None:
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.new()
    keyboard.press(KEY.Key_F8)
    assert page.editor.strip.text().startswith("F8 在这套键位里不用。保存按 F6")
    use_keymap(KINGDEE)
    page.editor.form.rows[0].account.setFocus()
    keyboard.press(KEY.Key_F2)
    assert page.editor.strip.text().startswith("F2 在这套键位里不用。列出科目、往来按 F7")
    assert not page.editor.form.rows[0].account.list_is_open()


def test_the_manual_names_the_keys_of_the_map_in_use(driver: Driver, keyboard: Keyboard) -> None:
    driver.desktop.window.go(driver.desktop.vouchers)
    driver.settle()
    keyboard.press(KEY.Key_F1)
    driver.settle()
    reader = driver.desktop.window.current().panel.reader
    assert "草稿（F6 保存就有号）" in reader.toPlainText()
    use_keymap(KINGDEE)
    assert "草稿（F8 保存就有号）" in reader.toPlainText()


@pytest.mark.parametrize(("name", "save"), [(YONYOU, "F6、Ctrl+S"), (KINGDEE, "F8、Ctrl+S")])
def test_the_printed_card_shows_the_chosen_keymap(name: str, save: str, tmp_path: Path) -> None:
    use_keymap(name)
    (card,) = draw_chapter("keys", tmp_path)
    text = subprocess.run(["pdftotext", "-layout", str(card), "-"], capture_output=True, check=True).stdout.decode()
    assert f"现在用的是{keymap_names()[name]}键位" in text.replace(" ", "")
    first = next(line for line in text.splitlines() if line.strip().startswith("保存"))
    assert first.split()[-1] == save


def test_a_voucher_is_copied_with_its_lines_and_without_its_documents(
    driver: Driver, keyboard: Keyboard, make_voucher: Callable[..., Voucher]
) -> None:
    voucher = make_voucher()
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.open(voucher.uid)
    driver.settle()
    keyboard.press(KEY.Key_F5, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    _same(page, voucher)
    page.leave()
    driver.settle()
    page.list.go_to(voucher.uid)
    page.list.table.view.setFocus()
    keyboard.press(KEY.Key_F5, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    _same(page, voucher)


@pytest.mark.parametrize(("name", "key"), [(YONYOU, KEY.Key_F6), (KINGDEE, KEY.Key_F8)])
def test_a_paper_is_saved_by_the_key_of_the_map_too(driver: Driver, keyboard: Keyboard, name: str, key: Qt.Key) -> None:
    use_keymap(name)
    page = driver.desktop.papers
    driver.desktop.window.go(page)
    driver.settle()
    page.new()
    driver.settle()
    page.form.facts.setFocus()
    keyboard.press(key)
    driver.settle()
    assert page.form.strip.text()


def _same(page: VoucherPage, voucher: Voucher) -> None:
    draft = page.editor.form.draft()
    assert (page.editor.uid, draft.lines, draft.attachment_count) == ("", voucher.lines, 0)
