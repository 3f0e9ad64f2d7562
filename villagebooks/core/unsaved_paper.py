"""What stands in a paper's form and is not saved: every entry as it was typed, with the pictures that hang on it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from villagebooks.core.paper import Body, Image
from villagebooks.core.unsaved import VERSION, Kept, check_kept

MOST = 9_999
"""No body has more members than its entry takes."""
_PARTS = ("images", "bodies", "documents")
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document as typed; its pictures are stored already."""

    kind: str
    number: str
    day: str
    amount: str
    count: str
    images: tuple[Image, ...]


@dataclass(frozen=True, slots=True)
class PaperText:
    """The whole form: every entry as typed (`day` ISO), the consents, the documents."""

    day: str
    words: str
    spending_class: str
    direction: str
    amount: str
    payee: str
    paid_how: str
    group: str
    basis: str
    handler: str
    witness: str
    approvers: str
    bodies: tuple[Body, ...]
    documents: tuple[DocumentText, ...]


@dataclass(frozen=True, slots=True)
class UnsavedPaper(Kept):
    """A paper that was typed and not saved."""

    paper: PaperText

    @property
    def day(self) -> date:
        """Its date."""
        return date.fromisoformat(self.paper.day)


def read_unsaved_paper(text: str) -> UnsavedPaper | None:
    """From such a text; None when it is none, or of another version, or anything in it is not what it should be."""
    try:
        found = json.loads(text)
        if found.pop("version") != VERSION:
            return None
        paper = found.pop("paper")
        bodies = tuple(_read_body(one) for one in paper.pop("bodies"))
        documents = tuple(_read_document(one) for one in paper.pop("documents"))
        one = UnsavedPaper(**found, paper=PaperText(**paper, bodies=bodies, documents=documents))
        check_kept(one)
        _check_words(one.paper)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return None
    return one


def _read_document(told: dict[str, Any]) -> DocumentText:
    images = tuple(_read_image(one) for one in told.pop("images"))
    found = DocumentText(**told, images=images)
    _check_words(found)
    return found


def _read_image(told: dict[str, Any]) -> Image:
    found = Image(**told)
    _check_kinds(found, Image("", 0, ""))
    if not _SHA256.fullmatch(found.sha256):
        raise ValueError(told)
    return found


def _read_body(told: dict[str, Any]) -> Body:
    people = tuple(told.pop("people"))
    found = Body(**told, people=people)
    _check_kinds(found, Body("", (), 0, 0, 0))
    numbers = (found.present, found.agreed, found.size)
    if not all(isinstance(name, str) for name in people) or not all(0 <= number <= MOST for number in numbers):
        raise ValueError(told)
    return found


def _check_words(found: PaperText | DocumentText) -> None:
    """Every part is a text, but for the tuples, which were read part by part."""
    if not all(isinstance(part, str) or name in _PARTS for name, part in asdict(found).items()):
        raise TypeError(found)


def _check_kinds(found: Image | Body, usual: Image | Body) -> None:
    """Every part is of the kind that it usually is."""
    kinds = [type(part) for part in asdict(usual).values()]
    if [type(part) for part in asdict(found).values()] != kinds:
        raise TypeError(found)
