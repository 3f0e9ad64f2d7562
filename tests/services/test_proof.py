"""Proofs of vouchers and chains of the log, written from real books, verified by both verifiers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.services.conftest import CHEAP, Staff, sign_all, simple_draft, sql_for
from tests.services.test_disclosure import month_of_money  # noqa: F401  (a fixture)
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.db import guard
from villagebooks.seal.canonical import dump
from villagebooks.services.approval import approve_voucher, send_back_voucher
from villagebooks.services.cancellation import cancel_voucher, keep_voucher_after_all
from villagebooks.services.desk import Desk
from villagebooks.services.disclosure import list_put_ups, put_up
from villagebooks.services.key import newest_directory_note, revoke_key
from villagebooks.services.proof import export_chain, export_proof, find_voucher
from villagebooks.services.verify import find_sheet, verify
from villagebooks.services.voucher import save_voucher

SCRIPT = Path(__file__).parents[2] / "resources" / "verify" / "verify_villagebooks.py"


def alone(path: Path, *words: str | Path) -> tuple[int, str]:
    """Exit code and words of the verifier that knows the standard library only."""
    command = [sys.executable, "-I", "-S", str(SCRIPT), str(path), *map(str, words)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def directory_file(desk: Desk, folder: Path) -> Path:
    path = folder / "keys"
    with desk.books.read() as connection:
        path.write_bytes(newest_directory_note(connection))
    return path


def overwrite(desk: Desk, sql: str) -> None:
    with desk.books.write() as connection:
        guard.drop_guards(connection)
        assert connection.exec_driver_sql(sql_for(desk.office, sql)).rowcount > 0
        guard.make_guards(connection)


@pytest.mark.usefixtures("month_of_money")
def test_a_voucher_under_the_next_sheet_is_verified_without_the_books(desk: Desk, staff: Staff, tmp_path: Path) -> None:
    mark = put_up(desk, [staff.director], cost=CHEAP)
    uid = find_voucher(desk, "2026-09记3")
    assert find_voucher(desk, uid) == uid
    assert find_voucher(desk, "2026-09 记-3") == uid
    path, keys = export_proof(desk, uid, tmp_path / "证明.json"), directory_file(desk, tmp_path)
    chain = export_chain(desk.office, "V01", tmp_path / "chain.jsonl")
    for report in (
        verify(path, office=desk.office, code=mark.code, cost=CHEAP),
        verify(path, keys=keys, code=mark.code, chain=chain, cost=CHEAP),
    ):
        assert (report.problems, report.rooted, report.code_found) == ((), True, "2026-09")
        assert any("谭永川（代理会计）" in line for line in report.header)
    assert not verify(path).rooted
    assert alone(path, "--keys", keys, "--journal", chain)[0] == 0
    assert alone(path)[0] == 4
    revoke_key(desk.office, staff.root, "谭永川")
    assert verify(path, office=desk.office).problems == ()


def test_a_chain_agrees_with_the_open_books_until_somebody_writes_into_them(
    desk: Desk, sign_and_post: Callable[[Draft], Voucher], tmp_path: Path
) -> None:
    sign_and_post(simple_draft())
    book = export_chain(desk.office, "V01", tmp_path / "book.jsonl")
    office = export_chain(desk.office, "office", tmp_path / "office.jsonl")
    sign_and_post(simple_draft())
    for path in (book, office):
        report = verify(path, office=desk.office)
        assert (report.problems, report.rooted) == ((), True)
        assert not verify(path).rooted
        assert alone(path, "--journal", path)[0] == 0
    later = export_chain(desk.office, "V01", tmp_path / "later.jsonl")
    assert alone(book, "--journal", later)[0] == 0
    assert "没有第" in alone(later, "--journal", book)[1]
    overwrite(desk, "UPDATE journal SET actor = '别人' WHERE seq = 3 AND ref LIKE 'voucher:%' OR seq = 3")
    assert "账套里第一条对不上的日志是第 3 条。" in verify(book, office=desk.office).problems


@pytest.mark.usefixtures("month_of_money")
def test_a_code_from_the_board_finds_its_sheet_and_the_first_changed_entry(
    desk: Desk, staff: Staff, tmp_path: Path
) -> None:
    mark = put_up(desk, [staff.director], cost=CHEAP)
    report = find_sheet(desk.office, mark.code.lower().replace("-", " "), CHEAP)
    assert (report.problems, report.code_found, report.book) == ((), "2026-09", "V01")
    path = tmp_path / "qr.txt"
    path.write_bytes(list_put_ups(desk)[0].anchor.rstrip(b"\n"))
    assert verify(path, office=desk.office, code=mark.code, cost=CHEAP).problems == ()
    assert alone(path, "--keys", directory_file(desk, tmp_path))[0] == 0
    for wrong in ("0000-0000-0000-0000-0000", "0000"):
        with pytest.raises(Refused, match="码"):
            find_sheet(desk.office, wrong, CHEAP)
    overwrite(
        desk, "UPDATE journal SET entry = CAST(replace(CAST(entry AS TEXT), '\"at\"', '\"ar\"') AS BLOB) WHERE seq = 5"
    )
    problems = find_sheet(desk.office, mark.code, CHEAP).problems
    assert "账套里第一条对不上的日志是第 5 条。" in problems


def test_a_voucher_sent_back_or_unsigned_has_no_proof_until_it_is_signed_again(
    desk: Desk, staff: Staff, tmp_path: Path
) -> None:
    voucher = save_voucher(desk, simple_draft())
    with pytest.raises(Refused, match="还没有人签字"):
        export_proof(desk, voucher.uid, tmp_path / "a")
    approve_voucher(desk, voucher.uid, staff.agent)
    send_back_voucher(desk, voucher.uid, staff.other, 8)
    with pytest.raises(Refused, match="不能出证明：这一稿还没有人签，或被退回"):
        export_proof(desk, voucher.uid, tmp_path / "a")
    assert not (tmp_path / "a").exists()
    sign_all(desk, voucher.uid, staff)
    path = export_proof(desk, voucher.uid, tmp_path / "a")
    assert len(json.loads(path.read_bytes())["bodies"]) == 2
    assert verify(path, office=desk.office).problems == ()
    assert alone(path, "--keys", directory_file(desk, tmp_path))[0] == 0
    with pytest.raises(Refused, match="里没有凭证"):
        find_voucher(desk, "2026-09记99")


def test_a_voucher_under_way_to_be_voided_has_no_proof_until_that_is_taken_back(
    desk: Desk, staff: Staff, tmp_path: Path
) -> None:
    voucher = save_voucher(desk, simple_draft())
    sign_all(desk, voucher.uid, staff)
    cancel_voucher(desk, voucher.uid, staff.cashier, "重复")
    with pytest.raises(Refused, match="正在作废（龙小梅已签），不能出证明；撤回作废后再出"):
        export_proof(desk, voucher.uid, tmp_path / "a")
    keep_voucher_after_all(desk, voucher.uid, staff.cashier)
    path = export_proof(desk, voucher.uid, tmp_path / "a")
    report = verify(path, office=desk.office)
    assert report.problems == ()
    assert [
        word for line in (*report.header, *report.signers) for word in ("同意作废", "撤回作废") if word in line
    ] == ["同意作废", "撤回作废"]
    code, said = alone(path, "--keys", directory_file(desk, tmp_path))
    assert code == 0
    assert "撤回作废" in said


def test_a_proof_of_a_voucher_whose_signature_was_changed_is_not_written(
    desk: Desk, sign_and_post: Callable[[Draft], Voucher], tmp_path: Path
) -> None:
    voucher = sign_and_post(simple_draft())
    overwrite(desk, "UPDATE approval SET name = '别人' WHERE step = 'review'")
    with pytest.raises(Refused, match="在日志里没有登记"):
        export_proof(desk, voucher.uid, tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_a_proof_says_nothing_of_another_centres_books(
    desk: Desk, sign_and_post: Callable[[Draft], Voucher], tmp_path: Path
) -> None:
    """Read with a foreign root it is refused; a body changed in it is refused even where the rest stands."""
    path = export_proof(desk, sign_and_post(simple_draft()).uid, tmp_path / "a")
    assert verify(path, root="0000-0000-0000-0000-0000").problems == ("钥匙名录的总钥匙不是墙上公布的那一把。",)
    value = json.loads(path.read_bytes())
    body = value["bodies"][0]["body"]
    value["bodies"][0]["body"] = body.replace("买打印纸", "买复印纸")
    path.write_bytes(dump(value))
    assert any("不是签在这张单子上的" in one for one in verify(path, office=desk.office).problems)
    assert alone(path, "--keys", directory_file(desk, tmp_path))[0] == 4


def test_the_proof_holds_the_exact_bytes_that_were_signed(
    desk: Desk, sign_and_post: Callable[[Draft], Voucher], tmp_path: Path
) -> None:
    path = export_proof(desk, sign_and_post(simple_draft()).uid, tmp_path / "a")
    body = json.loads(path.read_bytes())["bodies"][0]["body"]
    with desk.books.read() as connection:
        kept = connection.execute(text("SELECT body FROM signed_body")).scalar()
    assert bytes(kept or b"").decode() == body
