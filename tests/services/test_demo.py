"""The demonstration's data and its manners; the month itself is told in tests/story/test_month.py."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from villagebooks.core.paper import check_paper
from villagebooks.core.problem import Refused, Trouble
from villagebooks.formats.photo import FORMS
from villagebooks.paths import resource
from villagebooks.services.demo import run_demo
from villagebooks.services.demo.clock import DemoClock, working_day
from villagebooks.services.demo.data import read_vouchers
from villagebooks.services.demo.run import MARK, _put_in_place, _refuse_foreign

DATA = resource("demo", "baiyanhe")


def test_every_paper_of_the_month_may_be_signed_as_it_is_written() -> None:
    plans = [paper for voucher in read_vouchers(DATA) for paper in voucher.papers]
    assert len(plans) == 28
    for plan in plans:
        assert check_paper(plan.paper) == []
        assert all(picture.form in FORMS for pictures in plan.pictures for picture in pictures)
        assert all(pictures for pictures in plan.pictures)


def test_every_document_has_as_many_pictures_as_sheets_at_least_and_shows_its_amount() -> None:
    for voucher in read_vouchers(DATA):
        for plan in voucher.papers:
            for document, pictures in zip(plan.paper.documents, plan.pictures, strict=True):
                assert len(pictures) >= document.count
                shown = pictures[0].amount_fen
                assert shown in (0, document.amount_fen), (voucher.book, voucher.number, document.kind)


def test_lists_add_up_to_the_amount_that_stands_under_them() -> None:
    for voucher in read_vouchers(DATA):
        for plan in voucher.papers:
            for picture in (one for pictures in plan.pictures for one in pictures if one.form == "roll"):
                money = [place for place, title in enumerate(picture.columns) if title.endswith(("金额", "本月折旧"))]
                if money and picture.amount_fen:
                    cells = [row[money[-1]] for row in picture.rows]
                    assert sum(round(float(cell) * 100) for cell in cells) == picture.amount_fen, picture.title


def test_the_vouchers_balance_and_number_thirty() -> None:
    plans = read_vouchers(DATA)
    assert len(plans) == 30
    assert all(sum(line.net_fen for line in plan.lines) == 0 for plan in plans)


def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "信.txt").write_text("留着", "utf-8")
    with pytest.raises(Refused, match="已有别的东西"):
        run_demo(tmp_path, lambda _words: None)
    assert [path.name for path in tmp_path.iterdir()] == ["信.txt"]


def test_a_file_in_the_folder_s_place_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.write_text("留着", "utf-8")
    with pytest.raises(Refused):
        run_demo(place, lambda _words: None)
    assert place.read_text("utf-8") == "留着"


def test_a_place_that_cannot_be_made_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Trouble, match="不能在"):
        run_demo(tmp_path / "file" / "out", lambda _words: None)


def test_whoever_makes_it_again_in_the_same_folder_is_told_first(tmp_path: Path) -> None:
    (tmp_path / MARK).touch()
    told: list[str] = []

    def stop(words: str) -> None:
        told.append(words)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_demo(tmp_path, stop)
    assert "里有以前的演示：做完就换成新的" in told[0]
    assert [path.name for path in tmp_path.iterdir()] == [MARK]


def test_an_earlier_demonstration_is_replaced_as_a_whole(tmp_path: Path) -> None:
    out, making = tmp_path / "out", tmp_path / "out.x.part"
    for folder, name in ((out, "old"), (making, "new")):
        folder.mkdir()
        (folder / MARK).touch()
        (folder / name).touch()
    _refuse_foreign(out)
    _put_in_place(making, out)
    assert sorted(path.name for path in out.iterdir()) == [MARK, "new"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_demonstration_that_cannot_be_put_in_place_leaves_the_earlier_one(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / MARK).touch()
    with pytest.raises(Trouble, match="不能写"):
        _put_in_place(tmp_path / "nothing.part", out)
    assert [path.name for path in out.iterdir()] == [MARK]


def test_the_demonstration_s_clock_never_goes_back() -> None:
    clock = DemoClock(date(2026, 9, 1))
    clock.go_to(date(2026, 9, 3), 14)
    later = clock()
    clock.go_to(date(2026, 9, 2), 9)
    assert clock() > later
    assert later.isoformat().startswith("2026-09-03T14:00")


def test_the_office_works_from_monday_to_friday() -> None:
    assert [working_day(date(2026, 9, day)).day for day in (4, 5, 6, 7)] == [4, 7, 7, 7]
