"""The register of near relatives: who may be entered, who meets a payee's name, how an entry ends."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from villagebooks.core.problem import Refused
from villagebooks.core.relative import Relative, find_relatives
from villagebooks.services.desk import Office
from villagebooks.services.office import appoint
from villagebooks.services.relative import end_relative, register_relative, relatives


@pytest.fixture
def entered(office: Office) -> Relative:
    appoint(office, "田维国", "主任", "2024-01-01", "V01")
    return register_relative(office, Relative("", "V01", "田维国", " 田小军 ", "子女", since="2026-01-01"))


def test_a_relative_is_found_by_the_payees_name_while_the_entry_holds(office: Office, entered: Relative) -> None:
    known = relatives(office, "V01")
    assert known == [entered]
    assert entered.recorded_by == office.person
    assert find_relatives("田 小军", known, "2026-09-02") == [entered]
    assert find_relatives("田小军", known, "2025-12-31") == []
    assert find_relatives("", known, "2026-09-02") == []
    ended = end_relative(office, entered.uid, "2026-10-01", "干部已离任")
    assert find_relatives("田小军", [ended], "2026-10-01") == [ended]
    assert find_relatives("田小军", relatives(office), "2026-10-02") == []


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (Relative("", "V01", "谭德胜", "谭小军", "子女"), "谭德胜没有登记岗位：先登记任职，再登记近亲属"),
        (Relative("", "V01", "田维国", "田小军", "子女"), "田维国的田小军已经登记过"),
        (Relative("", "V01", "田维国", "田维国", "本人"), "亲属不能是干部本人；本人开的单位请写单位名称"),
        (Relative("", "V01", "田维国", "", "子女"), "没有写亲属或单位的名称"),
        (Relative("", "V01", "田维国", "田小芳", "子女", since="2026-02-30"), "没有 2026-02-30 这一天"),
    ],
)
def test_what_is_no_entry_is_refused_with_a_sentence(
    office: Office, entered: Relative, one: Relative, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        register_relative(office, one)
    assert relatives(office) == [entered]


def test_an_entry_ends_once_with_a_reason_and_is_never_taken_out(office: Office, entered: Relative) -> None:
    for day, reason in (("2025-01-01", "早"), ("2026-10-01", " ")):
        with pytest.raises(Refused):
            end_relative(office, entered.uid, day, reason)
    end_relative(office, entered.uid, "2026-10-01", "离婚")
    with pytest.raises(Refused, match="已经停用"):
        end_relative(office, entered.uid, "2026-11-01", "离婚")
    for sql in ("DELETE FROM relative", "UPDATE relative SET ended_on = ''", "UPDATE relative SET name = '别人'"):
        with pytest.raises(IntegrityError, match="只能停用"), office.books.write() as connection:
            connection.execute(text(sql))
