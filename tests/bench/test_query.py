"""PERFORMANCE P8: a look-up against Argon2id alone, and what exporting a village's query file costs.

The file is made by the services with the real cost (SECURITY §3: t=3, 64 MiB). The floor of an export is persons ×
Argon2id / cores, measured by as many threads as the machine has cores just before and just after it, and a plain copy,
file to file, of the bytes that the pictures take in the query file. Exports are wall clock, because the goal speaks of
cores; look-ups are CPU and open the file each time. A newcomer is somebody of whom nothing of the slow step is kept.
The photos are made small in the first export of all, beside the rest, and kept: `forget` lets those go as well when all
are new. Nothing here asserts a time.
"""

from __future__ import annotations

import io
import os
import random
import shutil
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image as Picture

from tests.bench.measure import TIMES, tell, turn_about
from tests.formats import test_query as fixed
from tests.services.conftest import Clock, Staff, desk_of, line, make_office, sign_all, simple_paper, staff_of
from villagebooks.core.history import HistoryPerson
from villagebooks.core.paper import Document
from villagebooks.core.person import id_check_digit
from villagebooks.core.query import KIOSK, QueryImage
from villagebooks.core.voucher import Draft
from villagebooks.db.books import open_books
from villagebooks.formats.query import ReaderKey, open_query_file, write_query_file
from villagebooks.formats.table import Faults
from villagebooks.seal.code import make_household_code
from villagebooks.seal.query import QUERY_COST, credential, stretch
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.desk import Desk, Office, acting_office
from villagebooks.services.disclosure import put_up
from villagebooks.services.paper import attach_image, draft_voucher, save_paper
from villagebooks.services.person import enter_people
from villagebooks.services.query import export_query_file, lookup_person, make_reader
from villagebooks.services.voucher import post_voucher, save_voucher

PERSONS, NEWCOMERS = 96, 8
PAPERS, EACH = 8, 3
"""Papers of the month, and photos of each."""
PROBE = 8
"""Stretchings on each side of an export that tell what one takes now."""
LARGE, LARGE_IMAGES, LARGE_VOUCHERS = 1_500, 700, 500
LOOKUP_GOAL, EXPORT_GOAL = 1.15, 1.3
LATER = date(2026, 12, 31)
SALT = bytes(16)


@dataclass(frozen=True)
class Village:
    """The office of one village that is ready to be exported, and the kiosk's key."""

    desk: Desk
    staff: Staff
    kiosk: ReaderKey
    out: Path


@dataclass(frozen=True)
class Spent:
    """Seconds of an export and of its floor: by the clock, and of all processors."""

    clock: float
    floor: float
    cpu: float
    cpu_floor: float


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    folder = tmp_path_factory.mktemp("query")
    make_office(folder / "office.vbooks")
    office = Office(open_books(folder / "office.vbooks", Clock()))
    staff, desk = staff_of(office), desk_of(office)
    enter_roll(office)
    kiosk = make_reader(office, staff.root, 1, "kiosk-1")
    post(desk, staff, Draft(date(2026, 9, 1), (line("101", 9_000_000), line("301", credit=9_000_000))))
    photo = draw_photo()
    for number in range(PAPERS):
        post_paper(desk, staff, number, photo)
    put_up(desk, [staff.director])
    yield Village(desk, staff, kiosk, folder / "out")
    office.books.close()


def id_number(number: int) -> str:
    first = f"99012319700101{number:03d}"
    return first + id_check_digit(first)


def enter_roll(office: Office) -> None:
    chance = random.Random(8)
    people = [
        HistoryPerson("V01", f"{n:04d}", f"村民{n}", "男", id_number(n), make_household_code(chance.randbytes), "", "")
        for n in range(PERSONS)
    ]
    faults = Faults()
    with acting_office(office) as act:
        assert enter_people(act, people, [], faults) == PERSONS


def draw_photo() -> bytes:
    """12 megapixels with the grain of a phone's camera, about 2.7 MB."""
    coarse = [Picture.effect_noise((1000, 750), 24).resize((4000, 3000)) for _colour in range(3)]
    fine = Picture.effect_noise((4000, 3000), 6)
    out = io.BytesIO()
    Picture.merge("RGB", [Picture.blend(one, fine, 0.3) for one in coarse]).save(out, "JPEG", quality=88)
    return out.getvalue()


def post_paper(desk: Desk, staff: Staff, number: int, photo: bytes) -> None:
    images = tuple(attach_image(desk, photo + bytes([number, place]), checked=True) for place in range(EACH))
    document = Document("数电票", f"269900000000000{number:05d}", "2026-09-09", 74_260, 1, images)
    paper = save_paper(desk, replace(simple_paper(), documents=(document,)))
    paper = attest_paper(desk, paper.uid, staff.agent, "ab" * 32)
    accept_paper(desk, paper.uid)
    lines = (line("51302", 74_260), line("101", credit=74_260))
    post(desk, staff, replace(draft_voucher(desk, [paper.uid]), lines=lines))


def post(desk: Desk, staff: Staff, draft: Draft) -> None:
    uid = save_voucher(desk, draft).uid
    sign_all(desk, uid, staff)
    post_voucher(desk, uid)


def argon2_alone(number: int = 0) -> bytes:
    return stretch(credential(id_number(number)), SALT)


def probe(cores: int) -> tuple[float, float]:
    """Seconds that one of many stretchings takes on all cores: by the clock, and of the processors."""
    with ThreadPoolExecutor(cores) as pool:
        clock, cpu = time.perf_counter(), time.process_time()
        list(pool.map(argon2_alone, range(PROBE)))
        return (time.perf_counter() - clock) / PROBE, (time.process_time() - cpu) / PROBE


