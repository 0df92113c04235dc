"""The way by NetworkManager: a connection of its own for the check, gone afterwards.

nmcli says that a login failed and not why; wpa_supplicant's lines in the system's journal do, where the user
may read them. Sources: nmcli(1) (exit status), nm-settings-nmcli(5) (802-1x), NMDeviceStateReason.
"""

from __future__ import annotations

import asyncio
import secrets
import shutil
from contextlib import aclosing
from dataclasses import dataclass

from companion.errors import CheckUnavailable
from companion.model import Text, WifiCredentials
from companion.networks.company.check import Watch
from companion.networks.company.login import identity
from companion.networks.company.supplicant_configuration import LoginFiles
from companion.networks.company.ways.process import lines_of

PROGRAM, JOURNAL = "nmcli", "journalctl"
SECONDS, MOST_LINES = 45, 20
_LACKING = Text(
    "Use a computer with Wi-Fi and NetworkManager, or ask the RADIUS server itself (--radius). "
    "{program} is missing here.",
    {"program": PROGRAM},
)
_NO_WIFI = Text("This computer has no Wi-Fi, or it is switched off.")
_CURSOR = "-- cursor: "
_NO_DEVICE = "No suitable device found"
_NOT_FOUND = "The Wi-Fi network could not be found"
_NO_ADDRESS = "IP configuration could not be reserved"


@dataclass(frozen=True)
class NetworkManager:
    """Over whichever Wi-Fi interface NetworkManager has; its connection is interrupted meanwhile."""

    radius: str = ""

    async def log_in(
        self, wifi: WifiCredentials, serial: str, files: LoginFiles, watch: Watch
    ) -> bool | None:
        """One login, with an address. Raises CheckUnavailable."""
        program = shutil.which(PROGRAM)
        if program is None:
            raise CheckUnavailable("no nmcli", missing=_LACKING, ssid=wifi.name)
        name, cursor = f"companion-{secrets.token_hex(4)}", await _journal_end()
        said = await _said(program, *_connection(name, wifi, serial, files))
        if "successfully added." not in said:
            reason = said.partition("\n")[0].removeprefix("Error: ").rstrip(".")[:200]
            refused = Text("NetworkManager doesn't let you make connections: {reason}.", {"reason": reason})
            raise CheckUnavailable("nmcli", missing=refused, ssid=wifi.name)
        try:
            said = await _said(program, "--wait", str(SECONDS), "connection", "up", name)
        finally:
            await asyncio.shield(_said(program, "connection", "delete", name))
        if _NO_DEVICE in said:
            raise CheckUnavailable("no Wi-Fi", missing=_NO_WIFI, ssid=wifi.name)
        await _read_journal(cursor, watch)
        return _told(said, watch)


def _connection(name: str, wifi: WifiCredentials, serial: str, files: LoginFiles) -> tuple[str, ...]:
    login = wifi.login
    assert login is not None and files.anchors is not None
    outer = ("802-1x.anonymous-identity", identity(login.outer, serial)) if login.outer is not None else ()
    return (
        *("connection", "add", "save", "no", "type", "wifi", "con-name", name, "ifname", "*"),
        *("ssid", wifi.name, "autoconnect", "no", "wifi.hidden", "yes" if wifi.hidden else "no"),
        *("wifi-sec.key-mgmt", "wpa-eap", "802-1x.eap", "tls"),
        *("802-1x.identity", identity(login.identity, serial), *outer),
        *("802-1x.ca-cert", str(files.anchors), "802-1x.domain-match", login.server_name),
        *("802-1x.client-cert", str(files.chain), "802-1x.private-key", str(files.key)),
        *("802-1x.private-key-password-flags", "4"),
    )


async def _said(program: str, *arguments: str) -> str:
    """What it printed. A hint may follow its verdict."""
    said: list[str] = []
    async with aclosing(lines_of(program, *arguments, seconds=SECONDS + 10)) as lines:
        async for line in lines:
            said = [*said, line][-MOST_LINES:]
    return "\n".join(said)


async def _journal_end() -> str:
    """Where the journal is now: what was said before belongs to another login. "" where it can't be read."""
    journal = shutil.which(JOURNAL)
    said = await _said(journal, "-q", "-n", "0", "--show-cursor") if journal is not None else ""
    return said.rpartition(_CURSOR)[2] if _CURSOR in said else ""


async def _read_journal(cursor: str, watch: Watch) -> None:
    journal = shutil.which(JOURNAL)
    if journal is None or not cursor:
        return
    options = ("-u", "wpa_supplicant", "-o", "cat", f"--after-cursor={cursor}", "--no-pager", "-n", "500")
    async with aclosing(lines_of(journal, *options, seconds=10)) as lines:
        async for line in lines:
            watch.take(line)


def _told(said: str, watch: Watch) -> bool | None:
    """True: connected, with an address; False: only that is missing. What nmcli knows stands in `watch`."""
    if "successfully activated" in said:
        watch.take("CTRL-EVENT-CONNECTED - ")
        return True
    if _NO_ADDRESS in said:
        watch.take("CTRL-EVENT-CONNECTED - ")
        return False
    if _NOT_FOUND not in said:
        watch.take("CTRL-EVENT-EAP-PROPOSED-METHOD vendor=0")
    return None
