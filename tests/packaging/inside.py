"""Enters a tree and runs lines of shell: `unshare ... python -m tests.packaging.inside ROOT UID SCRIPT`.

Variables whose names begin with IN_ are those of the lines, without it. Nothing else of this computer's is.
As the first process of its namespace it ends what the lines leave running, and waits for it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from tests.offline import namespace
from tests.packaging.bare import HOME

SCREENS = Path("/tmp/.X11-unix")
SECONDS_TO_END = 20


def main(root: Path, user: int, script: str) -> int:
    """Run the script in the tree as this user; returns its exit status."""
    namespace.raise_loopback()
    for words in (["-t", "proc", "proc", "proc"], ["--rbind", "/dev", "dev"], ["-t", "tmpfs", "run", "run"]):
        subprocess.run(["mount", *words[:-1], root / words[-1]], check=True)
    given = {name.removeprefix("IN_"): value for name, value in os.environ.items() if name.startswith("IN_")}
    if "DISPLAY" in given:
        subprocess.run(["mount", "--bind", SCREENS, root / "tmp/.X11-unix"], check=True)
    os.chroot(root)
    shell = os.fork()
    if shell == 0:
        _become(user, script, given)
    _, status = os.waitpid(shell, 0)
    with contextlib.suppress(ProcessLookupError):
        os.kill(-1, signal.SIGTERM)
    # What does not end by then is ended with this process.
    signal.alarm(SECONDS_TO_END)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    return os.waitstatus_to_exitcode(status)


def _become(user: int, script: str, given: dict[str, str]) -> NoReturn:
    os.chdir(HOME if user else "/")
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)
    path = "/usr/local/bin:/usr/bin:/bin" + (":/usr/sbin:/sbin" if user == 0 else "")
    home = HOME if user else "/root"
    plain = {"PATH": path, "HOME": home, "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
    os.execve("/bin/sh", ["sh", "-ec", script], {**plain, **given})


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
