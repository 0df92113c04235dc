"""What several tests begin with: a run at its network page, credentials sent, a run left half done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from companion.events import Found, Sending
from companion.model import Advertisement, DeviceSettings, FoundDevice, WifiCredentials
from companion.protocols.rp1.virtual.options import Fault, Rp1Options
from companion.services import Services
from companion.virtual.access_points import HAFEN
from tests.ui.support.stage import Stage
from ui.flow.state import Page


def with_faults(*faults: Fault, number: float = 0) -> Any:
    return lambda button: Rp1Options(press=button, faults=dict.fromkeys(faults, number))


def go_to_network(scene: Stage) -> Any:
    scene.scan_sample()
    scene.until(Page.CONFIRMATION)
    scene.press_primary()
    return scene.until(Page.NETWORK)


def hand_over(scene: Stage, wifi: WifiCredentials = HAFEN) -> None:
    scene.router.page(Page.NETWORK).submitted.emit(DeviceSettings("Hallway sensor", "Hallway", wifi))


def leave_half_done(folder: Path, name: str, address: str = "F0:01") -> None:
    """What is on the disk when the process dies in a hand-over."""
    registry = Services(("virtual",), data_dir=folder).open_registry()
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    registry.append(run, Found(FoundDevice("rp1", Advertisement(address, name, -40), name)))
    registry.append(run, Sending("credentials"))
    registry.close()
