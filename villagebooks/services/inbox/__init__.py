"""The inbox: what waits for whom, and signing or sending back what was marked."""

from villagebooks.services.inbox.act import act_on_each, send_back, tally
from villagebooks.services.inbox.read import read_inbox, read_late

__all__ = ["act_on_each", "read_inbox", "read_late", "send_back", "tally"]
