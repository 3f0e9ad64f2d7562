"""Who signs: six townships as data, sample papers against the rule text, and amounts of any band."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.approval import ROLES
from villagebooks.core.money import read_yuan
from villagebooks.core.paper import Paper
from villagebooks.core.policy import (
    Policy,
    Rule,
    Step,
    check_policy,
    paper_flow,
    policy_data,
    read_policy,
    voucher_flow,
)
from villagebooks.core.problem import Refused
from villagebooks.paths import resource

HERE = Path(__file__).parent / "policies"
READY = ("default", "three-signatures", "small-village", "baiyanhe")
TOWNSHIPS = ("baiyanhe", "supervision-group", "three-signatures", "three-classes", "small-village", "cooperative")


def policy_named(name: str) -> Policy:
    path = resource("policy", f"{name}.json") if name in READY else HERE / f"{name}.json"
    return read_policy(json.loads(path.read_text(encoding="utf-8")))


def sample_paper(spending_class: str, amount_fen: int, paid_how: str = "转账") -> Paper:
    direction = "收入" if spending_class == "收入" else "支出"
    return Paper(
        uid="p", book="V01", number=1, day=date(2026, 9, 10), words="办公用品", spending_class=spending_class,
        direction=direction, amount_fen=amount_fen, payee="墨香文具店", paid_how=paid_how, documents=(),
        handler="向丽蓉",
    )  # fmt: skip


# township, class, amount in yuan, village, paid how → who signs the paper, as the township's own text orders them
PAPERS = """
baiyanhe          | 日常运转     | 0.01      | 白雁河村 | 备用金   | 经手人 证明人 村主任 监委会
baiyanhe          | 日常运转     | 500.00    | 白雁河村 | 备用金   | 经手人 证明人 村主任 监委会
baiyanhe          | 日常运转     | 500.01    | 白雁河村 | 备用金   | 经手人 证明人 村主任 支书会签 监委会
baiyanhe          | 日常运转     | 2000.00   | 白雁河村 | 转账     | 经手人 证明人 村主任 支书会签 监委会
baiyanhe          | 日常运转     | 2000.01   | 白雁河村 | 转账     | 经手人 证明人 两委会 村主任 监委会
baiyanhe          | 日常运转     | 5000.00   | 白雁河村 | 转账     | 经手人 证明人 两委会 村主任 监委会
baiyanhe          | 日常运转     | 5000.01   | 白雁河村 | 转账     | 经手人 证明人 联席会 村主任 监委会 联村干部
baiyanhe          | 日常运转     | 20000.01  | 白雁河村 | 转账     | 经手人 证明人 四议两公开 村主任 监委会 联村干部 分管副镇长
baiyanhe          | 日常运转     | 36.00     | 白雁河村 | 银行扣收 | 经手人
baiyanhe          | 工程维修     | 5000.00   | 白雁河村 | 转账     | 经手人 证明人 两委会 村主任 监委会
baiyanhe          | 工程维修     | 5000.01   | 白雁河村 | 转账     | 经手人 验收人 联席会 村主任 监委会 联村干部
baiyanhe          | 工程维修     | 50000.01  | 白雁河村 | 转账     | 经手人 验收人 四议两公开 村主任 监委会 分管副镇长
baiyanhe          | 工程维修     | 200000.01 | 白雁河村 | 转账     | 经手人 验收人 四议两公开 村主任 监委会 分管副镇长 镇长
baiyanhe          | 补助慰问名册 | 12000     | 白雁河村 | 代发     | 经手人 名册公示3天 两委会 村主任 监委会
baiyanhe          | 专项资金     | 80000     | 白雁河村 | 转账     | 经手人 验收人 四议两公开 村主任 监委会 镇项目办 分管副镇长
baiyanhe          | 土地补偿     | 300000    | 白雁河村 | 代发     | 经手人 成员大会 名册公示7天 理事长 监委会（全体） 分管副镇长
baiyanhe          | 偿还旧债     | 10000     | 白雁河村 | 转账     | 经手人 债权确认书 四议两公开 村主任 监委会（全体） 分管副镇长
baiyanhe          | 提取备用金   | 5000.00   | 白雁河村 | 现金     | 经手人 村主任
baiyanhe          | 收入         | 8000      | 白雁河村 | 现金     | 经手人
supervision-group | 生产性支出   | 500       | 甲村     | 现金     | 经手人 证明人 村主任
supervision-group | 生产性支出   | 500.01    | 甲村     | 现金     | 经手人 证明人 村主任 领导小组
supervision-group | 生产性支出   | 1000      | 甲村     | 转账     | 经手人 证明人 村主任 领导小组
supervision-group | 生产性支出   | 1000.01   | 甲村     | 转账     | 经手人 证明人 村主任 领导小组 理财小组
supervision-group | 生产性支出   | 90000     | 甲村     | 转账     | 经手人 证明人 村主任 领导小组 理财小组
supervision-group | 非生产性支出 | 499.99    | 甲村     | 现金     | 经手人 证明人 村主任
supervision-group | 非生产性支出 | 5000      | 甲村     | 转账     | 经手人 证明人 村主任 领导小组 理财小组
supervision-group | 非生产性支出 | 5000.01   | 甲村     | 转账     | 经手人 证明人 村主任 领导小组 理财小组 镇政府
three-signatures  | 日常运转     | 0.01      | 甲村     | 现金     | 经手人 证明人 审批人 监委会
three-signatures  | 工程维修     | 1000000   | 甲村     | 转账     | 经手人 证明人 审批人 监委会
three-signatures  | 提取备用金   | 3000      | 甲村     | 现金     | 经手人 审批人
three-classes     | 生产性支出   | 1000      | 甲村     | 转账     | 经手人 证明人 村主任 监委会
three-classes     | 生产性支出   | 1000.01   | 甲村     | 转账     | 经手人 证明人 两委会 村主任 监委会
three-classes     | 生产性支出   | 2000.01   | 甲村     | 转账     | 经手人 证明人 四议两公开 村主任 监委会
three-classes     | 非生产性支出 | 500       | 甲村     | 转账     | 经手人 证明人 村主任 监委会
three-classes     | 非生产性支出 | 500.01    | 甲村     | 转账     | 经手人 证明人 两委会 村主任 监委会
three-classes     | 非生产性支出 | 1000.01   | 甲村     | 转账     | 经手人 证明人 四议两公开 村主任 监委会
three-classes     | 工程项目     | 10000     | 甲村     | 转账     | 经手人 验收人 两委会 村主任 监委会
three-classes     | 工程项目     | 10000.01  | 甲村     | 转账     | 经手人 验收人 四议两公开 村主任 监委会 分管副镇长
small-village     | 日常运转     | 1000      | 甲村     | 现金     | 经手人 证明人 村主任 监委会
small-village     | 工程维修     | 1000.01   | 甲村     | 转账     | 经手人 证明人 两委会 村主任 监委会
small-village     | 土地补偿     | 60000     | 甲村     | 代发     | 经手人 证明人 四议两公开 村主任 监委会
cooperative       | 经营支出     | 1000      | 石桥村   | 转账     | 经手人 证明人 理事长 监事长
cooperative       | 经营支出     | 1000.01   | 石桥村   | 转账     | 经手人 证明人 理事会 理事长 监事会
cooperative       | 经营支出     | 50000.01  | 石桥村   | 转账     | 经手人 证明人 成员代表大会 理事长 监事会
cooperative       | 经营支出     | 1000.01   | 柳溪村   | 转账     | 经手人 证明人 理事长 监事长
cooperative       | 经营支出     | 3000.01   | 竹坪村   | 转账     | 经手人 证明人 理事会 理事长 监事会
cooperative       | 经营支出     | 50000.01  | 柳溪村   | 转账     | 经手人 证明人 理事会 理事长 监事会
cooperative       | 分红         | 120000    | 柳溪村   | 代发     | 经手人 分红名册公示7天 成员大会 理事长 监事会
cooperative       | 转账凭证     | 0.01      | 石桥村   | 转账     |
"""  # noqa: E501  (a table: one sample a line)

# township, classes of the voucher's papers with amounts, whether money moves → who signs at the centre
VOUCHERS = """
baiyanhe          | 日常运转 300                    | money | 制单 复核 出纳 审核
baiyanhe          |                                 | still | 制单 复核 审核
baiyanhe          | 提取备用金 5000                 | money | 制单 出纳 审核
baiyanhe          | 提取备用金 5000、日常运转 100   | money | 制单 复核 出纳 审核
baiyanhe          | 提取备用金 5000.01              | money | 制单 复核 出纳 审核
supervision-group | 非生产性支出 6000               | money | 制单 复核 出纳 审核
three-signatures  | 转账凭证 1                      | still | 制单 复核 审核
three-classes     | 工程项目 20000                  | money | 制单 复核 出纳 审核
small-village     | 日常运转 20                     | money | 制单 复核 出纳 审核
cooperative       | 收入 900                        | money | 制单 出纳 审核
cooperative       | 收入 900、经营支出 20           | money | 制单 复核 出纳 审核
cooperative       | 收入 900                        | still | 制单 审核
"""


def table_of(text: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()]


def fen_of(text: str) -> int:
    fen = read_yuan(text)
    assert isinstance(fen, int)
    return fen


@pytest.mark.parametrize("row", table_of(PAPERS), ids=" ".join)
def test_a_paper_asks_for_exactly_the_signers_of_the_text_in_its_order(row: tuple[str, ...]) -> None:
    township, spending_class, amount, village, paid_how, titles = row
    flow = paper_flow(policy_named(township), sample_paper(spending_class, fen_of(amount), paid_how), village)
    assert [step.title for step in flow] == titles.split()


@pytest.mark.parametrize("row", table_of(VOUCHERS), ids=" ".join)
def test_a_voucher_asks_for_the_steps_of_all_its_papers_and_the_cashier_only_for_money(row: tuple[str, ...]) -> None:
    township, said, moves, titles = row
    pairs = [one.split() for one in said.split("、") if one]
    papers = [sample_paper(name, fen_of(amount)) for name, amount in pairs]
    flow = voucher_flow(policy_named(township), papers, "石桥村", moves_money=moves == "money")
    assert [step.title for step in flow] == titles.split()


@pytest.mark.parametrize("name", TOWNSHIPS)
def test_every_township_can_be_in_force_and_comes_back_from_its_data_the_same(name: str) -> None:
    policy = policy_named(name)
    assert check_policy(policy, ROLES) == []
    assert read_policy(policy_data(policy)) == policy


def test_a_class_that_no_rule_knows_finds_no_signer() -> None:
    assert paper_flow(policy_named("supervision-group"), sample_paper("日常运转", 100), "甲村") == ()


def test_unreadable_data_is_refused_with_every_fault_and_its_place() -> None:
    data = policy_data(policy_named("cooperative"))
    step, rule = {"name": "x", "colour": "red", "count": -1}, {"spending_class": 5, "from_fen": 1.5}
    with pytest.raises(Refused) as refused:
        read_policy({**data, "v": 2, "steps": [step, step], "rules": [rule], "apart": [["a"]]})
    said = "\n".join(map(str, refused.value.problems))
    for words in (
        "不认识的版本：2", "第 1 个签字步骤：不认识的内容：colour", "第 1 个签字步骤：应是不小于零的整数",
        "第 1 条规则：应是文字", "第 1 条规则：应是不小于零的整数", "应是两个一对", "有两个步骤用了同一个代号",
    ):  # fmt: skip
        assert words in said


STEPS = {"handler": Step("handler", "经手人", "handler"), "prepare": Step("prepare", "制单", role="agent")}
BOUNDS = st.sets(st.integers(min_value=1, max_value=10**9), max_size=8).map(sorted)


def banded(bounds: list[int], *villages: str) -> list[Rule]:
    starts, ends = [1, *(one + 1 for one in bounds)], [*bounds, 0]
    return [Rule("日常运转", a, b, ("handler",), villages=villages) for a, b in zip(starts, ends, strict=True)]


@given(BOUNDS, BOUNDS, st.integers(min_value=1, max_value=10**9), st.sampled_from(["甲村", "乙村"]), st.randoms())
def test_every_amount_finds_exactly_one_rule_in_any_valid_bands(
    general: list[int], own: list[int], amount_fen: int, village: str, chance: Random
) -> None:
    rules = banded(general) + banded(own, "乙村")
    chance.shuffle(rules)
    policy = Policy("x", STEPS, tuple(rules), ("prepare",))
    assert check_policy(policy, ROLES) == []
    near = {amount_fen, *general, *own, *(one + 1 for one in general + own), 1, 10**9}
    for fen in near:
        found = [one for one in policy.rules_of("日常运转", village) if one.holds(fen)]
        assert len(found) == 1
        assert policy.rule_for("日常运转", village, fen) == found[0]
        assert found[0].villages == (("乙村",) if village == "乙村" else ())


@given(BOUNDS.filter(bool), st.data())
def test_a_band_moved_by_one_fen_is_a_gap_or_an_overlap(bounds: list[int], data: st.DataObject) -> None:
    rules = banded(bounds)
    place = data.draw(st.integers(min_value=1, max_value=len(rules) - 1))
    shift = data.draw(st.sampled_from([-1, 1]))
    old = rules[place]
    rules[place] = Rule(old.spending_class, max(1, old.from_fen + shift), old.to_fen, old.steps)
    assert check_policy(Policy("x", STEPS, tuple(rules), ("prepare",)), ROLES) != []
