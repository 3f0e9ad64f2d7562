#!/usr/bin/env python3
"""Sets VillageBooks up and runs it: `make` and `run.cmd` call this one script, with the same words.

Standard library only, and readable by an old Python too, so that even that one gets a sentence instead of a traceback.
"""

from __future__ import annotations

import ast
import ctypes
import errno
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "installed"
LOG = ROOT / "build" / "setup.log"
DEMO = ROOT / "demo-out"

OLDEST, NEWEST = (3, 11), (3, 13)
LOCKS = {"runtime": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
# What the environment and pip's own temporary copies need at the most, in MB.
ROOM_MB = {"runtime": 1200, "dev": 2500}

# The shared libraries that Qt loads, each with the Debian package that brings it.
QT_LIBRARIES = {
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libglib2.0-0": "libgthread-2.0.so.0",
    "libfontconfig1": "libfontconfig.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libx11-xcb1": "libX11-xcb.so.1",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-glx0": "libxcb-glx.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-render0": "libxcb-render.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-shm0": "libxcb-shm.so.0",
    "libxcb-sync1": "libxcb-sync.so.1",
    "libxcb-xfixes0": "libxcb-xfixes.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libcups2": "libcups.so.2",
}
# How pip names each package that it takes up, be it fetched, from a folder, there already or for another system.
TAKEN_UP = re.compile(r"(?:Collecting|Processing|Ignoring|Requirement already satisfied:) (\S+)")

# The programs that tests call as witnesses; PostgreSQL's server stands beside the path.
TEST_PROGRAMS = {
    "chromium": ("/usr/bin/chromium",),
    "poppler-utils": ("/usr/bin/pdftotext", "/usr/bin/pdftoppm"),
    "hledger": ("/usr/bin/hledger",),
    "postgresql": ("/usr/lib/postgresql/*/bin/initdb",),
    "binutils": ("/usr/bin/objdump",),
}

# What `soak` asks of tests that the ordinary run has too: every look, many rows of every table, many more kills.
LONGER = {"VILLAGEBOOKS_SOAK": "1", "VILLAGEBOOKS_KILLS": "500"}
GO_FURTHER = ("gui/test_walk.py", "gui/test_restless.py", "services/test_field.py", "story/test_kill.py")

# Columns of a line that says which package is taken up.
LONGEST_NAME = 60

# How long a program that is to end may tidy up.
PATIENCE_S = 20

USAGE = """用法：python3 setup_villagebooks.py [命令]

  run      安装（如需要）并运行演示乡镇的一整个月；有显示器时打开窗口（默认）
  install  只安装，得到 .venv 里的 villagebooks 命令
  test     安装开发工具，检查格式、类型、楼层约定，运行全部测试
  lint     只检查格式、类型与楼层约定
  bench    测速：每个目标一行，数字、目标、到没到
  soak     长时间连续使用的测试
  words    从代码中取出文字，更新 resources/locale
  screenshots  从演示乡镇的真窗口截取手册和 README 的图片
  lock     重新生成依赖锁定文件
  package  打包成免安装的程序，放在 dist/villagebooks
"""


class Stop(Exception):  # noqa: N818  (it is how the script ends early, with its one sentence)
    """The set-up cannot go on; the text is the one sentence that the person reads."""


def say(text: str) -> None:
    """One line for the person at the terminal, at once."""
    print(text, flush=True)


# -- what must be there before anything is installed -----------------------------------------------


def fitting_python() -> str:
    """The interpreter to build the environment with: this one when its version fits, else a fitting one on the path."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return sys.executable
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        version = "3.%d" % minor  # noqa: UP031  (an old Python reads this line too)
        found = shutil.which("python" + version) or from_launcher(version)
        if found:
            return found
    raise Stop("需要 Python 3.11、3.12 或 3.13，现在的是 {}.{}；请安装合适的版本后再试。".format(*sys.version_info[:2]))


def from_launcher(version: str, launcher: str | None = shutil.which("py") if os.name == "nt" else None) -> str:
    """Where the launcher of Windows, which has no python3.12 on its path, knows this version to be; empty: nowhere."""
    command = [str(launcher), "-" + version, "-c", "import sys; print(ascii(sys.executable))"]
    if not launcher or not runs(command):
        return ""
    done = subprocess.run(command, capture_output=True, encoding="ascii", errors="replace", check=False)
    return str(ast.literal_eval(done.stdout.strip().rpartition("\n")[2]))


def check_room(kind: str) -> None:
    """Stop when the disk that holds this folder has no room for the environment."""
    free = shutil.disk_usage(ROOT).free // 2**20
    if free < ROOM_MB[kind]:
        raise Stop(f"磁盘空间不够：这里还剩 {free} MB，安装需要 {ROOM_MB[kind]} MB；请清理后再试。")


def missing_packages(kind: str) -> list[str]:
    """The Debian packages whose library, program or module is not on this machine."""
    missing = [] if importlib.util.find_spec("ensurepip") else ["python3-venv"]
    missing += [package for package, library in QT_LIBRARIES.items() if not loads(library)]
    if kind == "dev":
        missing += missing_shared_python()
        for package, patterns in TEST_PROGRAMS.items():
            if not all(any(Path("/").glob(pattern[1:])) for pattern in patterns):
                missing.append(package)
    return missing


def missing_shared_python() -> list[str]:
    """Debian's package of Python as a shared library, which freezing needs, when it is not there."""
    name = str(sysconfig.get_config_var("INSTSONAME"))
    there = loads(name) or (Path(str(sysconfig.get_config_var("LIBDIR"))) / name).exists()
    return [] if there or ".so" not in name else ["libpython{}.{}".format(*sys.version_info[:2])]


def loads(library: str) -> bool:
    """Whether the system's loader finds this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def provide_packages(kind: str) -> None:
    """Install what the system lacks when we may, else name it in one line; Linux only."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_packages(kind)
    if not missing:
        return
    if not shutil.which("apt-get"):
        say("提示：系统缺少这些库或程序（Debian 的包名）：" + " ".join(missing))
        return
    if os.geteuid() != 0:
        say("系统缺少软件包，请先运行：sudo apt-get install -y " + " ".join(missing))
        if "python3-venv" in missing:
            raise Stop("没有 python3-venv 就无法建立运行环境，请先安装上一行所列的软件包。")
        return
    say(f"安装系统软件包（{len(missing)} 个）：" + " ".join(missing))
    surroundings = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    sentence = "系统软件包没有装上：请检查网络和软件源（详见 build/setup.log）。"
    log_run(["apt-get", "update", "-q"], sentence, surroundings)
    log_run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing], sentence, surroundings)


