"""Real Wi-Fi for virtual devices: hostapd and wpa_supplicant in the guest, on radios of mac80211_hwsim.

A device's attempt is a wpa_supplicant of its own in the guest, and a DHCP client after it. What they say is
read by the code that reads them on users' computers.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives import serialization

from companion.model import CompanyLogin, Network, WifiCredentials, WifiSecurity
from companion.networks.company.check import Watch
from companion.networks.company.document import as_pem
from companion.networks.company.supplicant_configuration import LoginFiles, network_block
from companion.networks.company.supplicant_events import Ending, Login, ServerFlaw, read
from companion.secret import Secret
from companion.virtual.access_points import AccessPoint, AccessPoints, Attempt
from companion.virtual.radius import StationLogin
from tests.bluez.guest import Guest
from tests.bluez.wifi.networks import FREQUENCY, AirNetwork, around, files, interface

FOLDER = "/run/wifi"
STATION, STATION_FILE = "wlan1", "station.conf"
IN_GUEST = LoginFiles(*(Path(FOLDER, name) for name in ("chain.pem", "key.pem", "anchors.pem")))
JOINED = "joined-with-an-address"
SCANS = 4
"""On a busy machine one in five misses a network that is there."""
START_SECONDS, ATTEMPT_SECONDS = 60.0, 90.0
_OVER = "CTRL-EVENT-CONNECTED|CTRL-EVENT-EAP-FAILURE|4-Way Handshake failed|SSID-TEMP-DISABLED"
_WORDS = "CTRL-EVENT|Trying to|WPA: |SSL: SSL3 alert|No suitable network"
_FLAWS = {ServerFlaw.NAME: Attempt.SERVER_NAME}
_ENDINGS = {
    Ending.WRONG_KEY: Attempt.WRONG_PASSPHRASE,
    Ending.REJECTED: Attempt.REJECTED,
    Ending.LOGIN_FAILED: Attempt.CLIENT_REFUSED,
    Ending.CONNECTED: Attempt.NO_ADDRESS,
    Ending.NOT_FOUND: Attempt.NOT_FOUND,
}


def start(guest: Guest, every: Mapping[str, AirNetwork]) -> None:
    """Put the networks on the guest's air. Fails where hostapd does not come up."""
    # The guest's clock stopped when its memory was saved, and certificates are judged by it.
    lines = [f"date -s @{int(time.time())}", f"mkdir -p {FOLDER}", f"cd {FOLDER}"]
    lines += _writing(files(dict(every), FOLDER))
    lines += ["hostapd hostapd.conf > hostapd.log 2>&1 &"]
    lines += [_waiting("hostapd.log", "AP-ENABLED", seconds=10)]
    for number, network in enumerate(every.values()):
        if network.dhcp:
            lines.append(f"ifconfig {interface(number)} 192.168.{10 + number}.1 netmask 255.255.255.0 up")
            lines.append(f"> leases-{number}; udhcpd -S dhcp-{number}.conf")
    said = guest.shell("\n".join([*lines, "cat hostapd.log"]), timeout=START_SECONDS)
    assert "AP-ENABLED" in said, said


def stop(guest: Guest) -> None:
    """Take them off it."""
    guest.shell("kill $(pidof hostapd udhcpd)")


@dataclass
class Pending:
    """An attempt under way in the guest."""

    task: asyncio.Task[Attempt]

    @property
    def outcome(self) -> Attempt | None:
        return self.task.result() if self.task.done() else None

    async def wait(self) -> Attempt:
        return await self.task


@dataclass
class GuestAir:
    """What devices of this air see and join. There is one station: one attempt after the other.

    logs: what wpa_supplicant said in each attempt
    """

    guest: Guest
    shown: AccessPoints
    logs: list[str] = field(default_factory=list)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @classmethod
    def of(cls, guest: Guest, every: Mapping[str, AirNetwork]) -> GuestAir:
        return cls(guest, around(dict(every)))

    def visible(self) -> Iterator[Network]:
        return self.shown.visible()

    def point(self, ssid: bytes) -> AccessPoint | None:
        return self.shown.point(ssid)

    def begin(self, ssid: bytes, passphrase: bytes, login: StationLogin | None = None) -> Pending:
        return Pending(asyncio.ensure_future(self._join(ssid, passphrase, login)))

    async def _join(self, ssid: bytes, passphrase: bytes, login: StationLogin | None) -> Attempt:
        said = await self.said(self._files(ssid, passphrase, login))
        return Attempt.JOINED if JOINED in said else attempt_of(read(said.splitlines()))

    async def said(self, written: Mapping[str, str]) -> str:
        """One attempt of the station with these files: what wpa_supplicant said, and `JOINED` after it."""
        script = "\n".join((f"cd {FOLDER}", *_writing(written), _ATTEMPT))
        async with self._turn:
            said = await asyncio.to_thread(self.guest.shell, script, timeout=ATTEMPT_SECONDS)
        self.logs.append(said)
        return said

    def _files(self, ssid: bytes, passphrase: bytes, login: StationLogin | None) -> dict[str, str]:
        point = self.point(ssid)
        # As firmware does: the protection that the scan shows. What is not seen may be hidden.
        security = point.security if point is not None else WifiSecurity.WPA2
        secret = Secret(passphrase) if passphrase else None
        wifi = WifiCredentials(ssid, secret, security, hidden=point is None or point.hidden)
        written: dict[str, str] = {}
        paths = None
        if login is not None:
            wifi = WifiCredentials(ssid, None, security, login=_company(login))
            paths, written = IN_GUEST, _login_files(login)
        return {**written, STATION_FILE: configuration(network_block(wifi, files=paths, channel=FREQUENCY))}


