"""The comparison table and last year's lines as data files, and the working paper as a table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from villagebooks.core.migration import MapRow, MigrationPaper, PaperRow, confidence_word
from villagebooks.core.money import yuan_text
from villagebooks.core.quantity import quantity_text
from villagebooks.core.words import _
from villagebooks.formats.record import Table

PAPER = (
    "line", "account", "name", "party", "project", "contract", "bank", "debit", "credit", "quantity", "rule",
    "confidence", "decided_by", "decided_at", "reason", "new_account", "new_name", "new_debit", "new_credit",
    "new_quantity",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PriorLine:
    """What last year's column of a line of the first income statement is computed from: a formula over the old
    accounts, unless one of `unless` moved; `note` says why the line stays empty."""

    line_no: str
    label: str
    formula: str
    unless: tuple[str, ...]
    note: str


def read_map(path: Path) -> tuple[MapRow, ...]:
    """Rows of the comparison table in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            MapRow(
                row["old_code"], row["old_name"], row["new_code"], row["new_name"], row["below"], row["how"],
                row["rule"], row["confidence"],
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


def read_prior_lines(path: Path) -> tuple[PriorLine, ...]:
    """Last year's lines in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            PriorLine(row["line_no"], row["label"], row["formula"], tuple(row["unless"].split()), row["note"])
            for row in csv.DictReader(file)
        )


def paper_table(paper: MigrationPaper) -> Table:
    """The paper with a row for each part of each row; a row that waits for a person has no new account."""
    return Table(PAPER, [cells for row in paper.rows for cells in _cells(paper, row)])


def _cells(paper: MigrationPaper, row: PaperRow) -> Iterator[tuple[str, ...]]:
    detail, decision = row.detail, row.decision
    before = (
        str(row.line), detail.account, row.path, detail.party, detail.project, detail.contract, detail.bank,
        *_sides(detail.balance_fen), quantity_text(detail.quantity_milli, zero=""),
        _("；").join(rule.words for rule in row.rules),
        _("；").join(dict.fromkeys(confidence_word(rule.confidence) for rule in row.rules)),
        *((decision.person, decision.at, decision.reason) if decision else ("", "", "")),
    )  # fmt: skip
    for part in row.parts:
        yield (
            *before,
            part.account,
            paper.name_of(part.account),
            *_sides(part.amount_fen),
            quantity_text(part.quantity_milli, zero=""),
        )
    if not row.parts:
        yield (*before, "", "", *_sides(0), "")


def _sides(fen: int) -> tuple[str, str]:
    return yuan_text(max(fen, 0)), yuan_text(max(-fen, 0))
