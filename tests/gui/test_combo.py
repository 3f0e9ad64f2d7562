"""A combo box makes its list when somebody comes to it, and is what it was before in all else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, QStringListModel, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListView, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from villagebooks.gui.combo import Combo
from villagebooks.gui.theme import dress

WORDS = ("全部状态", "草稿", "待签字（两位）")


def shown(qtbot: QtBot, *boxes: QComboBox) -> QWidget:
    page = QWidget()
    page.setObjectName("page")
    column = QVBoxLayout(page)
    for box in boxes:
        column.addWidget(box)
    dress(page)
    qtbot.addWidget(page)
    page.show()
    return page


def filled(box: QComboBox) -> QComboBox:
    box.addItems(WORDS)
    box.setCurrentIndex(1)
    return box


@pytest.mark.parametrize("words", [(), ("借",), WORDS])
def test_without_a_list_it_looks_as_with_one(qtbot: QtBot, words: tuple[str, ...]) -> None:
    without, with_one = Combo(), Combo()
    with_one.view()
    for box in (without, with_one):
        box.addItems(words)
        box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    _page = shown(qtbot, without, with_one)
    assert without.size() == with_one.size()
    assert without.grab().toImage() == with_one.grab().toImage()
    assert not without.findChildren(QListView)
    assert with_one.findChildren(QListView)


def test_it_answers_as_qt_does_before_and_after_somebody_came(qtbot: QtBot) -> None:
    ours, plain = Combo(), QComboBox()
    for box in (ours, plain):
        filled(box)
        box.addItem("作废", "void")
        box.setItemText(2, "待签字")
    _page = shown(qtbot, ours, plain)
    for _state in ("before", "after"):
        for box in (ours, plain):
            assert [box.itemText(place) for place in range(-1, box.count() + 1)] == [
                "", "全部状态", "草稿", "待签字", "作废", ""
            ]  # fmt: skip
            assert (box.findText("草稿"), box.findText("没有"), box.findData("void"), box.findData("x")) == (
                1,
                -1,
                3,
                -1,
            )
            assert (box.itemData(3), box.itemData(0), box.itemData(9)) == ("void", None, None)
            assert (box.currentIndex(), box.currentText(), box.currentData()) == (1, "草稿", None)
        ours.setFocus()
        QTest.keyClick(ours, Qt.Key.Key_Home)
        ours.setCurrentIndex(1)
        assert ours.findChildren(QListView)


def test_it_tells_of_its_words_as_qt_does(qtbot: QtBot) -> None:
    told: dict[str, list[object]] = {}
    for name, box in (("ours", Combo()), ("plain", QComboBox())):
        qtbot.addWidget(box)
        heard = told.setdefault(name, [])
        box.currentIndexChanged.connect(heard.append)
        box.currentTextChanged.connect(heard.append)
        filled(box)
        box.setCurrentText("没有")
        box.setCurrentText("全部状态")
        box.setCurrentIndex(7)
        box.clear()
        box.addItem("甲")
        box.clear()
    assert told["ours"] == told["plain"]


def test_keys_choose_in_it_at_once(qtbot: QtBot) -> None:
    box = filled(Combo())
    heard: list[int] = []
    box.currentIndexChanged.connect(heard.append)
    _page = shown(qtbot, box)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert (box.currentText(), heard) == (WORDS[2], [2])
    QTest.keyClick(box, Qt.Key.Key_Home)
    assert (box.currentText(), heard) == (WORDS[0], [2, 0])


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_its_list_shows_every_word(qtbot: QtBot) -> None:
    box = filled(Combo())
    _page = shown(qtbot, box)
    box.showPopup()
    model = box.view().model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == list(WORDS)
    assert box.view().currentIndex().row() == 1
    box.hidePopup()


@pytest.mark.parametrize("act", [
    lambda box: box.insertItem(0, "新", 7), lambda box: box.insertItems(1, ["新", "旧"]), lambda box: box.removeItem(1),
    lambda box: box.removeItem(0), lambda box: box.setItemData(1, 5), lambda box: box.insertSeparator(1),
    lambda box: box.model().rowCount(), lambda box: box.setModel(QStringListModel(["新", "旧"], box)),
    lambda box: box.findData("1"), lambda box: box.findData(1), lambda box: box.findData(None),
    lambda box: box.findText("A", Qt.MatchFlag.MatchStartsWith), lambda box: box.setCurrentIndex(2),
    lambda box: box.setItemText(1, "草稿"), lambda box: (box.clear(), box.addItems(["草稿", "新"])),
])  # fmt: skip
def test_whatever_is_done_to_its_words_it_says_what_qt_says(qtbot: QtBot, act: Callable[[QComboBox], object]) -> None:
    told: list[object] = []
    for box in (Combo(), QComboBox()):
        qtbot.addWidget(box)
        said: list[object] = []
        box.currentIndexChanged.connect(said.append)
        box.currentTextChanged.connect(said.append)
        box.addItem("Abc")
        for data in (1, 2):
            box.addItem("草稿", data)
        box.setCurrentIndex(1)
        answer = act(box)
        words = [(box.itemText(place), box.itemData(place)) for place in range(box.count())]
        told.append((answer, said, words, box.currentIndex(), box.currentText(), box.currentData()))
    assert told[0] == told[1]


@pytest.mark.parametrize("in_hand", [False, True])
def test_who_scrolled_a_form_by_the_wheel_chose_another_word_under_the_pointer(qtbot: QtBot, *, in_hand: bool) -> None:
    page, area, box, line = QWidget(), QScrollArea(), filled(Combo()), QLineEdit()
    column = QVBoxLayout(page)
    column.addWidget(line)
    column.addWidget(box)
    column.addSpacing(2_000)
    area.setWidget(page)
    area.resize(300, 200)
    qtbot.addWidget(area)
    with qtbot.waitActive(area):
        area.show()
        area.activateWindow()
    (box if in_hand else line).setFocus()
    turned = QPoint(0, -120)
    where = QPointF(box.rect().center())
    still, none = Qt.ScrollPhase.NoScrollPhase, Qt.KeyboardModifier.NoModifier
    place = QPointF(box.mapToGlobal(box.rect().center()))
    turn = QWheelEvent(where, place, QPoint(), turned, Qt.MouseButton.NoButton, none, still, False)
    QApplication.sendEvent(box, turn)
    assert (box.currentIndex(), box.hasFocus()) == (1, in_hand)
    assert not turn.isAccepted()  # it goes on to the page
