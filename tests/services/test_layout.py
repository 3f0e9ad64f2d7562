"""A township's own layouts: drafts, versions, in use from a month on, back to the official one; nothing else moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.services.chain import journal_page
from tests.services.conftest import Staff, reverse_voucher, sign_all, simple_draft
from villagebooks.core.account import Account
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused, Trouble
from villagebooks.core.statement import BALANCE_SHEET, INCOME, Layout, LayoutLine
from villagebooks.core.voucher import Draft, Line, Voucher
from villagebooks.services.account import add_account
from villagebooks.services.check import check_books
from villagebooks.services.closing import close_month, lock_year
from villagebooks.services.desk import Desk, Office
from villagebooks.services.statement import (
    check_draft,
    copy_layout,
    drop_layout,
    layout_csv,
    layout_state,
    list_layouts,
    official_layout,
    read_layout_file,
    reports_in_use,
    reset_layout,
    save_layout,
    statement,
    use_layout,
)
from villagebooks.services.voucher import post_voucher

AUGUST, SEPTEMBER = (Span(Month(2026, month), Month(2026, month)) for month in (8, 9))


def own_sheet() -> Layout:
    """The official balance sheet with one label changed."""
    official = official_layout(BALANCE_SHEET, "2023")
    lines = [replace(one, label="现金和存款") if one.line_no == "1" else one for one in official.lines]
    return copy_layout(official, lines)


def labels(desk: Desk, span: Span) -> list[str]:
    return [row.label for row in statement(desk, BALANCE_SHEET, span).rows]


def test_a_layout_counts_from_its_month_on_until_the_official_one_is_back(desk: Desk) -> None:
    draft = save_layout(desk.office, own_sheet())
    assert (draft.version, layout_state(draft)) == (1, "草稿")
    assert "现金和存款" not in labels(desk, SEPTEMBER)
    use_layout(desk.office, draft.uid, Month(2026, 9))
    assert "现金和存款" in labels(desk, SEPTEMBER)
    assert "货币资金" in labels(desk, AUGUST)
    assert statement(desk, BALANCE_SHEET, SEPTEMBER).version == 1
    reset = reset_layout(desk.office, BALANCE_SHEET, "2023", Month(2026, 10))
    assert "现金和存款" in labels(desk, SEPTEMBER)
    assert "货币资金" in labels(desk, Span(Month(2026, 10), Month(2026, 10)))
    assert [layout_state(one) for one in list_layouts(desk.office)] == ["2026-09 起用", "2026-10 起恢复官方格式"]
    assert reset.lines == ()
    assert official_layout(BALANCE_SHEET, "2023").lines[1].label == "货币资金"
    assert check_books(desk.office, deep=True) == []


def test_every_change_of_a_layout_is_in_the_journal(desk: Desk) -> None:
    draft = save_layout(desk.office, own_sheet())
    save_layout(desk.office, replace(draft, title="资产负债表（改）"))
    use_layout(desk.office, draft.uid, Month(2026, 9))
    reset_layout(desk.office, BALANCE_SHEET, "2023", Month(2026, 9))
    other = save_layout(desk.office, own_sheet())
    drop_layout(desk.office, other.uid)
    kinds = [one.kind for one in journal_page(desk.office) if one.kind.startswith("layout")]
    assert kinds == ["layout_save", "layout_save", "layout_use", "layout_reset", "layout_save", "layout_drop"]
    assert check_books(desk.office, deep=True) == []


def test_a_layout_in_use_is_never_changed_by_the_program_or_by_sql(desk: Desk) -> None:
    draft = save_layout(desk.office, own_sheet())
    use_layout(desk.office, draft.uid, Month(2026, 9))
    with pytest.raises(Refused, match="第 1 版启用过或已停用，不能修改"):
        save_layout(desk.office, draft)
    for sql in ("UPDATE statement_layout SET since = ''", "UPDATE statement_line SET formula = ''",
                "DELETE FROM statement_line", "DELETE FROM statement_layout"):  # fmt: skip
        with pytest.raises(Exception, match="报表格式不能"), desk.books.write() as connection:
            connection.execute(text(sql))


def test_a_draft_that_breaks_a_rule_is_kept_but_not_put_to_use(desk: Desk) -> None:
    layout = own_sheet()
    broken = replace(layout, lines=tuple(one for one in layout.lines if one.line_no != "24"))
    draft = save_layout(desk.office, broken)
    problems, _notices = check_draft(desk.office, draft)
    assert [str(one) for one in problems] == ["第 29 行：没有行次 24"]
    with pytest.raises(Refused, match="没有行次 24"):
        use_layout(desk.office, draft.uid, Month(2026, 9))
    lines = tuple(replace(one, formula=one.formula.removeprefix("L(24)+")) for one in broken.lines)
    again = save_layout(desk.office, replace(draft, lines=lines))
    assert (again.uid, again.version) == (draft.uid, 1)
    assert [str(one) for one in check_draft(desk.office, again)[0]] == ["201 短期借款：没有列入资产负债表"]


def test_a_report_of_ones_own_is_made_beside_the_official_ones(desk: Desk) -> None:
    lines = (LayoutLine("1", "办公费", "PD(513.办公费)"), LayoutLine("2", "没有的", "PD(599)"))
    own = Layout("", "办公费", "2023", 0, "办公费表", INCOME, lines)
    draft = save_layout(desk.office, own)
    assert [str(one) for one in check_draft(desk.office, draft)[1]] == ["第 2 行：没有科目 599，按 0 计算"]
    with pytest.raises(Refused, match="没有在用的报表“办公费”"):
        statement(desk, "办公费", SEPTEMBER)
    use_layout(desk.office, draft.uid, Month(2026, 1))
    assert statement(desk, "办公费", SEPTEMBER).title == "办公费表"
    assert [one.report for one in reports_in_use(desk.office, "2023", Month(2026, 9))] == ["办公费"]
    reset_layout(desk.office, "办公费", "2023", Month(2026, 9))
    assert reports_in_use(desk.office, "2023", Month(2026, 9)) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": " "}, "请写报表名称"), ({"report": "notes"}, "不能是系统自有的"), ({"report": "a b"}, "代码应是"),
        ({"standard": "1996"}, "会计制度只有"), ({"form": INCOME}, "栏目只能是"),
    ],
)  # fmt: skip
def test_a_layout_without_a_proper_name_is_refused(desk: Desk, change: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        save_layout(desk.office, replace(own_sheet(), **change))  # type: ignore[arg-type]  # texts for texts


def test_a_layout_leaves_as_a_file_and_comes_back_the_same(desk: Desk, tmp_path: Path) -> None:
    layout = own_sheet()
    path = tmp_path / "表.csv"
    path.write_bytes(layout_csv(layout))
    assert read_layout_file(path) == layout.lines
    official = Path("resources/statements/balance-sheet-2023.csv").read_bytes()
    assert layout_csv(official_layout(BALANCE_SHEET, "2023")) == official
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(Refused, match="第一行应是 line_no,label,formula,show"):
        read_layout_file(path)
    path.write_text("line_no,label,formula,show\n1,现金,D(101)\n", encoding="utf-8")
    with pytest.raises(Refused, match="第 2 行不是 4 列"):
        read_layout_file(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(Trouble, match="读不出来"):
        read_layout_file(path)


def test_no_layout_begins_in_a_year_whose_report_is_locked(
    desk: Desk, staff: Staff, sign_and_post: Callable[[Draft], Voucher]
) -> None:
    first = sign_and_post(simple_draft())
    back = reverse_voucher(desk, first.uid, first.day)
    sign_all(desk, back.uid, staff)
    post_voucher(desk, back.uid)
    for month in (9, 12):
        close_month(desk.at(Month(2026, month)), staff.agent)
    lock_year(desk.at(Month(2026, 12)), staff.director)
    draft = save_layout(desk.office, own_sheet())
    with pytest.raises(Refused, match="账套 V01 的 2026 年已锁定，格式最早从 2027-01 起用"):
        use_layout(desk.office, draft.uid, Month(2026, 12))
    use_layout(desk.office, draft.uid, Month(2027, 1))
    assert [one for one in check_books(Office(desk.books), deep=True) if one.severity == "error"] == []


def test_a_total_keeps_what_lies_behind_the_sub_account_that_is_shown_below_it(
    desk: Desk, sign_and_post: Callable[[Draft], Voucher]
) -> None:
    """管理费用 read 0.00 where a line 其中 named its first sub-account and the money lay on a later one."""
    add_account(desk, Account("51309", "差旅费", 2, "513", "D", True))
    sign_and_post(Draft(date(2026, 9, 3), (Line("差旅费", "51309", 5_000), Line("差旅费", "101", 0, 5_000))))
    lines = (LayoutLine("1", "管理费用", "PD(513)"), LayoutLine("2", "其中", "PD(51302)"))
    draft = save_layout(desk.office, Layout("", "管理费", "2023", 0, "管理费用表", INCOME, lines))
    use_layout(desk.office, draft.uid, Month(2026, 1))
    assert [row.amounts_fen[0] for row in statement(desk, "管理费", SEPTEMBER).rows] == [5_000, 0]
