"""设置 → 审批办法: the township's policy as a draft that is changed, tried, and put in force."""
