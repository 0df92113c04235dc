"""The way by a Wi-Fi interface of this computer: a wpa_supplicant of our own joins the network with it.

It needs the right to configure the interface, which nothing else may be using meanwhile.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import aclosing
from dataclasses import dataclass

from companion.errors import CheckUnavailable
from companion.model import Text, WifiCredentials
from companion.networks.company.check import Watch
from companion.networks.company.supplicant_configuration import LoginFiles, network_block
from companion.networks.company.supplicant_events import Ending
from companion.networks.company.ways.process import lines_of

PROGRAM = "wpa_supplicant"
SECONDS, SEARCH_SECONDS = 40.0, 20.0
_LACKING = Text(
    "Install {program} (on Debian and Ubuntu: apt-get install wpasupplicant).", {"program": PROGRAM}
)
_UNPRIVILEGED = Text("Run this command as root: only root may use {program} itself.", {"program": PROGRAM})
_OVER = (Ending.NOT_FOUND, Ending.CONNECTED, Ending.LOGIN_FAILED, Ending.WRONG_KEY, Ending.REJECTED)


@dataclass(frozen=True)
class WpaSupplicant:
    """interface: such as wlan0; driver: its kind."""

    interface: str
    driver: str = "nl80211"
    radius: str = ""

    async def log_in(self, wifi: WifiCredentials, serial: str, files: LoginFiles, watch: Watch) -> None:
        """One login; addresses are not asked for. Raises CheckUnavailable."""
        program = shutil.which(PROGRAM) or shutil.which(PROGRAM, path="/usr/sbin:/sbin")
        if program is None:
            raise CheckUnavailable("no wpa_supplicant", missing=_LACKING, ssid=wifi.name)
        if sys.platform == "win32" or os.geteuid() != 0:
            raise CheckUnavailable("not root", missing=_UNPRIVILEGED, ssid=wifi.name)
        file = files.key.with_name("network.conf")
        file.touch(mode=0o600)
        file.write_text(network_block(wifi, serial=serial, files=files), encoding="latin-1")
        options = ["-d", "-D", self.driver, "-i", self.interface, "-c", str(file)]
        found = SEARCH_SECONDS, lambda: watch.login.heard
        async with aclosing(lines_of(program, *options, seconds=SECONDS, until=found)) as lines:
            async for line in lines:
                watch.take(line)
                if watch.login.ending in _OVER or watch.login.flaw is not None:
                    return
