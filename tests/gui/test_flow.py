"""A row of acts keeps nothing of a widget that is gone: what it kept once stood for another row's, and the row went."""

from __future__ import annotations

import gc
import random

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from villagebooks.gui.flow import FlowRow

PAGES, AT_ONCE = 300, 6


def page_of(words: list[str]) -> tuple[QWidget, FlowRow]:
    page, row = QWidget(), FlowRow()
    QVBoxLayout(page).addLayout(row)
    for word in words:
        row.addWidget(QPushButton(word))
    row.addStretch(1)
    row.addWidget(QLabel("still"), 1)
    return page, row


def bury() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_python_hears_when_qt_deletes_what_stands_in_a_row(application: QApplication, qtbot: QtBot) -> None:
    page, row = page_of(["保存", "记账"])
    qtbot.addWidget(page)
    page.show()
    gone, stays = row.itemAt(0), row.itemAt(1)
    assert gone is not None
    assert gone.widget() is not None
    gone.widget().deleteLater()
    bury()
    assert not shiboken6.isValid(gone)
    assert shiboken6.isValid(stays)
    assert row.count() == 3


def test_rows_are_laid_out_while_others_come_and_go(application: QApplication, qtbot: QtBot) -> None:
    chance, window = random.Random(1), QWidget()
    box = QVBoxLayout(window)
    qtbot.addWidget(window)
    window.show()
    held: list[tuple[QWidget, FlowRow]] = []
    for number in range(PAGES):
        held.append(page_of(["一", "二", "三"][: chance.randrange(4)]))
        box.addWidget(held[-1][0])
        QApplication.processEvents()
        row = chance.choice(held)[1]
        button = row.itemAt(0).widget()  # type: ignore[union-attr]  # the last one is there always
        if isinstance(button, QPushButton):
            button.deleteLater()
        if len(held) > AT_ONCE:
            held.pop(chance.randrange(len(held)))[0].deleteLater()
        bury()
        if number % 5 == 0:
            gc.collect()
        for _page, row in held:
            assert row.sizeHint().width() > 0
            assert all(shiboken6.isValid(item) for item in row._items)
