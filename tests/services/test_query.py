from __future__ import annotations

import io
import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image as Picture

from tests.services.conftest import PASSPHRASE
from villagebooks.cli import main
from villagebooks.core.disclosure import PutUp
from villagebooks.core.history import HistoryPerson
from villagebooks.core.paper import Document
from villagebooks.core.person import id_check_digit
from villagebooks.core.problem import Refused, Trouble
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.db import book as book_rows
from villagebooks.db import disclosure, journal
from villagebooks.db import query as query_rows
from villagebooks.formats.query import ReaderKey, write_reader_key
from villagebooks.formats.table import Faults
from villagebooks.seal.code import make_household_code
from villagebooks.seal.disclosure import Anchor, anchor_code, anchor_hash, sign_anchor
from villagebooks.seal.key import directory_hash
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, Office, acting, acting_office
from villagebooks.services.key import newest_directory_note
from villagebooks.services.lookup import look_up_at, make_reader_file, open_counter
from villagebooks.services.office import put_settings
from villagebooks.services.paper import attach_image, draft_voucher, save_paper
from villagebooks.services.person import enter_people
from villagebooks.services.query import NotVerified, export_query_file, lookup_person, make_reader
from villagebooks.services.verify import verify

from .conftest import Staff, line, simple_paper

LATER = date(2026, 10, 25)
NAMES = ("罗显富", "田维国", "张三", "张三", "李故人")
IDS = [f"99012319700101{number:03d}" for number in range(len(NAMES))]
IDS = [first + id_check_digit(first) for first in IDS]
CODES = [make_household_code(random.Random(number).randbytes) for number in range(len(NAMES))]
PHONE = "13912345678"


@pytest.fixture
def roll(office: Office) -> None:
    people = [
        HistoryPerson(
            "V01", f"{number:04d}", name, "男", IDS[number], CODES[number], "", "2026-01-05" if number == 4 else ""
        )
        for number, name in enumerate(NAMES)
    ]
    faults = Faults()
    with acting_office(office) as act:
        assert enter_people(act, people, [], faults) == len(people)
    put_settings(office, {"query_cost": [1, 8, 1]})


def photo() -> bytes:
    out = io.BytesIO()
    exif = Picture.Exif()
    exif[0x010F] = "CAMERA-MAKER"
    Picture.new("RGB", (2400, 1800), (90, 80, 70)).save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def month(desk: Desk, staff: Staff, roll: None, sign_and_post: Callable[[Draft], Voucher]) -> Voucher:
    """September: a paper with one checked and one unchecked picture, 罗显富 owes 1,860; then the sheet."""
    checked, unchecked = attach_image(desk, photo(), checked=True), attach_image(desk, photo() + b"x")
    document = Document("数电票", "26990000000000012345", "2026-09-09", 74_260, 1, (checked, unchecked))
    paper = save_paper(desk, replace(simple_paper(), documents=(document,)))
    paper = attest_paper(desk, paper.uid, staff.agent, "ab" * 32)
    accept_paper(desk, paper.uid)
    draft = draft_voucher(desk, [paper.uid])
    voucher = sign_and_post(
        replace(draft, lines=(line("51302", 74_260, summary=f"买纸 {PHONE}"), line("101", credit=74_260)))
    )
    sign_and_post(
        Draft(
            date(2026, 9, 11), (line("113", 186_000, party="罗显富"), line("101", credit=186_000)), attachment_count=1
        )
    )
    put_up(desk, staff)
    return voucher


def put_up(desk: Desk, staff: Staff, seq: int = 1, previous: str = "") -> None:
    with acting(desk) as act:
        row_id = book_rows.book_id(act.connection, desk.book.code)
        head = journal.head(act.connection, row_id)[1]
        centre = book_rows.centre(act.connection).name
        anchor = Anchor(centre, "V01", seq, "2026-09", head.seq, head.head, "cd" * 32, previous)
        raw = sign_anchor(anchor, [staff.director.keys.signing])
        code = anchor_code(raw)
        row = PutUp(
            f"sheet-{seq}", seq, desk.period, b'{"v":1}', raw, anchor_hash(raw), code, "", "2026-10-10", "2026-10-20"
        )
        disclosure.add(act.connection, row_id, row)
        act.record("put_up", f"disclosure:sheet-{seq}")


