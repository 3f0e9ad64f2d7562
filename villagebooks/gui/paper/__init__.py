"""Papers (报账单) on screen: the month's list with what belongs to each, and the form."""
