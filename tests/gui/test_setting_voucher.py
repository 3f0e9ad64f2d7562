"""设置 → 凭证: words of the township and of a book, templates renamed and deleted, and what the form makes of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from tests.gui.conftest import Driver, Keyboard, open_templates
from villagebooks.core.voucher import Voucher
from villagebooks.core.word import WordRule
from villagebooks.services.desk import Desk
from villagebooks.services.template import keep_template, list_templates
from villagebooks.services.voucher import list_vouchers
from villagebooks.services.word import set_word_rule, word_rules

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key


def test_words_are_set_for_the_township_and_for_a_book(driver: Driver, desk: Desk) -> None:
    panel = driver.tab("vouchers")
    panel.rule.put({"year": "27"})
    panel.set_rule()
    driver.settle()
    assert "年份写四位数" in panel.strip.text()
    panel.rule.put({"year": "2027", "choice": "三种：收、付、转"})
    panel.set_rule()
    driver.settle()
    assert panel.strip.text() == "全镇从 2027 年起用三种：收、付、转"
    panel.rule.entry("book").setCurrentIndex(1)
    panel.rule.put({"choice": "一种：记"})
    panel.set_rule()
    driver.settle()
    assert word_rules(desk.office) == (WordRule(2027, "three"), WordRule(2027, "one", "V01"))
    panel.rules.view.selectRow(1)
    panel.drop_rule()
    driver.settle()
    assert word_rules(desk.office) == (WordRule(2027, "three"),)


def test_templates_are_renamed_and_deleted_in_two_presses(
    driver: Driver, desk: Desk, make_voucher: Callable[..., Voucher]
) -> None:
    keep_template(desk, make_voucher().uid, "买纸")
    panel = driver.tab("vouchers")
    panel.templates.view.selectRow(0)
    panel.name.put({"name": "买办公用品"})
    panel.rename_one()
    driver.settle()
    assert list_templates(desk.office)[0].name == "买办公用品"
    panel.templates.view.selectRow(0)
    panel.delete_one()
    assert "再按一次就删除" in panel.strip.text()
    panel.delete_one()
    driver.settle()
    assert not any(one.own for one in list_templates(desk.office))
    assert not panel.delete.isEnabled()


def test_the_form_proposes_the_word_and_its_title_follows(driver: Driver, keyboard: Keyboard, desk: Desk) -> None:
    set_word_rule(desk.office, WordRule(2026, "three"))
    driver.desktop.seat.tell_changed()
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    keyboard.press(KEY.Key_F5)
    driver.settle()
    form = page.editor.form
    assert (form.word.currentText(), form.title.text()) == ("转", "转　账　凭　证")
    keyboard.enter()
    keyboard.commit("收租金")
    keyboard.enter()
    for key in ("10201", "500"):
        keyboard.type(key)
        keyboard.enter()
    assert (form.word.currentText(), form.title.text()) == ("收", "收　款　凭　证")
    keyboard.type("..")
    keyboard.enter()
    keyboard.type("50102")
    keyboard.enter()
    keyboard.type("=")
    form.word.setCurrentText("付")
    form.word.activated.emit(form.word.currentIndex())
    assert "应是“收”字，不是“付”字" in page.editor.side.problems.text()
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert "应是“收”字，不是“付”字" in page.editor.strip.text()
    form.word.setCurrentText("收")
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert [(one.word, one.number) for one in list_vouchers(desk)] == [("收", 1)]


def test_a_template_that_pays_is_a_payment_voucher_before_its_amount_is_typed(
    driver: Driver, keyboard: Keyboard, desk: Desk
) -> None:
    set_word_rule(desk.office, WordRule(2026, "three"))
    driver.desktop.seat.tell_changed()
    editor = open_templates(driver, keyboard)
    keyboard.commit("付银行手续费")
    keyboard.enter()
    driver.settle()
    assert editor.form.word.currentText() == "付"