@dataclass(frozen=True)
class GuestWay:
    """A way of checking a company network: the guest's station is this computer's Wi-Fi."""

    air: GuestAir
    radius: str = ""

    async def log_in(self, wifi: WifiCredentials, serial: str, files: LoginFiles, watch: Watch) -> bool:
        block = network_block(wifi, serial=serial, files=IN_GUEST, channel=FREQUENCY)
        written = {each.name: each.read_text() for each in (files.chain, files.key, files.anchors) if each}
        said = await self.air.said({**written, STATION_FILE: configuration(block)})
        for line in said.splitlines():
            watch.take(line)
        return JOINED in said


def configuration(block: str) -> str:
    """wpa_supplicant's, with the socket by which it is told to scan every second.

    Each login is that of another station: hostapd holds one that it rejected against its address. Other
    attempts keep theirs, for a new one costs seconds.
    """
    address = "mac_addr=1\n" if "WPA-EAP" in block else ""
    return f"ctrl_interface={FOLDER}/control\n{address}{block}"


def attempt_of(login: Login) -> Attempt:
    """How an attempt without an address ended."""
    if not login.heard:
        return Attempt.NOT_FOUND
    if login.flaw is not None:
        return _FLAWS.get(login.flaw, Attempt.SERVER_CERTIFICATE)
    if login.ending is Ending.LOGIN_FAILED and not login.server:
        return Attempt.REJECTED
    return _ENDINGS.get(login.ending, Attempt.REJECTED) if login.ending else Attempt.REJECTED


# An attempt is over with one of wpa_supplicant's words, at the second rejection, or after `SCANS` in vain.
# Then a client asks for an address three times.
_ATTEMPT = f"""\
wpa_supplicant -d -Dnl80211 -i{STATION} -cstation.conf > station.log 2>&1 &
supplicant=$!
n=0
while [ $n -lt 100 ] && [ ! -S control/{STATION} ]; do sleep 0.1; n=$((n+1)); done
printf 'SCAN_INTERVAL 1' | socat -t 0.2 - UNIX-SENDTO:control/{STATION},bind=control/us > /dev/null
n=0
while [ $n -lt 400 ] && ! grep -qE '{_OVER}' station.log; do
  [ "$(grep -c AUTH-REJECT station.log)" -lt 2 ] || break
  [ "$(grep -c 'No suitable network found' station.log)" -lt {SCANS} ] || break
  sleep 0.1
  n=$((n+1))
done
grep -E '{_WORDS}' station.log
if grep -q CTRL-EVENT-CONNECTED station.log; then
  udhcpc -i {STATION} -n -q -f -t 3 -T 1 -s /bin/dhcp-event > /dev/null 2>&1 && echo {JOINED}
fi
kill $supplicant
wait $supplicant
rm -f station.log key.pem"""


def _waiting(file: str, text: str, *, seconds: int) -> str:
    return (
        f"n=0; while [ $n -lt {10 * seconds} ] && ! grep -q '{text}' {file}; do sleep 0.1; n=$((n+1)); done"
    )


def _writing(content: Mapping[str, str]) -> list[str]:
    return [f"cat > {name} <<'THE-END'\n{text}THE-END" for name, text in content.items()]


def _company(login: StationLogin) -> CompanyLogin:
    return CompanyLogin(login.server_name, login.identity, login.anchors, login.outer)


def _login_files(login: StationLogin) -> dict[str, str]:
    key = login.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {
        "chain.pem": "".join(as_pem(der) for der in login.chain),
        "key.pem": key.decode(),
        "anchors.pem": "".join(as_pem(der) for der in login.anchors),
    }
