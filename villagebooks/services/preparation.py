"""The slow part of an export: everybody's Argon2id and every photo made small, on all cores, kept for the next one."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter
from pathlib import Path

from sqlalchemy import Connection

from villagebooks.core.problem import Problem, Refused
from villagebooks.core.words import _
from villagebooks.db import attachment
from villagebooks.db import person as person_rows
from villagebooks.db import query as query_rows
from villagebooks.formats.query.picture import FORM, derive_picture
from villagebooks.seal.key import Argon2Cost
from villagebooks.seal.person import FieldSeal, OfficeKeys
from villagebooks.seal.query import (
    cache_bound,
    credential,
    open_stretched,
    picture_bound,
    seal_stretched,
    stretch,
)
from villagebooks.services.desk import Desk
from villagebooks.services.key import load_directory
from villagebooks.services.person import CODE_COLUMN, ID_COLUMN

Progress = Callable[[int, int], bool]
"""Told how many of how many people and pictures are done; False stops, and what is done is kept for the next time."""

_BATCH = 32
_MOST_AT_ONCE = 8
"""Threads that stretch at the same time; each takes the memory of the Argon2 cost, 64 MiB usually."""


@dataclass(frozen=True, slots=True)
class Stretching:
    """How credentials are stretched: the cost of the office, the salt of the village (16 bytes)."""

    cost: Argon2Cost
    salt: bytes


@dataclass(frozen=True, slots=True)
class SmallPictures:
    """Photos as the query file carries them, kept beside the attachments, sealed under K_cache to their original.

    What was kept and does not open (another form, damaged, put there by somebody else) is made again.
    """

    folder: Path
    key: bytes = field(repr=False)

    def read(self, sha: str) -> bytes:
        """The small picture of an original; Trouble when it must be made and the original is gone or changed."""
        bound = picture_bound(sha, FORM)
        found = open_stretched(self.key, attachment.read_small(self.folder, sha), bound)
        if found is None:
            found = derive_picture(attachment.read(self.folder, sha))
            attachment.keep_small(self.folder, sha, seal_stretched(self.key, found, bound))
        return found

    def make(self, sha: str) -> Sequence[_Made]:
        """Have it kept, so that it need not be made when the file is written."""
        self.read(sha)
        return ()


@dataclass(frozen=True, slots=True)
class _Secret:
    """What one person of the roll knows, by reader class; opened only while exporting."""

    uid: str
    by_class: Mapping[int, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Made:
    """A of a person and class; `sealed` as it is kept, None when it was kept already."""

    uid: str
    cls: int
    stretched: bytes = field(repr=False)
    sealed: bytes | None


_Job = Callable[[], Sequence[_Made]]


def prepare(
    desk: Desk, keys: OfficeKeys, how: Stretching, pictures: Sequence[_Job], progress: Progress | None
) -> dict[tuple[str, int], bytes]:
    """A of every living villager with an ID and every class that has a reader, and the pictures made beside it.

    Slow the first time, then kept. Refused when `progress` stops it.
    """
    with desk.books.read() as connection:
        classes = sorted({reader.cls for reader in load_directory(connection).readers})
        secrets = _open_secrets(connection, desk.book.village, FieldSeal(keys.field, keys.index), classes)
        cached = query_rows.cached(connection, desk.book.village)
    jobs = _spread([partial(_stretch, one, keys.cache, how, cached) for one in secrets], pictures)
    done: dict[tuple[str, int], bytes] = {}
    fresh: list[_Made] = []
    # Argon2 works outside Python's lock, so that every core of the PC helps
    with ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST_AT_ONCE)) as pool:
        try:
            for count, made in enumerate(pool.map(_call, jobs), 1):
                done |= {(one.uid, one.cls): one.stretched for one in made}
                fresh += [one for one in made if one.sealed]
                if len(fresh) >= _BATCH:
                    _keep(desk, fresh)
                    fresh.clear()
                if progress and not progress(count, len(jobs)):
                    pool.shutdown(wait=False, cancel_futures=True)
                    raise Refused([Problem(_("导出已停下；已算好的会留着，下次接着做"))])
        finally:
            _keep(desk, fresh)  # also when a photo is gone: what was stretched until then is not lost
    return done


def _spread(people: Sequence[_Job], pictures: Sequence[_Job]) -> list[_Job]:
    """Pictures evenly among the people: Pillow holds Python's lock, so that two at once would wait for each other."""
    placed = [((at + 0.5) / len(jobs), job) for jobs in (people, pictures) for at, job in enumerate(jobs)]
    return [job for _place, job in sorted(placed, key=itemgetter(0))]


def _call(job: _Job) -> Sequence[_Made]:
    return job()


def _stretch(
    person: _Secret, key: bytes, how: Stretching, cached: Mapping[tuple[str, int], bytes]
) -> list[_Made]:  # fmt: skip
    made = []
    for cls, secret in person.by_class.items():
        bound = cache_bound(secret, how.salt, how.cost)
        found = open_stretched(key, cached.get((person.uid, cls), b""), bound)
        stretched = found or stretch(secret, how.salt, how.cost)
        made.append(_Made(person.uid, cls, stretched, None if found else seal_stretched(key, stretched, bound)))
    return made


def _keep(desk: Desk, fresh: Sequence[_Made]) -> None:
    if fresh:
        with desk.books.write() as connection:
            for one in fresh:
                if one.sealed:
                    query_rows.cache(connection, one.uid, one.cls, one.sealed)


def _open_secrets(
    connection: Connection, village: str, seal: FieldSeal, classes: Sequence[int]
) -> list[_Secret]:  # fmt: skip
    columns = person_rows.sealed_columns(connection, village)
    found = []
    for person in person_rows.people(connection, village):
        sealed = columns[person.uid]
        if person.died_on or sealed.id_sealed is None:
            continue
        number = seal.open(sealed.id_sealed, ID_COLUMN, person.uid)
        by_class = {1: credential(number)} if 1 in classes else {}
        if 2 in classes and sealed.code_sealed is not None:
            by_class[2] = credential(number, seal.open(sealed.code_sealed, CODE_COLUMN, person.uid))
        found.append(_Secret(person.uid, by_class))
    return found
