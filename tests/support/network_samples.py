"""The network page of a device that joins Thread."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from tests.networks.thread.samples import ANDROID, DATASET, DEMO
from tests.support.run_samples import marks, network_view
from ui.pages.network.meshes import MeshChoice
from ui.pages.network.page import NetworkPage, NetworkView

HOME = MeshChoice(
    bytes.fromhex("1111111122222222"), "OpenThreadDemo", "Near, channel 16", -51, DATASET,
    "From the key store",
)  # fmt: skip
OTHER = MeshChoice(bytes(8), "Harbour mesh", "Near, channel 20, dataset needed", -74, router="Kitchen")
HEARD = MeshChoice(b"\1" * 8, "Workshop", "Border router Attic, OpenThread BorderRouter", router="Attic")


def view(**changes: object) -> NetworkView:
    made = network_view(
        needs_wifi=False,
        needs_thread=True,
        networks=(),
        chosen=None,
        meshes=(HOME, OTHER, HEARD),
        name="Reading lamp",
        art="bulb",
        marks=marks(4, "9 s"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # one dict for all fields


def page(**changes: object) -> NetworkPage:
    made = NetworkPage()
    made.show_view(view(**changes))
    return made


def thread() -> QWidget:
    return page()


def thread_pasted() -> QWidget:
    """A dataset of another network than the one that was chosen."""
    made = page(meshes=(OTHER,))
    made.take_dataset(ANDROID)
    return made


def thread_damaged() -> QWidget:
    """A dataset that was not copied whole."""
    made = page(meshes=())
    made.take_dataset(DEMO[:-2])
    return made
