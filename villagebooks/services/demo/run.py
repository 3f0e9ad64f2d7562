"""The demonstration from beginning to end, in one folder that appears only when everything has succeeded."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from villagebooks.core.problem import Problem, Refused, Trouble, why
from villagebooks.core.words import _
from villagebooks.formats.query import ReaderKey
from villagebooks.paths import resource
from villagebooks.seal.file import patiently, write_file_safely
from villagebooks.services.check import ERROR, check_books
from villagebooks.services.demo.cashier import reconcile_month
from villagebooks.services.demo.clock import DemoClock
from villagebooks.services.demo.data import MONTH_FOLDER, read_rows
from villagebooks.services.demo.month import Progress, enter_month
from villagebooks.services.demo.plan import make_plans
from villagebooks.services.demo.report import draw_reports
from villagebooks.services.demo.town import (
    FIRST_DAY,
    Costs,
    Town,
    appoint_people,
    enrol_readers,
    issue_receipt_books,
    open_books,
    seal_envelopes,
)
from villagebooks.services.desk import list_books
from villagebooks.services.disclosure import disclose, put_up, save_notes, sheet_notes
from villagebooks.services.office import centre
from villagebooks.services.query import export_query_file, lookup_person

PASSPHRASE = "baiyanhe-2026"  # noqa: S105  (told to everybody, and typed without an input method: nothing but a sample)
MARK = "demo.json"
BOOKS = "白雁河镇.vbooks"
SHEETS, QUERIES, READERS, REPORTS, ROOT_PAPERS = "公开榜", "查询库", "查询钥匙", "账表", "总钥匙"
USUAL = Costs()
_TENANT = "机动地承包户"
"""What the roll says of the villager who is looked up."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Whose number opens the query file: shown on the terminal once, written nowhere."""

    name: str
    id: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DemoResult:
    """Where everything lies, in absolute paths; `query` is the file of the looked-up person's village.

    `reader` is the kiosk's key, `root` the centre's fingerprint, `passphrase` opens the keys of all `people`, `stages`
    are (what was done, seconds).
    """

    folder: Path
    books: Path
    query: Path
    reader: Path
    root: str
    lookup: LookedUp
    pdf: tuple[Path, ...]
    passphrase: str
    people: tuple[str, ...]
    stages: tuple[tuple[str, float], ...]

    @property
    def record(self) -> dict[str, object]:
        """The last line of the command `demo` (DESIGN §6) as plain data."""
        return {
            "books": str(self.books), "query": str(self.query), "reader": str(self.reader), "root": self.root,
            "lookup": {"id": self.lookup.id, "code": self.lookup.code, "name": self.lookup.name},
            "pdf": [str(path) for path in self.pdf],
        }  # fmt: skip


class _Stages:
    """Tells what is being done and keeps how long each part took."""

    def __init__(self, progress: Progress) -> None:
        self.told, self.done = progress, list[tuple[str, float]]()

    @contextmanager
    def stage(self, words: str) -> Iterator[None]:
        self.told(words + "…")
        start = time.perf_counter()
        yield
        self.done.append((words, time.perf_counter() - start))


def run_demo(out: Path, progress: Progress, costs: Costs = USUAL) -> DemoResult:
    """Make the demonstration township in the folder `out` and live through its September 2026.

    Refused when `out` holds anything but an earlier demonstration, which is replaced only when the new one is complete.
    """
    out = out.absolute()
    _refuse_foreign(out)
    if (out / MARK).is_file():
        text = _("{path} 里有以前的演示：做完就换成新的，在里面练习的也不留；想留着，请按 Ctrl+C，换一个文件夹")
        progress(text.format(path=out))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=f"{out.name}.", suffix=".part", dir=out.parent))
    except OSError as error:
        raise Trouble(_("不能在 {path} 建立演示：{reason}").format(path=out.parent, reason=why(error))) from error
    try:
        result = _make(making, _Stages(progress), costs)
        write_file_safely(making / MARK, json.dumps({"v": 1, "root": result.root, "passphrase": PASSPHRASE}).encode())
        _put_in_place(making, out)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    result = _moved(result, making, out)
    _say(result, progress)
    return result


def _refuse_foreign(out: Path) -> None:
    if out.exists() and not (out.is_dir() and (not any(out.iterdir()) or (out / MARK).is_file())):
        text = _("{path} 里已有别的东西，演示不会动它；请换一个文件夹")
        raise Refused([Problem(text.format(path=out))])


