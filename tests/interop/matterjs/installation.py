"""Whether matter.js can be run here, what is missing if not, and its programs as they are started."""

from __future__ import annotations

import functools
import hashlib
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

PROGRAMS = Path(__file__).parent / "node"
INSTALLED = PROGRAMS / "node_modules"
ENTRIES = ("light.mjs", "commissioner.mjs")
OLDEST = 20
# A part of matter.js asks for what Node does not have, and is not used; some of its parts are not ES modules.
REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"
BUNDLING = (
    *("--bundle", "--splitting", "--format=esm", "--platform=node", f"--target=node{OLDEST}"),
    *("--external:bun:sqlite", "--out-extension:.js=.mjs", f"--banner:js={REQUIRE}", "--log-level=error"),
)


@functools.cache
def missing() -> str | None:
    """What is missing, with how to get it; None if nothing is."""
    node = shutil.which("node")
    if node is None:
        return f"matter.js needs Node {OLDEST} or newer (https://nodejs.org), then: .ci/setup tests"
    said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=60, check=False).stdout
    if not said.startswith("v") or int(said[1:].partition(".")[0]) < OLDEST:
        return f"matter.js needs Node {OLDEST} or newer, this is {said.strip()}"
    if not (INSTALLED / "@matter/main").is_dir():
        return "matter.js is not installed: .ci/setup tests"
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return "Matter needs IPv6 on loopback"
    return None


@functools.cache
def programs() -> Path:
    """The folder of the programs, bundled with what they import (as they are, without esbuild): to start from
    1,400 files takes nearly twice the time. They are made once for these sources.
    """
    esbuild = INSTALLED / ".bin/esbuild"
    if not esbuild.exists():
        return PROGRAMS
    sources = [*sorted(PROGRAMS.glob("*.mjs")), PROGRAMS / "package-lock.json"]
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    folder = INSTALLED / ".programs" / digest[:16]
    if not folder.is_dir():
        folder.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as made:
            command = [str(esbuild), *ENTRIES, *BUNDLING, f"--outdir={made}/{digest}"]
            subprocess.run(command, cwd=PROGRAMS, check=True, timeout=60)
            try:
                Path(made, digest).rename(folder)
            except OSError:
                assert folder.is_dir(), "another worker made it meanwhile"
    return folder
