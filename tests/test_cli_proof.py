"""`export proof`, `export chain` and `verify` as a script uses them: exit codes, words on stdout and stderr."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.conftest import (
    Clock,
    desk_of,
    make_office,
    sign_all,
    simple_draft,
    staff_of,
)
from villagebooks.cli import main
from villagebooks.db.books import open_books
from villagebooks.services.desk import Office
from villagebooks.services.voucher import post_voucher, save_voucher


@pytest.fixture
def books(tmp_path: Path) -> Path:
    place = tmp_path / "a.vbooks"
    make_office(place)
    office = Office(open_books(place, Clock()))
    desk = desk_of(office)
    staff = staff_of(office)
    voucher = save_voucher(desk, simple_draft())
    sign_all(desk, voucher.uid, staff)
    post_voucher(desk, voucher.uid)
    office.books.close()
    return place


def test_a_proof_and_a_chain_are_written_and_verified(
    books: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, proof, chain = str(books), str(tmp_path / "证明.json"), str(tmp_path / "链.jsonl")
    assert main(["--books", place, "export", "proof", "--book", "V01", "--voucher", "2026-09记1", "--out", proof]) == 0
    assert main(["--books", place, "export", "chain", "--book", "V01", "--out", chain]) == 0
    assert capsys.readouterr().out.split() == [proof, chain]
    assert main(["--books", place, "verify", proof]) == 0
    told = capsys.readouterr().out
    assert "第 1 稿 审核 同意：邹启明（中心主任）" in told
    assert told.endswith("核验通过\n")
    assert main(["--books", place, "verify", chain]) == 0
    assert main(["verify", proof, "--journal", chain]) == 4
    assert "请把上面的指纹与墙上的核对" in capsys.readouterr().err
    root = told.split("总钥匙指纹：")[1].split("\n")[0]
    assert main(["verify", proof, "--root", root, "--journal", chain]) == 0
    assert main(["--books", place, "verify", proof, "--code", "0000-0000-0000-0000-0000"]) == 4
    Path(proof).write_bytes(Path(proof).read_bytes().replace(b"countersign", b"countersigN"))
    assert main(["--books", place, "verify", proof]) == 4


def test_what_is_not_there_is_told(books: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place, out = str(books), str(tmp_path / "a")
    assert main(["--books", place, "export", "proof", "--book", "V01", "--voucher", "2026-09记7", "--out", out]) == 4
    assert "账套 V01 里没有凭证“2026-09记7”" in capsys.readouterr().err
    assert main(["--books", place, "verify", "--code", "0000-0000-0000-0000-0000"]) == 1
    assert "没有哪一期公开榜是这个本期码" in capsys.readouterr().err
    assert main(["--books", place, "verify"]) == 2
    assert main(["--books", place, "verify", str(tmp_path / "none")]) == 3
