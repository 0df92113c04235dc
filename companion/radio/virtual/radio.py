"""Radios on Bumble: a virtual air in this process, or a controller behind any HCI transport."""

from __future__ import annotations

import importlib

from companion.errors import CompanionError, RadioSpecError
from companion.radio.radio import Backend, Radio
from companion.radio.spec import RadioSpec, VirtualWorld
from companion.radio.virtual.backend import client_class, scanner_class
from companion.radio.virtual.central import VirtualCentral
from companion.virtual.air_link import AirLink
from companion.virtual.host import BumbleHost, random_static_address


async def open_bumble(spec: RadioSpec) -> Radio:
    """A radio on the controller behind `spec.transport`. Raises RadioSpecError if it does not answer."""
    central = await _power_up(spec, spec.transport)
    return Radio(spec.text, is_virtual=spec.is_virtual, backend=_backend(central))


async def open_virtual(spec: RadioSpec, world: VirtualWorld | None) -> Radio:
    """A radio on a fresh air of this process, where `world` lives; None takes the default world."""
    air = AirLink()
    central = await _power_up(spec, air)
    world = world or default_world()
    try:
        await world.populate(air)
    except BaseException:
        await world.close()
        await central.host.close()
        raise
    return Radio(spec.text, is_virtual=True, backend=_backend(central, world))


def default_world() -> VirtualWorld:
    """The world that the virtual devices' room offers."""
    world: VirtualWorld = importlib.import_module("companion.virtual.world").default_world()
    return world


async def _power_up(spec: RadioSpec, air: AirLink | str) -> VirtualCentral:
    try:
        return VirtualCentral(await BumbleHost.open(air, address=random_static_address()), spec.text)
    except CompanionError:
        raise
    except Exception as error:
        # Each transport raises what its library raises: OSError, ValueError, usb1's, pyserial's, ...
        raise RadioSpecError(f"{type(error).__name__}: {error}", spec=spec.text) from error


def _backend(central: VirtualCentral, world: VirtualWorld | None = None) -> Backend:
    async def close() -> None:
        if world is not None:
            await world.close()
        await central.host.close()

    return Backend(
        scanner=scanner_class(central),
        client=client_class(central),
        close=close,
        lost=central.host.lost,
        agent=central.pair_with,
        capture=central.capture,
    )
