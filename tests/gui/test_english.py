"""The whole window in English: what is not data of the books has no Chinese left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import NullTranslations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QTabBar, QTableView, QTabWidget, QWidget

from tests.gui.conftest import Driver
from villagebooks.core.words import use_language
from villagebooks.paths import open_catalogue

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
HAN = re.compile("[\u3400-\u9fff]")
DATA = """记 收 付 转 老秤湾村 白雁河镇村级会计代理核算中心 白雁河镇 冯素芳 邹启明 龙小梅 谭永川 基本户 库存现金 办公费
村主任 支书兼主任 主任 监委会主任 监委会 监事会 报账员 总出纳 代理会计 经手人 证明人 制单 复核 四议两公开 发票 数电票
纸质发票 中文 名册 会议记录 银行扣收 误工"""
"""Voucher words, names of villages, people and accounts, a language by its own name, and the
words of the approval policy in its examples."""


def is_chinese(text: str) -> bool:
    for word in sorted(DATA.split(), key=len, reverse=True):
        text = text.replace(word, "")
    return bool(HAN.search(text))


@pytest.fixture
def english() -> Iterator[None]:
    use_language(open_catalogue("en"))
    yield
    use_language(NullTranslations())


def texts(page: QWidget) -> Iterator[str]:
    for button in page.findChildren(QAbstractButton):
        yield button.text()
        yield button.toolTip()
    for bar in page.findChildren(QTabBar):
        yield from (bar.tabText(place) for place in range(bar.count()))
    for edit in page.findChildren(QLineEdit) + page.findChildren(QPlainTextEdit):
        yield edit.placeholderText()
        yield edit.accessibleName()
    for view in page.findChildren(QTableView):
        model = view.model()
        for place in range(model.columnCount() if model else 0):
            yield str(model.headerData(place, Qt.Orientation.Horizontal) or "")


def test_no_button_tab_hint_or_title_is_left_in_chinese(english: None, driver: Driver) -> None:
    left: set[str] = set()
    for page in driver.desktop.pages:
        driver.desktop.window.pick(page)
        driver.settle()
        for tabs in page.findChildren(QTabWidget):
            for place in range(tabs.count()):
                tabs.setCurrentIndex(place)
                driver.settle()
        found = [one for one in texts(driver.desktop.window) if is_chinese(one)]
        left |= {f"{type(page).__name__}: {one[:80]}" for one in found}
    assert not left, "\n".join(sorted(left))
