"""Where files lie, from a checkout and as a frozen program."""

import sys
from pathlib import Path

import pytest

from villagebooks.core.problem import Trouble
from villagebooks.paths import data_folder, open_catalogue, resource


def test_the_fonts_are_found_from_a_checkout() -> None:
    assert resource("fonts", "NotoSansSC-Regular.ttf").is_file()


def test_a_frozen_program_looks_where_it_was_unpacked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "resources" / "charts").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("charts") == tmp_path / "resources" / "charts"


def test_a_damaged_installation_is_named_in_one_chinese_sentence() -> None:
    with pytest.raises(Trouble, match=r"缺少“charts/none\.csv”"):
        resource("charts", "none.csv")


def test_the_data_folder_is_made_for_its_owner_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "new"))
    folder = data_folder()
    assert folder.is_dir()
    assert folder.stat().st_mode & 0o077 == 0


def test_a_data_folder_that_cannot_be_made_is_trouble(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    with pytest.raises(Trouble, match="无法建立数据文件夹"):
        data_folder()


def test_a_language_without_a_catalogue_speaks_chinese() -> None:
    assert open_catalogue("zh").gettext("记账凭证") == "记账凭证"
