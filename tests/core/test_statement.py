"""Formulas, layouts and what they may not be; the data files of both standards pass."""

from __future__ import annotations

import gc
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.account import Account, ChartAccount, level_of, parent_code
from villagebooks.core.formula import FormulaError, Place, Term, read_formula
from villagebooks.core.ledger import Detail
from villagebooks.core.statement import (
    BALANCE_SHEET,
    INCOME,
    Figures,
    LayoutLine,
    at_opening,
    build_rows,
    check_layout,
    codes_within,
    crossings,
    evaluate,
    expand,
    find_codes,
    layout_notices,
    total_line,
)
from villagebooks.formats.account import read_chart
from villagebooks.formats.statement import read_layout
from villagebooks.paths import resource

CHART = (ChartAccount("101", "库存现金", "资产", "D"), ChartAccount("113", "内部往来", "资产", "B"))


def book(*named: tuple[str, str]) -> dict[str, Account]:
    parents = {parent_code(code) for code, _name in named}
    return {
        code: Account(code, name, level_of(code), parent_code(code), "D", code not in parents) for code, name in named
    }


BOOK = book(
    ("101", "库存现金"), ("113", "内部往来"), ("322", "收益分配"), ("32201", "各项分配"), ("3220102", "成员分配"),
    ("32202", "未分配收益"), ("501", "经营收入"), ("50101", "发包收入"), ("513", "管理费用"), ("51301", "运转支出"),
)  # fmt: skip
DETAILS = (
    Detail("101", "", 1000, 500, 200),
    Detail("113", "张三", 300, 0, 0),
    Detail("113", "李四", -120, 20, 0),
    Detail("32202", "", -900, 0, 50, prior_credit_fen=50),
    Detail("3220102", "", 0, 70, 70, closing_credit_fen=70),
    Detail("50101", "", 0, 10, 400, closing_debit_fen=10),
    Detail("51301", "", 0, 60, 0),
)


def value(formula: str, figures: Figures | None = None) -> int:
    lines = [LayoutLine("1", "x", formula)]
    return evaluate(lines, figures or Figures(DETAILS, DETAILS), BOOK)["1"]


@pytest.mark.parametrize(
    ("formula", "fen"),
    [
        ("D(101)", 1300), ("C(101)", -1300), ("D(113)", 200), ("DS(113)", 300), ("CS(113)", 100),
        ("D(101)+DS(113)-CS(113)", 1500), ("-D(101)", -1300), (" D( 101 ) - D(101) ", 0),
        ("PC(501)", 400), ("PD(513.运转支出)", 60), ("PD(322.各项分配.成员分配)", 70), ("PC(322)", 50 - 70),
        ("OPEN_C(322)", 950), ("OPEN_C(101)", -1000), ("D(999)", 0), ("PD(513.没有)", 0), ("DS(998)", 0),
    ],
)  # fmt: skip
def test_a_formula_gives_what_design_8_says(formula: str, fen: int) -> None:
    assert value(formula) == fen


def test_a_cross_movement_is_taken_from_the_books() -> None:
    pair = (Place("322", ("未分配收益",)), Place("311"))
    line = LayoutLine("1", "其他转入", "PC(322.未分配收益<-311)")
    assert crossings([line]) == (pair,)
    assert value(line.formula, Figures(DETAILS, DETAILS, {pair: -5000})) == 5000
    assert value("PD(322.未分配收益<-311)", Figures(DETAILS, DETAILS, {pair: -5000})) == -5000
    assert value(line.formula) == 0


def test_lines_look_anywhere_and_the_opening_column_has_no_movement() -> None:
    lines = (
        LayoutLine("", "资产：", ""),
        LayoutLine("1", "货币资金", "D(101)"),
        LayoutLine("5a", "减", "L(1)-D(101)-D(113)"),
        LayoutLine("6", "合计", "L(1)+L(5a)"),
    )
    assert evaluate(lines, Figures(DETAILS), BOOK) == {"1": 1300, "5a": -200, "6": 1100}
    assert evaluate(lines, Figures(at_opening(DETAILS)), BOOK) == {"1": 1000, "5a": -180, "6": 820}


def test_what_a_statement_was_reckoned_of_goes_with_it_and_waits_for_no_collection() -> None:
    lines = (LayoutLine("1", "x", "D(101)"), LayoutLine("2", "y", "L(1)"))
    gc.collect()
    gc.disable()
    evaluate(lines, Figures(DETAILS), BOOK)
    expand(lines)
    left = gc.collect()
    gc.enable()
    assert left == 0


def test_a_line_marked_nonzero_appears_only_with_a_figure() -> None:
    lines = (
        LayoutLine("1", "甲", "D(101)", "nonzero"),
        LayoutLine("2", "乙", "D(999)", "nonzero"),
        LayoutLine("3", "丙", "D(999)"),
    )
    rows = build_rows(lines, [Figures(()), Figures(DETAILS)], BOOK)
    assert [(row.line_no, row.amounts_fen) for row in rows] == [("1", (0, 1300)), ("3", (0, 0))]


