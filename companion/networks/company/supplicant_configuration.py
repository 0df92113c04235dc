"""wpa_supplicant's configuration of one network.

Names go in as hexadecimal digits, so that nothing in them can end a line. Source: wpa_supplicant.conf(5).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from companion.model import WifiCredentials, WifiSecurity
from companion.networks.company.login import identity
from companion.networks.wifi_rules import is_raw_key

PROBE = "probe://"
"""As the anchors' file: show the server's certificates and send nothing of ours."""


@dataclass(frozen=True)
class LoginFiles:
    """PEM files of a login. anchors None: only look at the server's certificates."""

    chain: Path
    key: Path
    anchors: Path | None


def network_block(
    wifi: WifiCredentials, *, serial: str = "", files: LoginFiles | None = None, channel: int | None = None
) -> str:
    """The block for a usable network. serial, files: for a company's; channel: the only one to scan, in MHz.

    The passphrase is in it: the file is for its owner alone.
    """
    lines = [f"ssid={wifi.ssid.hex()}", *_protection(wifi)]
    if wifi.hidden:
        lines.append("scan_ssid=1")
    if channel is not None:
        lines.append(f"scan_freq={channel}")
    if wifi.login is not None and files is not None:
        login = wifi.login
        lines += ["eap=TLS", f"identity={_hex(identity(login.identity, serial))}"]
        if login.outer is not None:
            lines.append(f"anonymous_identity={_hex(identity(login.outer, serial))}")
        if files.anchors is None:
            lines.append(f'ca_cert="{PROBE}"')
        else:
            lines += [f'ca_cert="{files.anchors}"', f'domain_match="{login.server_name}"']
        lines += [f'client_cert="{files.chain}"', f'private_key="{files.key}"']
    return "network={\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


def _protection(wifi: WifiCredentials) -> tuple[str, ...]:
    passphrase = wifi.passphrase.reveal() if wifi.passphrase is not None else b""
    key = passphrase.decode("ascii") if is_raw_key(wifi) else f'"{passphrase.decode("latin-1")}"'
    match wifi.security:
        case WifiSecurity.ENTERPRISE:
            return ("key_mgmt=WPA-EAP WPA-EAP-SHA256", "ieee80211w=1")
        case WifiSecurity.OPEN:
            return ("key_mgmt=NONE",)
        case WifiSecurity.WPA3:
            return ("key_mgmt=SAE", "ieee80211w=2", f"sae_password={key}")
        case WifiSecurity.WPA2_WPA3:
            return ("key_mgmt=SAE WPA-PSK", "ieee80211w=1", f"psk={key}")
        case _:
            return ("key_mgmt=WPA-PSK", f"psk={key}")


def _hex(text: str) -> str:
    return text.encode().hex()
