"""PERFORMANCE P6: sheets a second against reportlab's own Table of the same rows, in the same run; memory of a year."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

from tests.bench.measure import LAST, run, tell, turn_about
from tests.bench.notices import MARK
from tests.sheet_month import september
from tests.township import Township, write_township
from villagebooks.core.ledger import Ledger, detail_sheet
from villagebooks.core.period import Month
from villagebooks.paths import resource
from villagebooks.pdf.disclosure import draw_sheet as draw_notice
from villagebooks.pdf.disclosure import sheet_cells as notice_cells
from villagebooks.pdf.ledger import draw_sheet, sheet_cells
from villagebooks.pdf.table import TableLook, TablePage
from villagebooks.services.desk import open_desk
from villagebooks.services.disclosure.rules import read_rules
from villagebooks.services.history import import_history
from villagebooks.services.ledger import ledger
from villagebooks.services.office import create_office

GOAL = 1.7
SHEETS, MOST_MB = 480, 150


@pytest.fixture(scope="module", autouse=True)
def font() -> None:
    for name, file in (("bench", "NotoSansSC-Regular.ttf"), ("bench-bold", "NotoSansSC-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts", file))))


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The bank ledger of a village in two busy years."""
    folder = tmp_path_factory.mktemp("village")
    write_township(folder, Township(villages=1, vouchers=4000, years=2, last_year=LAST))
    office = create_office(folder / "village.vbooks", "测速乡")
    import_history(office, folder)
    return ledger(open_desk(office, "V001", Month(LAST, 12)), "10201", Month(LAST - 1, 1), Month(LAST, 12))


def draw_tables(pages: Sequence[tuple[TablePage, TableLook]], out: Path) -> int:
    """The same pages, each its title and one Table of the same cells, grid and fonts alike: the usual way."""
    heading = ParagraphStyle("heading", fontName="bench-bold", fontSize=17, leading=24)
    parts: list[Paragraph | Table | PageBreak] = []
    for page, look in pages:
        style = TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), "bench", 9), ("FONT", (0, 0), (-1, 0), "bench-bold", 9),
                ("GRID", (0, 0), (-1, -1), 0.3, "black"), ("BACKGROUND", (0, 0), (-1, 0), "lightgrey"),
                *[("ALIGN", (place, 1), (place, -1), "RIGHT") for place, one in enumerate(look.columns) if one.at == 1],
            ]
        )  # fmt: skip
        widths = [end - start for start, end in pairwise(look.edges)]
        rows = [[one.head for one in look.columns], *[list(row.cells) for row in page.rows]]
        made = Table(rows, colWidths=widths, rowHeights=look.row, style=style)
        parts += [Paragraph(page.title, heading), made, PageBreak()]
    document = SimpleDocTemplate(str(out), pagesize=landscape(A4), topMargin=10 * mm, bottomMargin=10 * mm)
    document.build(parts)
    return len(pages)


def test_p6_ledger_sheets_against_platypus(record: Ledger, tmp_path: Path) -> None:
    sheet = replace(detail_sheet(record, {}), book_name="测速村")
    pages: dict[str, int] = {}

    def ours() -> None:
        pages["ours"] = draw_sheet(sheet, tmp_path / "ours.pdf")

    def theirs() -> None:
        pages["theirs"] = draw_tables(sheet_cells(sheet), tmp_path / "theirs.pdf")

    mine, other = turn_about(ours, theirs)
    assert pages["ours"] == pages["theirs"]
    what = f"ledger: {pages['ours'] / mine:.0f} sheets a second, platypus Table of the same cells "
    tell("P6", f"{what}{pages['theirs'] / other:.0f}: {other / mine:.2f} times (goal {GOAL})", other >= GOAL * mine)


def draw_notice_with_platypus(out: Path) -> int:
    """The words of the same sheet as Tables of wrapped cells, in the same two fonts, with the same QR code."""
    cells = notice_cells(september(read_rules("2023")), MARK)
    plain = ParagraphStyle("plain", fontName="bench", fontSize=14, leading=17, wordWrap="CJK")
    bold = ParagraphStyle("bold", parent=plain, fontName="bench-bold")
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.3, "black")])
    parts: list[Table | Drawing] = []

    def put(rows: Sequence[Sequence[str]], style: ParagraphStyle = plain) -> None:
        wide = (A3[0] - 40 * mm) / len(rows[0])
        parts.append(
            Table([[Paragraph(text, style) for text in row] for row in rows], [wide] * len(rows[0]), style=grid)
        )

    put([[cells.number], [cells.title], [cells.period]], bold)
    for fund in cells.funds:
        put([[one.label, one.figure, one.reading] for one in fund.big], bold)
        put([[text] for text in fund.places or ("",)])
        for table in fund.tables:
            put([[table.title, table.sum_label, table.sum_figure]], bold)
            signs = max([len(row.signs) for row in table.rows], default=0)
            rows = [[row.number, row.day, row.words, row.figure, *row.signs] for row in table.rows]
            put([row + [""] * (4 + signs - len(row)) for row in rows] or [[table.empty]])
    for note in (*cells.notes, cells.committee, cells.ask):
        put([[note.head]], bold)
        put([[text] for text in (*note.texts, *note.items)] or [[""]])
    put([[text] for text in (*cells.committee_signs, *cells.foot.hints)])
    put([list(one) for one in (*cells.other_signs, *cells.foot.codes)])
    code = Drawing(45 * mm, 45 * mm)
    code.add(QrCodeWidget(cells.foot.note, barLevel="M", barWidth=45 * mm, barHeight=45 * mm))
    parts.append(code)
    document = SimpleDocTemplate(str(out), pagesize=A3, topMargin=10 * mm, bottomMargin=10 * mm)
    document.build(parts)
    return int(document.page)


def test_p6_notices_against_platypus(tmp_path: Path) -> None:
    sheet = september(read_rules("2023"))
    pages: dict[str, int] = {}

    def ours() -> None:
        pages["ours"] = draw_notice(sheet, MARK, "A3", tmp_path / "ours.pdf")

    def theirs() -> None:
        pages["theirs"] = draw_notice_with_platypus(tmp_path / "theirs.pdf")

    mine, other = turn_about(ours, theirs)
    what = f"notice with its code: {1 / mine:.0f} a second ({pages['ours']} pages each), platypus Table of the same "
    what += f"words and code {1 / other:.0f} ({pages['theirs']} pages): {other / mine:.2f} times (goal {GOAL})"
    tell("P6", what, other >= GOAL * mine)


def test_p6_memory_of_a_years_notices(tmp_path: Path) -> None:
    used = run([sys.executable, "-m", "tests.bench.notices", tmp_path, str(SHEETS)])
    assert len(list(tmp_path.glob("*.pdf"))) == SHEETS
    what = f"{SHEETS} sheets in {used.seconds:.1f} s with at most {used.peak_mb} MB (goal {MOST_MB})"
    tell("P6", what, used.peak_mb <= MOST_MB)
