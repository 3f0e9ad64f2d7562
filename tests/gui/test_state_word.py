"""A state of a voucher has one word wherever people read it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.gui.conftest import Driver
from tests.services.conftest import Staff
from villagebooks.core.journal import label
from villagebooks.core.search import read_search
from villagebooks.core.voucher import STATE_WORDS, SUBMITTED, Voucher, state_word
from villagebooks.gui.voucher.state import state_mark
from villagebooks.paths import resource
from villagebooks.services.approval import approve_voucher
from villagebooks.services.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
PROGRAM = Path(label.__file__).parents[2]
ELSEWHERE = re.compile(
    '待复核|待审核|待会计主管|(?<!正)在签字|签字中|待签的|张待签(?!字)|"待签"|签完未记账|"已签完"|未送签'
)
"""What such a voucher was called besides, here and there."""


def test_a_voucher_that_waits_for_a_signature_is_called_as_the_filter_and_the_search_call_it(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk, staff: Staff
) -> None:
    approve_voucher(desk, make_voucher().uid, staff.agent)
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    (head,) = page.list.heads()
    shown = state_mark(head.state, head.waiting_for).word
    assert shown == "待签字（复核）"
    box = page.list.state
    words = [box.itemText(place) for place in range(1, box.count())]
    assert words == list(STATE_WORDS.values())
    assert shown.startswith(words[1])
    found = page.list.found.state
    assert [found.itemText(place) for place in range(1, found.count())] == words
    box.setCurrentIndex(2)
    assert page.list.table.model.rowCount() == 1
    page.open(head.uid)
    driver.settle()
    assert page.editor.state.text() == shown


def test_every_list_says_the_words_of_the_states() -> None:
    values = label.value_words()
    for state, word in STATE_WORDS.items():
        assert state_mark(state).word == state_word(state) == word
        assert values[f"voucher.state={state}"] == word
        assert [term.state for term in read_search(word).terms] == [state]
    assert state_word(SUBMITTED, "复核") == "待签字（复核）"


@pytest.mark.parametrize("folder", [PROGRAM, resource("manual")])
def test_no_other_word_for_a_state_is_written_anywhere(folder: Path) -> None:
    files = [one for one in folder.rglob("*") if one.suffix in (".py", ".md", ".html")]
    assert files
    found = [(one.name, word) for one in files for word in ELSEWHERE.findall(one.read_text(encoding="utf-8"))]
    assert not found
