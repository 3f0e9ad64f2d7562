"""Amounts in columns of digits: a way to show them, kept like the keymap, that changes nothing of typing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from tests.gui.conftest import Driver, Keyboard
from villagebooks.gui.setting.keymap import KeymapPanel
from villagebooks.gui.voucher.amount import AMOUNT_GRID, UNITS, digits_of, grid_is_on, use_grid

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture(autouse=True)
def figures_again() -> Iterator[None]:
    yield
    use_grid(False)


@pytest.mark.parametrize(
    ("fen", "digits"),
    [(0, "           "), (5, "        005"), (126_050, "     126050"), (-1_234, "      -1234"),
     (12_345_678_901, "12345678901"), (99_999_999_999, "99999999999")],
)  # fmt: skip
def test_a_digit_stands_in_its_column(fen: int, digits: str) -> None:
    assert digits_of(fen) == digits
    assert len(digits) == len(UNITS)


def test_the_columns_come_at_once_are_kept_and_leave_the_typing_alone(
    driver: Driver, keyboard: Keyboard, tmp_path: Path
) -> None:
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.new()
    form = page.editor.form
    form.rows[0].debit.put(126_050)
    form.rows[1].summary.setFocus()
    plain = form.rows[0].debit.grab().toImage()
    kept = QSettings(str(tmp_path / "desktop.ini"), QSettings.Format.IniFormat)
    panel = KeymapPanel(kept)
    panel.grid.setChecked(True)
    assert (kept.value(AMOUNT_GRID, type=bool), grid_is_on()) == (True, True)
    assert form.rows[0].debit.grab().toImage() != plain
    assert form.rows[0].debit.text() == "1,260.50"
    form.rows[1].credit.setFocus()
    keyboard.type("12*350")
    keyboard.enter()
    assert form.rows[1].credit.fen() == 420_000
    panel.grid.setChecked(False)
    assert form.rows[0].debit.grab().toImage() == plain
    panel.deleteLater()


def test_what_has_no_room_in_the_columns_or_is_no_amount_stands_as_it_was_typed(driver: Driver) -> None:
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.new()
    cell = page.editor.form.rows[0].debit
    for text in ("1234567890.00", "一百"):
        cell.setText(text)
        plain = cell.grab().toImage()
        use_grid(True)
        assert cell.grab().toImage() == plain
        use_grid(False)
