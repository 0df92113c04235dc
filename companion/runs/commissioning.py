"""The run from a setup code to operational credentials: the only place that knows all the steps."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from companion.errors import CloudUnsupported, CodeForeign, DeviceNotFound, MethodUnavailable, SecretMissing
from companion.events import ActionNeeded, Event
from companion.model import Advertisement, Commissioned, FoundDevice, OwnedFabric, Ownership, SetupCode, Text
from companion.outcome import Result
from companion.protocols import (
    Driver,
    FabricDriver,
    NetworkDriver,
    Order,
    ProvingDriver,
    ReaderDriver,
    Surroundings,
    driver,
    installed,
)
from companion.questions import ChooseDevice
from companion.runs.base import Run
from companion.runs.delegation import Delegation, only_site
from companion.runs.dialer import RadioDialer, search
from companion.runs.discovery.guidance import guide_to, guided
from companion.runs.discovery.nearby import nearby
from companion.runs.discovery.search import find

if TYPE_CHECKING:
    from companion.endpoint import Endpoint
    from companion.identity import Identity
    from companion.lan import Lan
    from companion.nfc.bluetooth import TaggedDevice
    from companion.radio import Radio
    from companion.registry import Registry

log = logging.getLogger(__name__)

NEARBY_SECONDS = 4.0
SETTLE_SECONDS = 0.5
"""After the first one that is virtual: the others advertise within a tenth of this."""
# Where a code may fit several devices: how long others are looked for once one was seen.
TWIN_SECONDS = 1.0
TAGGED_SECONDS = 4.0
"""How long the device that a tag names is looked for before any that the code fits."""
_CHOSEN_PREPARE = Text(
    "This device needs more than power before it can be set up. If it does not respond, prepare it first."
)


class CommissioningRun(Run):
    """One run: finds the device of a code (or the chosen one) and commissions it."""

    done = Result.COMMISSIONED

    def __init__(
        self,
        *,
        radio: Radio,
        code: SetupCode | None,
        order: Order,
        identity: Identity,
        registry: Registry,
        endpoint: Endpoint | None,
        on_event: Callable[[Event], None],
        timeout: float = 30.0,
        found: FoundDevice | None = None,
        lan: Lan | None = None,
    ) -> None:
        super().__init__(
            medium=radio,
            code=code,
            order=order,
            identity=identity,
            registry=registry,
            endpoint=endpoint,
            on_event=on_event,
            timeout=timeout,
            protocol=found.protocol if found else (code.protocol if code else None),
            lan=lan,
        )
        self._radio = radio
        self._found = found

    async def _perform(self) -> Commissioned:
        try:
            return await self._commission()
        finally:
            if self._order.reader is not None:
                self._order.reader.close()

    async def _commission(self) -> Commissioned:
        await self._begin()
        if self._code is not None:
            refuse_foreign(self._code)
        if self._protocol is not None:
            self._check_cloud(self._protocol)
            self._check_shown(self._protocol)
        if self._order.grant:
            held = Delegation(self._identity, self._registry)
            self._grant = held.for_new_device(self._order.grant, self._order.site)
            self._order = replace(self._order, site=self._order.site or only_site(self._grant.terms))
            if self._protocol is not None:
                held.check_protocol(self._grant, self._protocol)
        if self._found is None or not self._found.on_network:
            await self._radio.check()
        chosen, protocol = await self._find()
        self._check_cloud(protocol.name)
        if self._grant is not None:
            Delegation(self._identity, self._registry).check_protocol(self._grant, protocol.name)
        self._order = replace(self._order, fabric=self._named_fabric(protocol))
        await self._confirm(chosen, protocol)
        dialer = RadioDialer(self._radio, protocol, self._code, chosen, self._reporter)
        return await protocol.commission(self._context(chosen, protocol, dialer))

    def _check_cloud(self, protocol: str) -> None:
        """Raises CloudUnsupported where devices are sent to a cloud and this protocol carries none."""
        from companion.endpoint import CloudEndpoint

        if isinstance(self._endpoint, CloudEndpoint) and not installed().protocols[protocol].clouds:
            raise CloudUnsupported(protocol)

    def _check_shown(self, protocol: str) -> None:
        """Raises MethodUnavailable where a secret was shown and this protocol would set up without it."""
        if self._order.shown is not None and not installed().protocols[protocol].shows_secrets:
            raise MethodUnavailable(f"devices of {protocol} show no secret")

    async def _find(self) -> tuple[FoundDevice, Driver]:
        """The device to commission: the chosen one, the code's, or the one that the user picks."""
        code = self._code
        if self._found is not None:
            return self._chosen(self._found)
        if code is None and self._order.tagged is not None:
            return self._chosen(await self._find_tagged(self._order.tagged))
        if code is None:
            return await self._choose()
        assert code.protocol is not None
        protocol = driver(code.protocol)
        self._reporter.progress(Text("Searching for the matching device"))
        code = guided(self._registry, code)
        if code.prepare is not None:
            self._reporter.report(ActionNeeded(code.prepare, code.guides))
        if code.lacks_secret:
            raise SecretMissing(missing=code.prepare)
        if (held := await self._at_reader(protocol, code)) is not None:
            return held, protocol
        if (meant := await self._search_tagged(protocol, code)) is not None:
            return meant, protocol
        try:
            found = await self._search(protocol, code)
        except DeviceNotFound as absent:
            raise DeviceNotFound(absent.detail, missing=code.prepare) from absent
        if isinstance(protocol, ProvingDriver):
            found = await self._among(found, protocol, code)
        return found, protocol

    async def _at_reader(self, protocol: Driver, code: SetupCode) -> FoundDevice | None:
        """The device that is held to the order's reader, if it can be set up there."""
        if self._order.reader is None or not isinstance(protocol, ReaderDriver):
            return None
        return await protocol.at_reader(self._order.reader, code)

    async def _find_tagged(self, tagged: TaggedDevice) -> FoundDevice:
        """The device that a tag without a code names. Raises DeviceNotFound, and what the radio raises."""
        try:
            async with asyncio.timeout(self._timeout):
                async for found in nearby(self._radio):
                    if tagged.among((found,)) is not None:
                        return found
        except TimeoutError:
            pass
        raise DeviceNotFound("the device that the tag names is not in range")

    async def _search_tagged(self, protocol: Driver, code: SetupCode) -> FoundDevice | None:
        """The device that a tag names and its code fits: of several that the code fits, the right one. None
        where it is not seen soon: some devices have another address by then.
        """
        tagged = self._order.tagged

        def is_meant(seen: Advertisement) -> FoundDevice | None:
            found = protocol.find(seen, code)
            return tagged.among((found,)) if tagged is not None and found is not None else None

        if tagged is None:
            return None
        try:
            return await search(self._radio, is_meant, min(TAGGED_SECONDS, self._timeout))
        except DeviceNotFound:
            return None

    async def _search(self, protocol: Driver, code: SetupCode) -> FoundDevice:
        """The device that a code fits. Raises DeviceNotFound, and what the radio raises."""
        if isinstance(protocol, NetworkDriver) and self._lan is not None:
            return await find(
                self._radio,
                protocol,
                self._surroundings(protocol.name, self._lan),
                code,
                seconds=self._timeout,
                ask=self._ask_which,
            )
        return await search(self._radio, lambda seen: protocol.find(seen, code), self._timeout)

    async def _ask_which(self, devices: tuple[FoundDevice, ...]) -> FoundDevice:
        """Where nobody is there: the nearest. Its driver goes on to the others if that is the wrong one."""
        if not self._order.attended:
            return _nearest_first(devices)[0]
        return await self._reporter.ask(ChooseDevice(devices))

    def _surroundings(self, protocol: str, lan: Lan) -> Surroundings:
        memory = self._registry.memory(protocol, self._identity.vault)
        grant = self._grant.id if self._grant is not None else ""
        fabric = self._named_fabric(driver(protocol))
        return Surroundings(lan, memory, self._identity, grant, fabric)

    def _named_fabric(self, protocol: Driver) -> str:
        """The id of that which was asked for; "" for none, and for protocols that have none.

        Raises FabricMissing, RecordAmbiguous.
        """
        if not self._order.fabric or self._grant is not None or not isinstance(protocol, FabricDriver):
            return ""
        return protocol.own_fabric(self._identity, self._order.fabric).id

    def _fabrics(self, chosen: FoundDevice, protocol: Driver) -> tuple[OwnedFabric, ...]:
        is_said = self._order.fabric or self._grant is not None or chosen.ownership is Ownership.OWNED
        if is_said or not isinstance(protocol, FabricDriver):
            return ()
        known = protocol.own_fabrics(self._identity)
        return known if len(known) > 1 else ()

    async def _among(self, first: FoundDevice, protocol: ProvingDriver, code: SetupCode) -> FoundDevice:
        """Of all devices that the code fits: the nearest, where a session will tell them apart, else the one
        that the user chooses.
        """
        seen = {first.address: first}
        with suppress(TimeoutError):
            async with asyncio.timeout(TWIN_SECONDS), self._radio.scan() as advertisements:
                async for advertisement in advertisements:
                    if (found := protocol.find(advertisement, code)) is not None:
                        seen[found.address] = found
        ranked = _nearest_first(seen.values())
        if len(ranked) == 1 or protocol.code_proves(code):
            return ranked[0]
        return await self._reporter.ask(ChooseDevice(ranked))

    async def _choose(self) -> tuple[FoundDevice, Driver]:
        seen: dict[str, FoundDevice] = {}
        try:
            async with asyncio.timeout(min(NEARBY_SECONDS, self._timeout)) as limit:
                async for found in nearby(self._radio, self._lan):
                    if self._radio.is_virtual and not seen:
                        limit.reschedule(asyncio.get_running_loop().time() + SETTLE_SECONDS)
                    seen[found.address] = found
        except TimeoutError:
            pass
        if self._order.shown is not None:
            seen = _showing(seen)
        if not seen:
            raise DeviceNotFound("no device in range can be set up")
        ranked = _nearest_first(seen.values())
        # Where it is the only one that can have shown the secret, it has to know that.
        only = len(ranked) == 1 and self._order.shown is not None
        chosen = ranked[0] if only else await self._reporter.ask(ChooseDevice(ranked))
        return self._chosen(chosen)

    def _chosen(self, found: FoundDevice) -> tuple[FoundDevice, Driver]:
        """One without a code: what it, or an imported list, says of how it is made ready."""
        if (guide := guide_to(self._registry, found)) is not None:
            self._reporter.report(ActionNeeded(_CHOSEN_PREPARE, (guide,)))
        return found, driver(found.protocol)


def _showing(seen: Mapping[str, FoundDevice]) -> dict[str, FoundDevice]:
    """Those that can show a secret: of these protocols, and without an owner if there is one without."""
    able = {key: each for key, each in seen.items() if installed().protocols[each.protocol].shows_secrets}
    return {key: each for key, each in able.items() if each.ownership is not Ownership.OWNED} or able


def _nearest_first(seen: Iterable[FoundDevice]) -> tuple[FoundDevice, ...]:
    """By signal strength; one that is unknown counts as faint."""
    return tuple(sorted(seen, key=lambda found: -127 if found.rssi is None else found.rssi, reverse=True))


def refuse_foreign(code: SetupCode) -> None:
    """Raises CodeForeign, with the sentence that says what takes it, for a code that no protocol takes."""
    if not code.commissionable:
        raise CodeForeign(kind=code.title, verdict=str(code.verdict))
