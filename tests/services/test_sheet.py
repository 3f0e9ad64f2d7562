"""Every kind of ledger from real books against figures that others worked out: hledger, plain SQL, the case's files."""

from __future__ import annotations

import csv
import io
import os
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, text

from tests.services.conftest import Staff, line, sign_all, simple_draft
from tests.services.test_case import CASES, fen, imported, rows_of, taken_in
from tests.township import Township, write_township
from villagebooks.core.account import Share, Split, new_account
from villagebooks.core.ledger import (
    AGEING,
    BALANCE,
    COLUMNS,
    DETAIL,
    GENERAL,
    JOURNAL,
    PARTIES,
    QUANTITIES,
    LedgerRequest,
    Sheet,
    TrialBalanceRow,
)
from villagebooks.core.ledger.sheet import ACCOUNT, DAY_TOTAL, LINE, MONTH_TOTAL, OPENING, PARTY, TOTAL, YEAR_TOTAL
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.db.books import open_books
from villagebooks.services.account import count_quantity, split_account
from villagebooks.services.desk import Desk, Office, list_books, open_desk
from villagebooks.services.export import export_hledger
from villagebooks.services.ledger import ageing, list_accounts, read_sheet, read_sheets, trial_balance
from villagebooks.services.voucher import post_voucher

BAIYANHE = CASES / "baiyanhe" / "three_tables"
SEPTEMBER = Month(2026, 9)
JANUARY = Month(2026, 1)
SPANS = (
    (Month(2025, 1), Month(2026, 12)), (Month(2025, 4), Month(2026, 2)), (Month(2026, 6), Month(2026, 6)),
)  # fmt: skip


@pytest.fixture
def township(made_once: Callable[..., Path | str]) -> Iterator[Office]:
    """The demo township with its whole September."""
    office = Office(open_books(made_once(taken_in, BAIYANHE)))
    yield office
    office.books.close()


def desk_of(office: Office, code: str) -> Desk:
    return open_desk(office, code, SEPTEMBER)


