"""The command of the manual."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from villagebooks.cli.place import DONE, Arguments
from villagebooks.core.keymap import KINGDEE, YONYOU
from villagebooks.core.words import _


def add_manual(add: Callable[..., argparse.ArgumentParser]) -> None:
    """`manual`."""
    command = add("manual", run_manual, _("使用手册：显示全文，或存成 PDF"))
    command.add_argument("--out", type=Path, metavar="F", help=_("文件（.pdf）"))
    command.add_argument("--keymap", choices=(YONYOU, KINGDEE), default=YONYOU, help=_("按哪一套键位写：用友、金蝶"))


def run_manual(arguments: Arguments) -> int:
    """`manual`: the text, or a PDF file of it with contents and pictures."""
    from villagebooks.services.manual import manual_chapters, manual_text
    from villagebooks.services.manual.paper import print_manual

    if arguments.out:
        print(print_manual(arguments.out, arguments.keymap))
    else:
        sys.stdout.write(manual_text(manual_chapters(arguments.keymap)))
    return DONE
