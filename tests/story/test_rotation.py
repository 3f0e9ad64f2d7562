"""The root key is changed: what is exported then opens by the same device, once its key file was renewed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.conftest import CHEAP, PASSPHRASE, Staff
from tests.services.test_query import CODES, IDS, LATER
from villagebooks.cli import main
from villagebooks.core.problem import Refused, Trouble
from villagebooks.core.voucher import Voucher
from villagebooks.formats.query import ReaderKey, read_reader_key, write_reader_key
from villagebooks.seal.key.pair import fingerprint
from villagebooks.services.ceremony import finish_rotation, prepare_rotation, renew_envelopes
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, Office
from villagebooks.services.lookup import look_up_at, open_counter, renew_reader_file
from villagebooks.services.office import centre
from villagebooks.services.query import NotVerified, export_query_file, lookup_person
from villagebooks.services.verify import verify


@pytest.fixture
def rotate(office: Office, staff: Staff) -> Callable[[], None]:
    """The next root from its envelope takes over."""
    sealed = [renew_envelopes(office, staff.root)]

    def act() -> None:
        rotation = prepare_rotation(office, sealed[-1].envelopes()["root"])
        finish_rotation(office, rotation, PASSPHRASE, rotation.fingerprint.split("-")[2], CHEAP)
        sealed.append(rotation)

    return act


def test_a_device_reads_again_after_the_root_was_changed_twice(
    desk: Desk, staff: Staff, kiosk: ReaderKey, month: Voucher, rotate: Callable[[], None], tmp_path: Path
) -> None:
    key, signers = tmp_path / "kiosk.json", [staff.director, staff.other]
    write_reader_key(key, kiosk, "查询机的口令一二三", CHEAP)
    before = export_query_file(desk, signers, tmp_path / "before", LATER)
    assert lookup_person(before, kiosk, IDS[0])
    rotate()
    rotate()
    after = export_query_file(desk, signers, tmp_path / "after", LATER)
    with pytest.raises(NotVerified, match=f"的总钥匙指纹是 {centre(desk.office).root}.*更新这把钥匙"):
        lookup_person(after, kiosk, IDS[0])
    assert lookup_person(before, kiosk, IDS[0])
    assert renew_reader_file(desk.office, key).name == "kiosk-1"
    assert key.stat().st_mode & 0o777 == 0o600
    (found,) = look_up_at(open_counter(key, "查询机的口令一二三"), after, IDS[0]).found
    assert (found.name, found.balance_fen) == ("罗显富", 186_000)
    with pytest.raises(NotVerified, match="更新这把钥匙"):
        look_up_at(open_counter(key, "查询机的口令一二三"), before, IDS[0])
    with pytest.raises(Refused, match="不用更新"):
        renew_reader_file(desk.office, key)
    assert verify(after, office=desk.office).problems == ()
    found = [one.rule for one in check_books(desk.office, deep=True) if one.severity == "error"]
    assert set(found) <= {"sheet_hash", "sheet_numbers"}  # the fixture's sheet is a stand-in


def test_the_page_s_key_is_renewed_from_the_command_line(
    desk: Desk, staff: Staff, page: ReaderKey, month: Voucher, rotate: Callable[[], None], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    key = tmp_path / "page.json"
    write_reader_key(key, page)
    rotate()
    books = str(desk.books.address or desk.books.path)
    if not desk.books.address:
        assert main(["--books", books, "query", "renew", str(key)]) == 0
        assert "page-1的钥匙文件认现在的总钥匙了" in capsys.readouterr().out
    else:
        renew_reader_file(desk.office, key)
    path = export_query_file(desk, [staff.director, staff.other], tmp_path / "out", LATER)
    assert lookup_person(path, read_reader_key(key), IDS[1], CODES[1])


def test_a_key_file_of_another_centre_a_strange_root_or_another_secret_is_left_alone(
    desk: Desk, staff: Staff, kiosk: ReaderKey, page: ReaderKey, rotate: Callable[[], None], tmp_path: Path
) -> None:
    rotate()
    key = tmp_path / "kiosk.json"
    for reader, said in (
        (replace(kiosk, key=replace(page.key, name=kiosk.name)), "不是本中心发的查询钥匙"),
        (replace(kiosk, cls=2), "不是本中心发的查询钥匙"),
        (replace(kiosk, root=fingerprint(staff.director.keys.signing.public)), "本中心从来没有用过"),
    ):
        write_reader_key(key, reader)
        raw = key.read_bytes()
        with pytest.raises(Refused, match=said):
            renew_reader_file(desk.office, key)
        assert key.read_bytes() == raw
    key.write_text("{}", "utf-8")
    with pytest.raises(Trouble, match="不是查询钥匙文件"):
        renew_reader_file(desk.office, key)
    with pytest.raises(Trouble, match="读不出查询钥匙文件"):
        renew_reader_file(desk.office, tmp_path / "none.json")
