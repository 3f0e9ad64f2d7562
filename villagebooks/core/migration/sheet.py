"""Both balance sheets of a paper: the old one in the layout of 2004, the new opening one in that of 2023."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.statement import Statement, StatementRow, plain_label

ASSETS_TOTAL, OTHER_TOTAL = "资产总计", "负债和所有者权益总计"


@dataclass(frozen=True, slots=True)
class Sheets:
    """The old balance sheet at the end of the last month, and the new opening one."""

    old: Statement
    new: Statement


@dataclass(frozen=True, slots=True)
class SheetPair:
    """A line of the old sheet beside one of the new sheet; each sheet keeps its own order."""

    old: StatementRow | None
    new: StatementRow | None

    @property
    def is_total(self) -> bool:
        """Whether both totals meet in this line."""
        return all(row is not None and "总计" in row.label for row in (self.old, self.new))


def total_of(sheet: Statement, label: str) -> int | None:
    """The first amount of the line with this label, blanks left out; None when the layout has no such line."""
    for row in sheet.rows:
        if plain_label(row.label) == label and row.amounts_fen:
            return row.amounts_fen[0]
    return None


def side_by_side(sheets: Sheets) -> list[SheetPair]:
    """The lines of both sheets with 资产总计, and then the last line, beside each other."""
    halves = [_halves(sheet) for sheet in (sheets.old, sheets.new)]
    pairs: list[SheetPair] = []
    for old, new in zip(*halves, strict=True):
        longest = max(len(old), len(new))
        filled = [_filled(half, longest) for half in (old, new)]
        pairs += [SheetPair(*pair) for pair in zip(*filled, strict=True)]
    return pairs


def _halves(sheet: Statement) -> tuple[list[StatementRow], list[StatementRow]]:
    labels = [plain_label(row.label) for row in sheet.rows]
    cut = labels.index(ASSETS_TOTAL) + 1 if ASSETS_TOTAL in labels else len(labels)
    return list(sheet.rows[:cut]), list(sheet.rows[cut:])


def _filled(rows: list[StatementRow], longest: int) -> list[StatementRow | None]:
    """Blank lines before the last one, so that totals meet."""
    return [*rows[:-1], *[None] * (longest - len(rows)), *rows[-1:]]
