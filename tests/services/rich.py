"""A rich office: a row in every table of the schema, made by services as people would, and clean under every check.

A new table is filled here; `test_field.py` fails until it is.
"""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from tests.services import test_layout, test_merger, test_query, test_take_over, village_2004, whole_office
from tests.services.conftest import CHEAP, PASSPHRASE, Clock, Staff, line, sign_all, simple_paper
from villagebooks.core.account import RegisteredBank, Share, Split, new_account
from villagebooks.core.agreement import Agreement
from villagebooks.core.approval import ARCHIVIST, DIRECTOR
from villagebooks.core.archive import Loan, Volume
from villagebooks.core.budget import ADOPT, BudgetAct, BudgetLine
from villagebooks.core.cover import LEDGERS, VOUCHERS
from villagebooks.core.history import HistoryPerson
from villagebooks.core.paper import Document
from villagebooks.core.period import Month
from villagebooks.core.person import id_check_digit
from villagebooks.core.relative import Relative
from villagebooks.core.village import Village
from villagebooks.core.voucher import Draft
from villagebooks.core.whistle import TOWNSHIP, VILLAGE, Whistle
from villagebooks.formats.table import Faults
from villagebooks.services.account import (
    keep_unified,
    register_bank,
    rename_account,
    set_needs,
    split_account,
    stop_account,
)
from villagebooks.services.agreement import sign_agreement
from villagebooks.services.approval import send_back_paper
from villagebooks.services.archive import lend_volumes, return_volumes
from villagebooks.services.budget import save_budget_act
from villagebooks.services.closing import close_month, lock_year
from villagebooks.services.desk import Desk, Office, acting_office, open_desk
from villagebooks.services.disclosure import put_up
from villagebooks.services.history import import_history
from villagebooks.services.key import issue_key, revoke_key
from villagebooks.services.migration import begin_migration, finish_migration
from villagebooks.services.office import appoint, create_office, new_book, officers, open_book, put_settings
from villagebooks.services.opening import open_balances
from villagebooks.services.overdue import excuse_paper
from villagebooks.services.paper import attach_image, save_paper
from villagebooks.services.person import enter_people
from villagebooks.services.policy import put_policy, ready_policy
from villagebooks.services.post import attest_change, begin_change, finish_change, record_change, sign_change
from villagebooks.services.query import export_query_file, make_reader
from villagebooks.services.reason import add_reason
from villagebooks.services.relative import register_relative
from villagebooks.services.slip import make_slip
from villagebooks.services.statement import save_layout, use_layout, write_note_texts
from villagebooks.services.template import keep_template
from villagebooks.services.village import rename_village
from villagebooks.services.voucher import list_vouchers, post_voucher, save_voucher, void_voucher
from villagebooks.services.whistle import answer_whistle, blow_whistle

AGENT = "冯素芳"
LATER = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


def make_rich(place: Path | str, folder: Path) -> Staff:
    """Make the office at a place; `folder` takes the files that are imported and exported on the way."""
    clock = Clock()
    clock.moment = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
    office = Office(create_office(place, "白雁河镇", clock=clock).books, AGENT)
    for code, name in (("V01", "老秤湾村"), ("V02", "石磨坪村")):
        book = new_book(code, code, name, "代行", "2023", Month(2026, 1))
        open_book(office, Village(code, name), book, whole_office.accounts())
    staff = whole_office.employ(office)
    desk = open_desk(office, "V01", Month(2026, 9))
    keep_plans(desk)
    whole_office.live(desk, staff)
    whole_office.reconcile(desk, staff, folder)
    change_accounts(desk, staff)
    keep_township(desk, staff)
    change_posts(desk, staff)
    publish(desk, staff, clock, folder)
    for month in (8, 9, 12):
        close_month(desk.at(Month(2026, month)), staff.agent)
    lock_year(desk.at(Month(2026, 12)), staff.director)
    set_needs(desk, "51302", ["project"])
    succeed(office, staff, folder)
    office.books.close()
    return staff


def change_posts(desk: Desk, staff: Staff) -> None:
    """A reporter who handed over to the next one; an archivist whose key was lost."""
    term = next(one for one in officers(desk.office) if one.name == "向丽蓉")
    begun = begin_change(desk.office, term.uid, date(2026, 9, 30))
    short = replace(begun.hand.items[0], found_fen=begun.hand.items[0].book_fen - 390, settled_on="181")
    hand = replace(begun.hand, receiver="覃晓燕", watcher="邹启明", items=(short, *begun.hand.items[1:]), remark="无")
    one = record_change(desk.office, replace(begun, hand=hand))
    scan = attach_image(desk, whole_office.png(9)).sha256
    attest_change(desk.office, one.uid, ["giver", "receiver"], staff.agent, scan)
    sign_change(desk.office, one.uid, "watcher", staff.director)
    finish_change(desk.office, one.uid)
    void_voucher(desk, list_vouchers(desk)[-1].uid)
    appoint(desk.office, "谷丹", ARCHIVIST, "2026-01-01")
    issue_key(desk.office, staff.root, "谷丹", PASSPHRASE, cost=CHEAP)
    revoke_key(desk.office, staff.root, "谷丹", "U盘丢了")


def keep_plans(desk: Desk) -> None:
    """Budget, agreement, bank account, the unified accounts: what is decided before the year is lived."""
    act = BudgetAct("", "", 2026, ADOPT, date(2026, 1, 15), "成员代表大会", (BudgetLine("51302", 850_000),), "")
    save_budget_act(desk, act)
    for number, village in enumerate(("V01", "V02")):
        sign_agreement(
            desk.office,
            Agreement("", village, f"2026-{number}", date(2025, 12, 20), date(2026, 1, 1), None, "村民代表会议",
                      "田维国", "邹启明", "中心保管"),
        )  # fmt: skip
    keep_unified(desk.office, "2023", whole_office.accounts())
    for name, kinship, unit in (("谭小军", "子女", False), ("清岑河沙石场", "本人或近亲属的单位", True)):
        register_relative(desk.office, Relative("", "", "谭永川", name, kinship, unit, "2026-01-01"))


