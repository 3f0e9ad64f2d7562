"""The cases of the plan through the real import: balances and statements to the fen."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.township import Township, write_township
from villagebooks.core.ledger import TrialBalanceRow
from villagebooks.core.money import read_yuan
from villagebooks.core.period import Month, Span, read_span
from villagebooks.core.statement import BALANCE_SHEET, INCOME, Statement
from villagebooks.db.books import open_books
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.ledger import ledger, trial_balance
from villagebooks.services.office import create_office
from villagebooks.services.statement import statement

CASES = Path(__file__).parent.parent / "cases"
YEAR = (Month(2024, 1), Month(2024, 12))
Import = Callable[[Path], Office]


def fen(text: str) -> int:
    amount = read_yuan(text or "0")
    assert amount is not None, text
    return amount


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def imported(folder: Path, at: Path | str) -> Office:
    return taken_in(at / "case.vbooks" if isinstance(at, Path) else at, folder)


def taken_in(place: Path | str, folder: Path) -> Office:
    office = create_office(place, "示例镇", "990123")
    import_history(office, folder)
    return office


@pytest.fixture
def brought(new_place: Callable[[], Path | str]) -> Iterator[Import]:
    """Imports the tables of a folder into new books."""
    offices: list[Office] = []

    def act(folder: Path) -> Office:
        place = new_place()
        offices.append(imported(folder, place.parent if isinstance(place, Path) else place))
        return offices[-1]

    yield act
    for office in offices:
        office.books.close()


def net(row: TrialBalanceRow) -> tuple[int, int, int, int]:
    return (
        row.opening_debit_fen - row.opening_credit_fen, row.debit_fen, row.credit_fen,
        row.closing_debit_fen - row.closing_credit_fen,
    )  # fmt: skip


def amounts(report: Statement, column: str) -> dict[str, int]:
    place = report.columns.index(column)
    return {row.line_no: row.amounts_fen[place] for row in report.rows if row.line_no}


@pytest.fixture
def village_2024(made_once: Callable[..., Path | str]) -> Iterator[Desk]:
    office = Office(open_books(made_once(taken_in, CASES / "one-village-2024")))
    yield open_desk(office, "V001", Month(2024, 12))
    office.books.close()


def test_one_village_has_the_expected_trial_balance_of_its_leaves(village_2024: Desk) -> None:
    rows = {row.account: row for row in trial_balance(village_2024.office, "V001", *YEAR).rows}
    for want in rows_of(CASES / "one-village-2024/expected_trial_balance.csv"):
        row = rows[want["account"]]
        got = (
            row.opening_debit_fen, row.opening_credit_fen, row.debit_fen, row.credit_fen, row.closing_debit_fen,
            row.closing_credit_fen,
        )  # fmt: skip
        columns = ("opening_debit", "opening_credit", "debit", "credit", "closing_debit", "closing_credit")
        assert got == tuple(fen(want[column]) for column in columns), want["account"]


def test_one_village_has_the_expected_statements(village_2024: Desk) -> None:
    span = read_span("2024")
    assert span is not None
    sheet = statement(village_2024, BALANCE_SHEET, span)
    wanted = rows_of(CASES / "one-village-2024/expected_balance_sheet_2024-12-31.csv")
    for column in ("closing", "opening"):
        assert amounts(sheet, column) == {row["line_no"]: fen(row[column]) for row in wanted}
    income = statement(village_2024, INCOME, span)
    wanted = rows_of(CASES / "one-village-2024/expected_income_statement_2024.csv")
    for column in ("amount", "period_amount"):
        assert amounts(income, column) == {row["line_no"]: fen(row["amount"]) for row in wanted}
    assert set(amounts(income, "prior").values()) == {0}


def test_the_sheet_balances_while_profit_and_loss_are_open(tmp_path: Path, brought: Import) -> None:
    folder = tmp_path / "interim"
    shutil.copytree(CASES / "one-village-2024", folder)
    lines = (folder / "lines.csv").read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not any(f"2024-12-31,{number}," in line for number in range(9, 15))]
    assert len(lines) - len(kept) == 26
    (folder / "lines.csv").write_text("".join(kept), "utf-8")
    desk = open_desk(brought(folder), "V001", Month(2024, 12))
    sheet = amounts(statement(desk, BALANCE_SHEET, Span(Month(2024, 12), Month(2024, 12))), "closing")
    wanted = rows_of(CASES / "one-village-2024/expected_balance_sheet_2024-12-31.csv")
    assert sheet == {row["line_no"]: fen(row["before_year_end_closing"]) for row in wanted}
    assert sheet["23"] == sheet["39"]


def test_every_month_of_one_village_balances_and_its_income_adds_up(village_2024: Desk) -> None:
    total = 0
    for number in range(1, 13):
        span = Span(Month(2024, number), Month(2024, number))
        sheet = amounts(statement(village_2024, BALANCE_SHEET, span), "closing")
        assert sheet["23"] == sheet["39"]
        total += amounts(statement(village_2024, INCOME, span), "period_amount")["14"]
    year = read_span("2024")
    assert year is not None
    assert total == amounts(statement(village_2024, INCOME, year), "amount")["14"] == 5_045_586


def test_a_quarter_shows_the_year_to_date_and_itself(village_2024: Desk) -> None:
    quarter, month = read_span("2024-Q1"), read_span("2024-03")
    assert quarter is not None
    assert month is not None
    of_quarter, of_month = statement(village_2024, INCOME, quarter), statement(village_2024, INCOME, month)
    assert amounts(of_quarter, "amount") == amounts(of_quarter, "period_amount") == amounts(of_month, "amount")
    assert amounts(of_month, "period_amount")["6"] == 3_600_000 + 326_050


def test_a_ledger_runs_from_opening_to_closing(village_2024: Desk) -> None:
    book = ledger(village_2024, "102", *YEAR)
    assert book.opening_fen == 48_650_000
    assert book.closing_fen == 48_650_000 + 16_561_236 - 14_430_000
    assert book.lines[-1].balance_fen == book.closing_fen
    second_half = ledger(village_2024, "10201", Month(2024, 7), Month(2024, 12))
    first_half = ledger(village_2024, "10201", Month(2024, 1), Month(2024, 6))
    assert second_half.opening_fen == first_half.closing_fen
    assert [line.voucher for line in second_half.lines][:2] == ["记-1", "记-1"]


def test_mini_township_has_its_trial_balance_of_2026_with_the_township(brought: Import) -> None:
    office = brought(CASES / "mini-township")
    report = trial_balance(office, "all", Month(2026, 1), Month(2026, 12))
    got = {(row.book.replace("*", "ALL"), row.account): net(row) for row in report.rows}
    names = ("opening", "debit", "credit", "closing")
    want = {
        (row["village"], row["account"]): tuple(int(row[name]) for name in names)
        for row in rows_of(CASES / "mini-township/trial_balance.csv")
    }
    assert got == {key: figures for key, figures in want.items() if any(figures)}


def test_baiyanhe_has_the_expected_balances_of_september(brought: Import) -> None:
    office = brought(CASES / "baiyanhe/three_tables")
    want: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows_of(CASES / "baiyanhe/expected_trial_balance_2026-09.csv"):
        want[row["book"], row["account"]] += fen(row["2026-09-30余额(借+贷-)"])
    report = trial_balance(office, "all", Month(2026, 9), Month(2026, 9))
    got = {(row.book, row.account): net(row)[3] for row in report.rows}
    assert {key: got[key] for key in want} == dict(want)


@pytest.mark.parametrize("seed", ["清岑", "another", "2026"])
def test_any_other_township_adds_up_as_its_lines_do(tmp_path: Path, brought: Import, seed: str) -> None:
    township = Township(villages=2, years=2, vouchers=120, seed=seed, red=40, closing=seed == "2026")
    office = brought(write_township(tmp_path / "tables", township))
    first, last = Month(2025, 11), Month(2026, 3)
    want: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for made in township:
        book, month = f"V{made.village:03d}", made.day[:7]
        for line in made.lines:
            for code in {line.account, line.account[:3]}:
                figures = want[book, code]
                if month < str(first):
                    figures[0] += line.debit - line.credit
                elif month <= str(last):
                    figures[1] += line.debit
                    figures[2] += line.credit
                figures[3] = figures[0] + figures[1] - figures[2]
    report = trial_balance(office, "all", first, last)
    got = {(row.book, row.account): list(net(row)) for row in report.rows if row.book != "*"}
    assert got == {key: figures for key, figures in want.items() if any(figures)}
    for book in ("V001", "V002"):
        desk = open_desk(office, book, last)
        sheet = amounts(statement(desk, BALANCE_SHEET, Span(last, last)), "closing")
        assert sheet["23"] == sheet["39"]
        for code in ("102", "113", "501"):
            assert ledger(desk, code, first, last).closing_fen == want[book, code][3]


def test_113_shows_claims_and_debts_on_both_sides(brought: Import) -> None:
    office = brought(CASES / "mini-township")
    rows = trial_balance(office, "V001", Month(2026, 1), Month(2026, 12)).rows
    both = {row.account for row in rows if row.closing_debit_fen and row.closing_credit_fen}
    assert "113" in both
    assert all(code.startswith("113") for code in both)
    top = next(row for row in rows if row.account == "113")
    below = [row for row in rows if row.account.startswith("113") and len(row.account) == 5]
    assert top.closing_debit_fen == sum(row.closing_debit_fen for row in below)
    assert top.closing_credit_fen == sum(row.closing_credit_fen for row in below)


def test_a_trial_balance_stops_at_the_level_asked_for(village_2024: Desk) -> None:
    rows = trial_balance(village_2024.office, "V001", *YEAR, level=1).rows
    assert {len(row.account) for row in rows} == {3}
    assert sum(row.closing_debit_fen for row in rows) == sum(row.closing_credit_fen for row in rows)


def test_a_year_without_any_voucher_opens_with_what_stood_before(village_2024: Desk) -> None:
    rows = trial_balance(village_2024.office, "V001", Month(2027, 1), Month(2027, 6)).rows
    cash = next(row for row in rows if row.account == "101")
    assert (cash.opening_debit_fen, cash.debit_fen, cash.closing_debit_fen) == (493_950, 0, 493_950)


def test_last_year_is_what_last_year_showed(brought: Import) -> None:
    office = brought(CASES / "mini-township")
    desk = open_desk(office, "V002", Month(2026, 8))
    this_year, last_year = read_span("2026-08"), read_span("2025-08")
    assert this_year is not None
    assert last_year is not None
    now, then = statement(desk, INCOME, this_year), statement(desk, INCOME, last_year)
    assert amounts(now, "prior") == amounts(then, "amount")
    assert amounts(now, "amount")["1"] != amounts(now, "prior")["1"]
    assert set(amounts(then, "prior").values()) == {0}


LOSS_ACCOUNTS = """code,name,level,parent,root,side,leaf
101,库存现金,1,,Assets,D,1
301,资本,1,,Equity,C,1
311,公积公益金,1,,Equity,C,1
321,本年收益,1,,Equity,C,1
322,收益分配,1,,Equity,C,0
32201,各项分配,2,322,Equity,C,0
3220101,提取公积公益金,3,32201,Equity,C,1
32202,未分配收益,2,322,Equity,C,1
501,经营收入,1,,Income,C,1
"""
LOSS_LINES = """village,date,no,kind,line,summary,account,debit,credit,party
V1,2025-12-31,0,opening,1,上年结转,101,900,0,
V1,2025-12-31,0,opening,2,上年结转,32202,300,0,
V1,2025-12-31,0,opening,3,上年结转,311,0,700,
V1,2025-12-31,0,opening,4,上年结转,301,0,500,
V1,2026-02-01,1,prior,1,补记上年收入,101,40,0,
V1,2026-02-01,1,prior,2,补记上年收入,32202,0,40,
V1,2026-03-01,1,normal,1,公积公益金弥补亏损,311,260,0,
V1,2026-03-01,1,normal,2,公积公益金弥补亏损,32202,0,260,
V1,2026-04-01,1,normal,1,收租金,101,100,0,
V1,2026-04-01,1,normal,2,收租金,501,0,100,
V1,2026-12-31,1,closing,1,结转,501,100,0,
V1,2026-12-31,1,closing,2,结转,321,0,100,
V1,2026-12-31,2,closing,1,结转,321,100,0,
V1,2026-12-31,2,closing,2,结转,32202,0,100,
V1,2026-12-31,3,normal,1,提取,3220101,30,0,
V1,2026-12-31,3,normal,2,提取,311,0,30,
V1,2026-12-31,4,closing,1,结转,32202,30,0,
V1,2026-12-31,4,closing,2,结转,3220101,0,30,
"""


def test_losses_covered_and_earlier_years_corrected_tie_both_statements(tmp_path: Path, brought: Import) -> None:
    """年初 −300 + 40 corrected, 260 covered by the fund, 100 earned, 30 appropriated: 70 stay, on both statements."""
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "villages.csv").write_text("code,name\nV1,村\n", "utf-8")
    (folder / "accounts.csv").write_text(LOSS_ACCOUNTS, "utf-8")
    (folder / "lines.csv").write_text(LOSS_LINES, "utf-8")
    desk = open_desk(brought(folder), "V1", Month(2026, 12))
    for last in (2, 3, 4, 11, 12):
        span = Span(Month(2026, last), Month(2026, last))
        sheet = amounts(statement(desk, BALANCE_SHEET, span), "closing")
        income = amounts(statement(desk, INCOME, span), "amount")
        assert sheet["23"] == sheet["39"]
        assert sheet["37"] == income["21"], last
    assert (income["14"], income["15"], income["16"], income["18"], income["21"]) == (100, -260, 260, 30, 70)
    alone = amounts(statement(desk, INCOME, Span(Month(2026, 3), Month(2026, 3))), "period_amount")
    assert (alone["16"], alone["14"]) == (260, 0)
