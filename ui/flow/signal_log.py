"""How strong devices were heard lately: what a failed run shows of its device's signal."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from companion.model import FoundDevice

SECONDS = 30.0
MOST_SAMPLES = 120
LEAST_SAMPLES = 3
LEAST_SECONDS = 1.0


@dataclass(frozen=True)
class Sample:
    """at: on the flow's clock, in seconds; rssi in dBm."""

    at: float
    rssi: int


class SignalLog:
    """Samples by the device's address, the last half minute of each."""

    def __init__(self) -> None:
        self._heard: dict[str, deque[Sample]] = {}

    def note(self, devices: Iterable[FoundDevice], at: float) -> None:
        """These were heard at `at`; platforms that hide the strength leave nothing."""
        for device in devices:
            if device.rssi is not None:
                kept = self._heard.setdefault(device.address, deque(maxlen=MOST_SAMPLES))
                kept.append(Sample(at, device.rssi))

    def of(self, device: FoundDevice | None) -> tuple[Sample, ...]:
        """Its last half minute; nothing where that is too little to see a change."""
        kept = self._heard.get(device.address) if device is not None else None
        if not kept:
            return ()
        samples = tuple(sample for sample in kept if kept[-1].at - sample.at <= SECONDS)
        enough = len(samples) >= LEAST_SAMPLES and samples[-1].at - samples[0].at >= LEAST_SECONDS
        return samples if enough else ()
