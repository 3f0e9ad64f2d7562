"""What the command line says of words that it does not understand: in Chinese, like everything else it says."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, NoReturn

from villagebooks.cli.place import USAGE, complain
from villagebooks.core.words import N_, _

_SAYINGS = (
    (r"argument (?P<what>[^-].*?): invalid choice: '?(?P<word>.*?)'? \(choose from (?P<more>.+)\)",
     N_("“{word}”不对，只能是：{more}")),
    (r"argument (?P<what>.+?): invalid choice: '?(?P<word>.*?)'? \(choose from (?P<more>.+)\)",
     N_("{what} 不能是“{word}”，只能是：{more}")),
    (r"argument (?P<what>.+?): invalid \w+ value: '(?P<word>.*)'", N_("{what} 不能是“{word}”")),
    (r"argument (?P<what>.+?): expected .*", N_("{what} 后面要写一个值")),
    (r"argument (?P<what>.+?): not allowed with argument (?P<more>.+)", N_("{what} 不能和 {more} 一起用")),
    (r"argument (?P<what>.+?): ignored explicit argument '(?P<word>.*)'", N_("{what} 后面不能写“{word}”")),
    (r"argument (?P<what>.+?): (?P<more>.*)", "{what}：{more}"),
    (r"the following arguments are required: (?P<more>.+)", N_("还要写：{more}")),
    (r"one of the arguments (?P<more>.+) is required", N_("要写其中一个：{more}")),
    (r"unrecognized arguments: (?P<more>.+)", N_("不认识：{more}")),
    (r"ambiguous option: (?P<what>.+) could match (?P<more>.+)", N_("{what} 可以是几个选项：{more}")),
)  # fmt: skip
"""argparse's English sentences and ours."""


class Parser(argparse.ArgumentParser):
    """argparse with Chinese headings and one Chinese sentence for what is wrong; the exit code stays 2."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Formatter, **options)
        self._positionals.title, self._optionals.title = _("参数"), _("选项")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is; nothing was done."""
        complain(_("{saying}。{program} --help 有全部写法").format(saying=_say(message), program=self.prog))
        sys.exit(USAGE)


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, _("用法：") if prefix is None else prefix)


_COMMAND = re.compile(r"argument COMMAND: invalid choice: '?(?P<word>.*?)'? \(choose from (?P<more>.+)\)", re.DOTALL)


def _say(message: str) -> str:
    command = _COMMAND.fullmatch(message)
    if command:
        return _no_command(command["word"], command["more"].replace("'", "").split(", "))
    for pattern, words in _SAYINGS:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return _(words).format(**{name: text.replace("'", "") for name, text in match.groupdict().items()})
    return message


def _no_command(word: str, known: list[str]) -> str:
    """A mistyped command, with the one that was meant where one is near; else all of them."""
    near = get_close_matches(word, known, 1)
    if near:
        return _("没有“{word}”这个命令，是不是 {near}").format(word=word, near=near[0])
    return _("没有“{word}”这个命令；有的是 {known}").format(word=word, known=_("、").join(known))


def count(text: str) -> int:
    """A whole number from 0 on."""
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise argparse.ArgumentTypeError(_("“{text}”不是个数，应写 0 或更大的整数").format(text=text))
    return int(text)


def place(text: str) -> str:
    """Where books are; an empty text is a script's variable that is not set, never the books opened last."""
    if not text.strip():
        raise argparse.ArgumentTypeError(_("后面是空的，请写账套文件或服务器地址"))
    return text
