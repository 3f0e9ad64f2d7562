"""Statements, layouts and covers from the command line: columns, sums, refusals."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pdf.reading import page_sizes, words_of
from villagebooks.cli import main
from villagebooks.core.period import Month
from villagebooks.core.village import Village
from villagebooks.services.account import chart_accounts
from villagebooks.services.desk import open_office
from villagebooks.services.office import new_book, open_book

CASES = Path(__file__).parent / "cases"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "town.vbooks"
    assert main(["--books", str(path), "new", "--township", "白雁河镇"]) == 0
    assert main(["--books", str(path), "import", str(CASES / "baiyanhe" / "three_tables")]) == 0
    return path


@pytest.fixture
def run(made: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    capsys.readouterr()

    def act(*words: str | Path, books: Path = made) -> tuple[int, str, str]:
        code = main(["--books", str(books), *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return act


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_statement_has_its_columns(run: Run) -> None:
    at = ("--book", "V01", "--period", "2026-09")
    heads = {
        "detail": "account,name,amount,period_amount,prior,period_prior",
        "equity": "account,name,opening,increase,decrease,closing",
        "balance-sheet": "line_no,label,closing,opening", "income": "line_no,label,amount,period_amount,prior",
    }  # fmt: skip
    for kind, head in heads.items():
        code, out, _err = run("statement", kind, *at)
        assert (code, out.splitlines()[0]) == (0, head)
        assert json.loads(run("statement", kind, *at, "--json")[1]) == rows(out)
    notes = rows(run("statement", "notes", *at)[1])
    assert {row["topic"] for row in notes} >= {"village", "policy", "money", "fixed", "distribution"}


def test_all_is_the_sum_and_side_by_side_a_column_a_book(run: Run) -> None:
    whole = rows(run("statement", "balance-sheet", "--book", "all", "--period", "2026-09")[1])
    assert next(row for row in whole if row["line_no"] == "23")["closing"] == "5320246.35"
    beside = rows(run("statement", "balance-sheet", "--book", "all", "--period", "2026-09", "--side-by-side")[1])
    total = next(row for row in beside if row["line_no"] == "23")
    assert (total["V01"], total["*"]) == ("774535.85", "5320246.35")
    both = run("statement", "income", "--book", "all", "--period", "2026-Q3", "--side-by-side", "--figures",
               "amount,period_amount")[1]  # fmt: skip
    assert both.startswith("line_no,label,V01 amount,V01 period_amount,V02 amount")
    code, _out, err = run(
        "statement", "income", "--book", "all", "--period", "2026", "--side-by-side", "--figures", "x"
    )
    assert (code, err) == (1, "这张表没有“x”这一栏，可选：amount、period_amount、prior\n")
    trial = rows(run("trial-balance", "--book", "all", "--from", "2026-01", "--to", "2026-09", "--side-by-side")[1])
    assert next(row for row in trial if row["account"] == "113")["* closing_credit"] == "1260.00"
    code, _out, err = run("statement", "notes", "--book", "all", "--period", "2026")
    assert (code, err) == (1, "权益变动表和附注按账套出，没有汇总\n")


def test_books_of_two_standards_are_told_apart(run: Run, tmp_path: Path) -> None:
    books = tmp_path / "two.vbooks"
    assert main(["--books", str(books), "new", "--township", "镇"]) == 0
    office = open_office(books)
    for code, year in (("A", "2004"), ("B", "2023")):
        book = new_book(code, code, f"{code}村", "代行", year, Month(2026, 1))
        open_book(office, Village(code, f"{code}村"), book, chart_accounts(year))
    office.books.close()
    refused, _out, err = run("statement", "balance-sheet", "--book", "all", "--period", "2026", books=books)
    assert refused == 1
    assert "两种会计制度的科目、报表行次不同" in err
    at = ("--book", "all", "--from", "2026-01", "--to", "2026-12")
    assert run("trial-balance", *at, books=books)[0] == 1
    assert run("trial-balance", *at, "--standard", "2004", books=books)[0] == 0
    done, out, _err = run(
        "statement", "balance-sheet", "--book", "all", "--period", "2026", "--standard", "2004", books=books
    )
    assert (done, rows(out)[2]["line_no"]) == (0, "5")


@pytest.mark.parametrize("kind", ["balance-sheet", "income", "detail", "equity", "notes"])
def test_every_statement_is_drawn_and_goes_into_excel(run: Run, kind: str, tmp_path: Path) -> None:
    at = ("statement", kind, "--book", "V05", "--period", "2026-09", "--out")
    assert run(*at, tmp_path / "a.pdf", "--format", "pdf")[0] == 0
    assert "鹭背村" in words_of(tmp_path / "a.pdf")
    assert run(*at, tmp_path / "a.xlsx", "--format", "xlsx")[0] == 0
    if kind in ("balance-sheet", "income", "detail"):
        town = ("statement", kind, "--book", "all", "--period", "2026-09", "--format", "pdf", "--out")
        assert run(*town, tmp_path / "b.pdf")[0] == 0
        assert "（6 个账套合计）" in words_of(tmp_path / "b.pdf")
        assert run(*town, tmp_path / "c.pdf", "--side-by-side")[0] == 0
        assert page_sizes(tmp_path / "c.pdf")[0] == (297, 210)


def test_a_layout_goes_out_is_changed_checked_brought_in_used_and_taken_back(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    assert run("layout", "export", "balance-sheet", "--out", path)[0] == 0
    text = path.read_text("utf-8")
    path.write_text(text.replace("货币资金,D(101)+D(102)", "现金和存款,D(101)+D(102)+D(102)"), "utf-8")
    code, _out, err = run("layout", "check", path, "balance-sheet")
    assert (code, err) == (1, "102 银行存款：算了不止一次（第 1 行）\n")
    path.write_text(text.replace("货币资金,D(101)+D(102)", "现金和存款,D(101)+D(102)+D(999)"), "utf-8")
    code, out, err = run("layout", "import", path, "balance-sheet")
    assert (code, out) == (0, "已存为 balance-sheet 第 1 版草稿\n")
    assert err == "提示：第 1 行：没有科目 999，按 0 计算\n"
    assert run("layout", "use", "balance-sheet", "--version", "1", "--from", "2026-09")[0] == 0
    at = ("statement", "balance-sheet", "--book", "V01", "--period")
    assert "现金和存款" in run(*at, "2026-09")[1]
    assert "货币资金" in run(*at, "2026-08")[1]
    assert "现金和存款" in run("layout", "export", "balance-sheet")[1]
    assert run("layout", "list")[1] == "balance-sheet 2023 1 资产负债表 2026-09 起用\n"
    assert run("layout", "reset", "balance-sheet", "--from", "2026-09")[0] == 0
    assert "货币资金" in run(*at, "2026-09")[1]
    code, _out, err = run("layout", "use", "income", "--version", "7", "--from", "2026-09")
    assert (code, err) == (1, "没有 income 的这一版格式\n")
    code, _out, err = run("layout", "reset", "income", "--from", "2026-09")
    assert (code, err) == (1, "2026-09 用的就是官方格式\n")


def test_a_report_of_ones_own_is_made_from_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("line_no,label,formula,show\n1,办公费,PD(513.运转支出.办公费),\n", "utf-8")
    assert run("layout", "import", path, "office", "--title", "办公费表")[0] == 0
    assert run("layout", "use", "office", "--version", "1", "--from", "2026-01")[0] == 0
    at = ("statement", "own", "--report", "office", "--period", "2026-09", "--book")
    assert rows(run(*at, "V01")[1])[0]["amount"] == "6141.40"
    assert run(*at, "all")[0] == 0
    assert run("statement", "own", "--book", "V01", "--period", "2026")[0] == 1


def test_covers_of_one_book_and_of_all(run: Run, tmp_path: Path) -> None:
    code, out, _err = run(
        "cover", "--book", "V01", "--period", "2026-09", "--paper", "240x140", "--out", tmp_path / "a.pdf"
    )
    assert (code, out) == (0, f"{tmp_path / 'a.pdf'}\n")
    assert page_sizes(tmp_path / "a.pdf") == [(240, 140)]
    assert "第1号至第15号共15张" in "".join(words_of(tmp_path / "a.pdf").split())
    code, out, err = run("cover", "--book", "all", "--period", "2026-09", "--out", tmp_path / "all")
    assert (code, len(out.splitlines())) == (0, 5)
    assert err == "V05W 2026-09 没有凭证可装订\n"
    for kind in ("catalogue", "ledgers", "statements"):
        assert (
            run("cover", "--book", "V01", "--period", "2026", "--of", kind, "--out", tmp_path / f"{kind}.pdf")[0] == 0
        )
    assert run("cover", "--book", "all", "--period", "2020", "--out", tmp_path / "none")[0] == 4
