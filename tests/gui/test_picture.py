"""Pictures in the form of a paper: real files, a real clipboard, a watched folder, and the editor of the viewer."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PIL import Image as Drawn
from PIL import ImageOps
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from tests.formats.test_picture import PLACE, jpeg, opened, page, png, red_corner, scan
from tests.gui.conftest import Driver, Keyboard
from tests.services.conftest import Staff, simple_paper
from villagebooks.core.picture import BLACK, CROP, TURN_LEFT, TURN_RIGHT, Box, Edit
from villagebooks.formats.picture.edit import edit_picture
from villagebooks.gui.paper.form import PaperForm
from villagebooks.gui.picture import watch
from villagebooks.gui.picture.load import build_levels, edited, read_picture
from villagebooks.gui.picture.small import MOST
from villagebooks.gui.picture.tray import MOST_ICONS
from villagebooks.gui.picture.viewer import PictureViewer
from villagebooks.gui.picture.watch import CAMERA, SCANNER, FolderWatch
from villagebooks.gui.worker import Worker
from villagebooks.services.approval import attest_paper
from villagebooks.services.desk import Desk
from villagebooks.services.paper import list_papers, read_image, read_paper, save_paper

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key
FILES = 2_000


def memory() -> int:
    """Bytes that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


@pytest.fixture
def form(driver: Driver) -> PaperForm:
    page = driver.desktop.papers
    driver.desktop.window.go(page)
    driver.settle()
    page._lay(1)
    page.form.new(date(2026, 9, 10))
    driver.settle()
    page.form.facts.put({"words": "打印纸", "amount_fen": 74_260, "payee": "清岑墨香文具店"})
    page.form.people.put({"handler": "向丽蓉", "witness": "向其昌", "approvers": "田维国"})
    return page.form


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "扫描仪"
    folder.mkdir()
    return folder


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(target: QWidget, mime: QMimeData, at: QPointF | None = None) -> None:
    """What the system sends when files are let go over a widget."""
    point = at or QPointF(target.rect().center())
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(point.toPoint(), copy, mime, left, none))
    QApplication.sendEvent(target, QDropEvent(point, copy, mime, left, none))


def kept(desk: Desk, form: PaperForm, place: int = 0) -> bytes:
    return read_image(desk, form.documents.rows[0].images[place].sha256)


def test_photos_and_scans_are_dropped_on_the_form_and_on_a_document(
    driver: Driver, desk: Desk, form: PaperForm, scans: Path
) -> None:  # fmt: skip
    (scans / "IMG_1.JPG").write_bytes(jpeg(orientation=6))
    (scans / "发票.pdf").write_bytes(scan())
    drop(form, files(scans / "IMG_1.JPG"))
    driver.settle()
    assert len(form.documents.rows[0].images) == 1
    assert PLACE not in kept(desk, form)
    second = form.documents.add()
    second.kind.setFocus()
    QTest.qWait(10)
    drop(form, files(scans / "发票.pdf"), QPointF(second.mapTo(form, second.rect().center())))
    driver.settle()
    assert len(second.images) == 2
    assert form.shelf.pictures.count() == 2
    drop(form, files(scans / "说明.docx"))
    driver.settle()
    assert "这里收照片（JPEG、PNG）和 PDF 扫描件" in form.strip.text()
    entry = form.facts.entry("payee")
    assert isinstance(entry, QLineEdit)
    assert not entry.acceptDrops()  # the name of a file is no payee


def test_a_wrong_file_is_named_in_the_form_and_nothing_hangs(driver: Driver, form: PaperForm, scans: Path) -> None:
    (scans / "IMG_2.HEIC").write_bytes(b"\0\0\0\x18ftypheic" + bytes(99))
    (scans / "坏.jpg").write_bytes(jpeg()[:500])
    drop(form, files(scans / "IMG_2.HEIC", scans / "坏.jpg"))
    driver.settle()
    assert "IMG_2.HEIC：是苹果手机的 HEIC 照片" in form.strip.text()
    assert "坏.jpg：图片读不出来，可能没有拷完整" in form.strip.text()
    assert form.documents.rows[0].images == ()


