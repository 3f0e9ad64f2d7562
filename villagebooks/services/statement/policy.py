"""Accounting policies of the office (threshold of fixed assets, depreciation …) as the notes print them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from villagebooks.core.money import yuan_text
from villagebooks.core.problem import Problem, refuse_if
from villagebooks.core.words import N_, _, plain_text
from villagebooks.db import book as book_rows
from villagebooks.services.desk import Office, acting_office

SETTING = "accounting_policy"
STRAIGHT_LINE, WORK_UNITS = N_("年限平均法"), N_("工作量法")
DEPRECIATION_METHODS = (STRAIGHT_LINE, WORK_UNITS)
LONGEST = 200
STATUTORY_THRESHOLD_FEN = 50_000
"""财会〔2004〕12号: more than a year of use and 500 yuan or more. The 2023 rules name no amount that was verified."""


def read_policy(connection: Connection, standard: str) -> dict[str, object]:
    """What the office set for books of a standard, with the statutory values where it set nothing."""
    kept = book_rows.settings(connection, [SETTING]).get(SETTING)
    mine = kept.get(standard) if isinstance(kept, dict) else None
    usual: dict[str, object] = {
        "threshold_fen": STATUTORY_THRESHOLD_FEN if standard == "2004" else 0, "method": STRAIGHT_LINE, "lives": "",
        "stock": "",
    }  # fmt: skip
    return usual | (dict(mine) if isinstance(mine, dict) else {})


def accounting_policy(office: Office, standard: str) -> dict[str, object]:
    """The same for a form: threshold_fen, method, lives, stock."""
    with office.books.read() as connection:
        return read_policy(connection, standard)


def put_accounting_policy(office: Office, standard: str, values: Mapping[str, object]) -> None:
    """Keep the policies of a standard; every change is logged (财会〔2024〕12号 art. 20). Refused when wrong."""
    refuse_if(check_policy(values))
    with acting_office(office) as act:
        kept = book_rows.settings(act.connection, [SETTING]).get(SETTING)
        whole = dict(kept) if isinstance(kept, dict) else {}
        book_rows.put_setting(act.connection, SETTING, whole | {standard: dict(values)})
        act.record("setting", f"setting:{SETTING}")


def check_policy(values: Mapping[str, object]) -> list[Problem]:
    """Whether policies may be kept: an amount, a method that the rules allow, short texts."""
    problems = []
    threshold = values.get("threshold_fen")
    if not isinstance(threshold, int) or threshold < 0:
        problems.append(Problem(_("固定资产起点应是金额，没有就写 0"), field="threshold_fen"))
    if values.get("method") not in DEPRECIATION_METHODS:
        text = _("折旧方法只能是{a}或{b}")
        problems.append(Problem(text.format(a=_(STRAIGHT_LINE), b=_(WORK_UNITS)), field="method"))
    for name in ("lives", "stock"):
        said = values.get(name)
        if not isinstance(said, str) or len(said) > LONGEST or said != plain_text(said):
            problems.append(Problem(_("文字太长，最多 {n} 个字").format(n=LONGEST), field=name))
    return problems


def policy_sentences(policy: Mapping[str, object]) -> list[str]:
    """The policies in words, without those that nobody set."""
    said = []
    threshold = policy.get("threshold_fen")
    if isinstance(threshold, int) and threshold:
        text = _("固定资产：使用年限一年以上、单位价值 {yuan} 元以上的房屋、设备、工具和基本建设设施等。")
        said.append(text.format(yuan=yuan_text(threshold)))
    text = _("折旧：采用{method}，当月增加的下月起提，当月减少的当月照提、下月不提。")
    said.append(text.format(method=_(str(policy["method"]))))
    if policy.get("lives"):
        said.append(_("折旧年限和净残值：{text}").format(text=policy["lives"]))
    if policy.get("stock"):
        said.append(_("存货发出计价：{text}").format(text=policy["stock"]))
    return said
