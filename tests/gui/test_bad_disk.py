"""Disks that fill up, go away or let nobody write while the window is at work: real files, a real disk that is full."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import AGENT_NAME, SEPTEMBER, Driver, Keyboard, begin_voucher, driven, office_draft, pay_in_cash
from tests.gui.killed import kept
from tests.gui.person import OFFSCREEN
from tests.seal.test_file import small_files
from tests.services.conftest import Staff, sign_all
from villagebooks.db.books import open_books
from villagebooks.gui.voucher.editor import VoucherEditor
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.voucher import list_vouchers, read_voucher, save_voucher

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)
KEY = Qt.Key
ROOM = 96 * 2**20
NAME = "centre.vbooks"


@contextmanager
def stuffed(folder: Path) -> Iterator[None]:
    """The disk that a folder lies on has no byte left."""
    stuffing = folder / "stuffing"
    with suppress(OSError), stuffing.open("wb", buffering=0) as file:
        while file.write(bytes(65_536)):
            pass
    yield
    stuffing.unlink()


@contextmanager
def grown_out(path: Path) -> Iterator[None]:
    """No file may become longer than the books' log is: who may mount nothing has no disk to fill."""
    with small_files(path.with_name(path.name + "-wal").stat().st_size):
        yield


@contextmanager
def write_protected(folder: Path) -> Iterator[None]:
    """Nothing can be written there: the disk is mounted so, or the rights say so."""
    own_disk = os.path.ismount(folder)
    for way, mode in (("ro", 0o555), ("rw", 0o755)):
        if own_disk:
            subprocess.run(["mount", "-o", f"remount,{way}", str(folder)], check=True)
        else:
            (folder / NAME).chmod(mode)
            folder.chmod(mode)
        if way == "ro":
            yield


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own where one can be mounted, else a folder."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    yield folder
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def path(desk: Desk, disk: Path) -> Path:
    """The same books on that disk."""
    desk.books.close()
    shutil.copyfile(desk.books.path, disk / NAME)
    shutil.copytree(desk.books.files, disk / f"{NAME}.files")
    return disk / NAME


@contextmanager
def opened(desk: Desk, path: Path, qtbot: QtBot) -> Iterator[tuple[Driver, Desk]]:
    """The window on them."""
    for one in kept():
        one.unlink()
    office = Office(open_books(path, desk.books.clock, mapped=0), AGENT_NAME)
    with driven(office, qtbot) as driver:
        driver.desktop.seat.sit_at(month=SEPTEMBER)
        driver.settle()
        yield driver, open_desk(office, "V01", SEPTEMBER)
    office.books.close()


def full(path: Path) -> AbstractContextManager[None]:
    return stuffed(path.parent) if os.path.ismount(path.parent) else grown_out(path)


def typed(driver: Driver, keyboard: Keyboard) -> VoucherEditor:
    editor = begin_voucher(driver, keyboard)
    pay_in_cash(keyboard, "买打印纸", "12.50")
    editor.keeper.keep()
    driver.settle()
    return editor


def saves(driver: Driver, keyboard: Keyboard) -> str:
    """F6, and what the strip at the window's edge says."""
    keyboard.press(KEY.Key_F6)
    driver.settle()
    return str(driver.desktop.window.strip.text())


def are_whole(desk: Desk) -> bool:
    return not [one for one in check_books(desk.office, deep=True) if one.severity == "error"]


def stands_and_is_kept(editor: VoucherEditor) -> bool:
    return editor.uid == "" and editor.form.rows[0].summary.text() == "买打印纸" and len(kept()) == 1


def is_saved_at_last(driver: Driver, desk: Desk, keyboard: Keyboard) -> bool:
    told = saves(driver, keyboard)
    words = [one.summary for one in list_vouchers(desk)]
    return (told, words, kept()) == ("", ["买打印纸"], []) and are_whole(desk)


def test_a_disk_that_was_full_while_a_voucher_was_saved(
    desk: Desk, path: Path, keyboard: Keyboard, qtbot: QtBot
) -> None:
    with opened(desk, path, qtbot) as (driver, there):
        editor = typed(driver, keyboard)
        with full(path):
            told = saves(driver, keyboard)
            assert str(path) in told
            assert "，这次没有保存；请" in told
            assert stands_and_is_kept(editor)
        assert is_saved_at_last(driver, there, keyboard)


def test_a_disk_that_was_full_while_a_voucher_was_posted(desk: Desk, path: Path, staff: Staff, qtbot: QtBot) -> None:
    with opened(desk, path, qtbot) as (driver, there):
        uid = save_voucher(there, office_draft(1_250)).uid
        sign_all(there, uid, staff)
        page = driver.desktop.vouchers
        driver.desktop.window.go(page)
        page.open(uid)
        driver.settle()
        with full(path):
            page.editor.post()
            driver.settle()
            assert "，这次没有保存；请" in driver.desktop.window.strip.text()
            assert read_voucher(there, uid).state == "approved"
        page.editor.post()
        driver.settle()
        assert read_voucher(there, uid).state == "posted"
        assert driver.desktop.window.strip.text() == ""
        assert are_whole(there)


def test_a_stick_that_was_pulled_out_while_something_was_read_and_saved(
    desk: Desk, path: Path, keyboard: Keyboard, qtbot: QtBot
) -> None:
    books, gone = path.parent / "books", path.parent / "gone"
    books.mkdir()
    for name in (NAME, f"{NAME}.files"):
        (path.parent / name).rename(books / name)
    with opened(desk, books / NAME, qtbot) as (driver, there):
        editor = typed(driver, keyboard)
        there.books.close()
        books.rename(gone)
        driver.desktop.vouchers.refresh()
        driver.settle()
        assert "没能读出来，账里什么都没有改：放回原处再做一次" in driver.desktop.window.strip.text()
        told = saves(driver, keyboard)
        assert str(books / NAME) in told
        assert "这次没有保存：放回原处再做一次" in told
        assert stands_and_is_kept(editor)
        gone.rename(books)
        assert is_saved_at_last(driver, there, keyboard)


def test_books_that_lay_where_nothing_could_be_written_were_saved_into_once_that_was_put_right(
    desk: Desk, path: Path, keyboard: Keyboard, qtbot: QtBot
) -> None:
    with ExitStack() as protected:
        protected.enter_context(write_protected(path.parent))
        with opened(desk, path, qtbot) as (driver, there):
            editor = typed(driver, keyboard)
            if not os.access(path.parent, os.W_OK):  # nothing binds the system's mighty person but such a disk
                assert "现在只能看、不能写，这次没有保存；请检查" in saves(driver, keyboard)
            assert stands_and_is_kept(editor)
            protected.close()
            assert is_saved_at_last(driver, there, keyboard)
