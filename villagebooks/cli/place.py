"""Where the books are, who signs, and where goes what a command gives."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from villagebooks.core.period import Month
from villagebooks.core.problem import Problem, Refused, Trouble, Unknown
from villagebooks.core.words import _

DONE, REFUSED, USAGE, TROUBLE, NOTHING = range(5)
VARIABLE = "VILLAGEBOOKS_BOOKS"
ALL = "all"

Arguments = argparse.Namespace


def complain(*sentences: str) -> None:
    """Say sentences on stderr, one a line."""
    for sentence in sentences:
        print(sentence, file=sys.stderr)


def books_place(arguments: Arguments) -> Path | str:
    """Where the books are: `--books`, the environment, or those opened last."""
    from villagebooks.services.recent import last_books, read_place

    text = arguments.books or os.environ.get(VARIABLE) or last_books()
    if not text:
        raise Trouble(_("请用 --books 指明账套文件"))
    return read_place(text)


def office_of(arguments: Arguments) -> Any:
    """The office that the arguments name."""
    from villagebooks.services.desk import open_office

    return open_office(books_place(arguments))


def desk_of(arguments: Arguments, month: Month) -> Any:
    """The desk on the book that the arguments name."""
    from villagebooks.services.desk import open_desk

    return open_desk(office_of(arguments), arguments.book, month)


def unlocked_signers(arguments: Arguments, office: Any) -> list[Any]:
    """Everybody of `--as`, unlocked with passphrases from the descriptor (one a line, in order) or from the prompt."""
    from villagebooks.services.key import box_of, unlock

    people = arguments.people or []
    for name in people:
        try:
            box_of(office.books, name)  # somebody without a key is told before anybody types a passphrase
        except Refused:
            check_known(office, name)
            raise
    words = passphrases(arguments, [_("{name}的口令：").format(name=name) for name in people])
    return [unlock(office.books, name, one) for name, one in zip(people, words, strict=True)]


def check_known(office: Any, name: str) -> None:
    """Unknown for a person who never held a post of the centre."""
    from villagebooks.services.office import officers

    if name not in {one.name for one in officers(office) if not one.village}:
        raise Unknown([Problem(_("中心没有登记过{name}这个人").format(name=name))])


def passphrases(arguments: Arguments, prompts: Sequence[str]) -> list[str]:
    """One passphrase a prompt, from the descriptor (one a line, in order) or typed without an echo."""
    import warnings
    from getpass import GetPassWarning, getpass

    if arguments.passphrase_fd is None:
        with warnings.catch_warnings():
            warnings.simplefilter("error", GetPassWarning)  # it would type the passphrase in clear
            try:
                return [getpass(prompt) for prompt in prompts]
            except (EOFError, GetPassWarning) as error:
                raise Trouble(_("没有终端可以输口令，请用 --passphrase-fd")) from error
    try:
        with os.fdopen(arguments.passphrase_fd, encoding="utf-8") as file:
            found = file.read().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(_("从 --passphrase-fd 读不出口令")) from error
    if len(found) < len(prompts):
        raise Trouble(_("给的口令不够，每个签字的人一行"))
    return found[: len(prompts)]


def progress_on_stderr(done: int, total: int) -> None:
    """How far long work is, for a person who looks on."""
    if sys.stderr.isatty() and total:
        print(f"\r{done * 100 // total:3d} %", end="\n" if done == total else "", file=sys.stderr, flush=True)


def out_file(arguments: Arguments) -> Path:
    """The file of a format that is no text for a screen; Trouble without `--out`."""
    out: Path | None = arguments.out
    if out is None:
        raise Trouble(_("这种格式请用 --out 写到文件"))
    return out


def deliver(arguments: Arguments, content: bytes) -> int:
    """Write to `--out` whole or not at all, else to stdout."""
    if arguments.out:
        from villagebooks.services.file import save_file

        save_file(arguments.out, content)
    elif arguments.format == "xlsx":
        out_file(arguments)
    else:
        sys.stdout.write(content.decode())
    return DONE
