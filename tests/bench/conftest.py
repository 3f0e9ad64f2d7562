"""The generated townships that are measured: how large they are, made once a run, or kept between runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bench.measure import LAST
from tests.township import Township as Generated
from tests.township import write_township
from villagebooks.core.period import Month
from villagebooks.services.desk import Office, open_office
from villagebooks.services.export import export_hledger
from villagebooks.services.history import import_history
from villagebooks.services.office import create_office

VILLAGES, COUNTY_VILLAGES, COUNTY_YEARS = 40, 540, 10


@dataclass(frozen=True, slots=True)
class Made:
    """A generated township: its three tables and the books they were imported into."""

    name: str
    folder: Path
    office: Office
    first: Month
    last: Month

    @property
    def books(self) -> Path:
        """The file of its books."""
        return self.folder / "township.vbooks"


@pytest.fixture(scope="session", autouse=True)
def statements() -> None:
    """Who measures compiles as the program does."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--years", type=int, default=10, help="years of the generated township: 10 (ty10) or 1 (ty1)")
    parser.addoption("--county", action="store_true", help="measure growth to 540 villages of ten years as well")
    parser.addoption("--kept", type=Path, help="folder where the made townships stay for the next run")


@pytest.fixture(scope="session")
def townships(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept: Path | None = request.config.getoption("--kept")
    return kept or tmp_path_factory.mktemp("townships")


@pytest.fixture(scope="session")
def township(request: pytest.FixtureRequest, townships: Path) -> Made:
    """The township that most goals speak of: 40 villages × 500 vouchers × the years of the option."""
    years = int(request.config.getoption("--years"))
    return make_township(townships, f"ty{years}", VILLAGES, years)


@pytest.fixture(scope="session")
def growth(request: pytest.FixtureRequest, townships: Path) -> list[Made]:
    """One year, ten years, and when asked for a county of ten years."""
    made = [make_township(townships, f"ty{years}", VILLAGES, years) for years in (1, 10)]
    if request.config.getoption("--county"):
        made.append(make_township(townships, "county", COUNTY_VILLAGES, COUNTY_YEARS))
    return made


@pytest.fixture(scope="session")
def journal(township: Made) -> Path:
    """The township for hledger and ledger, as we export it."""
    path = township.folder / "township.journal"
    if not path.exists():
        texts = [one.read_text(encoding="utf-8") for one in export_hledger(township.office, "all", path.parent / "out")]
        path.write_text("\n".join(texts), encoding="utf-8")
    return path


def make_township(townships: Path, name: str, villages: int, years: int) -> Made:
    """Generate and import, unless an earlier run left it."""
    folder = townships / name
    books, done = folder / "township.vbooks", folder / "done"
    if not done.exists():
        write_township(folder, Generated(villages=villages, vouchers=500, years=years, last_year=LAST))
        import_history(create_office(books, "测速乡"), folder)
        done.touch()
    return Made(name, folder, open_office(books), Month(LAST - years + 1, 1), Month(LAST, 12))
