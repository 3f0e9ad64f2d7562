"""Work off the screen's thread: reads in a pool, writes one after another; answers come back to the screen's thread."""

from __future__ import annotations

import ctypes
import gc
import sys
import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from villagebooks.core.problem import Problem, Refused, Trouble
from villagebooks.core.words import _

Act = Callable[[], Any]
Done = Callable[[Any], None]
Refusal = Callable[[tuple[Problem, ...]], None]
Known = (Refused, Trouble)
READERS = 3
SWEEP_EVERY_MS = 5_000
MANY = 60_000
"""Objects through which a sweep looks in some 10 ms."""
PATIENCE = 12
"""Sweeps that are left out, one after another, while there are more: a read of many villages makes a million for a
moment, and most go by themselves once it is done."""


class Cancelled(Exception):  # noqa: N818  (an answer to the person who pressed cancel, not an error)
    """The person cancelled a long act between two units of its work."""


@dataclass(slots=True, eq=False)
class Job:
    """One act under way: whom to answer, and whether anybody still wants it."""

    act: Act
    done: Done
    refused: Refusal | None
    title: str = ""
    key: object = None
    cancelled: threading.Event = field(default_factory=threading.Event)
    result: Any = None
    error: BaseException | None = None
    future: Future[None] | None = None
    reads: bool = False
    saves: bool = False


class Worker(QObject):
    """The only way from the window to a service.

    `troubled` carries the one sentence of a Trouble, `refused` the problems when the caller did not take them itself,
    `broken` an unexpected exception, `working` the titles of acts under way, `progressed` (title, done, total).
    `written`: an act that somebody set off is done, and what held it up before does no more.
    `saving` carries the object that asked for an act with a title, `landed` the same once it is done and not yet told.
    `rested`: the last answer is given, nothing is under way. `failed`: what somebody set off did not come about;
    `unread` (whom it was for, by which key, why): what somebody was to see could not be read; `reread` carries the key
    once it could.
    """

    troubled = Signal(str)
    written = Signal()
    refused = Signal(object)
    broken = Signal(object)
    working = Signal(object)
    progressed = Signal(object)
    saving = Signal(object)
    landed = Signal(object)
    rested = Signal()
    failed = Signal()
    unread = Signal(object, object, str)
    reread = Signal(object)
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readers = ThreadPoolExecutor(READERS, "read")
        self._writer = ThreadPoolExecutor(1, "write")
        self._running: list[Job] = []
        self._latest: dict[object, Job] = {}
        self._closed = False
        self._answered.connect(self._deliver)

    def read(self, act: Act, done: Done, refused: Refusal | None = None, key: object = None) -> Job:
        """Run a read; with a `key`, an answer is dropped when a later read of the same key was asked for."""
        return self._start(self._readers, Job(act, done, refused, key=key))

    def write(
        self, act: Act, done: Done, refused: Refusal | None = None, title: str = "", *, beside: bool = False
    ) -> Job:  # fmt: skip
        """Run an act that changes the books, after all that were asked for before. Asked for twice in a row, by a key
        that is held or a double click, what somebody set off is done once.

        While what is written only stands `beside` what somebody types, they type on (`gui/held.py`).
        """
        last = next((job for job in reversed(self._running) if job.title), None)
        if title and last and _are_same(last.act, act) and _are_same(last.done, done):
            return last
        if title and not beside:
            self.saving.emit(_owner(done))
        return self._start(self._writer, Job(act, done, refused, title, saves=bool(title)))

    def awaits(self, done: Done) -> bool:
        """True while an answer to `done` is under way."""
        return any(job.done == done for job in self._running)

    def long(
        self, act: Callable[[Callable[[int, int], None]], Any], done: Done, title: str, refused: Refusal | None = None,
        *, reads: bool = False,
    ) -> Job:  # fmt: skip
        """Run long work that is told where to report (done, total); it stops at the next report once cancelled.

        What only `reads` goes on beside the writes.
        """
        job = Job(lambda: None, done, refused, title, reads=reads)

        def report(count: int, total: int) -> None:
            if job.cancelled.is_set():
                raise Cancelled
            self.progressed.emit((title, count, total))

        job.act = lambda: act(report)
        return self._start(self._readers if reads else self._writer, job)

    def cancel(self) -> None:
        """Ask every long act to stop between two units."""
        for job in self._running:
            job.cancelled.set()

    def is_busy(self, but: Collection[Job] = ()) -> bool:
        """True while anything is under way, `but` for these."""
        return any(job not in but for job in self._running)

    def jobs(self) -> frozenset[Job]:
        """All that is under way."""
        return frozenset(self._running)

    def titles(self) -> tuple[str, ...]:
        """What somebody set off that is under way: what is written, and long work."""
        return tuple(job.title for job in self._running if job.title)

    def close(self) -> None:
        """Wait for what writes, drop what only reads; nothing is taken on after that."""
        self._closed = True
        for job in self._running:
            if job.reads:
                job.cancelled.set()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)
        # what was dropped before it began never answers
        self._running = [one for one in self._running if one.future is None or not one.future.cancelled()]

    def _start(self, pool: ThreadPoolExecutor, job: Job) -> Job:
        if self._closed:
            return job
        self._running.append(job)
        if job.key is not None:
            self._latest[job.key] = job
        self._tell()
        job.future = pool.submit(self._run, job)
        return job

    def _run(self, job: Job) -> None:
        try:
            job.result = job.act()
        except BaseException as error:  # noqa: BLE001  (every failure is told on the screen's thread)
            job.error = error
        self._answered.emit(job)

    def _deliver(self, job: Job) -> None:
        try:
            self._answer(job)
        finally:
            if not self._running:
                self.rested.emit()

    def _answer(self, job: Job) -> None:
        self._running.remove(job)
        self._tell()
        done, refused, result, error = job.done, job.refused, job.result, job.error
        # the thread may let go of the job last: widgets must not die there
        job.done, job.refused, job.act, job.result, job.error = _nothing, None, _nothing, None, None
        if job.key is not None:
            if self._latest.get(job.key) is not job:
                return
            del self._latest[job.key]
        if error is not None and job.title:
            self.failed.emit()
        if not _is_alive(done):
            return
        if job.key is not None:  # what is written into a file for somebody has no key
            self._tell_read(job.key, _owner(done), error)
        match error:
            case None:
                if job.title:
                    self.written.emit()
                if job.saves:
                    self.landed.emit(_owner(done))
                done(result)
            case Refused() as refusal:
                (refused or self.refused.emit)(refusal.problems)
            case Cancelled():
                self.troubled.emit("")
            case Trouble() as trouble:
                self.troubled.emit(str(trouble))
            case _:
                self.broken.emit(error)

    def _tell_read(self, key: object, owner: object, error: BaseException | None) -> None:
        if error is None:
            self.reread.emit(key)
        else:
            self.unread.emit(owner, key, str(error) if isinstance(error, Known) else _("程序出了差错"))

    def _tell(self) -> None:
        self.working.emit(self.titles())


