"""Start-up: paint the window first, then start the engine; and an end that loses nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTranslator
from PySide6.QtWidgets import QApplication

from ui.shell import preferences, theme
from ui.shell.single_instance import SingleInstance
from ui.shell.window import MainWindow

if TYPE_CHECKING:
    import tempfile

    from ui.engine.bridge import Bridge
    from ui.shell.demo import Autopilot

CLOSE_SECONDS = 8.0
_translators: list[QTranslator] = []
"""Those in use. `app.findChildren` would have PySide look at the style, which is a child too."""
TRANSLATIONS = Path(__file__).parent.parent / "i18n"


class Options(NamedTuple):
    """What the app is started with. `theme` and `language` None: as set, else as the system has it.
    `radio` "": as set, else this computer's usual one.
    """

    radio: str = ""
    data_dir: Path | None = None
    code: str | None = None
    image: Path | None = None
    theme: str | None = None
    language: str | None = None
    demo: bool = False
    demo_exit: float | None = None
    exit_when_painted: bool = False


def run(options: Options) -> int:
    """Show the window until it is closed. Returns the exit status."""
    app = theme.make_application(sys.argv[0])
    app.setApplicationName("companion")
    app.setApplicationDisplayName("Companion")
    app.setDesktopFileName("internal.companion.Companion")
    settings = open_settings(options.data_dir)
    set_up_look(app, settings, options)
    instance = None if options.demo else SingleInstance(options.data_dir, app)
    if instance is not None and not instance.claim():
        instance.call()
        return 0
    window = MainWindow(settings)
    session = EngineSession(app, window, options)
    if options.exit_when_painted:
        window.painted.connect(lambda: print("painted", flush=True))
        window.painted.connect(app.quit)
    else:
        window.painted.connect(session.begin)
    if instance is not None and not options.exit_when_painted:
        instance.called.connect(window.come_to_front)
        window.painted.connect(instance.listen)
    window.show()
    return app.exec() or session.end()


def open_settings(data_dir: Path | None) -> QSettings:
    """What the window remembers: in the data folder if one is given, else where the system keeps it."""
    if data_dir is not None:
        return QSettings(str(data_dir / "window.ini"), QSettings.Format.IniFormat)
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "companion", "companion")


def set_up_look(app: QApplication, settings: QSettings, options: Options) -> None:
    """Look and language, as wanted now, else as set, else as the system has them."""
    saved = preferences.load(settings)
    apply_look(app, saved._replace(theme=options.theme or saved.theme))
    speak(app, options.language or saved.language)


def speak(app: QApplication, language: str) -> None:
    """Translate what is made from now on; "" is the system's language."""
    while _translators:
        old = _translators.pop()
        app.removeTranslator(old)
        old.deleteLater()
    locale = QLocale(language) if language else QLocale.system()
    QLocale.setDefault(locale)
    for name, folder in (
        ("companion", str(TRANSLATIONS)),
        ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
    ):
        translator = QTranslator(app)
        if translator.load(locale, name, "_", folder):
            app.installTranslator(translator)
        _translators.append(translator)
    app.setLayoutDirection(locale.textDirection())


def apply_look(app: QApplication, wanted: preferences.Preferences) -> None:
    """Give the app the look that is set."""
    theme.apply(
        app,
        forced=theme.Scheme(wanted.theme) if wanted.theme else None,
        text_scale=wanted.text_scale,
        reduced_motion=wanted.reduced_motion,
    )


class EngineSession:
    """The engine's life behind one window."""

    def __init__(self, app: QApplication, window: MainWindow, options: Options) -> None:
        self._app = app
        self._window = window
        self._options = options
        self._bridge: Bridge | None = None
        self._pilot: Autopilot | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        app.setQuitOnLastWindowClosed(False)
        window.closed.connect(self._leave)

    def begin(self) -> None:
        """After the first paint: start the engine, then what was asked for on the command line."""
        from ui.engine.bridge import Bridge
        from ui.engine.engine import Engine, Settings
        from ui.engine.events import Warm
        from ui.shell.background import Background
        from ui.shell.file_drop import FileDrop
        from ui.shell.garbage import settle
        from ui.shell.palette_place import PalettePlace

        options = self._options
        settings = Settings(options.radio or self._window.radio_choice.spec, options.data_dir)
        if options.demo:
            settings = Settings("virtual", options.data_dir or self._throwaway())
        self._bridge = Bridge(lambda tell: Engine(tell, settings))
        self._bridge.stopped.connect(self._app.quit)
        self._bridge.arrived.connect(lambda event: settle() if isinstance(event, Warm) else None)
        self._bridge.start()
        self._window.can_use_real = not options.demo
        router = self._window.add_pages(self._bridge, settings.radio)
        FileDrop(self._window, self._bridge.send)
        PalettePlace(self._window, self._bridge)
        self._window.preferences_changed.connect(lambda wanted: apply_look(self._app, wanted))
        self._window.language_changed.connect(self._speak)
        if options.demo:
            from ui.shell.demo import Autopilot

            self._pilot = Autopilot(self._window, router, self._bridge, options.demo_exit)
            self._pilot.begin()
            return
        self._bridge.arrived.connect(Background(self._window, self._bridge.send).take)
        if options.image is None and options.code is None:
            self._window.begin()
            return
        router.begin()
        if options.image is not None:
            router.sources.read_file(options.image)
        elif options.code is not None:
            router.scan.set_text(options.code)

    def _speak(self, language: str) -> None:
        """The window is made anew in another language; the engine goes on."""
        speak(self._app, language)
        self._window.make_anew()

    def end(self) -> int:
        """The event loop is over: wait for the engine, which gives the radio back. Returns the status."""
        if self._bridge is not None:
            self._bridge.stop()
            self._bridge.join(CLOSE_SECONDS)
        if self._folder is not None:
            self._folder.cleanup()
        return 0 if self._pilot is None or self._pilot.ended_well is not False else 1

    def _throwaway(self) -> Path:
        """A data folder that is gone when the window is."""
        import tempfile

        self._folder = tempfile.TemporaryDirectory(prefix="companion-demo-", ignore_cleanup_errors=True)
        return Path(self._folder.name)

    def _leave(self) -> None:
        if self._bridge is None:
            self._app.quit()
        else:
            self._bridge.stop()
