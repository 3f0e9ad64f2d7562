"""One village month, end to end, as the demonstration lives through it: read the tests from top to bottom."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.demonstration import Demonstration
from tests.services.chain import journal_page
from villagebooks.core.money import read_yuan
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import POSTED, REVERSAL, Voucher
from villagebooks.formats.query import read_reader_key
from villagebooks.paths import resource
from villagebooks.services.approval import approvals
from villagebooks.services.check import check_books
from villagebooks.services.correction import corrections_of
from villagebooks.services.demo import DemoResult
from villagebooks.services.desk import Desk, Office, list_books, open_desk, open_office
from villagebooks.services.ledger import ledger, trial_balance
from villagebooks.services.paper import list_papers, read_paper, receipt_counts
from villagebooks.services.policy import current_policy, ready_policy
from villagebooks.services.query import lookup_person
from villagebooks.services.schedule import due_drafts
from villagebooks.services.verify import verify
from villagebooks.services.voucher import read_vouchers

SEPTEMBER = Month(2026, 9)
CASE = Path(__file__).parent.parent / "cases" / "baiyanhe"
PEOPLE = resource("demo", "baiyanhe", "history", "people.csv")


@pytest.fixture(scope="module")
def demo(demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> DemoResult:
    return demonstration.copy(tmp_path_factory.mktemp("demo") / "out")


@pytest.fixture(scope="module")
def town(demo: DemoResult) -> Iterator[Office]:
    office = open_office(demo.books)
    yield office
    office.books.close()


def desk(town: Office, book: str = "V01") -> Desk:
    return open_desk(town, book, SEPTEMBER)


def posted(town: Office) -> list[tuple[str, Voucher]]:
    return [(book.code, one) for book in list_books(town) for one in read_vouchers(desk(town, book.code), [POSTED])]


def people() -> list[dict[str, str]]:
    with PEOPLE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def pdf_text(path: Path) -> str:
    """The PDF's words in the order in which they were drawn, without blanks and line ends."""
    raw = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True).stdout.decode()
    return "".join(raw.split())


def test_september_has_its_thirty_vouchers_numbered_without_a_gap(town: Office) -> None:
    vouchers = posted(town)
    assert len(vouchers) == 30
    for code, count in {"V01": 15, "V02": 5, "V03": 4, "V04": 4, "V05": 2, "V05W": 0}.items():
        assert [one.number for book, one in vouchers if book == code] == list(range(1, count + 1))


