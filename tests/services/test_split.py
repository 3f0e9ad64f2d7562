"""科目拆分: a leaf with lines gets accounts below it; one signed transfer; nothing that was closed changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.services.conftest import Staff, line, reverse_voucher, sign_all, simple_draft
from villagebooks.core.account import Account, Holding, Share, Split, check_split, new_account
from villagebooks.core.closing import find_places
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused
from villagebooks.core.statement import BALANCE_SHEET
from villagebooks.core.voucher import NORMAL, POSTED, VOID, Draft, Voucher
from villagebooks.services.account import (
    account_standing,
    add_account,
    read_entry_book,
    redo_transfer,
    remove_account,
    rename_account,
    set_needs,
    split_account,
    standard_chart,
    stop_account,
)
from villagebooks.services.check import check_books
from villagebooks.services.closing import close_month, draft_closing_transfers, month_checklist
from villagebooks.services.desk import Desk, open_desk
from villagebooks.services.disclosure import prepare_sheet
from villagebooks.services.export import export_csv, export_hledger
from villagebooks.services.habit import alike_vouchers
from villagebooks.services.history import import_history
from villagebooks.services.ledger import ledger, trial_balance
from villagebooks.services.office import create_office
from villagebooks.services.printout import voucher_pages
from villagebooks.services.statement import statement
from villagebooks.services.voucher import post_voucher, read_voucher, save_voucher, void_voucher

SEPTEMBER = Month(2026, 9)
PAPER, TONER = new_account("5130201", "纸张"), new_account("5130202", "硒鼓")
Post = Callable[[Draft], Voucher]


def errors(desk: Desk) -> list[str]:
    return [str(one) for one in check_books(desk.office, deep=True) if one.severity == "error"]


def findings(desk: Desk, rule: str) -> list[str]:
    return [one.text for one in check_books(desk.office) if one.rule == rule]


def balances(desk: Desk, first: Month, last: Month) -> dict[str, tuple[int, int, int, int]]:
    rows = trial_balance(desk.office, "V01", first, last).rows
    return {row.account: (row.debit_fen, row.credit_fen, row.closing_debit_fen, row.closing_credit_fen) for row in rows}


def accounts(desk: Desk) -> dict[str, Account]:
    return dict(read_entry_book(desk).accounts)


def halves(amount: int = 74_260) -> Split:
    return Split("51302", (PAPER, TONER), (Share("5130201", 50_000), Share("5130202", amount - 50_000)))


@pytest.fixture
def spent(desk: Desk, sign_and_post: Post) -> Voucher:
    """办公费 742.60 on 10 September."""
    return sign_and_post(simple_draft())


def post_draft(desk: Desk, uid: str, staff: Staff) -> Voucher:
    sign_all(desk, uid, staff)
    return post_voucher(desk, uid)


def test_a_division_moves_what_the_leaf_held_by_one_voucher(desk: Desk, spent: Voucher, staff: Staff) -> None:
    before = balances(desk, SEPTEMBER, SEPTEMBER)["513"]
    made = split_account(desk, halves(), date(2026, 9, 20))
    assert made is not None
    assert [(one.account, one.debit_fen, one.credit_fen) for one in made.lines] == [
        ("5130201", 50_000, 0), ("5130202", 24_260, 0), ("51302", 0, 74_260),
    ]  # fmt: skip
    assert (made.day, made.kind, made.state) == (date(2026, 9, 20), NORMAL, "draft")
    old = accounts(desk)["51302"]
    assert (old.leaf, old.split_on, old.split_by) == (False, "2026-09-20", made.uid)
    assert post_draft(desk, made.uid, staff).state == POSTED
    after = balances(desk, SEPTEMBER, SEPTEMBER)
    assert after["513"][2:] == before[2:]
    assert after["51302"] == (74_260 * 2, 74_260, 74_260, 0)
    assert after["5130201"] == (50_000, 0, 50_000, 0)
    assert after["5130202"] == (24_260, 0, 24_260, 0)
    assert errors(desk) == []
    assert findings(desk, "no_document") == findings(desk, "split_rest") == []


def test_after_it_only_the_accounts_below_take_lines(desk: Desk, spent: Voucher) -> None:
    split_account(desk, halves(), date(2026, 9, 20))
    for day in (date(2026, 9, 11), date(2026, 9, 20), date(2026, 9, 25)):
        with pytest.raises(Refused, match="科目 51302 办公费 已于 2026-09-20 拆分，要记到下级"):
            save_voucher(desk, simple_draft(day=day))
    lines = (line("5130201", 100), line("101", credit=100))
    assert save_voucher(desk, Draft(date(2026, 9, 25), lines)).lines == lines


def test_a_closed_month_keeps_every_figure(desk: Desk, spent: Voucher, staff: Staff) -> None:
    close_month(desk, staff.agent)
    span = Span(SEPTEMBER, SEPTEMBER)
    before = balances(desk, SEPTEMBER, SEPTEMBER), statement(desk, BALANCE_SHEET, span)
    with pytest.raises(Refused, match="所在的月份已结账，最早从 2026-10-01 起"):
        split_account(desk, halves(), date(2026, 9, 30))
    october = desk.at(Month(2026, 10))
    made = split_account(october, halves(), date(2026, 10, 1))
    assert made
    post_draft(october, made.uid, staff)
    assert (balances(desk, SEPTEMBER, SEPTEMBER), statement(desk, BALANCE_SHEET, span)) == before
    rows = balances(desk, Month(2026, 10), Month(2026, 10))
    assert rows["51302"] == (74_260, 74_260, 74_260, 0)
    assert rows["5130201"][2:] == (50_000, 0)
    whole = ledger(desk, "51302", Month(2026, 1), Month(2026, 10))
    assert (len(whole.lines), whole.closing_fen) == (4, 74_260)
    assert errors(desk) == []


@pytest.mark.parametrize(
    ("wanted", "day", "sentence"),
    [
        (replace(halves(), shares=(Share("5130201", 50_000),)), 20, "有 742.60 元，分下去的是 500.00 元，相差 242"),
        (replace(halves(), shares=()), 20, "未指明 有 742.60 元，分下去的是 0.00 元"),
        (replace(halves(), shares=(Share("5130203", 74_260),)), 20, "没有下级科目 5130203"),
        (replace(halves(), children=()), 20, "请写要分成哪些下级科目"),
        (replace(halves(), children=(PAPER, PAPER)), 20, "科目代码 5130201 重复"),
        (replace(halves(), children=(PAPER, new_account("513", "硒鼓"))), 20, "“513”不是 51302 的下级代码"),
        (replace(halves(), children=(PAPER, new_account("5130202", "纸张"))), 20, "已有科目 5130201 纸张"),
        (replace(halves(), code="99999"), 20, "没有科目 99999"),
        (replace(halves(), code="513"), 20, "科目 513 管理费用 已有下级，直接增设就行"),
        (halves(), 9, "最后一笔分录在 2026-09-10 记-1，拆分日期不能早于它"),
    ],
)  # fmt: skip
def test_what_does_not_tie_is_refused_and_nothing_changes(
    desk: Desk, spent: Voucher, wanted: Split, day: int, sentence: str
) -> None:
    before = accounts(desk)
    with pytest.raises(Refused, match=sentence):
        split_account(desk, wanted, date(2026, 9, day))
    assert accounts(desk) == before


def test_a_voucher_under_way_on_the_account_comes_first(desk: Desk, spent: Voucher) -> None:
    save_voucher(desk, simple_draft(day=date(2026, 9, 12)))
    with pytest.raises(Refused, match="还有没记账的凭证用着 51302 办公费：2026-09 记-2。先记账或作废"):
        split_account(desk, halves(), date(2026, 9, 20))


def test_every_party_goes_its_way_and_keeps_its_name(desk: Desk, staff: Staff, sign_and_post: Post) -> None:
    lines = (
        line("113", 50_000, party="柯有福"), line("113", 30_000, party="田维国"), line("101", credit=20_000),
        line("113", credit=60_000),
    )  # fmt: skip
    sign_and_post(Draft(date(2026, 9, 8), lines))
    standing = account_standing(desk, "113")
    assert standing.holdings == (Holding(-60_000), Holding(50_000, "柯有福"), Holding(30_000, "田维国"))
    rent, labour = new_account("11301", "承包费"), new_account("11302", "误工")
    shares = (
        Share("11301", -60_000), Share("11301", 80_000, ("柯有福", "", "", "")),
        Share("11302", -30_000, ("柯有福", "", "", "")), Share("11302", 30_000, ("田维国", "", "", "")),
    )  # fmt: skip
    made = split_account(desk, Split("113", (rent, labour), shares), date(2026, 9, 30))
    assert made
    post_draft(desk, made.uid, staff)
    assert account_standing(desk, "113").holdings == ()
    assert account_standing(desk, "11302").holdings == (Holding(-30_000, "柯有福"), Holding(30_000, "田维国"))
    assert errors(desk) == []


def test_needs_that_old_lines_lack_do_not_stand_in_the_way(desk: Desk, spent: Voucher, staff: Staff) -> None:
    assert [one.lacking for one in set_needs(desk, "51302", ["project"])] == [{"project": 1}]
    made = split_account(desk, halves(), date(2026, 9, 20))
    assert made
    post_draft(desk, made.uid, staff)
    assert accounts(desk)["5130201"].needs == ("project",)
    assert errors(desk) == []


def test_an_account_without_lines_is_divided_without_a_voucher(desk: Desk, spent: Voucher) -> None:
    made = split_account(desk, Split("50101", (new_account("5010101", "土地"),)), date(2026, 9, 1))
    assert made is None
    assert accounts(desk)["50101"].split_on == ""
    assert errors(desk) == []


def test_a_transfer_is_not_edited_and_not_reversed(desk: Desk, spent: Voucher, staff: Staff) -> None:
    made = split_account(desk, halves(), date(2026, 9, 20))
    assert made
    with pytest.raises(Refused, match="记-2 是拆分科目的转账凭证，不能改"):
        save_voucher(desk, Draft(made.day, made.lines, uid=made.uid))
    post_draft(desk, made.uid, staff)
    with pytest.raises(Refused, match="记-2 是拆分科目的转账，不能冲销"):
        reverse_voucher(desk, made.uid, date(2026, 9, 25))


def test_a_voided_transfer_is_made_again(desk: Desk, spent: Voucher, staff: Staff) -> None:
    made = split_account(desk, halves(), date(2026, 9, 20))
    assert made
    with pytest.raises(Refused, match="的转账凭证已经做了"):
        redo_transfer(desk, "51302", halves().shares, date(2026, 9, 21))
    void_voucher(desk, made.uid)
    assert read_voucher(desk, made.uid).state == VOID
    assert findings(desk, "split_rest") == ["拆分后还有 742.60 元没有转到下级"]
    assert errors(desk) == []
    with pytest.raises(Refused, match="转账不能早于那天"):
        redo_transfer(desk, "51302", halves().shares, date(2026, 9, 19))
    again = redo_transfer(desk, "51302", (Share("5130202", 74_260),), date(2026, 9, 21))
    post_draft(desk, again.uid, staff)
    assert balances(desk, SEPTEMBER, SEPTEMBER)["5130202"][2:] == (74_260, 0)
    assert findings(desk, "split_rest") == []
    assert errors(desk) == []


def test_accounts_below_stay_while_a_void_transfer_names_them(desk: Desk, spent: Voucher) -> None:
    made = split_account(desk, halves(), date(2026, 9, 20))
    assert made
    void_voucher(desk, made.uid)
    with pytest.raises(Refused, match="5130201 纸张 有过分录，不能删，只能停用"):
        remove_account(desk, "5130201")
    stop_account(desk, "5130201", date(2026, 9, 21))
    again = redo_transfer(desk, "51302", (Share("5130202", 74_260),), date(2026, 9, 22))
    assert again.lines[0].account == "5130202"
    assert errors(desk) == []


def test_an_old_voucher_is_reversed_on_the_account_that_got_its_money(desk: Desk, spent: Voucher, staff: Staff) -> None:
    made = split_account(desk, halves(), date(2026, 9, 20))
    assert made
    post_draft(desk, made.uid, staff)
    red = reverse_voucher(desk, spent.uid, date(2026, 9, 28))
    assert [(one.account, one.debit_fen, one.credit_fen) for one in red.lines] == [
        ("5130201", -74_260, 0), ("101", 0, -74_260),
    ]  # fmt: skip
    post_draft(desk, red.uid, staff)
    assert account_standing(desk, "51302").holdings == ()
    assert errors(desk) == []
    assert findings(desk, "reversal_amount") == []


def test_an_account_below_is_divided_again(desk: Desk, spent: Voucher, staff: Staff) -> None:
    made = split_account(desk, halves(), date(2026, 9, 20))
    assert made
    post_draft(desk, made.uid, staff)
    deeper = Split("5130201", (new_account("513020101", "打印纸"),), (Share("513020101", 50_000),))
    again = split_account(desk, deeper, date(2026, 9, 22))
    assert again
    post_draft(desk, again.uid, staff)
    assert balances(desk, SEPTEMBER, SEPTEMBER)["51302"][2:] == (74_260, 0)
    red = reverse_voucher(desk, spent.uid, date(2026, 9, 28))
    assert red.lines[0].account == "513020101"
    post_draft(desk, red.uid, staff)
    assert errors(desk) == []
    assert findings(desk, "reversal_amount") == []


def test_a_bank_account_is_divided_and_the_month_closes(desk: Desk, sign_and_post: Post, staff: Staff) -> None:
    sign_and_post(Draft(date(2026, 9, 5), (line("10201", 900_000), line("301", credit=900_000)), attachment_count=1))
    wanted = Split(
        "10201", (new_account("1020101", "信用社"), new_account("1020102", "农行")),
        (Share("1020101", 400_000), Share("1020102", 500_000)),
    )  # fmt: skip
    made = split_account(desk, wanted, date(2026, 9, 6))
    assert made
    post_draft(desk, made.uid, staff)
    sign_and_post(Draft(date(2026, 9, 7), (line("101", 10_000), line("1020102", credit=10_000)), attachment_count=1))
    assert [one for one in close_month(desk, staff.agent) if one.rule == "money"] == []
    assert errors(desk) == []


def test_paper_and_the_plain_journal_name_the_old_account(
    desk: Desk, spent: Voucher, staff: Staff, tmp_path: Path
) -> None:
    made = split_account(desk, halves(), date(2026, 9, 20))
    assert made
    post_draft(desk, made.uid, staff)
    assert voucher_pages(desk, Span(SEPTEMBER, SEPTEMBER))[0].paths["51302"] == "管理费用／办公费"
    text = export_hledger(desk.office, "V01", tmp_path)[0].read_text()
    assert text.count(":51302-办公费  ") == 2
    assert text.count(":51302-办公费:5130201-纸张  500.00 CNY") == 1


def test_what_is_stopped_is_not_divided(desk: Desk) -> None:
    stop_account(desk, "51302", date(2026, 9, 1))
    wanted = Split("51302", (PAPER,))
    assert [one.text for one in check_split(accounts(desk), wanted, ())] == ["科目 51302 办公费 已停用，先恢复使用"]


def test_the_three_tables_carry_divisions_stops_names_and_needs(
    desk: Desk, sign_and_post: Post, staff: Staff, tmp_path: Path
) -> None:
    sign_and_post(simple_draft(day=date(2026, 8, 10)))
    rename_account(desk, "51302", "办公杂费", date(2026, 9, 1))
    set_needs(desk, "51302", ["project"])
    add_account(desk, new_account("51303", "差旅费"))
    stop_account(desk, "51303", date(2026, 9, 1))
    made = split_account(desk, halves(), date(2026, 9, 20))
    assert made
    post_draft(desk, made.uid, staff)
    export_csv(desk.office, "all", tmp_path / "out")
    header = (tmp_path / "out/accounts.csv").read_text().splitlines()[0]
    assert header.endswith(",needs,stopped_on,split_on,split_by,former_names,needs_since")
    second = create_office(tmp_path / "second.vbooks", "白雁河镇")
    import_history(second, tmp_path / "out")
    export_csv(second, "all", tmp_path / "again")
    for name in ("accounts.csv", "lines.csv", "villages.csv"):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "out" / name).read_bytes()
    for month in (Month(2026, 8), SEPTEMBER):
        assert trial_balance(second, "V01", month, month) == trial_balance(desk.office, "V01", month, month)
    other = open_desk(second, "V01", SEPTEMBER)
    assert accounts(other)["51302"].split_by not in ("", made.uid)
    with pytest.raises(Refused, match="已于 2026-09-20 拆分"):
        save_voucher(other, simple_draft(day=date(2026, 9, 25)))
    assert errors(other) == []
    second.books.close()
    lines = (tmp_path / "out/lines.csv").read_text().replace(",2026-09-20,1,normal,", ",2026-09-21,7,normal,")
    (tmp_path / "out/lines.csv").write_text(lines)
    third = create_office(tmp_path / "third.vbooks", "白雁河镇")
    with pytest.raises(Refused, match="科目 51302 办公杂费 已于 2026-09-20 拆分，要记到下级"):
        import_history(third, tmp_path / "out")
    third.books.close()


def test_the_year_is_transferred_from_the_accounts_below(
    desk: Desk, spent: Voucher, staff: Staff, sign_and_post: Post
) -> None:
    made = split_account(desk, halves(), date(2026, 9, 20))
    assert made
    post_draft(desk, made.uid, staff)
    add_account(desk, new_account("321", ""))
    drafts = draft_closing_transfers(desk, 2026)
    assert {line.account for draft in drafts for line in draft.lines} == {"5130201", "5130202", "321", "32202"}
    for draft in drafts:
        sign_and_post(draft)
    assert draft_closing_transfers(desk, 2026) == []
    assert errors(desk) == []


def test_accounts_that_others_build_on_are_found_below_what_was_divided(
    desk: Desk, sign_and_post: Post, staff: Staff
) -> None:
    sign_and_post(Draft(date(2026, 9, 5), (line("101", 900), line("32202", credit=900)), attachment_count=1))
    kept = new_account("3220201", "未分配收益")
    made = split_account(desk, Split("32202", (kept,), (Share("3220201", -900),)), date(2026, 9, 6))
    assert made
    post_draft(desk, made.uid, staff)
    places = find_places(accounts(desk), standard_chart("2023"))
    assert places.undistributed == ("3220201", "32202")


def test_no_sheet_takes_a_division_for_wear_or_for_money(desk: Desk, sign_and_post: Post, staff: Staff) -> None:
    sign_and_post(Draft(date(2026, 9, 5), (line("10201", 900_000), line("301", credit=900_000)), attachment_count=1))
    sign_and_post(Draft(date(2026, 9, 6), (line("51302", 300), line("152", credit=300, summary="提折旧"))))
    before = prepare_sheet(desk)
    assert [one.amount_fen for one in before.no_money] == [300]
    for wanted in (
        Split("152", (new_account("15201", "房屋"),), (Share("15201", -300),)),
        Split("10201", (new_account("1020101", "信用社"),), (Share("1020101", 900_000),)),
    ):
        made = split_account(desk, wanted, date(2026, 9, 20))
        assert made
        post_draft(desk, made.uid, staff)
    after = prepare_sheet(desk)
    assert after.no_money == before.no_money
    figures = [(one.opening_fen, one.income_fen, one.spending_fen, one.closing_fen) for one in (before.own, after.own)]
    assert figures[0] == figures[1]
    assert errors(desk) == []


def test_a_fund_that_was_divided_is_still_idle(desk: Desk, staff: Staff, sign_and_post: Post) -> None:
    add_account(desk, new_account("241", ""))
    add_account(desk, new_account("24101", "道路款"))
    sign_and_post(Draft(date(2026, 1, 5), (line("101", 900), line("24101", credit=900)), attachment_count=1))
    made = split_account(
        desk, Split("24101", (new_account("2410101", "上级"),), (Share("2410101", -900),)), date(2027, 3, 1)
    )
    assert made
    post_draft(desk, made.uid, staff)
    used = (line("2410101", 200), line("101", credit=200))
    sign_and_post(Draft(date(2027, 4, 1), used, attachment_count=1))
    idle = [one.text for one in month_checklist(desk.at(Month(2027, 12))) if one.rule == "idle_fund"]
    assert idle == ["去年结转来的专项资金还有 7.00 元没有用，已满一年"]


def test_suggestions_speak_of_the_accounts_below(desk: Desk, spent: Voucher, staff: Staff) -> None:
    made = split_account(desk, halves(), date(2026, 9, 20))
    assert made
    post_draft(desk, made.uid, staff)
    found = alike_vouchers(desk, "买打印纸")
    assert [line.account for line in found[0].lines] == ["5130201", "101"]