def test_a_picture_and_copied_files_are_pasted_where_the_cursor_stands_and_words_stay_words(
    driver: Driver, form: PaperForm, keyboard: Keyboard, scans: Path
) -> None:
    clipboard = QGuiApplication.clipboard()
    form.facts.entry("payee").setFocus()
    clipboard.setImage(QImage.fromData(png()))
    keyboard.press(KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    assert len(form.documents.rows[0].images) == 1
    (scans / "a.jpg").write_bytes(jpeg())
    clipboard.setMimeData(files(scans / "a.jpg"))
    keyboard.press(KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    assert len(form.documents.rows[0].images) == 2
    # cells of Excel come as words and as a picture of them
    cells = QMimeData()
    cells.setText("利川纸业")
    cells.setImageData(QImage.fromData(png()))
    clipboard.setMimeData(cells)
    entry = form.facts.entry("payee")
    entry.selectAll()
    keyboard.press(KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    assert form.facts.values()["payee"] == "利川纸业"
    assert len(form.documents.rows[0].images) == 2
    clipboard.clear()  # nothing was ever copied: on the list this key ended in a fault
    driver.desktop.vouchers.paster.paste()


def test_pictures_dropped_on_the_list_begin_a_paper_or_go_to_the_one_that_is_chosen(
    driver: Driver, desk: Desk, staff: Staff, scans: Path
) -> None:
    (scans / "a.jpg").write_bytes(jpeg())
    papers = driver.desktop.papers
    driver.desktop.window.go(papers)
    driver.settle()
    drop(papers, files(scans / "a.jpg"))
    driver.settle()
    assert papers.stack.currentIndex() == 1
    assert len(papers.form.documents.rows[0].images) == 1
    assert not papers.form.may_leave()
    papers.form._leave()
    saved = save_paper(desk, simple_paper())
    driver.desktop.seat.tell_changed()
    driver.settle()
    QGuiApplication.clipboard().setMimeData(files(scans / "a.jpg"))
    papers.table.view.setFocus()
    QTest.keyClick(papers.table.view, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    assert papers.form.heading.text() == "第 1 号报账单"
    papers.form.save()
    driver.settle()
    assert len(read_paper(desk, saved.uid).documents[0].images) == 1
    QGuiApplication.clipboard().clear()


def wait_for(qtbot: QtBot, tray: QListWidget, count: int) -> None:
    qtbot.waitUntil(lambda: tray.count() == count, timeout=15_000)


def test_a_new_scan_shows_within_seconds_is_taken_by_enter_and_does_not_come_back(
    driver: Driver, desk: Desk, form: PaperForm, scans: Path, qtbot: QtBot, keyboard: Keyboard
) -> None:
    old = scans / "去年的.jpg"
    old.write_bytes(png())
    os.utime(old, (1_700_000_000, 1_700_000_000))
    form.watch.choose(SCANNER, str(scans))
    driver.settle()
    tray = form.shelf.tray
    (scans / "扫描1.jpg").write_bytes(jpeg(orientation=1))
    (scans / "扫描2.pdf").write_bytes(scan())
    (scans / "扫描3.jpg").write_bytes(jpeg(page(300, 200)))
    wait_for(qtbot, tray.list, 3)
    assert tray.heading.text() == "新扫描件 3"
    form.facts.entry("payee").setFocus()
    keyboard.press(KEY.Key_F7)
    tray.list.setCurrentRow(0)
    keyboard.enter()
    driver.settle()
    assert tray.list.count() == 2
    assert PLACE not in kept(desk, form)
    QTest.mouseClick(
        tray.list.viewport(), Qt.MouseButton.LeftButton, pos=tray.list.visualItemRect(tray.list.item(0)).center()
    )
    driver.settle()
    assert len(form.documents.rows[0].images) == 3  # the sheets of the scan
    tray.list.setCurrentRow(0)
    tray.list.setFocus()
    keyboard.press(KEY.Key_Delete)
    assert tray.list.count() == 0
    # the same picture under another name, and a look later, bring nothing back
    (scans / "副本.jpg").write_bytes(jpeg(page(300, 200)))
    form.watch.look()
    QTest.qWait(1_800)
    driver.settle()
    assert tray.list.count() == 0
    assert tray.hint.text() == "等新图片…"


def test_a_file_that_is_still_being_written_waits_and_one_that_stays_broken_says_so(
    driver: Driver, form: PaperForm, scans: Path, qtbot: QtBot
) -> None:
    form.watch.choose(CAMERA, str(scans))
    driver.settle()
    raw = jpeg(Drawn.effect_noise((900, 700), 80).convert("RGB"))
    (scans / "空.jpg").write_bytes(b"")
    with (scans / "大.jpg").open("wb") as file:
        for place in range(4):
            file.write(raw[place * len(raw) // 4 : (place + 1) * len(raw) // 4])
            file.flush()
            if place < 3:
                QTest.qWait(900)  # stands still for a while, yet is not whole
                assert form.shelf.tray.list.count() == 0
    wait_for(qtbot, form.shelf.tray.list, 1)
    assert form.shelf.tray.list.item(0).text() == "大.jpg"
    broken = scans / "坏.jpg"
    broken.write_bytes(raw[:2000])
    os.utime(broken, (1_800_000_000 - 1_000_000_000, 1_700_000_000))
    wait_for(qtbot, form.shelf.tray.list, 2)
    row = next(n for n in range(2) if form.shelf.tray.list.item(n).text() == "坏.jpg")
    form.shelf.tray.list.setCurrentRow(row)
    assert form.shelf.tray.hint.text() == "图片读不出来，可能没有拷完整"


def test_a_name_in_the_letters_of_another_system_shows_and_the_folder_is_looked_at_further(
    driver: Driver, form: PaperForm, scans: Path, qtbot: QtBot
) -> None:
    form.watch.choose(SCANNER, str(scans))
    driver.settle()
    Path(os.fsdecode(os.fsencode(scans) + "/发票.jpg".encode("gbk"))).write_bytes(jpeg())
    wait_for(qtbot, form.shelf.tray.list, 1)
    (scans / "两行\n的名字.jpg").write_bytes(jpeg(page(300, 200)))
    wait_for(qtbot, form.shelf.tray.list, 2)
    form.shelf.tray.list.selectAll()
    form.watch.put_away(form.shelf.tray.list.paths())
    assert form.shelf.tray.list.count() == 0


def test_a_dropped_folder_that_may_not_be_read_has_no_pictures(
    driver: Driver, form: PaperForm, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> None:
        raise PermissionError(13, "refused")

    monkeypatch.setattr(Path, "iterdir", refuse)
    drop(form, files(scans))
    driver.settle()
    assert form.documents.rows[0].images == ()
    assert driver.desktop.window.strip.text() == f"打不开文件夹 {scans}：没有权限"


def test_a_folder_dropped_from_a_slow_share_does_not_hold_the_window_up(
    driver: Driver, form: PaperForm, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (scans / "一.jpg").write_bytes(jpeg())
    list_at_once = Path.iterdir

    def list_slowly(path: Path) -> Iterator[Path]:
        time.sleep(1)
        return list_at_once(path)

    monkeypatch.setattr(Path, "iterdir", list_slowly)
    began = time.perf_counter()
    drop(form, files(scans))
    assert time.perf_counter() - began < 0.5
    driver.settle()
    assert len(form.documents.rows[0].images) == 1


def test_two_thousand_files_in_a_watched_folder_keep_no_two_thousand_pictures(
    driver: Driver, form: PaperForm, scans: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = jpeg(page(300, 200))
    for number in range(FILES):
        (scans / f"IMG_{number:04d}.jpg").write_bytes(raw + number.to_bytes(4, "big"))
    monkeypatch.setattr(watch, "AT_ONCE", 100)
    monkeypatch.setattr(watch, "STEADY_MS", 1)
    tray = form.shelf.tray
    before = memory()
    form.watch.choose(SCANNER, str(scans))
    qtbot.waitUntil(lambda: tray.list.count() == FILES, timeout=60_000)
    for row in (0, FILES // 2, FILES - 1):  # whoever scrolls through all of them sees each
        item = tray.list.item(row)
        tray.list.scrollToItem(item)
        tray.list.grab()
        driver.settle()
        assert item.scan in tray._icons
    assert len(form.watch.small) <= MOST
    assert len(tray._icons) <= MOST_ICONS
    assert memory() - before < 60 * 2**20  # a picture of each would be 300 MB


def test_what_was_put_away_stays_away_when_the_program_starts_again(
    driver: Driver, scans: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    def begin() -> FolderWatch:
        made = FolderWatch(worker, QSettings(str(tmp_path / "pc.ini"), QSettings.Format.IniFormat))
        made.start()
        return made

    worker = Worker()
    first = begin()
    first.choose(SCANNER, str(scans))
    (scans / "一.jpg").write_bytes(jpeg())
    (scans / "二.jpg").write_bytes(png())
    qtbot.waitUntil(lambda: len(first.scans) == 2, timeout=15_000)
    first.put_away([scans / "一.jpg"])
    first.stop()
    again = begin()
    assert again.folder(SCANNER) == str(scans)
    qtbot.waitUntil(lambda: [one.path.name for one in again.scans] == ["二.jpg"], timeout=15_000)
    QTest.qWait(1_000)
    assert len(again.scans) == 1
    # a folder on the network goes away and comes back
    scans.rename(scans.with_name("断开"))
    qtbot.waitUntil(lambda: bool(again.troubles), timeout=15_000)
    assert again.troubles[0].startswith(f"打不开文件夹 {scans}：没有这个文件或文件夹")
    scans.with_name("断开").rename(scans)
    qtbot.waitUntil(lambda: not again.troubles and len(again.scans) == 1, timeout=15_000)
    again.stop()
    qtbot.waitUntil(lambda: not worker.is_busy(), timeout=15_000)
    worker.close()


@pytest.fixture
def viewer(driver: Driver, form: PaperForm, qtbot: QtBot) -> PictureViewer:
    """The viewer over two pictures of the first document."""
    for picture in (page(), page(500, 300)):
        form.take_image(QImage.fromData(png(picture)))
    driver.settle()
    form.facts.entry("payee").setFocus()
    QTest.keyClick(form.facts.entry("payee"), KEY.Key_F3)
    driver.settle()
    found = form.shelf.pictures.viewer
    assert found.isVisible()
    qtbot.waitUntil(found.isActiveWindow)
    return found


def press(viewer: PictureViewer, *keys: KEY, mod: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(viewer.canvas, key, mod)


def test_a_picture_is_turned_cut_and_blackened_by_keys_undone_and_kept_as_a_new_one(
    driver: Driver, desk: Desk, form: PaperForm, viewer: PictureViewer
) -> None:
    row = form.documents.rows[0]
    old = row.images
    press(viewer, KEY.Key_M)
    assert form.documents.rows[0].images[0].checked
    press(viewer, KEY.Key_R)
    driver.settle()
    press(viewer, KEY.Key_R, mod=Qt.KeyboardModifier.ShiftModifier)
    press(viewer, KEY.Key_R)
    driver.settle()
    assert viewer.canvas._levels.whole.size().toTuple() == (480, 640)
    press(viewer, KEY.Key_C)
    press(viewer, *[KEY.Key_Up] * 40, *[KEY.Key_Left] * 40)
    press(viewer, *[KEY.Key_Down] * 60, *[KEY.Key_Right] * 60, mod=Qt.KeyboardModifier.ShiftModifier)
    assert viewer.canvas.box == Box(0, 0, 480, 640)
    press(viewer, *[KEY.Key_Up] * 5, mod=Qt.KeyboardModifier.ShiftModifier)
    cut = viewer.canvas.box
    assert cut is not None
    assert cut.high < 640
    assert f"高 {cut.high}（像素）" in viewer.hint.text()
    press(viewer, KEY.Key_Return)
    driver.settle()
    assert viewer.canvas._levels.whole.height() == cut.high
    press(viewer, KEY.Key_B, KEY.Key_Return)
    driver.settle()
    press(viewer, *[KEY.Key_Down] * 3, KEY.Key_Return)
    driver.settle()
    press(viewer, KEY.Key_Escape)
    assert viewer.isVisible()
    press(viewer, KEY.Key_Z, mod=Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    assert row.images == (form.documents.rows[0].images[0], old[1])
    press(viewer, KEY.Key_Escape)
    assert "改过还没有保存" in viewer.strip.text()
    press(viewer, KEY.Key_F6)
    driver.settle()
    new = row.images[0]
    assert new.sha256 != old[0].sha256
    assert not new.checked  # a new picture: nobody has looked at it
    made = opened(read_image(desk, new.sha256))
    assert made.size == (480, cut.high)
    assert red_corner(read_image(desk, new.sha256)) == "右上"
    black = [made.getpixel((240, y)) for y in range(0, cut.high, 4)]
    assert (0, 0, 0) in black
    assert read_image(desk, old[0].sha256)  # the old bytes are as they were
    press(viewer, KEY.Key_M)
    press(viewer, KEY.Key_Escape)
    assert not viewer.isVisible()
    assert row.images[0].checked
    assert row.checked.checkState() == Qt.CheckState.PartiallyChecked
    form.save()
    driver.settle()
    (paper,) = list_papers(desk)
    assert [(one.sha256, one.checked) for one in paper.documents[0].images] == [
        (new.sha256, True), (old[1].sha256, False)
    ]  # fmt: skip


def test_a_place_is_marked_by_the_mouse(driver: Driver, desk: Desk, form: PaperForm, viewer: PictureViewer) -> None:
    press(viewer, KEY.Key_B)
    view = viewer.canvas.viewport()
    corner, scale = viewer.canvas._corner(), viewer.canvas.scale
    start, end = (corner + QPointF(100, 200) * scale).toPoint(), (corner + QPointF(300, 260) * scale).toPoint()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    box = viewer.canvas.box
    assert box is not None
    assert abs(box.left - 100) <= 2
    assert abs(box.wide - 200) <= 3
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=(start + end) / 2)
    driver.settle()
    press(viewer, KEY.Key_Escape, KEY.Key_F6)
    driver.settle()
    made = opened(kept(desk, form))
    assert made.getpixel((200, 230)) == (0, 0, 0)
    assert made.getpixel((200, 150)) != (0, 0, 0)


def test_the_keys_zoom_and_go_from_picture_to_picture(driver: Driver, viewer: PictureViewer) -> None:
    whole = viewer.canvas.scale
    press(viewer, KEY.Key_Plus)
    assert viewer.canvas.scale == pytest.approx(whole * 1.25)
    press(viewer, KEY.Key_Minus, KEY.Key_Minus)
    assert viewer.canvas.scale < whole
    press(viewer, KEY.Key_1)
    assert viewer.canvas.scale == 1
    press(viewer, KEY.Key_0)
    assert viewer.canvas.scale == pytest.approx(whole)
    press(viewer, KEY.Key_Right)
    driver.settle()
    assert viewer.place.text().startswith("2 / 2")
    press(viewer, KEY.Key_Right, KEY.Key_Left)
    driver.settle()
    assert viewer.place.text().startswith("1 / 2")
    press(viewer, KEY.Key_R)
    press(viewer, KEY.Key_Right)
    assert "改过还没有保存" in viewer.strip.text()
    press(viewer, KEY.Key_Right)
    driver.settle()
    assert viewer.place.text().startswith("2 / 2")
    assert viewer._edits == []


def test_a_paper_is_neither_saved_nor_left_over_a_picture_that_is_changed_and_not_saved(
    driver: Driver, desk: Desk, form: PaperForm, viewer: PictureViewer
) -> None:
    press(viewer, KEY.Key_R)
    driver.settle()
    form.save()
    driver.settle()
    assert form.strip.text() == "打开的图片改过还没有保存：先保存图片，或关掉它放弃"
    assert list_papers(desk) == []
    assert not form.may_leave()
    viewer.save()
    driver.settle()
    viewer.reject()
    form.save()
    driver.settle()
    assert len(list_papers(desk)) == 1


def test_a_picture_is_taken_off_its_document(form: PaperForm, driver: Driver, viewer: PictureViewer) -> None:
    viewer.reject()
    form.shelf.pictures.setCurrentRow(1)
    form.shelf.pictures.setFocus()
    QTest.keyClick(form.shelf.pictures, KEY.Key_Delete)
    driver.settle()
    assert len(form.documents.rows[0].images) == 1
    form.documents.rows[0].checked.click()
    assert form.documents.rows[0].images[0].checked


def test_the_picture_of_a_signed_paper_is_seen_and_marked_but_not_changed(
    driver: Driver, desk: Desk, staff: Staff, form: PaperForm, viewer: PictureViewer
) -> None:
    viewer.reject()
    form.signing.form("committee").put(
        {"people": "谭德胜、田茂林", "present": 2, "agreed": 2, "size": 3, "stamp": "有"}
    )
    form.save()
    driver.settle()
    (paper,) = list_papers(desk)
    image = paper.documents[0].images[0]
    attest_paper(desk, paper.uid, staff.agent, scan=image.sha256)
    driver.desktop.seat.tell_changed()
    driver.settle()
    pictures = driver.desktop.papers.detail.pictures
    pictures.open_item(pictures.item(0))
    driver.settle()
    shown = pictures.viewer
    assert not shown._changes.isVisible()
    for key in (KEY.Key_R, KEY.Key_B, KEY.Key_C, KEY.Key_F6):
        press(shown, key)
    driver.settle()
    assert shown._edits == []
    assert not shown.canvas.is_marking
    press(shown, KEY.Key_M)
    driver.settle()
    (seen, _other) = read_paper(desk, paper.uid).documents[0].images
    assert (seen.sha256, seen.checked) == (image.sha256, True)
    assert read_paper(desk, paper.uid).state == "signed"
    shown.reject()


@pytest.mark.parametrize("form", ["RGB", "L", "P", "RGBA"])
@pytest.mark.parametrize("act", [TURN_LEFT, TURN_RIGHT])
def test_what_shows_while_a_picture_is_edited_is_what_is_kept(form: str, act: str) -> None:
    noise = Drawn.effect_noise((700, 530), 90).convert("RGB")
    noise.paste((200, 0, 0), (0, 0, 90, 40))
    raw = png(noise.convert(form))
    steps = [Edit(act), Edit(CROP, Box(13, 270, 300, 311)), Edit(BLACK, Box(20, 20, 50, 9)), Edit(act)]
    shown = build_levels(edited(read_picture(raw), steps)).whole.convertToFormat(QImage.Format.Format_RGB888)
    saved = opened(edit_picture(raw, steps))
    assert (shown.width(), shown.height()) == saved.size
    for x in range(0, saved.width, 17):
        for y in range(0, saved.height, 13):
            assert shown.pixelColor(x, y).getRgb()[:3] == saved.getpixel((x, y))


@pytest.mark.parametrize("held", range(1, 9))
def test_a_picture_stands_upright_however_the_camera_was_held(held: int) -> None:
    drawn = Drawn.new("RGB", (64, 40), (255, 255, 255))
    drawn.paste((200, 0, 0), (0, 0, 20, 10))
    exif = Drawn.Exif()
    exif[0x0112] = held
    out = io.BytesIO()
    drawn.save(out, "JPEG", exif=exif, quality=95)
    shown, wanted = read_picture(out.getvalue()), ImageOps.exif_transpose(Drawn.open(io.BytesIO(out.getvalue())))
    assert (shown.width(), shown.height()) == wanted.size
    for x, y in ((5, 5), (shown.width() - 5, 5), (5, shown.height() - 5), (shown.width() - 5, shown.height() - 5)):
        assert (shown.pixelColor(x, y).green() > 128) == (wanted.getpixel((x, y))[1] > 128)
