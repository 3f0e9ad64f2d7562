"""Printed in an English window: papers of account are Chinese as a whole, working lists speak English, none mixes."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from gettext import NullTranslations
from pathlib import Path

import pytest

from tests.gui.conftest import Driver
from villagebooks.core.ledger import AGEING, BALANCE, COLUMNS, DETAIL, JOURNAL, LedgerRequest
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.statement import BALANCE_SHEET, EQUITY, INCOME, NOTES
from villagebooks.core.statement import DETAIL as INCOME_DETAIL
from villagebooks.core.stationery import VOUCHER_SHEETS
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _, chinese, language, use_language
from villagebooks.gui.output import draw_ledger, draw_vouchers
from villagebooks.gui.statement.paper import draw_report
from villagebooks.gui.statement.read import BESIDE, FIGURES, SUM, Asked
from villagebooks.paths import open_catalogue
from villagebooks.services.cover import print_cover
from villagebooks.services.printout import print_policy

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
AUGUST = Month(2026, 8)
ENGLISH = re.compile("[A-Z]?[a-z]{3,}")
HAN = re.compile("[\u3400-\u9fff]")


@pytest.fixture
def english() -> Iterator[None]:
    use_language(open_catalogue("en"))
    yield
    use_language(NullTranslations())


def words(path: Path) -> str:
    read = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return read.stdout.decode("utf-8")


def papers(driver: Driver, folder: Path) -> Iterator[Path]:
    driver.desktop.seat.sit_at(month=AUGUST)
    desk = driver.desktop.seat.desk
    yield from draw_vouchers(desk, (), folder, VOUCHER_SHEETS[0])
    for kind, account in ((DETAIL, "101"), (JOURNAL, "101"), (COLUMNS, "513"), (AGEING, ""), (BALANCE, "")):
        yield from draw_ledger(desk, LedgerRequest(kind, Month(2026, 1), AUGUST, account), folder)
    month = Span(AUGUST, AUGUST)
    for kind in (BALANCE_SHEET, INCOME, INCOME_DETAIL, EQUITY, NOTES):
        yield from draw_report(desk, Asked(kind, month), folder)
    for scope in (SUM, BESIDE):
        asked = Asked(BALANCE_SHEET, month, scope, desk.book.standard, FIGURES[BALANCE_SHEET][0])
        yield from draw_report(desk, asked, folder)
    for kind in ("vouchers", "catalogue", "ledgers", "statements"):
        yield print_cover(desk, kind, month, folder / f"{kind}.pdf")
    yield print_policy(desk.office, folder / "policy.pdf")


def test_papers_of_account_are_chinese_as_a_whole_in_an_english_window(
    english: None, driver: Driver, tmp_path: Path
) -> None:
    mixed = {path.name: found for path in papers(driver, tmp_path) if (found := ENGLISH.findall(words(path)))}
    assert mixed == {}
    assert language() == "en"


def test_a_printed_list_has_the_heads_of_the_window_and_none_in_chinese(
    english: None, driver: Driver, tmp_path: Path
) -> None:
    desktop = driver.desktop
    desktop.seat.sit_at(month=AUGUST)
    desktop.window.pick(desktop.vouchers)
    driver.settle()
    table = desktop.vouchers.list.table
    heads = [one.title for one in table.model.columns]
    assert not [one for one in heads if HAN.search(one)]
    table.acts.print()
    driver.settle()
    text = words(desktop.preview._file())
    assert "Summary" in text
    assert all(line in text for one in heads for line in one.split())


def test_chinese_is_spoken_by_one_thread_alone(english: None) -> None:
    with ThreadPoolExecutor(1) as other, chinese():
        assert (_("凭证"), language()) == ("凭证", "zh")
        assert other.submit(language).result() == "en"
    assert language() == "en"


def test_a_refusal_to_print_is_told_in_the_language_of_the_window(english: None) -> None:
    @in_chinese
    def draw() -> None:
        raise Refused([Problem(_("没有权限"))])

    with pytest.raises(Refused) as told:
        draw()
    assert not HAN.search(str(told.value))
