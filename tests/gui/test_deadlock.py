"""Pictures read off the screen's thread while the screen draws its arrows: the window once stood still for ever."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import io, sys, threading
from PIL import Image
from PySide6.QtGui import QGuiApplication, QImageReader
from villagebooks.gui.picture.load import read_picture
from villagebooks.paths import resource

application = QGuiApplication(["pictures", "-platform", "offscreen"])
out = io.BytesIO()
Image.new("RGB", (60, 40), (90, 80, 70)).save(out, "JPEG")
raw, arrow = out.getvalue(), str(resource("icons", "chevron-down.svg"))
threads = [threading.Thread(target=lambda: [read_picture(raw) for _one in range(1500)]) for _two in range(3)]
for one in threads:
    one.start()
while any(one.is_alive() for one in threads):
    assert not QImageReader(arrow).size().isEmpty()
print("both went on")
"""


def test_the_window_stood_still_when_pictures_of_papers_were_read_while_it_was_drawn() -> None:
    told = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.strip() == "both went on"
