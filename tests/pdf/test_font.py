"""Every character is drawn, or it is seen that it is not; what is drawn can be copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pdf.reading import loose_fonts, words_of
from villagebooks.core.problem import Trouble
from villagebooks.pdf.font import BOLD, MISSING, SANS, SERIF, font_runs, has_glyph
from villagebooks.pdf.ink import A4, open_ink

RARE = "𬱖㛃䶮"


def draw(text: str, out: Path, name: str = SANS) -> Path:
    with open_ink(out, "字", A4) as ink:
        ink.text(60, 600, text, 16, name)
        ink.turn()
    return out


@pytest.mark.parametrize("name", [SANS, BOLD, SERIF])
def test_rare_names_are_drawn_embedded_and_can_be_copied(name: str, tmp_path: Path) -> None:
    path = draw(f"王{RARE} 1 234.50", tmp_path / "name.pdf", name)
    assert f"王{RARE} 1 234.50" in words_of(path)
    assert loose_fonts(path) == []


def test_a_character_that_no_font_has_is_a_visible_mark(tmp_path: Path) -> None:
    assert list(font_runs("张\U0001f600三", SANS)) == [(SANS, "张"), (SANS, MISSING), (SANS, "三")]
    assert f"张{MISSING}三" in words_of(draw("张\U0001f600三", tmp_path / "mark.pdf"))


def test_control_characters_become_blanks() -> None:
    assert list(font_runs("买\t纸\n", SANS)) == [(SANS, "买 纸 ")]


def test_all_characters_of_the_common_sets_are_there() -> None:
    gb2312 = [bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)
              if (row, cell) < (0xD7, 0xFA) or row > 0xD7]  # fmt: skip
    assert not [run for _name, run in font_runs("".join(gb2312), SANS) if MISSING in run]
    assert all(has_glyph(SANS, char) for char in "①②③④⑤⑥⑦⑧⑨⑩＋－＝−〔〕·—…")


def test_figures_are_all_of_one_width(tmp_path: Path) -> None:
    with open_ink(tmp_path / "digits.pdf", "数", A4) as ink:
        for name in (SANS, BOLD):
            assert len({ink.width(digit, 10, name) for digit in "0123456789"}) == 1
        ink.turn()


def test_one_record_gives_one_byte_string(tmp_path: Path) -> None:
    assert draw("老秤湾村", tmp_path / "a.pdf").read_bytes() == draw("老秤湾村", tmp_path / "b.pdf").read_bytes()


def test_a_folder_that_is_not_there_is_told_in_one_sentence_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(Trouble):
        draw("字", tmp_path / "none" / "a.pdf")
    assert list(tmp_path.iterdir()) == []
