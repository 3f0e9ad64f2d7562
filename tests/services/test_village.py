"""A village that is renamed keeps its history: every sheet carries the name of its date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.pdf.reading import words_of
from tests.services.chain import journal_page
from tests.services.conftest import Staff, line, simple_draft
from villagebooks.core.ledger import BALANCE, LedgerRequest
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused
from villagebooks.core.statement import BALANCE_SHEET
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.services.board import read_board
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, open_desk
from villagebooks.services.disclosure import prepare_sheet
from villagebooks.services.ledger import read_sheet, trial_balance
from villagebooks.services.printout import print_vouchers
from villagebooks.services.statement import statement
from villagebooks.services.village import list_villages, rename_village

Post = Callable[[Draft], Voucher]
AUGUST, SEPTEMBER = Month(2026, 8), Month(2026, 9)
BASIS = "县民政局批复〔2026〕31号"


@pytest.fixture
def renamed(desk: Desk, staff: Staff, sign_and_post: Post) -> Desk:
    """August under the old name, September under the new one."""
    for day in (date(2026, 8, 3), date(2026, 9, 1)):
        sign_and_post(Draft(day, (line("101", 100_000), line("301", credit=100_000)), attachment_count=1))
    sign_and_post(simple_draft(amount=5_000))
    rename_village(desk.office, "V01", "新秤湾村", "2026-09-01", BASIS, "990123001207")
    return open_desk(desk.office, "V01", SEPTEMBER)


def test_sheets_carry_the_name_of_their_date(renamed: Desk, tmp_path: Path) -> None:
    old, new = "老秤湾村（村委会代行）", "新秤湾村（村委会代行）"
    assert renamed.book.name == new
    for month, name in ((AUGUST, old), (SEPTEMBER, new)):
        assert trial_balance(renamed.office, "V01", month, month).name == name
        assert statement(renamed.at(month), BALANCE_SHEET, Span(month, month)).name == name
        assert read_sheet(renamed, LedgerRequest(BALANCE, month, month)).book_name == name
        out = print_vouchers(renamed.at(month), Span(month, month), tmp_path / f"{month}.pdf")
        assert name[:4] in words_of(out)
        assert prepare_sheet(renamed.at(month)).village == name[:4]
    assert [one.name for one in read_board(renamed.office, SEPTEMBER)] == [new]


def test_names_stay_with_their_days_codes_and_basis_and_are_journalled(renamed: Desk) -> None:
    one = list_villages(renamed.office)[0]
    assert [(term.since, term.name, term.code, term.basis) for term in one.names] == [
        ("", "老秤湾村", "", ""), ("2026-09-01", "新秤湾村", "990123001207", BASIS)
    ]  # fmt: skip
    assert (one.village.name, one.official_code) == ("新秤湾村", "990123001207")
    kinds = [entry.kind for entry in journal_page(renamed.office)]
    assert kinds.count("name") == 4
    assert kinds.count("rename") == 2
    assert [str(one) for one in check_books(renamed.office, deep=True) if one.severity == "error"] == []


def test_a_name_of_the_past_may_be_entered_later(renamed: Desk) -> None:
    rename_village(renamed.office, "V01", "秤湾大队", "1984-05-01", "县志")
    one = list_villages(renamed.office)[0]
    assert one.village.name == "新秤湾村"
    assert [term.name for term in one.names] == ["老秤湾村", "秤湾大队", "新秤湾村"]


def test_what_is_no_name_day_or_basis_is_refused(renamed: Desk) -> None:
    office = renamed.office
    with pytest.raises(Refused, match="没有村 V09"):
        rename_village(office, "V09", "某村", "2026-01-01", BASIS)
    with pytest.raises(Refused, match="新秤湾村已经叫这个名字"):
        rename_village(office, "V01", "新秤湾村", "2026-01-01", BASIS)
    with pytest.raises(Refused, match="2027-01-01 还没有到"):
        rename_village(office, "V01", "某村", "2027-01-01", BASIS)
    with pytest.raises(Refused, match="写成 2026-01-01 这样"):
        rename_village(office, "V01", "某村", "2026-13-01", BASIS)
    with pytest.raises(Refused, match="请写依据"):
        rename_village(office, "V01", "某村", "2026-01-01", " ")
    with pytest.raises(Refused, match="请写新村名"):
        rename_village(office, "V01", "", "2026-01-01", BASIS)
    with pytest.raises(Refused, match="已经登记过一个村名"):
        rename_village(office, "V01", "某村", "2026-09-01", BASIS)


def test_a_name_that_was_used_is_not_taken_away(renamed: Desk) -> None:
    with pytest.raises(IntegrityError, match="用过的村名不能删除"), renamed.books.write() as connection:
        connection.execute(text("DELETE FROM name_term"))