def _make(folder: Path, stages: _Stages, costs: Costs) -> DemoResult:
    data = resource("demo", "baiyanhe")
    clock = DemoClock(FIRST_DAY)
    with stages.stage(_("建账：六个账套，导入一月至八月的历史")):
        office = open_books(folder / BOOKS, data, clock)
    try:
        with stages.stage(_("任职、总钥匙仪式、发钥匙")):
            town, root = appoint_people(office, data, clock, PASSPHRASE, costs)
            reader, reader_path = enrol_readers(town, root, folder / READERS)
            seal_envelopes(town, root, folder / ROOT_PAPERS)
            issue_receipt_books(town, data)
        with stages.stage(_("九月：写报账单、拍单据、登记签字、做凭证、签字、记账")):
            enter_month(town, data, stages.told)
            make_plans(town, data / MONTH_FOLDER / "plans.csv")
        with stages.stage(_("银行对账、现金盘点")):
            reconcile_month(town, data)
        with stages.stage(_("张榜：签名、打印公开榜")):
            pdf = _put_up(town, data, folder / SHEETS, costs)
        with stages.stage(_("公示期满，导出查询库")):
            queries = _export(town, folder / QUERIES)
        with stages.stage(_("查一个人")):
            lookup, query = _look_up(data, queries, reader)
        with stages.stage(_("账表：凭证、余额表、报表")):
            pdf += draw_reports(town.office, folder / REPORTS)
        with stages.stage(_("自查")):
            errors = [str(one) for one in check_books(town.office, deep=True) if one.severity == ERROR]
            if errors:
                raise RuntimeError("; ".join(errors))
        found = centre(town.office).root
    finally:
        office.books.close()
    return DemoResult(
        folder, folder / BOOKS, query, reader_path, found, lookup, tuple(pdf), PASSPHRASE, tuple(town.staff),
        tuple(stages.done),
    )  # fmt: skip


def _put_up(town: Town, data: Path, folder: Path, costs: Costs) -> list[Path]:
    """Six sheets, signed by the director on 10 October and printed on A3; the ordinary village's on A4 too."""
    town.clock.go_to(date(2026, 10, 10), 9)
    said = {row["book"]: row for row in read_rows(data / MONTH_FOLDER / "notes.csv")}
    for book in list_books(town.office):
        desk = town.desk(town.director, book.code)
        words, committee = said[book.code]["committee_words"], tuple(said[book.code]["committee"].split("、"))
        save_notes(desk, replace(sheet_notes(desk), committee_words=words, committee=committee))
        keys = [town.staff[town.director]]
        if costs.code:
            put_up(desk, keys, cost=costs.code)
        else:
            put_up(desk, keys)
    month = town.month
    paths = disclose(town.office, "all", month, folder, "A3") + disclose(town.office, town.model, month, folder, "A4")
    return [path for path in paths if path.suffix == ".pdf"]


def _export(town: Town, folder: Path) -> dict[str, Path]:
    """One query file a book, signed by the director and the book's agent on 21 October, the sheets having stood."""
    town.clock.go_to(date(2026, 10, 21), 9)
    paths = {}
    for book in list_books(town.office):
        signers = [town.staff[town.director], town.staff[town.agents[book.code][0]]]
        paths[book.code] = export_query_file(town.desk(town.director, book.code), signers, folder)
    return paths


def _look_up(data: Path, queries: dict[str, Path], reader: ReaderKey) -> tuple[LookedUp, Path]:
    """The villager who paid last year's rent comes to the kiosk and sees his own account."""
    person = next(row for row in read_rows(data / "history" / "people.csv") if row["role"] == _TENANT)
    query = queries[person["village"]]
    found = lookup_person(query, reader, person["id_number"])
    if found is None or found.name != person["name"]:
        raise RuntimeError("the query file does not open for its villager")
    found.close()
    return LookedUp(person["name"], person["id_number"], person["household_code"]), query


def _put_in_place(making: Path, out: Path) -> None:
    old = out.with_name(f"{making.name}.old")
    try:
        if out.exists():
            patiently(lambda: out.rename(old))
        patiently(lambda: making.rename(out))
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        if old.exists() and not out.exists():
            old.rename(out)
        raise Trouble(_("不能写 {path}：{reason}").format(path=out, reason=why(error))) from error


def _moved(result: DemoResult, making: Path, out: Path) -> DemoResult:
    def there(path: Path) -> Path:
        return out / path.relative_to(making)

    return replace(
        result, folder=out, books=there(result.books), query=there(result.query), reader=there(result.reader),
        pdf=tuple(there(path) for path in result.pdf),
    )  # fmt: skip


def _say(result: DemoResult, progress: Progress) -> None:
    progress(_("演示乡镇在 {path}").format(path=result.folder))
    parts = (BOOKS, SHEETS, REPORTS, QUERIES, READERS, ROOT_PAPERS)
    progress(_("里面有：{parts}").format(parts=_("、").join(parts)))
    progress(_("墙上的指纹：{root}").format(root=result.root))
    text = _("演示口令：{words}（{people}都用它；只为演示，真账绝不能用公开的口令，也不能几个人用一个）")
    progress(text.format(words=result.passphrase, people=_("、").join(result.people)))
    for words, seconds in result.stages:
        progress(f"  {seconds:5.1f} s  {words}")
