"""The composition root: radio, network, identity, registry and endpoint, opened and closed together.

The command line, the window and programs all get them here. The virtual world has its own data folder and
its own throwaway identity, so nothing that happens there can touch a key or a record of a real device.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from copy import copy
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from companion.errors import RadioSpecError, StorageError
from companion.files import data_folder
from companion.networks.lan_address import lan_address
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.clouds.profile import CloudProfile
    from companion.endpoint import EmbeddedEndpoint, Endpoint
    from companion.identity import Identity
    from companion.identity.crl import Publication
    from companion.identity.hardware.keys import AskPin
    from companion.lan import Lan
    from companion.radio import Radio, VirtualWorld
    from companion.registry import DeviceRecord, Registry

T = TypeVar("T")

DEFAULT_RADIO = "os"
log = logging.getLogger(__name__)


class Services:
    """What runs need, each part opened once, when it is first used, and all closed by `close`.

    A part is reached through its property once it is open; before that the property raises RuntimeError.
    `endpoint` is None where devices are to get none. Belongs to one event loop.
    """

    def __init__(
        self,
        radios: Sequence[str] = (DEFAULT_RADIO,),
        *,
        data_dir: Path | None = None,
        endpoint: str | None = None,
        with_endpoint: bool = True,
        ask_passphrase: Callable[[bool], Secret] | None = None,
        ask_pin: AskPin | None = None,
        make_world: Callable[[], VirtualWorld] | None = None,
        cloud: CloudProfile | None = None,
        registry: str | None = None,
        operator: str | None = None,
        on_waiting: Callable[[int], None] | None = None,
    ) -> None:
        """Nothing is opened yet.

        radios:         `--radio` specifications; none of them for what needs no radio
        data_dir:       where records and keys are; None takes the platform's folder
        endpoint:       "host:port" of one that runs elsewhere; None starts the embedded one
        ask_passphrase: called with True for a new passphrase, may block; None: nobody can be asked
        ask_pin:        called where the owner's keys are on a hardware token, may block; None as above
        make_world:     what lives on the air of "virtual", made each time that radio is opened
        cloud:          where devices are sent in place of an endpoint
        registry:       address of a PostgreSQL server, without a password, or "local"; operator: who works
                        here. None: what the environment or the data folder says
        on_waiting:     told at the end how many runs wait for the registry's server
        """
        self.radios = tuple(radios)
        self._data_dir = data_dir
        self._external = endpoint
        self._with_endpoint = with_endpoint
        self.ask_passphrase = ask_passphrase
        self.ask_pin = ask_pin
        self._make_world = make_world
        self._cloud = cloud
        self._registry_said, self._operator_said, self._on_waiting = registry, operator, on_waiting
        self._radio: Radio | None = None
        self._lan: Lan | None = None
        self._identity: Identity | None = None
        self._registry: Registry | None = None
        self._endpoint: Endpoint | None = None
        self._embedded: EmbeddedEndpoint | None = None
        self.on_renewal: Callable[[DeviceRecord, datetime], None] = lambda device, end: None
        """Told of each certificate that a device renewed at the embedded endpoint, and of its end; on a
        thread of its own. Set before the endpoint opens."""
        self._registry_lock = threading.Lock()
        self._radio_lock = asyncio.Lock()
        self._endpoint_lock = asyncio.Lock()

    async def __aenter__(self) -> Self:
        """Opens nothing."""
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self.close()

    # --- what is open ------------------------------------------------------------------------------

    @property
    def radio(self) -> Radio:
        return _require(self._radio, "radio")

    @property
    def lan(self) -> Lan:
        """This computer's network; beside a virtual radio one that ends in this computer. Opens nothing."""
        if self._lan is None:
            from companion.lan import Lan

            self._lan = Lan.loopback() if self.is_virtual else Lan()
        return self._lan

    @property
    def identity(self) -> Identity:
        return _require(self._identity, "identity")

    @property
    def has_identity(self) -> bool:
        """True once the owner's keys are open."""
        return self._identity is not None

    @property
    def registry(self) -> Registry:
        return _require(self._registry, "registry")

    @property
    def endpoint(self) -> Endpoint | None:
        return self._endpoint

    @property
    def listens_at(self) -> str | None:
        """ "host:port" at which this computer's network reaches the embedded endpoint; None: nowhere."""
        return None if self._embedded is None or self.is_virtual else self._embedded.address

    @property
    def is_virtual(self) -> bool:
        """True if nothing real is behind the radios. Raises RadioSpecError."""
        from companion.radio import all_virtual

        return bool(self.radios) and all_virtual(self.radios)

    @property
    def data_dir(self) -> Path:
        """Where its records and keys are; made if missing. Raises RadioSpecError, StorageError."""
        return data_folder(self._data_dir, virtual=self.is_virtual)

    # --- opening -----------------------------------------------------------------------------------

    async def open(self) -> None:
        """Open all that is not open yet.

        Raises RadioError and StorageError leaves; what was opened by then is closed with `close`.
        """
        radio = await self.open_radio()
        if not radio.is_virtual:
            # No adapter is the plainer news: nobody should type a passphrase only to hear it then.
            await radio.check()
        self.open_identity()
        self.open_registry()
        await self.open_endpoint()

    async def open_radio(self) -> Radio:
        """The radio. Whether its adapter works is found out by `Radio.check`. Raises RadioSpecError."""
        async with self._radio_lock:
            if self._radio is None:
                from companion.radio import RadioKind, RadioSpec, open_radios

                kinds = {RadioSpec.parse(spec).kind for spec in self.radios}
                make = self._make_world if RadioKind.VIRTUAL in kinds else None
                self._radio = await open_radios(self.radios, world=make() if make is not None else None)
            return self._radio

    def open_identity(self) -> Identity:
        """The owner's keys. Blocks while the key store is busy or a passphrase or PIN is typed: whoever must
        not wait calls it on a thread. Raises StorageError leaves, and what is raised instead of an answer.
        """
        if self._identity is None:
            from companion.identity import open_identity

            self._identity = open_identity(
                self.data_dir,
                throwaway=self.is_virtual,
                ask_passphrase=self.ask_passphrase,
                ask_pin=self.ask_pin,
            )
        return self._identity

    def open_registry(self) -> Registry:
        """The registry. May be called on any thread: it blocks while an older folder is migrated. That of a
        team opens without its server. Raises StorageError leaves.
        """
        with self._registry_lock:
            if self._registry is None:
                from companion.registry import open_registry
                from companion.registry.team.setting import chosen

                setting = chosen(self.data_dir, self._registry_said, self._operator_said)
                self._registry = open_registry(
                    self.data_dir,
                    operator=setting.operator,
                    server=setting.address,
                    virtual=self.is_virtual,
                )
            return self._registry

    async def open_endpoint(self) -> Endpoint | None:
        """Where devices show that their credentials work; None where they are to get no endpoint.

        The embedded one serves with the identity and asks the registry, so it opens both.
        Raises StorageError leaves, and CloudError leaves where devices are sent to a cloud.
        """
        async with self._endpoint_lock:
            if self._endpoint is None and self._cloud is not None:
                from companion.clouds.providers import open_endpoint

                self._endpoint = open_endpoint(self._cloud, self.open_identity())
            elif self._endpoint is None and self._external is not None:
                from companion.endpoint import ExternalEndpoint

                self._endpoint = ExternalEndpoint(self._external)
            elif self._endpoint is None and self._with_endpoint:
                self._endpoint = self._embedded = await self._start_endpoint()
            return self._endpoint

    async def _start_endpoint(self) -> EmbeddedEndpoint:
        """With what it serves; the revocation list is renewed if that is due."""
        from companion.endpoint import EmbeddedEndpoint
        from companion.endpoint.last_port import start_at_last_port
        from companion.est.renewal import Renewals
        from companion.est.service import EstService

        identity, registry = self.open_identity(), self.open_registry()
        start = partial(
            EmbeddedEndpoint.start,
            identity,
            host="127.0.0.1" if self.is_virtual else lan_address(),
            is_revoked=registry.is_revoked,
            is_admitted=lambda fingerprint: registry.grants.is_admitted(fingerprint),
            over_http=EstService(Renewals(identity, registry, self.on_renewal)).answer,
        )
        started = await start_at_last_port(self.data_dir, lambda port: start(port=port))
        try:
            await asyncio.to_thread(self.renew_crl_if_due)
        except StorageError as error:
            log.warning("the revocation list was not renewed: %s", error.code)
        return started

    def usual_endpoint(self) -> str | None:
        """ "host:port" of the embedded endpoint as it was last time; None: it never ran. Starts nothing."""
        from companion.endpoint.last_port import ANY, last_port

        port = last_port(self.data_dir)
        host = "127.0.0.1" if self.is_virtual else lan_address()
        return None if port == ANY else f"{host}:{port}"

    def answering_endpoint(self) -> str:
        """ "host:port" of the embedded endpoint if it is running, here or in another process; "": it is not.

        Starts nothing. Blocks for some seconds at most; the identity is open.
        """
        from companion.endpoint.probe import is_ours

        usual = self.usual_endpoint()
        return usual if usual is not None and is_ours(usual, self.identity.ca) else ""

    def renew_crl(self) -> Publication | None:
        """Write the revocation list for services again, where one was written before; None where none was.

        Raises StorageError leaves, and opens the identity if there is something to sign.
        """
        from companion.identity import crl

        if crl.published(self.data_dir) is None:
            return None
        return crl.publish(self.data_dir, self.open_identity().ca, self.registry)

    def renew_crl_if_due(self) -> bool:
        """`renew_crl` if it `is_due`. True if it is a new one. Raises StorageError leaves."""
        from companion.identity import crl

        return crl.is_due(self.data_dir, self.registry) and self.renew_crl() is not None

    # --- closing -----------------------------------------------------------------------------------

    def use_radios(self, radios: Sequence[str]) -> None:
        """The radios that `open_radio` opens next.

        Raises RuntimeError while one is open, RadioSpecError for radios of the other world, real or virtual.
        """
        from companion.radio import all_virtual

        if self._radio is not None:
            raise RuntimeError("the radio is open")
        if all_virtual(radios) is not self.is_virtual:
            raise RadioSpecError("virtual and real devices are kept apart", spec=", ".join(radios))
        self.radios = tuple(radios)

    def over(self, radio: Radio | None = None, endpoint: Endpoint | None = None) -> Services:
        """The same open parts over a radio that its opener closes, or with another endpoint. Never closed."""
        made = copy(self)
        if radio is not None:
            made._radio, made._lan = radio, self.lan
        made._endpoint = endpoint or self._endpoint
        return made

    async def close_radio(self) -> None:
        """Close the radio; `open_radio` opens it again."""
        async with self._radio_lock:
            radio, self._radio = self._radio, None
            if radio is not None:
                await radio.close()

    def close_registry(self) -> None:
        """Close the registry; `open_registry` opens it again."""
        registry, self._registry = self._registry, None
        if registry is not None:
            registry.close()
            if (left := registry.status.waiting) and self._on_waiting is not None:
                self._on_waiting(left)

    def close_identity(self) -> None:
        """Forget the owner's keys, and log out of the hardware token that has them."""
        identity, self._identity = self._identity, None
        if identity is not None:
            identity.close()

    async def close(self) -> None:
        """Close everything, in reverse order. The keys are forgotten. May be called twice."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.close_radio)
            stack.callback(self.close_registry)
            stack.push_async_callback(self._close_endpoint)
            stack.push_async_callback(self._close_lan)
            stack.callback(self.close_identity)

    async def _close_lan(self) -> None:
        lan, self._lan = self._lan, None
        if lan is not None:
            await lan.close()

    async def _close_endpoint(self) -> None:
        embedded, self._embedded, self._endpoint = self._embedded, None, None
        if embedded is not None:
            await embedded.close()


@asynccontextmanager
async def open_services(
    radios: Sequence[str] = (DEFAULT_RADIO,),
    *,
    data_dir: Path | None = None,
    endpoint: str | None = None,
    with_endpoint: bool = True,
    ask_passphrase: Callable[[bool], Secret] | None = None,
    ask_pin: AskPin | None = None,
    world: VirtualWorld | None = None,
    cloud: CloudProfile | None = None,
    registry: str | None = None,
    operator: str | None = None,
    on_waiting: Callable[[int], None] | None = None,
) -> AsyncIterator[Services]:
    """`Services` with every part open, closed at the end. Arguments as there.

    world: the virtual devices on the air of the radio "virtual"; None takes one of each kind.
    Raises RadioError and StorageError leaves.
    """
    services = Services(
        radios,
        data_dir=data_dir,
        endpoint=endpoint,
        with_endpoint=with_endpoint,
        ask_passphrase=ask_passphrase,
        ask_pin=ask_pin,
        make_world=None if world is None else lambda: world,
        cloud=cloud,
        registry=registry,
        operator=operator,
        on_waiting=on_waiting,
    )
    async with services:
        await services.open()
        yield services


def _require(part: T | None, name: str) -> T:
    if part is None:
        raise RuntimeError(f"the {name} is not open")
    return part
