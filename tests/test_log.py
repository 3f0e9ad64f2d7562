"""No ID, bank card or telephone number reaches the log, by whatever way it comes."""

import logging
from collections.abc import Iterator
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from villagebooks.core.problem import Trouble
from villagebooks.log import FILE_BYTES, scrub, start_log

ID = "512326197003078881"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield start_log(tmp_path)
    for handler in [h for h in root.handlers if h not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_an_id_in_the_message_the_arguments_or_the_traceback_is_removed(log: Path) -> None:
    logger = logging.getLogger("villagebooks.test")
    logger.info("查询 %s 的记录", ID)
    logger.info("身份证512326197003078881，电话13812345678")
    try:
        raise ValueError(f"no person {ID}")
    except ValueError:
        logger.exception("查询失败")
    text = log.read_text(encoding="utf-8")
    assert ID not in text
    assert "13812345678" not in text
    assert "ValueError: no person 〔号码已隐去〕" in text
    assert "身份证〔号码已隐去〕，电话〔电话已隐去〕" in text


@pytest.mark.parametrize(
    "text",
    [
        "51232619700307888X",
        "51232619700307888x",
        "512326 19700307 888X",
        "512326-1970-0307-8881",
        "５１２３２６１９７００３０７８８８１",
        "512326700307888",
        "6222021234567890123",
        "13812345678",
        "138 1234 5678",
        "+86 138-1234-5678",
        "8613812345678",
    ],
)
def test_every_common_way_to_write_a_number_is_removed(text: str) -> None:
    assert scrub(f"甲{text}乙") in ("甲〔号码已隐去〕乙", "甲〔电话已隐去〕乙")


@pytest.mark.parametrize(
    "text", ["2026-09-30 12:00:00,123", "记-0012", "1,260.50 元", "科目 10201", "126050 分", "db 42 ms"]
)
def test_dates_amounts_and_accounts_stay(text: str) -> None:
    assert scrub(text) == text


@given(st.text(max_size=40), st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True), st.text(max_size=40))
def test_no_surroundings_let_an_id_through(before: str, number: str, after: str) -> None:
    assert number not in scrub(before + number + after)


def test_a_log_that_cannot_be_written_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="无法写日志"):
        start_log(tmp_path / "none")


def test_starting_twice_writes_each_line_once(log: Path) -> None:
    start_log(log.parent)
    logging.getLogger("villagebooks.test").info("一行")
    assert log.read_text(encoding="utf-8").count("一行") == 1


def fill(log: Path, lines: int) -> None:
    """So many records of 1 kB."""
    for at in range(lines):
        logging.getLogger("villagebooks.test").info("%05d %s", at, "。" * 330)


def test_a_full_log_makes_room_and_the_older_ones_are_kept(log: Path) -> None:
    fill(log, 2_500)
    names = sorted(path.name for path in log.parent.iterdir())
    assert names == ["villagebooks.log", "villagebooks.log.1", "villagebooks.log.2"]
    # logging counts the last record's characters, not its bytes, when it looks whether that still fits
    assert all(path.stat().st_size <= FILE_BYTES + 1_024 for path in log.parent.iterdir())


def test_a_log_that_cannot_be_put_aside_grows_and_loses_nothing(log: Path) -> None:
    log.with_name(log.name + ".full").mkdir()  # as on Windows, where a second window has it open
    fill(log, 2_500)
    assert sorted(path.name for path in log.parent.iterdir()) == ["villagebooks.log", "villagebooks.log.full"]
    assert log.read_text("utf-8").count("。" * 330) == 2_500
    log.with_name(log.name + ".full").rmdir()
    fill(log, 1)
    assert (log.parent / "villagebooks.log.1").exists()
