"""Whether books lie on another computer's disk: two PCs that open one file there at the same time spoil it, for what
SQLite keeps in memory of its log is not shared between them."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from contextlib import suppress
from pathlib import Path

from villagebooks.core.words import _

_REMOTE = frozenset((
    "9p", "afs", "ceph", "cifs", "coda", "davfs", "fuse.davfs", "fuse.glusterfs", "fuse.rclone", "fuse.sshfs",
    "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "smb3", "smbfs",
))  # fmt: skip
"""File systems of other computers, as Linux names them."""
_DRIVE_REMOTE = 4
_ESCAPED = re.compile(r"\\([0-7]{3})")


def share_words(place: Path | str) -> str:
    """What somebody should know who keeps books on another computer's disk, empty elsewhere and of a server's."""
    if "://" in str(place) or not is_on_share(Path(place)):
        return ""
    return _(
        "这套账放在网络共享文件夹里：只能有一台电脑开着它，两台同时开会把账弄坏，断网时刚存的可能丢。"
        "请关掉程序，把账套搬到本机硬盘；几台电脑一起用，请用服务器，手册“给管电脑的人”里有做法。"
    )


def is_on_share(place: Path) -> bool:
    """Whether the disk is another computer's; not known means no."""
    text = str(place.absolute())
    if sys.platform == "win32":
        drive = os.path.splitdrive(text)[0]
        return is_share_name(text) or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == _DRIVE_REMOTE
    with suppress(OSError):
        return mounted_as(os.path.realpath(text), Path("/proc/self/mounts").read_text("utf-8", "replace")) in _REMOTE
    return False


def is_share_name(text: str) -> bool:
    r"""Whether a path of Windows names another computer: `\\office\books`, not `C:\books` or `\\?\C:\books`."""
    plain = text.replace("/", "\\")
    return plain.upper().startswith("\\\\?\\UNC\\") or (plain.startswith("\\\\") and plain[2:4] not in ("?\\", ".\\"))


def mounted_as(path: str, mounts: str) -> str:
    """The kind of file system that a path of Linux lies on, by the lines of /proc/self/mounts; the innermost counts."""
    found = ("", "")
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        at = _ESCAPED.sub(lambda sign: chr(int(sign[1], 8)), parts[1])
        inside = path == at or path.startswith(at.rstrip("/") + "/")
        if inside and len(at) >= len(found[0]):
            found = (at, parts[2])
    return found[1]
