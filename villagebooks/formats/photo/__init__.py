"""Pictures of documents, drawn by the program for the demonstration: each says that it is a sample (演示样张)."""

from villagebooks.formats.photo.camera import LARGEST_PHOTO, draw_photo
from villagebooks.formats.photo.page import Pens, load_pens
from villagebooks.formats.photo.record import (
    BOARD,
    DITCH,
    FORMS,
    INVOICE,
    LETTER,
    RECEIPT,
    ROLL,
    SLIP,
    TABLE,
    Picture,
)

__all__ = [
    "BOARD", "DITCH", "FORMS", "INVOICE", "LARGEST_PHOTO", "LETTER", "RECEIPT", "ROLL", "SLIP", "TABLE", "Pens",
    "Picture", "draw_photo", "load_pens",
]  # fmt: skip
