"""Import of the three tables: nothing half-done, every fault named; and the journals that hledger reads back."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import subprocess
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.conftest import Home
from tests.services.chain import journal_page
from tests.township import Township, write_township
from villagebooks.core.money import read_yuan
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused, Trouble
from villagebooks.core.voucher import POSTED, voucher_body
from villagebooks.db import book as book_rows
from villagebooks.db.history import all_vouchers
from villagebooks.seal import canonical
from villagebooks.services.check import check_books
from villagebooks.services.desk import Office, list_books, open_office
from villagebooks.services.export import export_hledger
from villagebooks.services.history import import_history
from villagebooks.services.ledger import trial_balance
from villagebooks.services.office import create_office
from villagebooks.services.person import people

ACCOUNTS = """code,name,level,parent,root,side,leaf
101,库存现金,1,,Assets,D,1
102,银行存款,1,,Assets,D,0
10201,基本户,2,102,Assets,D,1
113,内部往来,1,,Assets,D,1
301,资本,1,,Equity,C,1
501,经营收入,1,,Income,C,1
513,管理费用,1,,Expenses,D,1
"""
LINES = """village,date,no,kind,line,summary,account,debit,credit,party
V1,2025-12-31,0,opening,1,上年结转,101,100000,0,
V1,2025-12-31,0,opening,2,上年结转,301,0,100000,
V1,2026-01-05,1,normal,1,付办公费,513,5000,0,
V1,2026-01-05,1,normal,2,付办公费,101,0,5000,
V1,2026-01-06,2,red,1,注销记-1,513,-5000,0,
V1,2026-01-06,2,red,2,注销记-1,101,0,-5000,
V1,2026-02-07,1,normal,1,收承包费,10201,30000,0,
V1,2026-02-07,1,normal,2,收承包费,501,0,30000,张三
V1,2026-02-08,2,void,1,作废,10201,1,0,
V1,2026-02-08,2,void,2,作废,501,0,1,
"""


def make_empty(place: Path | str) -> None:
    create_office(place, "示例镇").books.close()


@pytest.fixture
def office(home: Home, tmp_path: Path) -> Iterator[Office]:
    """Empty books of its own for every test: a copy, because making a schema takes longer than an import."""
    place = home.copy("empty", make_empty, tmp_path)
    office = open_office(place)
    yield office
    office.books.close()
    home.drop(place)


def tables(folder: Path, lines: str | bytes = LINES, **files: str | bytes) -> Path:
    """Three tables in a folder; further files by name without .csv, an empty name leaves one out."""
    folder.mkdir(exist_ok=True)
    wanted: dict[str, str | bytes] = {"villages": "code,name\nV1,老秤湾村\n", "accounts": ACCOUNTS, "lines": lines}
    for name, content in (wanted | files).items():
        path = folder / f"{name}.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def refusal(office: Office, folder: Path) -> list[str]:
    with pytest.raises(Refused) as refused:
        import_history(office, folder)
    assert list_books(office) == []
    with office.books.read() as connection:
        for table in ("voucher", "voucher_line", "balance", "person", "imported_file"):
            assert connection.execute(text(f"SELECT COUNT(*) FROM {table}")).scalar() == 0, table
    return [str(problem) for problem in refused.value.problems]


def test_a_small_history_enters_as_posted_by_import(office: Office, tmp_path: Path) -> None:
    report = import_history(office, tables(tmp_path / "t"))
    assert (report.books, report.vouchers, report.lines, report.parties) == (1, 5, 10, 1)
    assert report.notices == ()
    book = list_books(office)[0]
    assert (book.start, book.standard, book.kind) == (Month(2026, 1), "2023", "集体经济组织")
    with office.books.read() as connection:
        rows = connection.execute(text("SELECT state, posted_by, kind FROM voucher ORDER BY id")).all()
    assert [row.state for row in rows] == ["posted"] * 4 + ["void"]
    assert {row.posted_by for row in rows} == {"import", ""}
    assert rows[2].kind == "reversal"
    balance = {row.account: row for row in trial_balance(office, "V1", Month(2026, 1), Month(2026, 2)).rows}
    assert "513" not in balance
    assert (balance["501"].credit_fen, balance["102"].debit_fen, balance["101"].closing_debit_fen) == (
        30000,
        30000,
        100000,
    )
    assert check_books(office, deep=True) == []


def write_busy_township(folder: Path, *, scattered: bool) -> Path:
    """Three years of three villages with closings, one of them taken back, void vouchers, projects and quantities;
    `scattered`: by day, whichever village it is, as a township's journal might be."""
    write_township(folder, Township(villages=3, vouchers=150, years=3, last_year=2026, closing=True))
    path = folder / "lines.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    header += ["reverses", "project", "quantity"]
    rows = [
        [*row, "", "修路" if row[6] == "153" else "", "2.5" if row[6] == "121" and row[7] > "0" else ""] for row in rows
    ]
    vouchers = [list(group) for _key, group in groupby(rows, lambda row: tuple(row[:3]))]
    closing = next(one for one in vouchers if one[0][3] == "closing" and one[0][1] == "2025-12-31")
    red = [
        [row[0], "2026-01-31", "900", "red", row[4], "冲销结转", row[6], minus(row[7]), minus(row[8]), row[9],
         f"2025-12-记-{row[2]}", "", ""]
        for row in closing
    ]  # fmt: skip
    vouchers.insert(vouchers.index(closing), red)
    for one in vouchers[5::40]:
        if one[0][3] == "normal":
            for row in one:
                row[3] = "void"
    if scattered:
        vouchers.sort(key=lambda one: one[0][1])
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *(row for one in vouchers for row in one)])
    return folder


