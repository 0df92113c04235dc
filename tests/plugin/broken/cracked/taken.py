"""It declares a protocol that there is already."""

from __future__ import annotations

from companion.protocols import Driver, ProtocolDeclaration


def _driver() -> Driver:
    raise AssertionError("never asked for")


PROTOCOL = ProtocolDeclaration(name="rp1", title="Not RP1", driver=_driver)
