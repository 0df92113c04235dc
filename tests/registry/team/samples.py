"""Runs of several laptops, each with a device of its own."""

from __future__ import annotations

from companion.events import Event, StepStarted
from companion.model import Receipt, Step
from companion.registry import Registry
from companion.secret import Secret
from tests.registry.run_samples import commissioned, every_event, outcome


def device(number: int) -> dict[str, object]:
    """What tells a device from the others, for `commissioned`."""
    return {
        "id": f"rp1-{number:04}",
        "name": f"Lamp {number}",
        "serial": f"SN-{number:04}",
        "key": b"\4" + number.to_bytes(64, "big"),
        "fingerprint": f"{number:064x}",
        "receipt": Receipt(b"signed %d" % number, b"final %d" % number),
    }


def commission(registry: Registry, number: int, *events: Event) -> tuple[str, str | None]:
    """A run that sets device `number` up; its id, and the device's."""
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    for event in events or (StepStarted(Step.FIND), StepStarted(Step.CONNECT)):
        registry.append(run, event)
    return run, registry.finish_run(run, outcome(run, commissioned(**device(number))))  # type: ignore[arg-type]


def everything() -> list[Event]:
    """One event of each type but the end."""
    return every_event(Secret("keep this to yourself"))[:-1]
