"""What a policy is refused for, who may not hold which posts, and what a paper's ink and documents must show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.core.test_policy import policy_named, sample_paper
from villagebooks.core.approval import ROLES
from villagebooks.core.paper import Body, Document, Paper
from villagebooks.core.person import Officer
from villagebooks.core.policy import (
    Limits,
    Policy,
    Step,
    check_ink,
    check_papers,
    check_people,
    check_policy,
    is_reached,
    is_share,
    paper_flow,
    policy_data,
    quorum_words,
    read_policy,
)
from villagebooks.core.problem import Refused

BANDS = policy_named("supervision-group")
COOPERATIVE = policy_named("cooperative")


def with_step(step: str, **changes: object) -> Policy:
    return replace(BANDS, steps={**BANDS.steps, step: replace(BANDS.steps[step], **changes)})  # type: ignore[arg-type]  # fields by name


def with_rule(place: int, **changes: object) -> Policy:
    rules = list(BANDS.rules)
    rules[place] = replace(rules[place], **changes)  # type: ignore[arg-type]  # fields by name
    return replace(BANDS, rules=tuple(rules))


def village_rule(**changes: object) -> Policy:
    rules = [replace(one, **changes) if one.villages and one.to_fen else one for one in COOPERATIVE.rules]  # type: ignore[arg-type]  # fields by name
    return replace(COOPERATIVE, rules=tuple(rules))


FAULTS: dict[str, tuple[Callable[[], Policy], str]] = {
    "gap of one yuan": (lambda: with_rule(1, from_fen=50_101), "生产性支出：500.01 元到 501.00 元没有规定由谁签"),
    "first fen": (lambda: with_rule(0, from_fen=100), "生产性支出：0.01 元到 0.99 元没有规定由谁签"),
    "no day": (lambda: replace(BANDS, holidays=("2026-10-01", "+2026-10-10", "国庆")), "放假的日子“国庆”不是一天"),
    "overlap": (lambda: with_rule(1, from_fen=50_000), "500.00 元起的一档与前一档重叠"),
    "band after the endless one": (lambda: with_rule(1, to_fen=0), "1,000.01 元起的一档与前一档重叠"),
    "end before start": (lambda: with_rule(1, to_fen=50_000), "止额小于起额"),
    "gap in a village": (
        lambda: village_rule(to_fen=299_900), "柳溪村 经营支出：2,999.01 元到 3,000.00 元没有规定由谁签",
    ),
    "nothing above the last band": (
        lambda: replace(BANDS, rules=BANDS.rules[:2]), "生产性支出：1,000.01 元以上没有规定由谁签",
    ),
    "a village with its small band only": (
        lambda: replace(BANDS, rules=(*BANDS.rules, replace(BANDS.rules[0], villages=("V01",)))),
        "V01 生产性支出：500.01 元以上没有规定由谁签",
    ),
    "no rule for the others": (
        lambda: replace(COOPERATIVE, rules=tuple(replace(one, villages=("柳溪村",)) for one in COOPERATIVE.rules[:3])),
        "“经营支出”没有各村通用的规则",
    ),
    "nobody reaches": (
        lambda: replace(BANDS, steps={**BANDS.steps, "mayor": Step("mayor", "镇长", "officer")}),
        "签字步骤“镇长”没有一条规则用到",
    ),
    "unknown step": (lambda: with_rule(0, steps=("handler", "emperor")), "没有这个签字步骤：emperor"),
    "unknown centre step": (lambda: replace(BANDS, centre=("prepare", "ghost")), "没有这个签字步骤：ghost"),
    "centre's step on the paper": (lambda: with_rule(0, steps=("handler", "review")), "“审核”不能放在这一边"),
    "village's step on the voucher": (lambda: with_rule(0, centre=("prepare", "head")), "“村主任”不能放在这一边"),
    "step twice": (lambda: with_rule(0, steps=("handler", "handler")), "同一步骤写了两次"),
    "quorum above all": (lambda: with_step("group", quorum="3/2"), "表决比例“3/2”应写成"),
    "quorum of words": (lambda: with_step("group", quorum="一半"), "表决比例“一半”应写成"),
    "body without quorum": (lambda: with_step("group", quorum=""), "集体表决要写明几分之几同意"),
    "duty nobody has": (lambda: with_step("review", role="emperor"), "中心没有这个职责：emperor"),
    "duty missing": (lambda: with_step("review", role=""), "中心没有这个职责：—"),
    "duty of the village": (lambda: with_step("head", role="director"), "只有中心的步骤才写职责"),
    "unknown kind": (lambda: with_step("head", kind="king"), "没有这种步骤：king"),
    "no title": (lambda: with_step("head", title=""), "没有名称"),
    "name in Chinese": (lambda: with_step("head", name="村主任"), "代号只能用英文字母和数字"),
    "notice of no days": (
        lambda: replace(COOPERATIVE, steps={**COOPERATIVE.steps, "list_notice": Step("list_notice", "公示", "notice")}),
        "公示要写明天数",
    ),
    "empty centre": (lambda: replace(BANDS, centre=()), "没有写明中心由谁签凭证"),
    "no rules": (lambda: replace(BANDS, rules=()), "没有一条审批规则"),
    "apart of an unknown step": (lambda: replace(BANDS, apart=(("handler", "ghost"),)), "不存在的步骤：ghost"),
    "apart of itself": (lambda: replace(BANDS, apart=(("head", "head"),)), "“head”不能和自己不是同一人"),
    "amount too large": (lambda: with_rule(2, from_fen=10**18), "金额要从 0.01 元起，不能太大"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_policy_is_refused_with_the_place(fault: str) -> None:
    make, said = FAULTS[fault]
    assert any(said in str(one) for one in check_policy(make(), ROLES))


def officer(name: str, duty: str, village: str = "", since: str = "2026-01-01", until: str = "") -> Officer:
    return Officer(f"{name}{duty}", name, village, duty, since, until)


STAFF = [officer("覃素梅", "director"), officer("陈一", "agent"), officer("刘二", "agent"), officer("周三", "cashier")]
NAMES = {"agent": "代理会计", "cashier": "总出纳", "director": "主任"}


def test_nobody_holds_two_posts_that_may_not_be_one_persons() -> None:
    assert check_people(BANDS, STAFF, NAMES, "2026-09-01") == []
    both = [*STAFF, officer("周三", "agent")]
    assert [str(one) for one in check_people(BANDS, both, NAMES, "2026-09-01")] == [
        "周三同时是总出纳和代理会计，这两个职责不能一人兼"
    ]
    village = [officer("向丽蓉", "报账员", "甲村"), officer("向丽蓉", "监委会主任", "甲村")]
    said = check_people(BANDS, STAFF + village, NAMES, "2026-09-01")
    assert [str(one) for one in said] == ["向丽蓉同时是报账员和监委会主任，这两个职责不能一人兼"]


def test_posts_of_other_villages_and_other_times_are_no_fault() -> None:
    elsewhere = [officer("向丽蓉", "报账员", "甲村"), officer("向丽蓉", "监委会主任", "乙村")]
    before = [officer("周三", "agent", until="2026-08-31"), officer("周三", "agent", since="2026-09-02")]
    assert check_people(BANDS, STAFF + elsewhere + before, NAMES, "2026-09-01") == []


def test_a_step_of_the_centre_needs_somebody_who_holds_its_duty() -> None:
    said = check_people(BANDS, STAFF[:3], NAMES, "2026-09-01")
    assert [str(one) for one in said] == ["“出纳”没有人能签：中心还没有任命总出纳"]


@pytest.mark.parametrize(
    ("quorum", "agreed", "size", "reached"),
    [
        ("2/3", 3, 5, False), ("2/3", 4, 5, True), ("2/3", 2, 3, True), ("2/3", 1, 3, False), ("2/3", 6, 9, True),
        (">1/2", 2, 4, False), (">1/2", 3, 4, True), (">1/2", 3, 5, True), (">1/2", 2, 5, False),
        ("1/2", 2, 4, True), ("1/1", 4, 5, False), ("1/1", 5, 5, True), ("", 1, 5, True), ("", 0, 5, False),
        ("2/3", 0, 0, False), (">1/2", 0, 0, False),
    ],
)  # fmt: skip
def test_a_quorum_is_a_share_of_the_whole_body(quorum: str, agreed: int, size: int, reached: bool) -> None:
    assert is_reached(quorum, agreed, size) is reached


def test_a_quorum_is_written_and_said_in_one_way() -> None:
    assert [one for one in ("2/3", ">1/2", "1/1") if not is_share(one)] == []
    assert [one for one in ("3/2", ">1/1", "0/3", "2/0", "2／3", "66%", "") if is_share(one)] == []
    assert [quorum_words(one) for one in ("2/3", ">1/2", "1/1")] == ["三分之二以上", "过半数", "全体"]


def signed_paper(**changes: object) -> Paper:
    bodies = (
        Body("领导小组", (), 5, 4, 5, minutes="2026-09-01"), Body("理财小组", (), 5, 4, 5, stamp=True),
        Body("镇政府", ("何立秋",), 1, 1, 1),
    )  # fmt: skip
    documents = (Document("数电票", "1", "2026-09-01", 600_000),)
    paper = replace(
        sample_paper("非生产性支出", 600_000), witness="向其昌", approvers=("田维国",), bodies=bodies,
        documents=documents,
    )  # fmt: skip
    return replace(paper, **changes)  # type: ignore[arg-type]  # fields by name


def faults_of(paper: Paper, policy: Policy = BANDS) -> list[str]:
    return [str(one) for one in check_ink(paper, paper_flow(policy, paper, "甲村"), policy)]


def test_ink_of_every_layer_is_enough_and_each_missing_layer_is_named() -> None:
    paper = signed_paper()
    assert faults_of(paper) == []
    assert faults_of(replace(paper, handler="", witness="", approvers=(), bodies=())) == [
        "没有经手人签字", "没有证明人签字", "没有村主任签字", "没有领导小组的意见（要过半数同意）",
        "没有理财小组的意见（要三分之二以上同意）", "没有镇政府签字",
    ]  # fmt: skip
    assert faults_of(replace(paper, witness=paper.handler)) == ["经手人和证明人是同一人：向丽蓉"]


def test_three_of_five_are_not_two_thirds_and_absent_people_do_not_agree() -> None:
    group, supervision, township = signed_paper().bodies
    few = replace(supervision, agreed=3)
    assert faults_of(signed_paper(bodies=(group, few, township))) == [
        "理财小组要三分之二以上同意：5 人中到会 5 人，同意 3 人"
    ]
    absent = replace(supervision, present=3)
    assert "到会 3 人，同意 4 人" in faults_of(signed_paper(bodies=(group, absent, township)))[0]
    bare = replace(supervision, stamp=False), replace(group, minutes="")
    assert faults_of(signed_paper(bodies=(*bare, township))) == [
        "没有领导小组的会议记录（日期、到会人数、结果）",
        "没有理财小组章",
    ]


@pytest.mark.parametrize(
    ("begun", "said"),
    [
        ("2026-09-03", []), ("2026-09-04", ["分红名册公示7天从 2026-09-04 到 2026-09-10 只有 6 天，要满 7 天"]),
        ("2026-09-20", ["分红名册公示7天从 2026-09-20 到 2026-09-10 只有 0 天，要满 7 天"]),
        ("上周", ["没有写分红名册公示7天从哪天贴起（至少 7 天）"]),
    ],
)  # fmt: skip
def test_a_list_hangs_its_days_before_the_paper(begun: str, said: list[str]) -> None:
    bodies = (
        Body("分红公示", (), 0, 0, 0, minutes=begun), Body("成员大会", (), 90, 80, 100, minutes="2026-08-20"),
        Body("监事会", (), 3, 3, 3, stamp=True),
    )  # fmt: skip
    paper = replace(sample_paper("分红", 100), approvers=("冉启珍",), bodies=bodies)
    assert faults_of(paper, COOPERATIVE) == said


def spoken(policy: Policy, paper: Paper, reason: str = "") -> list[str]:
    return [str(one) for one in check_papers(policy, paper, "甲村", reason)]


def test_a_paper_needs_the_documents_of_its_band() -> None:
    small = signed_paper(amount_fen=40_000, documents=(Document("收据"),))
    assert spoken(BANDS, small) == []
    assert spoken(BANDS, replace(small, amount_fen=600_000)) == ["没有发票"]
    assert spoken(BANDS, replace(small, documents=(Document("合影"),))) == ["没有发票或收据"]
    works = replace(sample_paper("工程项目", 1_000_001), documents=(Document("施工合同"), Document("纸质发票")))
    assert spoken(policy_named("three-classes"), works) == ["没有验收单", "没有审计报告"]
    assert spoken(BANDS, replace(small, paid_how="银行扣收", documents=())) == []


def test_forbidden_words_are_never_spent_and_may_be_earned() -> None:
    paper = signed_paper(words="过节烟酒", documents=(Document("数电票（礼品）", "1", "2026-09-01"),))
    assert spoken(BANDS, paper) == ["“烟酒”不许列支", "“礼品”不许列支"]
    income = replace(paper, spending_class="收入", direction="收入")
    assert spoken(BANDS, income) == []


@pytest.mark.parametrize(
    ("paper_day", "document_day", "late"),
    [("2026-09-10", "2026-07-12", False), ("2026-09-10", "2026-07-11", True), ("2026-01-05", "2025-12-31", True),
     ("2026-09-10", "", False)],
)  # fmt: skip
def test_old_documents_need_the_directors_note(paper_day: str, document_day: str, late: bool) -> None:
    paper = signed_paper(day=date.fromisoformat(paper_day), documents=(Document("数电票", "1", document_day),))
    assert any("已过" in one for one in spoken(BANDS, paper)) is late
    assert spoken(BANDS, paper, "住院迟交") == []
    unlimited = replace(BANDS, limits=Limits())
    assert spoken(unlimited, paper) == []


@pytest.mark.parametrize(
    ("paid_how", "amount_fen", "refused"),
    [("现金", 50_000, False), ("现金", 50_001, True), ("备用金", 50_001, True), ("转账", 50_001, False)],
)
def test_cash_has_a_limit_that_the_bank_has_not(paid_how: str, amount_fen: int, refused: bool) -> None:
    said = spoken(BANDS, signed_paper(paid_how=paid_how, amount_fen=amount_fen))
    assert bool(said) is refused


def test_without_a_rule_nobody_can_say_who_signs() -> None:
    assert spoken(BANDS, sample_paper("旅游", 100)) == ["审批办法里没有“旅游”1.00 元这一档，不知道由谁签"]


def test_a_number_too_large_to_be_kept_is_refused_with_its_place() -> None:
    data = policy_data(BANDS)
    data["limits"] = {"age_days": 10**30}
    with pytest.raises(Refused, match="age_days：数字超出范围"):
        read_policy(data)
