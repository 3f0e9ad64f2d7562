"""合村并账: two drafts to sign, every balance marked with its former village, the old book stopped and still read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.services.chain import journal_page
from tests.services.conftest import Grow, Staff, build_accounts, line, simple_paper, sql_for
from villagebooks.core.account import Account
from villagebooks.core.former import FormerReport, mixed_formers
from villagebooks.core.merger import in_lines, out_lines, plan_merger
from villagebooks.core.migration import OldDetail
from villagebooks.core.paper import Document
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused
from villagebooks.core.receipt import Receipt, ReceiptBook
from villagebooks.core.statement import BALANCE_SHEET
from villagebooks.core.village import Village, former_of, mark_former
from villagebooks.core.voucher import CLOSING, Draft, Line, Voucher
from villagebooks.db import book as book_rows
from villagebooks.db import guard
from villagebooks.db import paper as paper_rows
from villagebooks.services.approval import approve_voucher
from villagebooks.services.check import check_books
from villagebooks.services.closing import close_month, lock_year, month_checklist, month_states, reopen_month
from villagebooks.services.correction import correct_difference, reverse_only
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.disclosure import prepare_sheet
from villagebooks.services.ledger import trial_balance
from villagebooks.services.merger import (
    begin_merger,
    finish_merger,
    former_report,
    give_up_merger,
    list_mergers,
    look_at_merger,
)
from villagebooks.services.office import new_book, open_book, villages
from villagebooks.services.paper import issue_receipt_book, list_receipt_books, receipt_counts, save_paper
from villagebooks.services.statement import statement
from villagebooks.services.voucher import post_voucher, read_voucher, save_voucher, void_voucher

DAY = date(2026, 8, 1)
JULY, AUGUST = Month(2026, 7), Month(2026, 8)
BASIS = "县民政局并村批复〔2026〕8号"
MORE = (("112", "应收款", "D"), ("151", "固定资产", "D"), ("15101", "房屋及建筑物", "D"), ("231", "一事一议资金", "C"))


def accounts(extra: tuple[tuple[str, str, str], ...] = ()) -> list[Account]:
    rows = [*build_accounts()]
    for code, name, side in (*MORE, *extra):
        needs = {"112": ("party",), "231": ("project",)}.get(code, ())
        rows.append(Account(code, name, (len(code) - 1) // 2, code[:-2] if len(code) > 3 else "", side, True, needs))
    parents = {one.parent for one in rows}
    return sorted((replace_leaf(one, one.code not in parents) for one in rows), key=lambda one: one.code)


def replace_leaf(one: Account, leaf: bool) -> Account:
    return Account(one.code, one.name, one.level, one.parent, one.side, leaf, one.needs)


@dataclass(frozen=True)
class Villages:
    """Two old books with balances to July, and the book of the new village."""

    office: Office
    staff: Staff

    def desk(self, code: str, month: Month = AUGUST) -> Desk:
        return open_desk(Office(self.office.books, "冯素芳"), code, month)

    def post(self, code: str, uid: str) -> Voucher:
        desk = self.desk(code)
        money = any(one.account.startswith(("101", "102")) for one in read_voucher(desk, uid).lines)
        cashier = (self.staff.cashier,) if money else ()
        for person in (self.staff.agent, self.staff.other, *cashier, self.staff.director):
            approve_voucher(desk, uid, person)
        return post_voucher(desk, uid)

    def book(self, code: str, draft: Draft) -> Voucher:
        return self.post(code, save_voucher(self.desk(code), draft).uid)


def entries(*lines: Line, day: date = date(2026, 7, 3)) -> Draft:
    return Draft(day, lines, attachment_count=1)


@pytest.fixture
def merging(office: Office, staff: Staff, grow: Grow) -> Villages:
    def build() -> None:
        make_merging(office, staff)

    grow(build)
    return Villages(office, staff)


def make_merging(office: Office, staff: Staff) -> Villages:
    made = Villages(office, staff)
    for code, name in (("C01", "槽口村"), ("T01", "桐油村"), ("N01", "桐油槽村")):
        book = new_book(code, code, name, "代行", "2023", Month(2026, 1) if code != "N01" else AUGUST)
        open_book(office, Village(code, name), book, accounts())
    made.book("C01", entries(
        line("101", 23_640), line("10201", 5_000_000), line("15101", 800_000),
        line("301", credit=4_223_640), line("112", 1_500_000, party="龙德彪（2019年借支）"),
        line("112", credit=3_100_000, party="罗氏建筑队"),
    ))  # fmt: skip
    made.book("T01", entries(line("10201", 700_000), Line("筹资", "231", 0, 200_000, project="水渠"),
                             line("301", credit=500_000)))  # fmt: skip
    for code in ("C01", "T01"):
        close_month(made.desk(code, JULY), staff.agent)
    return made


def merge(made: Villages, code: str = "C01") -> None:
    state = begin_merger(made.desk(code), "N01", DAY, BASIS)
    made.post(code, state.merger.voucher_out)
    made.post("N01", state.merger.voucher_in)
    close_month(made.desk(code), made.staff.agent)
    finish_merger(made.desk(code), made.staff.director)


def errors(office: Office) -> list[str]:
    return [f"{one.rule} {one.row}：{one.text}" for one in check_books(office, deep=True) if one.severity == "error"]


def shown(report: FormerReport) -> dict[tuple[str, str, str], int]:
    return {(row.former, row.account, row.words): row.balance_fen for row in report.rows}


def test_every_balance_goes_out_and_comes_in_with_its_former_village(merging: Villages) -> None:
    merge(merging)
    merge(merging, "T01")
    assert trial_balance(merging.office, "C01", AUGUST, AUGUST).rows[-1].closing_debit_fen == 0
    report = former_report(merging.desk("N01"), AUGUST)
    assert report.formers == ("桐油村", "槽口村")
    found = shown(report)
    assert found["槽口村", "112", "龙德彪（2019年借支）〔原槽口村〕"] == 1_500_000
    assert found["槽口村", "112", "罗氏建筑队〔原槽口村〕"] == -3_100_000
    assert found["槽口村", "101", "〔原槽口村〕"] == 23_640
    assert found["槽口村", "15101", "〔原槽口村〕"] == 800_000
    assert found["桐油村", "231", "水渠〔原桐油村〕"] == -200_000
    banks = {row.name: row.balance_fen for row in report.rows if row.account.startswith("102")}
    assert banks == {"银行存款／基本户〔原槽口村〕": 5_000_000, "银行存款／基本户〔原桐油村〕": 700_000}
    assert all(sum(row.balance_fen for row in report.rows_of(former)) == 0 for former in report.formers)
    assert errors(merging.office) == []


def test_the_old_book_is_stopped_its_village_points_on_and_its_reports_and_sheets_still_work(
    merging: Villages,
) -> None:
    before = statement(merging.desk("C01", JULY), BALANCE_SHEET, Span(JULY, JULY)).rows
    merge(merging)
    old = merging.desk("C01")
    assert old.book.stopped == AUGUST
    assert {one.code: one.successor for one in villages(merging.office)}["C01"] == "N01"
    assert statement(old, BALANCE_SHEET, Span(JULY, JULY)).rows == before
    assert prepare_sheet(old.at(JULY)).own.closing_fen == 5_023_640
    with pytest.raises(Refused, match="到 2026-08 为止已经停用"):
        save_voucher(old, entries(line("101", 1), line("301", credit=1), day=date(2026, 9, 1)))
    with pytest.raises(Refused, match="不能反结账"):
        reopen_month(old, merging.staff.agent, merging.staff.director, "补记")
    with pytest.raises(IntegrityError, match="不能再改"), merging.office.books.write() as connection:
        connection.execute(text("UPDATE merger SET basis = 'x'"))


def test_the_last_year_of_a_stopped_book_is_locked_without_the_months_after_its_stop(merging: Villages) -> None:
    merge(merging)
    locked = lock_year(merging.desk("C01"), merging.staff.director)
    assert locked.period == "2026"
    states = month_states(merging.desk("C01"))
    assert (set(states.values()), max(states)) == ({"locked"}, AUGUST)
    assert errors(merging.office) == []


def test_receipts_that_the_old_village_was_handed_are_used_and_accounted_for_in_the_new_one(
    merging: Villages,
) -> None:
    issue_receipt_book(
        merging.desk("C01", JULY), ReceiptBook("S1", "C01", "0000001", "0000003", "2026-07-01", "向丽蓉")
    )
    issue_receipt_book(
        merging.desk("T01", JULY), ReceiptBook("S2", "T01", "0000011", "0000013", "2026-07-01", "罗运喜")
    )
    merge(merging)
    assert [one.code for one in list_receipt_books(merging.desk("N01"))] == ["S1"]
    assert list_receipt_books(merging.desk("N01", JULY)) == []
    with merging.office.books.read() as connection:
        for month in (JULY, AUGUST, AUGUST.next()):
            held = paper_rows.receipt_books_held(connection, month)
            for row, book in book_rows.books_by_id(connection).items():
                assert held.get(row, []) == paper_rows.receipt_books(connection, row, book.code, month)
    september = merging.desk("N01", AUGUST.next())
    paper = replace(simple_paper(), day=date(2026, 9, 5), documents=(Document("收款收据", "0000002"),))
    save_paper(september, paper, [Receipt("S1", "0000002", "used", "", "2026-09-05", 500)])
    (count,) = receipt_counts(september)
    assert (count.book, count.used) == ("S1", ("0000002",))
    assert "收据 0000001 去向不明" in [one.text for one in month_checklist(september)]
    assert not [one for one in errors(merging.office) if "receipt_paper" in one]


def test_both_books_journal_the_merger_and_the_director_signs_it(merging: Villages) -> None:
    state = begin_merger(merging.desk("C01"), "N01", DAY, BASIS)
    merging.post("C01", state.merger.voucher_out)
    with pytest.raises(Refused, match="N01 的转账凭证记-1还没有签完字记账"):
        finish_merger(merging.desk("C01"), merging.staff.director)
    merging.post("N01", state.merger.voucher_in)
    with pytest.raises(Refused, match="旧账套 2026-08 还没有结账"):
        finish_merger(merging.desk("C01"), merging.staff.director)
    close_month(merging.desk("C01"), merging.staff.agent)
    with pytest.raises(Refused, match="冯素芳不是中心主任"):
        finish_merger(merging.desk("C01"), merging.staff.agent)
    done = finish_merger(merging.desk("C01"), merging.staff.director)
    for code in ("C01", "N01"):
        assert ("merge", f"merger:{done.merger.uid}") in [
            (one.kind, one.ref) for one in journal_page(merging.office, code)
        ]
    assert [one.merger.state for one in list_mergers(merging.office)] == ["finished"]
    with pytest.raises(Refused, match="没有在并账"):
        finish_merger(merging.desk("C01"), merging.staff.director)


def test_what_stands_in_the_way_is_told_all_at_once(merging: Villages, desk: Desk) -> None:
    office = merging.office
    merging.book("C01", entries(line("101", 500), line("50101", credit=500), day=date(2026, 8, 1)))
    save_voucher(merging.desk("C01"), entries(line("101", 1), line("301", credit=1), day=date(2026, 8, 9)))
    told = "\n".join(map(str, look_at_merger(office, "C01", "N01", DAY).plan.problems))
    assert "请写依据" in told
    assert "还有没记账的凭证：2026-08 记-2" in told
    assert "2026-08-01 以后还有凭证：2026-08 记-2" in told
    assert "损益、本年收益、各项分配还没有结转：50101 贷 5.00" in told
    told = "\n".join(map(str, look_at_merger(office, "T01", "N01", date(2026, 10, 1), BASIS).plan.problems))
    assert "旧账套 2026-09 还没有结账" in told
    told = "\n".join(map(str, look_at_merger(office, "T01", "T01", DAY, BASIS).plan.problems))
    assert "两个账套是同一个村的" in told
    told = "\n".join(map(str, look_at_merger(office, "T01", "N01", date(2026, 7, 1), BASIS).plan.problems))
    assert "账套 N01 在 2026-07 没有启用或已经停用" in told
    told = "\n".join(map(str, look_at_merger(office, desk.book.code, "N01", DAY, BASIS).plan.problems))
    assert "没有余额可转" in told


def test_a_merger_may_be_given_up_and_begun_again(merging: Villages) -> None:
    state = begin_merger(merging.desk("C01"), "N01", DAY, BASIS)
    with pytest.raises(Refused, match="账套 C01 已经在并账"):
        begin_merger(merging.desk("C01"), "N01", DAY, BASIS)
    void_voucher(merging.desk("N01"), state.merger.voucher_in)
    with pytest.raises(Refused, match="N01 的转账凭证记-1已作废或冲销"):
        finish_merger(merging.desk("C01"), merging.staff.director)
    give_up_merger(merging.desk("C01"))
    assert read_voucher(merging.desk("C01"), state.merger.voucher_out).state == "void"
    again = begin_merger(merging.desk("C01"), "N01", DAY, BASIS)
    merging.post("C01", again.merger.voucher_out)
    with pytest.raises(Refused, match="已经记账：先红字冲销"):
        give_up_merger(merging.desk("C01"))


def test_a_bank_account_is_not_divided_under_one_that_has_lines(merging: Villages, desk: Desk) -> None:
    book = new_book("M01", "M01", "合并村", "代行", "2023", Month(2026, 1))
    chart = [one for one in accounts() if one.code != "10201"]
    open_book(
        merging.office,
        Village("M01", "合并村"),
        book,
        [replace_leaf(one, True) if one.code == "102" else one for one in chart],
    )
    merging.book("M01", entries(line("102", 100), line("301", credit=100)))
    told = "\n".join(map(str, look_at_merger(merging.office, "C01", "M01", DAY, BASIS).plan.problems))
    assert "102 银行存款 已有分录，不能在下面增设明细：先在新账套把它拆分开" in told


def test_a_voucher_that_shifts_between_former_villages_is_a_notice(merging: Villages) -> None:
    merge(merging)
    merge(merging, "T01")
    assert [one.rule for one in check_books(merging.office) if one.rule == "former_mixed"] == []
    merging.book("N01", entries(
        line("112", 100, party="龙德彪（2019年借支）〔原槽口村〕"),
        Line("平调", "231", 0, 100, project="水渠〔原桐油村〕"), day=date(2026, 8, 20),
    ))  # fmt: skip
    found = [one for one in check_books(merging.office) if one.rule == "former_mixed"]
    assert [(one.severity, one.text) for one in found] == [("notice", "一张凭证里动了 原桐油村、原槽口村 的账")]


SABOTAGE = {
    "merger": ("UPDATE merger SET basis = '别的'", "merger"),
    "voucher": ("UPDATE voucher_line SET debit_fen = debit_fen + 1 WHERE party = '罗氏建筑队'", "merger"),
    "coming": ("UPDATE voucher_line SET party = '罗氏建筑队' WHERE party = '罗氏建筑队〔原槽口村〕'", "merger"),
    "note": ("UPDATE approval SET note = x'00' WHERE about = 'merger'", "merger"),
    "successor": ("UPDATE village SET successor = 'X' WHERE code = 'C01'", "successor"),
    "started": ("UPDATE book SET stopped = '' WHERE code = 'C01'", "successor"),
    "stopped": ("UPDATE voucher SET state = 'approved' WHERE book = (SELECT id FROM book WHERE code = 'C01')",
                "book_stopped"),
}  # fmt: skip


@pytest.mark.parametrize("what", SABOTAGE)
def test_what_was_changed_after_a_merger_is_found_under_its_rule(merging: Villages, what: str) -> None:
    merge(merging)
    sql, rule = SABOTAGE[what]
    with merging.office.books.write() as connection:
        guard.drop_guards(connection)
        assert connection.execute(text(sql_for(merging.office, sql))).rowcount
        guard.make_guards(connection)
    assert rule in {one.rule for one in check_books(merging.office)}


def test_a_book_of_another_standard_is_changed_over_first(merging: Villages) -> None:
    chart = [one for one in accounts() if one.code in ("101", "301")]
    book = new_book("Z01", "Z01", "旧制村", "代行", "2004", Month(2026, 1))
    open_book(merging.office, Village("Z01", "旧制村"), book, chart)
    told = "\n".join(map(str, look_at_merger(merging.office, "Z01", "N01", DAY, BASIS).plan.problems))
    assert "旧账套先转换制度，再并账" in told


def test_marks_are_read_and_written_alike_and_never_doubled() -> None:
    assert mark_former("屈三妹", "槽口村") == "屈三妹〔原槽口村〕"
    assert mark_former("屈三妹〔原槽口村〕", "桐油槽村") == "屈三妹〔原槽口村〕"
    assert former_of("屈三妹〔原槽口村〕") == "槽口村"
    assert former_of("屈三妹（原槽口村）") == ""
    assert mark_former("", "槽口村") == "〔原槽口村〕"


PARTIES = ("", "甲", "乙", "丙〔原某村〕")
CODES = ("101", "10201", "112", "15101", "231", "301", "311")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(PARTIES)), min_size=1, unique=True), st.data())
def test_whatever_the_balances_both_vouchers_balance_and_no_detail_is_pooled(
    keys: list[tuple[str, str]], data: st.DataObject
) -> None:
    amounts = data.draw(st.lists(st.integers(1, 10**12), min_size=len(keys), max_size=len(keys)))
    details = [OldDetail(code, fen, party) for (code, party), fen in zip(keys, amounts, strict=True)]
    details.append(OldDetail("301", -sum(amounts), "轧平"))
    chart = {one.code: one for one in accounts((("311", "公积公益金", "C"),))}
    plan = plan_merger(details, chart, chart, "槽口村", {"101", "10201", "112", "301"})
    assert plan.problems == ()
    going, coming = out_lines(plan.moves, "出"), in_lines(plan.moves, "入")
    assert sum(one.net_fen for one in going) == sum(one.net_fen for one in coming) == 0
    assert [-one.net_fen for one in going] == [one.net_fen for one in coming] == [one.balance_fen for one in details]
    places = [(one.account, one.party, one.project) for one in coming]
    assert len(set(places)) == len(places)
    whole = chart | {one.code: one for one in plan.opened}
    assert all(former_of(one.new.party) or former_of(whole[one.new.account].name) for one in plan.moves)
    assert mixed_formers(going[:1], chart) == ()


def test_profit_is_transferred_before_the_day_and_then_the_books_may_merge(merging: Villages) -> None:
    merging.book("T01", entries(line("101", 500), line("50101", credit=500), day=DAY))
    transfer = (line("50101", 500), line("32202", credit=500))
    merging.book("T01", Draft(DAY, transfer, kind=CLOSING))
    merge(merging, "T01")
    found = shown(former_report(merging.desk("N01"), AUGUST))
    assert found["桐油村", "32202", "〔原桐油村〕"] == -500
    assert errors(merging.office) == []


def test_the_transfers_of_a_merger_are_not_edited_corrected_or_reversed_after_it(merging: Villages) -> None:
    state = begin_merger(merging.desk("C01"), "N01", DAY, BASIS)
    assert state.coming is not None
    pooled = tuple(replace(one, party="") for one in state.coming.lines)
    there = merging.desk("N01")
    with pytest.raises(Refused, match="记-1 是合村并账的转账凭证，不能改"):
        save_voucher(there, Draft(DAY, pooled, uid=state.coming.uid))
    merging.post("C01", state.merger.voucher_out)
    coming = merging.post("N01", state.merger.voucher_in)
    with pytest.raises(Refused, match="不能用差额更正"):
        correct_difference(there, coming.uid, [one.debit_fen + one.credit_fen + 1 for one in coming.lines], DAY)
    close_month(merging.desk("C01"), merging.staff.agent)
    finish_merger(merging.desk("C01"), merging.staff.director)
    with pytest.raises(Refused, match="并账已经签字完成，不能冲销"):
        reverse_only(there, coming.uid, date(2026, 8, 20), "弄错了")


def test_a_merger_is_given_up_only_when_its_red_voucher_is_posted(merging: Villages) -> None:
    state = begin_merger(merging.desk("C01"), "N01", DAY, BASIS)
    here = merging.desk("C01")
    merging.post("C01", state.merger.voucher_out)
    red = reverse_only(here, state.merger.voucher_out, DAY, "不并了")
    with pytest.raises(Refused, match="先红字冲销，再放弃并账"):
        give_up_merger(here)
    merging.post("C01", red.uid)
    give_up_merger(here)
    assert list_mergers(merging.office) == []
