"""What people do with an artefact in a bare Debian, with and without a display."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.packaging.artefacts import Artefact
from tests.packaging.bare import ROOT, Tree

START = ROOT / "assets/docs/pages/index.md"
PIPX = (".local/pipx/shared", ".local/pipx/logs", ".local/pipx/.cache", ".local/state/pipx", ".cache/pip")
SIZE = (1280, 800)
MOST_SECONDS = 300
"""From the start page to a success, for each of its users."""
OF_USERS = {".local/share/companion", ".config/companion", ".cache/fontconfig", *PIPX}
"""Where what remains of a user's may be: records and keys, settings, lists of fonts, pipx's own."""

# Three processes and the air between them, as the README has it.
OTHER_PROCESS = """
echo '{"ssid": "Hafen 12", "passphrase": "seven gulls at noon"}' > wifi.json
companion virtual air --port 6402 --port 6403 > air.log &
companion virtual rp1 --radio bumble:tcp-client:127.0.0.1:6402 --label label.png > device.log &
until [ -s label.png ]; do sleep 0.2; done
companion commission --radio bumble:tcp-client:127.0.0.1:6403 --virtual \
    --image label.png --wifi-file wifi.json --json
"""


def go(artefact: Artefact, tree: Tree) -> Iterator[tuple[str, float]]:
    """Do all of it; yields what was done and how many seconds it took. Raises AssertionError."""
    artefact.bring(tree)
    before = tree.files()
    given = dict(artefact.environment)

    def run(script: str, **more: str) -> str:
        # Each begins with an empty folder, which goes with it.
        return tree.run(f"mkdir ~/desk; cd ~/desk; trap 'rm -r ~/desk' EXIT\n{script}", **given, **more)

    for what, work in (
        ("install", lambda: artefact.put(tree)),
        ("version", lambda: _version(run)),
        ("demo in the terminal", lambda: _demo(run)),
        ("commission a device of another process", lambda: _other_process(run)),
        ("window without a display is refused", lambda: _no_display(run)),
        ("demo in the window", lambda: _window(run)),
        *((f"start page: {user}", lambda lines=lines: _start_page(run, lines)) for user, lines in users()),
        ("remove", lambda: artefact.take(tree)),
    ):
        began = time.monotonic()
        work()
        yield what, time.monotonic() - began
    left = tree.files() - before
    assert left == set(), f"left behind: {sorted(left)[:20]}"
    own = {place for place in tree.left_by_users() if not any(place.startswith(each) for each in OF_USERS)}
    assert own == set(), f"left in the home: {sorted(own)[:20]}"


def users() -> list[tuple[str, str]]:
    """The users of the documentation's start page, and the lines that each is told to run."""
    page = START.read_text(encoding="utf-8")
    sections = re.findall(r"^### (.+?)$(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL)
    blocks = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
    return [(name, "".join(blocks.findall(text))) for name, text in sections]


def _version(run: Callable[..., str]) -> None:
    assert "Built from commit" in run("companion --version")


def _demo(run: Callable[..., str]) -> None:
    assert json.loads(run("companion demo --json"))["outcome"] == "commissioned"


def _other_process(run: Callable[..., str]) -> None:
    assert json.loads(run(OTHER_PROCESS))["outcome"] == "commissioned"


def _no_display(run: Callable[..., str]) -> None:
    assert "No display found" in run("companion-app 2>&1 || [ $? = 2 ]")


def _window(run: Callable[..., str]) -> None:
    with screen() as (display, colours):
        said = run("companion-app --demo-exit 1", DISPLAY=display)
    assert "From the first page to the proof" in said, said
    assert colours() > 100, "the window stayed empty"


def _start_page(run: Callable[..., str], lines: str) -> None:
    began = time.monotonic()
    with screen() as (display, _):
        # People read meanwhile; and they close the window.
        waiting = "until [ -s label.png ]; do sleep 0.2; done\ncompanion commission"
        lines = lines.replace("companion-app\n", "companion-app --exit-when-painted\n")
        run(lines.replace("companion commission", waiting), DISPLAY=display)
    assert time.monotonic() - began < MOST_SECONDS


@contextmanager
def screen() -> Iterator[tuple[str, Callable[[], int]]]:
    """An X server of this computer: its display, and how many colours were seen there at once at most."""
    most = 0
    ended = threading.Event()
    with tempfile.TemporaryDirectory(prefix="companion-screen-") as folder, _server(folder) as display:

        def watch() -> None:
            nonlocal most
            while not ended.wait(0.5):
                pixels = array("I", Path(folder, "Xvfb_screen0").read_bytes()[-SIZE[0] * SIZE[1] * 4 :])
                most = max(most, len(set(pixels)))

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            yield display, lambda: most
        finally:
            ended.set()
            watcher.join()


@contextmanager
def _server(folder: str) -> Iterator[str]:
    """Xvfb, whose picture is a file in `folder`."""
    reading, writing = os.pipe()
    screen = ["-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-fbdir", folder]
    words = ["Xvfb", "-displayfd", str(writing), "-ac", "-nolisten", "tcp", *screen]
    server = subprocess.Popen(words, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            yield f":{said.readline().strip()}"
    finally:
        server.terminate()
        server.wait()
