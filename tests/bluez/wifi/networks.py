"""The networks on the guest's air, as hostapd's configuration: one radio, one network of each kind."""

from __future__ import annotations

from dataclasses import dataclass

from companion.identity import IssuingCa
from companion.model import CompanyLogin, WifiCredentials, WifiSecurity
from companion.networks.company.document import as_pem
from companion.secret import Secret
from companion.virtual.access_points import AccessPoint, AccessPoints
from tests.networks.company.werk import OTHER, SERVER, WERK, pem_of, server_chain

CHANNEL, FREQUENCY = 6, 2437
PASSWORD = Secret("seven gulls at noon")
IDENTITY = "device/{serial}"
"""hostapd's RADIUS server admits who calls itself so."""


@dataclass(frozen=True)
class AirNetwork:
    """A network as it is given to devices. clients: the CA whose devices a company's admits; dhcp: it gives
    addresses."""

    wifi: WifiCredentials
    clients: IssuingCa | None = None
    dhcp: bool = True

    @property
    def point(self) -> AccessPoint:
        wifi = self.wifi
        return AccessPoint(
            wifi.ssid, wifi.passphrase, wifi.security, channel=CHANNEL, hidden=wifi.hidden, dhcp=self.dhcp
        )


def company(ssid: bytes) -> WifiCredentials:
    login = CompanyLogin(SERVER, IDENTITY, WERK.anchors)
    return WifiCredentials(ssid, None, WifiSecurity.ENTERPRISE, login=login)


WPA2 = AirNetwork(WifiCredentials(b"Hafen 12", PASSWORD))
WPA3 = AirNetwork(WifiCredentials(b"Kran 3", PASSWORD, WifiSecurity.WPA3))
MIXED = AirNetwork(WifiCredentials("Sp\u00fclsaum".encode(), PASSWORD, WifiSecurity.WPA2_WPA3))
OPEN = AirNetwork(WifiCredentials(b"Gast", None, WifiSecurity.OPEN))
HIDDEN = AirNetwork(WifiCredentials(b"Keller", PASSWORD, hidden=True))
SILENT = AirNetwork(WifiCredentials(b"Leuchtturm", PASSWORD), dhcp=False)


def networks(ours: IssuingCa) -> dict[str, AirNetwork]:
    """Every network by its kind; a company's admits devices of `ours`, its neighbour's does not."""
    return {
        "wpa2": WPA2,
        "wpa3": WPA3,
        "mixed": MIXED,
        "open": OPEN,
        "hidden": HIDDEN,
        "no address": SILENT,
        "eap-tls": AirNetwork(company(b"Werk-IoT"), ours),
        "other company": AirNetwork(company(b"Werk-Alt"), OTHER),
    }


def around(every: dict[str, AirNetwork]) -> AccessPoints:
    """What a scan of this air shows."""
    return AccessPoints(tuple(each.point for each in every.values()))


def interface(number: int) -> str:
    """Of the network with this number."""
    return f"wlan0_{number}" if number else "wlan0"


def files(every: dict[str, AirNetwork], folder: str) -> dict[str, str]:
    """hostapd's files, by name, and a DHCP server's for each network that has addresses."""
    key, chain = server_chain()
    made = {
        "users": f'"{IDENTITY.split("{")[0]}"* TLS\n',
        "server.pem": "".join(as_pem(der) for der in chain),
        "server-key.pem": pem_of(key).decode(),
    }
    lines = [f"interface={interface(0)}", "driver=nl80211", "hw_mode=g", f"channel={CHANNEL}"]
    for number, network in enumerate(every.values()):
        if number:
            lines.append(f"bss={interface(number)}")
        lines += _network(network, folder, f"clients-{number}.pem")
        if network.clients is not None:
            made[f"clients-{number}.pem"] = as_pem(network.clients.anchors[0])
        if network.dhcp:
            made[f"dhcp-{number}.conf"] = _dhcp(number, folder)
    return made | {"hostapd.conf": "\n".join(lines) + "\n"}


def _network(network: AirNetwork, folder: str, clients: str) -> list[str]:
    wifi = network.wifi
    passphrase = wifi.passphrase.reveal_text() if wifi.passphrase is not None else ""
    lines = [f"ssid2={wifi.ssid.hex()}", f"ignore_broadcast_ssid={int(wifi.hidden)}"]
    if wifi.security is WifiSecurity.OPEN:
        return lines
    lines += ["wpa=2", "rsn_pairwise=CCMP"]
    match wifi.security:
        case WifiSecurity.WPA3:
            lines += ["wpa_key_mgmt=SAE", "ieee80211w=2", f"sae_password={passphrase}"]
        case WifiSecurity.WPA2_WPA3:
            lines += ["wpa_key_mgmt=WPA-PSK SAE", "ieee80211w=1", f"wpa_passphrase={passphrase}"]
        case WifiSecurity.ENTERPRISE:
            lines += ["wpa_key_mgmt=WPA-EAP", "ieee8021x=1", "eap_server=1", f"eap_user_file={folder}/users"]
            lines += [f"server_cert={folder}/server.pem", f"private_key={folder}/server-key.pem"]
            lines += [f"ca_cert={folder}/{clients}"]
        case _:
            lines += ["wpa_key_mgmt=WPA-PSK", f"wpa_passphrase={passphrase}"]
    return lines


def _dhcp(number: int, folder: str) -> str:
    net = f"192.168.{10 + number}"
    return (
        f"start {net}.20\nend {net}.60\ninterface {interface(number)}\nlease_file {folder}/leases-{number}\n"
        f"pidfile {folder}/dhcp-{number}.pid\n"
    )
