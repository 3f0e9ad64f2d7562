"""PDFium is not made for threads: whatever reads, prints, joins or pictures a PDF calls it one at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2.raw
import pytest

from tests.seal.test_file import small_files
from villagebooks.core.problem import Trouble
from villagebooks.core.stationery import VOUCHERS, Format, Offset
from villagebooks.formats.picture.sheet import draw_sheets, draw_small
from villagebooks.gui.preview.render import look_at, page_sides, strips
from villagebooks.gui.preview.send import save_moved
from villagebooks.pdf.ruler import draw_ruler
from villagebooks.services.batch import _join_files
from villagebooks.services.picture import ONE_PDF_AT_A_TIME

PAPER, TIMES = Format(240, 140), 12


@pytest.fixture
def ruler(tmp_path: Path) -> Path:
    path = tmp_path / "ruler.pdf"
    draw_ruler(PAPER, VOUCHERS, Offset(), path)
    return path


def take_strips(path: Path) -> int:
    return sum(1 for _strip in strips(path, 0, 300))


def parts_of(path: Path, out: Path) -> list[Path]:
    parts = [out.with_name(f"{out.stem}-{number}.pdf") for number in range(2)]
    for one in parts:
        one.write_bytes(path.read_bytes())
    return parts


def join(path: Path, out: Path) -> Path:
    return _join_files(parts_of(path, out), out)


def acts(ruler: Path, folder: Path) -> list[Callable[[], Any]]:
    moved = partial(save_moved, ruler, folder / "moved.pdf", {PAPER: Offset(20, 10)})
    return [
        partial(look_at, ruler, 0, 600, 0), partial(take_strips, ruler), partial(draw_small, ruler.read_bytes(), 192),
        partial(draw_sheets, ruler.read_bytes(), 3), partial(join, ruler, folder / "joined.pdf"), moved,
    ]  # fmt: skip


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was called of PDFium while nobody held the lock."""
    free: list[str] = []

    def heard(name: str, call: Callable[..., Any], *told: Any) -> Any:
        if not ONE_PDF_AT_A_TIME.locked():
            free.append(name)
        return call(*told)

    for name, call in vars(pypdfium2.raw).copy().items():
        if name.startswith("FPDF") and hasattr(call, "argtypes"):
            monkeypatch.setattr(pypdfium2.raw, name, partial(heard, name, call))
    return free


def test_nothing_of_pdfium_is_called_or_given_back_without_the_lock(
    ruler: Path, alone: list[str], tmp_path: Path
) -> None:
    for act in acts(ruler, tmp_path):
        act()
    parts = parts_of(ruler, tmp_path / "full.pdf")
    with small_files(2_000), pytest.raises(Trouble):
        _join_files(parts, tmp_path / "full.pdf")
    (tmp_path / "none.pdf").write_bytes(b"no pdf")
    with pytest.raises(Trouble, match=r"none\.pdf”不是完整的 PDF，打不开：重新生成一次"):
        look_at(tmp_path / "none.pdf", 0, 600, 0)
    assert not alone


def test_pdfs_that_are_shown_printed_and_stored_at_once_come_out_as_one_after_another(
    ruler: Path, tmp_path: Path
) -> None:
    faults: list[BaseException] = []

    def repeat(act: Callable[[], Any]) -> None:
        try:
            for _time in range(TIMES):
                act()
        except BaseException as fault:  # noqa: BLE001  (told by the test)
            faults.append(fault)

    threads = [threading.Thread(target=repeat, args=(act,)) for act in acts(ruler, tmp_path)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert not faults
    assert len(page_sides(tmp_path / "joined.pdf")) == 2