def aregister(journal: Path, code: str, first: str, last: str) -> list[tuple[str, str, int]]:
    """(date, voucher, balance after it) of an account by hledger."""
    done = subprocess.run(
        ["hledger", "-f", str(journal), "aregister", f":{code}-", "-b", first, "-e", last, "-O", "csv"],
        check=True, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    rows = csv.DictReader(io.StringIO(done.stdout))
    return [
        (row["date"], row["code"], fen(row["balance"].removesuffix("CNY").strip().replace(",", ""))) for row in rows
    ]


def net_of(sheet: Sheet, row: int) -> int:
    side, balance = (sheet.rows[row].cells[sheet.column(name)] for name in ("side", "balance"))
    assert isinstance(balance, int)
    return -balance if side == "贷" else balance


def test_journals_of_cash_and_bank_are_those_of_hledger_day_by_day(township: Office, tmp_path: Path) -> None:
    for path in export_hledger(township, "all", tmp_path):
        desk = desk_of(township, path.stem)
        for sheet in read_sheets(desk, LedgerRequest(JOURNAL, SEPTEMBER, SEPTEMBER)):
            theirs = aregister(path, sheet.account, "2026-09-01", "2026-10-01")
            vouchers = [(str(row.cells[0]), row.cells[1]) for row in sheet.rows if row.role == LINE]
            assert sorted(set(vouchers)) == sorted({one[:2] for one in theirs})
            # within a day the order is each program's own: the balance at its end is one and the same
            ends = {day: balance for day, _voucher, balance in theirs}
            days = {
                str(row.cells[0]): net_of(sheet, place) for place, row in enumerate(sheet.rows) if row.role == DAY_TOTAL
            }
            assert days == ends


def test_the_cash_journal_of_the_model_village(township: Office) -> None:
    sheet = read_sheet(desk_of(township, "V01"), LedgerRequest(JOURNAL, SEPTEMBER, SEPTEMBER, "101"))
    assert sheet.title == "101 库存现金　日记账"
    assert [row.cells[4:] for row in sheet.rows if row.role == OPENING] == [(None, None, "借", 43_650)]
    assert sheet.cells_of("counter", LINE)[:2] == ["银行存款／基本户", "内部往来"]
    assert sheet.cells_of("balance", DAY_TOTAL) == [443_650, 443_650, 369_390, 204_390, 24_390]
    assert [row.cells[4:] for row in sheet.rows if row.role in (MONTH_TOTAL, YEAR_TOTAL)] == [
        (586_000, 605_260, "借", 24_390), (2_986_000, 3_042_840, "借", 24_390),
    ]  # fmt: skip


def test_old_debts_of_the_merged_village_by_party_and_age(township: Office) -> None:
    """V04 keeps the debts of its former villages; what they are is in the case's own file of openings and turnovers."""
    wanted: dict[tuple[str, str], int] = {}
    for row in rows_of(CASES / "baiyanhe" / "opening_and_ytd_to_2026-08.csv"):
        book, account, party, *_names, balance = row.values()
        if book == "V04" and account[:3] in ("112", "113", "211", "212") and fen(balance):
            wanted[account, party] = fen(balance)
    sheet = read_sheet(desk_of(township, "V04"), LedgerRequest(AGEING, Month(2026, 8), Month(2026, 8)))
    found = {
        (row.account, row.party): (-1 if row.cells[3] == "应付" else 1) * int(str(row.cells[4]))
        for row in sheet.rows
        if row.role == LINE
    }
    assert found == wanted
    assert len(found) > 5
    # all came in with the opening of 31 December: within one year in August, between one and two a year later
    assert set(sheet.cells_of("oldest", LINE)) == {date(2025, 12, 31)}
    assert sheet.cells_of("part1", TOTAL) == sheet.cells_of("open", TOTAL)
    later = read_sheet(desk_of(township, "V04"), LedgerRequest(AGEING, Month(2027, 12), Month(2027, 12)))
    old = [row for row in later.rows if row.role == LINE and row.cells[-1] == date(2025, 12, 31)]
    assert {row.cells[5] for row in old} == {0}
    assert {row.cells[6] for row in old} == {row.cells[4] for row in old}


def test_ages_of_every_party_are_those_of_its_last_moves(township: Office) -> None:
    """Worked out otherwise: an open balance consists of the newest moves on its side, as many as it takes."""
    for book in list_books(township):
        for row in ageing(township, book.code, SEPTEMBER).rows:
            sign = -1 if row.is_debt else 1
            with township.books.read() as connection:
                lines = connection.execute(
                    text(
                        "SELECT l.day, l.debit_fen - l.credit_fen FROM voucher_line l "
                        "JOIN voucher v ON v.id = l.voucher JOIN book b ON b.id = l.book WHERE b.code = :book "
                        "AND l.account = :account AND l.party = :party AND v.state = 'posted' "
                        "AND l.day <= '2026-09-30' ORDER BY l.day DESC"
                    ),
                    {"book": book.code, "account": row.account, "party": row.party},
                ).all()
            assert sum(net for _day, net in lines) == sign * row.open_fen
            left, oldest = row.open_fen, ""
            for day, net in lines:
                if left > 0 and sign * net > 0:
                    left, oldest = left - sign * net, day
            assert str(row.oldest) == oldest, row


def test_claims_and_debts_of_113_are_those_of_the_trial_balance(township: Office) -> None:
    for book in list_books(township):
        rows = {row.account: row for row in trial_balance(township, book.code, SEPTEMBER, SEPTEMBER).rows}
        found = ageing(township, book.code, SEPTEMBER).rows
        for code in ("112", "113", "211", "212"):
            claims, debts = (
                sum(one.open_fen for one in found if one.account.startswith(code) and one.is_debt == is_debt)
                for is_debt in (False, True)
            )
            row = rows.get(code)
            if code == "113":
                assert (claims, debts) == ((row.closing_debit_fen, row.closing_credit_fen) if row else (0, 0))
            assert claims - debts == (row.closing_debit_fen - row.closing_credit_fen if row else 0)


def test_ledgers_of_all_kinds_are_the_trial_balance_for_made_townships(
    new_place: Callable[[], Path | str], tmp_path: Path
) -> None:
    place = new_place()
    township = Township(villages=1, years=2, vouchers=90, seed="账簿", red=80, closing=True)
    office = imported(write_township(tmp_path / "t", township), place.parent if isinstance(place, Path) else place)
    desk = open_desk(office, "V001", Month(2026, 12))
    for first, last in SPANS:
        rows = {row.account: row for row in trial_balance(office, "V001", first, last).rows}
        for account in list_accounts(desk):
            kinds = [
                GENERAL,
                DETAIL,
                *([COLUMNS] if not account.leaf else []),
                *([JOURNAL] if account.is_money else []),
            ]
            for kind in kinds:
                assert_agrees(read_sheet(desk, LedgerRequest(kind, first, last, account.code)), rows.get(account.code))
        assert_dimensions(read_sheet(desk, LedgerRequest(BALANCE, first, last)), rows)
    office.books.close()


def assert_agrees(sheet: Sheet, row: TrialBalanceRow | None) -> None:
    """Opening, movements and closing of a ledger are those of the trial balance's row (none: nothing at all)."""
    debit, credit = (sum(map(int, map(str, sheet.cells_of(name, MONTH_TOTAL)))) for name in ("debit", "credit"))
    figures = (0, 0, 0, 0)
    if row:
        opening = row.opening_debit_fen - row.opening_credit_fen
        closing = row.closing_debit_fen - row.closing_credit_fen
        figures = (opening, row.debit_fen, row.credit_fen, closing)
    assert (net_of(sheet, 0), debit, credit, net_of(sheet, -1)) == figures
    lines = [one for one in sheet.rows if one.role == LINE]
    if lines:
        assert sum(int(str(one.cells[sheet.column("debit")])) for one in lines) == debit


def assert_dimensions(sheet: Sheet, rows: dict[str, TrialBalanceRow]) -> None:
    """Rows of accounts are the trial balance's; details below a leaf sum to it."""
    names = ("opening_debit", "opening_credit", "debit", "credit", "closing_debit", "closing_credit")
    accounts = {one.account: tuple(one.cells[-6:]) for one in sheet.rows if one.role == ACCOUNT}
    assert accounts == {code: tuple(getattr(row, f"{name}_fen") for name in names) for code, row in rows.items()}
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * 6)
    for one in sheet.rows:
        if one.role == LINE:
            for place, cell in enumerate(one.cells[-6:]):
                sums[one.account][place] += int(str(cell))
    assert len(sums) > 2
    for code, below in sums.items():
        whole = [int(str(cell)) for cell in accounts[code]]
        assert (below[2], below[3]) == (whole[2], whole[3])
        assert (below[0] - below[1], below[4] - below[5]) == (whole[0] - whole[1], whole[4] - whole[5])


