"""The township's rules for the notice-board sheet, read from `resources/disclosure` (or a copy) and validated."""

from __future__ import annotations

import csv
from pathlib import Path

from villagebooks.core.disclosure import FUNDS, OWN, FundRule, GroupRule, SheetRules
from villagebooks.core.problem import Problem, Refused, Trouble
from villagebooks.core.words import _
from villagebooks.paths import resource

DEBT, DEPRECIATION, GOODS = "debt", "depreciation", "goods"


def read_rules(standard: str, folder: Path | None = None) -> SheetRules:
    """The rules for books of one accounting standard; `Refused` names the file and what is wrong in it."""
    folder = folder or resource("disclosure")
    accounts = [row for row in _rows(folder, "accounts.csv", "standard,role,account,words") if row[0] == standard]
    rules = SheetRules(
        funds=tuple(
            FundRule(row[0], row[1], _words(row[2])) for row in _rows(folder, "funds.csv", "fund,title,keywords")
        ),
        groups=tuple(GroupRule(row[0], _words(row[1])) for row in _rows(folder, "groups.csv", "title,keywords")),
        places=tuple((row[0], row[1]) for row in _rows(folder, "places.csv", "keyword,words")),
        debts=tuple((row[2], row[3]) for row in accounts if row[1] == DEBT),
        depreciation=tuple(row[2] for row in accounts if row[1] == DEPRECIATION),
        goods=tuple(row[2] for row in accounts if row[1] == GOODS),
    )
    problems = check_rules(rules)
    if problems:
        raise Refused(problems)
    return rules


def check_rules(rules: SheetRules) -> list[Problem]:
    """One `own` fund that catches the rest, no unknown fund, group titles once each, the last group a rest."""
    problems = []
    names = [rule.fund for rule in rules.funds]
    if sorted(set(names)) != sorted(names) or OWN not in names or not set(names) <= set(FUNDS):
        problems.append(Problem(_("资金种类只能是 own、special、passing，各一行，必须有 own"), "funds.csv"))
    if any(rule.fund != OWN and not rule.keywords for rule in rules.funds):
        problems.append(Problem(_("除 own 外，每种资金要有关键词"), "funds.csv"))
    titles = [rule.title for rule in rules.groups]
    if not titles or len(set(titles)) != len(titles) or rules.groups[-1].keywords:
        problems.append(Problem(_("分组名称不能重复，最后一行是“其余”，不写关键词"), "groups.csv"))
    if not rules.debts:
        problems.append(Problem(_("没有这个会计制度的债权债务科目"), "accounts.csv"))
    return problems


def _rows(folder: Path, name: str, head: str) -> list[list[str]]:
    path = folder / name
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(_("公开榜规则文件“{name}”读不出来。").format(name=name)) from error
    columns = head.split(",")
    if not rows or rows[0] != columns or any(len(row) != len(columns) for row in rows):
        raise Refused([Problem(_("第一行应是 {head}，各行列数要相同").format(head=head), name)])
    return rows[1:]


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split("|") if word)
