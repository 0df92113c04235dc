"""The support bundle: one file for whoever helps, with what a report may hold and nothing else.

What it holds is known before it is written: the parts are made first, and say what they are.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from companion import version
from companion.doctor import Check
from companion.errors.registry import RegistryLoginRejected, RegistryUnreachable
from companion.model import Text
from companion.plain_text import filled, json_text
from companion.registry import Registry
from companion.registry.lists import DeviceQuery, RunQuery
from companion.reports import REDACTED
from companion.reports.formats import written
from companion.reports.selection import Selection, runs_of

NAME = "companion-support.zip"
MOST_RUNS = 50
"""In a bundle: the newest ones."""
KNOWN_FACTS = frozenset(
    {"code", "free", "nodes", "release", "role", "server", "store", "until", "versions", "waiting", "when"}
)
"""Facts of a check that may leave. Folders, addresses and what a system said are not among them."""
LEFT_OUT = "…"
_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Part:
    """A file of the bundle: its name, what it holds in one sentence, and its text."""

    name: str
    purpose: str
    text: str


def parts(registry: Registry, checks: Iterable[Check], *, runs: int = 20) -> tuple[Part, ...]:
    """What a bundle about this computer holds, the list of it first.

    checks: what the doctor found; runs: how many of the newest runs. Raises what the registry of this
    computer raises; where a team's server does not answer, that is what the bundle says.
    """
    held = [
        Part("versions.txt", "versions of Companion, of Python and of libraries", version.described() + "\n"),
        Part("doctor.json", "what `companion doctor` found, without folders and addresses", _doctor(checks)),
    ]
    try:
        held += _records(registry, runs)
    except (RegistryUnreachable, RegistryLoginRejected):
        status = json_text({"server": _server(registry)}, indent=2) + "\n"
        held.append(Part("registry.json", "how the registry's server stands; it did not answer", status))
    return (_contents(held), *held)


def _records(registry: Registry, runs: int) -> list[Part]:
    selection = runs_of(registry, RunQuery(), most=min(runs, MOST_RUNS))
    newest = f"{len(selection.runs)} of {selection.matching} runs, the newest, with steps and events"
    return [
        Part("registry.json", "how many devices and runs there are", _counts(registry)),
        Part("runs.json", newest, _text(selection, "json")),
        Part("runs.log", "the same runs as lines", _text(selection, "log")),
    ]


def _server(registry: Registry) -> dict[str, Any]:
    """How a team's server stands, without its address and without names."""
    status = registry.status
    return {
        "role": status.role.value,
        "waiting": status.waiting,
        "encrypted": status.protected,
        "code": None if status.problem is None else status.problem.code,
    }


def zipped(held: Sequence[Part]) -> bytes:
    """The parts as a ZIP file. The same parts make the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in held:
            archive.writestr(zipfile.ZipInfo(part.name, _DATE), part.text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _contents(held: Sequence[Part]) -> Part:
    lines = [REDACTED, "", *(f"{part.name:<16}{part.purpose}" for part in held)]
    return Part("CONTENTS.txt", "this list", "\n".join(lines) + "\n")


def _doctor(checks: Iterable[Check]) -> str:
    found = [
        {
            "name": check.name.value,
            "state": check.state.value,
            "sentence": _without_places(check.sentence),
            "code": check.error.code if check.error else None,
        }
        for check in checks
    ]
    return json_text({"redacted": REDACTED, "checks": found}, indent=2) + "\n"


def _without_places(sentence: Text) -> str:
    facts = {name: fact if name in KNOWN_FACTS else LEFT_OUT for name, fact in sentence.facts.items()}
    return filled(sentence.template, facts)


def _counts(registry: Registry) -> str:
    counts = {
        "devices": registry.lists.count_devices(DeviceQuery()),
        "runs": registry.lists.count_runs(RunQuery()),
        "unfinished": len(registry.unfinished()),
        **({"server": _server(registry)} if registry.status.is_shared else {}),
    }
    return json_text(counts, indent=2) + "\n"


def _text(selection: Selection, kind: str) -> str:
    return "".join(written(selection, kind))
