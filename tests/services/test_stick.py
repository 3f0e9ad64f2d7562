"""Keys on a stick, another passphrase, why a key was revoked, what the directory says, how long keys stay open."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.services.conftest import CHEAP, PASSPHRASE, Staff, simple_draft
from villagebooks.core.key import is_idle
from villagebooks.core.problem import Refused
from villagebooks.db import journal, schema
from villagebooks.services import stick as stick_files
from villagebooks.services.approval import approve_voucher
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, Office
from villagebooks.services.directory import idle_minutes, key_directory, set_idle_minutes
from villagebooks.services.key import (
    ROOT,
    box_of,
    change_passphrase,
    issue_key,
    move_key_to_books,
    move_key_to_stick,
    revoke_key,
    unlock,
)
from villagebooks.services.voucher import save_voucher

FRESH = "换了一句新的口令好记"


@pytest.fixture
def plugged(tmp_path: Path) -> Path:
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


def test_a_key_moves_to_a_stick_signs_from_there_and_comes_back(desk: Desk, staff: Staff, plugged: Path) -> None:
    office = desk.office
    staff_box = box_of(office.books, "冯素芳").box
    path = move_key_to_stick(office, "冯素芳", PASSPHRASE, plugged)
    assert path.read_bytes() == staff_box
    assert path.name == "冯素芳.vbkey"
    with pytest.raises(Refused, match="已经在U盘上"):
        move_key_to_stick(office, "冯素芳", PASSPHRASE, plugged)
    with office.books.read() as connection:
        assert staff_box not in connection.execute(select(schema.key_box.c.box)).scalars().all()
        kept = journal.states_of(connection, f"key_box:{staff.agent.keys.name}")
    assert [one.content for one in kept] == [None, None]
    view = key_directory(office)
    assert view
    assert {one.person: one.place for one in view.rows}["冯素芳"] == str(plugged)
    approve_voucher(desk, save_voucher(desk, simple_draft()).uid, unlock(office.books, "冯素芳", PASSPHRASE))
    away = plugged.rename(plugged.with_name("拔走了"))
    with pytest.raises(Refused, match=r"请插入冯素芳的U盘：钥匙文件“冯素芳\.vbkey”上次在"):
        unlock(office.books, "冯素芳", PASSPHRASE)
    assert unlock(office.books, "冯素芳", PASSPHRASE, away).person == "冯素芳"
    change_passphrase(office, "冯素芳", PASSPHRASE, FRESH, away, CHEAP)
    with pytest.raises(Refused, match="口令不对"):
        unlock(office.books, "冯素芳", PASSPHRASE, away)
    assert move_key_to_books(office, "冯素芳", FRESH, away)
    assert list(away.iterdir()) == []
    assert unlock(office.books, "冯素芳", FRESH).office_key == staff.agent.office_key
    assert [one for one in check_books(office, deep=True) if one.severity == "error"] == []


def test_another_or_an_old_key_on_the_stick_is_refused(office: Office, staff: Staff, plugged: Path) -> None:
    path = move_key_to_stick(office, "冯素芳", PASSPHRASE, plugged)
    other = move_key_to_stick(office, "谭永川", PASSPHRASE, plugged)
    old = path.read_bytes()
    shutil.copyfile(other, path)
    with pytest.raises(Refused, match="这不是冯素芳现在用的钥匙"):
        unlock(office.books, "冯素芳", PASSPHRASE)
    path.write_bytes(b"nothing")
    with pytest.raises(Refused, match="钥匙文件读不出来"):
        unlock(office.books, "冯素芳", PASSPHRASE)
    issue_key(office, staff.root, "冯素芳", PASSPHRASE, staff.director.office_key, CHEAP)
    assert unlock(office.books, "冯素芳", PASSPHRASE).person == "冯素芳"
    path.write_bytes(old)
    with pytest.raises(Refused, match="就在账套里"):
        move_key_to_books(office, "冯素芳", PASSPHRASE, plugged)


def test_a_stick_is_found_again_under_another_letter(
    office: Office, staff: Staff, plugged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move_key_to_stick(office, "邹启明", PASSPHRASE, plugged)
    elsewhere = plugged.parent / "media" / "root" / "KINGSTON"
    elsewhere.parent.mkdir(parents=True)
    plugged.rename(elsewhere)
    monkeypatch.setattr(stick_files, "_roots", lambda: iter([elsewhere]))
    assert unlock(office.books, "邹启明", PASSPHRASE).office_key == staff.director.office_key


def test_a_passphrase_is_changed_only_by_who_knows_the_old_one(office: Office, staff: Staff) -> None:
    for old, new, sentence in (
        ("不是这一句口令啊", FRESH, "口令不对"),
        (PASSPHRASE, "太短", "至少要 10 个字"),
        (PASSPHRASE, PASSPHRASE, "一样"),
    ):
        with pytest.raises(Refused, match=sentence):
            change_passphrase(office, "龙小梅", old, new, cost=CHEAP)
    change_passphrase(office, "龙小梅", PASSPHRASE, FRESH + "再长些", cost=CHEAP)
    assert unlock(office.books, "龙小梅", FRESH + "再长些").keys == staff.cashier.keys
    change_passphrase(office, ROOT, PASSPHRASE, FRESH + "总", cost=CHEAP)
    assert unlock(office.books, ROOT, FRESH + "总").keys.signing == staff.root


def test_the_directory_tells_why_and_when_a_key_ended_and_which_one_signs(office: Office, staff: Staff) -> None:
    revoke_key(office, staff.root, "谭永川", "U盘丢了")
    issue_key(office, staff.root, "谭永川", PASSPHRASE, staff.director.office_key, CHEAP)
    view = key_directory(office)
    assert view
    mine = [one for one in view.rows if one.person == "谭永川"]
    assert [(one.signs, one.reason) for one in mine] == [(True, ""), (False, "U盘丢了")]
    assert (mine[1].revoked_day, mine[1].since_day) == ("2026-09-02", "2026-09-02")
    assert mine[0].since > mine[1].revoked_at > mine[1].since
    assert (view.version, len(view.digest), view.has_next) == (7, 64, False)
    assert len({one.print for one in view.rows}) == 5


def test_keys_are_locked_after_ten_minutes_at_the_latest(office: Office) -> None:
    assert idle_minutes(office) == 10
    set_idle_minutes(office, 3)
    assert idle_minutes(office) == 3
    for minutes in (0, 11):
        with pytest.raises(Refused, match="1 至 10"):
            set_idle_minutes(office, minutes)
    assert not is_idle(100.0, 279.9, 3)
    assert is_idle(100.0, 280.0, 3)


def test_nothing_of_a_key_is_left_in_the_file_after_it_went_to_the_stick(
    desk: Desk, staff: Staff, plugged: Path
) -> None:
    books = desk.office.books
    moved, locked = (box_of(books, name).box for name in ("谭永川", "冯素芳"))
    move_key_to_stick(desk.office, "谭永川", PASSPHRASE, plugged)
    change_passphrase(desk.office, "冯素芳", PASSPHRASE, FRESH, cost=CHEAP)
    for beside in [] if books.address else books.path.parent.glob(books.path.name + "*"):
        raw = beside.read_bytes() if beside.is_file() else b""
        assert moved not in raw
        assert locked not in raw
