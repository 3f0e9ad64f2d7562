"""权责清单 on paper and the policy commands: who signs what, drafts are called so, files go in and out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pdf.reading import words_of
from villagebooks.cli import main
from villagebooks.core.policy import policy_data
from villagebooks.services.desk import Office, open_office
from villagebooks.services.office import put_settings
from villagebooks.services.policy import current_policy, put_policy, ready_policy
from villagebooks.services.printout import print_policy

Run = Callable[..., tuple[int, str, str]]


def plain(path: Path) -> str:
    return "".join(words_of(path).split())


def test_the_notice_says_who_signs_what_is_forbidden_and_where_to_ask(office: Office, tmp_path: Path) -> None:
    put_policy(office, ready_policy("baiyanhe"))
    put_settings(office, {"disclosure": {"ask": ["镇会计核算中心 电话 0000-1234567"]}})
    said = plain(print_policy(office, tmp_path / "notice.pdf"))
    for words in (
        "村级财务权责清单", "白雁河镇审批办法", "第1版", "2,000.01—5,000.00", "两委会(过半+记录)", "监委会(2/3+章)",
        "200,000.01以上", "记账凭证依次由制单→复核→出纳→审核签", "提取备用金：制单→出纳→审核", "不许列支：烟酒、礼品",
        "单笔超过1,000.00元的从银行付", "都不收费", "经手人和证明人", "可以问：镇会计核算中心电话0000-1234567",
        "村里不用签，由中心签",
    ):  # fmt: skip
        assert words in said


def test_a_draft_says_that_it_is_not_in_force(office: Office, tmp_path: Path) -> None:
    said = plain(print_policy(office, tmp_path / "draft.pdf", ready_policy("small-village")))
    assert "草稿，还没有启用" in said
    assert "1,000.00以内" in said


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    books = tmp_path / "town.vbooks"
    assert main(["--books", str(books), "new", "--township", "白雁河镇"]) == 0
    capsys.readouterr()

    def act(*words: str | Path) -> tuple[int, str, str]:
        code = main(["--books", str(books), "policy", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return act


def test_a_policy_goes_out_as_a_file_is_checked_and_put_in_force(run: Run, tmp_path: Path) -> None:
    code, out, _err = run("show")
    assert (code, json.loads(out)) == (0, policy_data(ready_policy("default")))
    data = policy_data(ready_policy("baiyanhe"))
    path = tmp_path / "own.json"
    path.write_text(json.dumps({**data, "centre": []}), encoding="utf-8")
    assert run("check", path)[0] == 1
    assert run("use", path)[0] == 1
    path.write_text(json.dumps(data), encoding="utf-8")
    assert run("check", path) == (0, "", "")
    assert run("use", path)[:2] == (0, "第 1 版审批办法已启用：白雁河镇审批办法\n")
    assert current_policy(open_office(tmp_path / "town.vbooks")).policy == ready_policy("baiyanhe")
    code, out, _err = run("print", "--out", tmp_path / "notice.pdf")
    assert code == 0
    assert "村级财务权责清单" in plain(tmp_path / "notice.pdf")
    assert run("show", "--version", "7")[0] == 4


def test_what_is_no_policy_is_told_in_words(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_text("[", encoding="utf-8")
    assert run("check", path)[::2] == (1, "own.json：不是 JSON 文件\n")
    path.write_text('{"v": 1, "colour": 2}', encoding="utf-8")
    assert "应是一个列表" in run("check", path)[2]
    assert run("check", tmp_path / "none.json")[0] == 3
