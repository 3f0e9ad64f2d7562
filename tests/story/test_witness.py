"""Three engines that know nothing of each other: our balance table, hledger on our journal, beancount on our tables.

Ten townships of the generator, every account, every month, to the fen; in a file and on a server.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from beancount import loader

from tests.conftest import Postgres
from tests.township import Township, write_township
from villagebooks.core.money import read_yuan, yuan_text
from villagebooks.core.period import Month
from villagebooks.services.check import check_books
from villagebooks.services.desk import Office
from villagebooks.services.export import export_csv, export_hledger
from villagebooks.services.history import import_history
from villagebooks.services.ledger import trial_balance
from villagebooks.services.office import create_office

SEEDS = ("清岑", "白雁河", "老秤湾", "石磨坪", "双柿垭", "桐油槽", "鹭背", "2026", "another", "villagebooks")
FIRST, MONTHS = Month(2025, 1), 24
Balances = dict[tuple[Month, str], int]
"""Net of an account at a month's end, debit positive, fen."""


def build_office(folder: Path, seed: str, server: Postgres | None = None) -> Office:
    """The seed's township imported into a file, or into a database of the server."""
    place = SEEDS.index(seed)
    township = Township(villages=1, years=2, vouchers=90, seed=seed, red=80, closing=place % 2 == 0)
    url = server and f"{server.new_database(f'witness_{place}')}?files={folder / 'books.files'}"
    office = create_office(url or folder / "books.vbooks", "示例镇")
    import_history(office, write_township(folder / "tables", township))
    return office


def our_balances(office: Office) -> Balances:
    """Every account of every level at the end of every month; what is not listed is zero."""
    found = {}
    for step in range(MONTHS):
        month = FIRST.plus(step)
        for row in trial_balance(office, "V001", month, month).rows:
            found[month, row.account] = row.closing_debit_fen - row.closing_credit_fen
    return found


def hledger_balances(journal: Path) -> Balances:
    """The same from hledger: historical ending balances of its monthly report, parents with what is below them."""
    done = subprocess.run(
        ["hledger", "-f", str(journal), "bal", "--monthly", "-H", "--tree", "-E", "-N", "-O", "csv", "-b", "2025-01-01",
         "-e", "2027-01-01", "--no-elide"],
        check=True, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    head, *rows = csv.reader(io.StringIO(done.stdout))
    assert len(head) == MONTHS + 1
    found = {}
    for name, *amounts in rows:
        code = name.strip().rpartition(":")[2].partition("-")[0]
        if code.isdigit():
            for step, amount in enumerate(amounts):
                fen = read_yuan(amount.removesuffix("CNY").strip())
                assert fen is not None, amount
                found[FIRST.plus(step), code] = fen
    return found


def beancount_text(tables: Path, balances: Mapping[tuple[Month, str], int]) -> str:
    """The tables as beancount reads them, with an assertion for every balance; account names begin with a letter."""
    accounts = list(rows_of(tables / "accounts.csv"))
    names = {}
    for one in accounts:
        codes = [one["code"][:end] for end in range(3, len(one["code"]) + 1, 2)]
        names[one["code"]] = ":".join([one["root"], one["book"], *(f"A{code}" for code in codes)])
    out = ['option "operating_currency" "CNY"\n']
    out += [f"2000-01-01 open {name} CNY\n" for name in names.values()]
    for line in rows_of(tables / "lines.csv"):
        if line["kind"] == "void":
            continue
        if line["line"] == "1":
            out.append(f'\n{line["date"]} * "{line["word"]}-{line["no"]}"\n')
        out.append(f"  {names[line['account']]}  {yuan_text(int(line['debit']) - int(line['credit']))} CNY\n")
    # four decimals, because beancount forgives as much as one of the last that is written
    for step in range(MONTHS):
        month = FIRST.plus(step)
        day = month.next().first_day.isoformat()
        for code, name in names.items():
            out.append(f"{day} balance {name}  {yuan_text(balances.get((month, code), 0))}00 CNY\n")
    return "".join(out)


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_account_of_every_month_is_what_hledger_and_beancount_find(tmp_path: Path, seed: str) -> None:
    assert_witnessed(build_office(tmp_path, seed), tmp_path)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_server_s_books_are_what_hledger_and_beancount_find(tmp_path: Path, seed: str, postgres: Postgres) -> None:
    assert_witnessed(build_office(tmp_path, seed, postgres), tmp_path)


def assert_witnessed(office: Office, folder: Path) -> None:
    assert [one for one in check_books(office) if one.severity == "error"] == []
    ours = our_balances(office)
    assert len(ours) > 500

    theirs = hledger_balances(export_hledger(office, "V001", folder / "out")[0])
    assert {key: fen for key, fen in theirs.items() if fen} == {key: fen for key, fen in ours.items() if fen}

    export_csv(office, "V001", folder / "out")
    text = beancount_text(folder / "out", ours)
    entries, errors, _options = loader.load_string(text)
    assert [error.message for error in errors] == []
    assert len(entries) > 1000
    office.books.close()


def test_beancount_sees_a_single_fen(tmp_path: Path) -> None:
    office = build_office(tmp_path, SEEDS[0])
    ours = our_balances(office)
    ours[Month(2026, 5), "101"] += 1
    export_csv(office, "V001", tmp_path / "out")
    _entries, errors, _options = loader.load_string(beancount_text(tmp_path / "out", ours))
    assert len(errors) == 1
    assert "Assets:V001:A101" in errors[0].message
