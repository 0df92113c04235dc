"""To which cloud each device was sent: its certificate is renewed there, not at this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from companion.endpoint import Endpoint
    from companion.protocols import Memory
    from companion.registry import DeviceRecord
    from companion.services import Services

_SENT = "cloud/"
"""How the names of the entries in a protocol's memory begin; the device's id follows."""


def note(memory: Memory, device: str, profile: str | None) -> None:
    """The device (its id) connects by this profile from now on; None: to no cloud."""
    if profile is not None or memory.get(_SENT + device) is not None:
        memory.put(_SENT + device, profile)


def profile_of(memory: Memory, device: str) -> str | None:
    """By which profile the device connects; None: by none."""
    name = memory.get(_SENT + device)
    return name if isinstance(name, str) else None


def endpoint_of(services: Services, device: DeviceRecord) -> Endpoint | None:
    """The endpoint for a new certificate of a device: that of its cloud, where no other one was named.

    The identity is open. Raises CloudProfileMissing, and what opening the endpoint raises.
    """
    from companion.clouds.providers import open_endpoint
    from companion.clouds.store import ProfileStore
    from companion.endpoint import EmbeddedEndpoint

    if not isinstance(services.endpoint, EmbeddedEndpoint):
        return services.endpoint
    memory = services.registry.memory(device.protocol, services.identity.vault)
    name = profile_of(memory, device.id)
    if name is None:
        return services.endpoint
    return open_endpoint(ProfileStore(services.data_dir).find(name), services.identity)
