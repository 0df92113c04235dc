"""Virtual mesh devices for the command line and the lab."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import replace

from companion.protocols.mesh.provisioning.capabilities import Algorithm
from companion.protocols.mesh.virtual.options import (
    HAS_STATIC,
    PLAIN,
    SHOWS_NUMBER,
    TAKES_NUMBER,
    MeshFault,
    MeshOptions,
)
from companion.protocols.mesh.virtual.peripheral import VirtualMesh
from companion.virtual.button import PressScript
from companion.virtual.devices import DeviceOptions
from companion.virtual.peripheral import Peripheral

_KINDS = {"output": SHOWS_NUMBER, "input": TAKES_NUMBER, "static": HAS_STATIC, "none": PLAIN}


def samples(press: PressScript | None = None) -> list[Peripheral]:
    """None in the default world: nobody there could read what one shows."""
    return []


def make(options: DeviceOptions) -> VirtualMesh:
    """A device of its own, which forgets with its process. Raises ValueError and OSError."""
    if options.label is not None:
        raise ValueError("mesh devices have no setup code, so --label can't be used")
    kind = options.own.get("oob", ("output",))[0]
    capabilities = _KINDS[kind]
    if "no-epa" in options.own:
        capabilities = replace(capabilities, algorithms=1 << Algorithm.CMAC)
    given = options.own.get("uuid")
    try:
        own = uuid.UUID(given[0]) if given is not None else uuid.uuid4()
    except ValueError:
        raise ValueError("--uuid takes a UUID, 32 hexadecimal digits") from None
    made = with_faults(MeshOptions(capabilities=capabilities, uuid=own.bytes), options.faults)
    if capabilities.has_static:
        options.say(f"Its label has the static OOB secret {made.static.reveal().hex()}.")
    return VirtualMesh(made, say=options.say, press=options.press, types=_typed)


def with_faults(options: MeshOptions, texts: tuple[str, ...]) -> MeshOptions:
    """The options with what `--fault` asks for. Raises ValueError, whose text says what there is."""
    for text in texts:
        try:
            options = replace(options, faults=options.faults | {MeshFault(text)})
        except ValueError:
            known = ", ".join(fault.value for fault in MeshFault)
            raise ValueError(f"unknown fault “{text}”; available: {known}") from None
    return options


async def _typed() -> str:
    return await asyncio.to_thread(input, "Number to enter on the device: ")