def test_the_ledger_of_every_party_is_that_of_the_party_alone(township: Office) -> None:
    for book in list_books(township):
        desk = desk_of(township, book.code)
        for first in (JANUARY, SEPTEMBER):
            for sheet in read_sheets(desk, LedgerRequest(PARTIES, first, SEPTEMBER)):
                blocks: dict[str, list[tuple[object, ...]]] = {}
                for row in sheet.rows:
                    if row.role != PARTY:
                        blocks.setdefault(row.party, []).append((row.role, row.uid, row.cells[4:]))
                for party, block in blocks.items():
                    alone = read_sheet(desk, LedgerRequest(DETAIL, first, SEPTEMBER, sheet.account, party))
                    assert block == [(row.role, row.uid, row.cells[4:]) for row in alone.rows]
                whole = read_sheet(desk, LedgerRequest(DETAIL, first, SEPTEMBER, sheet.account))
                for name in ("debit", "credit"):
                    lines = [sorted(map(str, one.cells_of(name, LINE))) for one in (sheet, whole)]
                    assert lines[0] == lines[1]


def test_a_quantity_ledger_opens_with_what_was_left_and_knows_its_year(
    desk: Desk, sign_and_post: Callable[[Draft], Voucher]
) -> None:
    count_quantity(desk, "51302", "包")
    bought, paid = line("51302", 10_000), line("101", credit=10_000)
    for day, packs in ((date(2026, 8, 3), 4_000), (date(2026, 9, 3), 6_000)):
        sign_and_post(Draft(day, (replace(bought, quantity_milli=packs), paid), attachment_count=1))
    given = (replace(line("51302", credit=3_000), quantity_milli=2_500), line("101", debit=3_000))
    sign_and_post(Draft(date(2026, 9, 20), given, attachment_count=1))
    sheet = read_sheet(desk, LedgerRequest(QUANTITIES, SEPTEMBER, SEPTEMBER, "51302"))
    words = [(row.role, *row.cells[3:]) for row in sheet.rows]
    assert words[0] == (OPENING, *(None,) * 6, 4_000, "25.0000", 10_000)
    assert words[-1] == (
        YEAR_TOTAL, 10_000, "20.0000", 20_000, 2_500, "12.0000", 3_000, 7_500, "22.6667", 17_000,
    )  # fmt: skip
    row = next(one for one in trial_balance(desk.office, "V01", SEPTEMBER, SEPTEMBER).rows if one.account == "51302")
    assert row.closing_debit_fen == 17_000