def test_names_lead_down_the_accounts() -> None:
    assert find_codes(Place("322", ("各项分配", "成员分配")), BOOK.values()) == ("3220102",)
    assert find_codes(Place("322", ("成员分配",)), BOOK.values()) == ()
    assert find_codes(Place("501"), BOOK.values()) == ("501",)


def test_a_formula_is_read_into_terms() -> None:
    assert read_formula("-DS(113)+L(5a)") == (Term(-1, "DS", Place("113")), Term(1, "L", line_no="5a"))
    assert read_formula("  ") == ()


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("D(101", "没有写完"), ("D101", "没有函数“D101”"), ("SUM(101)", "没有函数“SUM”"), ("D(10)", "“10”不是科目"),
        ("D(101)D(102)", "“D”前面应是加号或减号"), ("D(101)+", "没有写完"), ("D(322.)", "“322.”不是科目"),
        ("D()", "“)”不是科目"),
        ("D(101<-102)", "函数 D 里不能用 <-"), ("PC(322<-x)", "“x”不是科目"), ("D(101)<2", "看不懂“<2”"),
        ("+", "没有写完"),
        ("__import__('os')", "没有函数"),
    ],
)  # fmt: skip
def test_a_formula_that_is_none_says_why(formula: str, reason: str) -> None:
    with pytest.raises(FormulaError, match=reason.replace("(", r"\(").replace(")", r"\)").replace("+", r"\+")):
        read_formula(formula)


GOOD = (
    LayoutLine("1", "现金", "D(101)"),
    LayoutLine("2", "应收", "DS(113)"),
    LayoutLine("3", "资产总计", "L(1)+L(2)"),
    LayoutLine("4", "应付", "CS(113)"),
    LayoutLine("5", "负债和所有者权益总计", "L(4)"),
)


@pytest.mark.parametrize(
    ("place", "line", "sentence"),
    [
        (2, LayoutLine("3", "资产总计", "L(1)+L(9)"), "第 3 行：没有行次 9"),
        (0, LayoutLine("1", "现金", "D(101)+L(3)"), "第 1 行：行次 1 → 3 → 1 互相引用，算不出来"),
        (2, LayoutLine("3", "资产总计", "L(3)"), "第 3 行：行次 3 → 3 互相引用，算不出来"),
        (2, LayoutLine("2", "资产总计", "L(1)"), "第 2 行：行次重复"),
        (2, LayoutLine("", "资产总计", "L(1)"), "第 3（资产总计） 行：有公式，没有行次"),
        (2, LayoutLine("3 a", "资产总计", "L(1)"), "不能有空格、括号和加减号"),
        (2, LayoutLine("3", "资产总计", ""), "第 3 行：没有公式"),
        (2, LayoutLine("3", "资产总计", "L(1)+MAX(101)"), "第 3 行：公式有错：没有函数“MAX”（第 6 个字）"),
        (2, LayoutLine("3", "资产总计", "L(1)+L(2)", "always"), "显示条件只能是空或 nonzero"),
        (2, LayoutLine("3", "资产\n总计", "L(1)+L(2)"), "项目名称要写"),
        (2, LayoutLine("3", "资产合计", "L(1)+L(2)"), "没有叫“资产总计”的行"),
        (0, LayoutLine("1", "现金", "D(102)"), "101 库存现金：没有列入资产负债表"),
        (2, LayoutLine("3", "资产总计", "L(2)"), "101 库存现金：列在第 1 行，没有加进合计"),
        (0, LayoutLine("1", "现金", "D(101)+D(101)"), "101 库存现金：算了不止一次（第 1 行）"),
        (0, LayoutLine("1", "现金", "C(101)"), "101 库存现金：加减号反了（第 1 行）"),
        (2, LayoutLine("3", "资产总计", "L(1)+L(2)+L(1)"), "101 库存现金：算了不止一次（第 1 行）"),
        (0, LayoutLine("1", "现金", "D(101)+D(10101)"), "10101：算了不止一次（第 1 行）"),
        (0, LayoutLine("1", "现金", "D(101)-D(101.备用金)"), "101.备用金：列在第 1 行，没有加进合计"),
        (0, LayoutLine("1", "现金", "D(101)+PD(101)"), "PD(101) 是发生额，不能算进资产负债表的合计"),
        (3, LayoutLine("4", "应付", "D(999)"), "113 内部往来：只算了借方余额一边（第 2 行）"),
        (1, LayoutLine("2", "往来", "D(113)+DS(113)"), "113 内部往来：算了不止一次（第 2、4 行）"),
    ],
)
def test_a_layout_that_breaks_a_rule_is_not_used(place: int, line: LayoutLine, sentence: str) -> None:
    assert check_layout(BALANCE_SHEET, GOOD, CHART) == []
    lines = [*GOOD[:place], line, *GOOD[place + 1 :]]
    assert any(sentence in str(problem) for problem in check_layout(BALANCE_SHEET, lines, CHART))


