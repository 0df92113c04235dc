"""One device of a scenario's copies: a virtual one that is switched on for its runs, or a real one."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from companion.errors import CodeMalformed, ScenarioInvalid
from companion.lab.faults import LabFault, of_the_air, own_words
from companion.lab.scenario import Button, LabDevice
from companion.lab.source import SHOWN, Source, read_shown, read_tag
from companion.model import FoundDevice, SetupCode
from companion.protocols import driver, installed, recognise

if TYPE_CHECKING:
    from companion.radio import Radio
    from companion.secret import Secret
    from companion.services import Services
    from companion.virtual.air_link import AirLink
    from companion.virtual.peripheral import Peripheral

SHOW_SECONDS = 5.0
"""How long a person looks for a number on a device's display."""
PRESS_SECONDS = 0.2


class Unit:
    """device: what it is one of, at this place among the scenario's that take part; copy: which, from 1.

    shown: the number on its display, None for nothing; last: the one that it showed last in this run
    """

    def __init__(self, device: LabDevice, copy: int, place: int, tell: Callable[[Unit], None]) -> None:
        """tell: called when its display shows something else."""
        self.device = device
        self.place = place
        self.name = device.name if copy == 1 else f"{device.name} {copy}"
        self.shown: str | None = None
        self.last: str | None = None
        self._tell = tell
        self._changed = asyncio.Event()
        self._pressed: asyncio.Future[bool] | None = None
        self._peripheral: Peripheral | None = None

    # --- power --------------------------------------------------------------------------------------

    async def switch_on(self, air: AirLink | str, dice: random.Random) -> None:
        """Put the device on an air as it left the factory. dice: decides what is lost on the way to it.

        Raises ScenarioInvalid for faults that it can't have, and what `Peripheral.open` raises.
        """
        from companion.virtual.bad_link import spoil

        if self.device.code is not None:
            return
        made = self._peripheral.as_new() if self._peripheral is not None else None
        self._peripheral = made or self._make()
        self._peripheral.rssi = self.device.signal
        air_faults = of_the_air(self.device.protocol, self.device.faults)
        spoil(
            self._peripheral,
            lossy=air_faults.get(LabFault.LOSSY, 0) / 100,
            slow=air_faults.get(LabFault.SLOW, 0) / 1000,
            drop=air_faults.get(LabFault.DROP_LINK),
            dice=dice,
        )
        self.last = None
        await self._peripheral.open(air)

    async def switch_off(self) -> None:
        """Take it off the air. Never raises."""
        if self._peripheral is not None:
            await self._peripheral.close()
        self._show(None)

    def _make(self) -> Peripheral:
        from companion.virtual.devices import DeviceOptions
        from companion.virtual.world import devices_of

        own = own_words(self.device.protocol, self.device.faults)
        options = DeviceOptions(faults=own + self.device.native, say=lambda text: None, press=self._compare)
        try:
            return devices_of(self.device.protocol).make(options)
        except ValueError as error:
            raise ScenarioInvalid(f"{self.device.name}: {error}") from error

    # --- how it is found ------------------------------------------------------------------------------

    @property
    def code(self) -> SetupCode | None:
        """What its label says; None where it has none. Raises CodeMalformed."""
        if self.device.code is not None:
            return _known(recognise(self.device.code.reveal_text()))
        text = getattr(self._peripheral, "setup_code", None)
        return None if text is None else _known(recognise(text))

    async def read(self) -> tuple[SetupCode | None, Secret | None]:
        """What its source gives: the setup code, or a fresh secret that it shows and no code.

        Raises CodeMalformed, ScenarioInvalid where it shows none, LightUnread, SoundUnread, TagError leaves.
        """
        source, code = self.device.source, self.code
        if source is Source.NFC and code is not None:
            return await asyncio.to_thread(read_tag, code), None
        if source not in SHOWN:
            return code, None
        secret = self._peripheral.show_secret() if self._peripheral is not None else None
        if secret is None:
            raise ScenarioInvalid(f"{self.device.name}: it shows no secret")
        return None, await asyncio.to_thread(read_shown, source, secret)

    async def prepare(self, services: Services) -> Secret | None:
        """Keep what runs with such a device need; the Thread dataset that it joins, None for Wi-Fi."""
        declared = installed().protocols[self.device.protocol].virtual if self.device.code is None else None
        if declared is None or declared.prepare is None:
            return None
        memory = services.registry.memory(self.device.protocol, services.identity.vault)
        return await asyncio.to_thread(declared.prepare, memory)

    async def find(self, radio: Radio, seconds: float) -> FoundDevice:
        """The device itself, where no code tells it from others. Raises DeviceNotFound and RadioError."""
        from companion.runs.dialer import search

        assert self._peripheral is not None
        address, protocol = self._peripheral.address, driver(self.device.protocol)
        return await search(
            radio,
            lambda seen: protocol.find(seen, None) if seen.address == address else None,
            seconds,
        )

    # --- its display and its button --------------------------------------------------------------------

    async def read_number(self) -> str | None:
        """What its display shows or showed, as soon as it does; None where it shows nothing."""
        try:
            async with asyncio.timeout(SHOW_SECONDS):
                while self.last is None:
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return None
        return self.last

    def press(self, matches: bool) -> None:
        """Its user presses (the numbers match) or holds (they differ) its button."""
        if self._pressed is not None and not self._pressed.done():
            self._pressed.set_result(matches)

    async def _compare(self, number: str) -> bool | None:
        """Who stands at the device: see `companion.virtual.button`."""
        self._pressed = asyncio.get_running_loop().create_future()
        self._show(number)
        try:
            match self.device.button:
                case Button.NOBODY:
                    return None
                case Button.HAND:
                    return await self._pressed
                case Button.MATCH | Button.DIFFER:
                    await asyncio.sleep(PRESS_SECONDS)
                    return self.device.button is Button.MATCH
        finally:
            self._pressed = None
            if self.device.button is not Button.NOBODY:
                self._show(None)

    def _show(self, number: str | None) -> None:
        if number == self.shown:
            return
        self.shown = number
        self.last = number or self.last
        self._changed.set()
        self._tell(self)


