"""The notice board: sign and put a sheet up, print it, and tell whether it has stood its days."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection

from villagebooks.core.approval import DIRECTOR
from villagebooks.core.disclosure import AnchorMark, PutUp, Sheet, SheetNotes, read_sheet, sheet_record
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem, Refused, Trouble, refuse_if, why
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import disclosure as disclosure_rows
from villagebooks.db import journal
from villagebooks.db import person as person_rows
from villagebooks.pdf.disclosure import draw_sheet
from villagebooks.seal import canonical
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.disclosure import CODE_COST, Anchor, anchor_code, anchor_hash, read_anchor, sign_anchor
from villagebooks.seal.file import write_file_safely
from villagebooks.seal.key import Argon2Cost, ever_valid, valid_signers
from villagebooks.services.account import today
from villagebooks.services.check import ERROR, check_books
from villagebooks.services.desk import Act, Desk, Office, acting, list_books, open_desk, refuse_future
from villagebooks.services.disclosure.sheet import month_receipts, prepare_sheet, sheet_in, waiting_vouchers
from villagebooks.services.key import Unlocked, load_directory

PAPERS = ("A3", "A4")
_RECORD_VERSION = 1


def put_up(
    desk: Desk, keys: Sequence[Unlocked], notes: SheetNotes | None = None, cost: Argon2Cost = CODE_COST
) -> AnchorMark:
    """张榜: re-verify chain, signatures, rows; prove the sheet; pin the journal's head in a signed anchor; keep both.

    `keys`: the director's first, others may sign beside. A month is put up once; a later finding is told on the next
    sheet. Refused with every reason; nothing is kept then. Source: SECURITY §5.
    """
    refuse_if(_check_books(desk.office, desk.book.code))
    return _hang(desk, keys, notes, cost).mark


def check_put_up(desk: Desk) -> list[Problem]:
    """What keeps the month from being put up whoever signs: its turn has not come, vouchers wait. `put_up` refuses
    the same."""
    day = today(desk.office).isoformat()
    with desk.books.read() as connection:
        earlier = disclosure_rows.put_ups(connection, book_rows.book_id(connection, desk.book.code))
        return [*_check_order(desk, earlier, day), *waiting_vouchers(connection, desk)]


def _hang(desk: Desk, keys: Sequence[Unlocked], notes: SheetNotes | None, cost: Argon2Cost) -> PutUp:
    receipts = month_receipts(desk)
    with acting(desk) as act:
        row_id = act.row
        earlier = disclosure_rows.put_ups(act.connection, row_id)
        order = _check_order(desk, earlier, act.at[:10])
        refuse_if([*_check_signers(act, keys), *order, *waiting_vouchers(act.connection, desk)])
        sheet, problems = sheet_in(act.connection, desk, notes, receipts)
        refuse_if(problems)
        sheet = _dated(sheet, date.fromisoformat(act.at[:10]))
        record = canonical.dump(sheet_record(sheet))
        last = earlier[-1] if earlier else None
        state = journal.head(act.connection, row_id)[1]
        anchor = Anchor(
            centre=sheet.centre, book=desk.book.code, seq=len(earlier) + 1, period=str(desk.period), size=state.seq,
            head=state.head, sheet=hashlib.sha256(record).hexdigest(), previous=last.anchor_hash if last else "",
        )  # fmt: skip
        note = sign_anchor(anchor, [one.keys.signing for one in keys])
        new = PutUp(
            str(uuid.uuid4()), anchor.seq, desk.period, record, note, anchor_hash(note), anchor_code(note, cost),
            last.code if last else "", sheet.notes.put_up.isoformat(), sheet.notes.stay_until.isoformat(),
        )  # fmt: skip
        disclosure_rows.add(act.connection, row_id, new)
        act.record("put_up", f"disclosure:{new.uid}")
    return new


def list_put_ups(desk: Desk) -> list[PutUp]:
    """Every sheet of the book that was put up, oldest first."""
    with desk.books.read() as connection:
        return disclosure_rows.put_ups(connection, book_rows.book_id(connection, desk.book.code))


def hanging_sheet(desk: Desk) -> tuple[Sheet, AnchorMark] | None:
    """The sheet of the desk's month exactly as it was put up, with its mark; None before that.

    Refused when what is kept no longer agrees with its signed anchor.
    """
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        found = next((one for one in disclosure_rows.put_ups(connection, row_id) if one.month == desk.period), None)
        if found is None:
            return None
        refuse_if(_check_kept(connection, found))
    try:
        return read_sheet(canonical.load(found.sheet)), found.mark
    except (FormatError, ValueError) as error:
        raise Refused([Problem(_("{month} 的公开榜读不出来").format(month=desk.period))]) from error


@in_chinese
def print_sheet(desk: Desk, sheet: Sheet, mark: AnchorMark | None, paper: str, out: Path) -> list[Path]:
    """Draw the sheet of this desk as a PDF, and beside it the same record as canonical JSON (`.json`)."""
    if paper not in PAPERS:
        raise Refused([Problem(_("纸张只能是 {papers}").format(papers=_("、").join(PAPERS)), field="paper")])
    if (sheet.book, sheet.month) != (desk.book.code, desk.period):
        raise Refused([Problem(_("这张公开榜不是这个账套这个月的"))])
    draw_sheet(sheet, mark, paper, out)
    record = out.with_suffix(".json")
    write_file_safely(record, sheet_record_json(sheet, mark))
    return [out, record]


def sheet_record_json(sheet: Sheet, mark: AnchorMark | None) -> bytes:
    """Canonical JSON of the sheet and, once it was put up, its codes and the anchor note."""
    foot = {"code": mark.code, "previous_code": mark.previous_code, "note": mark.note} if mark else None
    return canonical.dump({"v": _RECORD_VERSION, "sheet": sheet_record(sheet), "anchor": foot})


def disclose(
    office: Office,
    book: str,
    month: Month,
    out_dir: Path,
    paper: str = "A3",
    keys: Sequence[Unlocked] = (),
    cost: Argon2Cost = CODE_COST,
) -> list[Path]:
    """The sheets of a book, or of `all`, as `<book>-<period>-<paper>.pdf` and `.json`, in the order of books.

    A sheet that was put up is printed as it hangs; with `keys` a month that was not is put up first, without them it
    is printed as 草稿，未公开. The books are verified before anything is printed (SECURITY §5).
    """
    codes = [one.code for one in list_books(office) if one.keeps(month)] if book == "all" else [book]
    desks = [open_desk(office, code, month) for code in codes]
    for desk in desks:
        refuse_future(desk)
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(_("无法建立文件夹“{path}”：{why}").format(path=out_dir, why=why(error))) from error
    refuse_if(_check_books(office, book))
    paths = []
    for desk in desks:
        hanging = hanging_sheet(desk)
        if hanging is None and keys:
            _hang(desk, keys, None, cost)
            hanging = hanging_sheet(desk)
        sheet, mark = hanging or (prepare_sheet(desk), None)
        paths += print_sheet(desk, sheet, mark, paper, out_dir / f"{desk.book.code}-{month}-{paper}.pdf")
    return paths


def _check_books(office: Office, book: str) -> list[Problem]:
    """Errors of `check --deep` as reasons not to print."""
    errors = [one for one in check_books(office, book, deep=True) if one.severity == ERROR]
    head = [Problem(_("账本自查有 {n} 处错误，不能公开").format(n=len(errors)))] if errors else []
    return head + [Problem(str(one)) for one in errors[:20]]


def _check_signers(act: Act, keys: Sequence[Unlocked]) -> list[Problem]:
    if not keys:
        return [Problem(_("张榜要由中心主任签名"))]
    roles = person_rows.duties(act.connection, keys[0].person, act.at[:10])
    if DIRECTOR not in roles:
        return [Problem(_("{name}不是中心主任，不能签公开榜").format(name=keys[0].person))]
    listed = valid_signers(load_directory(act.connection))
    text = _("{name}的钥匙已吊销，请先重新发钥匙")
    return [
        Problem(text.format(name=one.person))
        for one in keys
        if listed.get(one.keys.name) != one.keys.signing.public
    ]  # fmt: skip


def _check_order(desk: Desk, earlier: Sequence[PutUp], day: str) -> list[Problem]:
    """Months go up once each and in order, none is left out, none before it has begun: a wrong one hangs for good."""
    if desk.period.first_day.isoformat() > day:
        return [Problem(_("{month} 还没有到，不能张榜").format(month=desk.period))]
    if any(one.month == desk.period for one in earlier):
        return [Problem(_("{month} 已经张过榜").format(month=desk.period))]
    if earlier and earlier[-1].month > desk.period:
        return [Problem(_("{later} 已经张榜，不能再补 {month}").format(later=earlier[-1].month, month=desk.period))]
    if earlier and earlier[-1].month.next() < desk.period:
        missing = earlier[-1].month.next()
        return [Problem(_("{missing} 还没有张榜，要先出它的公开榜").format(missing=missing))]
    return []


def _dated(sheet: Sheet, today: date) -> Sheet:
    """A sheet that goes up later than planned hangs as many days from then on."""
    late = (today - sheet.notes.put_up).days
    if late <= 0:
        return sheet
    stay = sheet.notes.stay_until + timedelta(days=late)
    return replace(sheet, notes=replace(sheet.notes, put_up=today, stay_until=stay))


def _check_kept(connection: Connection, found: PutUp) -> list[Problem]:
    try:
        anchor = read_anchor(found.anchor, ever_valid(load_directory(connection), found.anchor))
    except FormatError as error:
        return [Problem(_("{month} 公开榜的签名不成立：{why}").format(month=found.month, why=error))]
    said = (anchor.seq, anchor.period, anchor.sheet, anchor_hash(found.anchor))
    kept = (found.seq, str(found.month), hashlib.sha256(found.sheet).hexdigest(), found.anchor_hash)
    if said != kept:
        return [Problem(_("{month} 的公开榜与签名时不符").format(month=found.month))]
    return []