def export(village: Village) -> Path:
    return export_query_file(village.desk, [village.staff.director, village.staff.other], village.out, LATER)


def forget(village: Village, persons: int) -> None:
    """As if so many people were new: nothing of the slow step is kept of them, of all nothing of the photos either."""
    if persons == PERSONS:
        shutil.rmtree(village.desk.books.files / "small", ignore_errors=True)
    with village.desk.books.write() as connection:
        query = f"DELETE FROM credential WHERE person IN (SELECT person FROM credential LIMIT {persons})"
        connection.exec_driver_sql(query)


def picture_bytes(village: Village, path: Path) -> bytes:
    """What the pictures take in the query file, one after the other."""
    container = open_query_file(path, village.kiosk.root).container
    return b"".join(container.read(name) for name in container.names() if name.startswith("b/"))


def copy(source: Path, target: Path) -> tuple[float, float]:
    clock, cpu = time.perf_counter(), time.process_time()
    shutil.copyfile(source, target)
    return time.perf_counter() - clock, time.process_time() - cpu


def spend(village: Village, persons: int, pictures: Path) -> Spent:
    cores = os.cpu_count() or 1
    forget(village, persons)
    before = probe(cores)
    clock, cpu = time.perf_counter(), time.process_time()
    export(village)
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    after = probe(cores)
    copied = copy(pictures, village.out / "copied")
    floor, cpu_floor = (persons * (one + two) / 2 + much for one, two, much in zip(before, after, copied, strict=True))
    return Spent(clock, floor, cpu, cpu_floor)


def test_p8_a_look_up_against_argon2id_alone(village: Village) -> None:
    path = export(village)

    def look_up() -> None:
        found = lookup_person(path, village.kiosk, id_number(3))
        assert found
        found.close()

    mine, alone = turn_about(look_up, argon2_alone, times=2 * TIMES + 1)
    what = f"look-up in a file of {PERSONS} persons and {path.stat().st_size / 1e6:.0f} MB {mine * 1000:.0f} ms, "
    what += f"Argon2id alone {alone * 1000:.0f} ms: {mine / alone:.3f} times (goal {LOOKUP_GOAL})"
    tell("P8", what, mine <= LOOKUP_GOAL * alone)


def write_large(path: Path) -> str:
    """A file of a large village after a year; the ID number of one who opens it, the others' stretched by chance."""
    person, number, _code = fixed.VILLAGERS[3]
    people = [replace(person, uid=str(n), name=f"村民{n}", images=()) for n in range(LARGE)]
    stretched = {(one.uid, KIOSK): os.urandom(32) for one in people}
    stretched["3", KIOSK] = stretch(credential(number), fixed.SALT)
    vouchers = tuple(replace(fixed.VOUCHER, uid=f"v{n}", number=n + 1) for n in range(LARGE_VOUCHERS))
    images = tuple(
        QueryImage(f"v{n % LARGE_VOUCHERS}", n // LARGE_VOUCHERS + 1, "发票", f"{n:064x}", "image/jpeg", 1, 300_000)
        for n in range(LARGE_IMAGES)
    )
    content = replace(fixed.CONTENT, vouchers=vouchers, images=images, marks=())
    export = replace(
        fixed.EXPORT, content=content, people=tuple(people), stretched=stretched, cost=QUERY_COST,
        readers=(fixed.KIOSK_KEY.entry,),
    )  # fmt: skip
    photo = os.urandom(300_000)
    write_query_file(path, export, fixed.SIGNERS, lambda _sha: photo)
    return number


def test_p8_a_look_up_in_a_large_file_against_argon2id_alone(tmp_path: Path) -> None:
    path = tmp_path / "V01-4.vbq"
    number = write_large(path)

    def look_up() -> None:
        found = lookup_person(path, fixed.KIOSK_KEY, number)
        assert found
        found.close()

    mine, alone = turn_about(look_up, argon2_alone, times=2 * TIMES + 1)
    what = f"look-up in a file of {LARGE} persons and {path.stat().st_size / 1e6:.0f} MB {mine * 1000:.0f} ms, "
    what += f"Argon2id alone {alone * 1000:.0f} ms: {mine / alone:.3f} times (goal {LOOKUP_GOAL})"
    tell("P8", what, mine <= LOOKUP_GOAL * alone)


def test_p8_exports_against_argon2id_on_all_cores_and_a_copy_of_the_images(village: Village) -> None:
    path = export(village)
    pictures = village.out / "pictures"
    pictures.write_bytes(picture_bytes(village, path))
    first, later = [], []
    for _turn in range(TIMES):
        first.append(spend(village, PERSONS, pictures))
        later.append(spend(village, NEWCOMERS, pictures))
    for name, persons, turns in (("first", PERSONS, first), ("later", NEWCOMERS, later)):
        clock, cpu = (
            statistics.median(ratios)
            for ratios in zip(*((one.clock / one.floor, one.cpu / one.cpu_floor) for one in turns), strict=True)
        )
        seconds, floor = statistics.median(one.clock for one in turns), statistics.median(one.floor for one in turns)
        what = f"{name} export, {persons} of {PERSONS} persons new and {PAPERS * EACH} photos, {seconds:.2f} s, "
        what += f"Argon2id / cores + copy {floor:.2f} s: {clock:.2f} times, {cpu:.2f} of CPU (goal {EXPORT_GOAL})"
        tell("P8", what, clock <= EXPORT_GOAL)