def change_accounts(desk: Desk, staff: Staff) -> None:
    """An account divided, one renamed, one stopped; a bank account."""
    second = open_desk(desk.office, "V02", Month(2026, 9))
    lines = (line("51302", 3_000), line("301", credit=3_000))
    post(second, save_voucher(second, Draft(date(2026, 9, 3), lines, attachment_count=1)).uid, staff)
    below = (new_account("5130201", "纸张"), new_account("5130202", "硒鼓"))
    made = split_account(
        second, Split("51302", below, (Share("5130201", 1_000), Share("5130202", 2_000))), date(2026, 9, 20)
    )
    assert made
    post(second, made.uid, staff)
    rename_account(second, "5130202", "硒鼓墨盒", date(2026, 10, 1))
    stop_account(second, "50101", date(2026, 10, 1))
    register_bank(desk, RegisteredBank("信用社基本户", "清岑信用社", "10201"), "6228480012345678", staff.agent)


def keep_township(desk: Desk, staff: Staff) -> None:
    """A template, a layout in use, a policy, a text of the notes, a village's new name; a paper under the policy."""
    make_slip(desk, list_vouchers(desk)[0].uid)
    keep_template(desk, list_vouchers(desk)[0].uid, "买办公用品")
    use_layout(desk.office, save_layout(desk.office, test_layout.own_sheet()).uid, Month(2027, 1))
    put_policy(desk.office, ready_policy("baiyanhe"))
    write_note_texts(desk, 2026, {"events": "十月修通组公路。"})
    rename_village(desk.office, "V02", "石磨坪新村", "2026-12-01", "县民政局批复〔2026〕9号", "990123")
    second = open_desk(desk.office, "V02", Month(2026, 9))
    image = attach_image(second, whole_office.png(3))
    other = Document("数电票", "26990000000000099999", "2026-09-09", 74_260, 1, (image,))
    paper = save_paper(second, replace(simple_paper(), documents=(other,), book="V02"))
    add_reason(second.office, "照片不是这张单子的")
    send_back_paper(second, paper.uid, 16)
    old = replace(other, number="26990000000000099998", day="2026-03-02")
    late = save_paper(second, replace(simple_paper(), documents=(old,), book="V02"))
    excuse_paper(second, late.uid, "收款人外出半年，九月才交来发票", staff.director)
    call = Whistle(
        "", "V02", f"paper:{paper.uid}", "请到村里看渠道", VILLAGE, "向丽蓉", DIRECTOR, "", 3, date(2027, 1, 1)
    )
    blown = blow_whistle(second.office, call)
    answer_whistle(second.office, blown.uid, "九月二十日看过，照合同付", "邹启明")
    blow_whistle(second.office, replace(call, to_level=TOWNSHIP, to_name="分管副镇长"))
    taken = (Volume("V02", VOUCHERS, 2026, 8), Volume("V01", LEDGERS, 2025))
    loan = Loan("", "石磊", "县审计局", "离任审计", "邹启明", date(2026, 9, 1), date(2026, 9, 5), taken)
    returned = lend_volumes(second.office, loan)
    return_volumes(second.office, returned.uid, date(2026, 9, 4), "完好")
    lend_volumes(second.office, replace(loan, unit="镇纪委", purpose="核查来信"))


def publish(desk: Desk, staff: Staff, clock: Clock, folder: Path) -> None:
    """The sheet of September put up and stood; a query file for the villagers of the roll."""
    people = [
        HistoryPerson("V01", f"{number:04d}", name, "男", test_query.IDS[number], test_query.CODES[number], "", "")
        for number, name in enumerate(test_query.NAMES)
    ]
    faults = Faults()
    with acting_office(desk.office) as act:
        assert enter_people(act, people, [], faults) == len(people)
    put_settings(desk.office, {"query_cost": [1, 8, 1]})
    make_reader(desk.office, staff.root, 1, "kiosk-1")
    put_up(desk, [staff.director], cost=CHEAP)
    clock.moment = LATER
    export_query_file(desk, [staff.director, staff.other], folder / "query")


def succeed(office: Office, staff: Staff, folder: Path) -> None:
    """A book of 2004 moved to the new standard, a village merged into another, a book taken over from the village."""
    tables = shutil.copytree(village_2004.CASE, folder / "tables")
    with (tables / "people.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("village", "household", "name", "sex", "id_number", "household_code", "role", "died_on"))
        number = "99012319600101777"
        writer.writerow(("V07", "0001", "岩大有", "男", number + id_check_digit(number), "", "", ""))
    import_history(office, tables)
    old = open_desk(office, "V07", village_2004.DECEMBER)
    close_month(old, staff.agent)
    begin_migration(old, "V07-2023", "黄泥坳村")
    village_2004.decide_all(old)
    finish_migration(old, staff.agent, staff.director)
    test_merger.merge(test_merger.make_merging(office, staff))
    book = new_book("V04", "V04", "桐油槽村", "代行", "2023", Month(2026, 9))
    open_book(office, Village("V04", "桐油槽村"), book, test_take_over.accounts())
    desk = test_take_over.desk_on(office)
    open_balances(desk, test_take_over.taken(desk), test_take_over.record(desk, 241_340, "113"))


def post(desk: Desk, uid: str, staff: Staff) -> None:
    sign_all(desk, uid, staff)
    post_voucher(desk, uid)
