"""The close command as scripts use it: what blocks on stderr with exit 1, hints on stdout, one signer."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.services.conftest import CHEAP, PASSPHRASE
from villagebooks.cli import main
from villagebooks.core.approval import AGENT, DIRECTOR
from villagebooks.services.desk import open_office
from villagebooks.services.key import hold_root_ceremony, issue_key
from villagebooks.services.office import appoint

CASES = Path(__file__).parent / "cases"


@pytest.fixture
def books(tmp_path: Path) -> Path:
    path = tmp_path / "case.vbooks"
    assert main(["--books", str(path), "new", "--township", "白雁河镇"]) == 0
    assert main(["--books", str(path), "import", str(CASES / "baiyanhe/three_tables")]) == 0
    office = open_office(path)
    for name, duty in {"邹启明": DIRECTOR, "冯素芳": AGENT, "谷丹": "archivist"}.items():
        appoint(office, name, duty, "2020-01-01")
    root = hold_root_ceremony(office, PASSPHRASE, CHEAP)
    first = issue_key(office, root, "邹启明", PASSPHRASE, cost=CHEAP)
    for name in ("冯素芳", "谷丹"):
        issue_key(office, root, name, PASSPHRASE, first.office_key, CHEAP)
    office.books.close()
    return path


def close(books: Path, book: str, person: str = "", *more: str, period: str = "2026-09") -> int:
    words = ["--books", str(books), "close", "--book", book, "--period", period, *more]
    if not person:
        return main(words)
    source, sink = os.pipe()
    os.write(sink, f"{PASSPHRASE}\n".encode())
    os.close(sink)
    return main([*words, "--as", person, "--passphrase-fd", str(source)])


def test_the_check_lists_what_is_left_open_and_nothing_blocks(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert close(books, "all", "", "--check") == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    lines = [line for line in shown.out.splitlines() if "没有对账" not in line and "现金还没有" not in line]
    assert [line.split()[0] for line in lines] == ["提示：V02", "提示：V04", "提示：V05"]
    assert "提示：V01 2026-09 10201 基本户：还没有到 9月30日 的对账单，没有对账。导入对账单" in shown.out
    assert "提示：V01 2026-09 101 库存现金：现金还没有盘点。" in shown.out
    assert "生产成本还留着 14,400.00 元" in shown.out


def test_closing_needs_one_person_with_the_duty(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert close(books, "V01") == 1
    assert close(books, "V01", "谷丹") == 1
    assert "用 --as 指明代理会计" in (shown := capsys.readouterr().err)
    assert "V01 谷丹没有结账的职责" in shown
    assert close(books, "V01", "冯素芳") == 0
    assert "V01 2026-09 已结账" in capsys.readouterr().out
    assert close(books, "V01", "冯素芳") == 1
    assert "V01 2026-09 已经结过账" in capsys.readouterr().err


def test_all_books_close_and_those_closed_before_are_left(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert close(books, "V03", "冯素芳") == 0
    capsys.readouterr()
    assert close(books, "all", "邹启明") == 0
    closed = [line for line in capsys.readouterr().out.splitlines() if "已结账" in line]
    assert closed == [f"{code} 2026-09 已结账" for code in ("V01", "V02", "V04", "V05", "V05W")]
    assert main(["--books", str(books), "check", "--deep"]) == 0


def test_a_book_or_month_that_is_not_there(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert close(books, "V09", "", "--check") == 4
    assert close(books, "V01", "", "--check", period="2025-12") == 1
    assert (
        capsys.readouterr().err
        == "没有账套 V09；有的是 V01、V02、V03、V04、V05、V05W\n账从 2026-01 开始，2025-12 没有账可结\n"
    )
    with pytest.raises(SystemExit) as stopped:
        close(books, "V01", period="2026-13")
    assert stopped.value.code == 2