def minus(amount: str) -> str:
    return str(-int(amount))


def test_balances_are_the_same_however_the_file_is_sorted_and_pass_the_check(office: Office, tmp_path: Path) -> None:
    import_history(office, write_busy_township(tmp_path / "sorted", scattered=False))
    other = create_office(tmp_path / "other.vbooks", "示例镇")
    import_history(other, write_busy_township(tmp_path / "scattered", scattered=True))
    span = (Month(2024, 1), Month(2026, 12))
    for one in (office, other):
        assert [found for found in check_books(one, deep=True) if found.severity == "error"] == []
        assert trial_balance(one, "all", *span) == trial_balance(office, "all", *span)
    found = []
    for one in (office, other):
        with one.books.read() as connection:
            found.append(
                [
                    sorted(tuple(row) for row in connection.execute(text(query)))
                    for query in (
                        "SELECT * FROM balance WHERE closing_debit_fen <> 0 OR closing_credit_fen <> 0",
                        "SELECT * FROM account_balance",
                        "SELECT book, day, line, account, project, quantity FROM voucher_line",
                        "SELECT book, year, month, number, day, kind, state, posted_by FROM voucher",
                    )
                ]
            )
    assert all(found[0])
    assert found[0] == found[1]
    other.books.close()


def test_each_file_is_on_the_office_chain_with_its_hash(office: Office, tmp_path: Path) -> None:
    folder = tables(tmp_path / "t")
    import_history(office, folder)
    refs = [entry.ref for entry in journal_page(office) if entry.kind == "import"]
    hashes = [
        hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("villages.csv", "accounts.csv", "lines.csv")
    ]
    assert refs == [f"imported_file:{digest}" for digest in hashes]
    assert "import" in [entry.kind for entry in journal_page(office, "V1")]


def test_a_voucher_digest_is_that_of_its_canonical_body(office: Office, tmp_path: Path) -> None:
    import_history(office, tables(tmp_path / "t", LINES.replace("付办公费", '"付“办公费”, \\ 及\t其他 𬱖"')))
    uid = list_books(office)[0].uid
    with office.books.read() as connection:
        vouchers = all_vouchers(connection, book_rows.book_id(connection, "V1"))
    vouchers = [one for one in vouchers if one.state == POSTED]
    assert len(vouchers) == 4
    for voucher in vouchers:
        assert voucher.digest == hashlib.sha256(canonical.dump(voucher_body(voucher, uid))).hexdigest()


def test_the_same_file_is_not_imported_twice(office: Office, tmp_path: Path) -> None:
    folder = tables(tmp_path / "t")
    import_history(office, folder)
    with pytest.raises(Refused, match="已导入过"):
        import_history(office, folder)
    (folder / "lines.csv").write_text(LINES.replace("收承包费", "收租金"), "utf-8")
    with pytest.raises(Refused, match="V1 里已有凭证"):
        import_history(office, folder)
    assert len(list_books(office)) == 1


