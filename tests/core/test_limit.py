"""What a policy limits, at its very edge: the last day and the last fen that pass, and the first that don't."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from villagebooks.core.paper import Body, Document, Paper
from villagebooks.core.policy.flow import check_ink, paper_flow
from villagebooks.core.policy.limit import check_limits
from villagebooks.core.policy.read import read_policy
from villagebooks.core.policy.split import Bill, find_splits, near_bills
from villagebooks.paths import resource

POLICY = read_policy(json.loads(resource("policy", "baiyanhe.json").read_text(encoding="utf-8")))
DAY = date(2026, 9, 10)
VILLAGE = "白雁河村"
PAPER = Paper(
    uid="p", book="V01", number=1, day=DAY, words="办公用品", spending_class="日常运转", direction="支出",
    amount_fen=48_000, payee="墨香文具店", paid_how="转账", documents=(), handler="向丽蓉",
)  # fmt: skip


def fields(paper: Paper, slips_fen: int = 0) -> list[str]:
    return [one.field for one in check_limits(POLICY, paper, slips_fen=slips_fen)]


@pytest.mark.parametrize(
    ("issued", "paid", "wrong"),
    [
        (DAY - timedelta(days=90), DAY, []),
        (DAY - timedelta(days=91), DAY, ["documents"]),
        (date(2026, 1, 1), date(2026, 1, 1), []),
        (date(2025, 12, 31), date(2026, 1, 1), ["documents"]),
    ],
)
def test_an_invoice_is_old_after_its_days_and_in_another_year(issued: date, paid: date, wrong: list[str]) -> None:
    assert fields(replace(PAPER, day=paid, documents=(Document("数电票", "1", issued.isoformat()),))) == wrong


@pytest.mark.parametrize(("amount_fen", "wrong"), [(100_000, []), (100_001, ["paid_how"])])
def test_cash_up_to_the_limit_itself_may_be_paid(amount_fen: int, wrong: list[str]) -> None:
    assert fields(replace(PAPER, paid_how="备用金", amount_fen=amount_fen)) == wrong
    assert fields(replace(PAPER, paid_how="转账", amount_fen=amount_fen)) == []


@pytest.mark.parametrize(("others_fen", "wrong"), [(2_000, []), (2_001, ["amount_fen"])])
def test_slips_of_a_day_up_to_the_limit_itself_may_be_paid(others_fen: int, wrong: list[str]) -> None:
    slip = replace(PAPER, documents=(Document("白条", amount_fen=48_000), Document("情况说明")))
    assert fields(slip, others_fen) == wrong


def test_what_is_forbidden_is_so_in_a_document_too_and_not_where_money_comes_in() -> None:
    gift = replace(PAPER, documents=(Document("礼品清单"),))
    assert fields(gift) == ["words"]
    assert fields(replace(gift, direction="收入")) == []


@pytest.mark.parametrize(("days", "told"), [(3, False), (2, True)])
def test_a_list_hangs_all_of_its_days(days: int, told: bool) -> None:
    hung = Body("名册公示", (), 0, 0, 0, minutes=(DAY - timedelta(days=days)).isoformat())
    paper = replace(PAPER, spending_class="补助慰问名册", amount_fen=1_200_000, paid_how="代发", bodies=(hung,))
    texts = [one.text for one in check_ink(paper, paper_flow(POLICY, paper, VILLAGE), POLICY)]
    assert any("名册公示3天从" in text for text in texts) == told


@pytest.mark.parametrize(("witness", "told"), [("罗长庚", False), ("向丽蓉", True)])
def test_who_handles_a_paper_does_not_witness_it(witness: str, told: bool) -> None:
    paper = replace(PAPER, witness=witness)
    texts = [one.text for one in check_ink(paper, paper_flow(POLICY, paper, VILLAGE), POLICY)]
    assert ("经手人和证明人是同一人：向丽蓉" in texts) == told


@pytest.mark.parametrize(
    ("second_fen", "later", "told"),
    [(2_000, 0, False), (2_001, 0, True), (2_001, 2, True), (2_001, 3, False)],
)
def test_bills_look_split_once_their_sum_within_the_days_passes_the_band_of_each(
    second_fen: int, later: int, told: bool
) -> None:
    day = DAY + timedelta(days=later)
    second = replace(PAPER, uid="q", number=2, amount_fen=second_fen, day=day)
    assert bool(find_splits(POLICY, (PAPER, second), VILLAGE)) == told
    bills = [Bill(one.uid, one.payee, one.spending_class, one.day, one.amount_fen) for one in (PAPER, second)]
    assert near_bills(POLICY, bills, VILLAGE) == ({"p", "q"} if told else set())
