"""Paper for many villages at once: every village that has it, none half, the others told by name."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from tests.pdf.reading import page_sizes, words_of
from tests.services.test_sheet import desk_of, township
from villagebooks.core.batch import BatchOrder
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused, Trouble
from villagebooks.core.stationery import A4_THREE, LEDGERS, NEEDLE, NOTICES, STATEMENTS, VOUCHERS
from villagebooks.services.batch import print_batch
from villagebooks.services.desk import Office, list_books

__all__ = ["desk_of", "township"]
MONTH = Month(2026, 8)


class Stop(Exception):  # noqa: N818  (an answer, not an error)
    """Somebody pressed stop."""


class Told:
    """What was reported; stops at a unit when it is told to."""

    def __init__(self, stop_at: int = -1) -> None:
        self.seen: list[tuple[int, int]] = []
        self._stop_at = stop_at

    def __call__(self, done: int, total: int) -> None:
        self.seen.append((done, total))
        if total and done == self._stop_at:
            raise Stop


def codes(office: Office) -> tuple[str, ...]:
    return tuple(one.code for one in list_books(office))


@pytest.mark.parametrize(
    ("kind", "sheet"), [(VOUCHERS, NEEDLE), (VOUCHERS, A4_THREE), (LEDGERS, NEEDLE), (STATEMENTS, NEEDLE)]
)
def test_every_village_gets_a_file_and_what_is_done_is_counted(
    township: Office, kind: str, sheet: str, tmp_path: Path
) -> None:
    told = Told()
    order = BatchOrder(kind, codes(township), MONTH, sheet)
    made = print_batch(township, order, tmp_path / "batch", told)
    assert made.books == len(made.paths) > 1
    assert made.books + len(made.failed) == len(order.codes)
    assert sorted(one.name for one in (tmp_path / "batch").iterdir()) == [one.name for one in made.paths]
    counted = [done for done, total in told.seen if total]
    assert counted == sorted(counted)
    assert told.seen[-1][0] == told.seen[-1][1]
    sizes = {NEEDLE: (240, 140), A4_THREE: (210, 297)}
    if kind == VOUCHERS:
        assert {size for path in made.paths for size in page_sizes(path)} == {sizes[sheet]}
    again = print_batch(township, order, tmp_path / "again", Told())
    if kind != STATEMENTS:
        assert [digest(one) for one in made.paths] == [digest(one) for one in again.paths]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_one_file_of_all_holds_every_page_and_its_words(township: Office, tmp_path: Path) -> None:
    order = BatchOrder(VOUCHERS, codes(township), MONTH, NEEDLE)
    apart = print_batch(township, order, tmp_path / "apart", Told())
    told = Told()
    whole = print_batch(township, replace(order, joined=True), tmp_path / "whole", told)
    assert [one.name for one in (tmp_path / "whole").iterdir()] == ["2026-08-记账凭证.pdf"]
    assert pages(whole.paths[0]) == sum(map(pages, apart.paths))
    assert told.seen[-1][0] == told.seen[-1][1]
    words = words_of(whole.paths[0])
    assert all(line in words for line in words_of(apart.paths[-1]).splitlines() if line.strip())


def pages(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


@pytest.mark.parametrize("kind", [VOUCHERS, LEDGERS, STATEMENTS])
def test_a_batch_that_is_stopped_leaves_nothing(township: Office, kind: str, tmp_path: Path) -> None:
    order = BatchOrder(kind, codes(township), MONTH)
    told = Told()
    print_batch(township, order, tmp_path / "whole", told)
    for stop_at in {1, told.seen[-1][1] // 2, told.seen[-1][1] - 1}:
        with pytest.raises(Stop):
            print_batch(township, order, tmp_path / f"stopped-{stop_at}", Told(stop_at))
        assert list((tmp_path / f"stopped-{stop_at}").iterdir()) == []
    kept = tmp_path / "whole" / "别的.pdf"
    kept.write_bytes(b"%PDF")
    with pytest.raises(Stop):
        print_batch(township, order, tmp_path / "whole", Told(1))
    assert kept.exists(), "what lay there before is nobody's to take away"


def test_a_village_whose_paper_cannot_be_made_is_told_by_name_and_others_go_on(
    township: Office, tmp_path: Path
) -> None:
    everyone = codes(township)
    with pytest.raises(Refused) as refused:
        print_batch(township, BatchOrder(NOTICES, everyone, MONTH), tmp_path / "notices", Told())
    assert len(refused.value.problems) == len(everyone)
    names = {one.code: one.name for one in list_books(township)}
    first = str(refused.value.problems[0])
    assert first == f"{everyone[0]} {names[everyone[0]]}：2026-08 的公开榜还没有张榜"
    with pytest.raises(Refused, match="没有选账套"):
        print_batch(township, BatchOrder(VOUCHERS, (), MONTH), tmp_path / "none", Told())


def test_a_batch_over_one_file_that_is_read_only_moves_none_of_the_others(township: Office, tmp_path: Path) -> None:
    folder = tmp_path / "batch"
    order = BatchOrder(STATEMENTS, codes(township), MONTH, NEEDLE)
    made = print_batch(township, order, folder, Told())
    for path in made.paths:
        path.write_bytes(b"of last month")
    made.paths[-1].chmod(0o444)
    with pytest.raises(Trouble, match=f"“{made.paths[-1].name}”是只读的，没有改它"):
        print_batch(township, order, folder, Told())
    assert {path.read_bytes() for path in folder.iterdir()} == {b"of last month"}
