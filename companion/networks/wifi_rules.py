"""What can be the details of a Wi-Fi network: one set of rules for everybody who takes them in or sends them.

Lengths are in octets of UTF-8. IEEE 802.11-2020: 9.4.2.2 (SSID), J.4.1 (WPA passphrase, and its key as 64
hexadecimal digits), 12.4.3 (SAE password, of any length; devices and codes stop at 128). WEP keys are the
usual 40, 104, 128 and 232 bits as characters or hexadecimal digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from companion.errors import CompanyNetworkUnsupported, CredentialsUnusable, NetworkUnsupported
from companion.model import WifiCredentials, WifiSecurity
from companion.networks.company import login

SSID = range(1, 33)
PASSPHRASE = range(8, 64)
SAE_PASSWORD = range(1, 129)
WEP_TEXT = (5, 13, 16, 29)
WEP_DIGITS = (10, 26, 32, 58)

_RAW_KEY = re.compile(rb"[0-9A-Fa-f]{64}")
_HEX = re.compile(rb"[0-9A-Fa-f]+")
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class WifiSupport:
    """Which networks a protocol can make its devices join, of those that can exist.

    name:       the protocol, for the error's detail
    passphrase: lengths that its field holds, in octets
    raw_key:    a WPA key of 64 hexadecimal digits goes where the passphrase goes
    """

    name: str
    securities: frozenset[WifiSecurity]
    passphrase: range
    raw_key: bool

    def limit(self, wifi: WifiCredentials) -> str | None:
        """Why a network that can exist is not for its devices, without its secret; None where it is."""
        if wifi.security not in self.securities:
            return f"{self.name} carries no {wifi.security.value} network"
        without_limit = (WifiSecurity.OPEN, WifiSecurity.WEP, WifiSecurity.ENTERPRISE)
        if wifi.security in without_limit or wifi.passphrase is None:
            return None
        if is_raw_key(wifi):
            return None if self.raw_key else f"{self.name} carries no key of 64 hexadecimal digits"
        length = len(wifi.passphrase)
        return None if length in self.passphrase else f"{self.name} carries no passphrase of {length} octets"

    def problem(self, wifi: WifiCredentials) -> CredentialsUnusable | None:
        """Why no device of the protocol can use this: it can't be right, or it is beyond the protocol."""
        if wifi.security is WifiSecurity.ENTERPRISE and wifi.security not in self.securities:
            return CompanyNetworkUnsupported(self.limit(wifi) or "", ssid=wifi.name, protocol=self.name)
        if (reason := flaw(wifi)) is not None:
            return CredentialsUnusable(reason)
        if (reason := self.limit(wifi)) is not None:
            return NetworkUnsupported(reason, ssid=wifi.name)
        return None

    def check(self, wifi: WifiCredentials) -> None:
        """Raise `problem`, if there is one."""
        if (problem := self.problem(wifi)) is not None:
            raise problem


def check(wifi: WifiCredentials) -> None:
    """Raise CredentialsUnusable for what can't be a Wi-Fi network."""
    if (reason := flaw(wifi)) is not None:
        raise CredentialsUnusable(reason)


def flaw(wifi: WifiCredentials) -> str | None:
    """What is impossible about a network's details, without the secret among them; None where nothing is."""
    if len(wifi.ssid) not in SSID:
        return f"a network's name has 1 to 32 octets, this one {len(wifi.ssid)}"
    if wifi.security is WifiSecurity.ENTERPRISE:
        if wifi.login is None:
            return "a company network needs its server's name and trust anchors"
        return login.flaw(wifi.login)
    if wifi.security is WifiSecurity.OPEN:
        return None
    if not wifi.passphrase:
        return "the network is protected and there is no passphrase"
    octets = wifi.passphrase.reveal()
    if _CONTROL.search(octets):
        return "the passphrase holds control characters"
    if not _has_possible_length(octets, wifi.security):
        return f"no {wifi.security.value} passphrase has {len(octets)} octets"
    return None


def is_raw_key(wifi: WifiCredentials) -> bool:
    """True if the passphrase is a WPA key itself, in 64 hexadecimal digits. SAE knows no such keys."""
    if wifi.passphrase is None or wifi.security in (WifiSecurity.WEP, WifiSecurity.WPA3):
        return False
    return _RAW_KEY.fullmatch(wifi.passphrase.reveal()) is not None


def _has_possible_length(octets: bytes, security: WifiSecurity) -> bool:
    if security is WifiSecurity.WPA3:
        return len(octets) in SAE_PASSWORD
    if security is WifiSecurity.WEP:
        return len(octets) in WEP_TEXT or (len(octets) in WEP_DIGITS and _HEX.fullmatch(octets) is not None)
    return len(octets) in PASSPHRASE or _RAW_KEY.fullmatch(octets) is not None
