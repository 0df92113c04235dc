"""One window for each user and data folder: a second start brings the first window to the front."""

from __future__ import annotations

import getpass
import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

CONNECT_MILLISECONDS = 300


class SingleInstance(QObject):
    """`claim` is True for the first instance; `called` is emitted when another one was started."""

    called = Signal()

    def __init__(self, data_dir: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        who = f"{getpass.getuser()} {data_dir.resolve() if data_dir else ''}"
        self._name = f"companion-{hashlib.sha256(who.encode()).hexdigest()[:16]}"
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Be the only one, or call the one that is there and return False."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(CONNECT_MILLISECONDS):
            socket.disconnectFromServer()
            return False
        # What answers nobody was left by an instance that was killed.
        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_call)
        self._server.listen(self._name)
        return True

    def _on_call(self) -> None:
        if self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.called.emit()
