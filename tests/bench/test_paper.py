"""PERFORMANCE P6: ledger sheets a second against reportlab's own Table, with the same rows, in the same run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, SimpleDocTemplate, Table, TableStyle

from villagebooks.core.ledger import Ledger
from villagebooks.core.period import Month
from villagebooks.paths import resource
from villagebooks.pdf.ledger import draw_ledger
from villagebooks.services.desk import open_desk
from villagebooks.services.history import import_history
from villagebooks.services.ledger import ledger
from villagebooks.services.office import create_office

GENERATOR = Path(__file__).parent.parent.parent / "tools" / "gen_township.py"
ROWS_A_PAGE = 40
TIMES = 5


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The bank ledger of a village in two busy years."""
    folder = tmp_path_factory.mktemp("village")
    size = ["--villages", "1", "--vouchers", "4000", "--years", "2", "--last-year", "2026", "--formats", "csv"]
    subprocess.run([sys.executable, str(GENERATOR), str(folder), *size], check=True, capture_output=True)
    office = create_office(folder / "village.vbooks", "测速乡")
    import_history(office, folder)
    return ledger(open_desk(office, "V001", Month(2026, 12)), "10201", Month(2025, 1), Month(2026, 12))


def pages_a_second(draw: Callable[[], int]) -> float:
    """The middle rate of several runs, after one that warms up."""
    draw()
    rates = []
    for _turn in range(TIMES):
        began = time.perf_counter()
        pages = draw()
        rates.append(pages / (time.perf_counter() - began))
    return statistics.median(rates)


def draw_with_platypus(record: Ledger, out: Path) -> int:
    """The same lines as one Table a page, grid and font alike: the usual way to print with reportlab."""
    head = ("日期", "凭证", "摘要", "借方", "贷方", "余额")
    rows = [
        (line.day, line.voucher, line.summary[:24], f"{line.debit_fen / 100:,.2f}", f"{line.credit_fen / 100:,.2f}", "")
        for line in record.lines
    ]
    style = TableStyle(
        [
            ("FONT", (0, 0), (-1, -1), "bench", 8),
            ("GRID", (0, 0), (-1, -1), 0.3, "black"),
            ("ALIGN", (3, 0), (-1, -1), "RIGHT"),
        ]
    )
    parts: list[Table | PageBreak] = []
    for start in range(0, len(rows), ROWS_A_PAGE):
        widths = [22 * mm, 20 * mm, 70 * mm, 26 * mm, 26 * mm, 26 * mm]
        parts += [
            Table([head, *rows[start : start + ROWS_A_PAGE]], colWidths=widths, rowHeights=6 * mm, style=style),
            PageBreak(),
        ]
    pages = len(parts) // 2  # build empties the list
    SimpleDocTemplate(str(out), pagesize=A4, topMargin=10 * mm, bottomMargin=10 * mm).build(parts)
    return pages


def test_p6_ledger_sheets_against_platypus(record: Ledger, tmp_path: Path) -> None:
    pdfmetrics.registerFont(TTFont("bench", str(resource("fonts", "NotoSansSC-Regular.ttf"))))
    mine = pages_a_second(lambda: draw_ledger(record, tmp_path / "ours.pdf", "测速村"))
    theirs = pages_a_second(lambda: draw_with_platypus(record, tmp_path / "theirs.pdf"))
    print(f"\nP6  {mine:.0f} sheets a second, platypus Table {theirs:.0f}: {mine / theirs:.2f} times (goal 1.7)")
