"""Pebble: a protocol that another distribution adds to Companion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.protocols import LabelDeclaration, Option, ProtocolDeclaration, VirtualDeclaration
from pebble import codec

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from companion.protocols import Driver
    from companion.virtual.devices import VirtualDevices


def _driver() -> Driver:
    from pebble.driver import PebbleDriver

    return PebbleDriver()


def _label() -> LabelDeclaration:
    from pebble.labels import LABEL

    return LABEL


def _drawing() -> Traversable:
    from importlib.resources import files

    return files("pebble") / "pebble.svg"


def _virtual_devices() -> VirtualDevices:
    from pebble import virtual

    return virtual


PROTOCOL = ProtocolDeclaration(
    name="pebble",
    title="Pebble",
    driver=_driver,
    recognisers=(codec.recognise,),
    code_patterns=(codec.WITHIN_TEXT,),
    label=_label,
    drawing=_drawing,
    virtual=VirtualDeclaration(
        _virtual_devices, options=(Option("--pin", "the number on its label", ("NUMBER",)),)
    ),
)
