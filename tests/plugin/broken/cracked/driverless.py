"""Its declaration is fine; whatever it declares fails when it is used."""

from __future__ import annotations

from companion.model import SetupCode
from companion.protocols import Driver, Option, ProtocolDeclaration, VirtualDeclaration
from companion.virtual.devices import VirtualDevices


def _driver() -> Driver:
    raise ImportError("No module named 'hidapi'")


def _virtual_devices() -> VirtualDevices:
    raise ImportError("No module named 'hidapi'")


def _recognise(text: str) -> SetupCode | None:
    raise KeyError(text)


PROTOCOL = ProtocolDeclaration(
    name="driverless",
    title="Driverless",
    driver=_driver,
    recognisers=(_recognise,),
    virtual=VirtualDeclaration(_virtual_devices, options=(Option("--radio", "ours already", ("X",)),)),
    options=(Option("--code", "ours already", ("X",)),),
    warm_up=("cracked.nowhere",),
)
