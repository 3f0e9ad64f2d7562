"""A chart that has history: dated names, the end of use, needs from a day on, accounts added by mistake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.services.chain import journal_page
from tests.services.conftest import Staff, line, reverse_voucher, simple_draft
from villagebooks.core.account import Account, Holding, held_words, new_account
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.services.account import (
    add_account,
    change_from,
    count_quantity,
    read_entry_book,
    remove_account,
    rename_account,
    resume_account,
    set_needs,
    stop_account,
)
from villagebooks.services.check import check_books
from villagebooks.services.closing import close_month, year_report
from villagebooks.services.desk import Desk
from villagebooks.services.ledger import ledger, trial_balance
from villagebooks.services.printout import voucher_pages
from villagebooks.services.voucher import save_voucher

SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
Post = Callable[[Draft], Voucher]


def accounts(desk: Desk) -> dict[str, Account]:
    return dict(read_entry_book(desk).accounts)


def errors(desk: Desk) -> list[str]:
    return [str(one) for one in check_books(desk.office, deep=True) if one.severity == "error"]


def shown_name(desk: Desk, month: Month) -> str:
    return next(
        row.name for row in trial_balance(desk.office, "V01", month, month).rows if row.account == "51302"
    )  # fmt: skip


def test_closed_months_go_on_to_show_the_former_name(desk: Desk, sign_and_post: Post, staff: Staff) -> None:
    sign_and_post(simple_draft())
    close_month(desk, staff.agent)
    report = year_report(desk, 2026)
    assert change_from(desk) == date(2026, 10, 1)
    rename_account(desk, "51302", "办公用品费")
    assert accounts(desk)["51302"].name == "办公用品费"
    assert (shown_name(desk, SEPTEMBER), shown_name(desk, OCTOBER)) == ("办公费", "办公用品费")
    assert ledger(desk, "51302", SEPTEMBER, SEPTEMBER).name == "办公费"
    assert voucher_pages(desk, Span(SEPTEMBER, SEPTEMBER))[0].paths["51302"] == "管理费用／办公费"
    assert year_report(desk, 2026) != report
    rename_account(desk, "51302", "办公杂费", date(2026, 10, 1))
    assert (shown_name(desk, SEPTEMBER), shown_name(desk, OCTOBER)) == ("办公费", "办公杂费")
    assert errors(desk) == []


def test_while_nothing_is_closed_a_slip_in_a_name_is_mended_everywhere(desk: Desk, sign_and_post: Post) -> None:
    sign_and_post(simple_draft())
    rename_account(desk, "51302", "办公用品费")
    assert shown_name(desk, SEPTEMBER) == "办公用品费"


def test_a_name_from_a_day_in_an_open_month(desk: Desk, sign_and_post: Post) -> None:
    sign_and_post(simple_draft(day=date(2026, 8, 10)))
    rename_account(desk, "51302", "办公用品费", date(2026, 9, 1))
    assert (shown_name(desk, Month(2026, 8)), shown_name(desk, SEPTEMBER)) == ("办公费", "办公用品费")
    with pytest.raises(Refused, match="2026-09-01 刚改过名，这次的日期不能更早"):
        rename_account(desk, "51302", "办公杂费", date(2026, 8, 1))
    with pytest.raises(Refused, match="2026-12-01 还没有到"):
        rename_account(desk, "51302", "办公杂费", date(2026, 12, 1))
    with pytest.raises(Refused, match="所在的月份已结账"):
        rename_account(desk, "51302", "办公杂费", date(2025, 12, 1))


def test_nothing_is_stopped_while_something_is_left_on_it(desk: Desk, sign_and_post: Post, staff: Staff) -> None:
    spent = sign_and_post(simple_draft())
    with pytest.raises(Refused, match=r"51302 办公费 还有余额：借方 742\.60 元。先转出余额再停用"):
        stop_account(desk, "51302", date(2026, 9, 30))
    lines = (line("113", 500, party="柯有福"), line("113", credit=500, party="田维国"))
    sign_and_post(Draft(date(2026, 9, 11), lines))
    with pytest.raises(Refused, match="113 内部往来 是制度规定的一级科目，不能停用"):
        stop_account(desk, "113", date(2026, 9, 30))
    waiting = reverse_voucher(desk, spent.uid, date(2026, 9, 12))
    with pytest.raises(Refused, match="还有没记账的凭证用着 51302 办公费：2026-09 记-3"):
        stop_account(desk, "51302", date(2026, 9, 30))
    assert waiting.number == 3


def test_a_stopped_account_takes_no_line_from_the_day_and_stays_in_reports(desk: Desk, sign_and_post: Post) -> None:
    sign_and_post(simple_draft())
    back = (line("51302", credit=74_260, summary="退货"), line("101", 74_260, summary="退货"))
    sign_and_post(Draft(date(2026, 9, 12), back, attachment_count=1))
    with pytest.raises(Refused, match="最后一笔分录在 2026-09-12 记-2，停用日期要在它以后"):
        stop_account(desk, "51302", date(2026, 9, 12))
    stop_account(desk, "51302", date(2026, 9, 20))
    assert journal_page(desk.office, "V01")[-1].kind == "stop"
    with pytest.raises(Refused, match="科目 51302 办公费 已从 2026-09-20 起停用"):
        save_voucher(desk, simple_draft(day=date(2026, 9, 20)))
    assert save_voucher(desk, simple_draft(day=date(2026, 9, 19))).number == 3
    assert shown_name(desk, SEPTEMBER) == "办公费"
    with pytest.raises(Refused, match="51302 办公费 已从 2026-09-20 起停用"):
        stop_account(desk, "51302", date(2026, 9, 25))
    assert errors(desk) == []
    assert [one.code for one in resume_account(desk, "51302")] == ["51302"]
    assert resume_account(desk, "51302") == []
    assert save_voucher(desk, simple_draft(day=date(2026, 9, 21))).number == 4


def test_a_parent_stops_with_all_below_it(desk: Desk) -> None:
    add_account(desk, new_account("5130201", "纸张"))
    add_account(desk, new_account("5130202", "硒鼓"))
    stopped = stop_account(desk, "51302", date(2026, 9, 1))
    assert [one.code for one in stopped] == ["51302", "5130201", "5130202"]
    with pytest.raises(Refused, match="科目 51302 办公费 已停用，先恢复使用再增设下级"):
        add_account(desk, new_account("5130203", "档案盒"))
    assert [one.code for one in resume_account(desk, "5130201")] == ["51302", "5130201"]
    assert accounts(desk)["5130202"].stopped_on == "2026-09-01"
    assert errors(desk) == []


def test_what_is_left_is_named_by_detail() -> None:
    held = [Holding(10_000, f"柯有福{n}") for n in range(6)]
    assert held_words(held[:1]) == "柯有福0 借方 100.00 元"
    assert held_words([Holding(-5)]) == "贷方 0.05 元"
    assert held_words(held).endswith("柯有福4 借方 100.00 元 等 6 项")


def test_needs_count_from_now_on_and_the_past_is_counted(desk: Desk, sign_and_post: Post) -> None:
    sign_and_post(simple_draft(day=date(2026, 8, 10)))
    sign_and_post(simple_draft(day=date(2026, 8, 11)))
    changes = set_needs(desk, "513", ["project", "party"])
    assert [(one.account.code, dict(one.lacking)) for one in changes] == [
        ("513", {"party": 0, "project": 0}), ("51302", {"party": 2, "project": 2}),
    ]  # fmt: skip
    assert accounts(desk)["51302"].needs == ("party", "project")
    assert set_needs(desk, "513", ["party", "project"]) == []
    assert [one for one in check_books(desk.office) if one.rule in ("party", "dimension")] == []
    with pytest.raises(Refused, match="科目 办公费 要填往来"):
        save_voucher(desk, simple_draft(day=date(2026, 9, 11)))
    with pytest.raises(Refused, match="没有“colour”这种辅助核算"):
        set_needs(desk, "51302", ["colour"])
    set_needs(desk, "51302", [])
    assert save_voucher(desk, simple_draft(day=date(2026, 9, 11))).number == 1
    assert errors(desk) == []


def test_a_unit_stays_when_needs_change(desk: Desk) -> None:
    count_quantity(desk, "51302", "箱")
    set_needs(desk, "51302", ["party"])
    assert accounts(desk)["51302"].needs == ("party", "quantity")
    assert count_quantity(desk, "51302", "").needs == ("party",)


def test_an_account_that_nobody_wrote_on_is_taken_away(desk: Desk, sign_and_post: Post) -> None:
    add_account(desk, new_account("5130201", "纸张"))
    with pytest.raises(Refused, match="51302 办公费 有下级科目，先删下级"):
        remove_account(desk, "51302")
    remove_account(desk, "5130201")
    assert accounts(desk)["51302"].leaf
    sign_and_post(simple_draft())
    with pytest.raises(Refused, match="51302 办公费 有过分录，不能删，只能停用"):
        remove_account(desk, "51302")
    with pytest.raises(Refused, match="101 库存现金 是制度规定的一级科目，不能删"):
        remove_account(desk, "101")
    assert errors(desk) == []
