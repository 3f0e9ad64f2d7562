"""What a paper is probably booked on: a clear habit of the village proposes, an unclear one leaves the cell empty."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.services.conftest import simple_paper
from villagebooks.core.proposal import PastEntry, Proposal, alikeness, propose_from_past, propose_from_templates
from villagebooks.core.template import Template, TemplateLine

ELECTRIC = PastEntry("5130103", "付村办公楼6月电费", "2026-07 记-3", payee="县供电公司")
OFFICE = PastEntry("5130102", "村委会买打印纸、硒鼓", "2026-07 记-4", payee="清岑墨香文具店")
RELIEF = PastEntry("51404", "慰问困难户张大山", "2026-06 记-9")


def test_figures_and_months_do_not_make_words_alike() -> None:
    assert alikeness("2026年8月", "2025年8月") == 0
    assert alikeness("付8月电费120元", "付7月电费98.50元") == 1


def test_the_account_of_such_words_and_such_a_payee_is_proposed_with_its_voucher() -> None:
    paper = replace(simple_paper(), words="村办公楼8月电费", payee="县供电公司", group="")
    found = propose_from_past(paper, [OFFICE, ELECTRIC, RELIEF])
    assert (found.account, found.source) == ("5130103", "2026-07 记-3")
    assert propose_from_past(simple_paper(), [RELIEF, ELECTRIC, OFFICE]).account == "5130102"


def test_words_that_stood_on_several_accounts_propose_none() -> None:
    paper = replace(simple_paper(), words="慰问困难户", payee="", group="")
    other = replace(RELIEF, account="24101", voucher="2026-05 记-1")
    assert propose_from_past(paper, [RELIEF]).account == "51404"
    assert propose_from_past(paper, [RELIEF, other]) == Proposal()
    assert propose_from_past(paper, []) == Proposal()


def test_details_come_along_for_the_same_payee_only() -> None:
    rent = PastEntry("50101", "交鱼塘承包费", "2026-06 记-5", party="冉光才", contract="2024-03", payee="冉光才")
    paper = replace(simple_paper(), words="交鱼塘承包费", payee="冉光才", direction="收入", group="")
    assert propose_from_past(paper, [rent]) == Proposal("50101", "冉光才", "", "2024-03", "2026-06 记-5")
    assert propose_from_past(replace(paper, payee="罗显富"), [rent]) == Proposal("50101", source="2026-06 记-5")


def template(name: str, debit: str, credit: str) -> Template:
    lines = (TemplateLine(name, debit, "", "D"), TemplateLine(name, credit, "", "C"))
    return Template(name, name, "2023", lines)


def test_a_template_serves_where_the_village_has_no_past_on_the_side_that_money_does_not_take() -> None:
    pay, take = template("付水电费", "5130103", "10201"), template("收租金", "10201", "50102")
    paper = replace(simple_paper(), words="付8月水电费", group="")
    assert propose_from_templates(paper, [take, pay]) == (pay, "D")
    assert propose_from_templates(replace(paper, direction="收入"), [take, pay]) is None
    rent = replace(paper, words="收租金", direction="收入")
    assert propose_from_templates(rent, [pay, take]) == (take, "C")
    assert propose_from_templates(replace(paper, words="买鱼苗"), [pay, take]) is None


entries = st.builds(
    PastEntry, st.sampled_from(["51302", "51404", "50101"]), st.text("电费办公慰问村年8、", max_size=9),
    st.just("2026-01 记-1"), payee=st.text("县供电公司", max_size=4),
)  # fmt: skip


@given(st.lists(entries, max_size=12), st.text("电费办公慰问村年8、", max_size=9))
def test_a_proposal_is_always_an_account_of_the_past_and_the_same_whatever_the_order_of_its_voters(
    past: list[PastEntry], words: str
) -> None:
    paper = replace(simple_paper(), words=words, payee="", group="")
    found = propose_from_past(paper, past)
    assert found.account in {"", *(one.account for one in past)}
    assert propose_from_past(paper, past[::-1]).account == found.account