@pytest.fixture
def kiosk(office: Office, staff: Staff) -> ReaderKey:
    return make_reader(office, staff.root, 1, "kiosk-1")


@pytest.fixture
def page(office: Office, staff: Staff) -> ReaderKey:
    return make_reader(office, staff.root, 2, "page-1")


def test_a_villager_finds_the_own_part_and_the_month_in_an_exported_file(
    desk: Desk, staff: Staff, kiosk: ReaderKey, page: ReaderKey, month: Voucher, tmp_path: Path
) -> None:
    path = export_query_file(desk, [staff.director, staff.other], tmp_path / "out", LATER)
    assert path.name == "V01-1.vbq"
    found = lookup_person(path, kiosk, IDS[0])
    assert found
    assert (found.name, found.village, found.balance_fen) == ("罗显富", "老秤湾村", 186_000)
    assert [(item.kind, item.debit_fen) for item in found.items] == [("current", 186_000)]
    assert [voucher.title for voucher in found.database.vouchers(desk.period)] == ["记-1", "记-2"]
    assert len(found.database.statements()) == 2
    assert found.database.sheets()[0].record == '{"v":1}'
    assert lookup_person(path, page, IDS[1], CODES[1])
    assert lookup_person(path, page, IDS[1], CODES[0]) is None
    assert lookup_person(path, kiosk, IDS[4]) is None


def test_only_pictures_that_were_checked_go_out_and_without_camera_data(
    desk: Desk, staff: Staff, kiosk: ReaderKey, month: Voucher, tmp_path: Path
) -> None:
    found = lookup_person(export_query_file(desk, [staff.director, staff.other], tmp_path, LATER), kiosk, IDS[0])
    assert found
    images = found.database.images(month.uid)
    assert [image.title for image in images] == ["数电票"]
    raw = found.image(images[0].name)
    assert b"CAMERA-MAKER" not in raw
    with Picture.open(io.BytesIO(raw)) as picture:
        assert max(picture.size) == 1600


def test_namesakes_see_nothing_of_each_other(
    desk: Desk, staff: Staff, kiosk: ReaderKey, roll: None, sign_and_post: Callable[[Draft], Voucher], tmp_path: Path
) -> None:
    sign_and_post(
        Draft(date(2026, 9, 11), (line("113", 900, party="张三"), line("101", credit=900)), attachment_count=1)
    )
    put_up(desk, staff)
    path = export_query_file(desk, [staff.director, staff.other], tmp_path, LATER)
    for number in (2, 3):
        found = lookup_person(path, kiosk, IDS[number])
        assert found
        assert (found.household, found.items, found.balance_fen) == (f"{number:04d}", (), 0)


def test_no_number_of_anybody_leaves_the_office(
    desk: Desk, staff: Staff, kiosk: ReaderKey, page: ReaderKey, month: Voucher, tmp_path: Path
) -> None:
    path = export_query_file(desk, [staff.director, staff.other], tmp_path, LATER)
    found = lookup_person(path, kiosk, IDS[0])
    assert found
    raw = path.read_bytes() + found.database.connection.serialize()
    for text in (*IDS, *CODES, PHONE):
        assert text.encode() not in raw
    assert {one.name for one in tmp_path.iterdir() if one.suffix == ".vbq"} == {path.name}
    assert not [one for one in tmp_path.iterdir() if one.suffix == ".part"]


