from __future__ import annotations

import hashlib
import io
import random
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from villagebooks.core.problem import Trouble
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.container import (
    BLOCK,
    Container,
    member_header,
    open_container,
    peek_kind,
    random_name,
    write_container,
)
from villagebooks.seal.file import write_file_safely
from villagebooks.seal.key import SigningKey
from villagebooks.seal.note import sign_note

KIND = "villagebooks/v1/test"
KEYS = [SigningKey("centre/ann", b"a" * 32), SigningKey("centre/ben", b"b" * 32)]
KNOWN = {key.name: key.public for key in KEYS}
OBJECTS = [("keys", b"directory"), ("db", b"x" * 700), ("b/" + "ab" * 32, b""), ("slots", bytes(512))]


def write(path: Path, objects: list[tuple[str, bytes]] | None = None) -> Path:
    write_container(path, ["centre 石岭镇", "seq 1"], OBJECTS if objects is None else objects, KEYS, KIND)
    return path


def accept(raw: bytes, path: Path) -> Container:
    path.write_bytes(raw)
    container = open_container(path, KIND, KNOWN, needed=2)
    container.verify_all()
    return container


def test_what_was_written_is_read(tmp_path: Path) -> None:
    container = open_container(write(tmp_path / "a.vbq"), KIND, KNOWN, needed=2)
    assert container.header == ("centre 石岭镇", "seq 1")
    assert [(name, container.read(name)) for name in container.names()] == OBJECTS
    assert peek_kind(tmp_path / "a.vbq") == KIND
    assert [path.name for path in tmp_path.iterdir()] == ["a.vbq"]
    with pytest.raises(FormatError):
        container.read("none")


def test_the_same_objects_give_the_same_bytes(tmp_path: Path) -> None:
    assert write(tmp_path / "a").read_bytes() == write(tmp_path / "b").read_bytes()


def test_headers_are_those_of_tarfile() -> None:
    for name, size in (("NOTE", 0), ("keys", 513), ("b/" + "0f" * 32, 16 * 1024 * 1024)):
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o444, 0
        assert member_header(name, size) == info.tobuf(tarfile.USTAR_FORMAT)


def test_an_auditor_needs_tar_sha256sum_and_openssl_only(tmp_path: Path) -> None:
    path = write(tmp_path / "a.vbq")
    subprocess.run(["tar", "xf", path.name], cwd=tmp_path, check=True)
    note = (tmp_path / "NOTE").read_bytes()
    text, _empty, signatures = note.partition(b"\n\n")
    for line in text.decode().splitlines()[3:]:
        _obj, name, size, digest = line.split(" ")
        assert (tmp_path / name).stat().st_size == int(size)
        out = subprocess.run(["sha256sum", name], cwd=tmp_path, check=True, capture_output=True, text=True)
        assert out.stdout.split()[0] == digest
    if not shutil.which("openssl"):
        pytest.fail("openssl is missing")
    (tmp_path / "text").write_bytes(text + b"\n")
    (tmp_path / "pub").write_bytes(bytes.fromhex("302a300506032b6570032100") + KEYS[0].public)
    coded = signatures.decode().splitlines()[0].split(" ")[2]
    decoded = subprocess.run(["openssl", "base64", "-d", "-A"], input=coded.encode(), check=True, capture_output=True)
    (tmp_path / "sig").write_bytes(decoded.stdout[4:])
    command = "openssl pkeyutl -verify -pubin -keyform DER -inkey pub -rawin -in text -sigfile sig"
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)


def test_every_truncation_and_everything_appended_is_refused(tmp_path: Path) -> None:
    raw = write(tmp_path / "a").read_bytes()
    for end in range(0, len(raw), 7):
        with pytest.raises(FormatError):
            accept(raw[:end], tmp_path / "b")
    for extra in (b"\0", b"x", bytes(512), bytes(1024), raw):
        with pytest.raises(FormatError):
            accept(raw + extra, tmp_path / "b")
    assert accept(raw, tmp_path / "b").names()


