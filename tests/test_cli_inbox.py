"""`villagebooks inbox` as a script uses it: a person's turns and what is late, without a passphrase."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.inbox_township import Town, make_town
from villagebooks.cli import main


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    town = make_town(tmp_path_factory.mktemp("inbox") / "centre.vbooks", villages=2, each=2)
    town.office.books.close()
    return town


def run(town: Town, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["--books", str(town.office.books.path), "inbox", *words])
    return code, capsys.readouterr().out


def test_each_person_has_a_list_of_his_own(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = run(town, capsys, "--as", "邹启明", "--json")
    records = json.loads(text)
    assert code == 0
    assert [(one["book"], one["title"], one["step"], one["turn"]) for one in records] == [
        (book, title, "review", "mine") for book in ("V01", "V02") for title in ("记-1", "记-2")
    ]
    assert {one["uid"] for one in records} == {uid for uids in town.vouchers.values() for uid in uids}
    assert records[0]["amount"] == "137.00"
    assert run(town, capsys, "--as", "冯素芳")[1] == "没有待办的事\n"
    assert len(run(town, capsys, "--as", "冯素芳", "--all")[1].splitlines()) == 4
    assert main(["--books", str(town.office.books.path), "inbox", "--as", "邹启明", "--as", "冯素芳"]) == 1
    assert run(town, capsys, "--as", "张三")[0] == 4


def test_what_is_late_says_with_whom_it_lies_and_to_whom_it_goes(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = run(town, capsys, "--late")  # by the clock of this machine, long after September 2026
    assert code == 0
    assert all("审核：邹启明　迟 " in line and line.endswith("催到 镇里") for line in text.splitlines())
    assert len(text.splitlines()) == 4


def test_the_late_list_goes_to_the_township_on_paper(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "late.pdf"
    assert run(town, capsys, "--late", "--out", str(out)) == (0, f"{out}\n")
    words = subprocess.run(["pdftotext", "-layout", str(out), "-"], capture_output=True, text=True, check=True).stdout
    assert "逾期清单" in words
    assert "合计 4 件，2 处" in words
    assert words.count("邹启明") == 4
    assert "分管领导：" in words


def test_no_window_is_loaded_for_it(town: Town, tmp_path: Path) -> None:

    code = (
        "import sys; from villagebooks.cli import main; "
        f"main(['--books', {str(town.office.books.path)!r}, 'inbox']); print('PySide6' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert found.stdout.splitlines()[-1] == "False"


def test_a_kind_of_the_log_that_nobody_knows_is_refused_with_those_there_are(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--books", str(town.office.books.path), "journal", "--book", "office", "--kind"]
    assert main([*asked, "没有这种"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("没有叫“没有这种”的事项。有这些：")
    assert "吹哨" in said
    assert main([*asked, "发钥匙"]) == 0
    assert "发钥匙：" in capsys.readouterr().out