def test_another_village_joins_an_office_that_has_books(office: Office, tmp_path: Path) -> None:
    import_history(office, tables(tmp_path / "t"))
    import_history(office, tables(tmp_path / "u", LINES.replace("V1,", "V2,"), villages="code,name\nV2,石磨坪村\n"))
    assert [book.code for book in list_books(office)] == ["V1", "V2"]
    assert check_books(office, deep=True) == []


def test_columns_may_stand_in_any_order_with_bom_and_crlf(office: Office, tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(LINES)))
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([*row[::-1], ""] for row in rows)
    import_history(office, tables(tmp_path / "t", b"\xef\xbb\xbf" + out.getvalue().encode() + b",,,,,,,,,,\r\n\r\n"))
    assert len(trial_balance(office, "V1", Month(2026, 1), Month(2026, 2)).rows) == 5


BAD_LINES: dict[str, tuple[str, int, str]] = {
    "unknown account": (LINES.replace("付办公费,513", "付办公费,599"), 4, "没有科目 599"),
    "not a leaf": (LINES.replace("收承包费,10201", "收承包费,102"), 8, "科目 102 有下级"),
    "unbalanced": (LINES.replace("101,0,5000,", "101,0,5001,"), 4, "借贷不平：账套 V1 2026-01 第 1 号，贷方多 0.01 元"),
    "no such date": (LINES.replace("2026-02-07", "2026-02-30"), 8, "没有 2026-02-30 这一天"),
    "a date with slashes": (LINES.replace("2026-02-07", "2026/2/7"), 8, "没有 2026/2/7 这一天"),
    "before the opening": (LINES.replace("2026-01-05", "2025-12-05"), 4, "不在期初（2025-12-31）之后"),
    "on the day of the opening": (LINES.replace("2026-01-05", "2025-12-31"), 4, "不在期初"),
    "a century later": (LINES.replace("2026-02-07", "2126-02-07"), 8, "99 年以上"),
    "opening inside a month": (LINES.replace("2025-12-31", "2025-12-30"), 2, "启用月份的前一天"),
    "duplicate number": (LINES.replace("2026-01-06,2", "2026-01-06,1"), 6, "凭证号重复：账套 V1 已有 2026-01 记-1"),
    "lines apart": (LINES + "V1,2026-01-05,1,normal,3,付办公费,101,0,1,\n", 12, "没有放在一起"),
    "two openings": (
        LINES + "V1,2025-12-31,0,opening,1,x,101,1,0,\nV1,2025-12-31,0,opening,2,x,301,0,1,\n", 12,
        "凭证号重复",
    ),
    "decimals": (LINES.replace("513,5000,", "513,50.00,"), 4, "金额“50.00”不是整数"),
    "full-width digits": (LINES.replace("513,5000,", "513,５０００,"), 4, "不是整数"),
    "words for an amount": (LINES.replace("513,5000,", "513,五十,"), 4, "不是整数"),
    "too large": (LINES.replace("513,5000,", "513,9007199254740992,"), 4, "金额太大"),
    "both sides": (LINES.replace("513,5000,0", "513,5000,5000"), 4, "借方和贷方只能填一边"),
    "no amount": (LINES.replace("513,5000,0", "513,0,"), 4, "没有金额"),
    "a red line that is not negative": (LINES.replace("513,-5000", "513,5000"), 6, "红字凭证的金额应是负数"),
    "unknown village": (LINES.replace("V1,2026-02-07", "V9,2026-02-07"), 8, "没有账套 V9"),
    "unknown kind": (LINES.replace("1,normal", "1,ordinary"), 4, "没有这种凭证：kind“ordinary”"),
    "number zero": (LINES.replace("2026-01-05,1,", "2026-01-05,0,"), 4, "期初凭证的号是 0"),
    "number in words": (LINES.replace("2026-01-05,1,", "2026-01-05,一,"), 4, "凭证号“一”不是整数"),
    "two dates in one voucher": (
        LINES.replace("2026-01-05,1,normal,2", "2026-01-06,1,normal,2"), 5,
        "日期和 kind 要相同",
    ),
    "line numbers that jump back": (
        LINES.replace("2026-01-05,1,normal,2", "2026-01-05,1,normal,0"), 5,
        "line 应从 1 起",
    ),
    "NUL": (LINES.replace("付办公费", "付\0办公费", 1), 4, "含有空字符（NUL）"),
    "text that turns its direction": (LINES.replace("付办公费", "付\u202e办公费", 1), 4, "看不见的控制字符"),
    "a field too long": (LINES.replace("付办公费", "付" * 1001, 1), 4, "有一格太长"),
    "a column too few": (LINES.replace("513,5000,0,", "513,5000,0"), 4, "有 9 列，表头是 10 列"),
    "a quote that never closes": (LINES.replace("付办公费", '"付办公费', 1), 4, "引号不成对"),
    "cut off in the middle": (LINES[:-60], 9, "借贷不平"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_LINES)
def test_a_bad_line_is_named_by_file_line_and_reason_and_nothing_enters(
    office: Office, tmp_path: Path, case: str
) -> None:
    lines, at, reason = BAD_LINES[case]
    if case == "cut off in the middle":
        lines, at = LINES.partition("V1,2026-02-07,1,normal,2")[0], 8
    told = refusal(office, tables(tmp_path / "t", lines))
    assert any(one.startswith(f"lines.csv 第 {at} 行：") and reason in one for one in told), told


BAD_FILES: dict[str, tuple[dict[str, str | bytes], str]] = {
    "an empty file": ({"lines": b""}, "lines.csv：文件是空的"),
    "only blank lines": ({"lines": b"\n\n\n"}, "lines.csv：文件是空的"),
    "a missing column": ({"lines": LINES.replace(",debit,", ",", 1)}, "lines.csv 第 1 行：缺少列 debit"),
    "a column twice": ({"accounts": ACCOUNTS.replace("root", "name", 1)}, "accounts.csv 第 1 行：列 name 出现了两次"),
    "GBK": ({"lines": LINES.encode("gb18030")}, "lines.csv 第 2 行：编码不是 UTF-8（可能是 GBK）"),
    "UTF-16": ({"lines": LINES.encode("utf-16")}, "lines.csv 第 1 行：编码是 UTF-16"),
    "a broken byte": ({"lines": LINES.encode()[:200] + b"\xff" + LINES.encode()[200:]}, "编码不是 UTF-8"),
    "an empty villages.csv": ({"villages": b""}, "villages.csv：文件是空的"),
    "villages.csv without rows": ({"villages": "code,name\n"}, "villages.csv：只有表头"),
    "a book code that is a path": ({"villages": "code,name\n../x,村\n"}, "villages.csv 第 2 行：账套代码“../x”不能用"),
    "a book called all": ({"villages": "code,name\nall,村\n"}, "账套代码“all”不能用"),
    "a book twice": ({"villages": "code,name\nV1,村\nV1,村\n"}, "villages.csv 第 3 行：账套代码 V1 重复"),
    "a standard that is none": ({"villages": "code,name,standard\nV1,村,1999\n"}, "没有会计制度 1999"),
    "an account twice": ({"accounts": ACCOUNTS + "101,现金,1,,Assets,D,1\n"}, "accounts.csv 第 9 行：科目 101 重复"),
    "an account without parent": (
        {"accounts": ACCOUNTS + "51201,税,2,512,Expenses,D,1\n"},
        "accounts.csv 第 9 行：51201 税：没有上级科目 512",
    ),
    "a leaf with accounts below": (
        {"accounts": ACCOUNTS.replace("D,0", "D,1")},
        "accounts.csv 第 3 行：102 银行存款：有下级科目",
    ),
    "an account that the standard has not": (
        {"accounts": ACCOUNTS + "999,别的,1,,Assets,D,1\n"},
        "制度里没有这个一级科目",
    ),
    "a wrong level": (
        {"accounts": ACCOUNTS.replace("基本户,2", "基本户,3")},
        "accounts.csv 第 4 行：科目 10201 的级次应是 2",
    ),
    "a side that is none": (
        {"accounts": ACCOUNTS.replace("Assets,D,1", "Assets,借,1")},
        "accounts.csv 第 2 行：科目 101 的方向应是 D 或 C",
    ),
    "a party that is not listed": (
        {"parties": "book,code,name\nV1,P1,李四\n"},
        "lines.csv 第 9 行：parties.csv 里没有 张三",
    ),
    "an ID number with a slip": (
        {"people": "village,household,name,id_number\nV1,0101,田维国,990123197103141597\n"},
        "people.csv 第 2 行：身份证号有一位输错了",
    ),
    "a person of no village": ({"people": "village,household,name\nV7,0101,田维国\n"}, "people.csv：没有村 V7"),
    "a person twice": (
        {"people": "village,household,name\nV1,1,田\nV1,1,田\n"},
        "people.csv 第 3 行：同一户里已有这个姓名",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_is_named_with_the_reason_and_nothing_enters(office: Office, tmp_path: Path, case: str) -> None:
    files, sentence = BAD_FILES[case]
    told = refusal(office, tables(tmp_path / "t", **files))
    assert any(sentence in one for one in told), told


def test_a_missing_file_and_a_missing_folder_are_told(office: Office, tmp_path: Path) -> None:
    folder = tables(tmp_path / "t")
    (folder / "accounts.csv").unlink()
    assert "accounts.csv：没有这个文件" in refusal(office, folder)
    with pytest.raises(Trouble, match="没有文件夹"):
        import_history(office, tmp_path / "nowhere")


def test_every_problem_is_told_not_only_the_first(office: Office, tmp_path: Path) -> None:
    lines = LINES.replace("付办公费,513,5000", "付办公费,599,50.5").replace("2026-02-07", "2026-02-31")
    told = refusal(office, tables(tmp_path / "t", lines))
    assert len(told) == 3
    many = "village,date,no,kind,line,summary,account,debit,credit,party\n" + "V1,x,1,normal,1,a,101,1,0,\n" * 1000
    told = refusal(office, tables(tmp_path / "u", many))
    assert len(told) == 201
    assert told[-1] == "另外还有 1800 个问题没有列出"


def test_an_id_number_never_stands_in_a_problem(office: Office, tmp_path: Path) -> None:
    row = "V1,0101,田维国,990123197103141597\nV1,0102,冉启珍,990123197608201224\nV1,0103,向丽蓉,990123197608201224\n"
    told = refusal(office, tables(tmp_path / "t", people="village,household,name,id_number\n" + row))
    assert len(told) == 2
    assert "990123" not in "".join(told)


def test_a_file_saved_by_excel_in_gbk_is_told_once_and_not_line_by_line(office: Office, tmp_path: Path) -> None:
    folder = tables(tmp_path / "t")
    (folder / "lines.csv").write_bytes(LINES.encode("gb18030"))
    with pytest.raises(Refused) as refused:
        import_history(office, folder)
    told = [str(one) for one in refused.value.problems]
    assert [one for one in told if "可能是 GBK" in one] == [
        "lines.csv 第 2 行：编码不是 UTF-8（可能是 GBK），请另存为“CSV UTF-8（逗号分隔）”"
    ]


def test_people_enter_with_their_numbers_sealed(office: Office, tmp_path: Path) -> None:
    row = "V1,0101,单维国,男,990123197103141596,776143500010,支书\n"
    report = import_history(
        office, tables(tmp_path / "t", people="village,household,name,sex,id_number,household_code,role\n" + row)
    )
    assert report.people == 1
    one = people(office, "V1")[0]
    assert (one.household, one.name, one.sort_key) == ("0101", "单维国", "shan wei guo")
    office.books.close()
    for path in office.books.path.parent.rglob("*"):
        if path.is_file() and "t" not in path.parts[-2:-1]:
            assert b"990123197103141596" not in path.read_bytes()
            assert b"776143500010" not in path.read_bytes()


def test_gaps_and_odd_amounts_are_notices(office: Office, tmp_path: Path) -> None:
    lines = LINES.replace("2026-02-08,2", "2026-02-08,5").replace("30000", "-30000")
    notices = [str(one) for one in import_history(office, tables(tmp_path / "t", lines)).notices]
    assert notices == [
        "lines.csv 第 8 行：不是红字凭证，却有负数金额",
        "lines.csv：账套 V1 2026-02 记字凭证缺号 2、3、4",
    ]


def test_a_red_voucher_may_name_what_it_reverses(office: Office, tmp_path: Path) -> None:
    header, *rest = LINES.splitlines()
    out = [header + ",reverses,word"]
    out += [f"{line},2026-01-记-1," if ",red," in line else f"{line},," for line in rest]
    import_history(office, tables(tmp_path / "t", "\n".join(out) + "\n"))
    with office.books.read() as connection:
        rows = connection.execute(text("SELECT uid, kind, reverses FROM voucher ORDER BY id")).all()
    assert rows[2].reverses == rows[1].uid
    other = create_office(tmp_path / "other.vbooks", "示例镇")
    told = refusal(other, tables(tmp_path / "u", "\n".join(out).replace("01-记-1", "01-记-9")))
    assert told == ["lines.csv 第 6 行：要冲销的凭证 2026-01-记-9 不在本账套里"]


def hledger_balances(journal: Path) -> dict[str, int]:
    done = subprocess.run(
        ["hledger", "-f", str(journal), "bal", "-N", "--flat", "-E", "-O", "csv"],
        check=True, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    out = {}
    for name, amount in list(csv.reader(io.StringIO(done.stdout)))[1:]:
        fen = read_yuan(amount.removesuffix("CNY").strip())
        assert fen is not None, amount
        out[name.rpartition(":")[2].partition("-")[0]] = fen
    return out


def test_hledger_finds_the_same_balances_in_the_journals(office: Office, tmp_path: Path) -> None:
    township = Township(villages=2, years=2, vouchers=100, seed="hledger", red=60)
    import_history(office, write_township(tmp_path / "t", township))
    paths = export_hledger(office, "all", tmp_path / "out")
    assert [path.name for path in paths] == ["V001.journal", "V002.journal"]
    for path in paths:
        report = trial_balance(office, path.stem, Month(2025, 1), Month(2026, 12))
        ours = {row.account: row.closing_debit_fen - row.closing_credit_fen for row in report.rows}
        theirs = hledger_balances(path)
        leaves = {code for code in ours if not any(other != code and other.startswith(code) for other in ours)}
        assert {code: fen for code, fen in theirs.items() if fen} == {code: ours[code] for code in leaves if ours[code]}
        assert ":102-银行存款:10201-基本账户" in path.read_text("utf-8")


def test_odd_names_survive_hledger_and_void_vouchers_stay_out(office: Office, tmp_path: Path) -> None:
    accounts = ACCOUNTS.replace("基本户", '"基本户 (农商行);  尾号: [1], 甲"').replace("管理费用,1", "（管理）; 费用,1")
    lines = LINES.replace("收承包费", '"* 收;承包费 | date: [2020-01-01], x:y"').replace(
        "张三", "张三; date: 2020-01-01"
    )
    import_history(office, tables(tmp_path / "t", lines, accounts=accounts))
    path = export_hledger(office, "V1", tmp_path / "out")[0]
    found = {code: fen for code, fen in hledger_balances(path).items() if fen}
    assert found == {"101": 100_000, "10201": 30_000, "301": -100_000, "501": -30_000}
    assert "作废" not in path.read_text("utf-8")
    dates = subprocess.run(
        ["hledger", "-f", str(path), "reg", "10201", "-O", "csv"],
        check=True, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"},
    ).stdout  # fmt: skip
    assert "2026-02-07" in dates
    assert "2020-01-01" not in dates.partition("\n")[2].partition(",")[2][:12]


def test_villages_without_history_are_set_up_one_after_the_other(tmp_path: Path) -> None:
    office = create_office(tmp_path / "a.vbooks", "镇")
    for code in ("A", "B"):
        folder = tmp_path / code
        folder.mkdir()
        (folder / "villages.csv").write_text(f"code,name\n{code},{code}村\n", "utf-8")
        head = "code,name,level,parent,root,side,leaf\n"
        (folder / "accounts.csv").write_text(head + "101,库存现金,1,,,D,1\n", "utf-8")
        columns = "village,date,no,kind,line,summary,account,debit,credit,party\n"
        (folder / "lines.csv").write_text(columns, "utf-8")
        assert import_history(office, folder).books == 1
        with pytest.raises(Refused, match="已导入过"):
            import_history(office, folder)
    assert [one.code for one in list_books(office)] == ["A", "B"]
