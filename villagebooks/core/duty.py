"""The centre's duties, and how people call them."""

from __future__ import annotations

from villagebooks.core.words import N_

DIRECTOR, AGENT, CASHIER, ARCHIVIST = "director", "agent", "cashier", "archivist"
DUTY_WORDS = {DIRECTOR: N_("中心主任"), AGENT: N_("代理会计"), CASHIER: N_("总出纳"), ARCHIVIST: N_("档案员")}
