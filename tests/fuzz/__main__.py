"""Coverage-guided fuzzing with atheris (libFuzzer): `python -m tests.fuzz SECONDS [TARGET ...]`.

Each target runs for so many seconds in a process of its own, from the kept corpus and from what earlier
runs found (`build/fuzz`), and says how many inputs it tried. An input that breaks a target is left in
`build/fuzz`; it belongs into the corpus, with the fix.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
FOUND = Path("build") / "fuzz"


def main(arguments: list[str]) -> int:
    if arguments and arguments[0] == "one":
        return fuzz(arguments[1], int(arguments[2]))
    if not arguments or not arguments[0].isdigit():
        print("usage: python -m tests.fuzz SECONDS [TARGET ...]", file=sys.stderr)
        return 2
    from tests.fuzz.targets import TARGETS

    broken = []
    for name in arguments[1:] or TARGETS:
        command = [sys.executable, "-m", "tests.fuzz", "one", name, arguments[0]]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        print(f"{name}: {_figure(done.stderr)}", flush=True)
        if done.returncode:
            broken.append(name)
            print(done.stdout[-4000:], done.stderr[-4000:], file=sys.stderr)
    return 1 if broken else 0


def fuzz(name: str, seconds: int) -> int:
    """Run one target in this process."""
    import atheris

    with atheris.instrument_imports(include=["companion"]):
        from tests.fuzz.targets import TARGETS
    found = FOUND / name
    found.mkdir(parents=True, exist_ok=True)
    kept = CORPUS / name
    kept.mkdir(exist_ok=True)
    limits = [
        f"-max_total_time={seconds}",
        f"-artifact_prefix={FOUND}/{name}-",
        "-max_len=4096",
        "-timeout=10",
    ]
    atheris.Setup([name, *limits, "-print_final_stats=1", str(found), str(kept)], TARGETS[name])
    atheris.Fuzz()
    return 0


def _figure(said: str) -> str:
    """What libFuzzer says at its end, in one line."""
    lines = [
        line
        for line in said.splitlines()
        if line.startswith(("Done ", "stat::number_of_executed", "==", "SUMMARY"))
    ]
    return lines[0] if lines else "said nothing"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
