"""Who signs what: steps, rules by class and amount, what they ask of a paper, and whether a policy can be in force."""

from villagebooks.core.policy.check import check_people, check_policy
from villagebooks.core.policy.flow import (
    Ink,
    check_ink,
    check_papers,
    find_ink,
    paper_flow,
    paper_rule,
    voucher_flow,
)
from villagebooks.core.policy.read import policy_data, read_policy
from villagebooks.core.policy.rule import Limits, Policy, Rule
from villagebooks.core.policy.step import Step, is_reached, is_share, quorum_words

__all__ = [
    "Ink",
    "Limits",
    "Policy",
    "Rule",
    "Step",
    "check_ink",
    "check_papers",
    "check_people",
    "check_policy",
    "find_ink",
    "is_reached",
    "is_share",
    "paper_flow",
    "paper_rule",
    "policy_data",
    "quorum_words",
    "read_policy",
    "voucher_flow",
]
