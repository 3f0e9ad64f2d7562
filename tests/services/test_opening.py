"""Taking over hand-kept books in mid-year: afterwards everything reads as if the whole history were there."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from villagebooks.core.ledger import QUANTITIES, LedgerRequest, TrialBalanceRow
from villagebooks.core.money import read_yuan
from villagebooks.core.period import Month, Span, read_span
from villagebooks.core.problem import Refused
from villagebooks.core.statement import BALANCE_SHEET, INCOME, Statement
from villagebooks.core.village import Village
from villagebooks.services.account import read_entry_book
from villagebooks.services.check import check_books
from villagebooks.services.desk import Office, list_books, open_desk
from villagebooks.services.disclosure import prepare_sheet
from villagebooks.services.history import import_history
from villagebooks.services.ledger import ledger, read_sheet, trial_balance
from villagebooks.services.office import create_office, new_book, open_book
from villagebooks.services.statement import statement

CASE = Path(__file__).parent.parent / "cases/baiyanhe"
BOOKS = ("V01", "V02", "V03", "V04", "V05", "V05W")
SEPTEMBER = Span(Month(2026, 9), Month(2026, 9))
TOTAL_ASSETS = {
    "V01": "774535.85", "V02": "1283504.16", "V03": "1998959.74", "V04": "582761.12", "V05": "661527.58",
    "V05W": "18957.90",
}  # fmt: skip
NET_INCOME = {
    "V01": "-3977.00", "V02": "19956.76", "V03": "-11285.44", "V04": "40276.90", "V05": "58346.68", "V05W": "10117.90",
}  # fmt: skip
ACCOUNTS = """code,name,level,parent,root,side,leaf
101,库存现金,1,,Assets,D,1
113,内部往来,1,,Assets,D,1
181,待处理财产损溢,1,,Assets,D,1
301,资本,1,,Equity,C,1
311,公积公益金,1,,Equity,C,1
321,本年收益,1,,Equity,C,1
322,收益分配,1,,Equity,C,0
32202,未分配收益,2,322,Equity,C,1
501,经营收入,1,,Income,C,1
513,管理费用,1,,Expenses,D,1
"""
HEADER = "book,account,party,opening,debit_to_date,credit_to_date,as_of\n"
OPENINGS = f"""{HEADER}V1,101,,100000,30000,50000,2026-08
V1,301,,-100000,0,0,2026-08
V1,501,,0,0,30000,2026-08
V1,513,,0,50000,0,2026-08
"""


def fen(words: str) -> int:
    amount = read_yuan(words.replace(",", "") or "0")
    assert amount is not None, words
    return amount


def new_office(folder: Path, name: str) -> Office:
    return create_office(folder / f"{name}.vbooks", "白雁河镇", "990123")


def tables(folder: Path, openings: str = OPENINGS, lines: str | None = None, villages: str = "V1,老秤湾村\n") -> Path:
    folder.mkdir()
    (folder / "villages.csv").write_text("code,name\n" + villages, "utf-8")
    (folder / "accounts.csv").write_text(ACCOUNTS, "utf-8")
    (folder / "openings.csv").write_text(openings, "utf-8")
    if lines is not None:
        head = "village,date,no,kind,line,summary,account,debit,credit,party\n"
        (folder / "lines.csv").write_text(head + lines, "utf-8")
    return folder


def taken_over_tables(folder: Path) -> Path:
    """The case's hand-over list as openings.csv, and of its lines those of September."""
    folder.mkdir()
    for name in ("villages.csv", "accounts.csv"):
        shutil.copy(CASE / "three_tables" / name, folder)
    with (
        (CASE / "opening_and_ytd_to_2026-08.csv").open(encoding="utf-8") as file,
        (folder / "openings.csv").open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.writer(out)
        writer.writerow(HEADER.strip().split(","))
        for book, account, party, _name, opening, debit, credit, _closing in list(csv.reader(file))[1:]:
            writer.writerow([book, account, party, fen(opening), fen(debit), fen(credit), "2026-08"])
    header, *rest = (CASE / "three_tables/lines.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "lines.csv").write_text(header + "".join(one for one in rest if ",2026-09-" in one), "utf-8")
    return folder


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, Office]:
    """The same township twice: its whole history, and taken over at September."""
    folder = tmp_path_factory.mktemp("take-over")
    full, taken = new_office(folder, "full"), new_office(folder, "taken")
    import_history(full, CASE / "three_tables")
    import_history(taken, taken_over_tables(folder / "tables"))
    return full, taken


def figures(rows: tuple[TrialBalanceRow, ...]) -> list[TrialBalanceRow]:
    return sorted(rows, key=lambda row: (row.book, row.account))


def amounts(report: Statement, column: str) -> dict[str, int]:
    place = report.columns.index(column)
    return {row.line_no: row.amounts_fen[place] for row in report.rows if row.line_no}


@pytest.mark.parametrize("first", [Month(2026, 1), Month(2026, 9)])
def test_the_trial_balance_of_september_and_its_year_sums_are_those_of_the_full_history(
    both: tuple[Office, Office], first: Month
) -> None:
    full, taken = (figures(trial_balance(office, "all", first, Month(2026, 9)).rows) for office in both)
    assert len(full) > 200
    assert full == taken


def test_the_hand_over_itself_can_be_read(both: tuple[Office, Office]) -> None:
    full, taken = (figures(trial_balance(office, "all", Month(2026, 1), Month(2026, 8)).rows) for office in both)
    assert full == taken
    with pytest.raises(Refused, match="接手前"):
        trial_balance(both[1], "V01", Month(2026, 1), Month(2026, 6))


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("kind", [BALANCE_SHEET, INCOME])
@pytest.mark.parametrize("period", ["2026-09", "2026-12", "2026", "2026-Q4", "2027-09", "2027"])
def test_statements_are_those_of_the_full_history(
    both: tuple[Office, Office], book: str, kind: str, period: str
) -> None:
    span = read_span(period)
    assert span is not None
    full, taken = (statement(open_desk(office, book, span.last), kind, span) for office in both)
    assert full.rows == taken.rows


@pytest.mark.parametrize("book", BOOKS)
def test_total_assets_are_the_figures_of_the_case(both: tuple[Office, Office], book: str) -> None:
    for office in both:
        sheet = amounts(statement(open_desk(office, book, SEPTEMBER.last), BALANCE_SHEET, SEPTEMBER), "closing")
        assert sheet["23"] == sheet["39"] == fen(TOTAL_ASSETS[book])


@pytest.mark.parametrize("book", BOOKS)
def test_the_result_of_the_year_so_far_is_that_of_the_case(both: tuple[Office, Office], book: str) -> None:
    for office in both:
        income = amounts(statement(open_desk(office, book, SEPTEMBER.last), INCOME, SEPTEMBER), "amount")
        assert income["14"] == fen(NET_INCOME[book])


def test_every_line_of_the_case_stands_in_both_books_to_the_fen(both: tuple[Office, Office]) -> None:
    """README §3 and §4: each account and party after August with its year sums, and after September."""
    to_august, after = rows_of("opening_and_ytd_to_2026-08.csv"), rows_of("expected_trial_balance_2026-09.csv")
    keys = ("book", "account", "party_or_project")
    for office in both:
        august, september = (details(office, month) for month in (8, 9))
        for row in to_august:
            said = tuple(fen(words) for words in list(row.values())[4:])
            assert august.pop(tuple(row[key] for key in keys), (0, 0, 0, 0)) == said, row
        assert not any(map(any, august.values()))
        # parties that the list does not name (whom the money went to) are in the account's own line
        wanted = {tuple(row[key] for key in keys): fen(row["2026-09-30余额(借+贷-)"]) for row in after}
        found: dict[tuple[str, ...], int] = defaultdict(int)
        for key, figures in september.items():
            found[key if key in wanted else (*key[:2], "")] += figures[3]
        assert {key: balance for key, balance in found.items() if balance} == wanted


def rows_of(name: str) -> list[dict[str, str]]:
    with (CASE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def details(office: Office, month: int) -> dict[tuple[str, ...], tuple[int, ...]]:
    """By book, account and party: 1 January, the year's debit and credit to the month's end, the balance there."""
    query = """SELECT k.code, b.account, b.party, SUM(CASE b.month WHEN 0 THEN b.debit_fen - b.credit_fen ELSE 0 END),
        SUM(CASE b.month WHEN 0 THEN 0 ELSE b.debit_fen END), SUM(CASE b.month WHEN 0 THEN 0 ELSE b.credit_fen END),
        SUM(b.debit_fen - b.credit_fen) FROM balance b JOIN book k ON k.id = b.book
        WHERE b.year = 2026 AND b.month <= :month GROUP BY k.code, b.account, b.party"""
    with office.books.read() as connection:
        rows = connection.execute(text(query), {"month": month}).all()
    return {tuple(row[:3]): tuple(row[3:]) for row in rows}


def test_what_members_owe_and_are_owed_is_not_netted(both: tuple[Office, Office]) -> None:
    for office in both:
        sheet = amounts(statement(open_desk(office, "V01", SEPTEMBER.last), BALANCE_SHEET, SEPTEMBER), "opening")
        assert (sheet["3"], sheet["25"]) == (186_000, 1_580_000)


def test_the_books_taken_over_begin_in_september_and_pass_every_check(both: tuple[Office, Office]) -> None:
    office = both[1]
    assert {book.start for book in list_books(office)} == {Month(2026, 9)}
    assert [one for one in check_books(office, deep=True) if one.severity == "error"] == []
    desk = open_desk(office, "V01", Month(2026, 9))
    assert read_entry_book(desk).reports_from == Month(2026, 1)
    cash = ledger(desk, "101", Month(2026, 9), Month(2026, 9))
    assert (cash.opening_fen, cash.closing_fen) == (43_650, 24_390)
    year = ledger(desk, "101", Month(2026, 1), Month(2026, 9))
    assert year.opening_fen == 81_230
    assert {line.summary for line in year.lines[:2]} == {"接手前累计发生额"}


def test_months_of_which_only_the_sum_is_known_are_refused_with_the_months_that_can_be_had(
    both: tuple[Office, Office],
) -> None:
    office = both[1]
    with pytest.raises(Refused, match="起月用 2026-01 或 2026-09，止月不早于 2026-08"):
        trial_balance(office, "V01", Month(2026, 5), Month(2026, 9))
    with pytest.raises(Refused, match="只有合计"):
        ledger(open_desk(office, "V01", Month(2026, 9)), "101", Month(2026, 7), Month(2026, 9))
    quarter = read_span("2026-Q3")
    assert quarter is not None
    with pytest.raises(Refused, match="只有合计"):
        statement(open_desk(office, "V01", Month(2026, 9)), INCOME, quarter)
    assert statement(open_desk(office, "V01", Month(2026, 9)), BALANCE_SHEET, quarter).rows
    with pytest.raises(Refused, match="在期初之前"):
        trial_balance(office, "V01", Month(2025, 12), Month(2026, 9))


def test_hand_kept_books_come_in_without_any_voucher(tmp_path: Path) -> None:
    office = new_office(tmp_path, "books")
    report = import_history(office, tables(tmp_path / "t"))
    assert (report.vouchers, report.lines) == (2, 6)
    assert list_books(office)[0].start == Month(2026, 9)
    rows = {row.account: row for row in trial_balance(office, "V1", Month(2026, 9), Month(2026, 9)).rows}
    assert (rows["101"].opening_debit_fen, rows["513"].closing_debit_fen) == (80_000, 50_000)
    assert check_books(office, deep=True) == []
    with pytest.raises(Refused, match=r"openings.csv：已导入过"):
        import_history(office, tmp_path / "t")


def test_a_take_over_at_the_end_of_a_year_opens_the_next_with_last_year_beside_it(tmp_path: Path) -> None:
    office = new_office(tmp_path, "books")
    import_history(office, tables(tmp_path / "t", OPENINGS.replace("2026-08", "2026-12")))
    assert list_books(office)[0].start == Month(2027, 1)
    rows = {row.account: row for row in trial_balance(office, "V1", Month(2027, 1), Month(2027, 3)).rows}
    assert rows["101"].opening_debit_fen == 80_000
    year = read_span("2027")
    assert year is not None
    income = statement(open_desk(office, "V1", Month(2027, 12)), INCOME, year)
    assert amounts(income, "prior")["1"] == 30_000
    assert [one.rule for one in check_books(office, deep=True)] == ["not_transferred"]


BAD: dict[str, tuple[str, str]] = {
    "the opening is not balanced": (
        OPENINGS.replace("-100000", "-99900"),
        "openings.csv：账套 V1 的年初余额不平，借方多 1.00 元",
    ),
    "turnovers differ": (
        OPENINGS.replace("30000,50000", "30000,49900"),
        "openings.csv：账套 V1 的累计发生额不平，借方多 1.00 元",
    ),
    "shortage": (OPENINGS.replace("30000,50000", "30000,50500"), "不能挤进权益"),
    "unknown book": (OPENINGS.replace("V1,513", "V9,513"), "openings.csv 第 5 行：villages.csv 里没有账套 V9"),
    "unknown account": (OPENINGS.replace("V1,513", "V1,599"), "openings.csv 第 5 行：没有科目 599"),
    "no leaf": (OPENINGS.replace("V1,513", "V1,322"), "openings.csv 第 5 行：科目 322 有下级"),
    "yuan": (OPENINGS.replace("50000,0,2", "500.00,0,2"), "openings.csv 第 5 行：金额“500.00”不是整数（单位是分）"),
    "two months": (OPENINGS.replace("50000,0,2026-08", "50000,0,2026-07"), "账套 V1 的 as_of 各行不同"),
    "no month": (OPENINGS.replace("50000,0,2026-08", "50000,0,8月"), "openings.csv 第 5 行：“8月”不是月份"),
    "a detail twice": (OPENINGS + "V1,101,,0,0,0,2026-08\n", "openings.csv 第 6 行：科目 101 的这一明细已有一行"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_hand_over_that_does_not_add_up_is_refused_with_the_difference(tmp_path: Path, case: str) -> None:
    openings, sentence = BAD[case]
    office = new_office(tmp_path, "books")
    with pytest.raises(Refused) as refused:
        import_history(office, tables(tmp_path / "t", openings))
    assert any(sentence in str(one) for one in refused.value.problems), refused.value.problems
    assert list_books(office) == []


def test_a_shortage_shows_and_stays_out_of_equity(tmp_path: Path) -> None:
    openings = OPENINGS.replace("30000,50000", "30000,57000") + "V1,181,,0,7000,0,2026-08\n"
    office = new_office(tmp_path, "books")
    report = import_history(office, tables(tmp_path / "t", openings))
    assert [str(one) for one in report.notices] == [
        "openings.csv：账套 V1 接手时 181 待处理财产损溢 有 70.00 元没有查清"
    ]
    sheet = statement(open_desk(office, "V1", Month(2026, 9)), BALANCE_SHEET, SEPTEMBER)
    assert amounts(sheet, "closing")["5a"] == 7_000
    assert amounts(sheet, "closing")["38"] == 80_000


def test_corrections_and_closing_transfers_before_the_take_over_are_told_by_their_kind(tmp_path: Path) -> None:
    """Of the year 50.00 were earned and transferred month by month, and last year was corrected by 20.00."""
    openings = HEADER.replace("as_of", "as_of,kind") + (
        "V1,101,,100000,7000,0,2026-08,\nV1,301,,-100000,0,0,2026-08,\nV1,501,,0,0,5000,2026-08,\n"
        "V1,32202,,0,0,2000,2026-08,prior\nV1,101,,0,2000,0,2026-08,prior\n"
        "V1,501,,0,5000,0,2026-08,closing\nV1,321,,0,0,5000,2026-08,closing\n"
    ).replace("7000,0", "5000,0")
    office = new_office(tmp_path, "books")
    assert import_history(office, tables(tmp_path / "t", openings)).notices == ()
    desk = open_desk(office, "V1", Month(2026, 9))
    income = amounts(statement(desk, INCOME, SEPTEMBER), "amount")
    sheet = amounts(statement(desk, BALANCE_SHEET, SEPTEMBER), "closing")
    assert (income["1"], income["15"], income["21"]) == (5_000, 2_000, 7_000)
    assert sheet["37"] == 7_000


def test_vouchers_before_the_take_over_and_an_opening_beside_it_are_refused(tmp_path: Path) -> None:
    office = new_office(tmp_path, "books")
    early = "V1,2026-08-05,1,normal,1,付,513,1,0,\nV1,2026-08-05,1,normal,2,付,101,0,1,\n"
    with pytest.raises(Refused, match="2026-08-05 不在期初（2026-08-31）之后"):
        import_history(office, tables(tmp_path / "t", lines=early))
    opening = "V1,2026-08-31,0,opening,1,转,101,1,0,\nV1,2026-08-31,0,opening,2,转,301,0,1,\n"
    with pytest.raises(Refused, match="已有 期初凭证"):
        import_history(office, tables(tmp_path / "u", lines=opening))


def test_every_balance_is_explained_by_posted_lines(tmp_path: Path) -> None:
    office = new_office(tmp_path, "books")
    import_history(office, tables(tmp_path / "t"))
    with office.books.read() as connection:
        rows = connection.execute(
            text("SELECT year, month, number, kind, day, state FROM voucher ORDER BY year, month, number")
        ).all()
    assert [tuple(row) for row in rows] == [
        (2026, 0, 0, "opening", "2025-12-31", "posted"),
        (2026, 8, 1, "normal", "2026-08-31", "posted"),
    ]


def test_a_township_whose_books_begin_in_different_years_counts_each_opening_once(tmp_path: Path) -> None:
    office = new_office(tmp_path, "books")
    import_history(office, tables(tmp_path / "t"))
    old = "V0,2025-01-31,0,opening,1,转,101,500,0,\nV0,2025-01-31,0,opening,2,转,301,0,500,\n"
    folder = tables(tmp_path / "u", lines=old, villages="V0,石磨坪村\n")
    (folder / "openings.csv").unlink()
    import_history(office, folder)
    report = trial_balance(office, "all", Month(2025, 2), Month(2026, 9))
    rows = {(row.book, row.account): row for row in report.rows}
    assert rows["V1", "101"].closing_debit_fen == 80_000
    assert rows["*", "101"].closing_debit_fen == 80_500
    assert rows["*", "301"].closing_credit_fen == 100_500
    early = trial_balance(office, "all", Month(2025, 2), Month(2025, 12))
    assert {row.book for row in early.rows} == {"V0", "*"}


@pytest.mark.parametrize("book", BOOKS)
def test_the_sheet_of_september_is_that_of_the_full_history(both: tuple[Office, Office], book: str) -> None:
    sheets = [prepare_sheet(open_desk(office, book, Month(2026, 9))) for office in both]
    full, taken = (
        [(fund.opening_fen, fund.income_fen, fund.spending_fen, fund.closing_fen) for fund in (one.own, *one.others)]
        for one in sheets
    )
    assert full == taken


def test_a_party_of_the_hand_over_must_be_listed_when_there_is_a_list(tmp_path: Path) -> None:
    openings = OPENINGS.replace("V1,301,,", "V1,301,某人,")
    folder = tables(tmp_path / "t", openings)
    (folder / "parties.csv").write_text("book,code,name\nV1,P1,张三\n", "utf-8")
    with pytest.raises(Refused, match=r"openings.csv 第 3 行：parties.csv 里没有 某人"):
        import_history(new_office(tmp_path, "books"), folder)


def test_a_book_that_was_opened_before_takes_the_hand_over_when_its_first_month_agrees(tmp_path: Path) -> None:
    office = new_office(tmp_path, "books")
    for code, month in (("V1", 9), ("V2", 8)):
        book = new_book(code, code, "村", "代行", "2023", Month(2026, month))
        open_book(office, Village(code, "村"), book, [])
    import_history(office, tables(tmp_path / "t"))
    assert check_books(office, deep=True) == []
    with pytest.raises(Refused, match="V2 从 2026-08 开始，导入的从 2026-09 开始"):
        import_history(office, tables(tmp_path / "u", OPENINGS.replace("V1,", "V2,"), villages="V2,村\n"))


SEEDS = """book,account,party,opening,debit_to_date,credit_to_date,as_of,opening_quantity,debit_quantity,credit_quantity
V1,121,,5000,2000,1000,2026-08,100,40.5,20
V1,101,,100000,1000,2000,2026-08,,,
V1,301,,-105000,0,0,2026-08,,,
"""


def stock_tables(folder: Path, openings: str = SEEDS) -> Path:
    tables(folder, openings)
    rows = [f"{row}," for row in ACCOUNTS.splitlines()[1:]] + ["121,库存物资,1,,Assets,D,1,公斤"]
    head = ACCOUNTS.splitlines()[0] + ",unit"
    (folder / "accounts.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return folder


def test_quantities_are_taken_over_with_their_amounts(tmp_path: Path) -> None:
    office = new_office(tmp_path, "q")
    import_history(office, stock_tables(tmp_path / "t"))
    asked = LedgerRequest(QUANTITIES, Month(2026, 1), Month(2026, 9), "121")
    sheet = read_sheet(open_desk(office, "V1", Month(2026, 9)), asked)
    assert sheet.rows[0].cells[3:] == (None,) * 6 + (100_000, "0.5000", 5_000)
    assert sheet.rows[-1].cells[3:] == (
        40_500, "0.4938", 2_000, 20_000, "0.5000", 1_000, 120_500, "0.4979", 6_000,
    )  # fmt: skip
    # asked from September, the turnovers before it are those of the year, and the opening is not among them
    later = read_sheet(open_desk(office, "V1", Month(2026, 9)), replace(asked, first=Month(2026, 9)))
    assert later.rows[1].cells[3:9] == (40_500, "0.4938", 2_000, 20_000, "0.5000", 1_000)
    office.books.close()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("100,40.5", "很多,40.5", "数量不是数，最多三位小数"),
        ("100,40.5", "-100,40.5", "数量和金额的正负要一致"),
        ("2026-08,,,", "2026-08,,,7", "数量和金额的正负要一致"),
    ],
)
def test_quantities_that_do_not_fit_their_amounts_are_refused(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    office = new_office(tmp_path, "q")
    with pytest.raises(Refused, match=sentence):
        import_history(office, stock_tables(tmp_path / "t", SEEDS.replace(old, new)))
    office.books.close()
