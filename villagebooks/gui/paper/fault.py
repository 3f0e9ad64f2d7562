"""What of a paper was refused: told and painted until it is put right, and no longer."""

from __future__ import annotations

from collections.abc import Sequence

from villagebooks.core.paper import Paper, check_paper
from villagebooks.core.problem import Problem
from villagebooks.gui.form import Form
from villagebooks.gui.page import Strip
from villagebooks.gui.paper.document import DocumentRows
from villagebooks.gui.paper.signing import Signing


class Faults:
    """Looks through the parts of a paper's form, and tells in its strip what is wrong with them."""

    def __init__(self, strip: Strip, facts: Form, people: Form, documents: DocumentRows, signing: Signing) -> None:
        self._strip, self._facts, self._people = strip, facts, people
        self._documents, self._signing = documents, signing
        facts.forgiving = people.forgiving = False
        self._told: tuple[Problem, ...] = ()
        self._said = ""

    def find(self, paper: Paper, classes: Sequence[str]) -> tuple[Problem, ...]:
        """What cannot be read; else what the paper lacks before it may be saved."""
        unread = self._facts.misread() + self._documents.misread() + self._signing.misread()
        missing = self._signing.missing()
        half = {one.where for one in missing}
        lacks = [one for one in check_paper(paper, classes) if not one.where or one.where not in half]
        return tuple(unread or [*missing, *lacks])

    def tell(self, problems: Sequence[Problem]) -> None:
        """Refused: each told once and painted, the cursor there."""
        self._show(problems)
        for part in (self._people, self._facts, self._signing):
            part.go_to_problem()

    def look_again(self, paper: Paper, classes: Sequence[str]) -> None:
        """Something was typed: what was put right is forgiven at once, what is still wrong of it stays."""
        if not self._told or self._strip.text() != self._said:
            self._told = ()  # another sentence stands there by now
            return
        places = {(one.where, one.field) for one in self._told}
        still = [one for one in self.find(paper, classes) if (one.where, one.field) in places]
        if still:
            self._show(still)
        else:
            self.forget()
            self._strip.forgive()

    def forget(self) -> None:
        """Another paper, or none."""
        self._told = ()
        self._paint(())

    def _show(self, problems: Sequence[Problem]) -> None:
        self._strip.show_problems(problems)
        self._told, self._said = tuple(problems), self._strip.text()
        self._paint(problems)

    def _paint(self, problems: Sequence[Problem]) -> None:
        for part in (self._people, self._facts, self._signing):
            part.show_problems(problems)
