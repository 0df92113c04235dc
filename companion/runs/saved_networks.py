"""Wi-Fi networks that worked, kept sealed, so that nobody types a passphrase twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from companion.model import WifiCredentials, WifiSecurity
from companion.networks.company.document import login_as_json, login_in
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.identity import Vault

KEY = "wifi/networks"
MOST = 32


def recall(vault: Vault) -> tuple[WifiCredentials, ...]:
    """Networks that worked, the latest first."""
    sealed = vault.get(KEY)
    return () if sealed is None else read(sealed)


def read(sealed: Secret) -> tuple[WifiCredentials, ...]:
    """The networks in what is kept under `KEY`."""
    return tuple(
        WifiCredentials(
            ssid=bytes.fromhex(entry["ssid"]),
            passphrase=None if entry["passphrase"] is None else Secret(entry["passphrase"]),
            security=WifiSecurity(entry["security"]),
            hidden=entry["hidden"],
            login=login_in(entry),
        )
        for entry in json.loads(sealed.reveal())
    )


def remember(vault: Vault, wifi: WifiCredentials | None) -> None:
    """Keep a network that worked, in front; None keeps nothing."""
    if wifi is None:
        return
    before = recall(vault)
    networks = (wifi, *(old for old in before if old.ssid != wifi.ssid))[:MOST]
    if networks == before:
        return
    entries = [
        {
            "ssid": each.ssid.hex(),
            "passphrase": each.passphrase.reveal_text() if each.passphrase else None,
            "security": each.security.value,
            "hidden": each.hidden,
            **(login_as_json(each.login) if each.login is not None else {}),
        }
        for each in networks
    ]
    vault.put(KEY, Secret(json.dumps(entries)))
