"""The operation log (操作日志) as people read it: entries, a sentence for each, what was before and after."""

from villagebooks.core.journal.entry import Finding, Head, JournalEntry
from villagebooks.core.journal.field import FieldChange, Named, changes, field_label, object_words, table_word
from villagebooks.core.journal.page import (
    ChainState,
    Detail,
    LogFilter,
    LogLine,
    LogPage,
    change_words,
    detail_words,
    state_words,
)
from villagebooks.core.journal.sentence import kind_word, kind_words, kinds_of, sentence

__all__ = [
    "ChainState",
    "Detail",
    "FieldChange",
    "Finding",
    "Head",
    "JournalEntry",
    "LogFilter",
    "LogLine",
    "LogPage",
    "Named",
    "change_words",
    "changes",
    "detail_words",
    "field_label",
    "kind_word",
    "kind_words",
    "kinds_of",
    "object_words",
    "sentence",
    "state_words",
    "table_word",
]
