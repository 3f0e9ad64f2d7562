"""Commands of the approval policy: show it, print the standing notice, check a file, put one in force."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from villagebooks.cli.place import DONE, NOTHING, REFUSED, Arguments, complain, deliver, office_of
from villagebooks.core.problem import Problem, Refused, Trouble, why
from villagebooks.core.words import _


def add_policy(add: Callable[..., argparse.ArgumentParser], parent: object) -> None:
    """The commands below `policy`."""
    command = add("show", run_policy_show, _("审批办法存成 JSON，能改了再启用；不写版本就是现在用的"), parent)
    command.add_argument("--version", type=int, metavar="N", help=_("第几版，0 是自带的通用办法"))
    command.add_argument("--out", type=Path, metavar="F", help=_("写到文件，不写到屏幕"))
    command.set_defaults(format="json")
    command = add("print", run_policy_print, _("权责清单：谁签什么、不收费、怎样监督"), parent)
    command.add_argument("--out", type=Path, required=True, metavar="F", help=_("文件（.pdf）"))
    for name, run, words in (
        ("check", run_policy_check, _("检查一个审批办法文件，不启用")),
        ("use", run_policy_use, _("启用一个审批办法文件，从现在起新写的单据按它办")),
    ):
        add(name, run, words, parent).add_argument("file", type=Path, metavar="FILE", help=_("policy show 那样的 JSON"))


def run_policy_show(arguments: Arguments) -> int:
    """`policy show`: as JSON; exit 4 when there is no such version."""
    from villagebooks.core.policy import policy_data
    from villagebooks.services.policy import list_policies

    versions = list_policies(office_of(arguments))
    wanted = versions[0].version if arguments.version is None else arguments.version
    found = next((one for one in versions if one.version == wanted), None)
    if found is None:
        complain(_("没有第 {n} 版审批办法").format(n=wanted))
        return NOTHING
    text = json.dumps(policy_data(found.policy), ensure_ascii=False, indent=1)
    return deliver(arguments, f"{text}\n".encode())


def run_policy_print(arguments: Arguments) -> int:
    """`policy print`: the notice of the policy in force."""
    from villagebooks.services.printout import print_policy

    print(print_policy(office_of(arguments), arguments.out))
    return DONE


def run_policy_check(arguments: Arguments) -> int:
    """`policy check`: what stands against a file; exit 1 when something does."""
    from villagebooks.core.policy import read_policy
    from villagebooks.services.policy import find_faults

    faults = find_faults(read_policy(_read(arguments.file)))
    complain(*map(str, faults))
    return REFUSED if faults else DONE


def run_policy_use(arguments: Arguments) -> int:
    """`policy use`: put a file in force."""
    from villagebooks.core.policy import read_policy
    from villagebooks.services.policy import put_policy

    kept = put_policy(office_of(arguments), read_policy(_read(arguments.file)))
    print(_("第 {n} 版审批办法已启用：{name}").format(n=kept.version, name=kept.policy.name))
    return DONE


def _read(path: Path) -> object:
    """What a JSON file holds."""
    try:
        data: object = json.loads(path.read_bytes())
    except OSError as error:
        raise Trouble(_("读不到 {path}：{why}").format(path=path.name, why=why(error))) from error
    except ValueError as error:
        raise Refused([Problem(_("不是 JSON 文件"), path.name)]) from error
    return data
