"""matter.js's own commissioner: its radio is a central here, everything above GATT is matter.js's."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import Any

from companion.secret import Secret
from companion.virtual.access_points import HAFEN
from companion.virtual.air_link import AirLink
from tests.interop.matterjs.central import Central
from tests.interop.matterjs.counts import Counts
from tests.interop.matterjs.light import PASSWORD
from tests.interop.matterjs.program import Fields, Program


@dataclass(frozen=True)
class Errand:
    """What it is sent for.

    place:       "::1:5540", where the device will be; None asks multicast DNS
    on_findings: "default", "accept" or "refuse" what is wrong with a device's attestation
    seconds:     for finding it and for PASE; mtu: the ATT MTU that it asks for
    over_network: the device waits on the network, where we let it
    """

    passcode: Secret
    discriminator: int
    ssid: str = HAFEN.ssid.decode()
    password: Secret = PASSWORD
    place: str | None = None
    on_findings: str = "accept"
    seconds: float = 15.0
    mtu: int = 247
    over_network: bool = False

    def for_node(self) -> dict[str, Any]:
        return {
            "passcode": int(self.passcode.reveal_text()),
            "discriminator": self.discriminator,
            "ssid": self.ssid,
            "password": self.password.reveal_text(),
            "place": self.place,
            "onFindings": self.on_findings,
            "seconds": self.seconds,
            "overNetwork": self.over_network,
        }


@dataclass(frozen=True)
class Verdict:
    """How an errand ended.

    causes:   why it failed, none where it did not
    steps:    what was done by then; findings: what it had to say of the attestation
    ms:       from the call; since_pase: from the first message
    counts:   what the last link carried
    """

    causes: tuple[str, ...]
    steps: tuple[str, ...]
    findings: tuple[str, ...]
    ms: float
    since_pase: float
    counts: Counts

    @property
    def commissioned(self) -> bool:
        return not self.causes


class MatterJsCommissioner:
    """One commissioner, for one errand."""

    def __init__(self, errand: Errand) -> None:
        self._errand = errand
        self._central = Central()
        self._chores: set[asyncio.Task[Any]] = set()
        self._heard: dict[str, bytes] = {}

    async def run(self, air: AirLink | str) -> Verdict:
        """Go on an air, commission, leave."""
        await self._central.open(air)
        self._program = await Program.start(
            "commissioner.mjs",
            self._errand.for_node(),
            {
                "scan": lambda _: self._scan(),
                "scanned": lambda _: self._do(self._central.stop_scanning()),
                "hangup": lambda _: self._do(self._central.disconnect()),
            },
            {"connect": self._connect, "write": self._write, "subscribe": self._subscribe},
        )
        self._central.on_heard = self._on_heard
        self._central.on_lost = lambda: self._program.tell("lost")
        try:
            return self._verdict(await self._program.until("commissioned", "failed"))
        finally:
            self._central.on_lost = lambda: None
            await self._program.kill()
            for chore in tuple(self._chores):
                chore.cancel()
            await asyncio.gather(*self._chores, return_exceptions=True)
            await self._central.close()

    def _verdict(self, end: Fields) -> Verdict:
        told = self._program.told
        return Verdict(
            causes=tuple(end.get("causes", ())),
            steps=tuple(each["name"] for each in told if each["event"] == "step"),
            findings=tuple(kind for each in told if each["event"] == "findings" for kind in each["kinds"]),
            ms=end["ms"],
            since_pase=_complete(told) or end["sincePase"],
            counts=self._central.counts,
        )

    def _scan(self) -> None:
        self._heard.clear()
        self._do(self._central.scan())

    def _on_heard(self, address: str, data: bytes) -> None:
        if self._heard.get(address) != data:
            self._heard[address] = data
            self._program.tell("heard", address=address, data=data.hex())

    async def _connect(self, asked: Fields) -> Fields:
        return {"mtu": await self._central.connect(asked["address"], self._errand.mtu)}

    async def _write(self, asked: Fields) -> Fields:
        await self._central.write(bytes.fromhex(asked["value"]))
        return {}

    async def _subscribe(self, _: Fields) -> Fields:
        await self._central.subscribe(lambda value: self._program.tell("indicated", value=value.hex()))
        return {}

    def _do(self, work: Any) -> None:
        async def quietly() -> None:
            with contextlib.suppress(Exception):  # a link that has just gone
                await work

        chore = asyncio.create_task(quietly())
        self._chores.add(chore)
        chore.add_done_callback(self._chores.discard)


def _complete(told: list[Fields]) -> float | None:
    """Milliseconds from PASE's first message to the end of CommissioningComplete."""
    for each in told:
        if each["event"] == "step" and "omplete" in each["name"]:
            since: float = each["sincePase"]
            return since
    return None
