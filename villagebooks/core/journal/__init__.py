"""The operation log (操作日志) as people read it: entries, a sentence for each, what was before and after."""

from villagebooks.core.journal.entry import Finding, Head, JournalEntry
from villagebooks.core.journal.field import FieldChange, Named, changes, field_label, object_words, table_word
from villagebooks.core.journal.page import ChainState, Detail, LogFilter, LogLine, LogPage
from villagebooks.core.journal.sentence import kind_word, kinds_of, sentence

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
    "changes",
    "field_label",
    "kind_word",
    "kinds_of",
    "object_words",
    "sentence",
    "table_word",
]