def test_a_second_export_takes_the_next_number_and_the_cached_results(
    desk: Desk, staff: Staff, kiosk: ReaderKey, month: Voucher, tmp_path: Path
) -> None:
    signers = [staff.director, staff.other]
    export_query_file(desk, signers, tmp_path, LATER)
    with desk.books.read() as connection:
        before = query_rows.cached(connection, "V01")
    assert len(before) == 4
    second = export_query_file(desk, signers, tmp_path, LATER)
    with desk.books.read() as connection:
        assert query_rows.cached(connection, "V01") == before
    assert second.name == "V01-2.vbq"
    assert lookup_person(second, kiosk, IDS[0], lowest_seq=2)
    with pytest.raises(NotVerified, match="旧"):
        lookup_person(tmp_path / "V01-1.vbq", kiosk, IDS[0], lowest_seq=2)


def test_a_folder_of_query_files_is_looked_up_in_at_once_the_newest_of_each_book(
    desk: Desk, staff: Staff, kiosk: ReaderKey, month: Voucher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = make_reader_file(desk.office, PASSPHRASE, 1, "柜台", tmp_path / "counter.key")
    folder = tmp_path / "files"
    folder.mkdir()
    with pytest.raises(Trouble, match="文件夹 files 里没有查询文件"):
        look_up_at(open_counter(key), folder, IDS[0])
    for _turn in range(2):
        newest = export_query_file(desk, [staff.director, staff.other], folder, LATER)
    (folder / "断.vbq").write_bytes(newest.read_bytes()[:-9])
    answers = look_up_at(open_counter(key), folder, IDS[0])
    assert [(one.name, one.balance_fen) for one in answers.found] == [("罗显富", 186_000)]
    assert len(answers.passed) == 1
    assert answers.passed[0].startswith("断.vbq：")
    assert look_up_at(open_counter(key), folder, IDS[4]).found == ()
    with pytest.raises(Refused, match="输错"):
        look_up_at(open_counter(key), folder, IDS[0][:-1] + ("1" if IDS[0][-1] != "1" else "2"))
    late = make_reader_file(desk.office, PASSPHRASE, 1, "后来的", tmp_path / "late.key")
    with pytest.raises(Trouble, match="没有登记在这个文件里"):
        look_up_at(open_counter(late), folder, IDS[0])
    assert main(["query", "lookup", str(folder), "--reader", str(key), "--id", IDS[0], "--json"]) == 0
    out, err = capsys.readouterr()
    assert [(one["book"], one["balance"]) for one in json.loads(out)] == [("V01", "1860.00")]
    assert err.startswith("断.vbq：")
    assert main(["query", "lookup", str(folder), "--reader", str(key), "--id", IDS[4]]) == 4
    assert main(["query", "lookup", str(newest), "--reader", str(key), "--id", IDS[0]]) == 0
    assert "老秤湾村 0000 户 罗显富，数据截至" in capsys.readouterr().out


def test_an_export_that_is_stopped_keeps_what_is_done(
    desk: Desk, staff: Staff, kiosk: ReaderKey, month: Voucher, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="停下"):
        export_query_file(desk, [staff.director, staff.other], tmp_path, LATER, lambda done, _all: done < 2)
    with desk.books.read() as connection:
        assert len(query_rows.cached(connection, "V01")) == 2
    assert not list(tmp_path.glob("*.vbq"))
    seen: list[tuple[int, int]] = []
    export_query_file(
        desk, [staff.director, staff.other], tmp_path, LATER, lambda done, of: not seen.append((done, of))
    )
    assert seen[-1] == (5, 5)  # four people and the picture that was checked


def test_small_pictures_are_kept_sealed_and_one_that_somebody_changed_is_made_again(
    desk: Desk, staff: Staff, kiosk: ReaderKey, month: Voucher, tmp_path: Path
) -> None:
    def shown() -> bytes:
        path = export_query_file(desk, [staff.director, staff.other], tmp_path / "out", LATER)
        found = lookup_person(path, kiosk, IDS[0])
        assert found
        return found.image(found.database.images(month.uid)[0].name)

    first = shown()
    (kept,) = [path for path in (desk.books.files / "small").glob("*/*") if path.is_file()]
    sealed, original = kept.read_bytes(), desk.books.files / kept.parent.name / kept.name
    assert first not in sealed
    away = original.rename(tmp_path / "away")
    assert shown() == first  # the kept one is as good as the original, which is bound to it
    for forged in (first, sealed[:-1] + bytes([sealed[-1] ^ 1]), b""):
        kept.write_bytes(forged)
        with pytest.raises(Trouble, match="不见了"):
            shown()
        away.rename(original)
        assert shown() == first
        away = original.rename(tmp_path / "away")


def test_a_photo_that_is_gone_stops_the_export_and_loses_nothing_that_was_stretched(
    desk: Desk, staff: Staff, kiosk: ReaderKey, month: Voucher, tmp_path: Path
) -> None:
    for path in desk.books.files.glob("*/*"):
        path.unlink()
    with pytest.raises(Trouble, match="不见了"):
        export_query_file(desk, [staff.director, staff.other], tmp_path, LATER)
    with desk.books.read() as connection:
        assert len(query_rows.cached(connection, "V01")) == 2


def test_nothing_is_exported_before_a_sheet_has_stood_its_days(
    desk: Desk, staff: Staff, kiosk: ReaderKey, month: Voucher, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="2026-10-20"):
        export_query_file(desk, [staff.director, staff.other], tmp_path, date(2026, 10, 19))
    with desk.books.read() as connection:
        assert query_rows.cached(connection, "V01") == {}  # nobody waits for minutes to be refused
    export_query_file(desk, [staff.director, staff.other], tmp_path, date(2026, 10, 20))


def test_one_signer_a_cashier_or_no_director_is_refused(
    desk: Desk, staff: Staff, kiosk: ReaderKey, month: Voucher, tmp_path: Path
) -> None:
    for signers in (
        [staff.director],
        [staff.director, staff.director],
        [staff.agent, staff.other],
        [staff.director, staff.cashier],
    ):
        with pytest.raises(Refused):
            export_query_file(desk, signers, tmp_path, LATER)


def test_verify_knows_the_open_books_a_fingerprint_and_a_key_file(
    desk: Desk, staff: Staff, kiosk: ReaderKey, month: Voucher, tmp_path: Path
) -> None:
    path = export_query_file(desk, [staff.director, staff.other], tmp_path, LATER)
    report = verify(path, office=desk.office)
    assert (report.problems, report.rooted) == ((), True)
    assert verify(path, kiosk.root).rooted
    assert not verify(path).rooted
    with desk.books.read() as connection:
        note = newest_directory_note(connection)
    (tmp_path / "keys").write_bytes(note)
    assert verify(path, keys=tmp_path / "keys").rooted
    assert len(directory_hash(note)) == 64
    path.write_bytes(path.read_bytes()[:-700])
    assert "拷贝不完整" in verify(path, office=desk.office).problems[0]
    with pytest.raises(NotVerified, match="拷贝不完整"):
        lookup_person(path, kiosk, IDS[0])


def test_a_reader_not_enrolled_is_told_so(
    desk: Desk, staff: Staff, kiosk: ReaderKey, month: Voucher, tmp_path: Path
) -> None:
    path = export_query_file(desk, [staff.director, staff.other], tmp_path, LATER)
    late = make_reader(desk.office, staff.root, 1, "kiosk-2")
    with pytest.raises(Trouble, match="没有登记"):
        lookup_person(path, late, IDS[0])
    with pytest.raises(Refused):
        make_reader(desk.office, staff.root, 1, "kiosk-1")
    write_reader_key(tmp_path / "kiosk-2.json", late)


def test_the_books_still_check_after_an_export(
    desk: Desk, staff: Staff, kiosk: ReaderKey, month: Voucher, tmp_path: Path
) -> None:
    export_query_file(desk, [staff.director, staff.other], tmp_path, LATER)
    # the sheet of these tests is a stand-in of six bytes, which the self-check rightly takes for a forged one
    found = [
        one for one in check_books(desk.office, deep=True) if one.severity == "error" and one.table != "disclosure"
    ]
    assert found == []
