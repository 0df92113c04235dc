"""Runs something with the network unplugged: `python -m tests.offline [PYTEST ARGUMENTS]`, or `flows FOLDER`.

The first is the suite's offline part, in a network namespace in which nothing but loopback is: all but what
drives a guest (`bluez`) and what watches the clock (`alone`). Without a network nobody can reach AWS, Azure
(`azure-symmetric`), a company's CA (`est`), another computer's registry, or devices and border routers on the
local network; the tests of these have peers on loopback.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.offline import flows, namespace

INSIDE = "inside"


def main(words: list[str]) -> int:
    if words[:1] != [INSIDE]:
        command = namespace.command([sys.executable, "-m", "tests.offline", INSIDE, *words])
        if command is None:
            print("this computer lets nobody make a network namespace (unshare --net)")
            return 2
        return subprocess.run(command, check=False).returncode
    namespace.raise_loopback()
    if words[1:2] == ["flows"]:
        print(json.dumps({"interfaces": namespace.interfaces(), **flows.run_all(Path(words[2]))}))
        return 0
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    pytest = [sys.executable, "-m", "pytest", "-q", "-m", "not bluez and not alone", *words[1:]]
    return subprocess.run(pytest, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
