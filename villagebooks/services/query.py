"""The query database: exported from what was disclosed, looked up at the counter, verified anywhere (SECURITY §3)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from villagebooks.core.approval import AGENT, DIRECTOR
from villagebooks.core.disclosure import PutUp
from villagebooks.core.ledger import Detail
from villagebooks.core.paper import Paper
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused, Trouble, refuse_if, why
from villagebooks.core.query import (
    QueryBalance,
    QueryContent,
    QueryHead,
    QueryImage,
    QuerySheet,
    build_own_parts,
)
from villagebooks.core.statement import BALANCE_SHEET, INCOME
from villagebooks.core.voucher import POSTED
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import disclosure, journal
from villagebooks.db import ledger as ledger_rows
from villagebooks.db import paper as paper_rows
from villagebooks.db import person as person_rows
from villagebooks.db import query as query_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.formats.query import (
    Lookup,
    QueryExport,
    ReaderKey,
    lookup,
    lookup_all,
    make_reader_key,
    open_folder,
    open_query_file,
    read_reader_key,
    write_query_file,
)
from villagebooks.formats.query.picture import MEDIA, READABLE
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.disclosure import anchor_hash
from villagebooks.seal.key import Argon2Cost, CannotOpen, SigningKey, WrongPassphrase, valid_signers
from villagebooks.seal.person import derive_office_keys
from villagebooks.seal.query import (
    QUERY_COST,
)
from villagebooks.services.desk import Desk, Office, acting, acting_office
from villagebooks.services.key import Unlocked, enrol_reader, load_directory, newest_directory_note
from villagebooks.services.person import take_over_intake
from villagebooks.services.preparation import Progress, SmallPictures, Stretching, prepare
from villagebooks.services.statement import statement

COST_SETTING = "query_cost"

_BY_PARTY = ("112", "113", "211", "212", "213")


class NotVerified(Trouble):
    """A file does not hold: damaged, changed, too old, or signed by nobody who may."""


def make_reader(office: Office, root: SigningKey, cls: int, name: str) -> ReaderKey:
    """A new reader key (1 kiosk or centre, 2 page), enrolled in the key directory; write it with `write_reader_key`."""
    reader = new_reader(office, cls, name)
    enrol_reader(office, root, reader.entry)
    return reader


def new_reader(office: Office, cls: int, name: str) -> ReaderKey:
    """A fresh reader key that is not enrolled yet; Refused when its name is taken or can stand in no directory."""
    with office.books.read() as connection:
        directory = load_directory(connection)
    if any((one.cls, one.name) == (cls, name) for one in directory.readers):
        raise Refused([Problem(_("已经有叫“{name}”的查询设备").format(name=name), field="name")])
    try:
        return make_reader_key(cls, name, directory.fingerprint)
    except FormatError as error:
        raise Refused([Problem(_("请写设备名称，里面不能有空格或加号"), field="name")]) from error


def export_query_file(
    desk: Desk, signers: Sequence[Unlocked], out: Path, on: date | None = None, progress: Progress | None = None
) -> Path:
    """Write `<book>-<seq>.vbq` into the folder `out`: every period whose sheet has stood its days by `on` (today).

    Signed by the director and another director or agent, one of whom holds the office key. Refused when nothing has
    stood its days, when two villagers share an ID number, or when `progress` stops it.
    """
    refuse_if(_check_signers(desk, signers))
    office_key = next((one.office_key for one in signers if one.office_key), None)
    if office_key is None:
        raise Refused([Problem(_("签名的人里要有一位保管办公室钥匙的"))])
    take_over_intake(desk.office, next(one for one in signers if one.office_key))
    today = on or desk.books.clock().date()
    cost, salt = _cost_and_salt(desk)
    with desk.books.read() as connection:
        export = _build_export(connection, desk, today, cost, salt)
    keys = derive_office_keys(office_key)
    small = SmallPictures(desk.books.files, keys.cache)
    pictures = [partial(small.make, sha) for sha in dict.fromkeys(one.sha256 for one in export.content.images)]
    stretched = prepare(desk, keys, Stretching(cost, salt), pictures, progress)
    export = _renewed(desk, replace(export, stretched=stretched))
    _make_folder(out)
    path = out / f"{desk.book.code}-{export.head.seq}.vbq"
    header = write_query_file(path, export, [one.keys.signing for one in signers], small.read)
    with acting(desk) as act:
        row_id = book_rows.book_id(act.connection, desk.book.code)
        with path.open("rb") as file:
            sha = hashlib.file_digest(file, "sha256").hexdigest()
        query_rows.add_export(act.connection, row_id, export.head.seq, header.file_id.hex(), act.at, sha)
        act.record("query", f"query_export:{row_id}/{export.head.seq}")
    return path


def open_reader(path: Path, passphrase: Callable[[], str] | None = None) -> ReaderKey:
    """The reader key of a file; `passphrase` is asked only for a boxed one. Refused when it is wrong, else Trouble."""
    try:
        return read_reader_key(path, passphrase)
    except WrongPassphrase as error:
        raise Refused([Problem(_("查询钥匙的口令不对"), field="passphrase")]) from error
    except FormatError as error:
        raise Trouble(_("{name} 不是查询钥匙文件，或已损坏").format(name=path.name)) from error


def lookup_person(
    path: Path, reader: ReaderKey, id_text: str, code_text: str = "", lowest_seq: int = 0
) -> Lookup | None:  # fmt: skip
    """What the person with this number sees of one file, None when not found; Refused for a slip of the finger.

    NotVerified when the file does not hold, Trouble when it was not sealed to this reader.
    """
    try:
        return lookup(open_query_file(path, reader.root, lowest_seq=lowest_seq), reader, id_text, code_text)
    except FormatError as error:
        other = _other_root(path, reader)
        if other:
            text = _(
                "查询文件 {name} 的总钥匙指纹是 {other}，这把查询钥匙认的是 {mine}：中心换过总钥匙的，"
                "在中心的“设置—查询钥匙”里更新这把钥匙，用换过以后导出的文件；没有换过，就不是本中心的文件"
            )
            raise NotVerified(text.format(name=path.name, other=other, mine=reader.root)) from error
        raise NotVerified(_("查询文件 {name} 不能用：{reason}").format(name=path.name, reason=error)) from error
    except CannotOpen as error:
        raise Trouble(str(error)) from error


def lookup_folder(folder: Path, reader: ReaderKey, id_text: str, code_text: str = "") -> tuple[list[Lookup], list[str]]:
    """What the person with this number sees of the newest file of every book in a folder, and a sentence for each file
    that does not hold and was passed over. Refused for a slip of the finger.

    NotVerified when what a file holds does not hold, Trouble without a file, or when none is sealed to this reader.
    """
    try:
        files, passed = open_folder(folder, reader.root)
        if not files and not passed:
            raise Trouble(_("文件夹 {name} 里没有查询文件（.vbq）").format(name=folder.name))
        return lookup_all(files, reader, id_text, code_text), passed
    except FormatError as error:
        raise NotVerified(_("查询文件 {name} 不能用：{reason}").format(name=folder.name, reason=error)) from error
    except CannotOpen as error:
        raise Trouble(str(error)) from error


def _other_root(path: Path, reader: ReaderKey) -> str:
    """The fingerprint of a whole file under another root than the reader's, empty for any other fault."""
    try:
        other = open_query_file(path, None).directory.fingerprint
    except (FormatError, Trouble):
        return ""
    return "" if other == reader.root else other


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(_("不能建立文件夹 {name}：{reason}").format(name=out.name, reason=why(error))) from error


