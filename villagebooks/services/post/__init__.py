"""Posts: terms that end, are corrected, renamed or begun again; a post handed from one person to the next."""

from villagebooks.services.post.change import (
    attest_change,
    begin_change,
    change_signatures,
    drop_change,
    finish_change,
    keep_scan,
    list_changes,
    record_change,
    settling,
    sign_change,
)
from villagebooks.services.post.check import post_faults
from villagebooks.services.post.term import (
    correct_name,
    end_term,
    follow_post_keys,
    reappoint,
    rename_officer,
)

__all__ = [
    "attest_change",
    "begin_change",
    "change_signatures",
    "correct_name",
    "drop_change",
    "end_term",
    "finish_change",
    "follow_post_keys",
    "keep_scan",
    "list_changes",
    "post_faults",
    "reappoint",
    "record_change",
    "rename_officer",
    "settling",
    "sign_change",
]
