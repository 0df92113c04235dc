"""A PostgreSQL of one's own: a throwaway cluster on a socket in a folder, with a database for each test."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from companion.registry.team.address import Address


TEMPLATE = "registry"
NEEDS = "needs PostgreSQL's server (Debian: postgresql)"
_DEBIAN = Path("/usr/lib/postgresql")
_QUICK = ("fsync=off", "full_page_writes=off", "autovacuum=off", "shared_buffers=64MB", "max_connections=60")


def binaries() -> Path | None:
    """Where initdb and postgres are, of the newest version; None: nowhere."""
    versions = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("postgres")
    return Path(found).parent if found is not None else None


class Cluster:
    """A running server. Whoever connects as `owner` may do all; any other user is made by a test."""

    def __init__(self) -> None:
        found = binaries()
        assert found is not None
        self._binaries = found
        self._numbers = itertools.count()
        self._root = Path(tempfile.mkdtemp(prefix="companion-pg-"))
        if os.geteuid() == 0:
            # The server refuses to run as root.
            shutil.chown(self._root, "nobody")
            self._root.chmod(0o755)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        make = ("initdb", "-D", str(self._data), "-U", "owner", "-A", "trust", "--no-sync", "-E", "UTF8")
        self._run(*make, "--locale=C.UTF-8")
        self._certify()
        self._process: subprocess.Popen[bytes] | None = None
        self._has_template = False
        self.start()

    @property
    def _data(self) -> Path:
        return self._root / "data"

    @property
    def socket(self) -> Path:
        """The folder of its socket."""
        return self._root

    @property
    def certificate(self) -> Path:
        """Its own, which names 127.0.0.1."""
        return self._root / "server.crt"

    def url(self, database: str, user: str = "owner") -> str:
        return f"postgresql:///{database}?host={self.socket}&port={self.port}&user={user}"

    def _certify(self) -> None:
        from tests.support.self_signed import self_signed

        key, certificate = self_signed("127.0.0.1")
        for path, content in ((self._root / "server.key", key), (self.certificate, certificate)):
            path.write_bytes(content)
            if os.geteuid() == 0:
                shutil.chown(path, "nobody")
        (self._root / "server.key").chmod(0o600)

    def database(self) -> str:
        """A new, empty one; its name."""
        name = f"team{next(self._numbers)}"
        self.sql(f"CREATE DATABASE {name}")
        return name

    def registry(self) -> Database:
        """One with the tables of a registry. They are made once."""
        from companion.registry.database.connection import connect

        if not self._has_template:
            self.sql(f"CREATE DATABASE {TEMPLATE}")
            connect("postgresql+psycopg" + self.url(TEMPLATE).removeprefix("postgresql")).dispose()
            self._has_template = True
        name = f"team{next(self._numbers)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return Database(self, name)

    def require_password(self, user: str, password: str) -> None:
        """A new user who has to say it, over TCP."""
        self.sql(f"CREATE ROLE {user} LOGIN SUPERUSER PASSWORD '{password}'")
        rules = self._data / "pg_hba.conf"
        rules.write_text(f"host all {user} 127.0.0.1/32 scram-sha-256\n{rules.read_text()}")
        self.sql("SELECT pg_reload_conf()")

    def sql(
        self, statement: str, database: str = "postgres", user: str = "owner"
    ) -> list[tuple[object, ...]]:
        """Do something behind Companion's back."""
        import psycopg

        address = self.url(database, user)
        with psycopg.connect(address, autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    def start(self) -> None:
        """Nothing where it runs."""
        if self._process is not None:
            return
        command = [str(self._binaries / "postgres"), "-D", str(self._data), "-k", str(self._root)]
        tls = ("ssl=on", f"ssl_cert_file={self.certificate}", f"ssl_key_file={self._root / 'server.key'}")
        for setting in (*_QUICK, *tls, "listen_addresses=127.0.0.1", f"port={self.port}"):
            command += ["-c", setting]
        # In its own group: killing it takes its sessions along.
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **self._as_other(),
        )
        while not self._answers():
            assert self._process.poll() is None, "the server did not start"
            time.sleep(0.02)

    def kill(self) -> None:
        """As a power cut: no goodbye to anybody."""
        self._end(signal.SIGKILL)

    def close(self) -> None:
        self._end(signal.SIGQUIT)
        shutil.rmtree(self._root, ignore_errors=True)

    def _end(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, number)
            self._process.wait()
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        self._process = None

    def _answers(self) -> bool:
        import psycopg

        try:
            self.sql("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, name: str, *arguments: str) -> None:
        command = [str(self._binaries / name), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self._root, **self._as_other())
        assert done.returncode == 0, done.stderr

    def _as_other(self) -> dict[str, Any]:
        return {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}


@dataclass(frozen=True)
class Database:
    """One of a cluster's."""

    cluster: Cluster
    name: str

    def address(self, user: str = "owner", *, host: Path | None = None) -> Address:
        """As Companion takes it. host: the folder of another socket that leads there"""
        from companion.registry.team.address import parse

        url = self.cluster.url(self.name, user)
        address = parse(url if host is None else url.replace(str(self.cluster.socket), str(host)))
        assert address is not None
        return address

    def sql(self, statement: str, user: str = "owner") -> list[tuple[object, ...]]:
        return self.cluster.sql(statement, self.name, user)

    def drop(self) -> None:
        self.cluster.start()
        self.cluster.sql(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")


class SlowSocket:
    """The socket of a server that takes its time: each answer comes `seconds` later."""

    def __init__(self, folder: Path, cluster: Cluster, seconds: float) -> None:
        self.folder, self._seconds = folder, seconds
        self._hurry = threading.Event()
        name = f".s.PGSQL.{cluster.port}"
        self._to = str(cluster.socket / name)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / name))
        self._listener.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def hurry(self) -> None:
        """From now on nothing takes time."""
        self._hurry.set()

    def close(self) -> None:
        self.hurry()
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._to)
                for one, other, slow in ((client, server, False), (server, client, True)):
                    threading.Thread(target=self._pass_on, args=(one, other, slow), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket, slow: bool) -> None:
        with contextlib.suppress(OSError), one, other:
            while content := one.recv(65_536):
                if slow:
                    self._hurry.wait(self._seconds)
                other.sendall(content)
