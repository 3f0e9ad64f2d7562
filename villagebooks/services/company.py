"""Which windows of this user have the same books file open: each says so by a sign of life of its own. SQLite lets them
work side by side; people should know."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from villagebooks.core.problem import Trouble
from villagebooks.core.words import _
from villagebooks.paths import data_folder, make_folder
from villagebooks.services.life import Life, begin_life, bury, is_alive


@dataclass(frozen=True, slots=True)
class Company:
    """This window's own sign of life, and how many other windows have the books open."""

    life: Life | None = None
    others: int = 0

    def words(self) -> str:
        """What somebody who opens the books once more should know, empty when nobody else has; nothing is forbidden."""
        if not self.others:
            return ""
        return _(
            "这套账在这台电脑上另有 {n} 个窗口开着。两边都能做账，存下的都算数；"
            "那边存的，这边换一下账套或月份就看得到。用不着两个，就关掉一个。"
        ).format(n=self.others)

    def leave(self) -> None:
        """This window has the books open no longer."""
        if self.life:
            self.life.end()


def join_company(place: Path | str) -> Company:
    """Say that this window has these books open, and count the others that do; on a server nobody counts, and where
    nothing can be kept (no home folder) the books are opened all the same."""
    if "://" in str(place):
        return Company()
    with suppress(Trouble):
        folder = data_folder() / "open"
        make_folder(folder)
        name = hashlib.sha256(str(Path(place).resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
        signs = list(folder.glob(f"{name}-*.alive"))
        others = sum(map(is_alive, signs))
        for path in signs:
            bury(path)
        return Company(begin_life(folder / f"{name}-{uuid4().hex}.alive"), others)
    return Company()
