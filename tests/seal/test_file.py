"""A file that is written is the whole new one or the old one, whatever the disk does; a sentence says what to do."""

from __future__ import annotations

import errno
import os
import re
import resource
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from villagebooks.core.problem import Trouble, why
from villagebooks.seal.file import (
    PAUSES,
    Sink,
    _held,
    disk_trouble,
    is_in_use,
    patiently,
    write_file_safely,
    write_parts_safely,
    write_stream_safely,
)

OLD, NEW = b"old", b"new" * 100_000
PROGRAM = Path(__file__).parents[2] / "villagebooks"
NOBODY = 65_534


@contextmanager
def small_files(most: int) -> Iterator[None]:
    """No file of this process may become longer: the system refuses as a full disk does, in the middle."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def locked() -> Iterator[Path]:
    """A folder in which this person may write nothing, with an old file that everybody may write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.pdf").write_bytes(OLD)
        (folder / "a.pdf").chmod(0o666)
        folder.chmod(0o555)
        root = os.geteuid() == 0  # who may do everything
        if root:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            if root:
                os.seteuid(0)
            folder.chmod(0o755)


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def write_stream(path: Path, data: bytes) -> None:
    def fill(out: Sink) -> None:
        for at in range(0, len(data), 5_000):
            out.write(data[at : at + 5_000])

    write_stream_safely(path, fill)


WRITERS = (write_file_safely, lambda path, data: write_parts_safely(path, [data[:9], data[9:]]), write_stream)


@pytest.mark.parametrize("write", WRITERS)
def test_a_disk_that_fills_up_leaves_the_old_file_and_nothing_else(write: object, tmp_path: Path) -> None:
    assert callable(write)
    path = tmp_path / "a.xlsx"
    write(path, OLD)
    with small_files(8_192), pytest.raises(Trouble, match=r"a\.xlsx"):
        write(path, NEW)
    assert (path.read_bytes(), names(tmp_path)) == (OLD, ["a.xlsx"])
    write(path, NEW)
    assert (path.read_bytes(), names(tmp_path)) == (NEW, ["a.xlsx"])


@pytest.mark.parametrize("write", WRITERS)
def test_a_folder_where_nothing_can_be_written_is_named_and_its_file_stays(write: object, locked: Path) -> None:
    assert callable(write)
    with pytest.raises(Trouble) as told:
        write(locked / "a.pdf", NEW)
    assert str(told.value) == f"文件夹“{locked}”里不能写文件（没有权限），没有存：换一个文件夹"
    assert ((locked / "a.pdf").read_bytes(), names(locked)) == (OLD, ["a.pdf"])


@pytest.mark.parametrize("write", WRITERS)
def test_a_read_only_file_is_not_written_over_though_its_folder_would_allow_it(write: object, tmp_path: Path) -> None:
    assert callable(write)
    path = tmp_path / "a.pdf"
    path.write_bytes(OLD)
    path.chmod(0o444)
    with pytest.raises(Trouble, match=r"“a\.pdf”是只读的，没有改它：换一个名字存"):
        write(path, NEW)
    assert (path.read_bytes(), names(tmp_path)) == (OLD, ["a.pdf"])


