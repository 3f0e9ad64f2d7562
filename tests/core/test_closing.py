"""The rules of the checklist and the year's transfers, on facts alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from villagebooks.core.account import Account, level_of, parent_code
from villagebooks.core.closing import (
    RULES,
    DetailBalance,
    Distribution,
    Fund,
    MonthFacts,
    NumberedVoucher,
    Share,
    available_fen,
    build_checklist,
    build_distribution,
    build_transfers,
    check_choices,
    check_distribution,
    check_places,
    find_places,
    read_shares,
    rule_title,
)
from villagebooks.core.ledger import Detail
from villagebooks.core.period import Month
from villagebooks.core.voucher import CLOSING, Line
from villagebooks.formats.account import read_chart
from villagebooks.paths import resource

YEAR_END = date(2026, 12, 31)
OWN = {
    "2023": (
        ("11301", "成员"), ("31101", "历年结存及提取"), ("31102", "征地补偿费"), ("32201", "各项分配"),
        ("3220101", "提取公积公益金"), ("3220102", "成员分配"), ("32202", "未分配收益"), ("50103", "产品物资销售收入"),
        ("12103", "救灾救济物资"),
    ),
    "2004": (("32201", "各项分配"), ("32202", "未分配收益")),
}  # fmt: skip


def accounts_of(standard: str) -> dict[str, Account]:
    chart = {one.code: one for one in read_chart(resource("charts", f"{standard}.csv"))}
    codes = {code: (one.name, one.side) for code, one in chart.items()}
    codes |= {code: (name, chart[code[:3]].side) for code, name in OWN[standard]}
    parents = {parent_code(code) for code in codes}
    return {
        code: Account(code, name, level_of(code), parent_code(code), side, code not in parents)
        for code, (name, side) in sorted(codes.items())
    }


DECEMBER = Month(2026, 12)


def facts(month: Month = DECEMBER, **changes: object) -> MonthFacts:
    accounts = accounts_of("2023")
    places = find_places(accounts, read_chart(resource("charts", "2023.csv")))
    empty = MonthFacts(month, accounts, places, (), (), {}, (), (), (), (), (), (), ())
    return replace(empty, **changes)  # type: ignore[arg-type]  # fields by name


def found(given: MonthFacts) -> list[str]:
    return [one.rule for one in build_checklist(given, {})]


@pytest.mark.parametrize("standard", ["2023", "2004"])
def test_places_are_found_by_the_chart_and_by_names_below_322(standard: str) -> None:
    places = find_places(accounts_of(standard), read_chart(resource("charts", f"{standard}.csv")))
    assert places.result == ("321",)
    assert places.undistributed == ("32202",)
    assert places.distributed == (("3220101", "3220102") if standard == "2023" else ("32201",))
    income = ("50103", "502", "503", "504") if standard == "2023" else ("501", "511", "521", "522", "531", "561")
    assert places.income == income
    assert check_places(places) == []


def test_the_exam_case_of_2004_has_51000_to_distribute_and_transfers_to_zero() -> None:
    accounts = accounts_of("2004")
    places = find_places(accounts, read_chart(resource("charts", "2004.csv")))
    yuan = {
        "501": -30_000, "511": -45_000, "561": -12_000, "502": 18_000, "541": 48_000, "522": -20_000, "531": -7_000,
        "551": 5_000, "32202": -8_000,
    }  # fmt: skip
    held = [DetailBalance(code, net * 100) for code, net in yuan.items()]
    assert available_fen(places, held) == 5_100_000
    drafts = build_transfers(YEAR_END, places, held)
    assert [draft.kind for draft in drafts] == [CLOSING] * 3
    assert drafts[2].lines == (
        Line("本年收益转入收益分配", "321", 4_300_000), Line("本年收益转入收益分配", "32202", 0, 4_300_000)
    )  # fmt: skip
    net = {one.account: one.net_fen for one in held}
    for draft in drafts:
        assert sum(one.net_fen for one in draft.lines) == 0
        for one in draft.lines:
            net[one.account] = net.get(one.account, 0) + one.net_fen
    assert {code: fen for code, fen in net.items() if fen} == {"32202": -5_100_000}


def test_a_loss_goes_to_the_debit_of_undistributed_profit() -> None:
    places = facts().places
    drafts = build_transfers(YEAR_END, places, [DetailBalance("513", 700), DetailBalance("503", -200)])
    assert drafts[-1].lines[0] == Line("本年收益转入收益分配", "32202", 500)
    assert drafts[-1].lines[1] == Line("本年收益转入收益分配", "321", 0, 500)


def test_every_party_of_an_income_account_goes_to_zero_and_an_income_with_a_debit_balance_too() -> None:
    held = [DetailBalance("504", -300, "甲"), DetailBalance("504", 100, "乙", project="塘")]
    first = build_transfers(YEAR_END, facts().places, held)[0]
    assert set(first.lines) == {
        Line("结转收入", "504", 300, 0, "甲"), Line("结转收入", "504", 0, 100, "乙", "塘"),
        Line("结转收入", "321", 0, 200),
    }  # fmt: skip


def test_income_and_expense_that_cancel_each_other_leave_no_line_without_an_amount() -> None:
    held = [DetailBalance("504", -300), DetailBalance("504", 300, "乙"), DetailBalance("513", 0)]
    drafts = build_transfers(YEAR_END, facts().places, held)
    assert len(drafts) == 1
    assert all(one.debit_fen or one.credit_fen for one in drafts[0].lines)
    assert build_transfers(YEAR_END, facts().places, []) == []


def test_a_distribution_is_drafted_by_member_and_its_places_are_checked() -> None:
    given = facts()
    wanted = Distribution(3_000, (Share(500, "柯有福"), Share(700, "柳树生")))
    assert check_distribution(wanted, given.places, given.accounts, 4_200) == []
    reserve, members = build_distribution(YEAR_END, wanted, given.places, given.accounts)
    assert [(one.account, one.debit_fen, one.credit_fen) for one in reserve.lines] == [
        ("3220101", 3_000, 0), ("31101", 0, 3_000)
    ]  # fmt: skip
    assert [(one.account, one.party, one.net_fen) for one in members.lines] == [
        ("3220102", "", 1_200), ("11301", "柯有福", -500), ("11301", "柳树生", -700)
    ]  # fmt: skip
    short = check_distribution(wanted, given.places, given.accounts, 4_199)
    assert [one.text for one in short] == ["要分配 42.00 元，可供分配的只有 41.99 元"]


def test_pending_losses_and_open_profit_stand_in_the_way_of_december_only() -> None:
    year = (Detail("181", "", 0, 500, 0), Detail("504", "", 0, 0, 300))
    assert found(facts(year=year)) == ["loss_pending", "transfer"]
    assert found(facts(Month(2026, 11), year=year)) == ["loss_waiting"]


def test_a_fund_is_idle_when_last_years_money_is_unspent_at_the_years_end() -> None:
    unspent = Fund("蓄水池项目", 9_400_000, 5_000_000)
    [one] = build_checklist(facts(funds=(unspent, Fund("路灯", 100, 100))), {})
    assert (one.rule, one.where, "44,000.00 元没有用" in one.text) == ("idle_fund", "蓄水池项目", True)
    assert found(facts(Month(2026, 9), funds=(unspent,))) == []


def test_cost_stays_silent_when_nothing_was_sold_or_some_was_transferred() -> None:
    cost, sold = Detail("401", "", 0, 1_440_000, 0), Detail("50103", "", 0, 0, 2_856_000)
    closed = replace(sold, debit_fen=2_856_000, closing_debit_fen=2_856_000)
    month = Month(2026, 9)
    assert found(facts(month, year=(cost, sold), alone=(cost, sold))) == ["cost_left"]
    assert found(facts(month, year=(cost, sold), alone=(cost, closed))) == ["cost_left"]
    assert found(facts(month, year=(cost, sold), alone=(cost,))) == []
    assert found(facts(month, year=(cost, sold), alone=(replace(cost, credit_fen=1), sold))) == []


def test_wrong_sides_are_seen_but_not_where_either_side_is_right() -> None:
    year = (
        Detail("151", "", 0, 0, 5), Detail("211", "", 0, 7, 0), Detail("11301", "", 0, 0, 9),
        Detail("181", "", 0, 0, 1), Detail("32202", "", 3, 0, 0),
    )  # fmt: skip
    hits = [one for one in build_checklist(facts(Month(2026, 9), year=year), {}) if one.rule == "wrong_side"]
    assert [one.where[:3] for one in hits] == ["151", "211"]
    assert hits[1].text == "余额在借方 0.07 元，方向异常"


def test_unbalanced_vouchers_block_and_many_missing_numbers_are_counted() -> None:
    vouchers = (NumberedVoucher("a", "记", 1, "posted", 5), NumberedVoucher("b", "记", 9, "void", 5))
    first, second = build_checklist(facts(vouchers=vouchers), {"unbalanced": "warn"})
    assert (first.rule, first.blocks, first.where) == ("unbalanced", True, "记-1")
    assert second.text == "凭证号不连续，缺记字 2、3、4、5、6 等 7 个号"
    assert str(second.problem).startswith("2026-12 凭证号：凭证号不连续")


def test_every_rule_has_a_title_and_the_choices_are_checked() -> None:
    assert all(rule_title(rule) for rule in RULES)
    assert check_choices({"gap": "block", "money": "warn"}) == []
    assert len(check_choices({"unposted": "warn", "moon": "block", "gap": "no"})) == 3


def test_shares_are_read_from_lines_of_names_and_yuan() -> None:
    shares, problems = read_shares("柯有福 1,200.50\n\n 柳 树生\t８００ \n孟昭兰\n12\n贺小满 -5\n")
    assert shares == (Share(120_050, "柯有福"), Share(80_000, "柳树生"))
    assert [one.where for one in problems] == ["第 4 行", "第 5 行", "第 6 行"]
