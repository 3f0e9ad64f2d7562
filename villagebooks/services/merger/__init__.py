"""合村并账 as guided acts: two drafts to sign, then the signed end of the old book; balances by former village."""

from villagebooks.services.merger.act import begin_merger, finish_merger, give_up_merger
from villagebooks.services.merger.check import former_faults, merger_faults
from villagebooks.services.merger.read import MergerState, PlanState, former_report, list_mergers, look_at_merger

__all__ = [
    "MergerState", "PlanState", "begin_merger", "finish_merger", "former_faults", "former_report", "give_up_merger",
    "list_mergers", "look_at_merger", "merger_faults",
]  # fmt: skip
