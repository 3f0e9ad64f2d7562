"""The pictures of the first page against the ledgers: every figure stands in a trial balance or a ledger too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.services.conftest import simple_draft
from villagebooks.core.ledger import AGEING, LedgerRequest, TrialBalance
from villagebooks.core.period import Month
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.db.books import open_books
from villagebooks.services.desk import Desk, Office, list_books, open_desk
from villagebooks.services.graph import read_ages, read_funds, read_incomes, read_money
from villagebooks.services.history import import_history
from villagebooks.services.ledger import ALL, read_sheet, trial_balance
from villagebooks.services.office import create_office

CASE = Path(__file__).parent.parent / "cases" / "baiyanhe" / "three_tables"
SEPTEMBER, DECEMBER = Month(2026, 9), Month(2026, 12)


@pytest.fixture
def township(made_once: Callable[..., Path | str]) -> Iterator[Office]:
    office = Office(open_books(made_once(taken_in)))
    yield office
    office.books.close()


def taken_in(place: Path | str) -> Office:
    office = create_office(place, "白雁河镇")
    import_history(office, CASE)
    return office


def closing(report: TrialBalance, *heads: str) -> int:
    """Net of the level-1 rows of the books themselves."""
    rows = [one for one in report.rows if one.account in heads and one.book != "*"]
    return sum(one.closing_debit_fen - one.closing_credit_fen for one in rows)


def test_money_at_every_month_end_is_what_the_trial_balance_says(township: Office) -> None:
    for code in (*(one.code for one in list_books(township)), ALL):
        year = read_money(township, code, SEPTEMBER)
        for place, number in enumerate(year.months):
            month = Month(2026, number)
            report = trial_balance(township, code, month, month)
            cash, banks = year.parts[0].ends_fen[place], [one.ends_fen[place] for one in year.parts[1:]]
            assert (cash, sum(banks)) == (closing(report, "101"), closing(report, "102")), (code, month)
    assert year.months == tuple(range(1, 10))
    assert [one.name for one in year.parts] == ["库存现金", "银行存款"]


def test_a_village_sees_each_of_its_bank_accounts(township: Office) -> None:
    year = read_money(township, "V01", SEPTEMBER)
    leaves = {one.account: one.ends_fen[-1] for one in year.parts[1:]}
    report = trial_balance(township, "V01", SEPTEMBER, SEPTEMBER)
    shown = {one.account: one.closing_debit_fen for one in report.rows if one.account in leaves}
    assert leaves == shown
    assert list(leaves) == ["10201"]


def test_income_and_expense_of_the_months_are_what_the_trial_balance_moves(township: Office) -> None:
    codes = [one.code for one in list_books(township)]
    for code in codes:
        income = expense = 0
        for one in read_incomes(township, code, SEPTEMBER):
            income, expense = income + one.income_fen, expense + one.expense_fen
        report = trial_balance(township, code, Month(2026, 1), SEPTEMBER)
        net = [one.closing_credit_fen - one.closing_debit_fen for one in report.rows
               if len(one.account) == 3 and one.account[0] == "5"]  # fmt: skip
        assert income - expense == sum(net), code
        assert expense > 0 or code == "V05W"
    whole = read_incomes(township, ALL, SEPTEMBER)
    villages = [read_incomes(township, code, SEPTEMBER) for code in codes]
    for place, one in enumerate(whole):
        parts = [figures[place] for figures in villages]
        assert one.income_fen == sum(part.income_fen for part in parts)
        assert one.expense_fen == sum(part.expense_fen for part in parts)


def test_closing_transfers_make_no_month_empty(township: Office) -> None:
    september = read_incomes(township, "V01", SEPTEMBER)[-1]
    assert read_incomes(township, "V01", DECEMBER)[8] == september
    assert september.income_fen > 0


def test_what_funds_hold_is_the_balance_of_their_account_and_their_works(township: Office) -> None:
    funds = {one.name: one for one in read_funds(township, "V02", SEPTEMBER)}
    assert set(funds) == {"蓄水池项目", "救灾物资"}
    pond, relief = funds["蓄水池项目"], funds["救灾物资"]
    assert (pond.granted_fen, pond.drawn_fen, pond.left_fen) == (21_400_000, 17_160_000, 4_240_000)
    assert (relief.granted_fen, relief.settled_fen, relief.left_fen) == (864_000, 604_800, 259_200)
    report = trial_balance(township, "V02", SEPTEMBER, SEPTEMBER)
    assert sum(one.granted_fen - one.settled_fen for one in funds.values()) == -closing(report, "241")
    assert sum(one.works_fen for one in funds.values()) == closing(report, "153")
    whole = read_funds(township, ALL, SEPTEMBER)
    assert [(one.book, one.name) for one in whole if one.works_fen] == [("V02", "石磨坪村")]
    assert sum(one.left_fen for one in whole if one.book == "V02") == pond.left_fen + relief.left_fen


def test_a_year_without_a_voucher_still_holds_what_the_last_one_left(township: Office) -> None:
    later = Month(2028, 2)
    now, then = read_money(township, "V02", DECEMBER), read_money(township, "V02", later)
    assert [one.ends_fen for one in then.parts] == [(one.ends_fen[-1],) * 2 for one in now.parts]
    before = {one.name: one.left_fen for one in read_funds(township, "V02", DECEMBER)}
    assert {one.name: one.left_fen for one in read_funds(township, "V02", later)} == before


def test_the_ages_of_claims_are_those_of_the_ledger_of_ages(township: Office) -> None:
    for code in ("V01", "V02"):
        sheet = read_sheet(open_desk(township, code, SEPTEMBER), LedgerRequest(AGEING, SEPTEMBER, SEPTEMBER))
        total = next(one for one in sheet.rows if one.cells[1] == "应收合计")
        assert [one.claims_fen for one in read_ages(township, code, SEPTEMBER)] == list(total.cells[5:9])
    whole = [one.claims_fen for one in read_ages(township, ALL, SEPTEMBER)]
    parts = [[one.claims_fen for one in read_ages(township, book.code, SEPTEMBER)] for book in list_books(township)]
    assert whole == [sum(fens) for fens in zip(*parts, strict=True)]


def test_a_month_before_the_book_began_has_no_money(desk: Desk) -> None:
    assert read_money(desk.office, "V01", desk.book.start.plus(-1)).parts == ()


def test_what_is_posted_shows_at_once(desk: Desk, sign_and_post: Callable[[Draft], Voucher]) -> None:
    before = read_money(desk.office, "V01", SEPTEMBER).parts[0].ends_fen[-1]
    sign_and_post(simple_draft())
    assert read_money(desk.office, "V01", SEPTEMBER).parts[0].ends_fen[-1] == before - 74_260
