"""What people type wrongly: each answered with one Chinese sentence and the exit code that a script can tell by."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.test_cli import books
from villagebooks.cli import main

__all__ = ["books"]
MONTHS = ("--from", "2024-01", "--to", "2024-12")
WRONG = {
    "a command with a slip": (("tralbalance",), 2, "没有“tralbalance”这个命令，是不是 trial-balance"),
    "a command far from any": (("xyzzy",), 2, "没有“xyzzy”这个命令；有的是 demo、new"),
    "a group without its command": (("query",), 2, "还要写：COMMAND"),
    "no such command in a group": (("layout", "zz"), 2, "没有“zz”这个命令；有的是 list、export"),
    "an unknown option": (("check", "--foo"), 2, "不认识：--foo"),
    "an option that is two": (("ledger", "--b", "V1"), 2, "--b 可以是几个选项：--books, --book"),
    "an option without its value": (("check", "--book"), 2, "--book 后面要写一个值"),
    "what must be said": (("trial-balance", "--book", "BOOK"), 2, "还要写：--from, --to"),
    "no such kind": (("print", "voucher", "--period", "2024-09", "--out", "x"), 2, "“voucher”不对，只能是：vouchers"),
    "no such paper": (("disclose", "--book", "BOOK", "--period", "2024-09", "--out", "x", "--paper", "A5"), 2,
                      "--paper 不能是“A5”，只能是：A3, A4"),
    "no such month": (("trial-balance", "--book", "BOOK", "--from", "2024-13", "--to", "2024-12"), 2,
                      "“2024-13”不是月份，应写成 2026-09"),
    "no such day": (("journal", "--from", "2024-02-30"), 2, "“2024-02-30”不是日期，应写成 2026-09-10"),
    "a negative count": (("cover", "--book", "BOOK", "--period", "2024-09", "--out", "x.pdf", "--each", "-5"), 2,
                         "--each：“-5”不是个数，应写 0 或更大的整数"),
    "a count in words": (("print", "holdings", "--period", "2024-09", "--out", "x", "--each", "五十"), 2,
                         "--each：“五十”不是个数"),
    "a variable that is not set": (("--books", "", "check"), 2, "后面是空的，请写账套文件或服务器地址"),
    "another language": (("--lang", "fr", "check"), 2, "--lang 不能是“fr”，只能是：zh, en"),
    "no such book": (("trial-balance", "--book", "V99", *MONTHS), 4, "没有账套 V99；有的是 "),
    "no such book among several": (("print", "vouchers", "--book", "V99", "--period", "2024-09", "--out", "OUT"), 4,
                                   "没有账套 V99；有的是 "),
    "no such book to close": (("close", "--book", "V99", "--period", "2024-09", "--check"), 4, "没有账套 V99；有的是"),
    "months the wrong way": (("trial-balance", "--book", "all", "--from", "2024-09", "--to", "2024-01"), 1,
                             "止月 2024-01 早于起月 2024-09"),
    "no such account": (("ledger", "--book", "BOOK", "--account", "99999", *MONTHS), 4, "没有科目 99999"),
    "a sheet of a month to come": (("disclose", "--book", "BOOK", "--period", "2999-01", "--out", "OUT"), 1,
                                   "2999-01 还没有到"),
    "a bank month to come": (("reconcile", "--book", "BOOK", "--account", "10201", "--period", "2999-01"), 1,
                             "2999-01 还没有到"),
    "no such village": (("people", "--village", "ZZ"), 4, "没有村 ZZ；有的是 "),
    "no such book in the log": (("journal", "--book", "V99"), 4, "没有账套 V99"),
    "no such entry in the log": (("journal", "--book", "BOOK", "--entry", "99999"), 4, "没有第 99999 条"),
    "no such voucher": (("export", "proof", "--book", "BOOK", "--voucher", "2024-09记999", "--out", "NONE"), 4,
                        "没有凭证“2024-09记999”"),
    "no such bank account": (("reconcile", "--book", "BOOK", "--account", "101", "--period", "2024-09"), 4,
                             "没有银行科目 101"),
    "nobody of that name": (("close", "--book", "BOOK", "--period", "2024-09", "--as", "无此人"), 4,
                            "中心没有登记过无此人这个人"),
    "no such folder to import": (("import", "NONE"), 3, "：请写三张表所在的文件夹"),
    "a folder that cannot be made": (("print", "vouchers", "--period", "2024-09", "--out", "/proc/x"), 3,
                                     "无法建立文件夹“/proc/x”"),
    "no reader key": (("query", "lookup", "NONE", "--reader", "NONE", "--id", "1"), 3, "读不出查询钥匙文件"),
    "a file of somebody else": (("verify", "TABLE"), 4, "不是本系统的文件，或已损坏"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "code", "said"), WRONG.values(), ids=WRONG)
def test_a_slip_is_told_in_one_sentence_with_its_exit_code(
    books: Path, words: tuple[str, ...], code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "a.csv"
    table.write_text("a,b\n" * 1_000, "utf-8")
    named = {"BOOK": "V001", "OUT": str(tmp_path / "out"), "NONE": str(tmp_path / "none"), "TABLE": str(table)}
    asked = [named.get(word, word) for word in words]
    assert exit_code(["--books", str(books), *asked]) == code
    told = capsys.readouterr()
    (sentence,) = told.err.splitlines()
    assert said in sentence
    assert told.out == ""
    assert not re.search("Traceback|argument|invalid|Error", sentence)


def exit_code(words: list[str]) -> int:
    try:
        return main(words)
    except SystemExit as stopped:
        return int(str(stopped.code))


def test_books_at_a_wrong_place_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "a.txt"
    page.write_text("不是账套", "utf-8")
    for place, said in (
        (tmp_path, "是文件夹：请写里面的账套文件"),
        (tmp_path / "none.vbooks", "找不到账套文件"),
        (page, "不是账套文件，或已经损坏"),
        ("mysql://x/y", "服务器地址写得不对，应写成 postgresql://用户@主机/数据库"),
    ):
        assert main(["--books", str(place), "check"]) == 3
        (sentence,) = capsys.readouterr().err.splitlines()
        assert said in sentence
