"""Words speak Chinese until a catalogue is handed in."""

from collections.abc import Iterator
from gettext import NullTranslations

import pytest

from villagebooks.core.words import _, use_language


class English(NullTranslations):
    def gettext(self, message: str) -> str:
        return {"记账凭证": "voucher", "": "header of the catalogue"}.get(message, message)


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    yield
    use_language(NullTranslations())


def test_without_a_catalogue_the_text_stands_as_written() -> None:
    assert _("记账凭证") == "记账凭证"


def test_a_catalogue_is_spoken_and_unknown_words_stay_chinese() -> None:
    use_language(English())
    assert _("记账凭证") == "voucher"
    assert _("包包账") == "包包账"


def test_an_empty_text_never_answers_the_header() -> None:
    use_language(English())
    assert _("") == ""
