"""The three kinds of failure: a Problem is a value, Refused carries problems, Trouble comes from the surroundings."""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.words import N_, _


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that an entry breaks, as one Chinese sentence.

    `where` names the place for a person (field, file and line, voucher), `line` is the row of a form counted from 0
    (None: the whole entry), `field` the record's field that should be painted.
    """

    text: str
    where: str = ""
    line: int | None = None
    field: str = ""

    def __str__(self) -> str:
        return _("{where}：{text}").format(where=self.where, text=self.text) if self.where else self.text


class Refused(Exception):  # noqa: N818  (a refusal is an answer, not an error of the program)
    """A service refuses an act; nothing was changed. Carries every problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class Trouble(Exception):  # noqa: N818  (named as the glossary names it)
    """The surroundings fail (disk, lock, printer, newer file): one Chinese sentence, no traceback shown."""


class Absent(Exception):  # noqa: N818  (mixed into one of the two above)
    """What somebody named (book, account, person, village) is not there: the command line ends with 4 for it."""


class Unknown(Absent, Refused):
    """Refused because what was named is not there."""


class UnknownBook(Absent, Trouble):
    """There is no book of that code."""


def refuse_if(problems: Sequence[Problem]) -> None:
    """Raise `Refused` when there is any problem."""
    if problems:
        raise Refused(problems)


_WHY: Mapping[int, str] = {
    errno.ENOENT: N_("没有这个文件或文件夹"),
    errno.EACCES: N_("没有权限"),
    errno.EPERM: N_("没有权限"),
    errno.EROFS: N_("那里只能读，不能写"),
    errno.ENOSPC: N_("磁盘已满"),
    errno.EDQUOT: N_("磁盘配额已满"),
    errno.EEXIST: N_("已有同名的文件"),
    errno.ENOTDIR: N_("路径中有一段不是文件夹"),
    errno.EISDIR: N_("那是文件夹，不是文件"),
    errno.ENOTEMPTY: N_("文件夹里还有东西"),
    errno.ENAMETOOLONG: N_("名称太长"),
    errno.EBUSY: N_("正被别的程序使用"),
    errno.EIO: N_("磁盘读写出错"),
    errno.ENODEV: N_("设备不在了"),
    errno.EFBIG: N_("文件太大"),
    errno.EMFILE: N_("打开的文件太多"),
    errno.EXDEV: N_("不在同一个磁盘上"),
    errno.EINVAL: N_("那里不能这样读写，或者名称里有不能用的字符"),
}

_WHY_WINDOWS: Mapping[int, str] = {
    19: N_("磁盘有写保护"),
    21: N_("设备没有准备好"),
    32: N_("正被别的程序使用"),
    33: N_("正被别的程序使用"),
    53: N_("连不上那个网络文件夹"),
    64: N_("连不上那个网络文件夹"),
    67: N_("连不上那个网络文件夹"),
    121: N_("连不上那个网络文件夹"),
    123: N_("名称里有不能用的字符"),
    206: N_("名称太长"),
    225: N_("被杀毒软件拦下了"),
    1203: N_("连不上那个网络文件夹"),
    1224: N_("正被别的程序使用"),
    1231: N_("连不上那个网络文件夹"),
}
"""Windows' own numbers where errno says less: an open file has “no permission” there, a long path “is not there”."""


def why(error: OSError) -> str:
    """The reason of a failed file act in Chinese; the system's own words are English on most machines."""
    said = _WHY_WINDOWS.get(getattr(error, "winerror", None) or 0) or _WHY.get(error.errno or 0, "")
    return _(said) or _("系统错误 {n}").format(n=error.errno or type(error).__name__)
