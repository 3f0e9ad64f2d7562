"""Bank statements and reconciliation on real books: §9 of the case, what is refused, what a signature holds fast."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.conftest import Home
from tests.services.conftest import Clock, Grow, Staff, cancel_all, line, reverse_voucher, sign_all, sql_for, staff_of
from tests.services.test_case import CASES
from villagebooks.core.bank import (
    BANK_PAID,
    BANK_RECEIVED,
    BOOK,
    BOOK_PAID,
    INSIDE,
    ONE_TO_MANY,
    PARTIAL,
    BankLine,
    Columns,
)
from villagebooks.core.money import yuan_text
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.db.books import open_books
from villagebooks.services.bank import (
    BankMonth,
    bank_accounts,
    confirm_reconciliation,
    draft_from_bank,
    enter_open_items,
    import_statement,
    match_automatically,
    match_items,
    possible_matches,
    preview_statement,
    read_bank,
    undo_match,
    void_statement,
    withdraw_reconciliation,
)
from villagebooks.services.board import read_board
from villagebooks.services.check import check_books
from villagebooks.services.closing import close_month
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.office import create_office, settings
from villagebooks.services.voucher import list_vouchers, post_voucher

Post = Callable[[Draft], Voucher]
STATEMENT = CASES / "baiyanhe/bank_statement_V01_2026-09.csv"
ACCOUNT = "10201"
OCTOBER = Month(2026, 10)


def make_case(place: Path | str) -> None:
    office = create_office(place, "白雁河镇", clock=Clock())
    import_history(office, CASES / "baiyanhe/three_tables")
    office.books.close()


@pytest.fixture
def case(home: Home, tmp_path: Path) -> Iterator[Desk]:
    """V01 of the case in September with people who have keys."""
    place = home.copy("case", make_case, tmp_path)
    office = Office(open_books(place, Clock()), "龙小梅")
    yield open_desk(office, "V01", Month(2026, 9))
    office.books.close()
    home.drop(place)


def statement(folder: Path, *rows: str, name: str = "对账单.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text("日期,摘要,支出,收入,余额\n" + "".join(row + "\n" for row in rows), encoding)
    return path


def money(day: int, fen: int, other: str = "301", month: int = 9, summary: str = "收款") -> Draft:
    """Money into the bank, or out of it when negative."""
    lines = (line(ACCOUNT, max(fen, 0), max(-fen, 0), summary), line(other, max(-fen, 0), max(fen, 0), summary))
    return Draft(date(2026, month, day), lines, attachment_count=1)


def errors(desk: Desk) -> list[str]:
    return [str(one) for one in check_books(desk.office, deep=True) if one.severity == "error"]


def open_of(bank: BankMonth) -> list[tuple[str, str, str]]:
    assert bank.sheet is not None
    return [(one.group, yuan_text(one.amount_fen), one.words) for one in bank.sheet.items]


def key(bank: BankMonth, words: str) -> tuple[str, str, int]:
    return next(one.key for one in bank.free if words in one.words)


def test_the_month_of_the_case_comes_out_as_it_should(case: Desk) -> None:
    kept = import_statement(case, ACCOUNT, STATEMENT)
    assert (kept.opening_fen, kept.closing_fen, len(kept.lines)) == (10_566_200, 11_062_995, 14)
    found = match_automatically(case, ACCOUNT)
    assert sorted({one.kind for one in found}) == [INSIDE, "one", PARTIAL]
    assert len(found) == 11
    bank = read_bank(case, ACCOUNT)
    sheet = bank.sheet
    assert sheet is not None
    assert (sheet.book_fen, sheet.bank_fen) == (10_597_195, 11_062_995)
    assert open_of(bank) == [
        (BANK_RECEIVED, "2400.00", "转入 向其昌 2027年机动地承包费"), (BANK_PAID, "12.00", "网银服务费"),
        (BOOK_PAID, "2270.00", "发放9月村干部报酬"),
    ]  # fmt: skip
    assert sheet.adjusted_book_fen == sheet.adjusted_bank_fen == 10_835_995
    assert [one.amount_fen for one in sheet.inside] == [320_000, 320_000]
    assert match_automatically(case, ACCOUNT) == []
    assert errors(case) == []


def test_a_person_who_is_no_cashier_confirms_and_the_month_stays(case: Desk) -> None:
    staff = staff_of(case.office)
    import_statement(case, ACCOUNT, STATEMENT)
    match_automatically(case, ACCOUNT)
    with pytest.raises(Refused, match="龙小梅是出纳，余额调节表要由别人确认"):
        confirm_reconciliation(case, ACCOUNT, staff.cashier)
    sheet = confirm_reconciliation(case, ACCOUNT, staff.other)
    bank = read_bank(case, ACCOUNT)
    assert bank.confirmed is not None
    assert (bank.confirmed.prepared_by, bank.confirmed.confirmed_by) == ("龙小梅", "谭永川")
    assert bank.confirmed.adjusted_fen == sheet.adjusted_book_fen
    with pytest.raises(Refused, match="已经确认过"):
        confirm_reconciliation(case, ACCOUNT, staff.other)
    pair = next(one for one in bank.matches if one.kind == INSIDE)
    with pytest.raises(Refused, match="已对账确认，要改请先撤销确认"):
        undo_match(case, pair.uid, ACCOUNT)
    assert errors(case) == []
    with pytest.raises(Refused, match="请写明撤销的原因"):
        withdraw_reconciliation(case, ACCOUNT, staff.other, " ")
    withdraw_reconciliation(case, ACCOUNT, staff.other, "退汇两笔要补记")
    assert read_bank(case, ACCOUNT).confirmed is None
    undo_match(case, pair.uid, ACCOUNT)
    assert errors(case) == []


def test_the_same_file_is_imported_once(case: Desk, tmp_path: Path) -> None:
    kept = import_statement(case, ACCOUNT, STATEMENT)
    again = tmp_path / "改了名.csv"
    again.write_bytes(STATEMENT.read_bytes())
    with pytest.raises(Refused, match=r"同一个文件已在 2026-09-02 .* 导入过（账套 V01 科目 10201），不能导入两次"):
        import_statement(case, ACCOUNT, again)
    other = open_desk(case.office, "V02", case.period)
    with pytest.raises(Refused, match="不能导入两次"):
        import_statement(other, ACCOUNT, again)
    match_automatically(case, ACCOUNT)
    with pytest.raises(Refused, match="请写明作废的原因"):
        void_statement(case, kept.uid, "")
    void_statement(case, kept.uid, "导进了别的账户")
    bank = read_bank(case, ACCOUNT)
    assert (bank.sheet, bank.matches, bank.statements) == (None, (), ())
    import_statement(case, ACCOUNT, again)
    assert len(match_automatically(case, ACCOUNT)) == 11
    assert errors(case) == []


@pytest.fixture
def posted(desk: Desk, sign_and_post: Post, grow: Grow) -> Desk:
    """10 000 in on the 3rd, 400 and 250 out on the 5th, 999 out on the 29th which the bank does in October."""

    def build() -> None:
        for draft in (money(3, 1_000_000), money(5, -40_000, summary="电费"), money(5, -25_000, summary="水电费"),
                      money(29, -99_900, "51302", summary="买打印机")):  # fmt: skip
            sign_and_post(draft)

    grow(build)
    return desk


SEPTEMBER_ROWS = (
    "2026-08-31,上期结余,,,0.00", "2026-09-03,拨款,,10000.00,10000.00", "2026-09-06,水电费,650.00,,9350.00",
    "2026-09-30,服务费,5.00,,9345.00",
)  # fmt: skip


def test_open_items_are_carried_over_until_they_are_settled(
    posted: Desk, staff: Staff, sign_and_post: Post, tmp_path: Path
) -> None:
    import_statement(posted, ACCOUNT, statement(tmp_path, *SEPTEMBER_ROWS))
    assert sorted(one.kind for one in match_automatically(posted, ACCOUNT)) == ["many_to_one", "one"]
    september = read_bank(posted, ACCOUNT)
    assert open_of(september) == [(BANK_PAID, "5.00", "服务费"), (BOOK_PAID, "999.00", "买打印机")]
    assert september.sheet is not None
    assert september.sheet.adjusted_book_fen == september.sheet.adjusted_bank_fen == 834_600
    confirm_reconciliation(posted, ACCOUNT, staff.agent)
    october = posted.at(OCTOBER)
    sign_and_post(money(8, -500, "51302", month=10, summary="9月服务费"))
    rows = ("2026-10-09,转账 打印机,999.00,,8346.00", "2026-10-20,结息,,1.00,8347.00")
    import_statement(october, ACCOUNT, statement(tmp_path, *rows, name="10月.csv"))
    made = match_automatically(october, ACCOUNT)
    assert [one.words for one in made] == ["同金额，银行早 8 天", "同金额，银行晚 10 天"]
    bank = read_bank(october, ACCOUNT)
    assert open_of(bank) == [(BANK_RECEIVED, "1.00", "结息")]
    # what October settled is still open in September, as it was signed
    assert open_of(read_bank(posted, ACCOUNT)) == open_of(september)
    assert errors(posted) == []
    with pytest.raises(Refused, match="2026-10 的余额调节表没有确认"):
        withdraw_reconciliation(october, ACCOUNT, staff.agent, "x")
    confirm_reconciliation(october, ACCOUNT, staff.agent)
    with pytest.raises(Refused, match="请从最后一个月撤销起"):
        withdraw_reconciliation(posted, ACCOUNT, staff.agent, "漏记")
    assert [(one.code, one.confirmed) for one in bank_accounts(october)] == [(ACCOUNT, True)]


def test_a_confirmed_month_takes_no_more_of_that_account_neither_by_the_program_nor_by_sql(
    posted: Desk, staff: Staff, sign_and_post: Post, tmp_path: Path
) -> None:
    import_statement(posted, ACCOUNT, statement(tmp_path, *SEPTEMBER_ROWS))
    match_automatically(posted, ACCOUNT)
    confirm_reconciliation(posted, ACCOUNT, staff.agent)
    with pytest.raises(Refused, match="10201 的 2026-09 已对账确认，请先到“出纳”撤销确认"):
        sign_and_post(money(30, -500, "51302"))
    for sql in (
        "UPDATE voucher SET state = 'posted' WHERE state = 'approved'",
        "UPDATE bank_line SET amount_fen = 1", "DELETE FROM bank_line", "UPDATE bank_statement SET closing_fen = 1",
        "UPDATE bank_statement SET state = 'void'", "DELETE FROM bank_statement", "DELETE FROM bank_match_item",
        "UPDATE bank_match_item SET amount_fen = 1", "DELETE FROM bank_match", "DELETE FROM reconciliation",
        "UPDATE reconciliation SET book_fen = 1",
        "INSERT INTO bank_line (statement, position, day) SELECT uid, 99, '2026-09-30' FROM bank_statement",
    ):  # fmt: skip
        with pytest.raises(IntegrityError), posted.books.write() as connection:
            connection.execute(text(sql_for(posted.office, sql)))
    waiting = next(one for one in list_vouchers(posted) if one.state == "approved")
    cancel_all(posted, waiting.uid, staff)
    close_month(posted, staff.agent)
    with pytest.raises(Refused, match="2026-09 已结账，要改对账请先反结账"):
        withdraw_reconciliation(posted, ACCOUNT, staff.agent, "漏记")


def test_a_person_matches_what_the_program_would_not(posted: Desk, sign_and_post: Post, tmp_path: Path) -> None:
    rows = ("2026-08-31,上期结余,,,0.00", "2026-09-03,拨款,,10000.00,10000.00", "2026-09-20,水电费,650.00,,9350.00",
            "2026-09-29,转账,600.00,,8750.00")  # fmt: skip
    import_statement(posted, ACCOUNT, statement(tmp_path, *rows))
    match_automatically(posted, ACCOUNT)
    bank = read_bank(posted, ACCOUNT)
    keys = [next(one.key for one in bank.free if one.amount_fen == fen) for fen in (-40_000, -25_000, -65_000)]
    made = match_items(posted, ACCOUNT, keys)
    assert made.kind == "many_to_one"
    with pytest.raises(Refused, match="选的里面有已经勾对的"):
        match_items(posted, ACCOUNT, keys)
    rest = [next(one.key for one in bank.free if one.amount_fen == fen) for fen in (-99_900, -60_000)]
    with pytest.raises(Refused, match=r"两边相差 399.00 元；银行只办了一部分的，选“留下差额”"):
        match_items(posted, ACCOUNT, rest)
    match_items(posted, ACCOUNT, rest, rest_allowed=True)
    assert open_of(read_bank(posted, ACCOUNT)) == [(BOOK_PAID, "399.00", "买打印机")]
    undo_match(posted, made.uid, ACCOUNT)
    assert len(read_bank(posted, ACCOUNT).free) == 3
    october = posted.at(OCTOBER)
    path = statement(tmp_path, "2026-10-08,转账,399.00,,8351.00", name="10月.csv")
    import_statement(october, ACCOUNT, path)
    settled = match_automatically(october, ACCOUNT)
    assert [(one.kind, one.rest_fen, len(one.items)) for one in settled] == [(ONE_TO_MANY, 0, 3)]
    assert errors(posted) == []


def test_what_is_only_possible_is_offered(posted: Desk, tmp_path: Path) -> None:
    rows = ("2026-08-31,上期结余,,,0.00", "2026-09-20,拨款,,10000.00,10000.00")
    import_statement(posted, ACCOUNT, statement(tmp_path, *rows))
    assert match_automatically(posted, ACCOUNT) == []
    offered = possible_matches(posted, ACCOUNT)
    assert [(one.kind, one.confidence, one.words) for one in offered] == [("one", "possible", "同金额，银行晚 17 天")]
    match_items(posted, ACCOUNT, [item.key for item in offered[0].items])
    assert possible_matches(posted, ACCOUNT) == []


def test_a_pair_inside_the_bank_is_looked_at_again_when_its_vouchers_are_there(
    posted: Desk, sign_and_post: Post, tmp_path: Path
) -> None:
    rows = ("2026-08-31,上期结余,,,0.00", "2026-09-10,退汇,,30.00,30.00", "2026-09-12,转账,30.00,,0.00")
    import_statement(posted, ACCOUNT, statement(tmp_path, *rows))
    assert [one.kind for one in match_automatically(posted, ACCOUNT)] == [INSIDE]
    for draft in (money(10, 3_000), money(12, -3_000)):
        sign_and_post(draft)
    assert [one.kind for one in match_automatically(posted, ACCOUNT)] == ["one", "one"]
    assert errors(posted) == []


def test_a_reversal_in_the_books_is_a_pair_of_its_own(
    desk: Desk, staff: Staff, sign_and_post: Post, tmp_path: Path
) -> None:
    wrong = sign_and_post(money(5, 70_000))
    red = reverse_voucher(desk, wrong.uid, date(2026, 9, 6))
    sign_all(desk, red.uid, staff)
    post_voucher(desk, red.uid)
    import_statement(desk, ACCOUNT, statement(tmp_path, "2026-08-31,上期结余,,,0.00"))
    assert [(one.kind, one.items[0].side) for one in match_automatically(desk, ACCOUNT)] == [(INSIDE, BOOK)]
    assert open_of(read_bank(desk, ACCOUNT)) == []


def test_a_statement_follows_the_one_before(posted: Desk, tmp_path: Path) -> None:
    import_statement(posted, ACCOUNT, statement(tmp_path, *SEPTEMBER_ROWS))
    october = posted.at(OCTOBER)
    gap = statement(tmp_path, "2026-10-09,转账,999.00,,8000.00", name="a.csv")
    with pytest.raises(Refused, match=r"期初 8,999.00 元，与上一份对账单（到 2026-09-30）的期末 9,345.00 元接不上"):
        import_statement(october, ACCOUNT, gap)
    twice = statement(tmp_path, "2026-09-12,转账,1.00,,9344.00", name="b.csv")
    with pytest.raises(Refused, match="从 2026-09-12 开始，已有的对账单到 2026-09-30 为止"):
        import_statement(october, ACCOUNT, twice)
    broken = statement(tmp_path, "2026-10-09,转账,1.00,,9344.00", "2026-10-10,x,,5.00,9348.00", name="c.csv")
    with pytest.raises(Refused, match=r"第 2 笔：2026-10-10 x 之后余额应是 9,349.00 元，文件里是 9,348.00 元"):
        import_statement(october, ACCOUNT, broken)
    with pytest.raises(Refused, match="没有银行科目 101"):
        import_statement(october, "101", broken)
    assert [one.name for one in read_bank(october, ACCOUNT).statements] == ["对账单.csv"]


def test_excel_and_gbk_are_read_and_the_columns_are_remembered(posted: Desk, tmp_path: Path) -> None:
    path = tmp_path / "明细.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        head = ("入账", "业务", "备注二", "收", "付", "结存")
        for row, cells in enumerate([("客户名称", "村"), head, (date(2026, 9, 3), "x", "拨款", 10000, "", 10000)]):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                else:
                    sheet.write(row, column, cell)
    seen = preview_statement(posted, ACCOUNT, path)
    assert [str(one) for one in seen.problems] == [
        "没有指明哪一列是日期", "没有指明哪一列是金额：收入、支出两列，或收支同一列"
    ]  # fmt: skip
    assert seen.titles == ("入账", "业务", "备注二", "收", "付", "结存")
    chosen = Columns("入账", "备注二", "付", "收", balance="结存")
    assert import_statement(posted, ACCOUNT, path, chosen).lines[0].summary == "拨款"
    assert settings(posted.office)[f"bank_columns/V01/{ACCOUNT}"] == chosen.plain
    void_statement(posted, read_bank(posted, ACCOUNT).statements[0].uid, "试一试")
    rows = ("2026-08-31,上期结余,,,0.00", "2026-09-03,拨款,,10000.00,10000.00")
    import_statement(posted, ACCOUNT, statement(tmp_path, *rows, encoding="gb18030"))
    found = settings(posted.office)[f"bank_columns/V01/{ACCOUNT}"]
    assert found == Columns("日期", "摘要", "支出", "收入", balance="余额").plain
    head = "日期,摘要,支出,收入,余额,交易日期\n"
    other = tmp_path / "10月.csv"
    other.write_text(head + "2026-10-02,电费,40.00,,9960.00,2026-10-01\n", "utf-8")
    assert preview_statement(posted.at(OCTOBER), ACCOUNT, other).columns.day == "日期"


def test_a_bank_account_in_excel_with_numbers_and_dates(posted: Desk, tmp_path: Path) -> None:
    path = tmp_path / "明细.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["交易日期", "摘要", "借方发生额", "贷方发生额", "余额", "对方户名"])
        for row, (when, words, out, into, balance) in enumerate(
            [(date(2026, 9, 3), "拨款", None, 10000, 10000), (date(2026, 9, 6), "水电费", 649.99, None, 9350.01)], 1
        ):
            sheet.write_datetime(row, 0, when, day)
            sheet.write_row(row, 1, [words, out, into, balance, "张三"])
    kept = import_statement(posted, ACCOUNT, path)
    assert [(one.day, one.amount_fen) for one in kept.lines] == [
        (date(2026, 9, 3), 1_000_000), (date(2026, 9, 6), -64_999)
    ]  # fmt: skip


def test_without_balances_a_person_says_the_first_one(posted: Desk, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("日期,摘要,金额\n2026-09-03,拨款,10000.00\n2026-09-06,水电费,-650.00\n", "utf-8")
    with pytest.raises(Refused, match="文件里没有余额，请写明期初余额"):
        import_statement(posted, ACCOUNT, path)
    assert import_statement(posted, ACCOUNT, path, opening_fen=0).closing_fen == 935_000


def test_a_difference_before_the_first_statement_is_named_or_explained(
    posted: Desk, staff: Staff, tmp_path: Path
) -> None:
    rows = ("2026-08-31,上期结余,,,120.00", "2026-09-03,拨款,,10000.00,10120.00", "2026-09-06,水电费,650.00,,9470.00",
            "2026-09-29,转账 打印机,999.00,,8471.00")  # fmt: skip
    import_statement(posted, ACCOUNT, statement(tmp_path, *rows))
    match_automatically(posted, ACCOUNT)
    with pytest.raises(Refused, match=r"调节后两边还差 120.00 元"):
        confirm_reconciliation(posted, ACCOUNT, staff.agent)
    late = BankLine(1, date(2026, 9, 3), "x", 1, 0, side=BOOK)
    with pytest.raises(Refused, match="日期应在第一份对账单（2026-09-01 起）以前"):
        enter_open_items(posted, ACCOUNT, [late])
    enter_open_items(posted, ACCOUNT, [BankLine(1, date(2026, 8, 28), "8月支票未兑付", -12_000, 0, side=BOOK)])
    bank = read_bank(posted, ACCOUNT)
    assert open_of(bank) == [(BOOK_PAID, "120.00", "8月支票未兑付")]
    assert bank.sheet is not None
    assert bank.sheet.unknown_fen == 0
    enter_open_items(posted, ACCOUNT, [])
    confirm_reconciliation(posted, ACCOUNT, staff.agent, "8月以前的差额，银行底单已丢，报中心主任")
    assert read_bank(posted, ACCOUNT).reason.startswith("8月以前的差额")
    assert errors(posted) == []


def test_a_month_is_confirmed_only_when_the_statement_reaches_its_end(
    posted: Desk, staff: Staff, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="10201 还没有到 2026-09-30 的对账单"):
        confirm_reconciliation(posted, ACCOUNT, staff.agent)
    import_statement(posted, ACCOUNT, statement(tmp_path, *SEPTEMBER_ROWS))
    with pytest.raises(Refused, match="10201 还没有到 2026-10-31 的对账单"):
        confirm_reconciliation(posted.at(OCTOBER), ACCOUNT, staff.agent)


def test_what_the_bank_sent_back_becomes_two_drafts_on_211_one_after_the_other(case: Desk) -> None:
    import_statement(case, ACCOUNT, STATEMENT)
    match_automatically(case, ACCOUNT)
    bank = read_bank(case, ACCOUNT)
    pair = next(one for one in bank.matches if one.kind == INSIDE)
    first = draft_from_bank(case, ACCOUNT, [one.key for one in pair.items])
    assert first.day == date(2026, 9, 19)
    assert [(one.account, one.net_fen) for one in first.lines] == [(ACCOUNT, 320_000), ("211", -320_000)]
    fee = draft_from_bank(case, ACCOUNT, [key(bank, "服务费")])
    assert [(one.account, one.net_fen) for one in fee.lines] == [(ACCOUNT, -1_200), ("51502", 1_200)]
    rent = draft_from_bank(case, ACCOUNT, [key(bank, "向其昌")])
    assert [one.account for one in rent.lines] == [ACCOUNT, ""]


def test_the_board_tells_which_banks_are_confirmed(case: Desk) -> None:
    staff = staff_of(case.office)
    import_statement(case, ACCOUNT, STATEMENT)
    match_automatically(case, ACCOUNT)
    confirm_reconciliation(case, ACCOUNT, staff.other)
    found = {row.book: (row.reconciled, row.banks) for row in read_board(case.office, case.period)}
    assert (found["V01"], found["V02"]) == ((1, 1), (0, 2))


def test_a_line_that_only_the_bank_has_becomes_a_draft(posted: Desk, tmp_path: Path) -> None:
    import_statement(posted, ACCOUNT, statement(tmp_path, *SEPTEMBER_ROWS))
    match_automatically(posted, ACCOUNT)
    bank = read_bank(posted, ACCOUNT)
    draft = draft_from_bank(posted, ACCOUNT, [key(bank, "服务费")])
    assert draft.day == date(2026, 9, 30)
    assert [(one.account, one.debit_fen, one.credit_fen) for one in draft.lines] == [(ACCOUNT, 0, 500), ("", 500, 0)]
    with pytest.raises(Refused, match="请选右边银行的行"):
        draft_from_bank(posted, ACCOUNT, [key(bank, "打印机")])
