"""Commands of statement layouts: list, take out, bring in, check, put to use, back to the official one."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from villagebooks.cli.place import DONE, REFUSED, Arguments, complain, deliver, office_of
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.words import _


def add_layout(
    add: Callable[..., argparse.ArgumentParser], parent: object, month: Callable[[str], Any], own: str
) -> None:
    """The commands below `layout`; `month` reads a month, `own` are the codes of the official statements."""
    command = add("list", run_layout_list, _("列出自定的格式"), parent)
    command = add("export", run_layout_export, _("格式存成 CSV；不写版本就是在用的"), parent)
    _add_report(command, own)
    command.add_argument("--version", type=int, metavar="N", help=_("第几版，0 是官方格式"))
    command.add_argument("--out", type=Path, metavar="F", help=_("写到文件，不写到屏幕"))
    command.set_defaults(format="csv")
    for name, run, words in (
        ("check", run_layout_check, _("检查一个格式文件，不保存")),
        ("import", run_layout_import, _("格式文件存为草稿，列出还不能启用的地方")),
    ):
        command = add(name, run, words, parent)
        command.add_argument("file", type=Path, metavar="FILE", help=_("列同 resources/statements 的 CSV 文件"))
        _add_report(command, own)
        command.add_argument("--title", default="", help=_("报表名称"))
        command.add_argument("--form", choices=own.split(), default="income", help=_("自编报表的栏目同哪一张"))
    command = add("use", run_layout_use, _("启用一版，从某月起"), parent)
    _add_report(command, own)
    command.add_argument("--version", type=int, required=True, metavar="N", help=_("第几版"))
    command.add_argument("--from", dest="since", type=month, required=True, metavar="YYYY-MM", help=_("起月"))
    command = add("reset", run_layout_reset, _("从某月起恢复官方格式，自编报表停用"), parent)
    _add_report(command, own)
    command.add_argument("--from", dest="since", type=month, required=True, metavar="YYYY-MM", help=_("起月"))


def _add_report(command: argparse.ArgumentParser, own: str) -> None:
    command.add_argument("report", help=_("{own}，或自编报表的代码").format(own=own.replace(" ", _("、"))))
    command.add_argument("--standard", choices=("2023", "2004"), default="2023", help=_("会计制度"))


def run_layout_list(arguments: Arguments) -> int:
    """`layout list`: every version."""
    from villagebooks.services.statement import layout_state, list_layouts

    found = list_layouts(office_of(arguments))
    if not found:
        complain(_("没有自定的报表格式，用的都是官方格式"))
    for one in found:
        print(f"{one.report} {one.standard} {one.version} {one.title} {layout_state(one)}")
    return DONE


def run_layout_export(arguments: Arguments) -> int:
    """`layout export`: a layout as CSV."""
    from villagebooks.services.statement import layout_csv

    return deliver(arguments, layout_csv(_find(arguments)))


def run_layout_check(arguments: Arguments) -> int:
    """`layout check`: what keeps a file from being used; exit 1 when something does."""
    from villagebooks.services.statement import check_draft

    return _say(*check_draft(office_of(arguments), _drafted(arguments)))


def run_layout_import(arguments: Arguments) -> int:
    """`layout import`: keep a draft, whatever is wrong in it is told."""
    from villagebooks.services.statement import check_draft, save_layout

    office = office_of(arguments)
    saved = save_layout(office, _drafted(arguments))
    _say(*check_draft(office, saved))
    print(_("已存为 {report} 第 {n} 版草稿").format(report=saved.report, n=saved.version))
    return DONE


def run_layout_use(arguments: Arguments) -> int:
    """`layout use`: a version counts from a month on."""
    from villagebooks.services.statement import use_layout

    used = use_layout(office_of(arguments), _find(arguments).uid, arguments.since)
    print(_("{title} 第 {n} 版从 {month} 起用").format(title=used.title, n=used.version, month=used.since))
    return DONE


def run_layout_reset(arguments: Arguments) -> int:
    """`layout reset`: the official layout counts again."""
    from villagebooks.services.statement import reset_layout

    reset = reset_layout(office_of(arguments), arguments.report, arguments.standard, arguments.since)
    print(_("{title} 从 {month} 起恢复官方格式").format(title=reset.title, month=reset.since))
    return DONE


def _find(arguments: Arguments) -> Any:
    """The version that is named; without one the version put to use last, else the official layout."""
    from villagebooks.services.statement import list_layouts, official_layout, official_titles

    report, standard, version = arguments.report, arguments.standard, arguments.version
    made = [one for one in list_layouts(office_of(arguments)) if (one.report, one.standard) == (report, standard)]
    if version is None:
        used = max((one for one in made if one.turn), key=lambda one: one.turn, default=None)
        found = used if used and not used.official else None
    else:
        found = next((one for one in made if one.version == version), None)
    if found is None and not version and report in official_titles():
        return official_layout(report, standard)
    if found is None:
        raise Refused([Problem(_("没有 {report} 的这一版格式").format(report=report))])
    return found


def _drafted(arguments: Arguments) -> Any:
    from villagebooks.core.statement import Layout
    from villagebooks.services.statement import official_titles, read_layout_file

    titles = official_titles()
    report, lines = arguments.report, read_layout_file(arguments.file)
    title = arguments.title or titles.get(report, report)
    form = report if report in titles else arguments.form
    return Layout("", report, arguments.standard, 0, title, form, lines)


def _say(problems: list[Problem], notices: list[Problem]) -> int:
    complain(*map(str, problems), *(_("提示：{what}").format(what=one) for one in notices))
    return REFUSED if problems else DONE
