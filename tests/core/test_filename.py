"""Names of files are taken by Windows and by Linux, whatever a village, a heading or a person is called."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.book import is_book_code
from villagebooks.core.filename import LONGEST, LONGEST_BYTES, file_name, is_device

SUFFIXES = ("", ".pdf", ".xlsx", ".vbooks")
FORBIDDEN = set('<>:"/\\|?*')
# What people might really call something, beside any text at all.
NAMES = st.one_of(
    st.text(),
    st.text(alphabet='<>:"/\\|?* .　张家村-ⅠAUXconNUL1\n\t', max_size=30),
    st.sampled_from(
        ["CON", "aux", "Nul.2026", "com1", "LPT9", "con .x", "COM¹", ".", "..", "　", "a" * 300, "村" * 300]
    ),
)


@given(NAMES, st.sampled_from(SUFFIXES))
def test_every_name_is_one_that_windows_takes(stem: str, suffix: str) -> None:
    name = file_name(stem, suffix)
    assert name.endswith(suffix)
    assert name
    assert not FORBIDDEN & set(name)
    assert all(ord(sign) >= 32 for sign in name)
    assert name[-1] not in " ."
    assert name[0] != " "
    assert not is_device(name)
    assert len(name) <= LONGEST
    assert len(name.encode()) <= LONGEST_BYTES


@given(NAMES, st.sampled_from(SUFFIXES))
def test_a_file_of_every_name_can_be_made(stem: str, suffix: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / file_name(stem, suffix)
        path.write_bytes(b"x")
        assert [one.name for one in Path(folder).iterdir()] == [path.name]


@given(NAMES)
def test_a_good_name_stays_as_it_is(stem: str) -> None:
    name = file_name(stem)
    assert file_name(name) == name


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("V01-科目余额表", "V01-科目余额表.xlsx"),
        ("资产负债表／汇总", "资产负债表／汇总.xlsx"),
        ("一组:二组?", "一组-二组-.xlsx"),
        ("2026.9.", "2026.9.xlsx"),
        ("AUX", "AUX_.xlsx"),
        ("con.2026", "con_.2026.xlsx"),
        ("", "_.xlsx"),
    ],
)
def test_what_people_see_of_a_name(stem: str, name: str) -> None:
    assert file_name(stem, ".xlsx") == name


@pytest.mark.parametrize("code", ["AUX", "con", "Nul", "COM1", "lpt9"])
def test_a_book_is_not_called_like_a_device_of_windows_because_its_files_would_be(code: str) -> None:
    assert not is_book_code(code)


@pytest.mark.parametrize("code", ["V01", "AUXI", "COM", "张家村", "CON-1", "COM10"])
def test_other_codes_are_free(code: str) -> None:
    assert is_book_code(code)
