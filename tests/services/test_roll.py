"""A village's roll comes in by itself: a people.csv for villages that are there, all of it or nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.conftest import Staff
from villagebooks.cli import main
from villagebooks.core.problem import Refused, Trouble
from villagebooks.services.check import check_books
from villagebooks.services.desk import Office
from villagebooks.services.person import import_roll, people, take_over_intake

HEAD = "village,household,name,sex,id_number,household_code,role,died_on\n"
ROLL = HEAD + "V01,0101,田维国,男,990123197103141596,776143500010,支书兼主任,\nV01,0102,冉启珍,女,,,,2025-11-03\n"


def roll(folder: Path, text: str = ROLL) -> Path:
    path = folder / "people.csv"
    path.write_text(text, "utf-8")
    return path


def test_the_roll_of_a_book_that_was_opened_in_the_window_comes_from_people_csv(
    office: Office, staff: Staff, tmp_path: Path
) -> None:
    assert import_roll(office, roll(tmp_path)) == 2
    assert [(one.household, one.name, one.died_on) for one in people(office, "V01")] == [
        ("0101", "田维国", ""), ("0102", "冉启珍", "2025-11-03")
    ]  # fmt: skip
    assert take_over_intake(office, staff.director) == 1
    assert import_roll(office, roll(tmp_path, HEAD + "V01,0103,向丽蓉,女,,,,\n")) == 1
    with pytest.raises(Refused, match="V01 0101 户的田维国已在名册里"):
        import_roll(office, roll(tmp_path))
    assert [one for one in check_books(office, deep=True) if one.severity == "error"] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ROLL.replace("V01,0102", "V99,0102"), "没有村 V99"),
        (ROLL.replace("1596", "1597"), "第 2 行：身份证号有一位输错了，请核对"),
        (ROLL.replace("2025-11-03", "2025-13-03"), "第 3 行：没有 2025-13-03 这一天"),
        (HEAD, "people.csv：只有表头，没有一行数据"), ("a,b\n1,2\n", "缺少列 village"),
    ],
)  # fmt: skip
def test_a_roll_with_one_wrong_row_is_refused_whole(office: Office, tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        import_roll(office, roll(tmp_path, text))
    assert people(office, "V01") == []


def test_a_roll_that_is_not_there_is_trouble(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="没有文件"):
        import_roll(office, tmp_path / "nothing.csv")


def test_the_command_line_takes_a_folder_that_holds_only_the_roll(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    books, cases = str(tmp_path / "a.vbooks"), Path(__file__).parent.parent / "cases"
    assert main(["--books", books, "new", "--township", "示例镇"]) == 0
    assert main(["--books", books, "import", str(cases / "one-village-2024")]) == 0
    capsys.readouterr()
    roll(tmp_path, ROLL.replace("V01", "V001"))
    assert main(["--books", books, "import", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "已导入 2 人\n"
    assert main(["--books", books, "import", str(tmp_path)]) == 1