def refusing(act: Callable[..., Any]) -> Callable[..., Any]:
    """The same act, whose Trouble is a refusal: for who waits for the answer and could not ask again without one."""

    def run(*told: Any) -> Any:
        try:
            return act(*told)
        except Trouble as trouble:
            raise Refused([Problem(str(trouble))]) from trouble

    return run


class Sweeper(QObject):
    """Collects cyclic garbage on the screen's thread only: Python would else destroy widgets on any thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._left_out = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.sweep)
        self._timer.start(SWEEP_EVERY_MS)

    def sweep(self) -> None:
        """The two young generations: a few milliseconds, or later."""
        if gc.get_count()[0] > MANY and self._left_out < PATIENCE:
            self._left_out += 1
            return
        self._left_out = 0
        gc.collect(1)


def spare_modules() -> None:
    """What is loaded by now stays to the end: no collection looks through it any more, which took 100 ms."""
    gc.freeze()


def give_back() -> None:
    """Collect what pages that were let go leave behind, some 20 ms, and give free memory back to the system."""
    gc.collect()
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)  # elsewhere the system sees to it by itself


def _are_same(one: Callable[..., Any], other: Callable[..., Any]) -> bool:
    if isinstance(one, partial) and isinstance(other, partial):
        return (one.func, one.args, one.keywords) == (other.func, other.args, other.keywords)
    return one == other


def _nothing(*_answer: object) -> None:
    pass


def _owner(done: Done) -> object:
    """Whom an answer goes to."""
    while isinstance(done, partial):
        done = done.func
    return getattr(done, "__self__", None)


def _is_alive(done: Done) -> bool:
    """False when the widget that asked is gone."""
    owner = _owner(done)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