def test_a_part_of_an_account_may_stand_in_a_line_of_its_own() -> None:
    lines = (
        LayoutLine("3", "资产总计", "L(1)+L(1a)+L(2)"), LayoutLine("1", "现金", "D(101)-D(101.备用金)"),
        LayoutLine("1a", "备用金", "D(101.备用金)"), LayoutLine("2", "应收", "DS(113)"),
        LayoutLine("4", "应付", "CS(113)"), LayoutLine("5", "负债和所有者权益总计", "L(4)"),
    )  # fmt: skip
    assert check_layout(BALANCE_SHEET, lines, CHART) == []
    values = evaluate(lines, Figures(DETAILS, DETAILS), BOOK)
    assert values["3"] == values["1"] + values["2"] == 1600


def test_what_is_not_there_counts_nothing_and_is_told() -> None:
    lines = (*GOOD, LayoutLine("6", "其中：别的", "D(999)+PD(513.运转支出)-PC(322.没有<-101)"))
    assert check_layout(BALANCE_SHEET, lines, CHART) == []
    told = [str(one) for one in layout_notices(BALANCE_SHEET, lines, CHART, BOOK)]
    assert told == ["第 6 行：没有科目 999，按 0 计算", "第 6 行：没有科目 322.没有，按 0 计算"]
    other = (*GOOD[:3], replace(GOOD[3], formula="CS(113)+D(102)"), *GOOD[4:])
    chart = (*CHART, ChartAccount("102", "应付", "负债", "C"))
    swapped = (replace(other[0], formula="D(101)-C(102)"), *GOOD[1:])
    assert any("列在资产一边" in str(one) for one in layout_notices(BALANCE_SHEET, swapped, chart, BOOK))


OFFICIAL = [(kind, standard) for kind in (BALANCE_SHEET, INCOME) for standard in ("2023", "2004")]


@given(choice=st.sampled_from(OFFICIAL), data=st.data())
def test_dropping_or_doubling_any_account_of_an_official_layout_is_named(
    choice: tuple[str, str], data: st.DataObject
) -> None:
    """Whatever term of whatever line goes or comes twice: every account behind it is named, and no other."""
    kind, standard = choice
    lines = list(read_layout(resource("statements", f"{kind}-{standard}.csv")))
    chart = read_chart(resource("charts", f"{standard}.csv"))
    wanted = ("D", "C", "DS", "CS") if kind == BALANCE_SHEET else ("PC", "PD")
    places = [
        (row, number)
        for row, line in enumerate(lines)
        for number, term in enumerate(read_formula(line.formula))
        if term.function in wanted and not term.place.names
    ]
    row, number = data.draw(st.sampled_from(places))
    terms = re.findall(r"[+-]?[^+-]+", lines[row].formula)
    account = read_formula(lines[row].formula)[number].place.code
    doubled = data.draw(st.booleans())
    terms[number] = terms[number] + "+" * (terms[number][0] not in "+-") + terms[number] if doubled else ""
    formula = "".join(terms).removeprefix("+") or "D(999)"
    lines[row] = replace(lines[row], formula=formula)
    named = {problem.where.split()[0] for problem in check_layout(kind, lines, chart)}
    assert named == {account}


@given(choice=st.sampled_from(OFFICIAL), data=st.data())
def test_leaving_a_line_out_of_a_total_names_every_account_in_it(choice: tuple[str, str], data: st.DataObject) -> None:
    kind, standard = choice
    lines = list(read_layout(resource("statements", f"{kind}-{standard}.csv")))
    chart = read_chart(resource("charts", f"{standard}.csv"))
    whole = [row for row, line in enumerate(lines) if "+L(" in line.formula]
    row = data.draw(st.sampled_from(whole))
    terms = re.findall(r"[+-]?L\([^)]*\)", lines[row].formula)
    gone = data.draw(st.sampled_from(terms))
    formula = "".join(term for term in terms if term != gone).removeprefix("+")
    lost = expand(lines)[gone.strip("+-L()")]
    net = expand(lines)[total_line(lines, "净收益", "本年收益")] if kind == INCOME else lost
    counted = {place.code for (function, place), times in lost.items() if times and (function, place) in net}
    lines[row] = replace(lines[row], formula=formula)
    named = {problem.where.split()[0] for problem in check_layout(kind, lines, chart)}
    if kind == BALANCE_SHEET or row <= [line.line_no for line in lines].index(total_line(lines, "净收益", "本年收益")):
        assert counted
        assert named == counted
    else:
        assert named == set()


