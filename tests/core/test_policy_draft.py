"""A policy as it is changed: chains in people's words, what a draft changes, and what it asks of a sample."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.core.test_policy import TOWNSHIPS, policy_named
from villagebooks.core.policy import (
    chain_text,
    free_step_name,
    papers_text,
    policy_change,
    read_chain,
    read_papers,
    replace_step,
    try_policy,
)
from villagebooks.core.policy.step import Step


@pytest.mark.parametrize("name", TOWNSHIPS)
def test_chains_and_documents_come_back_from_their_words(name: str) -> None:
    policy = policy_named(name)
    for rule in policy.rules:
        assert read_chain(policy.steps, chain_text(policy.steps, rule.steps)) == rule.steps
        assert read_papers(papers_text(rule.papers)) == rule.papers


def test_a_chain_is_read_as_people_type_it_and_an_unknown_word_stays() -> None:
    steps = policy_named("baiyanhe").steps
    assert read_chain(steps, "经手人＞ 证明人→村主任 >市长>") == ("handler", "witness", "head", "市长")
    assert chain_text(steps, ("acceptors", "acceptance")) == "验收人（5人） > 验收人"
    twin = {"a": Step("a", "老人", "officer"), "b": Step("b", "老人", "officer")}
    assert chain_text(twin, ("a", "b")) == "老人〔a〕 > 老人〔b〕"
    assert read_chain(twin, "老人〔b〕") == ("b",)


def test_what_a_draft_changes_is_said_in_one_sentence() -> None:
    old = policy_named("three-classes")
    assert policy_change(old, old).words == ""
    first, *rest = old.rules
    shorter = replace(old, rules=(replace(first, to_fen=90_000), *rest[:-1]))
    assert policy_change(old, shorter).words == "改 1 条规则，删 1 条规则"
    wider = replace(old, rules=(*old.rules, replace(first, villages=("V01",))), centre=("prepare", "review"))
    wider = replace_step(wider, "township", Step("township", "镇长", "officer"))
    assert policy_change(old, wider).words == "新增 1 条规则，签字步骤有 1 处不同，限额等规定有改动"


def test_a_new_step_gets_a_name_that_is_free() -> None:
    policy = policy_named("three-classes")
    name = free_step_name(policy.steps)
    more = replace_step(policy, name, Step(name, "老支书", "officer"))
    assert (name, free_step_name(more.steps)) == ("step1", "step2")
    assert replace_step(more, name, None) == policy


def test_a_sample_shows_steps_documents_and_whether_the_township_signs() -> None:
    policy = policy_named("three-classes")
    found = try_policy(policy, "工程项目", 1_000_001, "V01", "转账")
    assert [one.title for one in found.village][-1] == "分管副镇长"
    assert [one.title for one in found.township] == ["分管副镇长"]
    assert (papers_text(found.papers), found.resolution) == ("合同、验收单、发票、审计报告", "四议两公开")
    assert [one.title for one in found.centre] == ["制单", "复核", "出纳", "审核"]
    still = try_policy(policy, "转账凭证", 0, "V01", "")
    assert ([one.title for one in still.village], [one.title for one in still.centre]) == ([], ["制单", "复核", "审核"])
    assert not try_policy(policy, "旅游", 100, "V01", "转账").known


def test_a_sample_of_an_unfinished_draft_leaves_out_what_is_not_there_yet() -> None:
    policy = replace_step(policy_named("three-classes"), "committee", None)
    titles = [one.title for one in try_policy(policy, "生产性支出", 100, "V01", "转账").village]
    assert titles == ["经手人", "证明人", "村主任"]