def _known(code: SetupCode) -> SetupCode:
    if code.protocol is None:
        raise CodeMalformed(f"a code of {code.ecosystem}", kind=code.ecosystem)
    return code


class Pool:
    """The units of some devices. Each run has one for itself: one more copy of the device, where its own is
    still at work in an earlier run."""

    def __init__(self, devices: tuple[LabDevice, ...], tell: Callable[[Unit], None]) -> None:
        self._devices = devices
        self._tell = tell
        self._made: dict[tuple[int, int], Unit] = {}
        # The first copy of each device, then the second ones: a short session meets every device.
        self._order = sorted(
            (copy, place) for place, device in enumerate(devices) for copy in range(1, device.copies + 1)
        )
        self._busy: set[Unit] = set()

    def take(self, number: int) -> Unit:
        """The unit of a run, by its number from 1."""
        copy, place = self._order[(number - 1) % len(self._order)]
        unit = self._unit(place, copy)
        spare = self._devices[place].copies
        while unit in self._busy:
            spare += 1
            unit = self._unit(place, spare)
        self._busy.add(unit)
        return unit

    def give_back(self, unit: Unit) -> None:
        """Its run is over."""
        self._busy.discard(unit)

    def press(self, place: int, matches: bool) -> None:
        """The button of a device, of that copy which shows a number."""
        for unit in self._busy:
            if unit.place == place and unit.shown is not None:
                unit.press(matches)
                return

    def _unit(self, place: int, copy: int) -> Unit:
        if (place, copy) not in self._made:
            self._made[place, copy] = Unit(self._devices[place], copy, place, self._tell)
        return self._made[place, copy]
