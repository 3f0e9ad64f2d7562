"""Frauds and faults of signing, each added to the clean demonstration township: what the program says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.demonstration import Demonstration
from tests.story.test_month import desk
from villagebooks.core.paper import Body, Document, Paper
from villagebooks.core.problem import Refused
from villagebooks.core.relative import Relative
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.check import check_books
from villagebooks.services.demo import PASSPHRASE
from villagebooks.services.desk import Office, open_office
from villagebooks.services.key import Unlocked, unlock
from villagebooks.services.paper import list_papers, save_paper
from villagebooks.services.relative import register_relative
from villagebooks.services.ruling import look_at_paper

SCAN = "ab" * 32
WATCHING = ("split_bill", "relative_payee", "forbidden_spending")


@pytest.fixture
def town(demonstration: Demonstration, tmp_path: Path) -> Iterator[Office]:
    office = open_office(demonstration.copy(tmp_path / "demo").books)
    yield office
    office.books.close()


@pytest.fixture
def agent(town: Office) -> Unlocked:
    return unlock(town.books, "冯素芳", PASSPHRASE)


def said(town: Office, rules: tuple[str, ...] = WATCHING) -> list[str]:
    return [f"{one.book} {one.text}" for one in check_books(town) if one.rule in rules]


def model(town: Office) -> Paper:
    """记6 of the ordinary village: paper and toner of the stationer, 742.60."""
    return next(one for one in list_papers(desk(town)) if one.amount_fen == 74_260)


def bill(town: Office, number: str, amount_fen: int) -> Paper:
    old = model(town)
    document = replace(old.documents[0], number=number, amount_fen=amount_fen)
    return replace(old, uid="", amount_fen=amount_fen, approvers=("田维国",), documents=(document,))


def bring(town: Office, agent: Unlocked, paper: Paper, book: str = "V01") -> Paper:
    at = desk(town, book)
    saved = save_paper(at, paper)
    attest_paper(at, saved.uid, agent, SCAN)
    return accept_paper(at, saved.uid)


def test_no_honest_payment_of_the_township_is_said_to_lean_on_another_ones_paper(town: Office) -> None:
    assert said(town, ("paid_bare", "bare_split", "paper_amount", "own_payee", "receipt_order", "invoice_twice")) == []


def test_f1_two_consecutive_invoices_of_one_shop_and_day(town: Office, agent: Unlocked) -> None:
    for number, amount in (("26990000000000000451", 49_800), ("26990000000000000452", 49_500)):
        paper = bring(town, agent, replace(bill(town, number, amount), payee="墨香文具店"))
    sentence = "同一收款人（墨香文具店）同一天连号 2 张（第 16、17 号），合计 993.00 元，超过村主任一人审批的 500.00 元"
    assert look_at_paper(desk(town), paper.uid).hints == (sentence,)
    assert said(town) == [f"V01 {sentence}"]


def test_f9_the_contractor_belongs_to_the_heads_brother_in_law(town: Office) -> None:
    kin = Relative("", "V01", "田维国", "清岑县匠缘劳务服务部", "配偶的兄弟姐妹", unit=True, since="2024-01-10")
    register_relative(town, kin)
    assert said(town) == [
        "V01 收款人清岑县匠缘劳务服务部登记为田维国的配偶的兄弟姐妹，田维国在这张单子上签了字（提示，不是结论）"
    ]


def test_the_heads_daughter_with_land_of_her_own_is_a_hint_once(town: Office) -> None:
    register_relative(town, Relative("", "V03", "贺正邦", "贺小满", "子女", since="2024-01-08"))
    assert said(town) == ["V03 收款人贺小满登记为贺正邦的子女，贺正邦在这张单子上签了字（提示，不是结论）"]


def test_f23_spirits_and_tobacco_are_refused_at_the_counter(town: Office, agent: Unlocked) -> None:
    paper = replace(bill(town, "26990000000000000680", 68_000), words="接待用烟酒", approvers=("田维国", "冉启珍"))
    with pytest.raises(Refused, match="“烟酒”不许列支"):
        bring(town, agent, paper)


def test_nobody_signs_for_a_committee_on_which_he_does_not_sit(town: Office, agent: Unlocked) -> None:
    paper = bill(town, "26990000000000000451", 49_800)
    guests = (Body("监委会", ("谭德胜", "冉光才"), 2, 2, 3, stamp=True),)
    with pytest.raises(Refused, match="没有冉光才，这一步不能由冉光才签"):
        bring(town, agent, replace(paper, bodies=guests))


def test_land_compensation_with_two_of_three_of_the_committee_is_refused(town: Office, agent: Unlocked) -> None:
    paid = next(one for one in list_papers(desk(town, "V03")) if one.spending_class == "土地补偿")
    two = tuple(
        replace(one, people=one.people[:2], present=2, agreed=2) if one.name == "监委会" else one for one in paid.bodies
    )
    documents = tuple(Document(one.kind, "", one.day, one.amount_fen) for one in paid.documents)
    with pytest.raises(Refused, match="监委会（全体）要全体同意：3 人中到会 2 人，同意 2 人"):
        bring(town, agent, replace(paid, uid="", bodies=two, documents=documents), "V03")
