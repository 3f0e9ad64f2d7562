"""People, keys and hand-overs from the command line, as a script uses them."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.pdf.reading import words_of
from tests.services.conftest import PASSPHRASE, make_office, staff_of
from villagebooks.cli import main
from villagebooks.core.relative import Relative
from villagebooks.services.ceremony import renew_envelopes
from villagebooks.services.desk import open_office
from villagebooks.services.key import revoke_key, unlock
from villagebooks.services.office import appoint, officers
from villagebooks.services.post import begin_change, record_change
from villagebooks.services.relative import register_relative

TODAY = date(2026, 9, 2)


@pytest.fixture
def books(tmp_path: Path) -> Path:
    path = tmp_path / "centre.vbooks"
    make_office(path)
    return path


def employ(books: Path) -> None:
    office = open_office(books)
    staff = staff_of(office)
    appoint(office, "向丽蓉", "报账员", "2024-01-10", "V01")
    register_relative(office, Relative("", "V01", "向丽蓉", "向家百货", "本人或近亲属的单位", unit=True))
    term = next(one for one in officers(office) if one.name == "向丽蓉")
    begun = begin_change(office, term.uid, TODAY)
    record_change(office, replace(begun, hand=replace(begun.hand, receiver="覃晓燕", watcher="邹启明")))
    revoke_key(office, staff.root, "谭永川", "U盘丢了")
    office.books.close()


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str]:
    code = main([str(word) for word in words])
    return code, capsys.readouterr().out


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_people_and_relatives_are_listed(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    employ(books)
    code, out = run(capsys, "--books", books, "people", "--village", "V01")
    assert (code, [one["name"] for one in rows(out)]) == (0, ["向丽蓉"])
    assert len(rows(run(capsys, "--books", books, "people", "--village", "centre")[1])) == 4
    kin = json.loads(run(capsys, "--books", books, "people", "--relatives", "--json")[1])
    assert [(one["name"], one["unit"]) for one in kin] == [("向家百货", True)]


def test_the_directory_is_listed_and_its_sheet_printed(
    books: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "--books", books, "keys")[0] == 4
    employ(books)
    code, out = run(capsys, "--books", books, "keys")
    told = {one["person"]: one for one in rows(out)}
    assert (code, told["谭永川"]["signs"], told["谭永川"]["reason"], told["邹启明"]["signs"]) == (
        0,
        "0",
        "U盘丢了",
        "1",
    )
    view = json.loads(run(capsys, "--books", books, "keys", "--json")[1])
    assert (view["version"], len(view["hash"]), len(view["keys"])) == (6, 64, 4)
    wall = tmp_path / "wall.pdf"
    assert run(capsys, "--books", books, "keys", "--wall", wall)[0] == 0
    assert view["root"].split("-")[0] in words_of(wall)


def test_a_hand_over_is_listed_and_printed_in_three_copies(
    books: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    employ(books)
    listed = rows(run(capsys, "--books", books, "handover", "list")[1])
    assert [(one["giver"], one["receiver"], one["state"], one["signed"]) for one in listed] == [
        ("向丽蓉", "覃晓燕", "open", "")
    ]
    out = tmp_path / "list.pdf"
    assert run(capsys, "--books", books, "handover", "print", listed[0]["uid"][:8], "--out", out)[0] == 0
    assert len(words_of(out).split("\f")[:-1]) == 3
    assert run(capsys, "--books", books, "handover", "print", "zz", "--out", out)[0] == 4


def test_a_key_is_issued_anew_from_the_recovery_envelope_when_every_passphrase_is_lost(
    books: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = open_office(books)
    staff = staff_of(office)
    sealed = renew_envelopes(office, staff.root, staff.director.office_key).envelopes()
    office.books.close()
    new = "换成谁也没有忘的口令"

    def recover(person: str, *typed: str) -> tuple[int, str, str]:
        reading, writing = os.pipe()
        os.write(writing, "".join(f"{line}\n" for line in typed).encode())
        os.close(writing)
        code = main(["--books", str(books), "--passphrase-fd", str(reading), "keys", "--recover", person])
        out, err = capsys.readouterr()
        return code, out, err

    assert recover("没有这人", PASSPHRASE, sealed["recovery"], new)[0] == 4
    assert recover("冯素芳", PASSPHRASE, sealed["recovery"])[0] == 3
    assert recover("冯素芳", PASSPHRASE, sealed["root"], new)[::2] == (
        1, "这不是本中心现在的恢复钥匙：信封重做过的，用最近一次封的那份；“下一把总钥匙”的信封里不是它\n",
    )  # fmt: skip
    assert recover("冯素芳", "不是总钥匙的口令十个字", sealed["recovery"], new)[::2] == (1, "总钥匙的口令不对\n")
    code, out, err = recover("冯素芳", PASSPHRASE, sealed["recovery"].lower(), new)
    assert (code, out) == (0, "冯素芳的钥匙另发好了，旧的从现在起不算\n")
    assert "重做信封" in err
    office = open_office(books)
    assert unlock(office.books, "冯素芳", new).office_key == staff.director.office_key
    office.books.close()
