"""Who signs what: steps, rules by class and amount, what they ask of a paper, and whether a policy can be in force."""

from villagebooks.core.policy.check import check_people, check_policy, check_unfit
from villagebooks.core.policy.demand import (
    Band,
    Centre,
    CentreDemand,
    PaperDemand,
    centre_demands,
    paper_bands,
    paper_demands,
)
from villagebooks.core.policy.draft import (
    CHAIN,
    PolicyChange,
    Trial,
    chain_text,
    free_step_name,
    papers_text,
    policy_change,
    read_chain,
    read_list,
    read_papers,
    replace_step,
    step_word,
    try_policy,
)
from villagebooks.core.policy.flow import (
    Ink,
    check_ink,
    check_papers,
    find_ink,
    paper_flow,
    paper_rule,
    voucher_flow,
)
from villagebooks.core.policy.limit import is_overdue, slip_fen
from villagebooks.core.policy.post import Term, check_posts, post_holders, signed_outside
from villagebooks.core.policy.read import policy_data, read_policy
from villagebooks.core.policy.rule import Limits, Policy, Rule
from villagebooks.core.policy.split import Split, find_splits
from villagebooks.core.policy.step import Step, is_reached, is_share, quorum_words, step_text

__all__ = [
    "CHAIN",
    "Band",
    "Centre",
    "CentreDemand",
    "Ink",
    "Limits",
    "PaperDemand",
    "Policy",
    "PolicyChange",
    "Rule",
    "Split",
    "Step",
    "Term",
    "Trial",
    "centre_demands",
    "chain_text",
    "check_ink",
    "check_papers",
    "check_people",
    "check_policy",
    "check_posts",
    "check_unfit",
    "find_ink",
    "find_splits",
    "free_step_name",
    "is_overdue",
    "is_reached",
    "is_share",
    "paper_bands",
    "paper_demands",
    "paper_flow",
    "paper_rule",
    "papers_text",
    "policy_change",
    "policy_data",
    "post_holders",
    "quorum_words",
    "read_chain",
    "read_list",
    "read_papers",
    "read_policy",
    "replace_step",
    "signed_outside",
    "slip_fen",
    "step_text",
    "step_word",
    "try_policy",
    "voucher_flow",
]
