"""Each page of the rail by keyboard and mouse alone, on a village whose September is done, closed and put up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.person import OFFSCREEN, Dialogs, Person
from tests.gui.september import (
    AGENT,
    DATA,
    DIRECTOR,
    READER,
    STATEMENT,
)
from villagebooks.services.demo.data import read_rows
from villagebooks.services.demo.town import Town

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)
KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def test_home_a_cell_of_the_board_leads_to_its_page(person: Person) -> None:
    person.goes_to("首页")
    board = person.find_list_with("老秤湾村")
    person.chooses_row(board, "老秤湾村")
    person.hits(KEY.Key_Right)
    person.hits(KEY.Key_Return)
    assert person.has("报账单列表")


def test_ledger_an_account_is_asked_for_by_name_its_months_chosen_and_a_row_opened_and_left(person: Person) -> None:
    person.goes_to("账簿")
    person.opens_tab("明细账")
    person.types_into("科目", "办公费")
    person.enters()
    person.waits()
    assert any("买打印纸" in cell for row in person.reads_list("明细账") for cell in row)
    person.chooses("期间", "本年累计")
    person.waits()
    rows = person.reads_list("明细账")
    assert len(rows) > 3
    person.chooses_row("明细账", "买打印纸")
    person.hits(KEY.Key_Return)
    assert person.reads("第 1 行 摘要") == "买打印纸、硒鼓、档案盒"
    person.hits(KEY.Key_Escape)
    assert person.reads_list("明细账") == rows
    for title in ("科目余额表", "总账", "往来明细账", "日记账", "多栏账", "往来账龄"):
        person.opens_tab(title)
        assert person.sees("行"), title
    person.presses("打印")
    assert person.sees("第 1 页")


def test_statement_a_line_leads_to_its_ledger_and_escape_back(person: Person, dialogs: Dialogs, tmp_path: Path) -> None:
    person.goes_to("报表")
    for title in ("资产负债表", "收益及收益分配表", "收支明细表", "权益及分配", "附注"):
        person.opens_tab(title)
    person.opens_tab("资产负债表")
    name = person.find_list_with("货币资金")
    person.chooses_row(name, "货币资金")
    person.hits(KEY.Key_Return)
    person.hits(KEY.Key_Return)  # of its accounts the first, in the menu below the line
    assert person.has("账簿种类")
    assert person.reads("科目").startswith("101 ")
    person.hits(KEY.Key_Escape)
    assert person.find_list_with("货币资金") == name
    person.chooses("范围", "全乡镇汇总")
    person.waits()
    assert person.sees("货币资金")
    person.chooses("期间", "本年")
    person.waits()
    dialogs.choose(tmp_path / "sheet.xlsx")
    person.presses("导出")
    assert (tmp_path / "sheet.xlsx").exists()
    person.presses("打印")
    assert person.sees("第 1 页")


def test_cashier_a_confirmed_sheet_is_withdrawn_a_match_undone_and_made_again_and_the_sheet_confirmed(
    person: Person, dialogs: Dialogs
) -> None:
    person.goes_to("出纳")
    dialogs.choose(STATEMENT)
    person.presses("导入对账单")
    assert "请从银行导出 2026-09-30 以后的" in person.reads_strip()
    person.presses("不导入")
    person.goes_to("结账")
    person.types_into("反结账的原因", "勾对看错一行")
    person.presses("反结账")
    person.signs(AGENT)
    person.signs(DIRECTOR)
    person.hits(KEY.Key_Escape)
    person.goes_to("出纳")
    person.types_into("原因", "勾对看错一行")
    person.presses("撤销确认")
    person.signs(AGENT)
    assert "已撤销确认" in person.reads_strip()
    person.chooses_row("勾对的", "县供电公司")
    person.hits(KEY.Key_Delete)
    assert "已取消勾对" in person.reads_strip()
    person.chooses_row("村账上没有勾对的", "电费")
    person.hits(KEY.Key_Space)
    person.chooses_row("银行没有勾对的", "代扣电费")
    person.hits(KEY.Key_Space)
    person.hits(KEY.Key_F8)
    assert "已勾对 2 笔" in person.reads_strip()
    person.presses("余额调节表")
    assert person.sees("第 1 页")
    person.hits(KEY.Key_Escape)
    person.presses("确认")
    person.signs(AGENT)
    assert "余额调节表已确认" in person.reads_strip()
    person.opens_tab("现金盘点")
    assert any("账实相符" in cell for row in person.reads_list("本月盘点") for cell in row)
    person.presses("打印盘点表")
    assert person.sees("第 1 页")


def test_in_the_smallest_window_a_signature_for_the_bank_was_asked_for_below_the_edge(
    person: Person,
) -> None:
    person.resizes(1024, 640)
    person.goes_to("结账")
    person.types_into("反结账的原因", "勾对看错一行")
    person.presses("反结账")
    person.signs(AGENT)
    person.signs(DIRECTOR)
    person.hits(KEY.Key_Escape)
    person.goes_to("出纳")
    person.types_into("原因", "勾对看错一行")
    person.presses("撤销确认")
    person.signs(AGENT)
    assert "已撤销确认" in person.reads_strip()
    person.hits(KEY.Key_L, CONTROL)
    person.presses("确认")
    QTest.qWait(100)
    assert person.stands_whole("口令")
    person.signs(AGENT)
    assert "余额调节表已确认" in person.reads_strip()


def test_disclosure_a_row_of_the_hanging_sheet_opens_its_voucher(person: Person) -> None:
    person.goes_to("公示")
    assert person.sees("已张榜，贴到 2026-10-20")
    person.chooses_row("公开榜各行", "打印纸")
    person.hits(KEY.Key_Return)
    assert person.reads("第 1 行 摘要") == "买打印纸、硒鼓、档案盒"
    person.hits(KEY.Key_Escape)
    person.presses("预览 A4")
    assert person.sees("第 1 页")


def test_query_a_villager_is_looked_up_at_the_counter_and_forgotten(
    person: Person, lived: tuple[Town, Path, Path], dialogs: Dialogs
) -> None:
    _town, folder, query = lived
    person.goes_to("查询库")
    person.types_into("身份证号", "1")
    person.presses("查询")
    assert "请选查询文件和查询钥匙" in person.reads_strip()
    for place, path in enumerate((query, folder / READER)):
        dialogs.choose(path)
        person.presses("选…", place)
    number = next(row["id_number"] for row in read_rows(DATA / "history" / "people.csv") if row["name"] == "罗显富")
    person.types_into("身份证号", number)
    person.hits(KEY.Key_Return)
    assert person.sees("罗显富　两清")
    person.presses("清屏")
    assert not person.sees("罗显富")


def test_receipts_a_number_is_voided_on_the_second_press(person: Person) -> None:
    person.goes_to("票据")
    person.chooses_row("收据本", "B-V01-2601")
    assert person.reads("号码") == "0012353"
    person.types_into("作废日期", "2026-09-29")
    person.presses("作废这个号")
    assert "再按一次" in person.reads_strip()
    person.presses("作废这个号")
    assert person.reads_strip() == "收据 0012353 已作废"
    assert any("作废" in cell for row in person.reads_list("收据号") for cell in row)
    person.types_into("作废日期", "2026-09-29")
    person.presses("剩下的都作废")
    assert "再按一次" in person.reads_strip()
    person.presses("剩下的都作废")
    assert person.reads_strip().startswith("空白收据 0012354—")


def test_roll_a_household_is_filtered_and_a_list_imported(person: Person, dialogs: Dialogs, tmp_path: Path) -> None:
    person.goes_to("名册")
    person.types_into("筛选：名册", "罗显富")
    person.waits()
    assert [row[1] for row in person.reads_list("名册")] == ["罗显富"]
    new = tmp_path / "people.csv"
    new.write_text(
        "village,household,name,sex,id_number,household_code,role,died_on\nV01,0999,牟新来,男,,,村民,\n", "utf-8"
    )
    dialogs.choose(new)
    person.presses("导入名册")
    assert person.reads_strip() == "已导入 1 人"
    person.types_into("筛选：名册", "牟")
    person.waits()
    assert [row[1] for row in person.reads_list("名册")] == ["牟新来"]


def test_log_is_asked_for_a_voucher_read_checked_and_kept(person: Person, dialogs: Dialogs, tmp_path: Path) -> None:
    person.goes_to("日志")
    person.types_into("找什么", "记6")
    person.hits(KEY.Key_Return)
    rows = person.reads_list("操作日志")
    assert rows
    assert all("记-6" in row[-1] or "记6" in row[-1] for row in rows), rows
    person.chooses_row("操作日志", "记")
    assert person.reads("改前改后")
    person.chooses("谁", DIRECTOR)
    person.presses("查")
    assert all(DIRECTOR in row for row in person.reads_list("操作日志"))
    person.presses("核对日志链")
    assert "链完整" in person.reads_strip()
    dialogs.choose(tmp_path / "log.csv")
    person.presses("存为 CSV")
    assert (tmp_path / "log.csv").read_text("utf-8-sig").count("\n") > 1
    person.presses("作废与撤销清单")
    person.hits(KEY.Key_Escape)
    assert person.has("操作日志")


def test_inbox_is_empty_when_everything_is_signed_and_late_steps_have_their_tab(person: Person) -> None:
    person.goes_to("审批")
    for tab in ("待办", "逾期清单", "吹哨"):
        person.opens_tab(tab)


def test_closing_the_register_is_printed_and_a_record_opened(person: Person) -> None:
    person.goes_to("结账")
    person.chooses_row("结账登记簿", "反结账")
    person.hits(KEY.Key_Return)
    assert person.sees("第 1 页")
    person.hits(KEY.Key_Escape)
    person.presses("打印登记簿")
    assert person.sees("第 1 页")


def test_vouchers_lead_to_numbers_and_plans_and_back(person: Person) -> None:
    person.goes_to("凭证")
    person.presses("凭证号")
    assert not person.has("凭证列表")
    person.hits(KEY.Key_Escape)
    assert person.has("凭证列表")
    person.presses("计划")
    assert person.sees("每月计提折旧")
    person.hits(KEY.Key_Escape)
    assert person.has("凭证列表")


def test_archive_volumes_go_out_and_come_back_and_a_month_is_drawn_for_a_village(person: Person) -> None:
    person.goes_to("档案")
    person.presses("全选")
    person.presses("开始")
    assert "正在画" not in person.reads_strip(), person.reads_strip()
    person.presses("看和打印")
    assert person.sees("第 1 页")
    person.hits(KEY.Key_Escape)
    person.opens_tab("借阅登记")
    for name, text in (
        ("借阅人", "申立"), ("单位", "镇纪委"), ("用途", "核对九月凭证"), ("批准人", DIRECTOR), ("月份或年", "2026-09"),
    ):  # fmt: skip
        person.types_into(name, text)
    person.presses("加上这一册")
    person.presses("登记借出")
    assert "已登记：镇纪委申立借 1 册" in person.reads_strip()
    person.chooses_row("借阅登记", "申立")
    person.presses("登记归还")
    assert person.reads_strip() == "已登记归还：镇纪委申立"


def test_search_finds_a_voucher_over_the_years_and_enter_opens_it(person: Person) -> None:
    person.hits(KEY.Key_K, CONTROL)
    person.types("硒鼓")
    person.hits(KEY.Key_Return)
    found = person.find_list_with("硒鼓")
    person.chooses_row(found, "硒鼓")
    person.hits(KEY.Key_Return)
    assert person.reads("第 1 行 摘要") == "买打印纸、硒鼓、档案盒"


def test_no_page_of_the_rail_and_no_section_of_the_settings_lacks_a_hand(person: Person) -> None:
    """Each is gone to by some story or test of a person at the window."""
    told = "\n".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    pages = set(re.findall(r'\.goes_to\("([^"]+)"\)', told))
    sections = set(re.findall(r'(?:\.opens_section\(|opened\(person, )"([^"]+)"\)', told))
    assert set(person.reads_rail()) == pages
    person.goes_to("设置")
    assert set(person.reads_sections("设置的各项")) == sections
