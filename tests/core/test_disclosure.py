"""The sheet as a record: the model month, odd vouchers, and four numbers that always tie."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sheet_month import accounts, head, notes, papers, september, source, voucher
from villagebooks.core.disclosure import (
    Debt,
    Fund,
    FundRule,
    GroupRule,
    Sheet,
    SheetRules,
    SheetSource,
    Transfer,
    build_sheet,
    check_sheet,
    money_moves,
    sheet_record,
)  # fmt: skip
from villagebooks.core.disclosure.build import number_ranges, receipt_words
from villagebooks.core.ledger import Detail
from villagebooks.core.receipt import ReceiptCount
from villagebooks.core.voucher import REVERSAL, Line, Voucher

RULES = SheetRules(
    funds=(
        FundRule("passing", "代管的钱", ("土地补偿",)),
        FundRule("special", "专项资金", ("专项",)),
        FundRule("own", "村里自己的钱"),
    ),
    groups=(
        GroupRule("村干部报酬", ("干部报酬",)),
        GroupRule("办公、水电", ("办公", "水电")),
        GroupRule("误工补贴", ("误工",)),
        GroupRule("修路修渠、打扫卫生", ("道路", "卫生", "工程")),
        GroupRule("帮扶慰问", ("救助",)),
        GroupRule("分给村民小组、还账", ("往来", "应付")),
        GroupRule("别的开支"),
    ),
    places=(("现金", "报账员手里的备用金"), ("基本户", "农商行账户")),
    debts=(("112", ""), ("113", ""), ("211", ""), ("212", "工资"), ("213", "劳务费"), ("221", "长期借款")),
    depreciation=("133", "152", "162"),
    goods=("121",),
)


def balances(vouchers: list[Voucher], opening: dict[str, int] | None = None) -> tuple[Detail, ...]:
    """The details that the vouchers leave, from the opening balances."""
    sums: dict[str, list[int]] = {code: [fen, 0, 0] for code, fen in (opening or {}).items()}
    for line in (line for one in vouchers for line in one.lines):
        mine = sums.setdefault(line.account, [0, 0, 0])
        mine[1] += line.debit_fen
        mine[2] += line.credit_fen
    return tuple(Detail(code, "", *figures) for code, figures in sums.items())


def sheet_of(*vouchers: Voucher, opening: dict[str, int] | None = None, **more: object) -> Sheet:
    fields: dict[str, object] = {
        "vouchers": vouchers,
        "papers": {},
        "details": balances(list(vouchers), opening),
        "accounts": accounts(),
        "parties": {},
    }
    sheet = build_sheet(head(), SheetSource(**{**fields, **more}), notes(), RULES)  # type: ignore[arg-type]
    assert check_sheet(sheet) == []
    return sheet


def figures(fund: Fund) -> tuple[int, int, int, int]:
    return fund.opening_fen, fund.income_fen, fund.spending_fen, fund.closing_fen


def test_the_model_month_shows_its_four_numbers() -> None:
    sheet = september(RULES)
    assert figures(sheet.own) == (10609850, 3144637, 3132902, 10621585)
    assert check_sheet(sheet) == []
    assert sheet.number == "第2026-09号"
    assert sheet.voucher_count == 15
    assert sheet.others == ()


def test_the_model_month_shows_who_paid_what_and_on_what_paper() -> None:
    rows = [(one.number, one.day.day, one.words, one.amount_fen, one.basis) for one in september(RULES).own.income]
    assert rows == [
        (1, 5, "冉光才交鱼塘下半年承包费（32.60亩，合同2024-03）", 1440000, "收据 0012351"),
        (2, 8, "罗显富补交去年机动地承包费", 186000, "收据 0012352"),
        (3, 12, "县财政拨三季度村级运转经费", 1500000, "拨款通知"),
        (4, 21, "银行利息", 18637, "银行利息单"),
    ]


def test_the_model_month_groups_spending_as_the_model_does_and_names_who_signed() -> None:
    groups = september(RULES).own.spending
    assert [
        (group.title, [(item.number, item.voucher, item.amount_fen) for item in group.items]) for group in groups
    ] == [
        ("村干部报酬", [(1, "记14", 1135000)]),
        ("办公、水电", [(2, "记2", 38642), (3, "记6", 74260)]),
        ("误工补贴", [(4, "记9", 165000)]),
        ("修路修渠、打扫卫生", [(5, "记7", 240000), (6, "记10", 980000)]),
        ("帮扶慰问", [(7, "记13", 180000)]),
        ("分给村民小组、还账", [(8, "记11", 320000)]),
    ]
    paper = groups[1].items[1]
    assert (paper.handler, paper.witness, paper.approvers) == ("向丽蓉", "向其昌", ("田维国", "冉启珍"))


def test_the_model_month_keeps_transfers_depreciation_debts_and_receipts_apart() -> None:
    sheet = september(RULES)
    assert sheet.transfers == (Transfer("从银行取备用金", 400000), Transfer("承包费存银行", 186000))
    assert sheet.no_money == (Transfer("房屋、道路、设备用旧的损耗（折旧）", 270000),)
    assert sheet.owed_to_village == ()
    assert sheet.owed_by_village == (Debt("大河建筑队（村道硬化尾款）", 1260000),)
    assert [(place.label, place.amount_fen) for place in sheet.places] == [
        ("农商行账户", 10597195), ("报账员手里的备用金（最多可留 5 000）", 24390),
    ]  # fmt: skip
    assert sheet.receipts == "用了 0012351—0012352 共 2 张，作废 0 张，还剩 48 张空白。"


def test_without_papers_the_money_line_speaks_and_the_accounts_choose_the_group() -> None:
    sheet = build_sheet(head(), replace(source(), papers={}), notes(), RULES)
    assert figures(sheet.own) == (10609850, 3144637, 3132902, 10621585)
    assert [group.title for group in sheet.own.spending][:3] == ["村干部报酬", "办公、水电", "误工补贴"]
    assert sheet.own.spending[0].items[0].words == "发放9月村干部报酬"


def test_a_paper_that_does_not_tie_to_the_money_gives_way_to_the_summary_but_keeps_its_signers() -> None:
    wrong = papers() | {"p6": replace(papers()["p6"], amount_fen=74200)}
    sheet = build_sheet(head(), replace(source(), papers=wrong), notes(), RULES)
    item = next(item for group in sheet.own.spending for item in group.items if item.voucher == "记6")
    assert (item.words, item.amount_fen, item.handler) == ("买打印纸、硒鼓、档案盒", 74260, "向丽蓉")


def test_two_papers_of_one_voucher_stand_as_two_rows() -> None:
    two = {
        "a": replace(papers()["p2"], uid="a", amount_fen=30000),
        "b": replace(papers()["p6"], uid="b", amount_fen=70000),
    }
    paid = voucher(1, 3, ("付款", "5130102", 100000, 0), ("付款", "10201", 0, 100000), papers=("a", "b"))
    sheet = sheet_of(paid, papers=two)
    assert [item.amount_fen for item in sheet.own.spending[0].items] == [30000, 70000]


def test_a_reversal_stands_as_negative_spending_beside_the_right_payment() -> None:
    red = voucher(
        3,
        24,
        ("注销8月24日记7号凭证", "51401", -128000, 0),
        ("注销8月24日记7号凭证", "10201", 0, -128000),
        kind=REVERSAL,
    )
    blue = voucher(4, 24, ("订正8月24日记7号凭证：购办公椅4把", "5130102", 128000, 0), ("订正", "10201", 0, 128000))
    sheet = sheet_of(red, blue, opening={"10201": 500000})
    assert figures(sheet.own) == (500000, 0, 0, 500000)
    amounts = {item.words: item.amount_fen for group in sheet.own.spending for item in group.items}
    assert amounts == {"注销8月24日记7号凭证": -128000, "订正": 128000}


def test_a_receipt_and_a_payment_in_one_voucher_cannot_hide_each_other() -> None:
    both = voucher(
        1, 5, ("收租金", "10201", 1000000, 0), ("收租金", "50101", 0, 1000000),
        ("付工程款", "51402", 1000000, 0), ("付工程款", "10201", 0, 1000000),
    )  # fmt: skip
    sheet = sheet_of(both)
    assert (sheet.own.income_fen, sheet.own.spending_fen, sheet.transfers) == (1000000, 1000000, ())


def test_cash_drawn_while_paying_is_no_income() -> None:
    mixed = voucher(1, 5, ("取现", "101", 10000, 0), ("付电费", "5130103", 20000, 0), ("付电费", "10201", 0, 30000))
    sheet = sheet_of(mixed, opening={"10201": 30000})
    assert figures(sheet.own) == (30000, 0, 20000, 10000)
    assert [one.amount_fen for one in sheet.transfers] == [10000]


def test_earmarked_and_passing_money_stand_apart_with_their_own_numbers() -> None:
    grant = voucher(1, 4, ("收蓄水池拨款", "10202", 12000000, 0), ("收蓄水池拨款", "241", 0, 12000000))
    land = voucher(2, 5, ("收征地补偿费", "10203", 74160000, 0), ("收征地补偿费", "113", 0, 74160000))
    sheet = sheet_of(grant, land, opening={"10202": 820000, "101": 145630})
    assert figures(sheet.own) == (145630, 0, 0, 145630)
    assert [(fund.fund, *figures(fund)) for fund in sheet.others] == [
        ("special", 820000, 12000000, 0, 12820000), ("passing", 0, 74160000, 0, 74160000),
    ]  # fmt: skip


def test_money_moved_between_kinds_is_shown_on_both_sides_with_its_word() -> None:
    back = voucher(1, 5, ("退回专项结余", "10201", 5000, 0), ("退回专项结余", "10202", 0, 5000))
    sheet = sheet_of(back, opening={"10202": 9000})
    assert sheet.own.income[0].words == "转入：退回专项结余"
    assert sheet.others[0].spending[0].items[0].words == "转出：退回专项结余"
    assert sheet.transfers == ()


def test_goods_are_told_without_money() -> None:
    quilts = voucher(
        4, 28, ("收镇拨救灾棉被120床", "12103", 864000, 0), ("收镇拨救灾棉被120床", "241", 0, 864000), papers=()
    )
    given_out = voucher(
        5, 29, ("发放棉被84床到42户", "241", 604800, 0), ("发放棉被84床到42户", "12103", 0, 604800), papers=()
    )
    sheet = sheet_of(quilts, given_out)
    assert sheet.no_money == (Transfer("收镇拨救灾棉被120床", 864000), Transfer("发放棉被84床到42户", 604800))


def test_debit_and_credit_details_of_current_accounts_are_never_netted() -> None:
    sheet = sheet_of(details=(Detail("113", "罗显富", 186000, 0, 0), Detail("113", "第三组", -320000, 0, 0)))
    assert (sheet.owed_to_village, sheet.owed_by_village) == ((Debt("罗显富", 186000),), (Debt("第三组", 320000),))


@pytest.mark.parametrize(
    "digits", ["990123197103141596", "99012319690909101X", "6222021234567890123", "13812345678", "6222 0212 3456 7890"]
)
def test_personal_digits_are_refused_and_not_repeated(digits: str) -> None:
    sheet = september(RULES)
    item = replace(sheet.own.income[0], words=f"冉光才交承包费 {digits}")
    problems = check_sheet(replace(sheet, own=replace(sheet.own, income=(item, *sheet.own.income[1:]))))
    assert len(problems) == 1
    assert digits not in str(problems[0])


def test_invoice_receipt_and_office_numbers_are_no_personal_digits() -> None:
    sheet = september(RULES)
    item = replace(sheet.own.income[0], words="发票26990000000000018842、收据 0012351 0012352，电话 12388")
    assert check_sheet(replace(sheet, own=replace(sheet.own, income=(item, *sheet.own.income[1:])))) == []


def test_a_sheet_that_does_not_tie_says_where() -> None:
    sheet = september(RULES)
    broken = replace(sheet, own=replace(sheet.own, closing_fen=10621586))
    texts = [problem.text for problem in check_sheet(broken)]
    assert texts[0] == "上月剩下＋收进来－花出去，现在剩下：106,215.85 与 106,215.86 不等"
    assert len(texts) == 2


def test_receipt_numbers_are_told_as_ranges_and_none_is_lost() -> None:
    assert number_ranges(["0012355", "0012352", "0012351", "0012354"]) == "0012351—0012352、0012354—0012355"
    words = receipt_words([ReceiptCount("B", ("0012351", "0012354"), ("0012352",), 40, ("0012353",))])
    assert words == "用了 0012351、0012354 共 2 张，作废 0012352 1 张，还剩 40 张空白，0012353 去向不明。"
    assert receipt_words([]) == "这个月没有用收据。"
    assert receipt_words([ReceiptCount("B", (), (), 47, ())]) == "没有用，作废 0 张，还剩 47 张空白。"


def test_the_record_is_plain_and_the_same_each_time() -> None:
    record = sheet_record(september(RULES))
    assert record == sheet_record(september(RULES))
    assert record["month"] == "2026-09"
    assert record["notes"]["put_up"] == "2026-10-10"  # type: ignore[index]


MONEY, OTHER = ("101", "10201", "10202", "10203"), ("113", "211", "50101", "5130102", "51402", "241", "12103")


@st.composite
def any_voucher(draw: st.DrawFn) -> Voucher:
    """A balanced voucher of two to six lines on money and other accounts, all amounts of one sign."""
    sign = draw(st.sampled_from((1, 1, 1, -1)))
    codes = st.sampled_from(MONEY + OTHER)
    debits = draw(st.lists(st.tuples(codes, st.integers(1, 10**9)), min_size=1, max_size=3))
    total = sum(fen for _code, fen in debits)
    cut = draw(st.integers(0, total - 1))
    credits_ = [(draw(codes), fen) for fen in (cut, total - cut) if fen]
    lines = [Line("借", code, sign * fen) for code, fen in debits] + [
        Line("贷", code, 0, sign * fen) for code, fen in credits_
    ]
    day = draw(st.integers(1, 30))
    made = voucher(draw(st.integers(1, 10**6)), day, kind="normal" if sign > 0 else REVERSAL, papers=())
    return replace(made, uid=f"v{made.number}", lines=tuple(lines))


@settings(max_examples=150, deadline=None)
@given(st.lists(any_voucher(), max_size=12, unique_by=lambda one: one.uid), st.integers(-(10**8), 10**11))
def test_the_four_numbers_tie_for_any_month(vouchers: list[Voucher], opening: int) -> None:
    sheet = sheet_of(*vouchers, opening={"10201": opening})
    whole = [sheet.own, *sheet.others]
    money = sum(line.net_fen for one in vouchers for line in one.lines if line.account in MONEY)
    assert sum(fund.closing_fen for fund in whole) == opening + money


@settings(max_examples=150, deadline=None)
@given(any_voucher())
def test_no_move_changes_more_than_the_money_lines_say(one: Voucher) -> None:
    fund_of = dict.fromkeys(MONEY[:2], "own") | {"10202": "special", "10203": "passing"}
    for move in money_moves(one, fund_of):
        debit = sum(line.debit_fen for line in one.lines if fund_of.get(line.account) == move.fund)
        credit = sum(line.credit_fen for line in one.lines if fund_of.get(line.account) == move.fund)
        assert (move.income_fen + move.transfer_fen, move.spending_fen + move.transfer_fen) == (debit, credit)
        sign = 1 if one.total_fen > 0 else -1
        assert min(sign * move.income_fen, sign * move.spending_fen, sign * move.transfer_fen) >= 0


def test_the_opening_voucher_is_no_income() -> None:
    opening = replace(
        voucher(0, 1, ("上年结转", "10201", 5000, 0), ("上年结转", "211", 0, 5000)),
        kind="opening",
        day=date(2025, 12, 31),
    )
    sheet = build_sheet(
        head(), SheetSource((opening,), {}, (Detail("10201", "", 5000, 0, 0),), accounts(), {}), notes(), RULES
    )
    assert (sheet.own.income, sheet.voucher_count, check_sheet(sheet)) == ((), 0, [])
