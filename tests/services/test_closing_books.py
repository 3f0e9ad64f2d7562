"""Closing books of other kinds: taken over in mid-year, kept by the standard of 2004."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pdf.reading import words_of
from tests.services.conftest import CHEAP, PASSPHRASE
from tests.services.test_opening import OPENINGS, new_office, tables
from villagebooks.core.approval import AGENT, DIRECTOR
from villagebooks.core.closing import Distribution, Share
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Voucher
from villagebooks.services.approval import approve_voucher
from villagebooks.services.check import check_books
from villagebooks.services.closing import (
    close_month,
    distributable_fen,
    draft_closing_transfers,
    draft_distribution,
    lock_year,
    month_checklist,
    month_states,
)
from villagebooks.services.closing.printing import print_period_act
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.key import Unlocked, hold_root_ceremony, issue_key
from villagebooks.services.ledger import trial_balance
from villagebooks.services.office import appoint
from villagebooks.services.voucher import post_voucher, save_voucher

DECEMBER = Month(2026, 12)
CHART_2004 = """code,name,level,parent,root,side,leaf
101,现金,1,,Assets,D,1
113,内部往来,1,,Assets,D,1
301,资本,1,,Equity,C,1
311,公积公益金,1,,Equity,C,1
321,本年收益,1,,Equity,C,1
322,收益分配,1,,Equity,C,0
32201,各项分配,2,322,Equity,C,1
32202,未分配收益,2,322,Equity,C,1
501,经营收入,1,,Income,C,1
502,经营支出,1,,Expenses,D,1
541,管理费用,1,,Expenses,D,1
561,投资收益,1,,Income,C,1
"""
LINES_2004 = """village,date,no,kind,line,summary,account,debit,credit,party
V1,2025-12-31,0,opening,1,上年结转,101,900000,0,
V1,2025-12-31,0,opening,2,上年结转,301,0,100000,
V1,2025-12-31,0,opening,3,上年结转,32202,0,800000,
V1,2026-05-01,1,normal,1,卖粮,101,3000000,0,
V1,2026-05-01,1,normal,2,卖粮,501,0,3000000,
V1,2026-05-02,2,normal,1,种子,502,1800000,0,
V1,2026-05-02,2,normal,2,种子,101,0,1800000,
V1,2026-05-03,3,normal,1,分红,101,1200000,0,
V1,2026-05-03,3,normal,2,分红,561,0,1200000,
"""


def people(office: Office) -> list[Unlocked]:
    posts = {"邹启明": DIRECTOR, "冯素芳": AGENT, "谭永川": AGENT}
    for name, duty in posts.items():
        appoint(office, name, duty, "2020-01-01")
    root = hold_root_ceremony(office, PASSPHRASE, CHEAP)
    first = issue_key(office, root, "邹启明", PASSPHRASE, cost=CHEAP)
    return [first, *(issue_key(office, root, name, PASSPHRASE, first.office_key, CHEAP) for name in list(posts)[1:])]


def post(desk: Desk, voucher: Voucher, keys: list[Unlocked]) -> None:
    for one in (keys[1], keys[2], keys[0]):
        approve_voucher(desk, voucher.uid, one)
    post_voucher(desk, voucher.uid)


def nets(desk: Desk, first: Month) -> dict[str, int]:
    rows = trial_balance(desk.office, desk.book.code, first, DECEMBER).rows
    found = {one.account: one.closing_debit_fen - one.closing_credit_fen for one in rows}
    return {code: net for code, net in found.items() if net}


def test_a_book_taken_over_in_mid_year_transfers_the_whole_year_and_locks(tmp_path: Path) -> None:
    office = new_office(tmp_path, "taken")
    import_history(office, tables(tmp_path / "in", OPENINGS))
    keys = people(office)
    desk = open_desk(Office(office.books, "冯素芳"), "V1", DECEMBER)
    for draft in draft_closing_transfers(desk, 2026):
        post(desk, save_voucher(desk, draft), keys)
    assert nets(desk, Month(2026, 1)) == {"101": 80_000, "301": -100_000, "322": 20_000, "32202": 20_000}
    assert [one.rule for one in month_checklist(desk)] == ["cash"]
    close_month(desk, keys[1])
    assert min(month_states(desk)) == desk.book.start == Month(2026, 9)
    locked = lock_year(desk, keys[0])
    assert [one for one in check_books(office, deep=True) if one.severity == "error"] == []
    papers = print_period_act(desk, locked.uid, tmp_path / "report")
    assert [path.stem for path in papers] == ["V1-2026-年度锁定", "V1-2026-资产负债表", "V1-2026-收益及收益分配表",
                                              "V1-2026-科目余额表"]  # fmt: skip
    assert locked.digest in words_of(papers[0]).replace(" ", "").replace("\n", "")
    with pytest.raises(Refused, match="没有这条结账记录"):
        print_period_act(desk, "x", tmp_path)
    office.books.close()


def test_a_book_of_2004_closes_its_year_by_the_names_below_322(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "villages.csv").write_text("code,name,standard\nV1,老秤湾村,2004\n", "utf-8")
    (folder / "accounts.csv").write_text(CHART_2004, "utf-8")
    (folder / "lines.csv").write_text(LINES_2004, "utf-8")
    office = new_office(tmp_path, "old")
    import_history(office, folder)
    keys = people(office)
    desk = open_desk(Office(office.books, "冯素芳"), "V1", DECEMBER)
    assert distributable_fen(desk, 2026) == 800_000 + 3_000_000 - 1_800_000 + 1_200_000
    drafts = draft_closing_transfers(desk, 2026)
    drafts += draft_distribution(desk, 2026, Distribution(1_000_000, (Share(500_000, "田开富"),)))
    saved = [save_voucher(desk, draft) for draft in drafts]
    saved += [save_voucher(desk, draft) for draft in draft_closing_transfers(desk, 2026)]
    for one in saved:
        post(desk, one, keys)
    assert nets(desk, Month(2026, 1)) == {
        "101": 3_300_000, "113": -500_000, "301": -100_000, "311": -1_000_000, "322": -1_700_000, "32202": -1_700_000
    }  # fmt: skip
    close_month(desk, keys[1])
    lock_year(desk, keys[0])
    assert [one for one in check_books(office, deep=True) if one.severity == "error"] == []
    office.books.close()
