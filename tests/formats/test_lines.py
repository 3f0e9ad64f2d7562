"""lines.csv read column by column gives what it gives voucher by voucher, whatever is wrong with it."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from dataclasses import astuple, replace
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.township import Township, write_township
from villagebooks.core.account import Account
from villagebooks.core.history import EVERY_BOOK, HistoryBook, HistoryTables, VoucherColumns
from villagebooks.core.party import Party
from villagebooks.core.period import Month
from villagebooks.formats.history import read_tables
from villagebooks.formats.table import Faults
from villagebooks.formats.voucher import VoucherReader
from villagebooks.formats.voucher.read import OPTIONAL, REQUIRED

HEADER = (*REQUIRED, *OPTIONAL)
ROW_BY_ROW = 10**9
UIDS = {code: f"00000000-0000-4000-8000-00000000000{place}" for place, code in enumerate(("V1", "V2"))}
CODES = ("101", "10201", "113", "513", "501")
ACCOUNTS = (
    *(Account(code, f"科目{code}", 1, "", "D", True) for code in CODES),
    Account("102", "银行存款", 1, "", "D", False),
    Account("141", "停用的", 1, "", "D", True, stopped_on="2026-03-01"),
)
BOOKS = (HistoryBook("V1", "一村", "", "2023", "V1"), HistoryBook("V2", "二村", "", "2023", "V2"))
TABLES = HistoryTables(BOOKS, {EVERY_BOOK: ACCOUNTS}, None, ())
LISTED = replace(TABLES, parties={"V1": (Party("张三", "张三"),), "V2": ()})
STARTED = replace(TABLES, books=(replace(BOOKS[0], start=Month(2026, 2)), BOOKS[1]))

Rows = list[list[str]]


def whole_columns(batches: Sequence[VoucherColumns]) -> list[tuple[object, ...]]:
    """Every voucher with its lines, whichever batches they came in."""
    found = []
    for one in batches:
        heads = zip(*astuple(one)[1:13], strict=True)
        lines = list(zip(*astuple(one)[13:], strict=True))
        start = 0
        for head in heads:
            found.append((one.book, *head, tuple(lines[start : start + head[11]])))
            start += head[11]
    return found


def read(folder: Path, tables: HistoryTables, fewest: int) -> tuple[object, ...]:
    """All that comes of a file: vouchers, faults, notices, and what was noted of each book."""
    faults, notices = Faults(), Faults()
    reader = VoucherReader(folder, tables, UIDS, faults, notices, fewest)
    vouchers = whole_columns(list(reader.batches()))
    reader.finish()
    return vouchers, faults.all(), notices.all(), reader.books, reader.sha256


def both_ways(rows: Rows, tables: HistoryTables = TABLES, quoting: int = csv.QUOTE_MINIMAL) -> tuple[object, ...]:
    with tempfile.TemporaryDirectory() as name:
        with (Path(name) / "lines.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, quoting=quoting, lineterminator="\n").writerows([HEADER, *rows])  # type: ignore[arg-type]
        quick, slow = read(Path(name), tables, 1), read(Path(name), tables, ROW_BY_ROW)
    assert quick == slow
    return quick


DAYS = st.sampled_from(["2026-01-05", "2026-01-31", "2026-02-28", "2026-03-01", "2027-12-31"])


@st.composite
def vouchers(draw: st.DrawFn) -> Rows:
    """Sound vouchers of two books, one after the other."""
    rows: Rows = []
    for book in ("V1", "V2"):
        if draw(st.booleans()):
            rows += [
                [book, "2025-12-31", "0", "opening", "1", "期初", "101", "500", "0", *[""] * 10],
                [book, "2025-12-31", "0", "opening", "2", "期初", "501", "0", "500", *[""] * 10],
            ]
        for number in range(1, draw(st.integers(1, 8))):
            day, kind = draw(DAYS), draw(st.sampled_from(["normal", "normal", "red", "void", "closing", "prior"]))
            sign = -1 if kind == "red" else 1
            amounts = draw(st.lists(st.integers(1, 10**6), min_size=1, max_size=4))
            tail = ["", "", draw(st.sampled_from(["", "2"])), draw(st.sampled_from(["", "冯素芳"]))]
            sides = [(sign * fen, 0) for fen in amounts] + [(0, sign * sum(amounts))]
            rows += [
                [book, day, str(number), kind, str(line), "摘要", draw(st.sampled_from(CODES)), str(debit), str(credit),
                 draw(st.sampled_from(["", "张三", "李四"])), *tail, *draw(DETAILS), "", ""]
                for line, (debit, credit) in enumerate(sides, 1)
            ]  # fmt: skip
    return rows


DETAILS = st.sampled_from([("", "", ""), ("", "", ""), ("修路", "", ""), ("", "合同1", "6217")])
CELLS = st.sampled_from(
    ["", "0", "1", "2", "01", "-1", "1.5", "V2", "V9", "2026-02-30", "2025-12-31", "2026-01-05", "red", "opening",
     "void", "normal", "102", "141", "999", "-100", "+5", "1_0", "１", "9" * 17, "99999999999999999", "王五", "收",
     "坏", "2026-01-记-1", "12.5", "-3", "x" * 300, 'a"b', "a\nb", "a\u0300", "\x07"]
)  # fmt: skip


@given(vouchers(), st.sampled_from([TABLES, LISTED, STARTED]))
def test_sound_vouchers_are_the_same_both_ways(rows: Rows, tables: HistoryTables) -> None:
    both_ways(rows, tables)


@settings(max_examples=400)
@given(vouchers(), st.data(), st.sampled_from([TABLES, LISTED, STARTED]))
def test_whatever_is_changed_is_told_the_same_both_ways(rows: Rows, data: st.DataObject, tables: HistoryTables) -> None:
    for _turn in range(data.draw(st.integers(1, 3)) if rows else 0):
        row = data.draw(st.integers(0, len(rows) - 1))
        column = data.draw(st.integers(0, len(HEADER) - 1))
        rows[row][column] = data.draw(CELLS)
    both_ways(rows, tables)


@given(vouchers(), st.data())
@example([], None)
def test_lines_taken_out_doubled_or_moved_are_told_the_same_both_ways(rows: Rows, data: st.DataObject | None) -> None:
    if data and rows:
        place = data.draw(st.integers(0, len(rows) - 1))
        taken = rows.pop(place) if data.draw(st.booleans()) else list(rows[place])
        if data.draw(st.booleans()):
            rows.insert(data.draw(st.integers(0, len(rows))), taken)
        if data.draw(st.booleans()):
            rows.insert(data.draw(st.integers(0, len(rows))), data.draw(st.sampled_from([[], [""] * 18, ["V1"]])))
    both_ways(rows)


@given(vouchers())
def test_quoted_cells_are_the_same_both_ways(rows: Rows) -> None:
    assert both_ways(rows, quoting=csv.QUOTE_ALL)[:3] == both_ways(rows)[:3]


def test_vouchers_over_the_ends_of_blocks_are_whole(tmp_path: Path) -> None:
    """A file of several blocks, in the middle of it cells with line breaks and an odd voucher."""
    write_township(tmp_path, Township(villages=2, vouchers=1500, years=2, closing=True))
    path = tmp_path / "lines.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    middle = next(at for at, line in enumerate(lines) if at > len(lines) // 2 and line.split(",")[4] == "1")
    cells = lines[middle].split(",")
    lines[middle] = ",".join([*cells[:5], f'"{cells[5]}\n（两行）"', *cells[6:]])
    path.write_text("".join(lines), encoding="utf-8")
    faults = Faults()
    tables = read_tables(tmp_path, {"2023": (), "2004": ()}, faults)
    assert faults.all() == ()
    uids = {"V001": UIDS["V1"], "V002": UIDS["V2"]}
    found = []
    for fewest in (1, ROW_BY_ROW):
        notices = Faults()
        reader = VoucherReader(tmp_path, tables, uids, faults, notices, fewest)
        found.append((whole_columns(list(reader.batches())), reader.books, notices.all()))
        reader.finish()
    assert faults.all() == ()
    assert found[0] == found[1]
    assert len(found[0][0]) == 2 * (1 + 2 * 1501)
