"""What an owner does with a device that is his: find it again by its identity key, and act."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from companion import wifi_memory
from companion.dialer import RadioDialer, look
from companion.errors import CodeMalformed, MethodUnavailable, WrongOwnerKey
from companion.events import Event
from companion.model import (
    Advertisement,
    Commissioned,
    DeviceIdentity,
    Finding,
    FoundDevice,
    LinkCounts,
    Possession,
    Text,
)
from companion.outcome import Outcome, Result
from companion.protocols import DRIVERS, Act, ActingDriver, Driver, OfferTerms, Order, OwnDevice, driver
from companion.run import Run

if TYPE_CHECKING:
    from companion.endpoint import Endpoint
    from companion.identity import Identity
    from companion.radio import Radio
    from companion.registry import DeviceRecord, Registry
    from companion.secret import Secret


class OwnersAct(Run):
    """One run: finds an owned device and does `act` to it, with the steps of every other run."""

    done = Result.DONE

    def __init__(
        self,
        act: Act,
        device: OwnDevice,
        *,
        protocol: str,
        radio: Radio,
        order: Order,
        identity: Identity,
        registry: Registry,
        endpoint: Endpoint | None,
        tell: Callable[[Event], None],
        timeout: float = 30.0,
    ) -> None:
        super().__init__(
            medium=radio,
            code=None,
            order=order,
            identity=identity,
            registry=registry,
            endpoint=endpoint,
            tell=tell,
            timeout=timeout,
            protocol=protocol,
        )
        self._radio = radio
        self.act = act.value
        self._act = act
        self._device = device

    def _findings(self, chosen: FoundDevice, protocol: Driver) -> tuple[Finding, ...]:
        """None: both sides prove their keys. What is found without a code is about strangers."""
        return ()

    async def _walk(self) -> Commissioned:
        await self._begin()
        acting = acting_driver(self._protocol or "")
        await self._radio.check()

        def recognise(advertisement: Advertisement) -> FoundDevice | None:
            found = acting.recognise(advertisement, self._device)
            return replace(found, name=self._device.name) if found is not None else None

        self._story.progress(Text("Looking for {name}", {"name": self._device.name}))
        found = await look(self._radio, recognise, self._timeout)
        await self._approach(found, acting)
        dialer = RadioDialer(self._radio, acting, None, found, self._story, recognise=recognise)
        done = await acting.act(self._context(found, acting, dialer), self._act, self._device)
        wifi_memory.remember(self._identity.vault, self._story.handed_over_wifi)
        return done


def acting_driver(protocol: str) -> ActingDriver:
    """The driver of a protocol that knows owners. Raises MethodUnavailable for one that does not."""
    try:
        made = driver(protocol)
    except (KeyError, ImportError) as error:
        raise MethodUnavailable(type(error).__name__) from error
    if not isinstance(made, ActingDriver):
        raise MethodUnavailable(f"{protocol} devices have no owner who could act")
    return made


def own_device(record: DeviceRecord) -> OwnDevice:
    """The device of a record. Raises MethodUnavailable where it never proved a key."""
    if record.identity_key is None:
        raise MethodUnavailable(f"{record.protocol} devices have no owner who could act")
    return OwnDevice(record.name, record.identity_key, record.serial or "")


def give_away(
    record: DeviceRecord,
    terms: OfferTerms,
    *,
    identity: Identity,
    registry: Registry,
    keep: Callable[[Secret], None],
) -> Outcome:
    """Make a transfer token without the device. `keep` gets it; then the registry notes that it is out.

    Raises MethodUnavailable, QueryFirst, WrongOwnerKey, and what `keep` raises.
    """
    if not _set_up_by(identity.owner.public, record):
        raise WrongOwnerKey("the device was set up under another owner key: it would take no token of ours")
    acting, memory = acting_driver(record.protocol), registry.memory(record.protocol, identity.vault)
    keep(acting.offer(own_device(record), terms, identity, memory))
    run = registry.begin_run(ecosystem=record.protocol, radio="none")
    done = Commissioned(
        device=DeviceIdentity(record.id, record.name, record.model, record.serial, record.firmware),
        method=record.method,
        identity_key=record.identity_key,
        possession=Possession.OFFERED,
    )
    outcome = Outcome(Result.DONE, run, record.protocol, (), LinkCounts(), commissioned=done, act="transfer")
    return replace(outcome, record=registry.finish_run(run, outcome))


def _set_up_by(owner: bytes, record: DeviceRecord) -> bool:
    """False if the record names another owner key as the one that the device was given."""
    ours = hashlib.sha256(owner).hexdigest()
    given = [one for one in record.credentials if one.kind == "owner" and one.replaced is None]
    return all(one.details["key"] == ours for one in given)


def offered(token: str) -> tuple[str, OwnDevice]:
    """Protocol and device of a transfer token. Raises CodeMalformed."""
    for protocol in DRIVERS:
        made = driver(protocol)
        device = made.offered(token) if isinstance(made, ActingDriver) else None
        if device is not None:
            return protocol, device
    raise CodeMalformed("not a transfer token", kind="transfer")
