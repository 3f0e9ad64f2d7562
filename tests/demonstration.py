"""The demonstration township, made once a run for all cores together; whoever opens its books takes a copy."""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from villagebooks.seal.key import Argon2Cost
from villagebooks.services.demo import Costs, DemoResult, run_demo
from villagebooks.services.demo.run import _moved

CHEAP = Argon2Cost(1, 64, 1)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Where it lies, and what it said while it was made."""

    result: DemoResult
    told: tuple[str, ...]

    def copy(self, folder: Path) -> DemoResult:
        """The whole folder once more, so that it may be opened and changed."""
        shutil.copytree(self.result.folder, folder)
        return _moved(self.result, self.result.folder, folder)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """Every core has a base folder of its own in that of the run; the first that asks makes it, the others wait."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    kept = shared / "demonstration.pickle"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            told: list[str] = []
            result = run_demo(shared / "demonstration", told.append, Costs(CHEAP, CHEAP, CHEAP))
            kept.write_bytes(pickle.dumps(Demonstration(result, tuple(told))))
    made: Demonstration = pickle.loads(kept.read_bytes())
    return made
