"""The command line as scripts and independent checks use it: exit codes, columns, words on stderr."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conftest import Postgres
from tests.pdf.reading import page_sizes
from villagebooks.cli import main

CASES = Path(__file__).parent / "cases"


def run(*words: str | Path, books: Path | str | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """A process of its own, as a script starts it."""
    surroundings = {**os.environ, "LC_ALL": "C", **more}
    if books:
        surroundings["VILLAGEBOOKS_BOOKS"] = str(books)
    return subprocess.run(
        [sys.executable, "-m", "villagebooks", *map(str, words)],
        capture_output=True, env=surroundings, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "case.vbooks"
    assert main(["--books", str(path), "new", "--township", "示例镇", "--code", "990123"]) == 0
    assert main(["--books", str(path), "import", str(CASES / "one-village-2024")]) == 0
    return path


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_new_office_takes_history_and_gives_a_trial_balance(tmp_path: Path) -> None:
    path = tmp_path / "a folder" / "books.vbooks"
    done = run("--books", path, "new", "--township", "白雁河镇")
    assert (done.returncode, done.stderr) == (0, "")
    done = run("import", CASES / "mini-township", books=path)
    assert done.returncode == 0
    assert "3 个账套、1203 张凭证、3664 行分录" in done.stdout
    done = run("trial-balance", "--book", "all", "--from", "2026-01", "--to", "2026-12", books=path)
    assert done.returncode == 0
    first = "book,account,name,opening_debit,opening_credit,debit,credit,closing_debit,closing_credit\n"
    assert done.stdout.startswith(first)
    assert "\r" not in done.stdout
    assert {row["book"] for row in rows(done.stdout)} == {"V001", "V002", "V003", "*"}
    assert "V001,101,库存现金,19478.68,0.00,108342.24,103226.00,24594.92,0.00\n" in done.stdout


def test_csv_and_json_carry_the_same_records(books: Path) -> None:
    words = ("--book", "V001", "--from", "2024-01", "--to", "2024-12", "--level", "1")
    as_csv = run("trial-balance", *words, books=books).stdout
    as_json = run("trial-balance", *words, "--json", books=books).stdout
    assert json.loads(as_json) == rows(as_csv)
    assert json.loads(run("trial-balance", *words, "--format", "json", books=books).stdout) == rows(as_csv)


def test_statements_have_their_columns(books: Path) -> None:
    sheet = run("statement", "balance-sheet", "--book", "V001", "--period", "2024", books=books).stdout
    assert sheet.splitlines()[:2] == ["line_no,label,closing,opening", "1,货币资金,512751.86,489700.00"]
    assert "5a" not in {row["line_no"] for row in rows(sheet)}
    income = run("statement", "income", "--book", "V001", "--period", "2024-Q4", books=books).stdout
    assert income.splitlines()[:2] == [
        "line_no,label,amount,period_amount,prior",
        "1,一、经营收入,82700.00,34700.00,0.00",
    ]
    assert rows(income)[2]["label"] == "补助收入"


def test_a_ledger_starts_with_its_opening_and_runs(books: Path) -> None:
    words = ("ledger", "--book", "V001", "--account", "101", "--from", "2024-01", "--to", "2024-03")
    text = run(*words, books=books).stdout
    assert text.splitlines() == [
        "date,voucher,summary,debit,credit,side,balance",
        "2024-01-01,,期初余额,0.00,0.00,借,3200.00",
        "2024-01-08,记-1,提取备用金,5000.00,0.00,借,8200.00",
        "2024-01-15,记-2,收张甲上年欠承包款,6000.00,0.00,借,14200.00",
        "2024-01-15,记-3,现金送存银行,0.00,6000.00,借,8200.00",
        "2024-03-18,记-2,支付办公费,0.00,3260.50,借,4939.50",
    ]


def test_every_kind_of_ledger_tells_its_book_its_account_and_the_role_of_each_row(books: Path) -> None:
    words = ("ledger", "--book", "V001", "--from", "2024-01", "--to", "2024-03", "--kind")
    journal = run(*words, "journal", "--account", "101", books=books).stdout
    assert journal.splitlines()[:4] == [
        "book,account,row,date,voucher,summary,counter,debit,credit,side,balance",
        "V001,101,opening,2024-01-01,,上年结转,,,,借,3200.00",
        "V001,101,line,2024-01-08,记-1,提取备用金,银行存款／基本户,5000.00,0.00,借,8200.00",
        "V001,101,day_total,2024-01-08,,本日合计,,5000.00,0.00,借,8200.00",
    ]
    general = rows(run(*words, "general", books=books).stdout)
    assert {one["account"] for one in general} >= {"101", "102", "513"}
    assert {one["row"] for one in general} == {"opening", "month_total", "year_total"}
    detail = run(*words, "detail", "--account", "101", "--json", books=books).stdout
    assert [one["row"] for one in json.loads(detail)][:2] == ["opening", "line"]
    columns = run(*words, "columns", "--account", "513", "--level", "2", books=books).stdout
    assert columns.splitlines()[0].startswith("book,account,row,date,voucher,summary,debit,credit,side,balance,513")
    ages = rows(run(*words, "ageing", "--bounds", "6,12", books=books).stdout)
    assert {*ages[-1]} >= {"book", "row", "party", "open", "part1", "part2", "part3", "oldest"}


def test_ledgers_that_are_not_there_are_refused_and_a_missing_account_is_a_usage(books: Path, tmp_path: Path) -> None:
    words = ("ledger", "--book", "V001", "--from", "2024-01", "--to", "2024-03")
    assert run(*words, books=books).returncode == 2
    for more, sentence in (
        (("--kind", "journal", "--account", "301"), "没有日记账"),
        (("--kind", "columns", "--account", "101"), "没有下级科目"),
        (("--kind", "quantity", "--account", "121"), "不记数量"),
        (("--kind", "columns"), "请指明科目，或用 pdf"),
        (("--kind", "quantity"), "这段时间没有这种账"),
        (("--kind", "ageing", "--bounds", "24,12"), "从小到大"),
    ):
        done = run(*words, *more, books=books)
        assert done.returncode == 1, done
        assert sentence in done.stderr
    assert run(*words, "--kind", "columns", "--format", "pdf", "--out", tmp_path / "a.pdf", books=books).returncode == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_a_trial_balance_lists_dimensions_below_its_leaves(books: Path) -> None:
    words = ("trial-balance", "--book", "all", "--from", "2024-01", "--to", "2024-12", "--dimensions")
    found = rows(run(*words, "party", books=books).stdout)
    assert list(found[0]) == [
        "book", "row", "account", "name", "party", "opening_debit", "opening_credit", "debit", "credit",
        "closing_debit", "closing_credit",
    ]  # fmt: skip
    assert {one["row"] for one in found} <= {"account", "line"}
    plain = rows(run(*words[:-1], books=books).stdout)
    accounts = [one["account"] for one in found if one["row"] == "account"]
    assert accounts == [one["account"] for one in plain if one["book"] == "V001"]
    assert {"party", "project", "contract", "bank"} <= set(rows(run(*words, books=books).stdout)[0])


def test_the_ledgers_of_a_year_are_one_file_a_book(books: Path, tmp_path: Path) -> None:
    done = run("ledgers", "--book", "all", "--year", "2024", "--out", tmp_path / "账簿", books=books)
    out = tmp_path / "账簿" / "V001-2024-ledgers.pdf"
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{out}\n", "")
    assert out.read_bytes().startswith(b"%PDF")
    done = run("ledgers", "--book", "V001", "--year", "2023", "--out", tmp_path, books=books)
    assert done.returncode == 1
    assert "2023 年没有这些账" in done.stderr


def test_accounts_are_listed_compared_and_put_in_place(tmp_path: Path) -> None:
    path = tmp_path / "case.vbooks"
    assert main(["--books", str(path), "new", "--township", "示例镇"]) == 0
    assert main(["--books", str(path), "import", str(CASES / "mini-township")]) == 0
    listed = run("accounts", "--book", "V001", books=path)
    assert listed.stdout.startswith("book,code,name,level,parent,side,leaf,needs,unit,stopped_on,split_on\n")
    assert rows(listed.stdout)[0]["name"] == "库存现金"
    none = run("accounts", "--compare", books=path)
    assert (none.returncode, rows(none.stdout)) == (0, [])
    assert "账套 V001：2023 年制度还没有统一科目" in none.stderr
    unified = tmp_path / "unified.csv"
    unified.write_text("code,name,level,parent,side,leaf\n513,管理费用,1,,D,0\n51391,考察费,2,513,D,1\n")
    made = run("accounts", "--unified", unified, books=path)
    assert (made.returncode, made.stdout) == (0, "2023 年制度的统一科目：第 1 版，43 个科目\n")
    again = run("accounts", "--unified", unified, books=path)
    assert (again.returncode, again.stderr) == (1, "和 2023 年制度统一科目的第 1 版一样，没有改动\n")
    told = rows(run("accounts", "--compare", books=path).stdout)
    assert {(one["book"], one["kind"]) for one in told if one["code"] == "51391"} == {
        ("V001", "missing"), ("V002", "missing"), ("V003", "missing"),
    }  # fmt: skip
    done = run("accounts", "--apply", "--book", "V001", books=path)
    assert done.returncode == 0
    assert done.stdout.startswith("V001 ")
    left = rows(run("accounts", "--compare", "--book", "V001", books=path).stdout)
    assert "missing" not in {one["kind"] for one in left}
    for words in (("--compare",), ("--book", "V001")):
        out = tmp_path / "out.pdf"
        assert run("accounts", *words, "--format", "pdf", "--out", out, books=path).returncode == 0
        assert out.read_bytes().startswith(b"%PDF")
    assert run("accounts", "--book", "V9", books=path).returncode == 4


def test_vouchers_are_printed_on_the_paper_that_was_named(books: Path, tmp_path: Path) -> None:
    out = tmp_path / "vouchers.pdf"
    said = run(
        "vouchers", "--book", "V001", "--period", "2024-Q1", "--format", "pdf", "--out", out, "--paper", "240x140",
        books=books,
    )  # fmt: skip
    assert (said.returncode, said.stderr) == (0, "")
    assert set(page_sizes(out)) == {(240, 140)}


def test_paper_of_many_books_is_printed_at_once_and_books_without_it_are_told(books: Path, tmp_path: Path) -> None:
    said = run("print", "vouchers", "--period", "2024-03", "--paper", "A4x3", "--out", tmp_path, books=books)
    assert said.returncode == 0, said.stderr
    (path,) = said.stdout.split()
    assert Path(path).parent == tmp_path
    assert set(page_sizes(Path(path))) == {(210, 297)}
    refused = run("print", "notices", "--period", "2024-03", "--book", "V001", "--out", tmp_path, books=books)
    assert refused.returncode == 1
    assert "2024-03 的公开榜还没有张榜" in refused.stderr


def test_vouchers_are_listed_over_a_quarter(books: Path) -> None:
    listed = rows(run("vouchers", "--book", "V001", "--period", "2024-Q1", books=books).stdout)
    assert [one["voucher"] for one in listed] == ["记-1", "记-2", "记-3", "记-1", "记-1", "记-2", "记-3"]
    assert listed[0]["total"] == "5000.00"


def test_reports_go_into_files_whole(books: Path, tmp_path: Path) -> None:
    words = ("trial-balance", "--book", "V001", "--from", "2024-01", "--to", "2024-12")
    out = tmp_path / "new folder" / "out.xlsx"
    assert run(*words, "--format", "xlsx", "--out", out, books=books).returncode == 0
    with ZipFile(out) as book:
        assert "xl/worksheets/sheet1.xml" in book.namelist()
    assert run(*words, "--out", tmp_path / "out.csv", books=books).stdout == ""
    assert (tmp_path / "out.csv").read_text("utf-8") == run(*words, books=books).stdout
    assert not list(tmp_path.glob("*.part"))
    assert run(*words, "--format", "xlsx", books=books).returncode == 3


def test_a_refusal_is_one_line_a_problem_and_exit_1(tmp_path: Path) -> None:
    path = tmp_path / "books.vbooks"
    run("--books", path, "new", "--township", "示例镇")
    folder = tmp_path / "tables"
    folder.mkdir()
    for name in ("villages.csv", "accounts.csv"):
        (folder / name).write_bytes((CASES / "one-village-2024" / name).read_bytes())
    text = (CASES / "one-village-2024/lines.csv").read_text("utf-8")
    (folder / "lines.csv").write_text(text.replace("10201,0,500000,", "10209,0,500001,"), "utf-8")
    done = run("import", folder, books=path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "lines.csv 第 29 行：没有科目 10209",
        "lines.csv 第 28 行：凭证借贷不平：账套 V001 2024-01 第 1 号，贷方多 0.01 元",
    ]
    assert run("trial-balance", "--book", "V001", "--from", "2024-01", "--to", "2024-01", books=path).returncode == 4


def test_exit_codes_tell_usage_trouble_and_refusal_apart(books: Path, tmp_path: Path) -> None:
    words = ("--from", "2024-01", "--to", "2024-12")
    assert run("trial-balance", "--book", "V001", "--from", "2024-13", "--to", "2024-12", books=books).returncode == 2
    assert run("trial-balance", "--book", "V001", books=books).returncode == 2
    assert run("nothing", books=books).returncode == 2
    done = run("trial-balance", "--book", "V001", *words, books=tmp_path / "none.vbooks")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    (tmp_path / "not.vbooks").write_bytes(b"not a database")
    assert run("check", books=tmp_path / "not.vbooks").returncode == 3
    done = run("trial-balance", "--book", "V001", "--from", "2023-12", "--to", "2024-12", books=books)
    assert (done.returncode, done.stderr) == (1, "账从 2024-01 开始，2023-12 在期初之前\n")
    done = run("ledger", "--book", "V001", "--account", "999", *words, books=books)
    assert (done.returncode, done.stderr) == (4, "账套 V001 没有科目 999\n")
    assert run("statement", "income", "--book", "V001", "--period", "2023", books=books).returncode == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["trial-balance", "--book", "V001"], "还要写：--from, --to"),
        (["trial-balance", "--book", "V001", "--from", "2026-13"], "--from：“2026-13”不是月份，应写成 2026-09"),
        (["close", "--book"], "--book 后面要写一个值"), (["check", "--foo"], "不认识：--foo"),
        (["statement", "foo"], "“foo”不对，只能是：balance-sheet, income"),
    ],
)  # fmt: skip
def test_words_that_are_not_understood_are_told_in_one_chinese_sentence(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    told = capsys.readouterr().err
    assert (left.value.code, told.count("\n")) == (2, 1)
    assert told.startswith(said)
    assert "--help 有全部写法" in told


def test_options_may_stand_before_or_behind_the_command(books: Path) -> None:
    words = ("trial-balance", "--book", "V001", "--from", "2024-01", "--to", "2024-12")
    before, behind = run("--books", books, *words), run(*words, "--books", books)
    assert before.stdout == behind.stdout != ""


def test_a_good_book_passes_the_check(books: Path) -> None:
    done = run("check", "--deep", books=books)
    assert (done.returncode, done.stdout) == (0, "没有发现问题\n")
    assert json.loads(run("check", "--json", books=books).stdout) == []


def test_a_changed_balance_fails_the_check_with_exit_4(books: Path, tmp_path: Path) -> None:
    import shutil
    import sqlite3

    copy = tmp_path / "copy.vbooks"
    shutil.copy(books, copy)
    with sqlite3.connect(copy) as connection:
        connection.execute("UPDATE balance SET debit_fen = debit_fen + 1 WHERE account = '101' AND month = 1")
    connection.close()
    done = run("check", books=copy)
    assert done.returncode == 4
    assert "错误 V001 balance" in done.stdout


def test_journals_for_hledger_are_written_and_named(books: Path, tmp_path: Path) -> None:
    done = run("export", "hledger", "--book", "all", "--out", tmp_path / "out", books=books)
    assert done.stdout.splitlines() == [str(tmp_path / "out" / "V001.journal")]
    assert (
        "    Assets:V001:102-银行存款:10201-基本户  -5000.00 CNY\n" in (tmp_path / "out" / "V001.journal").read_text()
    )


def test_no_report_loads_qt_and_help_loads_next_to_nothing(books: Path) -> None:
    script = (
        "import sys; from villagebooks.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "heavy = {'PySide6', 'sqlalchemy', 'reportlab', 'flask'}\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & heavy), file=sys.stderr)"
    )

    def loaded(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", script, *words], capture_output=True, text=True, check=True, encoding="utf-8"
        )
        return done.stderr.strip()

    assert loaded("--help") == "[]"
    words = ("trial-balance", "--book", "V001", "--from", "2024-01", "--to", "2024-12")
    assert "PySide6" not in loaded("--books", str(books), *words)


def test_a_reader_that_stops_reading_is_no_error(books: Path) -> None:
    words = (
        f"'{sys.executable}' -m villagebooks --books '{books}' trial-balance --book V001 --from 2024-01 --to 2024-12"
    )
    done = subprocess.run(["bash", "-c", f"{words} | head -1"], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.startswith("book,account")


@pytest.mark.parametrize(
    "words",
    [
        ("trial-balance", "--book", "all", "--from", "2024-01", "--to", "2024-12"),
        ("statement", "balance-sheet", "--book", "V001", "--period", "2024"),
        ("ledger", "--book", "V001", "--account", "101", "--from", "2024-01", "--to", "2024-12"),
        ("vouchers", "--book", "V001", "--period", "2024-03"),
    ],
)
def test_reports_go_to_paper_as_pdf(words: tuple[str, ...], books: Path, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    assert main(["--books", str(books), *words, "--format", "pdf", "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF-")
    assert main(["--books", str(books), *words, "--format", "pdf"]) == 3


def test_reports_come_on_paper_too(books: Path, tmp_path: Path) -> None:
    span = ("--from", "2024-01", "--to", "2024-12")
    commands: dict[str, tuple[str, ...]] = {
        "库存现金": ("trial-balance", "--book", "V001", *span),
        "资产总计": ("statement", "balance-sheet", "--book", "V001", "--period", "2024"),
        "净收益": ("statement", "income", "--book", "V001", "--period", "2024"),
        "提取备用金": ("ledger", "--book", "V001", "--account", "101", *span),
        "支付办公费": ("vouchers", "--book", "V001", "--period", "2024-03"),
    }
    for number, (words, command) in enumerate(commands.items()):
        out = tmp_path / f"{number}.pdf"
        assert main(["--books", str(books), *command, "--format", "pdf", "--out", str(out)]) == 0
        text = subprocess.run(["pdftotext", "-raw", str(out), "-"], capture_output=True, text=True, check=True).stdout
        assert words in "".join(text.split()), command


def test_verify_and_lookup_say_when_a_file_is_no_file_of_the_program(books: Path, tmp_path: Path) -> None:
    junk = tmp_path / "junk.vbq"
    junk.write_bytes(b"junk" * 1000)
    done = run("verify", junk, "--root", "VYSQ-5X9R-5YDW-S935-YCAE")
    assert (done.returncode, done.stdout) == (4, "")
    assert "Traceback" not in done.stderr
    done = run("query", "lookup", junk, "--reader", junk, "--id", "-")
    assert (done.returncode, done.stderr) == (3, "junk.vbq 不是查询钥匙文件，或已损坏\n")
    done = run("--as", "某人", "query", "export", "--book", "V001", "--out", tmp_path, books=books)
    assert done.returncode == 4
    assert "Traceback" not in done.stderr


def test_everything_leaves_as_tables_as_a_workbook_and_as_a_journal(books: Path, tmp_path: Path) -> None:
    done = run("export", "csv", "--book", "all", "--out", tmp_path / "tables", books=books)
    names = ["villages.csv", "accounts.csv", "parties.csv", "people.csv", "lines.csv"]
    assert (done.returncode, [Path(one).name for one in done.stdout.splitlines()]) == (0, names)
    again = tmp_path / "again.vbooks"
    run("new", "--township", "示例镇", books=again)
    assert run("import", tmp_path / "tables", books=again).returncode == 0
    run("export", "csv", "--out", tmp_path / "twice", books=again)
    for name in names:
        assert (tmp_path / "twice" / name).read_bytes() == (tmp_path / "tables" / name).read_bytes()
    done = run("export", "xlsx", "--book", "V001", "--out", tmp_path / "out", books=books)
    assert (done.returncode, done.stdout) == (0, f"{tmp_path / 'out' / 'V001.xlsx'}\n")
    done = run("export", "hledger", "--book", "V001", "--out", tmp_path / "out", books=books)
    assert (done.returncode, done.stdout) == (0, f"{tmp_path / 'out' / 'V001.journal'}\n")
    assert run("export", "csv", "--book", "V9", "--out", tmp_path / "no", books=books).returncode == 4


def test_an_office_server_is_named_like_a_file_and_gives_the_same_figures(
    tmp_path: Path, postgres: Postgres, books: Path
) -> None:
    address = postgres.new_database("cli").replace("+psycopg", "")
    own = {"XDG_DATA_HOME": str(tmp_path / "data")}
    done = run("--books", address, "new", "--township", "示例镇", "--code", "990123", **own)
    assert (done.returncode, done.stderr) == (0, "")
    assert run("import", CASES / "one-village-2024", books=address, **own).returncode == 0
    report = ("trial-balance", "--book", "all", "--from", "2024-01", "--to", "2024-12")
    assert run(*report, books=address, **own).stdout == run(*report, books=books).stdout
    assert run("check", "--deep", books=address, **own).returncode == 0
    done = run("copy", "--to", tmp_path / "back.vbooks", books=address, **own)
    assert (done.returncode, done.stderr) == (0, "")
    assert run(*report, books=tmp_path / "back.vbooks").stdout == run(*report, books=books).stdout


def test_a_server_that_does_not_answer_or_knows_no_such_books_is_trouble_in_one_sentence(
    tmp_path: Path, postgres: Postgres
) -> None:
    address = postgres.new_database("empty").replace("+psycopg", "")
    files = f"?files={tmp_path}"
    nobody = address.replace("postgres@", "nobody@")
    for place, words in (
        (address + files, "还没有账套"),
        (address, "找不到附件文件夹"),
        (nobody + files, "nobody"),
        (address + "x" + files, "还没有这个数据库"),
        (
            f"postgresql://postgres@127.0.0.1:9/x{files}",
            "连不上办公室服务器：那台电脑上没有开着的数据库，或者端口写错了\n",
        ),
        ("mysql://root@127.0.0.1/x", "服务器地址写得不对"),
        ("postgresql://", "服务器地址写得不对"),
    ):
        done = run("check", books=place, XDG_DATA_HOME=str(tmp_path / "data"))
        assert (done.returncode, done.stderr.count("\n")) == (3, 1), done.stderr
        assert words in done.stderr


def test_the_paper_of_a_change_of_standard_is_written_and_what_waits_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "old.vbooks"
    assert main(["--books", str(path), "new", "--township", "白雁河镇"]) == 0
    assert main(["--books", str(path), "import", str(CASES / "village-2004")]) == 0
    done = run("migrate", "--book", "V07", "--month", "2025-12", "--out", tmp_path, books=path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "2025-12 还没有结账：先结账，再转换\n"
    with sqlite3.connect(path) as connection:  # closing takes keys; the state alone is what the paper asks for
        connection.execute("INSERT INTO period SELECT id, 2025, 12, 'closed' FROM book")
    connection.close()
    done = run("migrate", "--book", "V07", "--month", "2025-12", "--out", tmp_path / "paper", books=path)
    assert done.returncode == 1
    names = [Path(line).name for line in done.stdout.splitlines()]
    assert names == ["V07-2025-12-migration.pdf", "V07-2025-12-migration.csv"]
    assert done.stderr.splitlines()[0].startswith("第 12 行 13101 牲畜（禽）资产／幼畜及育肥畜：还没有决定")
    assert len(done.stderr.splitlines()) == 11
    table = rows((tmp_path / "paper" / names[1]).read_text(encoding="utf-8"))
    works = next(row for row in table if row["account"] == "154")
    assert (works["new_account"], works["new_name"], works["project"]) == ("153", "在建工程", "饮水管网")
    assert (works["debit"], works["new_debit"], works["confidence"]) == ("48200.00", "48200.00", "已核对原文")


def test_balances_of_a_merged_village_are_told_by_former_village(tmp_path: Path) -> None:
    path = tmp_path / "merged.vbooks"
    assert main(["--books", str(path), "new", "--township", "白雁河镇"]) == 0
    assert main(["--books", str(path), "import", str(CASES / "baiyanhe" / "three_tables")]) == 0
    done = run("former", "--book", "V04", "--month", "2026-08", books=path)
    assert done.returncode == 0
    found = {(row["former"], row["account"], row["detail"]): row for row in rows(done.stdout)}
    assert found["槽口村", "211", "罗氏建筑队〔原槽口村〕"]["credit"] == "86000.00"
    assert {former for former, _account, _detail in found} == {"桐油村", "槽口村", ""}
    assert run("former", "--book", "V04", "--month", "2025-08", books=path).returncode == 1
    out = tmp_path / "former.pdf"
    done = run("former", "--book", "V04", "--month", "2026-08", "--format", "pdf", "--out", out, books=path)
    assert (done.returncode, out.read_bytes()[:5]) == (0, b"%PDF-")