def test_a_divided_account_keeps_a_column_of_its_own_and_agrees_with_the_trial_balance(
    desk: Desk, staff: Staff, sign_and_post: Callable[[Draft], Voucher]
) -> None:
    sign_and_post(simple_draft())
    children = (new_account("5130201", "纸张"), new_account("5130202", "硒鼓"))
    shares = (Share("5130201", 50_000), Share("5130202", 24_260))
    moved = split_account(desk, Split("51302", children, shares), date(2026, 9, 20))
    assert moved is not None
    sign_all(desk, moved.uid, staff)
    post_voucher(desk, moved.uid)
    rows = {row.account: row for row in trial_balance(desk.office, "V01", SEPTEMBER, SEPTEMBER).rows}
    for kind, code in ((COLUMNS, "513"), (COLUMNS, "51302"), (GENERAL, "51302"), (DETAIL, "5130201")):
        sheet = read_sheet(desk, LedgerRequest(kind, SEPTEMBER, SEPTEMBER, code))
        assert_agrees(sheet, rows[code])
        spread = [one.head for one in sheet.columns if one.spread]
        assert spread == ([] if kind != COLUMNS else ["办公费" if code == "513" else "办公费（未分）", "纸张", "硒鼓"])


def test_without_an_account_every_ledger_of_the_kind_is_read(township: Office) -> None:
    desk = desk_of(township, "V01")
    codes = [one.account for one in read_sheets(desk, LedgerRequest(JOURNAL, SEPTEMBER, SEPTEMBER))]
    assert codes == ["101", "10201"]
    general = read_sheets(desk, LedgerRequest(GENERAL, JANUARY, SEPTEMBER))
    assert len(general) > 10
    assert sum(net_of(one, -1) for one in general) == 0
    (parties,) = (one for one in read_sheets(desk, LedgerRequest(PARTIES, JANUARY, SEPTEMBER)) if one.account == "113")
    assert [row.party for row in parties.rows if row.role == PARTY] == ["第三村民小组", "罗显富"]
    assert read_sheets(desk, LedgerRequest(QUANTITIES, JANUARY, SEPTEMBER)) == []


def test_months_before_the_books_and_accounts_that_are_not_there_are_refused(township: Office) -> None:
    desk = desk_of(township, "V01")
    with pytest.raises(Refused, match="在期初之前"):
        read_sheet(desk, LedgerRequest(GENERAL, Month(2025, 1), SEPTEMBER, "101"))
    with pytest.raises(Refused, match="没有科目 999"):
        read_sheet(desk, LedgerRequest(GENERAL, JANUARY, SEPTEMBER, "999"))


def test_ranges_of_the_index_serve_every_kind(township: Office) -> None:
    """No ledger reads all lines or all balances: what each really asks is a search of the register or of the key."""
    if township.books.address:
        return
    asked: list[tuple[str, object]] = []

    def keep(_connection: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        if "voucher_line" in statement or "balance" in statement:
            asked.append((statement, parameters))

    desk = desk_of(township, "V01")
    event.listen(township.books.engine, "before_cursor_execute", keep)
    for kind, account in (
        (GENERAL, "513"),
        (DETAIL, "113"),
        (JOURNAL, "101"),
        (COLUMNS, "513"),
        (AGEING, ""),
        (BALANCE, ""),
    ):
        read_sheet(desk, LedgerRequest(kind, Month(2026, 8), SEPTEMBER, account))
    event.remove(township.books.engine, "before_cursor_execute", keep)
    assert len(asked) > 12
    with township.books.read() as connection:
        for statement, parameters in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()  # type: ignore[arg-type]
            scans = [one.detail for one in plan if one.detail.startswith("SCAN")]
            assert scans == [], (statement, scans)
