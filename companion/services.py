"""Everything that a run needs, opened together: radio, identity, registry and endpoint.

The virtual world has its own data folder and its own throwaway identity, so nothing that happens there
can touch a key or a record of a real device.
"""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import StorageError
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.endpoint import Endpoint
    from companion.identity import Identity
    from companion.radio import Radio, VirtualWorld
    from companion.registry import Registry

DEFAULT_RADIO = "os"


@dataclass(frozen=True)
class Services:
    """An open radio, identity, registry and endpoint. `endpoint` None: devices get none."""

    data_dir: Path
    radio: Radio
    identity: Identity
    registry: Registry
    endpoint: Endpoint | None


def data_folder(given: Path | None, *, virtual: bool = False) -> Path:
    """The data folder: the one given, else the platform's; made if missing. Raises StorageError."""
    if given is None:
        import platformdirs

        given = Path(platformdirs.user_data_dir("companion", appauthor=False))
        if virtual:
            given = given / "virtual"
    try:
        given.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{type(error).__name__} at the data folder") from error
    return given


@asynccontextmanager
async def open_services(
    radios: Sequence[str],
    *,
    data_dir: Path | None = None,
    endpoint: str | None = None,
    with_endpoint: bool = True,
    ask_passphrase: Callable[[bool], Secret] | None = None,
    world: VirtualWorld | None = None,
) -> AsyncIterator[Services]:
    """Open all four, and close them in reverse order.

    radios: `--radio` specifications; endpoint: "host:port" of one that runs elsewhere, None for the
    embedded one. Raises RadioError and StorageError leaves.
    """
    from companion.endpoint import EmbeddedEndpoint, ExternalEndpoint
    from companion.identity import open_identity
    from companion.radio import open_radios
    from companion.registry import open_registry

    async with AsyncExitStack() as stack:
        radio = await open_radios(radios, world=world)
        stack.push_async_callback(radio.close)
        if not radio.is_virtual:
            # No adapter is the plainer news: nobody should type a passphrase only to hear it then.
            await radio.check()
        folder = data_folder(data_dir, virtual=radio.is_virtual)
        identity = open_identity(folder, throwaway=radio.is_virtual, ask_passphrase=ask_passphrase)
        registry = open_registry(folder)
        stack.callback(registry.close)
        served: Endpoint | None = None
        if endpoint is not None:
            served = ExternalEndpoint(endpoint)
        elif with_endpoint:
            host = "127.0.0.1" if radio.is_virtual else lan_address()
            embedded = await EmbeddedEndpoint.start(identity, host=host, is_revoked=registry.is_revoked)
            stack.push_async_callback(embedded.close)
            served = embedded
        yield Services(folder, radio, identity, registry, served)


def lan_address() -> str:
    """This computer's address towards its network, without sending a packet; loopback if it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
