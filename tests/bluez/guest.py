"""The guest as a process: boot it once, keep its state, restore it in a second for every session."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bluez.image import BUILD, INITRAMFS, KERNEL

QEMU = "qemu-system-x86_64"
SNAPSHOT = BUILD / "state"
BOOT_SECONDS, RESTORE_SECONDS = 90.0, 30.0
RUNNING = (RESTORE_SECONDS, "its memory")
END = "the-end-of-the-command"
_GUEST_PORTS = {"bus": 5555, "hci": 5556, "shell": 5557}


class GuestFailed(RuntimeError):
    """The guest did not come up; the text says what its console said last."""


@dataclass(frozen=True)
class Ports:
    """Ports on this machine's loopback that lead into the guest."""

    bus: int
    hci: int
    shell: int

    @classmethod
    def free(cls) -> Ports:
        with contextlib.ExitStack() as stack:
            sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in _GUEST_PORTS]
            return cls(*(each.getsockname()[1] for each in sockets))


class Guest:
    """A running guest. `Guest.start` restores the snapshot, and makes it on the first call."""

    def __init__(self, folder: Path, *, restore: bool) -> None:
        self.ports = Ports.free()
        self._console = folder / "console"
        self._monitor = folder / "monitor"
        self._monitor.unlink(missing_ok=True)
        self._process = subprocess.Popen(
            self._command(restore),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    @classmethod
    def start(cls, folder: Path) -> Guest:
        """A guest whose bluetoothd answers. `folder` is for its console and its monitor."""
        if not SNAPSHOT.exists():
            guest = cls(folder, restore=False)
            try:
                guest._await_text("READY", BOOT_SECONDS)
                guest._await_shell(RESTORE_SECONDS)
                guest._save()
            finally:
                guest.stop()
        guest = cls(folder, restore=True)
        try:
            # A guest that is still reading its snapshot forgets that it was told to go on.
            guest._await(lambda: "VM status: running" in guest._order("cont", "info status"), *RUNNING)
            guest._await_shell(RESTORE_SECONDS)
        except BaseException:
            guest.stop()
            raise
        return guest

    def shell(self, command: str, *, timeout: float = 10.0) -> str:
        """What a shell command prints in the guest. Raises GuestFailed if it was cut short."""
        with socket.create_connection(("127.0.0.1", self.ports.shell), timeout=timeout) as channel:
            # Not shut down for writing: socat would end a command half a second later.
            channel.sendall(f"{command}\necho {END}\nexit\n".encode())
            said = b"".join(iter(lambda: channel.recv(65536), b"")).decode(errors="replace")
        if not said.endswith(f"{END}\n"):
            raise GuestFailed(f"its shell was cut short: {said[-300:]}")
        return said.removesuffix(f"{END}\n")

    def stop(self) -> None:
        """End the guest's process."""
        self._process.kill()
        self._process.wait(10)
        assert self._process.stderr is not None
        self._process.stderr.close()

    def _command(self, restore: bool) -> list[str]:
        forwards = ",".join(
            f"hostfwd=tcp:127.0.0.1:{getattr(self.ports, name)}-:{port}"
            for name, port in _GUEST_PORTS.items()
        )
        command = [QEMU, "-M", "pc", "-accel", "tcg,thread=multi,tb-size=256", "-cpu", "qemu64", "-smp", "1"]
        command += ["-m", "256", "-nodefaults", "-display", "none", "-no-reboot"]
        command += ["-kernel", str(KERNEL), "-initrd", str(INITRAMFS), "-append", KERNEL_OPTIONS]
        command += ["-serial", f"file:{self._console}"]
        command += ["-netdev", f"user,id=net,restrict=on,{forwards}"]
        command += ["-device", "virtio-net-pci,netdev=net,romfile="]
        command += ["-monitor", f"unix:{self._monitor},server,nowait"]
        return [*command, "-incoming", f"exec:cat {SNAPSHOT}"] if restore else command

    def _save(self) -> None:
        """Write the guest's memory to the snapshot; the guest stops."""
        partial = SNAPSHOT.with_suffix(".partial")
        self._order("stop", "migrate_set_parameter max-bandwidth 4G", f'migrate "exec:cat > {partial}"')
        deadline = time.monotonic() + RESTORE_SECONDS
        while "completed" not in self._order("info migrate"):
            if time.monotonic() > deadline:
                raise GuestFailed("the snapshot was not written")
            time.sleep(0.1)
        shutil.move(partial, SNAPSHOT)

    def _order(self, *orders: str) -> str:
        """Give orders to QEMU's monitor and return what it answered."""
        self._await(self._monitor.exists, RESTORE_SECONDS, "its monitor")
        with socket.socket(socket.AF_UNIX) as channel:
            channel.settimeout(RESTORE_SECONDS)
            channel.connect(str(self._monitor))
            answer = self._until_prompt(channel)
            for order in orders:
                channel.sendall(order.encode() + b"\n")
                answer += self._until_prompt(channel)
        return answer

    @staticmethod
    def _until_prompt(channel: socket.socket) -> str:
        answer = b""
        while not answer.endswith(b"(qemu) "):
            part = channel.recv(65536)
            if not part:
                break
            answer += part
        return answer.decode(errors="replace")

    def _await_text(self, text: str, seconds: float) -> None:
        self._await(lambda: self._console.exists() and text in self._said(), seconds, f"“{text}”")

    def _await_shell(self, seconds: float) -> None:
        def answers() -> bool:
            with contextlib.suppress(OSError, GuestFailed):
                return "up" in self.shell("pidof bluetoothd > /dev/null && echo up", timeout=5)
            return False

        self._await(answers, seconds, "its shell")

    def _await(self, done: Callable[[], bool], seconds: float, what: str) -> None:
        deadline = time.monotonic() + seconds
        while not done():
            if self._process.poll() is not None:
                assert self._process.stderr is not None
                raise GuestFailed(f"QEMU ended: {self._process.stderr.read().decode(errors='replace')}")
            if time.monotonic() > deadline:
                raise GuestFailed(f"waited {seconds:g} s for {what}; the console ends: {self._said()[-300:]}")
            time.sleep(0.05)

    def _said(self) -> str:
        return self._console.read_text(errors="replace") if self._console.exists() else ""


KERNEL_OPTIONS = (
    "console=ttyS0 quiet loglevel=4 mitigations=off nokaslr tsc=unstable random.trust_cpu=on panic=1"
)