@pytest.mark.parametrize("standard", ["2023", "2004"])
@pytest.mark.parametrize("kind", [BALANCE_SHEET, INCOME])
def test_the_layouts_that_come_along_obey_their_rules(standard: str, kind: str) -> None:
    lines = read_layout(resource("statements", f"{kind}-{standard}.csv"))
    chart = read_chart(resource("charts", f"{standard}.csv"))
    assert check_layout(kind, lines, chart) == []
    assert [line.label for line in lines if not line.line_no] == [line.label for line in lines if not line.formula]


def test_the_charts_have_their_statutory_accounts() -> None:
    new, old = (read_chart(resource("charts", f"{standard}.csv")) for standard in ("2023", "2004"))
    assert (len(new), len(old)) == (42, 36)
    assert {one.code for one in new if one.side == "B"} == {"113", "154", "181"}
    assert {one.code for one in new if one.kind == "资产" and one.side == "C"} == {"133", "152", "162"}
    assert {one.kind for one in new} == {"资产", "负债", "所有者权益", "成本", "损益"}


@pytest.mark.parametrize("standard", ["2023", "2004"])
def test_every_balanced_book_gives_a_balanced_sheet(standard: str) -> None:
    """Whatever stands on which account: one fen on each, the other side on capital."""
    lines = read_layout(resource("statements", f"{BALANCE_SHEET}-{standard}.csv"))
    chart = read_chart(resource("charts", f"{standard}.csv"))
    total, other = [line.line_no for line in lines if line.label in ("资产总计", "负债和所有者权益总计")]
    for one in chart:
        for amount in (7, -7):
            details = (Detail(one.code, "甲", amount, 0, 0), Detail("301", "", -amount, 0, 0))
            values = evaluate(lines, Figures(details), {})
            assert values[total] == values[other], one


def test_the_exam_case_of_the_old_system_gives_its_distributable_income() -> None:
    """30,000 + 45,000 + 12,000 − 18,000 − 48,000 = 21,000; + 20,000 + 7,000 − 5,000 = 43,000; + 8,000 = 51,000."""
    details = (
        Detail("501", "", 0, 0, 3_000_000), Detail("511", "", 0, 0, 4_500_000), Detail("561", "", 0, 0, 1_200_000),
        Detail("502", "", 0, 1_800_000, 0), Detail("541", "", 0, 4_800_000, 0), Detail("522", "", 0, 0, 2_000_000),
        Detail("531", "", 0, 0, 700_000), Detail("551", "", 0, 500_000, 0), Detail("322", "", -800_000, 0, 0),
    )  # fmt: skip
    lines = read_layout(resource("statements", f"{INCOME}-2004.csv"))
    values = evaluate(lines, Figures(details, details), {})
    assert (values["10"], values["20"], values["26"], values["35"]) == (2_100_000, 4_300_000, 5_100_000, 5_100_000)


@pytest.mark.parametrize("standard", ["2023", "2004"])
@pytest.mark.parametrize("report", [BALANCE_SHEET, INCOME])
def test_accounts_that_no_formula_speaks_of_need_not_be_read(report: str, standard: str) -> None:
    """A statement is made of the accounts from the first code of its formulas on to those below the last."""
    lines = read_layout(resource("statements", f"{report}-{standard}.csv"))
    codes = [one.code for one in read_chart(resource("charts", f"{standard}.csv"))]
    codes += [f"{code}{number:02d}" for code in codes for number in (1, 2, 99)]
    details = tuple(
        Detail(code, "", 7 * place, place * place, 3 + place, place, 2 * place, place % 5, place % 3)
        for place, code in enumerate(sorted(codes), 1)
    )
    accounts = book(*((code, code) for code in codes))
    first, beyond = codes_within(lines)
    read = tuple(one for one in details if first <= one.account < beyond)
    assert evaluate(lines, Figures(read, read), accounts) == evaluate(lines, Figures(details, details), accounts)
    assert (len(read) < len(details)) == (report == INCOME)


def test_a_layout_without_formulas_reads_no_account() -> None:
    assert codes_within((LayoutLine("", "一、收入", ""), LayoutLine("1", "合计", "L(2)"))) == ("", "")


@given(st.sets(st.sampled_from(["513", "51302", "51309", "515", "561", "56101", "102", "10201"]), min_size=1))
def test_an_account_below_one_that_is_asked_for_is_read_though_a_sub_account_of_it_is_asked_for_too(
    asked: set[str],
) -> None:
    lines = tuple(LayoutLine(str(place), code, f"PD({code})") for place, code in enumerate(sorted(asked), 1))
    first, beyond = codes_within(lines)
    assert all(first <= code + end < beyond for code in asked for end in ("", "01", "99", "0199"))
