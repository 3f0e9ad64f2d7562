"""Verifying a container that left the program: form, signatures, every object, and what its kind promises beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from villagebooks.core.query import FileReport
from villagebooks.core.words import _
from villagebooks.formats.query.header import QUERY_KIND, read_header
from villagebooks.formats.query.proof import ANCHORS, JOURNAL, check_proof_objects, find_code
from villagebooks.formats.query.read import check_roles
from villagebooks.formats.query.write import SLOTS
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.code import normal_code
from villagebooks.seal.container import Container, open_container, peek_kind
from villagebooks.seal.disclosure import CODE_COST
from villagebooks.seal.key import Argon2Cost, KeyDirectory, newest_directory, valid_devices, valid_signers
from villagebooks.seal.query import slot_tables


@dataclass(frozen=True, slots=True)
class Known:
    """What a reader knows beside the file: fingerprint and 本期码 as printed, key directories, a chain's heads.

    `cost` is that of the code; tests take a cheap one.
    """

    root: str = ""
    keys: tuple[bytes, ...] = ()
    code: str = ""
    heads: tuple[bytes, ...] = ()
    cost: Argon2Cost = CODE_COST

    @property
    def rooted(self) -> bool:
        """Whether somebody said which root key to trust."""
        return bool(self.root or self.keys)

    def newest(self, raws: Sequence[bytes] = ()) -> KeyDirectory:
        """The newest directory of the file's and the reader's; FormatError when there is none or one does not hold."""
        root: bytes | str | None = self.root or None
        if self.keys:
            root = newest_directory(root, self.keys).root
        if not raws and not self.keys:
            raise FormatError(_("没有钥匙名录，不能核对签名：请用 --keys 指明，或打开账套。"))
        return newest_directory(root, [*raws, *self.keys])


def make_known(
    root: str = "",
    keys: Sequence[bytes] = (),
    code: str = "",
    heads: Sequence[bytes] = (),
    cost: Argon2Cost = CODE_COST,
) -> Known:
    """What a reader knows, fingerprint and code as typed; FormatError for a slip of the finger in either."""
    fingerprint, normal = normal_code(root) if root else "", normal_code(code) if code else ""
    if fingerprint is None:
        raise FormatError(_("总钥匙指纹输错了，请核对。"))
    if normal is None:
        raise FormatError(_("公示码输错了，请核对。"))
    return Known(fingerprint, tuple(keys), normal, tuple(heads), cost)


def verify_container(path: Path, known: Known) -> FileReport:
    """Check a `.vbq`, `.vbs` or `.vbb` whole; FormatError when the file does not hold at all.

    A code that no sheet of the file carries is a problem of the report.
    """
    newest: list[KeyDirectory] = []
    kind = peek_kind(path)

    def trust(keys: bytes) -> dict[str, bytes]:
        newest.append(known.newest([keys]))
        people = valid_signers(newest[0])
        return people if kind == QUERY_KIND else {**people, **valid_devices(newest[0])}

    container = open_container(path, kind, trust, needed=2 if kind == QUERY_KIND else 1)
    container.verify_all()
    directory = newest[0]
    report = FileReport(
        kind=kind, root=directory.fingerprint, rooted=known.rooted, signers=container.note.signers,
        header=container.header, objects=len(container.members), size=path.stat().st_size,
    )  # fmt: skip
    if kind != QUERY_KIND:
        return replace(report, problems=(_("这种文件里没有公开榜。"),) if known.code else ())
    anchors, points, problems = _verify_query(container, directory)
    found = find_code(container.read(ANCHORS), known.code, known.cost) if known.code else None
    if known.code and found is None:
        problems.append(_("这个公示码不是文件里任何一期公开榜的。"))
    return replace(
        report, problems=tuple(problems), anchors=anchors, points=points, code_found=found.period if found else None
    )  # fmt: skip


def _verify_query(
    container: Container, directory: KeyDirectory
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[int, str], ...], list[str]]:
    """(period, journal head) of each anchor, (size, head) of the journal, and what is wrong."""
    check_roles(container.note.signers, directory)
    head = read_header(container.header).head
    slot_tables(container.read(SLOTS))
    found, problems = check_proof_objects(
        directory,
        head.book,
        (container.read(JOURNAL), head.journal),
        (container.read(ANCHORS), head.anchor, head.anchor_hash),
    )
    return tuple((anchor.period, anchor.head) for anchor in found), ((head.journal.seq, head.journal.head),), problems
