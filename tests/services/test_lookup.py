"""Keys that open query files: enrolled under the root key, written in clear or in a box, taken from people again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.conftest import CHEAP, PASSPHRASE, Staff
from villagebooks.core.problem import Refused, Trouble
from villagebooks.services.check import check_books
from villagebooks.services.desk import Office
from villagebooks.services.key import issue_key, key_boxes, key_holders, revoke_key
from villagebooks.services.lookup import Reader, list_readers, make_reader_file, open_counter
from villagebooks.services.query import open_reader


def test_a_reader_in_clear_and_one_with_a_passphrase_open_as_they_were_made(
    office: Office, staff: Staff, tmp_path: Path
) -> None:
    clear = make_reader_file(office, PASSPHRASE, 1, "老秤湾村查询机", tmp_path / "clear.key")
    boxed = make_reader_file(office, PASSPHRASE, 2, "公开网页", tmp_path / "boxed.key", "柜台早上输的口令十个字", CHEAP)
    assert open_reader(clear).name == "老秤湾村查询机"
    assert open_reader(boxed, lambda: "柜台早上输的口令十个字").cls == 2
    with pytest.raises(Refused, match="查询钥匙的口令不对"):
        open_reader(boxed, lambda: "不是这个口令也有十个字")
    assert clear.stat().st_mode & 0o777 == 0o600
    assert list_readers(office) == [Reader("老秤湾村查询机", 1), Reader("公开网页", 2)]
    assert [one for one in check_books(office, deep=True) if one.severity == "error"] == []


def test_a_key_stays_open_at_the_counter_until_its_file_or_the_passphrase_is_another(
    office: Office, staff: Staff, tmp_path: Path
) -> None:
    words = "柜台早上输的口令十个字"
    path = make_reader_file(office, PASSPHRASE, 1, "柜台", tmp_path / "counter.key", words, CHEAP)
    first = open_counter(path, words)
    assert open_counter(path, words, first) is first
    with pytest.raises(Refused, match="查询钥匙的口令不对"):
        open_counter(path, "不是这个口令也有十个字", first)
    other = make_reader_file(office, PASSPHRASE, 1, "村部", tmp_path / "other.key", words, CHEAP)
    other.replace(path)
    assert open_counter(path, words, first).key.name == "村部"
    path.unlink()
    with pytest.raises(Trouble):
        open_counter(path, words, first)
    assert words not in repr(first)


@pytest.mark.parametrize(
    ("root", "name", "passphrase", "sentence"),
    [
        ("不是总钥匙的口令十个字", "查询机", "", "总钥匙的口令不对"),
        (PASSPHRASE, "", "", "请写设备名称"),
        (PASSPHRASE, "查 询 机", "", "请写设备名称"),
        (PASSPHRASE, "查询机", "太短", "口令至少要 10 个字"),
        (PASSPHRASE, "柜台", "", "已经有叫“柜台”的查询设备"),
    ],
)
def test_a_reader_that_is_refused_leaves_no_file_and_no_entry(
    office: Office, staff: Staff, tmp_path: Path, root: str, name: str, passphrase: str, sentence: str
) -> None:
    make_reader_file(office, PASSPHRASE, 1, "柜台", tmp_path / "counter.key")
    with pytest.raises(Refused, match=sentence):
        make_reader_file(office, root, 1, name, tmp_path / "reader.key", passphrase)
    assert not (tmp_path / "reader.key").exists()
    assert list_readers(office) == [Reader("柜台", 1)]


def test_a_file_that_is_there_or_cannot_be_written_enrols_nobody(office: Office, staff: Staff, tmp_path: Path) -> None:
    kept = make_reader_file(office, PASSPHRASE, 1, "柜台", tmp_path / "counter.key").read_bytes()
    with pytest.raises(Refused, match=r"已有文件 counter.key"):
        make_reader_file(office, PASSPHRASE, 1, "查询机", tmp_path / "counter.key")
    with pytest.raises(Trouble):
        make_reader_file(office, PASSPHRASE, 1, "查询机", tmp_path / "nowhere" / "reader.key")
    assert (tmp_path / "counter.key").read_bytes() == kept
    assert list_readers(office) == [Reader("柜台", 1)]


def test_before_the_root_key_there_are_no_readers_and_no_keys(office: Office) -> None:
    assert list_readers(office) == []
    assert key_boxes(office) == {}


def test_who_lost_the_key_is_no_holder_until_there_is_a_new_one(office: Office, staff: Staff) -> None:
    revoke_key(office, staff.root, "冯素芳")
    assert "冯素芳" not in key_holders(office)
    assert key_boxes(office)["冯素芳"] is False
    issue_key(office, staff.root, "冯素芳", PASSPHRASE, staff.director.office_key, CHEAP)
    assert key_boxes(office)["冯素芳"] is True
    assert set(key_holders(office)) == {"邹启明", "冯素芳", "谭永川", "龙小梅"}
