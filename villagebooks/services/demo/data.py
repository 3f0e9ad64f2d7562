"""The demonstration township as it lies in `resources/demo/baiyanhe`, read into records."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from villagebooks.core.money import read_yuan
from villagebooks.core.paper import Body, Document, Paper
from villagebooks.core.receipt import ReceiptBook
from villagebooks.core.voucher import NORMAL, REVERSAL, Line
from villagebooks.formats.photo import Picture

MONTH_FOLDER = "2026-09"
_KINDS = {"normal": NORMAL, "red": REVERSAL}


@dataclass(frozen=True, slots=True)
class PaperPlan:
    """A paper of the month, the pictures of each of its documents, and the receipt (book/number) it hands in."""

    voucher: int
    paper: Paper
    pictures: tuple[tuple[Picture, ...], ...]
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class VoucherPlan:
    """A voucher that the accountant makes: its number in the month, day, kind and lines, and the papers behind it."""

    book: str
    number: int
    day: date
    kind: str
    lines: tuple[Line, ...]
    papers: tuple[PaperPlan, ...]


@dataclass(frozen=True, slots=True)
class ReceiptPlan:
    """A receipt book issued to a reporter, and the number voided in it before the month, with the day."""

    book: str
    issued: ReceiptBook
    void: str
    void_on: str


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by their titles."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_settings(folder: Path) -> dict[str, object]:
    """The township's settings."""
    return dict(json.loads((folder / "settings.json").read_text("utf-8")))


def read_receipt_books(folder: Path) -> list[ReceiptPlan]:
    """The receipt books in use."""
    plans = []
    for row in read_rows(folder / "receipt_books.csv"):
        issued = ReceiptBook(
            row["code"], row["book"], row["first"], row["last"], row["issued_on"], row["issued_to"],
            int(row["used_before"]),
        )  # fmt: skip
        plans.append(ReceiptPlan(row["book"], issued, row["void"], row["void_on"]))
    return plans


def read_vouchers(folder: Path) -> list[VoucherPlan]:
    """The month's vouchers with the papers they are made of, by book and number."""
    papers: dict[tuple[str, int], list[PaperPlan]] = defaultdict(list)
    for value in json.loads((folder / MONTH_FOLDER / "papers.json").read_text("utf-8")):
        plan = _paper(value)
        papers[plan.paper.book, plan.voucher].append(plan)
    lines: dict[tuple[str, int, str, str], list[Line]] = defaultdict(list)
    for row in read_rows(folder / MONTH_FOLDER / "lines.csv"):
        key = (row["village"], int(row["no"]), row["date"], row["kind"])
        lines[key].append(Line(row["summary"], row["account"], int(row["debit"]), int(row["credit"]), row["party"]))
    return [
        VoucherPlan(
            book, number, date.fromisoformat(day), _KINDS[kind], tuple(found), tuple(papers.get((book, number), ()))
        )
        for (book, number, day, kind), found in lines.items()
    ]


def _paper(value: Mapping[str, object]) -> PaperPlan:
    documents = _dicts(value["documents"])
    text = {key: str(found) for key, found in value.items() if isinstance(found, str)}
    paper = Paper(
        uid="", book=text["book"], number=0, day=date.fromisoformat(text["day"]), words=text["words"],
        spending_class=text["class"], direction=text["direction"], amount_fen=_fen(text["amount"]),
        payee=text["payee"], paid_how=text["paid_how"], documents=tuple(_document(one) for one in documents),
        handler=text["handler"], witness=text.get("witness", ""), approvers=_texts(value.get("approvers")),
        bodies=tuple(_body(one) for one in _dicts(value.get("bodies"))), basis=text.get("basis", ""),
        group=text.get("group", ""),
    )  # fmt: skip
    pictures = tuple(tuple(_picture(one) for one in _dicts(document["pictures"])) for document in documents)
    return PaperPlan(int(str(value["voucher"])), paper, pictures, text.get("receipt", ""))


def _document(value: Mapping[str, object]) -> Document:
    return Document(
        str(value["kind"]),
        str(value.get("number", "")),
        str(value.get("day", "")),
        _fen(str(value.get("amount", "0"))),
        int(str(value.get("count", 1))),
    )


def _body(value: Mapping[str, object]) -> Body:
    present, agreed, size = (int(str(value[key])) for key in ("present", "agreed", "size"))
    minutes = str(value.get("minutes", ""))
    return Body(str(value["name"]), _texts(value["people"]), present, agreed, size, bool(value.get("stamp")), minutes)


def _picture(value: Mapping[str, object]) -> Picture:
    return Picture(
        form=str(value["form"]), title=str(value["title"]), subtitle=str(value.get("subtitle", "")),
        number=str(value.get("number", "")), day=str(value.get("day", "")), fields=_pairs(value.get("fields")),
        columns=_texts(value.get("columns")), rows=tuple(_texts(row) for row in _list(value.get("rows"))),
        words=_texts(value.get("words")), amount_fen=_fen(str(value.get("amount", "0"))),
        signers=_pairs(value.get("signers")), stamps=_texts(value.get("stamps")),
    )  # fmt: skip


def _fen(text: str) -> int:
    found = read_yuan(text)
    if found is None:
        raise ValueError(f"no amount: {text}")
    return found


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def _dicts(value: object) -> list[dict[str, object]]:
    return [one for one in _list(value) if isinstance(one, dict)]


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in _list(value))


def _pairs(value: object) -> tuple[tuple[str, str], ...]:
    return tuple((label, text) for label, text in map(_texts, _list(value)))