def _check_signers(desk: Desk, signers: Sequence[Unlocked]) -> list[Problem]:
    with desk.books.read() as connection:
        directory = load_directory(connection)
    directors, agents = valid_signers(directory, DIRECTOR), valid_signers(directory, AGENT)
    names = {one.keys.name for one in signers}
    problems = []
    if len(names) < 2 or len(names) != len(signers):
        problems.append(Problem(_("查询文件要两个人签名：中心主任和一名复核人")))
    if not names & set(directors):
        problems.append(Problem(_("没有中心主任的签名")))
    strangers = sorted(name.rpartition("/")[2] for name in names - set(directors) - set(agents))
    return problems + [Problem(_("{name}没有签查询文件的职责").format(name=name)) for name in strangers]


def _cost_and_salt(desk: Desk) -> tuple[Argon2Cost, bytes]:
    """The Argon2 cost of the office and the salt of the village, made at its first export and kept."""
    key = f"query_salt:{desk.book.village}"
    with desk.books.read() as connection:
        kept = book_rows.settings(connection, [COST_SETTING, key])
    match kept.get(COST_SETTING):
        case [int(t), int(m_kib), int(p)]:
            cost = Argon2Cost(t, m_kib, p)
        case _:
            cost = QUERY_COST
    salt = kept.get(key)
    if isinstance(salt, str):
        return cost, bytes.fromhex(salt)
    fresh = os.urandom(16)
    with acting_office(desk.office) as act:
        book_rows.put_setting(act.connection, key, fresh.hex())
        act.record("setting", f"setting:{key}")
    return cost, fresh


