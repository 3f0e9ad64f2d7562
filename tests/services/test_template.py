"""Own templates: made of any voucher, renamed, deleted, the township's, and every change journalled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.chain import journal_page
from tests.services.conftest import simple_draft
from villagebooks.core.problem import Refused, Trouble
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk
from villagebooks.services.template import (
    drop_template,
    keep_template,
    list_templates,
    rename_template,
    supplied_templates,
)
from villagebooks.services.voucher import save_voucher


def test_a_template_made_of_a_voucher_is_the_townships(desk: Desk) -> None:
    saved = save_voucher(desk, simple_draft())
    made = keep_template(desk, saved.uid, " 买办公用品 ")
    first = list_templates(desk.office, "2023")[0]
    assert (first.name, first.own, first.made_by, first.key) == ("买办公用品", True, "冯素芳", made.uid)
    assert [(one.account, one.name, one.side, one.summary) for one in first.lines] == [
        ("51302", "办公费", "D", "买打印纸"), ("101", "库存现金", "C", "买打印纸")
    ]  # fmt: skip
    assert all(one.standard == "2004" for one in list_templates(desk.office, "2004"))
    assert check_books(desk.office, deep=True) == []


def test_it_is_renamed_deleted_and_every_step_is_journalled(desk: Desk) -> None:
    made = keep_template(desk, save_voucher(desk, simple_draft()).uid, "买纸")
    with pytest.raises(Refused, match="已有叫“提取备用金”的模板"):
        rename_template(desk.office, made.uid, "提取备用金")
    assert rename_template(desk.office, made.uid, "买纸").name == "买纸"
    rename_template(desk.office, made.uid, "买打印纸")
    drop_template(desk.office, made.uid)
    assert not any(one.own for one in list_templates(desk.office))
    with pytest.raises(Refused, match="已经删除"):
        drop_template(desk.office, made.uid)
    with pytest.raises(Refused, match="程序自带的模板不能改"):
        rename_template(desk.office, "draw_cash", "取钱")
    assert [one.ref for one in journal_page(desk.office)].count(f"template:{made.uid}") == 4
    assert check_books(desk.office, deep=True) == []
    assert keep_template(desk, save_voucher(desk, simple_draft()).uid, "买打印纸").name == "买打印纸"


def test_a_name_that_is_taken_is_refused(desk: Desk) -> None:
    saved = save_voucher(desk, simple_draft())
    with pytest.raises(Refused, match="已有叫“付办公费”的模板"):
        keep_template(desk, saved.uid, "付办公费")
    with pytest.raises(Refused, match="请写模板名称"):
        keep_template(desk, saved.uid, "  ")


def test_a_file_that_somebody_spoiled_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "usual.csv").write_text("key,standard,name,side,account\na,2023,甲,D,999\n", "utf-8")
    with pytest.raises(Trouble, match=r"模板文件 usual\.csv 有错：2023 a 甲：要有借方和贷方"):
        supplied_templates(tmp_path / "usual.csv")
