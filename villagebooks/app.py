"""Builds the desktop program once, in order: fonts, translation, theme, excepthook, worker, window."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QProcess, QSettings, Qt, QTranslator, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from villagebooks.core.keymap import YONYOU
from villagebooks.core.problem import Trouble
from villagebooks.core.words import _, language
from villagebooks.gui.keymap import KEYMAP, use_keymap
from villagebooks.gui.look import THEME, use_kept_language, use_scale
from villagebooks.gui.room import make_room
from villagebooks.gui.theme import apply_theme, dress, icon, load_fonts
from villagebooks.gui.voucher.amount import AMOUNT_GRID, use_grid
from villagebooks.log import start_log
from villagebooks.paths import data_folder


def build_application(arguments: list[str] | None = None) -> QApplication:
    """The application with the program's fonts, Qt's own words in the chosen language and the chosen theme."""
    make_room()
    app = QApplication.instance()
    app = app if isinstance(app, QApplication) else QApplication(arguments or sys.argv[:1])
    app.setApplicationName("VillageBooks")
    app.setApplicationDisplayName(_("村账"))
    load_fonts()
    translate(app)
    kept = settings()
    apply_theme(app, str(kept.value(THEME, "ordinary")))
    use_keymap(str(kept.value(KEYMAP, YONYOU)))
    use_grid(bool(kept.value(AMOUNT_GRID, False, type=bool)))
    app.setWindowIcon(icon("landmark", "accent", 64))
    return app


def translate(app: QApplication) -> None:
    """确定、取消 and the like of Qt's own dialogs, which speak English by themselves."""
    if language() != "zh":
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.China))
        return
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)


def settings() -> QSettings:
    """What this user chose on this computer: an INI file in the data folder, every value read with its type."""
    return QSettings(str(data_folder() / "desktop.ini"), QSettings.Format.IniFormat)


def install_excepthook(log: Path) -> None:
    """A fault of the program is logged, and its person is told where the log is; the program goes on."""

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        logging.getLogger("villagebooks").error("fault", exc_info=(kind, error, trace))
        traceback.print_exception(kind, error, trace)
        box = QMessageBox(QMessageBox.Icon.Warning, _("村账"), _("程序出了差错，刚才的操作可能没有做完；账套没有坏。"))
        dress(box)
        box.setInformativeText(_("差错记在日志里，请把日志交给维护人员：\n{path}").format(path=log))
        show = box.addButton(_("打开日志文件夹"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Close)
        box.exec()
        if box.clickedButton() is show:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(log.parent)))

    sys.excepthook = tell


def run_desktop(place: Path | str | None = None, lang: str = "") -> int:
    """Open the desktop on the books at `place`, on those that were open last, or on the first page; the exit code.

    It speaks `lang` when the command line names one, else what was chosen in the settings.
    """
    from villagebooks.gui.interrupt import Interrupts
    from villagebooks.gui.program import Program
    from villagebooks.gui.worker import Sweeper
    from villagebooks.services.recent import last_books, read_place

    use_scale(settings())
    if not lang:
        use_kept_language(settings())
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = build_application()
    install_excepthook(start_log(data_folder()))
    last = last_books()
    sweeper = Sweeper(app)
    program = Program(settings(), place or (read_place(last) if last else None))
    try:
        program.start()
    except Trouble as trouble:
        program.say(str(trouble))
    interrupts = Interrupts(app)
    interrupts.came.connect(program.interrupt)
    code = app.exec()
    sweeper.sweep()
    program.worker.close()  # the first page may have been closed over books that were being opened
    bury_windows(app)
    program.end()
    if program.begins_again:
        begin_again()
    return code


def bury_windows(app: QApplication) -> None:
    """Windows that nobody closed, since a signal ended the program, go while Python stands: at its end Qt takes away
    one object after another as they come, tells what is left of a window that it hides, and falls."""
    for window in app.topLevelWidgets():
        window.hide()
        window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def begin_again() -> None:
    """Start the program once more, on the books that were open last: scale and language are read while it starts."""
    if hasattr(sys, "frozen"):
        QProcess.startDetached(sys.executable, [])
    else:
        QProcess.startDetached(str(without_console(Path(sys.executable))), ["-m", "villagebooks"])


def without_console(python: Path) -> Path:
    """The Python beside this one that opens no console on Windows: who closed it would end the program with it."""
    silent = python.with_name("pythonw.exe")
    return silent if silent.exists() else python
