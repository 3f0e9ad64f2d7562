"""The comparison table row by row, proposals by name, and totals that stay to the fen whatever people decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.account import Account, ChartAccount
from villagebooks.core.ledger import Detail
from villagebooks.core.migration import (
    CHOOSE,
    NEW,
    NONE,
    OLD,
    PART,
    WHOLE,
    Decision,
    MapRow,
    MigrationPaper,
    OldDetail,
    PaperHead,
    Part,
    Sheets,
    base_chart,
    build_row,
    check_decision,
    check_paper,
    confidence_word,
    odd_parts,
    opening_lines,
    plain_name,
    propose_accounts,
    rules_for,
    total_of,
    with_accounts,
)
from villagebooks.core.period import Month, Span
from villagebooks.core.statement import BALANCE_SHEET, Figures, Statement, build_rows
from villagebooks.formats.account import read_chart
from villagebooks.formats.migration import read_map, read_prior_lines
from villagebooks.formats.statement import read_layout

RESOURCES = Path(__file__).parent.parent.parent / "resources"
TABLE = read_map(RESOURCES / "migration" / "map_2004_2023.csv")
OLD_CHART, NEW_CHART = (read_chart(RESOURCES / "charts" / f"{standard}.csv") for standard in (OLD, NEW))
LAYOUTS = {one: read_layout(RESOURCES / "statements" / f"balance-sheet-{one}.csv") for one in (OLD, NEW)}
DECEMBER = Month(2025, 12)
TRAPS = ("131", "132", "153", "154", "171", "211", "212", "502", "511", "521")


def leaves(chart: tuple[ChartAccount, ...]) -> dict[str, Account]:
    return base_chart(chart)


def paper_of(details: list[OldDetail], decisions: Mapping[int, Decision] | None = None) -> MigrationPaper:
    old = leaves(OLD_CHART)
    chart = with_accounts(leaves(NEW_CHART), propose_accounts(old, TABLE, leaves(NEW_CHART)))
    rows = tuple(
        build_row(line, one, old, TABLE, chart, (decisions[line],) if decisions and line in decisions else ())
        for line, one in enumerate(details, 1)
    )
    return MigrationPaper(PaperHead("u", "V07", "黄泥坳村", DECEMBER, "V07-2023", "黄泥坳村", ""), rows, chart)


def sheet_of(standard: str, amounts: list[tuple[str, str, int]], accounts: Mapping[str, Account]) -> Statement:
    sums: dict[tuple[str, str], int] = {}
    for account, party, fen in amounts:
        sums[account, party] = sums.get((account, party), 0) + fen
    details = tuple(Detail(account, party, fen, 0, 0) for (account, party), fen in sums.items())
    rows = build_rows(LAYOUTS[standard], [Figures(details, details)], accounts)
    return Statement(BALANCE_SHEET, "", "", standard, Span(DECEMBER, DECEMBER), ("closing",), rows)


def sheets_of(paper: MigrationPaper) -> Sheets:
    old = [(row.detail.account, row.detail.party, row.detail.balance_fen) for row in paper.rows]
    new = [(part.account, row.detail.party, part.amount_fen) for row in paper.rows for part in row.parts]
    return Sheets(sheet_of(OLD, old, leaves(OLD_CHART)), sheet_of(NEW, new, paper.chart))


def problems_of(paper: MigrationPaper) -> list[str]:
    now = {row.detail.key: row.detail.balance_fen for row in paper.rows if row.detail.balance_fen}
    return [str(one) for one in check_paper(paper, sheets_of(paper), now)]


def test_the_table_names_every_account_of_2004_and_only_accounts_of_2023() -> None:
    assert {plain_name(one.name) for one in OLD_CHART} == {plain_name(row.old_name) for row in TABLE}
    old, new = ({one.code: one.name for one in chart} for chart in (OLD_CHART, NEW_CHART))
    for row in TABLE:
        assert plain_name(old[row.old_code]) == plain_name(row.old_name)
        assert not row.new_code or plain_name(new[row.new_code]) == plain_name(row.new_name)
        assert confidence_word(row.confidence)
        assert row.words
        assert row.how in (WHOLE, PART, CHOOSE, NONE)
    profit = {one.code for one in OLD_CHART if one.kind == "损益"}
    assert {row.old_code for row in TABLE if row.how == NONE} == profit | {"321"}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.old_code}-{row.new_code}")
def test_each_row_of_the_table_proposes_what_it_says(row: MapRow) -> None:
    found = paper_of([OldDetail(row.old_code, 12_345)]).rows[0]
    assert row in found.rules
    if row.how == WHOLE:
        assert [part.account[:3] for part in found.parts] == [row.new_code]
        assert sum(part.amount_fen for part in found.parts) == 12_345
    else:
        assert found.is_open
        words = {PART: "要由人按性质分开", CHOOSE: "要由人定转到哪个科目", NONE: "年末结转以后不该有余额"}[row.how]
        assert words in found.why or (row.how == CHOOSE and "要由人按性质分开" in found.why)


@pytest.mark.parametrize("code", TRAPS)
def test_no_code_that_means_another_account_is_taken_over_by_its_number(code: str) -> None:
    old, new = ({one.code: one.name for one in chart} for chart in (OLD_CHART, NEW_CHART))
    assert plain_name(old[code]) != plain_name(new[code])
    found = paper_of([OldDetail(code, 1)]).rows[0]
    assert code not in {part.account for part in found.parts}


def test_an_account_that_is_called_otherwise_than_the_standard_waits_for_a_person() -> None:
    old = leaves(OLD_CHART)
    old["131"] = replace(old["131"], name="消耗性生物资产")
    row = build_row(1, OldDetail("131", 100), old, TABLE, leaves(NEW_CHART))
    assert (row.parts, row.rules) == ((), ())
    assert "没有叫这个名字的科目" in row.why
    assert rules_for("牲畜(禽)资产", TABLE) == rules_for("牲畜（禽）资产", TABLE)


def test_own_accounts_follow_by_name_with_codes_of_the_new_account() -> None:
    old = leaves(OLD_CHART)
    for code, name, above in (("15401", "水渠", "154"), ("1540101", "一期", "15401"), ("13101", "牛", "131")):
        old[above] = replace(old[above], leaf=False)
        old[code] = Account(code, name, (len(code) - 1) // 2, above, "D", leaf=True, needs=("project",))
    added = propose_accounts(old, TABLE, leaves(NEW_CHART))
    told = [(one.code, one.name, one.needs) for one in added]
    assert told == [
        ("15301", "水渠", ("project",)), ("1530101", "一期", ("project",)), ("32201", "各项分配", ()),
        ("32202", "未分配收益", ()),
    ]  # fmt: skip
    chart = with_accounts(leaves(NEW_CHART), added)
    assert (chart["153"].leaf, chart["15301"].leaf, chart["1530101"].leaf) == (False, False, True)
    row = build_row(1, OldDetail("1540101", 500, project="水渠"), old, TABLE, chart)
    assert row.parts == (Part("1530101", 500),)


def test_what_the_year_s_transfers_should_have_emptied_is_not_decided_away() -> None:
    paper = paper_of([OldDetail("501", -500), OldDetail("101", 500)])
    row = paper.rows[0]
    chart = leaves(NEW_CHART)
    told = [one.text for one in check_decision(row, [Part("311", -500)], "并入公积", chart)]
    assert told == ["年末结转以后不该有余额，请先在旧账套结转"]
    decided = paper_of([row.detail, OldDetail("101", 500)], {1: Decision(1, "", "", "", (Part("311", -500),))})
    assert any("请先在旧账套结转" in one for one in problems_of(decided))


def test_an_account_below_the_distribution_that_is_not_the_rest_waits_for_a_person() -> None:
    old = leaves(OLD_CHART)
    old["322"] = replace(old["322"], leaf=False)
    for code, name in (("32201", "各项分配"), ("32202", "未分配收益")):
        old[code] = Account(code, name, 2, "322", "C", leaf=True)
    chart = with_accounts(leaves(NEW_CHART), propose_accounts(old, TABLE, leaves(NEW_CHART)))
    assert build_row(1, OldDetail("32202", -100), old, TABLE, chart).parts == (Part("32202", -100),)
    row = build_row(2, OldDetail("32201", 100), old, TABLE, chart)
    assert row.is_open
    assert "是各项分配的，请先在旧账套结转" in row.why


def test_quantities_must_add_up_as_the_money_does() -> None:
    row = paper_of([OldDetail("131", 10_000, quantity_milli=8_000)]).rows[0]
    chart = leaves(NEW_CHART)
    parts = [Part("131", 4_000, 3_000), Part("132", 6_000, 4_000)]
    assert [one.text for one in check_decision(row, parts, "盘点表", chart)] == ["分到各科目的数量合计 7，账上是 8"]
    parts = [Part("131", 4_000, 4_000), Part("132", 6_000, 4_000)]
    assert check_decision(row, parts, "盘点表", chart) == []
    decided = paper_of([row.detail, OldDetail("301", -10_000)], {1: Decision(1, "", "", "", tuple(parts))})
    assert [(one.account, one.quantity_milli) for one in opening_lines(decided)][:2] == [("131", 4_000), ("132", 4_000)]


def test_a_balance_across_the_side_is_told_and_keeps_nobody() -> None:
    details = [OldDetail("153", -500), OldDetail("152", 700), OldDetail("301", -200)]
    told = [str(one) for one in odd_parts(paper_of(details))]
    assert len(told) == 1
    assert "152 累计折旧 的余额在反方向：借 7.00" in told[0]
    assert problems_of(paper_of(details)) == []


BALANCED = [one.code for one in OLD_CHART if rules_for(one.name, TABLE)[0].how != NONE]
ASSETS = [one.code for one in OLD_CHART if one.code in BALANCED and one.kind in ("资产", "成本")]
TARGETS = [one.code for one in NEW_CHART if one.kind in ("资产", "成本", "负债", "所有者权益")]
PARTIES = ("", "田有粮", "向满仓")


@st.composite
def papers(draw: st.DrawFn) -> MigrationPaper:
    """A paper over random balances, each open row decided at random, to whatever accounts."""
    keys = draw(st.lists(st.tuples(st.sampled_from(BALANCED), st.sampled_from(PARTIES)), min_size=1, unique=True))
    amounts = draw(st.lists(st.integers(-(10**12), 10**12), min_size=len(keys), max_size=len(keys)))
    details = [OldDetail(code, fen, party) for (code, party), fen in zip(keys, amounts, strict=True)]
    details.append(OldDetail("301", -sum(amounts), "轧平"))
    decisions = {}
    for row in paper_of(details).rows:
        if row.is_open and draw(st.integers(0, 9)):
            targets = draw(st.lists(st.sampled_from(TARGETS), min_size=1, max_size=3, unique=True))
            cuts = draw(st.lists(st.integers(-(10**12), 10**12), min_size=len(targets) - 1, max_size=len(targets) - 1))
            shares = [*cuts, row.detail.balance_fen - sum(cuts)]
            parts = tuple(Part(code, fen) for code, fen in zip(targets, shares, strict=True))
            decisions[row.line] = Decision(1, "", "", "依据", parts)
    return paper_of(details, decisions)


@given(papers())
def test_whatever_people_decide_a_paper_that_may_be_finished_keeps_every_total_to_the_fen(
    paper: MigrationPaper,
) -> None:
    problems = problems_of(paper)
    sheets, lines = sheets_of(paper), opening_lines(paper)
    if problems:
        assert all(problems)
        return
    assert sum(line.net_fen for line in lines) == 0
    for row in paper.rows:
        assert sum(part.amount_fen for part in row.parts) == row.detail.balance_fen
    totals = {
        total_of(sheet, label) for sheet in (sheets.old, sheets.new) for label in ("资产总计", "负债和所有者权益总计")
    }
    assert len(totals) == 1


@given(papers())
def test_a_paper_with_an_open_row_a_wrong_sum_or_unequal_assets_is_never_finished(paper: MigrationPaper) -> None:
    sheets = sheets_of(paper)
    whole = all(row.parts or not row.detail.balance_fen for row in paper.rows)
    same = total_of(sheets.old, "资产总计") == total_of(sheets.new, "资产总计")
    if not whole or not same:
        assert problems_of(paper)


@given(st.lists(st.integers(-(10**12), 10**12), min_size=2, max_size=6), st.integers(1, 10**6))
def test_a_row_that_is_a_fen_short_is_refused(amounts: list[int], short: int) -> None:
    row = paper_of([OldDetail("202", sum(amounts) or 1)]).rows[0]
    parts = [Part(code, fen or 1) for code, fen in zip(TARGETS, amounts, strict=False)]
    difference = row.detail.balance_fen - sum(part.amount_fen for part in parts)
    parts[0] = replace(parts[0], amount_fen=parts[0].amount_fen + difference + short)
    if parts[0].amount_fen:
        assert any("相差" in one.text for one in check_decision(row, parts, "依据", leaves(NEW_CHART)))


def test_last_year_s_lines_speak_of_lines_that_the_layout_has() -> None:
    layout = {
        line.line_no: line.label.strip("　") for line in read_layout(RESOURCES / "statements" / "income-2023.csv")
    }
    lines = read_prior_lines(RESOURCES / "migration" / "lines_2004_2023.csv")
    assert {one.line_no: one.label for one in lines} == {number: name for number, name in layout.items() if number}
    assert all(one.formula or one.note for one in lines)
    assert all(one.note for one in lines if one.unless)
