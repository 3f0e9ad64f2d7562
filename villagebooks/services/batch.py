"""Paper for many books at once: counted as it goes, stopped between two pages, nothing half left behind.

A book whose paper cannot be made (nothing posted, no sheet put up) is told by its name; the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from villagebooks.core.batch import HOLDINGS, BatchOrder
from villagebooks.core.filename import file_name
from villagebooks.core.holding import HoldingList
from villagebooks.core.period import Span
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.statement import BALANCE_SHEET, INCOME
from villagebooks.core.stationery import LEDGERS, STATEMENTS, VOUCHERS
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _
from villagebooks.paths import make_folder
from villagebooks.pdf.disclosure import draw_sheet
from villagebooks.seal.file import check_target, disk_trouble, patiently
from villagebooks.services.desk import Desk, Office, list_books, open_desk
from villagebooks.services.disclosure import hanging_sheet
from villagebooks.services.file import save_stream
from villagebooks.services.holding import holdings, print_holdings
from villagebooks.services.ledger.printing import count_year, print_year
from villagebooks.services.picture import ONE_PDF_AT_A_TIME
from villagebooks.services.printout import print_vouchers
from villagebooks.services.statement import statement
from villagebooks.services.statement.paper import print_statement
from villagebooks.services.voucher import list_vouchers

Progress = Callable[[int, int], None]
"""Told how many units of how many are done; it may raise to stop the work."""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """Files in the order of the books, how many books are in them, and why others are not, each by name."""

    paths: tuple[Path, ...]
    books: int
    failed: tuple[Problem, ...] = ()


@in_chinese
def print_batch(office: Office, order: BatchOrder, folder: Path, progress: Progress) -> BatchResult:
    """Draw the order into a folder, a file a book, or one of all. Stopped or broken off, nothing was put there.

    Units are vouchers, ledgers, statements or sheets. Refused when no book at all has such paper; Trouble when the
    disk fails.
    """
    make_folder(folder)
    with disk_trouble(folder), _beside(folder) as beside:
        made = _Batch(office, order, Path(beside), progress).run()
        for path in made.paths:
            check_target(folder / path.name)  # all of them before the first is moved
        return replace(made, paths=tuple(_move(path, folder) for path in made.paths))


def _beside(folder: Path) -> TemporaryDirectory[str]:
    # a scanner of Windows may still look at a file of it: that the paper is there counts more
    return TemporaryDirectory(prefix=".batch-", dir=folder, ignore_cleanup_errors=True)


def _move(path: Path, folder: Path) -> Path:
    return patiently(lambda: path.replace(folder / path.name))


class _Batch:
    """One order under way."""

    def __init__(self, office: Office, order: BatchOrder, folder: Path, progress: Progress) -> None:
        self._office, self._order, self._folder, self._progress = office, order, folder, progress
        self._failed: list[Problem] = []
        self._lists: list[HoldingList] = []
        self._done, self._all = 0, 0

    def run(self) -> BatchResult:
        """Count first, then draw book after book."""
        desks = self._count()
        paths: list[Path] = []
        books = 0
        for desk, units in desks:
            before = self._done
            try:
                paths += self._draw(desk)
                books += 1
            except Refused as refused:
                self._fail(desk, refused)
            self._tell(before + units - self._done)
        if not paths:
            refuse_if(self._failed or [Problem(_("没有选账套"))])
        if self._order.joined and len(paths) > 1:
            paths = [self._join(paths)]
        return BatchResult(tuple(paths), books, tuple(self._failed))

    def _count(self) -> list[tuple[Desk, int]]:
        found = []
        wanted = set(self._order.codes)
        for book in list_books(self._office):
            if book.code not in wanted:
                continue
            desk = open_desk(self._office, book.code, self._order.month)
            self._progress(0, 0)
            try:
                units = self._units(desk)
            except Refused as refused:
                self._fail(desk, refused)
                continue
            found.append((desk, units))
            self._all += units
        if self._order.joined:
            self._all += len(found)
        return found

    def _units(self, desk: Desk) -> int:
        match self._order.kind:
            case "vouchers":
                count = len(list_vouchers(desk))
                refuse_if([] if count else [Problem(_("{span} 没有凭证可打印").format(span=desk.period))])
                return count
            case "ledgers":
                return count_year(desk, desk.period.year)
            case "statements":
                return len(_STATEMENTS)
        return 1

    def _draw(self, desk: Desk) -> list[Path]:
        order, span = self._order, Span(desk.period, desk.period)
        out = self._folder / file_name(f"{desk.book.code}-{order.title.replace(' ', '-')}", ".pdf")
        before = self._done
        if order.kind == VOUCHERS:
            return [print_vouchers(desk, span, out, sheet=order.sheet, progress=lambda _at, _all: self._tell(1))]
        if order.kind == LEDGERS:
            told = lambda at, _all: self._tell(before + at - self._done)  # noqa: E731  (a listener of two arguments)
            return [print_year(desk, desk.period.year, out, progress=told)]
        if order.kind == HOLDINGS:
            self._lists.append(holdings(desk, desk.period.year, order.each))
            return [print_holdings(self._office, self._lists[-1:], out)]
        if order.kind == STATEMENTS:
            parts = []
            for kind in _STATEMENTS:
                part = out.with_stem(f"{out.stem}-{kind}")
                parts.append(print_statement(self._office, statement(desk, kind, span), part))
                self._tell(1)
            return [_join_files(parts, out)]
        return [_draw_notice(desk, order.notice, out)]

    def _tell(self, more: int) -> None:
        self._done += more
        self._progress(self._done, self._all)

    def _fail(self, desk: Desk, refused: Refused) -> None:
        why = _("；").join(problem.text for problem in refused.problems)
        name = f"{desk.book.code} {desk.book.name}"
        self._failed.append(Problem(why, name))

    def _join(self, paths: Sequence[Path]) -> Path:
        out = self._folder / file_name(self._order.title.replace(" ", "-"), ".pdf")
        if self._order.kind == HOLDINGS:  # drawn anew: the sums of all stand in front
            for path in paths:
                path.unlink()
            self._tell(len(paths))
            return print_holdings(self._office, self._lists, out)
        return _join_files(paths, out, lambda: self._tell(1))


_STATEMENTS = (BALANCE_SHEET, INCOME)


def _draw_notice(desk: Desk, paper: str, out: Path) -> Path:
    found = hanging_sheet(desk)
    if found is None:
        raise Refused([Problem(_("{month} 的公开榜还没有张榜").format(month=desk.period))])
    draw_sheet(*found, paper, out)
    return out


def _join_files(paths: Sequence[Path], out: Path, joined: Callable[[], None] = lambda: None) -> Path:
    """One file of several, whose parts are gone then."""
    import pypdfium2  # noqa: PLC0415  (5 MB, only for who reads a PDF)

    with ONE_PDF_AT_A_TIME:
        whole = pypdfium2.PdfDocument.new()
    try:
        for path in paths:
            with ONE_PDF_AT_A_TIME, closing(pypdfium2.PdfDocument(path)) as part:
                whole.import_pages(part)
            joined()
        with ONE_PDF_AT_A_TIME:
            save_stream(out, whole.save)
    finally:
        with ONE_PDF_AT_A_TIME:
            whole.close()
    for path in paths:
        path.unlink()
    return out