# -- the environment -------------------------------------------------------------------------------


def stamp_of(kind: str, python: str) -> str:
    """What an installation of this kind depends on, as one line; another line means that it must be done again."""
    digest = hashlib.sha256()
    for path in (LOCKS[kind], ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return f"{kind} {digest.hexdigest()} {python} {ROOT}"


def install(kind: str) -> None:
    """Make `.venv` hold exactly what the lock names, and the project itself; nothing is done when it already does."""
    python = fitting_python()
    stamp = stamp_of(kind, python)
    done = STAMP.is_file() and stamp in STAMP.read_text(encoding="utf-8").splitlines()
    if not done:
        check_room(kind)
    provide_packages(kind)
    if done:
        return
    if not runs([str(BIN / "python"), "-c", "import pip"]):
        say("建立运行环境 .venv …")
        sentence = "运行环境 .venv 没有建成（详见 build/setup.log）。"
        log_run([python, "-m", "venv", "--clear", str(VENV)], sentence, dict(os.environ))
    STAMP.unlink(missing_ok=True)
    install_lock(LOCKS[kind])
    say("安装村账本身 …")
    pip(["--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    # What tests need holds what the program needs.
    held = [stamp] if kind == "runtime" else [stamp, stamp_of("runtime", python)]
    STAMP.write_text("\n".join(held) + "\n", encoding="utf-8")
    say("安装完成。")


def install_lock(lock: Path) -> None:
    """Install every package of the lock, each proved by its hash, saying how far it is."""
    total = sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())
    done = 0

    def tell(line: str) -> None:
        nonlocal done
        found = TAKEN_UP.match(line)
        if found:
            done += 1
            progress(f"[{min(done, total)}/{total}] {re.split('==|-[0-9]|:', Path(found[1]).name)[0]}")
        elif line.startswith("Installing collected packages"):
            progress("")
            say("展开并安装软件包，大约一分钟 …")

    say(f"安装 {total} 个依赖包（{lock.name}，逐个核对哈希值）…")
    pip(["--require-hashes", "--requirement", str(lock)], tell)


def pip(arguments: list[str], tell: Callable[[str], None] = lambda _: None) -> None:
    """Run pip in the environment, its output to the log and line by line to `tell`; `Stop` with the likely cause."""
    command = [str(BIN / "python"), "-m", "pip", "install", "--progress-bar", "off", "--disable-pip-version-check"]
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8", "errors": "replace"}
    lines = []
    log = open_log()
    with log, subprocess.Popen(command + arguments, cwd=ROOT, **pipe) as process:  # type: ignore[call-overload]  # mixed values
        for line in process.stdout or ():
            log.write(line)
            lines.append(line.rstrip())
            tell(line)
    if process.returncode:
        raise Stop(why_pip_failed("\n".join(lines)))


def why_pip_failed(output: str) -> str:
    """One sentence for pip's many words."""
    causes = (
        (("No space left on device", "[Errno 28]"), "磁盘已满，依赖包没有装完；请清理后再试。"),
        (("DO NOT MATCH THE HASHES",), "下载的依赖包与锁定的哈希值不符，已停止安装；请换一个软件源再试。"),
        (
            (
                "Connection",
                "Temporary failure",
                "timed out",
                "Network is unreachable",
                "ProxyError",
                "SSLError",
                "versions: none",
            ),
            "无法连接软件源，依赖包没有装上；请检查网络，或用环境变量 PIP_INDEX_URL 指定可用的软件源。",
        ),
        (("No matching distribution", "Could not find a version"), "软件源里没有锁定的版本；请换一个软件源再试。"),
    )
    for signs, sentence in causes:
        if any(sign in output for sign in signs):
            return sentence + "（详见 build/setup.log）"
    return "依赖包没有装上（详见 build/setup.log）。"


# -- commands --------------------------------------------------------------------------------------


def install_program() -> int:
    """Only the installation, which leaves the console script in `.venv`."""
    install("runtime")
    say(f"可以运行了：{program('villagebooks')}")
    return 0


def run_demo() -> int:
    """The demo township's whole month; with a display the desktop opens, otherwise the results are named."""
    install("runtime")
    say("运行演示乡镇的一整个月 …")
    code = call([program("villagebooks"), "demo", "--out", str(DEMO)])
    if code == 0:
        # The last line of stdout stays the demo's own JSON object.
        print(f"结果在 {DEMO}", file=sys.stderr, flush=True)
    return code


def lint() -> int:
    """Format, lint, strict types and the floors' contracts; the first that fails ends it."""
    install("dev")
    return first_failure(*looks(), *long_looks())


def looks() -> list[tuple[str, list[str]]]:
    """What is looked at within a second."""
    ruff = [program("python"), "-m", "ruff"]
    return [("检查写法", [*ruff, "check", "."]), ("检查格式", [*ruff, "format", "--check", "."])]


def long_looks() -> list[tuple[str, list[str]]]:
    """What takes half a minute of one core."""
    types = [program("python"), "-m", "mypy", "--strict", "villagebooks"]
    return [("检查类型", types), ("检查楼层约定", [program("lint-imports"), "--no-logo"])]


def test(arguments: list[str]) -> int:
    """Everything that `lint` checks, and all tests a file at a time; further arguments go to pytest.

    One file more than there are cores, for a test of the window or of the server waits a third of its time.
    """
    install("dev")
    # The many programs that tests start would compile the same modules again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    shared = ["-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile", "--no-loadscope-reorder"]
    tests = ("运行测试", [program("python"), "-m", "pytest", *shared, *arguments])
    return first_failure(*looks()) or beside(tests, *long_looks())


def measure(arguments: list[str]) -> int:
    """The measuring tests, which the ordinary run leaves out."""
    install("dev")
    return call([program("python"), "-m", "pytest", str(ROOT / "tests" / "bench"), "-s", *arguments])


def soak(arguments: list[str]) -> int:
    """The enduring tests, and those of the ordinary run that go further when they are asked to."""
    install("dev")
    os.environ.update(LONGER)
    further = [str(ROOT / "tests" / Path(*name.split("/"))) for name in GO_FURTHER]
    return call([program("python"), "-m", "pytest", str(ROOT / "tests" / "soak"), *further, "-s", *arguments])


def screenshots() -> int:
    """Pictures of the main pages for the README and the manual, taken by their test from the demo township."""
    install("dev")
    os.environ["VILLAGEBOOKS_SCREENSHOTS"] = str(ROOT / "resources" / "manual" / "screenshots")
    return call([program("python"), "-m", "pytest", str(ROOT / "tests" / "gui" / "test_screenshot.py")])


def words() -> int:
    """Extract every text into the template, bring each language's catalogue up to date and compile it."""
    install("dev")
    babel, locale = program("pybabel"), ROOT / "resources" / "locale"
    template, where = str(locale / "villagebooks.pot"), ["-d", str(locale), "-D", "villagebooks"]
    told = ["--project=VillageBooks", "--copyright-holder=VillageBooks contributors", "--version=0.1.0"]
    order = ["--sort-by-file", "--add-location=file", "--msgid-bugs-address="]
    steps = [("取出文字", [babel, "-q", "extract", *order, *told, "-o", template, "villagebooks"])]
    for catalogue in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        lang = catalogue.parent.parent.name
        # -N: a guess from a similar text would be a wrong translation that looks like a right one.
        update = [babel, "-q", "update", "-N", "--ignore-obsolete", "-i", template, *where, "-l", lang]
        steps += [(f"更新 {lang}", update), (f"编译 {lang}", [babel, "-q", "compile", *where, "-l", lang])]
    return first_failure(*steps)


def lock() -> int:
    """Resolve the dependencies anew for all systems; the files hold names, versions and hashes, no address."""
    install("dev")
    compile_lock = [
        program("uv"),
        "pip",
        "compile",
        "--quiet",
        "--upgrade",
        "--universal",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "--no-emit-index-url",
        "--python-version",
        "3.11",
        "pyproject.toml",
    ]
    runtime, dev = (LOCKS[kind].name for kind in ("runtime", "dev"))
    return first_failure(
        (f"生成 {runtime}", [*compile_lock, "--extra", "build", "-o", runtime]),
        (f"生成 {dev}", [*compile_lock, "--extra", "build", "--extra", "dev", "--constraint", runtime, "-o", dev]),
    )


def package() -> int:
    """Freeze the program into `dist/villagebooks`, which needs no Python."""
    install("dev")
    return first_failure(
        ("打包", [program("python"), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build.spec"])
    )


# -- running programs ------------------------------------------------------------------------------


def program(name: str) -> str:
    """A program of the environment."""
    return str(BIN / (name + ".exe" if os.name == "nt" else name))


def call(command: list[str]) -> int:
    """Run a program in the project's folder, on the same terminal, and answer its exit code."""
    return subprocess.call(command, cwd=ROOT)


def first_failure(*steps: tuple[str, list[str]]) -> int:
    """Run the named steps in turn; the exit code of the first that fails, which is named, or 0."""
    for name, command in steps:
        say(f"{name} …")
        code = call(command)
        if code:
            say(f"{name}：没有通过。")
            return code
    return 0


def beside(long: tuple[str, list[str]], *others: tuple[str, list[str]]) -> int:
    """Run the long step and, beside it, the others in turn, which say what they found when they fail.

    The exit code of the first that fails, which is named, or 0; when one of the others fails, the long step is ended.
    """
    say("，".join([long[0], *(name for name, _command in others)]) + " …")
    with subprocess.Popen(long[1], cwd=ROOT) as process:
        for name, command in others:
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
            if done.returncode:
                end(process)
                say(f"\n{done.stdout}{done.stderr}{name}：没有通过。")
                return done.returncode
        code = process.wait()
    if code:
        say(f"{long[0]}：没有通过。")
    return code


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program, first by an interrupt, after which it tidies up. One that a script started in the background
    takes none: it is told to terminate, and what does not is killed."""
    deaf = os.name == "nt" or signal.getsignal(signal.SIGINT) is signal.SIG_IGN  # which it inherited
    ways = [process.terminate, process.kill]
    for way in ways if deaf else [lambda: process.send_signal(signal.SIGINT), *ways]:
        way()
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            continue
        return


def runs(command: list[str]) -> bool:
    """Whether this command can be started and succeeds, silently."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def log_run(command: list[str], sentence: str, surroundings: dict[str, str]) -> None:
    """Run a program with its output in the log; `Stop` with the sentence when it fails."""
    with open_log() as log:
        if subprocess.call(command, stdout=log, stderr=subprocess.STDOUT, env=surroundings, cwd=ROOT):
            raise Stop(sentence)


def open_log() -> TextIO:
    """The log that keeps the words of apt and pip, opened at its end."""
    LOG.parent.mkdir(exist_ok=True)
    return LOG.open("a", encoding="utf-8")


def progress(text: str) -> None:
    """How far it is: in place on a terminal, else line by line."""
    if sys.stdout.isatty():
        # blanks, for not every console of Windows knows the sign that wipes a line
        print("\r" + text.ljust(LONGEST_NAME), end="" if text else "\r", flush=True)
    elif text:
        say(text)


def main(arguments: list[str]) -> int:
    """Carry out one command; the exit code is the program's, or 1 after a sentence."""
    for stream in (sys.stdout, sys.stderr):
        # A console without Chinese shows question marks rather than a traceback.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    name, rest = (arguments or ["run"])[0], arguments[1:]
    commands = {
        "run": run_demo,
        "install": install_program,
        "test": lambda: test(rest),
        "lint": lint,
        "bench": lambda: measure(rest),
        "soak": lambda: soak(rest),
        "words": words,
        "screenshots": screenshots,
        "lock": lock,
        "package": package,
    }
    if name not in commands:
        say(USAGE)
        return 0 if name in ("-h", "--help", "help") else 2
    try:
        return commands[name]()
    except Stop as stop:
        sentence = str(stop)
    except KeyboardInterrupt:
        sentence = "已中断。"
    except OSError as error:
        full = error.errno == errno.ENOSPC
        sentence = "磁盘已满，安装没有完成；请清理后再试。" if full else f"无法读写文件：{error}"
    print(sentence, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
