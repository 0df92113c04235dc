"""One window for each user and data folder: a second start brings the first window to the front.

A lock file says who is first, which costs nothing at start-up; the line on which a second start calls is
opened later.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QStandardPaths, Signal

CONNECT_MILLISECONDS = 1000


class SingleInstance(QObject):
    """`claim` is True for the first instance; `called` is emitted when another one was started."""

    called = Signal()

    def __init__(self, data_dir: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
        self._folder = data_dir or Path(place)
        self._lock: QLockFile | None = None
        self._server: QObject | None = None

    def claim(self) -> bool:
        """Be the only one. A folder that can't be written to is no reason not to start."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return True
        self._lock = QLockFile(str(self._folder / "window.lock"))
        self._lock.setStaleLockTime(0)
        return self._lock.tryLock(0) or self._lock.error() != QLockFile.LockError.LockFailedError

    def call(self) -> None:
        """Ask the instance that is there to come to the front."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._line())
        socket.waitForConnected(CONNECT_MILLISECONDS)
        socket.disconnectFromServer()

    def listen(self) -> None:
        """Open the line on which later starts call. What an instance that was killed left is removed."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._line())
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)

        def answer() -> None:
            while (socket := server.nextPendingConnection()) is not None:
                socket.disconnected.connect(socket.deleteLater)
                self.called.emit()

        server.newConnection.connect(answer)
        server.listen(self._line())
        self._server = server

    def _line(self) -> str:
        """A name that only this user's window on this folder has."""
        import getpass
        import hashlib

        who = f"{getpass.getuser()} {self._folder.resolve()}"
        return f"companion-{hashlib.sha256(who.encode()).hexdigest()[:16]}"
