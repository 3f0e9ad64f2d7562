"""The supplied templates are sound, and find their accounts in charts that number lower levels otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from villagebooks.core.account import Account, level_of, parent_code
from villagebooks.core.template import (
    Template,
    TemplateLine,
    check_template_name,
    check_templates,
    fill_template,
    find_account,
    mark_words,
)
from villagebooks.formats.account import read_chart
from villagebooks.formats.template import COLUMNS, read_templates
from villagebooks.paths import resource

CHARTS = {standard: read_chart(resource("charts", f"{standard}.csv")) for standard in ("2023", "2004")}
SUPPLIED = read_templates(resource("templates", "usual.csv"))


def chart(*rows: str) -> dict[str, Account]:
    pairs = [row.split() for row in rows]
    parents = {parent_code(code) for code, _name in pairs}
    return {
        code: Account(code, name, level_of(code), parent_code(code), "D", code not in parents) for code, name in pairs
    }


def test_the_supplied_templates_are_sound() -> None:
    assert list(map(str, check_templates(SUPPLIED, CHARTS))) == []
    assert {one.standard for one in SUPPLIED} == {"2023", "2004"}
    header = resource("templates", "usual.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header == ",".join(COLUMNS)


def test_the_entries_that_every_agency_meets_in_a_year_are_there() -> None:
    names = " ".join(one.name for one in SUPPLIED if one.standard == "2023")
    wanted = (
        "承包费 多年租金 土地补偿费 受托流转 一事一议 奖补 专项资金 退回 打卡 个人所得税 代收医保 押金 质保金 退汇 "
    )
    wanted += "短款 长款 报废 捐赠 以前年度差错 坏账 成员分配 弥补亏损 合村并账 移交 报账员 审计"
    for word in wanted.split():
        assert word in names, word


def test_a_land_compensation_never_goes_to_earmarked_funds() -> None:
    land = next(one for one in SUPPLIED if one.key == "land")
    assert [line.account[:3] for line in land.lines] == ["102", "113", "211", "311"]


def test_only_what_a_rule_says_is_called_ruled() -> None:
    assert all(bool(one.basis) == (one.mark == "V") for one in SUPPLIED)
    assert "按本地规定核对" in mark_words("K")
    assert mark_words("") == ""


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        ({"standard": "1999"}, "没有会计制度"), ({"mark": "X"}, "标记只有"), ({"mark": "V", "basis": ""}, "要写明依据"),
        ({"kind": "reversal"}, "没有这种凭证"), ({"lines": ()}, "要有借方和贷方"),
        ({"lines": (TemplateLine("摘要", "999", "甲", "D"), TemplateLine("", "101", "现钱", "C"))}, "没有科目 999"),
    ],
)  # fmt: skip
def test_a_spoiled_template_is_told(spoil: dict[str, object], word: str) -> None:
    one = replace(SUPPLIED[0], **spoil)  # type: ignore[arg-type]  # one field at a time
    assert word in "".join(map(str, check_templates([one], CHARTS)))
    assert "有两个" in "".join(map(str, check_templates([SUPPLIED[0]] * 2, CHARTS)))


def test_an_account_is_found_by_its_name_where_codes_differ() -> None:
    accounts = chart(
        "113 内部往来", "11301 农户往来", "513 管理费用", "51301 干部报酬", "51302 办公费", "101 库存现金",
        "102 银行存款", "10201 基本账户", "10202 专户",
    )  # fmt: skip
    assert find_account(accounts, "5130102", "办公费") == "51302"
    assert find_account(accounts, "51302", "管理资产折旧") == ""
    assert find_account(accounts, "113", "内部往来") == "11301"
    assert find_account(accounts, "10201", "基本户") == "10201"
    assert find_account(accounts, "50101", "发包收入") == ""


def test_what_cannot_be_found_is_left_open_with_a_hint() -> None:
    one = next(one for one in SUPPLIED if one.key == "due_member")
    filled = fill_template(one, chart("113 内部往来"))
    assert [(each.line.account, each.side, each.account_hint) for each in filled] == [
        ("113", "D", ""), ("", "C", "50101 发包收入")
    ]  # fmt: skip
    assert (filled[0].detail_hint, filled[0].line.party) == ("成员", "")


def test_an_own_template_keeps_whom_its_voucher_named() -> None:
    line = TemplateLine("付电费", "101", "库存现金", "C", "县供电公司")
    own = Template("u", "电费", "2023", (line,), uid="u")
    assert fill_template(own, chart("101 库存现金"))[0].line.party == "县供电公司"


def test_a_name_is_given_once() -> None:
    assert check_template_name("", [])[0].field == "name"
    assert "已有叫“电费”的模板" in str(check_template_name("电费", ["电费"])[0])
    assert "不能超过" in str(check_template_name("长" * 41, [])[0])
    assert check_template_name("水费", ["电费"]) == []
