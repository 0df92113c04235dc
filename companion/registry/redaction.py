"""Reports that leave the house: the same JSON, with what points to a person or a home taken out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# The keys under which the registry keeps what is personal, and what a report calls it instead.
PERSONAL = {
    "address": "address",
    "device": "device",
    "endpoint": "endpoint",
    "fingerprint": "fingerprint",
    "client_id": "client",
    "identity_key": "key",
    "key": "key",
    "name": "name",
    "peer_serial": "serial",
    "record": "device",
    "room": "room",
    "serial": "serial",
    "ssid": "network",
}
# These hold a name of a step or a kind, under a key that elsewhere is personal.
_PUBLIC_LISTS = ("steps",)
# Signed by the device over its serial: nothing in them can be replaced.
_DROPPED = ("receipt", "receipts", "signed", "final", "redirect_url")


def redacted(document: dict[str, Any]) -> dict[str, Any]:
    """A copy in which every personal value reads "<network 1>", "<serial 2>" and so on, wherever it stands.

    The same value gets the same stand-in throughout, so that a reader can follow it.
    """
    stand_ins: dict[str, str] = {}
    counts: dict[str, int] = {}
    for kind, value in _personal(document):
        if value not in stand_ins:
            counts[kind] = counts.get(kind, 0) + 1
            stand_ins[value] = f"<{kind} {counts[kind]}>"
    clean: dict[str, Any] = _replaced(document, stand_ins)
    return clean


def _personal(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and inner and (kind := _kind(key, value)):
                yield kind, inner
            elif key not in _PUBLIC_LISTS:
                yield from _personal(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _personal(inner)


def _kind(key: str, siblings: dict[str, Any]) -> str | None:
    """What a personal value is called. A device's id is one, a run's is not.

    With the id, which is its key's fingerprint, anyone could recognise the device on the air for life.
    """
    return "device" if key == "id" and "serial" in siblings else PERSONAL.get(key)


def _replaced(value: Any, stand_ins: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _value(key, value, stand_ins) for key in value}
    if isinstance(value, list):
        return [_replaced(inner, stand_ins) for inner in value]
    return _sentence(value, stand_ins) if isinstance(value, str) else value


def _value(key: str, siblings: dict[str, Any], stand_ins: dict[str, str]) -> Any:
    value = siblings[key]
    if key in _DROPPED:
        return None
    if isinstance(value, str) and _kind(key, siblings):
        return stand_ins.get(value, value)
    return _replaced(value, stand_ins)


def _sentence(text: str, stand_ins: dict[str, str]) -> str:
    """The text without the personal values of three characters or more; shorter ones are in any word."""
    for original in sorted(stand_ins, key=len, reverse=True):
        if len(original) > 2:
            text = text.replace(original, stand_ins[original])
    return text
