"""Paper: reportlab draws records that others have filled in."""
