"""Endpoints of the application, by the name that their characteristic's description gives."""

from __future__ import annotations

from companion.protocols.espressif.dialogues.exchange import Exchange, Request


def custom(endpoint: str, data: bytes) -> Exchange[bytes]:
    """Send octets to an endpoint through the session and return what it answers."""
    return (yield Request(endpoint, data))
