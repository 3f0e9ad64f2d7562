"""Tables as CSV, JSON and Excel carry the same words; a cell that looks like a formula stays text."""

from __future__ import annotations

import csv
import io
import json
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from villagebooks.formats.record import Table, csv_text, json_text
from villagebooks.formats.xlsx import xlsx_bytes

TABLE = Table(
    ("summary", "amount"), (("=1+1", "-1234.50"), ("买“打印纸”, 两箱\n𬱖", "0.00"), ("101", "9007199254740.99"))
)


def test_csv_and_json_say_the_same() -> None:
    text = csv_text(TABLE)
    assert text.startswith("summary,amount\n=1+1,-1234.50\n")
    assert list(csv.DictReader(io.StringIO(text, newline=""))) == json.loads(json_text(TABLE))


def test_excel_gets_numbers_it_can_add_and_no_formula() -> None:
    content = xlsx_bytes(TABLE, "收支[1]/2")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows == [["summary", "amount"], ["=1+1", -1234.5], ["买“打印纸”, 两箱\n𬱖", 0.0], ["101", 9007199254740.99]]
    with ZipFile(io.BytesIO(content)) as file:
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml")
    assert content == xlsx_bytes(TABLE, "收支[1]/2")
