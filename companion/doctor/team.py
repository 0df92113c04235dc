"""The server of a registry that several computers share, if one is used: whether it answers, and as what."""

from __future__ import annotations

from pathlib import Path

from companion.doctor.checks import Check, CheckName, CheckState
from companion.doctor.machine import data_folder
from companion.doctor.remedies import remedy
from companion.errors import CompanionError
from companion.model import Text


def examine(data_dir: Path | None) -> list[Check]:
    """Nothing where records are in the data folder. Nothing is made, there or on the server."""
    from companion.registry.team.setting import chosen

    folder = data_folder(data_dir)
    try:
        address = chosen(folder).address
    except CompanionError as problem:
        return [_failed(problem)]
    if address is None:
        return []
    from companion.registry.team.examination import Tables, examine
    from companion.registry.team.journal import waiting_in

    waiting = waiting_in(folder)
    try:
        found = examine(address)
    except CompanionError as problem:
        return [_failed(problem), *_waiting(waiting)]
    facts = {"server": found.server, "role": "" if found.role is None else found.role.value}
    if found.tables is Tables.NEWER:
        newer = Text("PostgreSQL {server} answers; its registry is of a newer version", facts)
        return [Check(CheckName.REGISTRY, CheckState.BLOCKING, newer, remedy("registry-newer"))]
    if found.tables is not Tables.CURRENT:
        older = Text("PostgreSQL {server} answers; its owner has to make or update the registry", facts)
        return [Check(CheckName.REGISTRY, CheckState.LACKING, older, remedy("registry-owner"))]
    if found.protected is False:
        open_ = Text("PostgreSQL {server} answers, and the way to it is not encrypted (role: {role})", facts)
        check = Check(CheckName.REGISTRY, CheckState.LACKING, open_, remedy("registry-open"))
    else:
        well = Text("PostgreSQL {server} answers, role: {role}", facts)
        check = Check(CheckName.REGISTRY, CheckState.GOOD, well)
    return [check, *_waiting(waiting)]


def silent() -> tuple[Check, ...]:
    """What is said when the server gave no answer in time."""
    found = Text("The registry's server does not answer in time")
    return (Check(CheckName.REGISTRY, CheckState.LACKING, found, remedy("registry")),)


def _failed(problem: CompanionError) -> Check:
    # Runs go on without the server.
    found = Text("The registry's server can't be used ({code})", {"code": problem.code})
    return Check(CheckName.REGISTRY, CheckState.LACKING, found, remedy("registry"))


def _waiting(runs: int) -> list[Check]:
    if not runs:
        return []
    found = Text("Runs that wait for the registry's server: {waiting}", {"waiting": runs})
    return [Check(CheckName.REGISTRY, CheckState.LACKING, found, remedy("registry-waiting"))]
