"""A virtual RP1 device: the device machine with a GATT server, a display, a button and a network."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

from companion.light.frame import CHIP_SECONDS, Beacon
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device import effects
from companion.protocols.rp1.device.authority import Trial
from companion.protocols.rp1.device.effects import Effect, Press
from companion.protocols.rp1.device.machine import DeviceMachine
from companion.protocols.rp1.device.storage.flash import FileFlash, RamFlash
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.virtual import factory, sight
from companion.protocols.rp1.virtual.faults import FaultInjector
from companion.protocols.rp1.virtual.network import Network
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.renewal import RenewalFailed, RenewedCertificate, due
from companion.protocols.rp1.virtual.tls import TrialFailed
from companion.protocols.rp1.wire import fragment, info
from companion.protocols.rp1.wire.info import Caps
from companion.secret import Secret
from companion.virtual.gatt import AdStructures, Advertising, Central, Characteristic, Properties, Service
from companion.virtual.peripheral import Peripheral

log = logging.getLogger(__name__)

LONGEST_NAME = 11
SHORTEST_SLEEP = 0.05
_REPORTS = 3
_REPORT_PAUSE = 0.5
_RENEWAL_PAUSE = 3600.0


class VirtualRp1(Peripheral):
    """The device of `options`. Other arguments are those of `Peripheral`.

    shown:     the number on its display, or None
    greetings: what the endpoint said, each time that the device reported to it
    renewed:   set once it got another certificate there
    watch:     called with each effect that is not a notification, for terminals and tests
    """

    def __init__(
        self,
        options: Rp1Options | None = None,
        *,
        watch: Callable[[Effect], None] = lambda effect: None,
        **peripheral: Any,
    ) -> None:
        self.options = options or Rp1Options()
        faults = self.options.faults
        self.label = factory.printed(self.options.product or factory.sample(), faults)
        self.shown: str | None = None
        self.greetings: list[str] = []
        self.renewed = asyncio.Event()
        self._watch = watch
        self._product = factory.built(self.label, faults)
        if self.options.sees is not None:
            self._product = replace(self._product, caps=self._product.caps | Caps.SIGHT)
        self._faults = FaultInjector(faults)
        self._network = Network(self.options.access_points, self._faults.seconds_a_phase, self._product.keys)
        path = self.options.flash
        self._file = FileFlash(path) if path is not None else None
        self._renewed = RenewedCertificate.load(path.parent if path is not None else None)
        self._flash = self._faults.flash(self._file or RamFlash())
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._due: list[Effect] = []
        self._advertising_changed = asyncio.Event()
        self._boot()
        service = Service(
            info.SERVICE_UUID,
            (
                Characteristic(info.INFO_UUID, Properties.READ, read=self._on_read),
                Characteristic(
                    info.RX_UUID, Properties.WRITE | Properties.WRITE_WITHOUT_RESPONSE, write=self._on_write
                ),
                Characteristic(info.TX_UUID, Properties.NOTIFY),
            ),
        )
        super().__init__(
            (service,),
            self._make_advertising(),
            **{"name": self.label.name, "mtu": self.options.mtu, "fault": self._faults.plan, **peripheral},
        )

    def as_new(self) -> VirtualRp1:
        return VirtualRp1(self.options, watch=self._watch)

    @property
    def setup_code(self) -> str:
        """The text of its QR code."""
        return factory.label(self.label)

    @property
    def standing(self) -> Standing:
        """Whose the device is."""
        return self._machine.standing

    @property
    def settings(self) -> Trial:
        """What it works with: items by type as it was given them, but the certificate that it shows now, and
        its key."""
        return self._renewed.applied(self._machine.settings)

    # --- power, button ---------------------------------------------------------------------------------

    async def open(self, air: Any) -> None:
        """See `Peripheral.open`."""
        await super().open(air)
        self._start("clock", self._keep_time())
        self._start("advertising", self._keep_advertising())
        if self.options.sees is not None:
            self._start("sight", self._look_at(self.options.sees))
        if self.standing is Standing.OWNED:
            self._start("report", self._use_endpoint())

    async def close(self) -> None:
        """Switch it off. What is in flash stays."""
        tasks, self._tasks = self._tasks, {}
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
        await super().close()
        if self._file is not None:
            self._file.close()
            self._file = None

    async def reboot(self) -> None:
        """Cut the power for a moment: RAM is lost, links go."""
        for name in ("button", "trial", "report", "renewal"):
            self._stop(name)
        await self.drop_links()
        self._boot()
        await self.start_advertising(self._make_advertising())

    def show_code(self) -> str:
        """Show a code with a fresh secret: for five minutes and one success the label's does not count."""
        return factory.label(replace(self.label, r=self._machine.open_window()))

    def show_secret(self) -> Secret:
        """A fresh secret for its LED or loudspeaker, on the terms of `show_code`."""
        return self._machine.open_window()

    def read_screen(self, secret: Secret) -> None:
        """It saw this secret on a commissioner's screen; its label's does not count meanwhile."""
        self._machine.read_screen(secret)

    async def _look_at(self, file: Path) -> None:
        self.read_screen(await sight.seen(file))
        self.options.when_seen()

    def show_light(self, chip_seconds: float = CHIP_SECONDS) -> Beacon:
        """Blink a fresh secret with its LED, on the terms of `show_code`. chip_seconds: how fast."""
        return Beacon(self._machine.open_window(), chip_seconds)

    async def wait_for_report(self) -> None:
        """Wait until an owned device has reported to its endpoint, or has given up for now."""
        if "report" in self._tasks:
            await asyncio.wait({self._tasks["report"]})

    def press(self, press: Press) -> None:
        """Press its button."""
        self._do(self._machine.button(press))

    # --- what the radio brings ---------------------------------------------------------------------------

    def on_connected(self, central: Central) -> None:
        self._do(self._machine.connected())
        self._machine.mtu_changed(central.mtu)
        if self.options.attended:
            self.press(Press.SHORT)

    def on_mtu(self, central: Central) -> None:
        self._machine.mtu_changed(central.mtu)

    def on_disconnected(self, central: Central) -> None:
        self._do(self._machine.disconnected())

    def _on_read(self, central: Central) -> bytes:
        return self._faults.info(self._machine.read_info())

    def _on_write(self, central: Central, value: bytes) -> None:
        if self._faults.ends_link(value, starts=False):
            self._later([effects.Disconnect()])
            return
        refusal = self._faults.answer(value)
        if refusal is None:
            self._later(self._machine.received(value))
        elif refusal:
            pieces = fragment.split(refusal, fragment.value_size(central.mtu))
            self._later([effects.Notify(piece.data) for piece in pieces])

    # --- what the machine wants ---------------------------------------------------------------------------

    def _boot(self) -> None:
        started = time.monotonic()
        self._machine = DeviceMachine(
            self._product, self._flash, lambda: time.monotonic() - started, time.time
        )
        self.shown = None

    def _later(self, wanted: list[Effect]) -> None:
        """Do it after the operation under way is answered, as a radio would."""
        if not self._due and wanted:
            asyncio.get_running_loop().call_soon(self._do_due)
        self._due += wanted

    def _do_due(self) -> None:
        due, self._due = self._due, []
        self._do(due)

    def _do(self, wanted: list[Effect]) -> None:
        for effect in wanted:
            match effect:
                case effects.Notify(value):
                    if self._faults.ends_link(value, starts=True):
                        self._start("link", self.drop_links())
                        return
                    self.notify(info.TX_UUID, value)
                    continue
                case effects.Disconnect():
                    self._start("link", self.drop_links())
                case effects.ShowNumber(number):
                    self.shown = self._faults.number(number)
                    self._start("button", self._be_pressed(self.shown))
                    self._watch(effects.ShowNumber(self.shown))
                    continue
                case effects.ClearDisplay():
                    self.shown = None
                    self._stop("button")
                case effects.StartVerify(trial):
                    self._start("trial", self._try(trial))
                case effects.CancelVerify():
                    self._stop("trial")
                case effects.AdvertisingChanged():
                    self.advertising = self._make_advertising()
                    self._advertising_changed.set()
                case effects.Owned():
                    self._start("report", self._use_endpoint())
                case effects.StateLost():
                    self._stop("report")
                    self._stop("renewal")
            self._watch(effect)

    async def _be_pressed(self, number: str) -> None:
        matches = await self.options.press(number)
        if matches is not None and self.shown is not None:
            self.press(Press.SHORT if matches else Press.LONG)

    async def _try(self, trial: Trial) -> None:
        failed = await self._network.attempt(self._renewed.applied(trial), self._machine.progress)
        if failed is None:
            self._do(self._machine.verified(None))
        else:
            self._do(self._machine.verified(failed.failure, failed.cause))

    async def _use_endpoint(self) -> None:
        """Report to it once, and renew the certificate there from now on."""
        await self._report_to_endpoint()
        self._start("renewal", self._keep_renewed())

    async def _keep_renewed(self) -> None:
        """Ask for the next certificate when half of this one's life is over, and again where that failed."""
        while (wait := due(self.settings)) is not None and ItemType.CLOUD in self.settings.settings:
            if wait > 0:
                await asyncio.sleep(min(wait, _RENEWAL_PAUSE))
                continue
            try:
                answer = await self._network.renew(self.settings)
                settings = self._machine.settings
                assert settings.key is not None, "a certificate came for it"
                key = self._product.keys.open(settings.key).public_key()
                self._renewed = self._renewed.took(settings, key, answer)
                self.renewed.set()
            except (TrialFailed, RenewalFailed, OSError) as failed:
                log.info("the certificate was not renewed: %s", failed)
                await asyncio.sleep(_RENEWAL_PAUSE)

    async def _report_to_endpoint(self) -> None:
        """Open the endpoint as an owned device; it may be down for a moment."""
        if ItemType.CLOUD not in self.settings.settings:
            return
        for _ in range(_REPORTS):
            try:
                self.greetings.append(await self._network.report_to_endpoint(self.settings))
                return
            except TrialFailed as failed:
                log.info("the endpoint did not take the device: %s", failed.failure.name)
                await asyncio.sleep(_REPORT_PAUSE)

    async def _keep_time(self) -> None:
        while True:
            uptime = self._machine.uptime
            await asyncio.sleep(max(self._machine.next_tick - uptime, SHORTEST_SLEEP))
            self._do(self._machine.tick())

    # --- advertising ---------------------------------------------------------------------------------------

    def _make_advertising(self) -> Advertising:
        """An impostor advertises as the device whose label it borrows."""
        salt = self._machine.service_data[3:5]
        beacon = info.encode_beacon(self._machine.info, self.label.fp, salt)
        return Advertising.of(
            AdStructures(service_data={info.SERVICE_UUID: beacon}),
            AdStructures(name=self.label.name[:LONGEST_NAME], service_uuids=(info.SERVICE_UUID,)),
        )

    async def _keep_advertising(self) -> None:
        while True:
            await self._advertising_changed.wait()
            self._advertising_changed.clear()
            silent = not self._machine.is_advertising and not self._machine.is_away
            if silent and self.options.attended and not self.centrals:
                self.press(Press.SHORT)
            if self._machine.is_advertising:
                await self.start_advertising(self.advertising)
            else:
                await self.stop_advertising()

    # --- tasks ------------------------------------------------------------------------------------------

    def _start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self._stop(name)
        self._tasks[name] = asyncio.get_running_loop().create_task(work, name=f"{self.label.serial} {name}")

    def _stop(self, name: str) -> None:
        """End a task, unless it is the one that asks for it."""
        task = self._tasks.pop(name, None)
        if task is not None and task is not asyncio.current_task():
            task.cancel()
