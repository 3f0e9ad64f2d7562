"""Pictures on their way into the books: the document that waits for one may be shown anew meanwhile, by another row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from villagebooks.core.paper import Image
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.picture.source import encode
from villagebooks.services.desk import Desk
from villagebooks.services.picture import TakenFiles, take_bytes, take_good_files


@dataclass(frozen=True, slots=True)
class Stored:
    """Pictures that are in the books now, and the files that they were, if they were files."""

    images: tuple[Image, ...]
    paths: tuple[Path, ...] = ()


class Storing(QObject):
    """Stores pictures; each act has a token by which the document that asked for it waits. `stored` carries the token,
    `refused` the problems of those that cannot be stored."""

    stored = Signal(str)
    refused = Signal(object)

    def __init__(self, seat: Seat, parent: QObject) -> None:
        super().__init__(parent)
        self._seat = seat
        self._found: dict[str, Stored] = {}

    def take_files(self, paths: Sequence[Path]) -> str:
        """Store files; the token."""
        token = uuid4().hex
        act = partial(take_good_files, self._seat.desk, tuple(paths))
        self._seat.worker.write(act, partial(self._take_files, token), self.refused.emit, title=_("存图片"))
        return token

    def take_image(self, picture: QImage) -> str:
        """Store a picture that is no file; the token."""
        token = uuid4().hex
        act = partial(_take_image, self._seat.desk, picture)
        self._seat.worker.write(act, partial(self._take, token), self.refused.emit, title=_("存图片"))
        return token

    def found(self, tokens: Iterable[str]) -> dict[str, Stored]:
        """Of those that are waited for, the ones that are in the books."""
        return {one: self._found[one] for one in tokens if one in self._found}

    def _take_files(self, token: str, found: TakenFiles) -> None:
        if found.paths:
            self._tell(token, Stored(found.images, found.paths))
        if found.problems:
            names = _("、").join(path.name for path in found.paths)
            rest = (Problem(_("其余的已挂上：{names}").format(names=names)),) if names else ()
            self.refused.emit((*found.problems, *rest))

    def _take(self, token: str, images: tuple[Image, ...]) -> None:
        self._tell(token, Stored(images))

    def _tell(self, token: str, stored: Stored) -> None:
        self._found[token] = stored
        self.stored.emit(token)


def _take_image(desk: Desk, picture: QImage) -> tuple[Image, ...]:
    return take_bytes(desk, encode(picture))
