"""Verifying any file that left the program: form, signatures, every object, and what its kind promises beside."""

from __future__ import annotations

from collections.abc import Sequence
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
from villagebooks.seal.key import KeyDirectory, newest_directory, valid_devices, valid_signers
from villagebooks.seal.query import slot_tables


def verify_file(path: Path, root: str | None = None, known: Sequence[bytes] = (), code: str = "") -> FileReport:
    """Check a `.vbq`, `.vbs` or `.vbb` whole. `root` is a fingerprint as printed, `known` are key directories to trust.

    With neither, everything else is checked and the fingerprint stands in the report to compare with the wall. `code`
    is a printed 本期码: the report says which sheet carries it. FormatError when the file does not hold at all.
    """
    fingerprint = normal_code(root) if root else None
    if root and fingerprint is None:
        raise FormatError(_("总钥匙指纹输错了，请核对。"))
    newest: list[KeyDirectory] = []
    kind = peek_kind(path)

    def trust(keys: bytes) -> dict[str, bytes]:
        trusted = newest_directory(fingerprint, known).root if known else fingerprint
        newest.append(newest_directory(trusted, [keys, *known]))
        people = valid_signers(newest[0])
        return people if kind == QUERY_KIND else {**people, **valid_devices(newest[0])}

    container = open_container(path, kind, trust, needed=2 if kind == QUERY_KIND else 1)
    container.verify_all()
    directory = newest[0]
    problems: list[str] = []
    anchors: tuple[tuple[str, str], ...] = ()
    found: str | None = None
    if kind == QUERY_KIND:
        anchors, problems = _verify_query(container, directory)
        found = _find_period(container, code)
        if code and found is None:
            problems.append(_("这个公示码不是文件里任何一期公开榜的。"))
    return FileReport(
        kind=kind, root=directory.fingerprint, rooted=bool(fingerprint or known), signers=container.note.signers,
        header=container.header, objects=len(container.members), size=path.stat().st_size, problems=tuple(problems),
        anchors=anchors, code_found=found,
    )  # fmt: skip


def _verify_query(container: Container, directory: KeyDirectory) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    """(period, journal head) of each anchor, and what is wrong with header, slots, journal and anchors."""
    check_roles(container.note.signers, directory)
    head = read_header(container.header).head
    slot_tables(container.read(SLOTS))
    found, problems = check_proof_objects(
        directory,
        head.book,
        (container.read(JOURNAL), head.journal),
        (container.read(ANCHORS), head.anchor, head.anchor_hash),
    )
    return tuple((anchor.period, anchor.head) for anchor in found), problems


def _find_period(container: Container, code: str) -> str | None:
    if not code:
        return None
    normal = normal_code(code)
    if normal is None:
        raise FormatError(_("公示码输错了，请核对。"))
    found = find_code(container.read(ANCHORS), normal)
    return found.period if found else None
