"""What makes a query file: signatures, header, what is refused before it is written; readers' key files and folders."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.formats.query.village import (
    AGENT,
    CASHIER,
    CENTRE,
    CHEAP,
    DIRECTOR,
    EXPORT,
    FINGERPRINT,
    KIOSK_KEY,
    NOTE,
    PAGE_KEY,
    ROOT,
    SIGNERS,
    VILLAGERS,
    directory,
    picture,
    reader,
)
from villagebooks.core.problem import Refused
from villagebooks.core.query import (
    KIOSK,
)
from villagebooks.formats.query import (
    lookup,
    lookup_all,
    open_folder,
    open_query_file,
    read_header,
    read_reader_key,
    write_query_file,
    write_reader_key,
)
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.key import (
    Argon2Cost,
    CannotOpen,
    KeyDirectory,
    Revocation,
    WrongPassphrase,
    directory_hash,
    sign_directory,
)
from villagebooks.seal.query import stretch


def test_a_file_needs_two_signatures_one_of_them_the_directors(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.vbq"
    with pytest.raises(Refused):
        write_query_file(target, EXPORT, SIGNERS[:1], picture)
    for signers in ([AGENT.signing, CASHIER.signing], [DIRECTOR.signing, CASHIER.signing]):
        write_query_file(target, EXPORT, signers, picture)
        with pytest.raises(FormatError):
            open_query_file(target, FINGERPRINT)
    assert open_query_file(path, FINGERPRINT).container.note.signers == (DIRECTOR.name, AGENT.name)


def test_a_file_signed_by_somebody_revoked_since_is_refused_by_who_knows_it(path: Path) -> None:
    newer = sign_directory(
        ROOT, directory(version=2, previous=directory_hash(NOTE), revocations=(Revocation(AGENT.name, 50),))
    )
    assert open_query_file(path, FINGERPRINT).directory.version == 1
    with pytest.raises(FormatError):
        open_query_file(path, FINGERPRINT, [newer])


def test_another_root_an_older_number_and_another_centre_are_refused(path: Path, tmp_path: Path) -> None:
    other = KeyDirectory(CENTRE, 1, AGENT.signing.public).fingerprint
    for root, seq in ((other, 0), (FINGERPRINT, 5)):
        with pytest.raises(FormatError):
            open_query_file(path, root, lowest_seq=seq)
    write_query_file(tmp_path / "a", replace(EXPORT, head=replace(EXPORT.head, centre="别的中心")), SIGNERS, picture)
    with pytest.raises(FormatError):
        open_query_file(tmp_path / "a", FINGERPRINT)


def test_two_people_with_one_id_stop_the_export_by_name(tmp_path: Path) -> None:
    stretched = dict(EXPORT.stretched)
    stretched[VILLAGERS[5][0].uid, KIOSK] = stretched[VILLAGERS[6][0].uid, KIOSK]
    with pytest.raises(Refused, match=r"村民5.*村民6"):
        write_query_file(tmp_path / "a", replace(EXPORT, stretched=stretched), SIGNERS, picture)
    assert list(tmp_path.iterdir()) == []


def test_without_any_reader_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        write_query_file(tmp_path / "a", replace(EXPORT, readers=()), SIGNERS, picture)


def test_a_kiosk_only_village_has_no_class_2(tmp_path: Path) -> None:
    write_query_file(tmp_path / "a", replace(EXPORT, readers=(KIOSK_KEY.entry,)), SIGNERS, picture)
    file = open_query_file(tmp_path / "a", FINGERPRINT)
    assert lookup(file, KIOSK_KEY, VILLAGERS[0][1])
    with pytest.raises(CannotOpen):
        lookup(file, PAGE_KEY, VILLAGERS[0][1], VILLAGERS[0][2])


def test_the_header_is_strict_and_tells_newer_files_apart(path: Path) -> None:
    lines = list(open_query_file(path, FINGERPRINT).container.header)
    header = read_header(lines)
    assert read_header([*lines, "x-colour red"]) == header
    with pytest.raises(FormatError, match="升级"):
        read_header([*lines, "colour red"])
    for at, line in enumerate(lines):
        for bad in (
            "",
            line + " ",
            line.replace(" ", "  ", 1),
            line + "0" if line[:3] in ("fil", "sal", "con") else " " + line,
        ):
            with pytest.raises(FormatError):
                read_header([*lines[:at], bad, *lines[at + 1 :]])
        if not line.startswith("reader"):
            with pytest.raises(FormatError):
                read_header(lines[:at] + lines[at + 1 :])
            with pytest.raises(FormatError):
                read_header([*lines, line])
    for bad in ("kdf argon2id 17 65536 1", "kdf argon2id 3 1048577 1", "kdf scrypt 3 65536 1"):
        with pytest.raises(FormatError):
            read_header([bad if line.startswith("kdf") else line for line in lines])


def test_a_reader_key_file_is_read_back_in_clear_and_boxed(tmp_path: Path) -> None:
    target = tmp_path / "kiosk.json"
    write_reader_key(target, KIOSK_KEY)
    assert read_reader_key(target) == KIOSK_KEY
    assert target.stat().st_mode & 0o077 == 0
    write_reader_key(target, PAGE_KEY, "十个字以上的口令", CHEAP)
    assert read_reader_key(target, lambda: "十个字以上的口令") == PAGE_KEY
    assert repr(PAGE_KEY.key.seed) not in repr(PAGE_KEY)
    with pytest.raises(WrongPassphrase):
        read_reader_key(target, lambda: "别的口令")
    with pytest.raises(FormatError):
        read_reader_key(target)
    raw = target.read_bytes()
    for bad in (b"{}", raw[:-1], raw.replace(b'"class":2', b'"class":3'), raw + b"\n"):
        target.write_bytes(bad)
        with pytest.raises(FormatError):
            read_reader_key(target, lambda: "十个字以上的口令")


def test_a_folder_gives_the_newest_file_of_each_book_and_names_the_broken_ones(tmp_path: Path) -> None:
    for book, seq in (("V01", 4), ("V01", 5), ("V05W", 2)):
        head = replace(EXPORT.head, book=book, seq=seq)
        write_query_file(tmp_path / f"{book}-{seq}.vbq", replace(EXPORT, head=head), SIGNERS, picture)
    (tmp_path / "broken.vbq").write_bytes((tmp_path / "V01-5.vbq").read_bytes()[:-9])
    files, problems = open_folder(tmp_path, FINGERPRINT)
    assert sorted((file.header.head.book, file.header.head.seq) for file in files) == [("V01", 5), ("V05W", 2)]
    assert len(problems) == 1
    assert problems[0].startswith("broken.vbq")
    asked: list[bytes] = []

    def own(secret: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
        asked.append(salt)
        return stretch(secret, salt, cost)

    found = lookup_all(files, KIOSK_KEY, VILLAGERS[0][1], own=own)
    assert [one.title.book for one in found] == [file.header.head.book for file in files]
    assert len(asked) == 1
    assert len(open_folder(tmp_path, FINGERPRINT, seen={"V01": 6})[0]) == 1
    with pytest.raises(CannotOpen, match="没有登记在这个文件里"):
        lookup_all(files, reader(KIOSK, "other"), VILLAGERS[0][1])
    with pytest.raises(Refused):
        lookup_all(files, KIOSK_KEY, "123")
