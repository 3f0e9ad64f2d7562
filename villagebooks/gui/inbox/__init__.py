"""审批: the inbox over all villages, what is late, and the whistles."""
