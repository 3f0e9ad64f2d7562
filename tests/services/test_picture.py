"""Pictures from files and clipboards: kept clean and once, never changed behind a signature, marked by who looked."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image as Drawn
from sqlalchemy import text

from tests.formats.test_picture import PLACE, jpeg, opened, page, png, scan
from tests.services.conftest import Staff, simple_paper
from villagebooks.core.paper import Image, Paper
from villagebooks.core.picture import BLACK, CROP, TURN_RIGHT, Box, Edit
from villagebooks.core.problem import Refused
from villagebooks.db import attachment
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk
from villagebooks.services.paper import read_image, read_paper, save_paper
from villagebooks.services.picture import edit_image, mark_image, take_bytes, take_files, take_scan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a scanner or a phone lays its files."""
    made = tmp_path / "扫描"
    made.mkdir()
    return made


def errors(desk: Desk) -> list[tuple[str, str]]:
    return [(one.table, one.row) for one in check_books(desk.office, deep=True) if one.severity == "error"]


def with_pictures(paper: Paper, *images: Image) -> Paper:
    return replace(paper, documents=(replace(paper.documents[0], images=images), *paper.documents[1:]))


def test_pictures_of_a_phone_a_scanner_and_a_clipboard_are_kept_clean_and_once(desk: Desk, folder: Path) -> None:
    (folder / "IMG_1.jpg").write_bytes(jpeg(orientation=6))
    (folder / "IMG_1 副本.jpg").write_bytes(jpeg(orientation=6))
    (folder / "发票.PDF").write_bytes(scan())
    made = take_files(desk, sorted(folder.iterdir()))
    assert len(made) == 3  # the copy is the same picture
    assert not any(one.checked for one in made)
    for one in made:
        kept = read_image(desk, one.sha256)
        assert PLACE not in kept
        assert hashlib.sha256(kept).hexdigest() == one.sha256
    assert take_bytes(desk, png())[0].media == "image/png"
    assert errors(desk) == []


def test_every_wrong_file_is_named_and_none_is_kept(desk: Desk, folder: Path) -> None:
    for name, content in (("a.jpg", jpeg()), ("b.heic", b"\0\0\0\x18ftypheic" + bytes(9)), ("c.jpg", b"")):
        (folder / name).write_bytes(content)
    with (folder / "d.jpg").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(Refused) as refused:
        take_files(desk, [*sorted(folder.iterdir()), folder / "没有.jpg"])
    said = str(refused.value)
    for part in (
        "b.heic：是苹果手机的",
        "c.jpg：是空文件",
        "d.jpg：有 200 MB，超过 64 MB",
        "没有.jpg：读不到：没有这个",
    ):
        assert part in said
    with desk.books.read() as connection:
        assert attachment.all_rows(connection) == []


def test_the_scan_that_somebody_attests_is_one_page(desk: Desk, folder: Path) -> None:
    path = folder / "审批单.pdf"
    path.write_bytes(scan(1))
    assert take_scan(desk, path).media == "image/jpeg"
    path.write_bytes(scan(2))
    with pytest.raises(Refused, match=r"审批单\.pdf：有 2 页，这里只收一页"):
        take_scan(desk, path)


def test_an_edited_picture_is_a_new_one_and_the_old_stays_what_it_was(desk: Desk) -> None:
    (old,) = take_bytes(desk, png())
    mark_image(desk, old.sha256, checked=True)
    steps = [Edit(TURN_RIGHT), Edit(CROP, Box(0, 0, 300, 200)), Edit(BLACK, Box(10, 10, 50, 20))]
    new = edit_image(desk, old.sha256, steps)
    assert new.sha256 != old.sha256
    assert not new.checked  # nobody has looked at it yet
    assert read_image(desk, old.sha256) == png()
    assert opened(read_image(desk, new.sha256)).size == (300, 200)
    assert errors(desk) == []


def test_a_picture_is_edited_until_the_paper_is_signed_and_not_behind_the_signature(
    desk: Desk, staff: Staff
) -> None:  # fmt: skip
    (old,) = take_bytes(desk, png())
    paper = save_paper(desk, with_pictures(simple_paper(), old))
    new = edit_image(desk, old.sha256, [Edit(BLACK, Box(10, 10, 50, 20))])
    changed = save_paper(desk, with_pictures(paper, new))
    assert changed.digest != paper.digest
    signed = attest_paper(desk, paper.uid, staff.agent, scan=new.sha256)
    with pytest.raises(Refused, match="报账单 1 已签字，不能再改"):
        save_paper(desk, with_pictures(signed, old))
    accepted = accept_paper(desk, paper.uid)
    with pytest.raises(Refused, match="已签字，不能再改"):
        save_paper(desk, with_pictures(accepted, old))
    assert read_paper(desk, paper.uid).documents[0].images == (new,)
    assert errors(desk) == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE document_image SET sha256 = :old WHERE sha256 = :new",
        "DELETE FROM document_image WHERE sha256 = :new",
        "INSERT INTO document_image (paper, position, ordinal, sha256) SELECT paper, 1, 9, :old FROM document_image",
    ],
)
def test_a_picture_put_in_behind_a_signature_is_found(desk: Desk, staff: Staff, sql: str) -> None:
    (old,) = take_bytes(desk, png())
    new = edit_image(desk, old.sha256, [Edit(BLACK, Box(10, 10, 50, 20))])
    paper = save_paper(desk, with_pictures(simple_paper(), new))
    attest_paper(desk, paper.uid, staff.agent, scan=new.sha256)
    accept_paper(desk, paper.uid)
    assert errors(desk) == []
    with desk.books.write() as connection:
        names = {"old": old.sha256, "new": new.sha256}
        connection.execute(text(sql), {key: one for key, one in names.items() if f":{key}" in sql})
    found = errors(desk)
    assert ("paper", paper.uid) in found or any(table == "paper" for table, _row in found)


def test_other_bytes_under_a_signed_hash_are_found_and_never_shown(desk: Desk, staff: Staff) -> None:
    (image,) = take_bytes(desk, png())
    paper = save_paper(desk, with_pictures(simple_paper(), image))
    attest_paper(desk, paper.uid, staff.agent, scan=image.sha256)
    out = io.BytesIO()
    page().transpose(Drawn.Transpose.ROTATE_90).save(out, "PNG")
    attachment.place(desk.books.files, image.sha256).write_bytes(out.getvalue())
    assert ("attachment", image.sha256) in errors(desk)
    with pytest.raises(Exception, match="的内容与登记的不符"):
        read_image(desk, image.sha256)


def test_marking_says_who_looked_and_may_be_taken_back_after_signing(desk: Desk, staff: Staff) -> None:
    (image,) = take_bytes(desk, png())
    paper = save_paper(desk, with_pictures(simple_paper(), image))
    attest_paper(desk, paper.uid, staff.agent, scan=image.sha256)
    for checked in (True, True, False):
        assert mark_image(desk, image.sha256, checked=checked).checked is checked
        (seen,) = read_paper(desk, paper.uid).documents[0].images
        assert seen.checked is checked
    assert errors(desk) == []
    with pytest.raises(Refused, match="没有登记这张图片"):
        mark_image(desk, "00" * 32, checked=True)
