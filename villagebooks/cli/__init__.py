"""The command line: the services without a window (DESIGN §6); `--help` answers at once because commands import late.

Exit codes: 0 done, 1 refused (problems on stderr, one a line), 2 usage, 3 trouble, 4 not verified or nothing found:
also a book, account or person that is not there.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from villagebooks.cli.place import DONE, NOTHING, REFUSED, TROUBLE, Arguments, complain
from villagebooks.core.problem import Absent, Refused, Trouble
from villagebooks.core.words import _, use_language

SELDOM = 20_000
"""Objects between two looks for garbage; Python's own 700 costs a tenth of the start."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    give_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n", errors="backslashreplace")
    gc.set_threshold(SELDOM)  # what loads at the start stays, so looking through it for garbage finds nothing
    words = list(sys.argv[1:] if argv is None else argv)
    _speak(words)
    arguments = _read(words)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except Refused as refused:
        complain(*map(str, refused.problems))
        return NOTHING if isinstance(refused, Absent) else REFUSED
    except Trouble as trouble:
        complain(str(trouble))
        return NOTHING if isinstance(trouble, Absent) else TROUBLE
    except KeyboardInterrupt:
        complain(_("已中断，没有做完的事没有留下痕迹"))
        return TROUBLE
    except OSError as error:
        if not is_broken_pipe(error):
            raise
        # whoever read our output has had enough; Python would complain again when it closes stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code


def give_streams() -> None:
    """A program without a console (Windows' windowed one, or started with its streams closed) has none: nothing is
    said then, instead of a fall."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  (as long as the program lives)


def is_broken_pipe(error: OSError, windows: bool = os.name == "nt") -> bool:
    """Whether nobody reads our output any more; Windows calls that an invalid argument and names no file."""
    return isinstance(error, BrokenPipeError) or (windows and error.errno == errno.EINVAL and error.filename is None)


def _read(words: Sequence[str]) -> Arguments:
    """What was asked for; nothing: the window, which needs no parser."""
    if not words:
        from villagebooks.cli.act import run_open_window

        return Arguments(run=run_open_window, books=None, lang=None)
    from villagebooks.cli.parser import build_parser

    return build_parser().parse_args(words)


def _speak(words: Sequence[str]) -> None:
    """Choose the language before the help is built, since the help is in it."""
    for place, word in enumerate(words):
        lang = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and place + 1 < len(words):
            lang = words[place + 1]
        if lang and lang != "zh":
            from villagebooks.paths import open_catalogue

            use_language(open_catalogue(lang))
