"""审批单: printed with its code, found by it, the ink on it attested; keys and ink take turns on one voucher."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.pdf.reading import words_of
from tests.services.conftest import Staff, build_accounts, simple_draft
from villagebooks.core.approval import BY_KEY, BY_PAPER
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused
from villagebooks.core.village import Village
from villagebooks.services.approval import approvals, approve_voucher
from villagebooks.services.cancellation import cancel_voucher
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, open_desk
from villagebooks.services.office import new_book, open_book
from villagebooks.services.printout import print_vouchers
from villagebooks.services.proof import export_proof
from villagebooks.services.slip import attest_slip, find_slip, make_slip, open_ink_steps, print_slip
from villagebooks.services.verify import verify
from villagebooks.services.voucher import post_voucher, save_voucher

SCAN, OTHER_SCAN = "ab" * 32, "cd" * 32
INK = {"prepare": "冯素芳", "countersign": "谭永川"}


def clean(desk: Desk) -> bool:
    return [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []


def test_the_slip_names_the_voucher_its_steps_and_the_code_once(desk: Desk, staff: Staff, tmp_path: Path) -> None:
    voucher = save_voucher(desk, simple_draft())
    slip = make_slip(desk, voucher.uid)
    assert make_slip(desk, voucher.uid).code == slip.code
    text = words_of(print_slip(desk, voucher.uid, tmp_path / "slip.pdf"))
    for word in ("审批单", slip.code, "制单", "复核", "出纳", "审核", "742.60", "柒佰肆拾贰元陆角", "买打印纸"):
        assert word in text
    assert words_of(tmp_path / "slip.pdf").count("\f") == 1


def test_a_code_typed_in_any_spelling_finds_the_voucher(desk: Desk) -> None:
    voucher = save_voucher(desk, simple_draft())
    code = make_slip(desk, voucher.uid).code
    found = find_slip(desk.office, code.lower().replace("-", " "))
    assert (found.book, found.voucher, found.current) == ("V01", voucher.uid, True)
    wrong = ("1" if code[0] != "1" else "2") + code[1:]
    with pytest.raises(Refused, match="可能抄错了一个字"):
        find_slip(desk.office, wrong)
    save_voucher(desk, replace(simple_draft(80_000), uid=voucher.uid))
    assert not find_slip(desk.office, code).current


def test_ink_and_keys_take_turns_and_the_mixed_chain_is_verified_and_shown(
    desk: Desk, staff: Staff, tmp_path: Path
) -> None:
    voucher = save_voucher(desk, simple_draft())
    code = make_slip(desk, voucher.uid).code
    approve_voucher(desk, voucher.uid, staff.agent)
    attest_slip(desk, voucher.uid, code, {"countersign": "谭永川", "cashier": "龙小梅"}, SCAN, staff.agent)
    assert [one.title for one in open_ink_steps(desk, voucher.uid)] == ["审核"]
    approve_voucher(desk, voucher.uid, staff.director)
    given = [(one.name, one.signer, one.mode) for one in approvals(desk, voucher.uid)]
    assert given == [
        ("冯素芳", "冯素芳", BY_KEY), ("谭永川", "冯素芳", BY_PAPER), ("龙小梅", "冯素芳", BY_PAPER),
        ("邹启明", "邹启明", BY_KEY),
    ]  # fmt: skip
    assert post_voucher(desk, voucher.uid).state == "posted"
    assert clean(desk)
    span = Span(desk.period, desk.period)
    text = words_of(print_vouchers(desk, span, tmp_path / "vouchers.pdf"))
    assert "复核：谭永川（纸质签字）" in text
    assert "出纳：龙小梅（纸质签字）" in text
    assert "邹启明（纸质签字）" not in text
    again = words_of(print_slip(desk, voucher.uid, tmp_path / "slip.pdf"))
    assert "谭永川（纸质签字）" in again
    assert "邹启明（电子签字）" in again
    report = verify(export_proof(desk, voucher.uid, tmp_path / "proof.json"), office=desk.office)
    assert not report.problems
    assert any("谭永川（纸质）" in line for line in report.header)


def test_a_slip_may_be_all_ink(desk: Desk, staff: Staff) -> None:
    voucher = save_voucher(desk, simple_draft())
    code = make_slip(desk, voucher.uid).code
    names = {**INK, "cashier": "龙小梅", "review": "邹启明"}
    assert attest_slip(desk, voucher.uid, code, names, SCAN, staff.director).state == "approved"
    assert post_voucher(desk, voucher.uid).state == "posted"
    assert clean(desk)


def test_the_slip_or_the_scan_of_another_voucher_is_refused(desk: Desk, staff: Staff) -> None:
    first, second = save_voucher(desk, simple_draft()), save_voucher(desk, simple_draft(80_000))
    codes = [make_slip(desk, one.uid).code for one in (first, second)]
    with pytest.raises(Refused, match="这张审批单是另一张凭证的，不是 记-2 的"):
        attest_slip(desk, second.uid, codes[0], INK, SCAN, staff.agent)
    attest_slip(desk, first.uid, codes[0], INK, SCAN, staff.agent)
    with pytest.raises(Refused, match="这张扫描件已经登记在 记-1 的审批单上"):
        attest_slip(desk, second.uid, codes[1], INK, SCAN, staff.agent)
    attest_slip(desk, second.uid, codes[1], INK, OTHER_SCAN, staff.agent)
    with pytest.raises(Refused, match="请选审批单的扫描件"):
        attest_slip(desk, second.uid, codes[1], {"cashier": "龙小梅"}, "", staff.agent)


def test_the_scan_of_another_village_s_slip_is_refused(desk: Desk, staff: Staff) -> None:
    book = new_book("V02", "V02", "石磨坪村", "代行", "2023", Month(2026, 1))
    open_book(desk.office, Village("V02", "石磨坪村"), book, build_accounts())
    other = open_desk(desk.office, "V02", Month(2026, 9))
    uids = [(one, save_voucher(one, simple_draft()).uid) for one in (desk, other)]
    codes = [make_slip(one, uid).code for one, uid in uids]
    attest_slip(desk, uids[0][1], codes[0], INK, SCAN, staff.director)
    with pytest.raises(Refused, match="这张扫描件已经登记在 V01 2026-09 记-1 的审批单上"):
        attest_slip(other, uids[1][1], codes[1], INK, SCAN, staff.director)


def test_ink_is_held_to_the_same_rules_as_keys(desk: Desk, staff: Staff) -> None:
    voucher = save_voucher(desk, simple_draft())
    code = make_slip(desk, voucher.uid).code

    def refused(names: dict[str, str], who: object = staff.agent) -> str:
        with pytest.raises(Refused) as found:
            attest_slip(desk, voucher.uid, code, names, SCAN, who)  # type: ignore[arg-type]  # one of the staff
        return str(found.value)

    assert "请写出审批单上谁签了哪一步" in refused({})
    assert "审批单上制单没有签，后面的复核不能先登记" in refused({"countersign": "谭永川"})
    assert "制单人是冯素芳" in refused({"prepare": "谭永川"})
    assert "龙小梅没有复核的职责" in refused({"prepare": "冯素芳", "countersign": "龙小梅"})
    assert "冯素芳已经签过这张凭证" in refused({"prepare": "冯素芳", "countersign": "冯素芳"})
    assert "龙小梅没有登记签字的职责" in refused(INK, staff.cashier)
    assert "没有“chief”这一步" in refused({**INK, "chief": "某人"})
    save_voucher(desk, replace(simple_draft(80_000), uid=voucher.uid))
    assert "打印审批单以后改过" in refused(INK)


def test_a_person_whose_ink_was_attested_does_not_sign_again_and_the_voiding_asks_the_same_steps(
    desk: Desk, staff: Staff
) -> None:
    voucher = save_voucher(desk, simple_draft())
    code = make_slip(desk, voucher.uid).code
    attest_slip(desk, voucher.uid, code, INK, SCAN, staff.director)
    approve_voucher(desk, voucher.uid, staff.cashier)
    cancel_voucher(desk, voucher.uid, staff.agent, "付重了")
    cancel_voucher(desk, voucher.uid, staff.other)
    assert cancel_voucher(desk, voucher.uid, staff.cashier).state == "void"
    assert clean(desk)