def test_every_detail_of_every_book_has_the_expected_balance(town: Office) -> None:
    with (CASE / "expected_trial_balance_2026-09.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    split = {(book, account) for book, account, party, _name, _fen in rows if party}
    for book, account, party, name, text in rows:
        part = party if (book, account) in split else None
        found = ledger(desk(town, book), account, SEPTEMBER, SEPTEMBER, part).closing_fen
        assert found == read_yuan(text), (book, account, party, name)


def test_no_detail_outside_the_expected_ones_holds_money(town: Office) -> None:
    with (CASE / "expected_trial_balance_2026-09.csv").open(encoding="utf-8") as file:
        expected = {(row["book"], row["account"]) for row in csv.DictReader(file)}
    report = trial_balance(town, "all", SEPTEMBER, SEPTEMBER)
    leaves = {
        (row.book, row.account)
        for row in report.rows
        if row.book != "*" and row.closing_debit_fen != row.closing_credit_fen
    }
    assert {pair for pair in leaves if not any(other[1][:-2] == pair[1] for other in leaves)} <= expected | {
        pair for pair in leaves if any(book == pair[0] and code.startswith(pair[1]) for book, code in expected)
    }


def test_the_sheet_of_the_ordinary_village_shows_the_model_s_numbers_and_rows(demo: DemoResult) -> None:
    path = next(path for path in demo.pdf if path.name == "V01-2026-09-A3.pdf")
    text = pdf_text(path)
    for figure in ("106098.50", "31446.37", "31329.02", "106215.85"):
        assert figure in text
    for words in (
        "冉光才交鱼塘下半年承包费（32.60亩，合同2024-03）14400.00",
        "罗显富补交去年机动地承包费1860.00",
        "县财政拨三季度村级运转经费15000.00",
        "银行利息186.37",
        "收据0012351收据0012352拨款通知银行利息单",
        "5名村干部9月报酬（县里拨款）：田维国2850，冉启珍2350，向丽蓉2050，2名委员各2050",
        "打印纸、硒鼓、档案盒（墨香文具店）",
        "清边沟、量地误工16.5个，每个100元，7人（名单贴在右边）",
        "修鱼塘路边沟60米（匠缘劳务服务部；8月21日联席会同意，5人验收）",
        "用了0012351—0012352共2张，作废0张，还剩48张空白",
        "从银行取备用金4000.00；承包费存银行1860.00",
        "9月30日开会，3人到齐，逐张看了15张凭证的单据，没有不同意的。",
        "举报电话12388",
    ):
        assert words in text


def test_the_sheet_names_who_signed_each_payment_in_the_model_s_order(demo: DemoResult) -> None:
    path = demo.folder / "公开榜" / "V01-2026-09-A3.json"
    own = json.loads(path.read_text("utf-8"))["sheet"]["own"]
    signed = [
        (group["title"], item["voucher"], item["handler"], item["witness"], "、".join(item["approvers"]))
        for group in own["spending"]
        for item in group["items"]
    ]
    usual = ("向丽蓉", "向其昌", "田维国")
    assert signed == [
        ("村干部报酬", "记14", *usual),
        ("办公、水电", "记2", *usual),
        ("办公、水电", "记6", "向丽蓉", "向其昌", "田维国、冉启珍"),
        ("误工补贴", "记9", *usual),
        ("修路修渠、打扫卫生", "记7", *usual),
        ("修路修渠、打扫卫生", "记10", "冉启珍", "田茂林", "田维国"),
        ("帮扶慰问", "记13", *usual),
        ("分给村民小组、还账", "记11", *usual),
    ]


def test_every_voucher_was_signed_by_different_people_and_those_with_money_by_the_cashier(town: Office) -> None:
    for book, voucher in posted(town):
        signers = [one.signer for one in approvals(desk(town, book), voucher.uid)]
        assert signers[0] == voucher.prepared_by
        assert len(signers) == len(set(signers)) >= 3
        moves = any(line.account.startswith(("101", "102")) for line in voucher.lines)
        assert ("龙小梅" in signers) == moves
        assert signers[-1] == "邹启明"


def test_papers_come_before_vouchers_with_pictures_and_the_village_s_ink_on_them(town: Office) -> None:
    without = []
    for book, voucher in posted(town):
        papers = [read_paper(desk(town, book), uid) for uid in voucher.papers]
        without += [] if papers else [f"{book} {voucher.title}"]
        assert voucher.attachment_count == sum(one.count for paper in papers for one in paper.documents)
        for paper in papers:
            assert paper.state == "booked"
            assert all(one.images and one.images[0].checked for one in paper.documents)
            inks = [one.name for one in approvals(desk(town, book), paper.uid)]
            assert bool(inks) == (paper.spending_class != "转账凭证")
            assert not inks or inks[0] == paper.handler
    assert without == ["V04 记-3", "V04 记-4"]
    assert len(list_papers(desk(town))) == 15


def test_the_red_voucher_undoes_the_wrong_one_of_august(town: Office) -> None:
    red = next(one for _book, one in posted(town) if one.kind == REVERSAL)
    august = read_vouchers(desk(town, "V04").at(Month(2026, 8)))
    wrong = next(one for one in august if one.uid == red.reverses)
    assert "科目记错" in wrong.lines[0].summary
    assert [line.net_fen for line in red.lines] == [-line.net_fen for line in wrong.lines]


def test_the_blue_voucher_is_linked_to_the_red_one_and_the_rent_of_two_years_waits_to_be_spread(town: Office) -> None:
    red = next(one for code, one in posted(town) if code == "V04" and one.kind == REVERSAL)
    (blue,) = corrections_of(desk(town, "V04"), red.uid).correctors
    assert (blue.number, blue.lines[0].summary) == (4, "订正8月24日记7号凭证：购办公椅4把")
    shops = desk(town, "V03")
    assert due_drafts(shops) == []
    (due,) = due_drafts(shops.at(Month(2026, 10)))
    assert [(one.account, one.net_fen) for one in due.draft.lines] == [("211", 200_000), ("50102", -200_000)]
    assert due.draft.lines[0].summary == "分摊2026年10月兴农农资店门面租金"


def test_receipts_used_void_and_left_are_accounted_for(town: Office) -> None:
    found = {book: receipt_counts(desk(town, book)) for book in ("V01", "V02", "V03", "V04", "V05")}
    assert found["V01"][0].used == ("0012351", "0012352")
    assert found["V02"][0].void == ("0012454",)
    assert {book: counts[0].left for book, counts in found.items()} == {
        "V01": 48, "V02": 42, "V03": 41, "V04": 47, "V05": 46,
    }  # fmt: skip
    assert not any(counts[0].missing for counts in found.values())


def test_the_acts_lie_in_the_autumn_of_2026_one_after_the_other(town: Office) -> None:
    for book in ("", *(one.code for one in list_books(town))):
        times = [entry.at for entry in journal_page(town, book)]
        assert times == sorted(times)
        assert times[0] >= "2026-08-31"
        assert times[-1] < "2026-10-22"


def test_the_check_finds_nothing(town: Office) -> None:
    assert [str(one) for one in check_books(town, deep=True)] == []


def test_the_number_opens_the_own_part_and_nobody_else_s(demo: DemoResult) -> None:
    reader = read_reader_key(demo.reader)
    found = lookup_person(demo.query, reader, demo.lookup.id)
    assert found
    try:
        assert (found.name, found.household, found.balance_fen) == ("罗显富", "0108", 0)
        assert [(item.day, item.credit_fen) for item in found.items] == [("2026-09-08", 186_000)]
        assert "罗显富" in found.items[0].words
    finally:
        found.close()
    other = next(row for row in people() if row["name"] == "谭小燕")
    hers = lookup_person(demo.query, reader, other["id_number"])
    assert hers
    assert (hers.name, hers.items) == ("谭小燕", ())
    hers.close()


def test_strangers_the_dead_and_people_of_other_villages_find_nothing(demo: DemoResult) -> None:
    reader = read_reader_key(demo.reader)
    dead = next(row["id_number"] for row in people() if row["died_on"])
    elsewhere = next(row["id_number"] for row in people() if row["village"] == "V03")
    for number in (dead, elsewhere):
        assert lookup_person(demo.query, reader, number) is None


def test_a_slip_of_the_finger_is_told_as_one(demo: DemoResult) -> None:
    wrong = demo.lookup.id[:-1] + ("0" if demo.lookup.id[-1] != "0" else "1")
    with pytest.raises(Refused, match="输错"):
        lookup_person(demo.query, read_reader_key(demo.reader), wrong)


def test_the_page_asks_for_the_household_s_code_too(demo: DemoResult) -> None:
    page = read_reader_key(demo.folder / "查询钥匙" / "明白卡网页.key")
    found = lookup_person(demo.query, page, demo.lookup.id, demo.lookup.code)
    assert found
    assert found.name == demo.lookup.name
    found.close()
    other = next(row["household_code"] for row in people() if row["name"] == "谭小燕")
    assert lookup_person(demo.query, page, demo.lookup.id, other) is None


def test_every_query_file_verifies_under_the_fingerprint_on_the_wall(demo: DemoResult) -> None:
    files = sorted(demo.query.parent.glob("*.vbq"))
    assert [path.name for path in files] == [f"{book}-1.vbq" for book in ("V01", "V02", "V03", "V04", "V05", "V05W")]
    for path in files:
        report = verify(path, demo.root)
        assert report.problems == ()
        assert report.rooted


def test_a_photo_behind_the_villager_s_own_line_opens(demo: DemoResult) -> None:
    found = lookup_person(demo.query, read_reader_key(demo.reader), demo.lookup.id)
    assert found
    try:
        images = found.database.images(found.items[0].voucher)
        assert [image.title for image in images] == ["收款收据"]
        assert found.image(images[0].name).startswith(b"\xff\xd8\xff")
    finally:
        found.close()


def test_no_file_paper_or_word_of_the_demonstration_holds_a_personal_number(
    demo: DemoResult, demonstration: Demonstration
) -> None:
    secret = [row[key] for row in people() for key in ("id_number", "household_code")]
    assert len(secret) == 64
    texts = ["\n".join(demonstration.told), repr(demo), *(pdf_text(path) for path in demo.folder.rglob("*.pdf"))]
    raws = [path.read_bytes() for path in demo.folder.rglob("*") if path.is_file()]
    assert len(raws) > 100
    for number in secret:
        assert not any(number in text for text in texts)
        assert not any(number.encode() in raw for raw in raws)


def test_the_answer_names_what_scripts_need(demo: DemoResult) -> None:
    assert set(demo.record) == {"books", "query", "reader", "root", "lookup", "pdf"}
    for path in (demo.books, demo.query, demo.reader, *demo.pdf):
        assert path.is_absolute()
        assert path.is_file()
    assert demo.pdf
    assert demo.record["lookup"] == {
        "id": demo.lookup.id, "code": demo.lookup.code, "name": "罗显富",
    }  # fmt: skip


STEPS = {
    ("V01", "从银行取备用金"): "经手人 村主任",
    ("V01", "打印纸、硒鼓、档案盒（墨香文具店）"): "经手人 证明人 村主任 支书会签 监委会",
    ("V01", "4名保洁员8月劳务费，每人600元"): "经手人 名册公示3天 两委会 村主任 监委会",
    ("V01", "修鱼塘路边沟60米（匠缘劳务服务部；8月21日联席会同意，5人验收）"):
        "经手人 验收人 联席会 村主任 监委会 联村干部",
    ("V02", "付蓄水池工程第二次进度款（清泉水利公司，做到六成，合同2026-05）"):
        "经手人 验收人 四议两公开 村主任 监委会 镇项目办 分管副镇长",
    ("V02", "发放救灾棉被84床到42户（名单贴在右边）"): "经手人 名册公示3天 两委会 村主任 监委会",
    ("V03", "付第四组6户土地补偿费（打卡，12.36亩，每亩48 000元）"):
        "经手人 成员大会 名册公示7天 理事长 监委会（全体） 分管副镇长",
    ("V04", "还原槽口村欠罗氏建筑队工程款（第一笔）"):
        "经手人 债权确认书 四议两公开 村主任 监委会（全体） 分管副镇长",
    ("V05", "19名采茶工秋茶采制劳务费（打卡，名单贴在右边）"): "经手人 证明人 联席会 村主任 监委会 联村干部",
}  # fmt: skip


def test_the_papers_are_signed_by_those_whom_the_townships_policy_names(town: Office) -> None:
    policy = current_policy(town)
    assert policy.policy == ready_policy("baiyanhe")
    signed = {}
    for code in ("V01", "V02", "V03", "V04", "V05"):
        for paper in list_papers(desk(town, code)):
            assert paper.policy == policy.sha256
            given = approvals(desk(town, code), paper.uid)
            signed[code, paper.words] = " ".join(policy.policy.steps[one.step].title for one in given)
    assert {key: signed[key] for key in STEPS} == STEPS


def test_a_draw_goes_without_a_second_accountant_and_everything_else_with_one(town: Office) -> None:
    for code, voucher in posted(town):
        steps = [one.step for one in approvals(desk(town, code), voucher.uid)]
        is_draw = voucher.lines[0].summary == "提取备用金"
        assert ("countersign" in steps) is not is_draw, (code, voucher.title)


WATCHING = {
    "unsigned", "paper_unsigned", "policy_kept", "post_signer", "signed_fast", "many_roles", "night_batch",
    "split_bill", "forbidden_spending", "relative_payee",
}  # fmt: skip


def test_what_watches_signing_is_silent_on_the_clean_township(town: Office) -> None:
    assert [str(one) for one in check_books(town) if one.rule in WATCHING] == []


def test_the_next_person_signs_some_minutes_after_the_one_before(town: Office) -> None:
    for code, voucher in posted(town):
        times = [datetime.fromisoformat(one.at) for one in approvals(desk(town, code), voucher.uid)]
        assert all(after - before > timedelta(minutes=3) for before, after in pairwise(times))
