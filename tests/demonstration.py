"""What is made once a run for all cores together, the demonstration first; whoever opens its books takes a copy."""

from __future__ import annotations

import fcntl
import pickle
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from xdist import is_xdist_worker

from villagebooks.seal.key import Argon2Cost
from villagebooks.services.demo import Costs, DemoResult, run_demo
from villagebooks.services.demo.run import _moved

CHEAP = Argon2Cost(1, 64, 1)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Where it lies, and what it said while it was made."""

    result: DemoResult
    told: tuple[str, ...]

    def copy(self, folder: Path) -> DemoResult:
        """The whole folder once more, so that it may be opened and changed."""
        shutil.copytree(self.result.folder, folder)
        return _moved(self.result, self.result.folder, folder)


def made_for_all(request: pytest.FixtureRequest, name: str, make: Callable[[Path], T]) -> T:
    """What `make` answers after it filled a new folder; the first core that asks makes it, the others wait.

    Every core has a base folder of its own in that of the run. What lies in this one is only copied.
    """
    base: Path = request.getfixturevalue("tmp_path_factory").getbasetemp()
    # a run of its own that a test starts has the surroundings of its core, and is none
    shared = base.parent if is_xdist_worker(request) else base
    kept = shared / f"{name}.pickle"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            shutil.rmtree(shared / name, ignore_errors=True)  # of a core where it failed
            kept.write_bytes(pickle.dumps(make(shared / name)))
    answer: T = pickle.loads(kept.read_bytes())
    return answer


@pytest.fixture(scope="session")
def demonstration(request: pytest.FixtureRequest) -> Demonstration:
    def make(folder: Path) -> Demonstration:
        told: list[str] = []
        result = run_demo(folder, told.append, Costs(CHEAP, CHEAP, CHEAP))
        return Demonstration(result, tuple(told))

    return made_for_all(request, "demonstration", make)