def test_of_a_file_that_a_program_of_windows_has_open_the_sentence_says_to_close_it(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(OLD)
    error = PermissionError(errno.EACCES, "in use")
    error.winerror = 32  # type: ignore[attr-defined]  # as Windows sets it
    assert str(_held(path, error)).startswith("“a.xlsx”正被别的程序打开，没有存，原来的没有动")


class Scanner:
    """A virus scanner of Windows that lets go after so many tries; it says what Windows says."""

    def __init__(self, tries: int, said: int = 32) -> None:
        self.tries, self.said, self.slept = tries, said, list[float]()

    def act(self) -> str:
        if self.tries:
            self.tries -= 1
            error = PermissionError(errno.EACCES, "in use")
            error.winerror = self.said  # type: ignore[attr-defined]  # as Windows sets it
            raise error
        return "done"


@pytest.mark.parametrize("said", [5, 32, 33])
def test_a_file_that_a_scanner_looks_at_for_a_moment_is_waited_for(said: int) -> None:
    scanner = Scanner(3, said)
    assert patiently(scanner.act, scanner.slept.append) == "done"
    assert scanner.slept == list(PAUSES[:3])


def test_who_keeps_a_file_open_is_waited_for_no_longer_than_two_seconds() -> None:
    scanner = Scanner(100)
    with pytest.raises(PermissionError):
        patiently(scanner.act, scanner.slept.append)
    assert sum(scanner.slept) < 2


@pytest.mark.parametrize("error", [PermissionError(errno.EACCES, "no"), OSError(errno.ENOSPC, "full")])
def test_what_no_waiting_mends_is_told_at_once(error: OSError) -> None:
    slept = list[float]()

    def refuse() -> None:
        raise error

    with pytest.raises(OSError, match=r"no|full"):
        patiently(refuse, slept.append)
    assert slept == []


def test_on_windows_opening_a_file_that_excel_has_open_says_no_more_than_no_permission() -> None:
    said = PermissionError(errno.EACCES, "Permission denied")
    assert is_in_use(said, windows=True)
    assert not is_in_use(said, windows=False)
    assert not is_in_use(PermissionError(errno.EPERM, "Operation not permitted"), windows=True)


@pytest.mark.parametrize(
    ("number", "words"),
    [(32, "正被别的程序使用"), (53, "连不上那个网络文件夹"), (206, "名称太长"), (5, "没有权限")],
)
def test_windows_own_numbers_say_more_than_its_errno(number: int, words: str) -> None:
    error = PermissionError(errno.EACCES, "?")
    error.winerror = number  # type: ignore[attr-defined]  # as Windows sets it
    assert why(error) == words


def test_a_full_disk_says_so() -> None:
    with Path("/dev/full").open("wb", buffering=0) as full:
        sink = Sink(full)
        sink.write(NEW)
    assert sink.error is not None  # kept until the library is done
    assert sink.error.errno == errno.ENOSPC
    with pytest.raises(Trouble, match=r"磁盘空间不够，没有写成：a\.csv"), disk_trouble(Path("a.csv")):
        raise sink.error


def test_a_share_without_rights_and_a_link_to_itself_break_nothing_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, _mode: int) -> None:
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))

    path, loop = tmp_path / "a.pdf", tmp_path / "loop.pdf"
    path.write_bytes(OLD)
    loop.symlink_to(loop)
    monkeypatch.setattr(Path, "chmod", refuse)
    write_file_safely(path, NEW)
    assert path.read_bytes() == NEW
    write_file_safely(loop, NEW)
    assert loop.read_bytes() == NEW
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.pdf", "loop.pdf"]


def test_a_file_behind_a_link_is_written_where_it_lies_with_the_rights_it_had(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    there, link = tmp_path / "there" / "a.csv", tmp_path / "a.csv"
    there.write_bytes(OLD)
    there.chmod(0o640)
    link.symlink_to(there)
    write_file_safely(link, NEW)
    assert link.is_symlink()
    assert (there.read_bytes(), there.stat().st_mode & 0o777) == (NEW, 0o640)


def test_a_file_of_mine_that_looks_like_a_part_is_left_alone_and_a_long_name_has_room(tmp_path: Path) -> None:
    (tmp_path / "a.pdf.part").write_bytes(OLD)
    write_file_safely(tmp_path / "a.pdf", NEW)
    assert (tmp_path / "a.pdf.part").read_bytes() == OLD
    long = "村" * 83 + ".pdf"  # 253 of the 255 bytes of a name
    write_file_safely(tmp_path / long, NEW)
    assert names(tmp_path) == sorted(["a.pdf", "a.pdf.part", long])


def test_no_part_of_the_program_writes_a_file_in_place() -> None:
    writes = re.compile(r"write_bytes\(|write_text\(|copyfile\(|shutil\.(copy2?|move)\(|open\((\w+, )?\"[wxa]b?\"")
    own = {"seal/file.py", "db/attachment.py", "services/life.py", "cli/__init__.py"}  # the last: what no stream takes
    found = {
        path.relative_to(PROGRAM).as_posix()
        for path in PROGRAM.rglob("*.py")
        if any(writes.search(line) for line in path.read_text("utf-8").splitlines())
    }
    assert found - own == set()
