"""Espressif's unified provisioning: a JSON object, or a jump-start URL with that object as `data`.

Sources: ESP-IDF `wifi_prov_mgr` and `network_provisioning` examples, which print the code; Espressif's
Android and iOS provisioning libraries, which read it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from companion.errors import CodeMalformed
from companion.model import CodeField, Finding, SetupCode, Severity, Text
from companion.secret import Secret

# Two of these keys make a JSON object an Espressif code.
_KEYS = ("ver", "name", "pop", "transport")
WITHIN_TEXT = r"\{[^{}]{10,2000}\}"
EXAMPLE_POPS = (Secret("abcd1234"),)
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″‘'‚‛'", '"'))
_CUT_MARKS = ('"transport"', '"pop"', '"ver"')


@dataclass(frozen=True)
class EspressifCode:
    """What an Espressif code says; None where it is silent.

    name: the name that the device advertises. pop: proof of possession, or with `username` the password
    of security 2. transport: "ble", "softap" or another in lower case. security: 0, 1 or 2.
    network: "wifi" or "thread". softap_passphrase: of the device's own access point.
    """

    name: str
    pop: Secret | None = None
    username: str | None = None
    transport: str = "ble"
    security: int | None = None
    network: str | None = None
    softap_passphrase: Secret | None = None
    version: str | None = None


def recognise(text: str) -> SetupCode | None:
    """The code in a JSON object or a jump-start URL. Raises CodeMalformed if it is damaged."""
    body = _embedded(text.strip())
    if not body.startswith("{"):
        return None
    try:
        content = _decoded(body)
    except (ValueError, RecursionError):
        body = body.translate(_QUOTES)
        if '"name"' in body and any(mark in body for mark in _CUT_MARKS):
            raise CodeMalformed("not a JSON object", kind="Espressif") from None
        return None
    if sum(key in content for key in _KEYS) < 2:
        return None
    return _recognised(text.strip(), _parse(content))


def _embedded(text: str) -> str:
    """The object inside a jump-start URL, percent-encoded or as it is, or the text itself."""
    if not text.lower().startswith(("http://", "https://")):
        return text
    body = text.partition("data=")[2]
    if not body.startswith("{"):
        body = body.partition("&")[0]
    return body if '"' in body else unquote(body)


def _decoded(body: str) -> dict[str, Any]:
    """The object, also with the quotes that a text program or a shell puts in place of JSON's own.

    Raises ValueError, RecursionError.
    """
    try:
        return dict(json.loads(body, object_pairs_hook=_without_duplicates))
    except ValueError:
        quoted = body.translate(_QUOTES)
        if quoted == body:
            raise
        return dict(json.loads(quoted, object_pairs_hook=_without_duplicates))


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError("a key appears twice")
    return content


def _parse(content: dict[str, Any]) -> EspressifCode:
    """The code of a decoded object; unknown keys are ignored. Raises CodeMalformed."""
    name = _text(content, "name")
    if not name:
        raise CodeMalformed("no device name", kind="Espressif")
    pop, softap = _text(content, "pop"), _text(content, "password")
    return EspressifCode(
        name=name,
        pop=Secret(pop) if pop else None,
        username=_text(content, "username") or None,
        transport=(_text(content, "transport") or "ble").lower(),
        security=_security(content.get("security")),
        network=(_text(content, "network") or "").lower() or None,
        softap_passphrase=Secret(softap) if softap else None,
        version=_text(content, "ver") or None,
    )


def _text(content: dict[str, Any], key: str) -> str | None:
    value = content.get(key)
    if key == "pop" and isinstance(value, int) and not isinstance(value, bool):
        # Somebody left the quotes out around digits.
        value = str(value)
    if value is not None and not isinstance(value, str):
        raise CodeMalformed(f"{key} is not a text", kind="Espressif")
    return value.encode(errors="replace").decode() if value is not None else None


def _security(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or value not in (0, 1, 2, "0", "1", "2"):
        raise CodeMalformed("security is not 0, 1 or 2", kind="Espressif")
    return int(value)


def _recognised(text: str, code: EspressifCode) -> SetupCode:
    over_bluetooth = code.transport == "ble"
    return SetupCode(
        ecosystem="espressif",
        title="Espressif device",
        verdict=_verdict(code),
        text=Secret(text),
        protocol="espressif" if over_bluetooth else None,
        payload=code,
        fields=_fields(code),
        findings=_findings(code) if over_bluetooth else (),
    )


def _verdict(code: EspressifCode) -> Text:
    if code.transport == "ble":
        return Text("Companion can set up this device over Bluetooth.")
    if code.transport == "softap":
        return Text(
            "This device is set up over its own Wi-Fi access point, which Companion does not "
            "support. Use Espressif's app “ESP SoftAP Provisioning”."
        )
    return Text(
        "This device is set up over “{transport}”, which Companion does not support. Use the "
        "manufacturer's app.",
        {"transport": code.transport},
    )


def _fields(code: EspressifCode) -> tuple[CodeField, ...]:
    secret_label = "Password" if code.username else "Proof of possession"
    fields: tuple[tuple[str, str, str | Secret | None], ...] = (
        ("name", "Device name", code.name),
        ("transport", "Transport", code.transport),
        ("username", "User name", code.username),
        ("pop", secret_label, code.pop),
        ("security", "Security scheme", None if code.security is None else str(code.security)),
        ("network", "Network", code.network),
        ("softap_passphrase", "Password of its access point", code.softap_passphrase),
        ("version", "Version", code.version),
    )
    return tuple(CodeField(name, label, value) for name, label, value in fields if value is not None)


def _findings(code: EspressifCode) -> tuple[Finding, ...]:
    sentences = []
    if code.security == 0:
        sentences.append("The code requires no encryption: anyone in range can read the Wi-Fi password.")
    elif code.pop is None:
        sentences.append("The code has no secret, so anyone in range can set up or impersonate this device.")
    elif code.pop in EXAMPLE_POPS:
        sentences.append("The secret is the public one from Espressif's example firmware.")
    return tuple(Finding(Text("Setup secret"), Text(sentence), Severity.WARNING) for sentence in sentences)
