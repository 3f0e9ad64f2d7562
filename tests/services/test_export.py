"""What leaves as plain files: tables that read back identically, workbooks that add up, nothing that identifies."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.services.conftest import Staff, line, reverse_voucher, sign_all, simple_draft
from tests.services.test_opening import OPENINGS
from tests.services.test_opening import tables as opening_tables
from tests.township import Township, write_township
from villagebooks.core.account import Account
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused
from villagebooks.core.statement import INCOME
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.db import book as book_rows
from villagebooks.services.check import check_books
from villagebooks.services.correction import correct_difference, correct_voucher
from villagebooks.services.desk import Desk, Office, list_books, open_desk, open_office
from villagebooks.services.export import export_csv, export_xlsx
from villagebooks.services.history import import_history
from villagebooks.services.ledger import trial_balance
from villagebooks.services.office import create_office, villages
from villagebooks.services.person import people
from villagebooks.services.statement import statement
from villagebooks.services.voucher import post_voucher, read_vouchers, save_voucher, void_voucher

CASES = Path(__file__).parent.parent / "cases"
FILES = ("villages.csv", "accounts.csv", "parties.csv", "people.csv", "lines.csv")
ACCOUNTS = """code,name,level,parent,root,side,leaf
101,库存现金,1,,Assets,D,1
102,银行存款,1,,Assets,D,0
10201,"基本户 ""农商行"", 尾号1",2,102,Assets,D,1
113,内部往来,1,,Assets,B,1
301,资本,1,,Equity,C,1
321,本年收益,1,,Equity,C,1
322,收益分配,1,,Equity,C,0
32202,未分配收益,2,322,Equity,C,1
501,经营收入,1,,Income,C,1
513,管理费用,1,,Expenses,D,1
"""
HEADER = "village,date,no,kind,line,summary,account,debit,credit,party,word,reverses,attachments,prepared_by,"
LINES = f"""{HEADER}project,contract,bank
V1,2025-12-31,0,opening,1,上年结转,101,100000,0,,,,,,,,
V1,2025-12-31,0,opening,2,上年结转,301,0,100000,,,,,,,,
V1,2026-01-05,1,normal,1,"付 ""办公费"", 等",513,5000,0,,付,,3,冯素芳,道路,合-1,
V1,2026-01-05,1,normal,2,付办公费,101,0,5000,,付,,3,冯素芳,,,
V1,2026-01-06,1,normal,1,收租,10201,700,0,,收,,1,,,,尾号1
V1,2026-01-06,1,normal,2,收租,113,0,700,张三,收,,1,,,,
V1,2026-01-07,1,red,1,注销,513,-5000,0,,记,2026-01-付-1,0,谭永川,道路,合-1,
V1,2026-01-07,1,red,2,注销,101,0,-5000,,记,2026-01-付-1,0,谭永川,,,
V1,2026-02-08,2,void,1,作废,10201,1,0,,记,,2,,,,
V1,2026-02-08,2,void,2,作废,501,0,1,李四,记,,2,,,,
V1,2026-03-01,1,prior,1,补记上年,101,40,0,,转,,0,,,,
V1,2026-03-01,1,prior,2,补记上年,32202,0,40,,转,,0,,,,
V1,2026-04-01,1,normal,1,冲负数,101,-40,0,,记,,0,,,,
V1,2026-04-01,1,normal,2,冲负数,501,0,-40,,记,,0,,,,
V1,2026-12-31,1,closing,1,结转,501,0,40,,记,,0,,,,
V1,2026-12-31,1,closing,2,结转,321,40,0,,记,,0,,,,
"""
PEOPLE = """village,household,name,sex,id_number,household_code,role,died_on
V1,0101,田维国,男,990123197103141596,776143500010,支书兼主任,
V1,0102,"田开贵",男,,,特困老人,2025-11-03
"""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "books.vbooks"
    create_office(path, "示例镇").books.close()
    return path


@pytest.fixture
def new_office(empty: Path, tmp_path: Path) -> Callable[[str], Office]:
    return lambda name: copy_of(empty, tmp_path / f"{name}.vbooks")


def copy_of(empty: Path, path: Path) -> Office:
    shutil.copy(empty, path)
    shutil.copytree(f"{empty}.files", f"{path}.files")
    return open_office(path)


def tables(folder: Path, lines: str = LINES, **files: str) -> Path:
    folder.mkdir()
    wanted = {"villages": "code,name\nV1,老秤湾村\n", "accounts": ACCOUNTS, "lines": lines} | files
    for name, words in wanted.items():
        (folder / f"{name}.csv").write_text(words, "utf-8", newline="")
    return folder


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES}


def accounts_of(office: Office, book: str) -> dict[str, Account]:
    with office.books.read() as connection:
        return book_rows.accounts(connection, book_rows.book_id(connection, book))


def assert_round_trip(first: Office, second: Office, folder: Path, book: str = "all") -> None:
    """Export, import into empty books, export: the same bytes, the same books."""
    export_csv(first, book, folder / "out")
    import_history(second, folder / "out")
    export_csv(second, book, folder / "again")
    assert bytes_of(folder / "out") == bytes_of(folder / "again")
    mine = [one for one in list_books(first) if book in ("all", one.code)]
    known = {one.code: one.name for one in villages(first)}
    assert {one.code: one.name for one in villages(second)} == {one.village: known[one.village] for one in mine}
    for one, other in zip(mine, list_books(second), strict=True):
        assert (one.code, one.name, one.kind, one.standard, one.start) == (
            other.code, other.name, other.kind, other.standard, other.start,
        )  # fmt: skip
        assert accounts_of(first, one.code) == accounts_of(second, one.code)
        for last in (Month(one.start.year, 12), Month(one.start.year + 2, 12)):
            before = trial_balance(first, one.code, one.start, last)
            assert before == trial_balance(second, one.code, one.start, last)
            year = Span(Month(last.year, 1), last)
            incomes = [statement(open_desk(office, one.code, last), INCOME, year) for office in (first, second)]
            assert incomes[0] == incomes[1]


CASE_FOLDERS = ("baiyanhe/three_tables", "mini-township", "one-village-2024")


@pytest.mark.parametrize("case", CASE_FOLDERS)
def test_the_cases_read_back_identically(new_office: Callable[[str], Office], tmp_path: Path, case: str) -> None:
    first = new_office("first")
    import_history(first, CASES / case)
    assert_round_trip(first, new_office("second"), tmp_path)


def test_every_kind_of_voucher_and_every_column_reads_back(new_office: Callable[[str], Office], tmp_path: Path) -> None:
    first, second = new_office("first"), new_office("second")
    import_history(first, tables(tmp_path / "t"))
    assert_round_trip(first, second, tmp_path)
    written = (tmp_path / "out/lines.csv").read_text("utf-8").splitlines()
    read = LINES.splitlines()
    # by month, word and number; an opening, a normal and a void voucher say the words that were left out
    assert sorted(written) == sorted([read[0], *(fill(one) for one in read[1:])])
    assert [one for one in check_books(second, deep=True) if one.severity == "error"] == []


def test_quantities_and_units_read_back_in_columns_of_their_own(
    new_office: Callable[[str], Office], tmp_path: Path
) -> None:
    accounts = ACCOUNTS.replace("leaf\n", "leaf,unit\n").replace(",1\n", ",1,\n").replace(",0\n", ",0,\n")
    accounts += "121,库存物资,1,,Assets,D,1,公斤\n"
    lines = "\n".join(one + ("," if place else ",quantity") for place, one in enumerate(LINES.splitlines())) + "\n"
    lines += "V1,2026-02-09,3,normal,1,买谷种,121,12000,0,,记,,1,,,,,80.5\n"
    lines += "V1,2026-02-09,3,normal,2,买谷种,101,0,12000,,记,,1,,,,,\n"
    first, second = new_office("first"), new_office("second")
    import_history(first, tables(tmp_path / "t", accounts=accounts, lines=lines))
    assert_round_trip(first, second, tmp_path)
    written = (tmp_path / "out/lines.csv").read_text("utf-8").splitlines()
    assert written[0].endswith(",contract,bank,quantity")
    assert [one for one in written if one.endswith(",80.5")]
    account = (tmp_path / "out/accounts.csv").read_text("utf-8").splitlines()
    assert account[0].endswith(",needs,unit")
    sheet = CalamineWorkbook.from_path(export_xlsx(first, "V1", tmp_path / "xlsx")[0]).get_sheet_by_name("凭证")
    head, *rows = sheet.to_python()
    assert head[-1] == "数量"
    assert [row[-1] for row in rows if row[-1]] == ["80.5"]
    assert [one for one in account if one.startswith("121,")] == ["121,库存物资,1,,Assets,D,1,V1,quantity,公斤"]
    assert [one for one in check_books(second, deep=True) if one.severity == "error"] == []


def fill(row: str) -> str:
    return row.replace(",,,,,,,,", ",,记,,0,,,,") if ",opening," in row else row


def test_taken_over_books_read_back_with_their_first_month(new_office: Callable[[str], Office], tmp_path: Path) -> None:
    first, second = new_office("first"), new_office("second")
    import_history(first, opening_tables(tmp_path / "t"))
    assert_round_trip(first, second, tmp_path)
    assert list_books(second)[0].start == Month(2026, 9)
    year = (Month(2026, 1), Month(2026, 9))
    assert trial_balance(first, "V1", *year) == trial_balance(second, "V1", *year)
    assert OPENINGS.count("2026-08") == 4


def test_one_book_of_a_village_with_two_leaves_alone(new_office: Callable[[str], Office], tmp_path: Path) -> None:
    first, second = new_office("first"), new_office("second")
    books = (
        "code,name,kind,standard,village,start,village_name\n"
        "V1,老秤湾村股份经济合作社,集体经济组织,2023,V1,,老秤湾村\nV1W,老秤湾村民委员会,村委会,2023,V1,,\n"
    )
    both = LINES + LINES.partition("\n")[2].replace("V1,", "V1W,")
    import_history(first, tables(tmp_path / "t", both, villages=books))
    assert_round_trip(first, second, tmp_path, "V1W")
    assert [(one.code, one.name) for one in villages(second)] == [("V1", "老秤湾村")]
    assert b"V1," not in (tmp_path / "out/lines.csv").read_bytes()


def test_no_number_and_no_code_leaves_with_the_roll(new_office: Callable[[str], Office], tmp_path: Path) -> None:
    first, second = new_office("first"), new_office("second")
    import_history(first, tables(tmp_path / "t", people=PEOPLE))
    report = export_csv(first, "all", tmp_path / "out")
    assert [str(one) for one in report.notices] == ["people.csv：身份证号和户查询码不导出"]
    assert (tmp_path / "out/people.csv").read_text("utf-8") == (
        "village,household,name,sex,role,died_on\n"
        "V1,0101,田维国,男,支书兼主任,\nV1,0102,田开贵,男,特困老人,2025-11-03\n"
    )
    for path in report.paths:
        assert b"990123197103141596" not in path.read_bytes()
        assert b"776143500010" not in path.read_bytes()
    assert_round_trip(first, second, tmp_path)
    assert [one.name for one in people(second, "V1")] == ["田维国", "田开贵"]


def test_what_was_signed_and_posted_here_reads_back_and_drafts_stay(
    desk: Desk,
    staff: Staff,
    sign_and_post: Callable[[Draft], Voucher],
    new_office: Callable[[str], Office],
    tmp_path: Path,
) -> None:
    posted = sign_and_post(simple_draft())
    sign_and_post(Draft(date(2026, 10, 1), (line("113", 500, party="罗显富"), line("50101", credit=500)), "转"))
    void_voucher(desk, save_voucher(desk, simple_draft(900)).uid)
    void_voucher(desk, reverse_voucher(desk, posted.uid, date(2026, 9, 20)).uid)
    save_voucher(desk, simple_draft(800))
    report = export_csv(desk.office, "V01", tmp_path / "first")
    assert [str(one) for one in report.notices] == ["lines.csv：账套 V01 有 1 张凭证还没有记账，没有导出"]
    assert_round_trip(desk.office, new_office("second"), tmp_path)
    lines = (tmp_path / "out/lines.csv").read_text("utf-8")
    assert "V01,2026-09-10,1,normal,1,买打印纸,51302,74260,0,,记,,2,冯素芳,,,\n" in lines
    assert lines.count(",void,") == 4


def test_which_blue_one_belongs_to_which_red_one_reads_back(
    desk: Desk, staff: Staff, sign_and_post: Callable[[Draft], Voucher], new_office: Callable[[str], Office],
    tmp_path: Path,
) -> None:  # fmt: skip
    wrong, other = sign_and_post(simple_draft()), sign_and_post(simple_draft(50_000))
    redone = correct_voucher(desk, wrong.uid, date(2026, 9, 20))
    less = correct_difference(desk, other.uid, [40_000, 40_000], date(2026, 9, 20))
    for one in (redone.red, redone.blue, less):
        sign_all(desk, one.uid, staff)
        post_voucher(desk, one.uid)
    second = new_office("second")
    assert_round_trip(desk.office, second, tmp_path)
    written = (tmp_path / "out/lines.csv").read_text("utf-8").splitlines()
    assert written[0].endswith(",bank,corrects")
    found = read_vouchers(open_desk(second, "V01", Month(2026, 9)))
    titles = {one.uid: one.title for one in found}
    links = {one.title: titles.get(one.corrects, "") for one in found}
    assert links == {"记-1": "", "记-2": "", "记-3": "", "记-4": "记-3", "记-5": "记-2"}
    assert [one for one in check_books(second, deep=True) if one.severity == "error"] == []
    assert "不是红字凭证" not in "".join(map(str, import_history(new_office("third"), tmp_path / "again").notices))


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("2026-01-记-9", "要更正的凭证 2026-01-记-9 不在本账套里"),
        ("第9号", "corrects 写更正哪张凭证，如“2026-08-记-7”；红字凭证写在 reverses"),
    ],
)
def test_a_correction_of_nothing_is_refused_with_its_line(
    new_office: Callable[[str], Office], tmp_path: Path, what: str, said: str
) -> None:
    head, *rows = LINES.splitlines()
    lines = [f"{head},corrects", *(f"{one},{what if one.startswith('V1,2026-04-01') else ''}" for one in rows)]
    with pytest.raises(Refused, match=said):
        import_history(new_office("x"), tables(tmp_path / "t", "\n".join(lines) + "\n"))


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf")), min_size=1, max_size=8)
ODD = st.one_of(TEXTS, st.sampled_from(['"', ",", "a\nb", "a\rb", "\r\n", " 空 ", "=1+1", "12.00", "-"]))
ENTRIES = st.tuples(
    st.integers(1, 3),
    st.sampled_from(["normal", "red", "closing", "prior", "void"]),
    st.sampled_from(["记", "收", "付", "转"]),
    st.integers(1, 28),
    st.integers(1, 10**11),
    ODD,
    st.one_of(st.just(""), ODD),
    st.integers(0, 9),
)


@given(st.lists(ENTRIES, max_size=12))
@settings(max_examples=20)
def test_any_vouchers_read_back_identically(empty: Path, entries: list[tuple[object, ...]]) -> None:
    numbers: dict[tuple[object, object], int] = {}
    rows = [LINES.splitlines()[0] + "\n", *(one + "\n" for one in LINES.splitlines()[1:3])]
    red: dict[str, str] = {}
    for month, kind, word, day, amount, words, party, attachments in entries:
        number = numbers[month, word] = numbers.get((month, word), 0) + 1
        title = f"2026-0{month}-{word}-{number}"
        target = next((one for one in red if not red[one]), "") if kind == "red" else ""
        if target:
            red[target] = title
        if kind in ("normal", "closing", "prior"):
            red[title] = ""
        fen = -int(str(amount)) if kind == "red" else amount
        for place, sides in enumerate((f"101,{fen},0", f"501,0,{fen}"), 1):
            head = f"V1,2026-0{month}-{day:02d},{number},{kind},{place},{quoted(words)},{sides},{quoted(party)}"
            rows.append(f"{head},{word},{target},{attachments},{quoted(words)},{quoted(party)},,\n")
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        first, second = copy_of(empty, here / "first.vbooks"), copy_of(empty, here / "second.vbooks")
        import_history(first, tables(here / "t", "".join(rows)))
        assert_round_trip(first, second, here)
        first.books.close()
        second.books.close()


def quoted(words: object) -> str:
    return '"' + str(words).replace('"', '""') + '"'


def test_a_generated_township_reads_back(new_office: Callable[[str], Office], tmp_path: Path) -> None:
    township = Township(villages=2, years=2, vouchers=80, seed="export", red=60, closing=True)
    first = new_office("first")
    import_history(first, write_township(tmp_path / "t", township))
    assert_round_trip(first, new_office("second"), tmp_path)


def test_a_workbook_holds_balances_statements_vouchers_and_accounts(
    new_office: Callable[[str], Office], tmp_path: Path
) -> None:
    office = new_office("books")
    import_history(office, CASES / "mini-township")
    paths = export_xlsx(office, "all", tmp_path / "out")
    assert [path.name for path in paths] == ["V001.xlsx", "V002.xlsx", "V003.xlsx"]
    book = CalamineWorkbook.from_path(str(paths[0]))
    assert book.sheet_names == [
        "2025年余额表", "2025年资产负债表", "2025年收益及收益分配表", "2026年余额表", "2026年资产负债表",
        "2026年收益及收益分配表", "凭证", "科目",
    ]  # fmt: skip
    head, *rows = book.get_sheet_by_name("2026年余额表").to_python()
    assert head[:4] == ["账套", "科目", "名称", "期初借方"]
    for row, ours in zip(rows, trial_balance(office, "V001", Month(2026, 1), Month(2026, 12)).rows, strict=True):
        assert row[1] == ours.account
        assert [round(float(cell) * 100) for cell in row[7:9]] == [ours.closing_debit_fen, ours.closing_credit_fen]
    head, *rows = book.get_sheet_by_name("凭证").to_python()
    debit = sum(round(float(row[head.index("借方金额")] or 0) * 100) for row in rows)
    credit = sum(round(float(row[head.index("贷方金额")] or 0) * 100) for row in rows)
    assert debit == credit != 0
    sheet = dict(row[:2] for row in (one[1:3] for one in book.get_sheet_by_name("2026年资产负债表").to_python()))
    assert sheet["资产总计"] == sheet["负债和所有者权益总计"]
    assert paths[0].read_bytes() == export_xlsx(office, "V001", tmp_path / "again")[0].read_bytes()


def test_a_book_without_any_voucher_leaves_too(desk: Desk, tmp_path: Path) -> None:
    path = export_xlsx(desk.office, "V01", tmp_path / "out")[0]
    assert CalamineWorkbook.from_path(str(path)).sheet_names[-2:] == ["凭证", "科目"]
    export_csv(desk.office, "V01", tmp_path / "out")
    assert (tmp_path / "out/lines.csv").read_text("utf-8").count("\n") == 1
