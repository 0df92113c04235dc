"""Whether matter.js can be run here, and what is missing if not."""

from __future__ import annotations

import functools
import shutil
import socket
import subprocess
from pathlib import Path

PROGRAMS = Path(__file__).parent / "node"
OLDEST = 20


@functools.cache
def missing() -> str | None:
    """What is missing, with how to get it; None if nothing is."""
    node = shutil.which("node")
    if node is None:
        return f"matter.js needs Node {OLDEST} or newer (https://nodejs.org), then: .ci/setup tests"
    said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=60, check=False).stdout
    if not said.startswith("v") or int(said[1:].partition(".")[0]) < OLDEST:
        return f"matter.js needs Node {OLDEST} or newer, this is {said.strip()}"
    if not (PROGRAMS / "node_modules/@matter/main").is_dir():
        return "matter.js is not installed: .ci/setup tests"
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return "Matter needs IPv6 on loopback"
    return None
