"""The window: PySide6 shows records and calls services, and knows no table, ink, file format or key."""