def test_a_short_copy_says_how_much_is_missing(tmp_path: Path) -> None:
    raw = write(tmp_path / "a").read_bytes()
    with pytest.raises(FormatError, match=r"拷贝不完整，还差 50\.0%"):
        accept(raw[: len(raw) // 2], tmp_path / "b")
    with pytest.raises(FormatError, match="拷贝不完整"):
        accept(raw[:700], tmp_path / "b")


def test_sampled_bit_flips_are_refused(tmp_path: Path) -> None:
    raw = write(tmp_path / "a").read_bytes()
    source = random.Random(20260903)
    for bit in source.sample(range(len(raw) * 8), 2500):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(FormatError):
            accept(bytes(changed), tmp_path / "b")


def test_spliced_members_are_refused(tmp_path: Path) -> None:
    raw = write(tmp_path / "a").read_bytes()
    other = write(tmp_path / "b", [*OBJECTS[:1], ("db", b"y" * 700), *OBJECTS[2:]]).read_bytes()
    assert len(raw) == len(other)
    note_end = raw.index(member_header("keys", 9))
    with pytest.raises(FormatError):
        accept(raw[:note_end] + other[note_end:], tmp_path / "c")
    blocks = [raw[at : at + BLOCK] for at in range(0, len(raw), BLOCK)]
    source = random.Random(5)
    for _turn in range(200):
        mixed = list(blocks)
        one, two = source.randrange(len(blocks)), source.randrange(len(blocks))
        change = source.choice(("swap", "drop", "double", "zero"))
        if change == "swap":
            mixed[one], mixed[two] = mixed[two], mixed[one]
        elif change == "drop":
            del mixed[one]
        elif change == "double":
            mixed.insert(two, mixed[one])
        else:
            mixed[one] = bytes(BLOCK)
        if b"".join(mixed) != raw:
            with pytest.raises(FormatError):
                accept(b"".join(mixed), tmp_path / "c")


@pytest.mark.parametrize(
    "name", ["../x", "/etc", "db/..", "DB", "b/" + "AB" * 32, "b/" + "ab" * 31, "", "abcdefghi", "数"]
)
def test_a_name_that_could_leave_its_folder_is_neither_written_nor_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError):
        write(tmp_path / "a", [("keys", b"k"), (name, b"x")])
    assert list(tmp_path.iterdir()) == []
    digests = [hashlib.sha256(data).hexdigest() for data in (b"k", b"x")]
    note = sign_note([KIND, f"obj keys 1 {digests[0]}", f"obj {name} 1 {digests[1]}"], KEYS)
    raw = b""
    for member, data in (("NOTE", note), ("keys", b"k"), ("x", b"x")):
        raw += member_header(member, len(data)) + data + bytes(-len(data) % BLOCK)
    with pytest.raises(FormatError):
        accept(raw + bytes(1024), tmp_path / "b")


def test_tar_files_of_other_programs_are_refused(tmp_path: Path) -> None:
    for mode in ("w", "w:gz"):
        with tarfile.open(tmp_path / "t", mode) as tar:  # type: ignore[call-overload]
            tar.addfile(tarfile.TarInfo("NOTE"), io.BytesIO())
        with pytest.raises(FormatError):
            open_container(tmp_path / "t", KIND, KNOWN)
    for raw in (b"", b"x", bytes(10240)):
        with pytest.raises(FormatError):
            accept(raw, tmp_path / "t")


def test_keys_come_first_and_names_once(tmp_path: Path) -> None:
    for objects in ([], OBJECTS[1:], [OBJECTS[1], OBJECTS[0]], [*OBJECTS, OBJECTS[1]]):
        with pytest.raises(FormatError):
            write(tmp_path / "a", objects)
    with pytest.raises(FormatError):
        write_container(tmp_path / "a", ["obj x"], OBJECTS, KEYS, KIND)
    assert list(tmp_path.iterdir()) == []


def test_one_signature_where_two_are_needed_and_strangers_are_refused(tmp_path: Path) -> None:
    write_container(tmp_path / "a", [], OBJECTS, KEYS[:1], KIND)
    for known, kind, needed in ((KNOWN, KIND, 2), ({}, KIND, 1), (KNOWN, "villagebooks/v1/query", 1)):
        with pytest.raises(FormatError):
            open_container(tmp_path / "a", kind, known, needed)


def test_the_verifiers_may_come_from_the_keys_object(tmp_path: Path) -> None:
    seen = []

    def trust(keys: bytes) -> dict[str, bytes]:
        seen.append(keys)
        return KNOWN

    open_container(write(tmp_path / "a"), KIND, trust, needed=2)
    assert seen == [b"directory"]


def test_an_object_changed_after_opening_is_noticed_when_it_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a")
    container = open_container(path, KIND, KNOWN)
    path.write_bytes(path.read_bytes().replace(b"x" * 700, b"y" * 700))
    with pytest.raises(FormatError):
        container.read("db")


def test_a_failed_export_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = write(tmp_path / "a")
    before = path.read_bytes()

    def broken() -> list[tuple[str, bytes]]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_container(path, [], ((name, data or broken()[0][1]) for name, data in OBJECTS), KEYS, KIND)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_a_folder_that_is_not_there_is_trouble_in_one_sentence(tmp_path: Path) -> None:
    for act in (
        lambda: write(tmp_path / "none" / "a"),
        lambda: open_container(tmp_path / "none", KIND, KNOWN),
        lambda: write_file_safely(tmp_path / "none" / "a", b"x"),
    ):
        with pytest.raises(Trouble):
            act()


def test_a_file_written_safely_replaces_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_file_safely(path, b"one")
    write_file_safely(path, b"two")
    assert path.read_bytes() == b"two"
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_what_is_no_file_is_never_replaced_by_one(tmp_path: Path) -> None:
    (tmp_path / "stdout").symlink_to("/dev/null")
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "stdout", tmp_path / "folder", Path()):
        with pytest.raises(Trouble, match="不是可以写的文件"):
            write_file_safely(path, b"one")
    assert (tmp_path / "stdout").is_symlink()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder", "stdout"]


def test_random_names_are_legal_and_differ() -> None:
    assert random_name("b", random.Random(1).randbytes) == random_name("b", random.Random(1).randbytes)
    assert random_name("b") != random_name("b")


def test_a_size_over_the_limit_is_refused_both_ways(tmp_path: Path) -> None:
    with pytest.raises(FormatError):
        write_container(tmp_path / "a", [], OBJECTS, KEYS, KIND, limit=2048)
    write(tmp_path / "a")
    with pytest.raises(FormatError):
        open_container(tmp_path / "a", KIND, KNOWN, limit=2048)
    with pytest.raises(FormatError):
        write(tmp_path / "b", [("keys", bytes(16 * 1024 * 1024 + 1))])
