"""Where the program's own files and the office's data lie, from a checkout and from a frozen program alike."""

from __future__ import annotations

import gettext
import sys
from functools import cache
from pathlib import Path

import platformdirs

from villagebooks.core.problem import Trouble, why
from villagebooks.core.words import _

PROGRAM = "VillageBooks"


def resource(*parts: str) -> Path:
    """A file or folder below `resources/`; `Trouble` when it is not there (a damaged installation)."""
    path = program_folder().joinpath("resources", *parts)
    if not path.exists():
        raise Trouble(_("程序文件不完整，缺少“{name}”，请重新安装。").format(name="/".join(parts)))
    return path


def program_folder() -> Path:
    """The folder that holds `resources/`: where PyInstaller laid the files, otherwise the checkout."""
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else _checkout()


@cache
def _checkout() -> Path:
    return Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """The folder of this user's settings, log and last opened books, made when missing; `Trouble` when it cannot be."""
    path = platformdirs.user_data_path(PROGRAM, appauthor=False)
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(_("无法建立数据文件夹“{path}”：{why}").format(path=path, why=why(error))) from error
    return path


def make_folder(path: Path) -> None:
    """A folder for files that leave, with those above it; `Trouble` when it cannot be made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(_("无法建立文件夹“{path}”：{why}").format(path=path, why=why(error))) from error


def open_catalogue(lang: str) -> gettext.NullTranslations:
    """One language's words, `resources/locale/LANG/LC_MESSAGES/villagebooks.mo`; none there: Chinese as in the code."""
    return gettext.translation("villagebooks", localedir=resource("locale"), languages=[lang], fallback=True)
