"""Files that leave or enter the house."""
