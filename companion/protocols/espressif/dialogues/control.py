"""The endpoint prov-ctrl (ESP-IDF 5.1 and later): let a device wait for credentials again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from companion.protocols.espressif.dialogues.exchange import Exchange, Request, check, expect, parse
from companion.protocols.espressif.proto import control_pb2

ENDPOINT = "prov-ctrl"
Control = Callable[[str], Exchange[None]]

_MESSAGES = {
    ("reset", "wifi"): (control_pb2.RESET_WIFI, "reset_wifi", "wifi_reset"),
    ("reset", "thread"): (control_pb2.RESET_THREAD, "reset_thread", "thread_reset"),
    ("reprovision", "wifi"): (control_pb2.REPROVISION_WIFI, "reprovision_wifi", "wifi_reprovisioned"),
    ("reprovision", "thread"): (control_pb2.REPROVISION_THREAD, "reprovision_thread", "thread_reprovisioned"),
}


def reset(network: str) -> Exchange[None]:
    """After a failed attempt: back to waiting. `network` is "wifi" or "thread".

    Raises DeviceInternal from a device that did not fail, or that went back by itself.
    """
    return _control("reset", network)


def reprovision(network: str) -> Exchange[None]:
    """After success: back to waiting. Raises DeviceInternal from a device that does not allow it."""
    return _control("reprovision", network)


def _control(action: str, network: str) -> Exchange[Any]:
    number, request, payload = _MESSAGES[action, network]
    message = control_pb2.Control(msg=number, **{request: control_pb2.Control.Nothing()})
    answer = yield Request(ENDPOINT, message.SerializeToString())
    response = parse(control_pb2.Control(), answer, ENDPOINT)
    expect(response, number + 1, payload, ENDPOINT)
    check(response.status, ENDPOINT)
