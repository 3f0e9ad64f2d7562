"""One function per act of a person, one transaction per act."""
