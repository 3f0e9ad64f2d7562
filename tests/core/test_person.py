from __future__ import annotations

import pytest

from villagebooks.core.person import check_id_number, id_check_digit
from villagebooks.core.problem import Problem

# the example of GB 11643 itself
EXAMPLE = "11010519491231002X"


def test_the_example_of_the_standard_is_an_id() -> None:
    assert check_id_number(EXAMPLE) == EXAMPLE


@pytest.mark.parametrize(
    "text", ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_an_id_is_read_as_people_type_it(text: str) -> None:
    assert check_id_number(text) == EXAMPLE


def test_every_single_slip_is_told_as_a_slip_or_as_no_id() -> None:
    for place in range(18):
        for digit in set("0123456789") - {EXAMPLE[place]}:
            found = check_id_number(EXAMPLE[:place] + digit + EXAMPLE[place + 1 :])
            assert isinstance(found, Problem)
            assert found.field == "id_number"


def test_a_wrong_check_digit_is_a_slip_and_a_wrong_date_is_no_id() -> None:
    slip, none = check_id_number(EXAMPLE[:17] + "1"), check_id_number("110105194902300020")
    assert isinstance(slip, Problem)
    assert "输错" in slip.text
    assert isinstance(none, Problem)
    assert "不是身份证号" in none.text


@pytest.mark.parametrize(
    "text", ["", "1" * 15, "1" * 17, "1" * 19, "0" + EXAMPLE[1:], "张三", EXAMPLE[:-1] + "Y", "²" * 18]
)
def test_other_text_is_no_id(text: str) -> None:
    assert isinstance(check_id_number(text), Problem)


def test_new_county_codes_are_accepted() -> None:
    first = "99999920200229001"
    assert check_id_number(first + id_check_digit(first)) == first + id_check_digit(first)
