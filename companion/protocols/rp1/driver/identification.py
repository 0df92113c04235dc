"""The device of proven facts, as the registry and services name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.model import DeviceIdentity
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.driver.principal import principal_of
from companion.protocols.rp1.session import plan as session_plan
from companion.protocols.rp1.wire.results import Facts

if TYPE_CHECKING:
    from companion.identity import DeviceName
    from companion.protocols import Context


def device_name(context: Context, facts: Facts) -> DeviceName:
    """By which services know the device of these facts."""
    return principal_of(context).name(crypto.fingerprint(facts.identity_key), context.order.site)


def identity_of(facts: Facts, name: str) -> DeviceIdentity:
    """The device of these facts."""
    made = session_plan.device_id(crypto.fingerprint(facts.identity_key))
    return DeviceIdentity(made, name, facts.model or None, facts.serial, facts.firmware or None)
