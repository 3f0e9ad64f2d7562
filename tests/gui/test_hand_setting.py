"""Each section of the settings, and the pages that they lead to, by keyboard and mouse alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.gui.person import OFFSCREEN, Dialogs, Person
from tests.gui.september import AGENT, CASHIER, DIRECTOR, OTHER, PASSPHRASE
from tests.pdf.reading import words_of
from villagebooks.gui.preview.page import PreviewPage

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)
KEY = Qt.Key


def opened(person: Person, section: str) -> Person:
    person.goes_to("设置")
    person.opens_section(section)
    return person


def test_posts_somebody_comes_a_name_is_put_right_and_a_term_ends(person: Person) -> None:
    opened(person, "人员与钥匙").opens_tab("任职")
    person.chooses("在哪里", "V01 老秤湾村")
    person.types_into("职务", "委员")
    person.types_into("姓名", "牟新来")
    person.types_into("从哪天起", "2026-10-01")
    person.presses("登记")
    assert person.reads_strip() == "已登记牟新来"
    person.chooses_row("任职", "牟新来")
    person.chooses("要办的事", "改正写错的名字")
    person.types_into("正确的姓名", "牟新到")
    person.presses("改正")
    assert person.reads_strip() == "已改正为牟新到"
    person.chooses_row("任职", "牟新到")
    person.chooses("要办的事", "离任")
    person.types_into("任职到哪天", "2026-10-20")
    person.types_into("原因", "外出务工")
    person.presses("办离任")
    assert person.reads_strip() == "牟新到已离任"


def test_keys_a_passphrase_is_changed_and_a_key_taken_away_on_the_second_press(person: Person) -> None:
    opened(person, "人员与钥匙").opens_tab("钥匙")
    person.chooses_row("钥匙", CASHIER)
    person.chooses("要办的事", "换口令")
    for name, text in (("旧口令", PASSPHRASE), ("新口令", "longxiaomei-2026"), ("再输一遍", "longxiaomei-2027")):
        person.types_into(name, text)
    person.presses("换口令")
    assert "两遍口令不一样" in person.reads_strip()
    person.types_into("再输一遍", "longxiaomei-2026")
    person.presses("换口令")
    assert person.reads_strip() == f"{CASHIER}的口令换好了"
    person.chooses_row("钥匙", OTHER)
    person.chooses("要办的事", "吊销")
    person.types_into("总钥匙口令", PASSPHRASE)
    person.types_into("原因", "U盘丢了")
    person.presses("吊销这把钥匙")
    assert "再按一次就吊销" in person.reads_strip()
    person.presses("吊销这把钥匙")
    assert person.reads_strip() == f"{OTHER}的钥匙已吊销"


def test_keys_every_passphrase_is_forgotten_and_the_director_s_key_comes_from_the_recovery_envelope(
    person: Person,
) -> None:
    opened(person, "人员与钥匙").opens_tab("总钥匙")
    person.types_into("总钥匙口令", PASSPHRASE)
    person.types_into("主任或会计口令", PASSPHRASE)
    person.presses("重做信封，马上打印")
    assert person.sees("第 1 页")
    preview = person.here().window().findChild(PreviewPage)
    recovery = words_of(next(preview.folder.rglob("*.pdf"))).split("\f")[1]
    secret = "-".join(re.findall(r"\b[0-9A-Z]{4}\b", recovery)[:14])
    person.hits(KEY.Key_Escape)
    person.opens_tab("钥匙")
    for name in (CASHIER, OTHER, AGENT, DIRECTOR):
        person.chooses_row("钥匙", name)
        person.chooses("要办的事", "吊销")
        person.types_into("总钥匙口令", PASSPHRASE)
        person.types_into("原因", "忘了口令")
        person.presses("吊销这把钥匙")
        person.presses("吊销这把钥匙")
        assert person.reads_strip() == f"{name}的钥匙已吊销"
    fresh = "qimingshanlu-2026"
    issue(person, DIRECTOR, fresh, "")
    assert "照输里面的字符" in person.reads_strip()
    issue(person, DIRECTOR, fresh, secret[:-1])
    assert "应是 56 个字符，输了 55 个" in person.reads_strip()
    issue(person, CASHIER, "longxiaomei-2026", secret)
    assert "先用恢复钥匙给主任或会计发钥匙" in person.reads_strip()
    issue(person, DIRECTOR, fresh, secret)
    assert person.reads_strip().startswith(f"{DIRECTOR}的钥匙发好了。恢复钥匙的信封开过了")
    assert person.sees("开过、用过")
    person.chooses_row("钥匙", DIRECTOR)
    person.chooses("要办的事", "换口令")
    person.types_into("旧口令", fresh)
    for name in ("新口令", "再输一遍"):
        person.types_into(name, fresh + "-2")
    person.presses("换口令")
    assert person.reads_strip() == f"{DIRECTOR}的口令换好了"
    person.opens_tab("总钥匙")
    assert person.sees("旧的两份当场撕掉")
    person.types_into("总钥匙口令", PASSPHRASE)
    person.presses("重做信封，马上打印")
    assert person.reads_strip().startswith("恢复钥匙的信封开过了，要一起重做：请把主任或会计的口令也输上")
    person.types_into("主任或会计口令", fresh + "-2")
    person.presses("重做信封，马上打印")
    person.hits(KEY.Key_Escape)
    person.opens_tab("钥匙")
    assert not person.sees("开过、用过")


def issue(person: Person, name: str, fresh: str, recovery: str) -> None:
    person.chooses_row("钥匙", name)
    person.types_into("总钥匙口令", PASSPHRASE)
    person.types_into("或恢复钥匙", recovery)
    for field in ("新口令", "再输一遍"):
        person.types_into(field, fresh)
    person.presses("发钥匙")


def test_relatives_are_registered_and_stopped(person: Person) -> None:
    opened(person, "人员与钥匙").opens_tab("近亲属")
    person.types_into("姓名或单位名称", "匠缘劳务服务部")
    person.presses("登记")
    assert "匠缘劳务服务部" in person.reads_strip()


def test_a_hand_over_is_listed_counted_printed_and_given_up_on_the_second_press(person: Person) -> None:
    opened(person, "人员与钥匙").opens_tab("岗位移交")
    person.chooses("谁的岗位", "向丽蓉")
    person.types_into("移交日期", "2026-10-20")
    person.presses("列清单")
    assert any("243.90" in cell for row in person.reads_list("移交清单") for cell in row)
    person.fills_cell("移交清单", "243.90", "实点、金额", "240.00")
    assert any("少 3.90" in cell for row in person.reads_list("移交清单") for cell in row)
    person.types_into("接收人", "牟新来")
    person.types_into("监交人", "谭德胜")
    person.presses("记下清单")
    assert "清单记下了" in person.reads_strip()
    person.chooses("要办的事", "打印三联")
    person.presses("打印")
    assert person.sees("第 1 页")
    person.hits(KEY.Key_Escape)
    person.chooses("要办的事", "放弃")
    person.presses("放弃这份清单")
    assert "再按一次就放弃" in person.reads_strip()
    person.presses("放弃这份清单")
    assert person.reads_strip() == "已放弃"


def test_the_root_s_sheet_for_the_wall_is_printed_again(person: Person) -> None:
    opened(person, "人员与钥匙").opens_tab("总钥匙")
    person.presses("打印墙上的指纹")
    assert person.sees("第 1 页")
    person.hits(KEY.Key_Escape)
    assert person.has("重做信封，马上打印")


def test_readers_a_device_gets_its_key_file(person: Person, dialogs: Dialogs, tmp_path: Path) -> None:
    opened(person, "查询钥匙")
    person.types_into("设备名称", "老秤湾村触摸屏")
    person.types_into("总钥匙口令", PASSPHRASE)
    dialogs.choose(tmp_path / "kiosk.key")
    person.presses("发查询钥匙")
    assert "查询钥匙写在" in person.reads_strip()
    assert (tmp_path / "kiosk.key").exists()
    assert any("老秤湾村触摸屏" in row for row in person.reads_list("查询设备"))


def test_villages_one_is_called_otherwise(person: Person) -> None:
    opened(person, "村")
    person.chooses_row("村", "双柿垭村")
    person.types_into("新村名", "双柿社区")
    person.types_into("从哪天起", "2026-10-20")
    person.types_into("依据", "清政函〔2026〕31号")
    person.presses("改名")
    assert "现在叫双柿社区" in person.reads_strip()


def test_agreements_one_is_signed_and_ended(person: Person) -> None:
    opened(person, "代理协议")
    for name, text in (
        ("村代码", "V01"), ("协议编号", "D-01"), ("签订日期", "2025-12-20"), ("从哪天起", "2026-01-01"),
        ("到哪天止", "2026-12-31"), ("由哪次会议同意", "村民代表会议 2025-12-10"), ("村方签字人", "田维国"),
        ("中心签字人", DIRECTOR), ("档案由谁保管", "中心"),
    ):  # fmt: skip
        person.types_into(name, text)
    person.presses("登记")
    assert person.reads_strip() == "已登记 V01 的协议 D-01"
    person.chooses_row("代理协议", "D-01")
    person.types_into("终止日期", "2026-10-20")
    person.types_into("原因", "并村")
    person.presses("终止选中的协议")
    assert person.reads_strip() == "协议 D-01 到 2026-10-20 终止"


def test_budget_the_year_s_plan_is_adopted_and_changed(person: Person) -> None:
    opened(person, "预算")
    person.types_into("科目和金额，一行一个", "50101 45880.00\n5130102 8500")
    person.types_into("谁决定的", "成员代表大会 2026-01-15")
    person.presses("通过年初预算")
    assert person.reads_strip() == "预算已通过，2 个科目"
    person.types_into("科目和金额，一行一个", "5130102 500")
    person.types_into("调整的原因", "档案盒涨价")
    person.presses("调整预算")
    assert person.reads_strip() == "预算已调整，1 个科目"


def test_approval_a_limit_is_changed_tried_and_put_in_force_on_the_second_press(person: Person) -> None:
    person.works_as(DIRECTOR)
    opened(person, "审批办法").opens_tab("限额和兼任")
    person.types_into("白条一人一天最多（元）", "400")
    person.types_into("办法名称", "白雁河镇审批办法（十月）")
    person.presses("启用")
    assert "再按一次就启用" in person.reads_strip()
    person.presses("启用")
    assert "审批办法已启用" in person.reads_strip()
    for title in ("规则", "签字步骤", "历次"):
        person.opens_tab(title)
    assert any("十月" in cell for row in person.reads_list("历次审批办法") for cell in row)
    person.presses("打印权责清单")
    assert person.sees("第 1 页")


def test_reasons_one_is_added_and_stopped(person: Person) -> None:
    opened(person, "退回原因")
    person.types_into("原因", "收款人不是合同对方")
    person.presses("加一条")
    assert "已加退回原因" in person.reads_strip()
    person.chooses_row("退回原因", "收款人不是合同对方")
    person.presses("停用选中的")
    assert person.reads_strip() == "退回原因 16 已停用"


def test_voucher_words_are_settled_and_a_template_found(person: Person) -> None:
    opened(person, "凭证")
    person.types_into("从哪年起", "2027")
    person.chooses("凭证字", "三种：收、付、转")
    person.presses("定下")
    assert any("2027" in cell for row in person.reads_list("凭证字") for cell in row)


def test_accounts_one_is_added_called_otherwise_and_stopped(person: Person) -> None:
    opened(person, "科目")
    person.types_into("筛选：科目", "50402")
    person.chooses_row("科目", "50402")
    person.types_into("增设科目：科目名称", "卖废品")
    person.presses("增设科目")
    assert person.reads_strip() == "已增设科目 5040201 卖废品"
    person.types_into("筛选：科目", "5040201")
    person.chooses_row("科目", "5040201")
    person.types_into("改名：新名称", "废旧物资")
    person.presses("改名")
    assert person.reads_strip().startswith("科目 5040201 现在叫 废旧物资")
    for name, back in (("银行账户登记", "返回（Esc）"), ("统一科目", "返回（Esc）")):
        person.presses(name)
        person.presses(back)
    assert person.has("增设科目")


def test_layouts_a_draft_is_made_kept_and_dropped(person: Person) -> None:
    opened(person, "报表格式")
    person.presses("另存为草稿")
    person.types_into("报表名称", "资产负债表（镇）")
    person.presses("保存草稿")
    assert person.reads_strip() == "已保存为第 1 版草稿"
    person.presses("作废草稿")
    assert person.reads_strip() == "作废这份草稿。再按一次就作废。"
    person.presses("作废草稿")
    assert "已作废" in person.reads_strip()


def test_policy_closing_and_sheet_are_kept_by_their_one_button(person: Person) -> None:
    opened(person, "会计政策")
    person.types_into("固定资产单位价值起点（元）", "2000")
    person.presses("保存")
    assert person.reads_strip() == "已保存，附注里从现在起这样印"
    opened(person, "结账检查")
    person.chooses("现金已盘点，账实相符", "挡住结账")
    person.presses("保存")
    assert "已保存" in person.reads_strip()
    opened(person, "公开榜")
    person.types_into("至少贴几天", "12")
    person.presses("保存")
    assert person.reads_strip() == "已保存，从下一张公开榜起用"


def test_look_and_keys_are_chosen(person: Person) -> None:
    opened(person, "键位")
    person.presses("打印键盘卡")
    assert person.sees("第 1 页")
    person.hits(KEY.Key_Escape)
    opened(person, "外观")
    person.presses("放大：150 %")
    assert person.reads_strip() == "已记下，重新打开程序以后变"


def test_paper_of_vouchers_is_chosen_and_the_test_page_looked_at(person: Person) -> None:
    opened(person, "打印")
    person.chooses("凭证的纸", "A5")
    person.presses("看测试页")
    assert person.sees("第 1 页")
    person.hits(KEY.Key_Escape)
    assert "A5" in person.reads("凭证的纸")


def test_check_says_at_the_foot_that_nothing_was_found(person: Person) -> None:
    opened(person, "自查").presses("自查")
    assert person.reads_strip() == "自查：0 处错误，0 处提示"
    person.presses("签字怎样算可疑")
    person.types_into("到几点", "6")
    person.presses("保存")
    assert "已保存，从下一次自查起用" in person.reads_strip()


def test_merger_is_looked_at_before_anything_is_written(person: Person, dialogs: Dialogs, tmp_path: Path) -> None:
    opened(person, "村").presses("合村并账、按原村列示")
    person.chooses("旧账套", "V02 石磨坪村")
    person.chooses("新账套", "V01 老秤湾村")
    person.types_into("并账日", "2026-10-01")
    person.types_into("依据", "清政函〔2026〕40号")
    person.presses("看一看")
    assert "旧账套 2026-09 还没有结账：先结到并账的前一个月" in person.reads_strip()
    person.opens_tab("按原村列示")
    assert person.reads_list("按原村列示")
    dialogs.choose(tmp_path / "former.xlsx")
    person.presses("导出")
    assert (tmp_path / "former.xlsx").exists()
    person.presses("返回设置")
    assert person.has("设置的各项")


def test_books_one_is_made_and_the_pages_of_balances_and_of_the_change_are_reached(person: Person) -> None:
    opened(person, "账套")
    person.presses("新建账套")
    assert "请填标红的几栏" in person.reads_strip()
    for name, text in (
        ("账套代码", "V09"), ("账套名称", "新村合作社"), ("村代码", "V09"), ("村名", "新村"), ("从哪月起", "2026-10"),
    ):  # fmt: skip
        person.types_into(name, text)
    person.presses("新建账套")
    assert "已新建账套 V09 新村合作社" in person.reads_strip()
    person.presses("转换制度")
    assert person.has("2004 年制度的账套")
    person.presses("返回设置")
    person.chooses_row("账套", "V09")
    person.presses("期初建账")
    assert person.has("期初余额")
    person.presses("返回设置")