def _build_export(
    connection: Connection,
    desk: Desk,
    today: date,
    cost: Argon2Cost,
    salt: bytes,
) -> QueryExport:
    """Everything but the slow part, which is not begun for an export that would be refused."""
    row_id = book_rows.book_id(connection, desk.book.code)
    sheets = _standing(disclosure.put_ups(connection, row_id), today)
    months = sorted({sheet.month for sheet in sheets})
    parties = book_rows.parties(connection, row_id)
    vouchers = [one for month in months for one in voucher_rows.vouchers_of_month(connection, row_id, month, [POSTED])]
    papers = {uid: paper_rows.papers_where_uids(connection, uid) for uid in {one.papers for one in vouchers}}
    balances = [one for month in months for one in _balances(connection, row_id, desk, month)]
    content = QueryContent(
        accounts=tuple(book_rows.accounts(connection, row_id).values()),
        parties=tuple(parties.values()),
        balances=tuple(balances),
        statements=tuple(
            statement(desk, kind, Span(month, month)) for month in months for kind in (BALANCE_SHEET, INCOME)
        ),
        sheets=tuple(sheets),
        vouchers=tuple(vouchers),
        images=tuple(image for one in vouchers for image in _images(one.uid, papers[one.papers])),
    )
    chain, head = journal.head(connection, row_id)
    village = next(one for one in book_rows.villages(connection) if one.code == desk.book.village)
    people = person_rows.people(connection, desk.book.village)
    owed = [one for one in balances if one.month == months[-1]]
    last = sheets[-1]
    return QueryExport(
        head=QueryHead(
            book_rows.centre(connection).name, desk.book.code, query_rows.next_seq(connection, row_id),
            months[-1].last_day, head, last.seq, anchor_hash(last.anchor), salt,
        ),
        village=village.name, book_name=desk.book.name, standard=desk.book.standard, content=content,
        people=tuple(build_own_parts(people, vouchers, papers, parties, owed)),
        stretched={}, readers=load_directory(connection).readers,
        directory=newest_directory_note(connection), chain=chain, leaves=journal.leaves(connection, row_id), cost=cost,
    )  # fmt: skip


def _renewed(desk: Desk, export: QueryExport) -> QueryExport:
    """After the slow part: the number and the key directory may have changed meanwhile."""
    with desk.books.read() as connection:
        seq = query_rows.next_seq(connection, book_rows.book_id(connection, desk.book.code))
        readers, directory = load_directory(connection).readers, newest_directory_note(connection)
    return replace(export, head=replace(export.head, seq=seq), readers=readers, directory=directory)


def _standing(put_ups: Sequence[PutUp], today: date) -> list[QuerySheet]:
    """The sheets up to the last that has stood its days; Refused when none has."""
    stood = [one.seq for one in put_ups if one.stay_until <= today.isoformat()]
    if not stood:
        text = _("还没有公示期满的公开榜，没有可以导出的内容")
        if put_ups:
            text = _("公开榜要张贴到 {day}，期满后才能导出").format(day=put_ups[0].stay_until)
        raise Refused([Problem(text)])
    return [
        QuerySheet(
            one.month, one.seq, one.sheet.decode("utf-8"), one.anchor, one.code, one.previous_code,
            date.fromisoformat(one.put_up), date.fromisoformat(one.stay_until),
        )
        for one in put_ups
        if one.seq <= max(stood)
    ]  # fmt: skip


def _balances(connection: Connection, row_id: int, desk: Desk, month: Month) -> Iterator[QueryBalance]:
    found: Sequence[Detail] = ledger_rows.details(
        connection, row_id, Span(month, month), desk.book.start, _BY_PARTY
    )  # fmt: skip
    for one in found:
        if one.opening_fen or one.debit_fen or one.credit_fen:
            yield QueryBalance(month, one.account, one.party, one.opening_fen, one.debit_fen, one.credit_fen)


def _images(voucher: str, papers: Sequence[Paper]) -> Iterator[QueryImage]:
    """Pictures of the papers behind a voucher, only those that somebody marked 已脱敏检查."""
    ordinal = 0
    for paper in papers:
        for document in paper.documents:
            for image in document.images:
                if image.checked and image.media in READABLE:
                    ordinal += 1
                    yield QueryImage(
                        voucher, ordinal, document.kind, image.sha256, MEDIA, image.pages, image.size
                    )  # fmt: skip
