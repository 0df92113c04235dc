"""What wpa_supplicant and eapol_test say of a login, line by line.

Sans-IO. Lines hold names out of certificates and of networks: only lines that begin as wpa_supplicant's own
events count, and only values that a name can't imitate. Source: hostap's wpa_ctrl.h and eap_defs.h.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum

from companion.plain_text import plain

MOST_LINE = 2048
MOST_CERTIFICATES = 16
MOST_NAMES = 32


class ServerFlaw(Enum):
    """What the supplicant has against the server's certificate."""

    UNTRUSTED = "untrusted"
    NAME = "name"
    TIME = "time"


class Ending(Enum):
    """How an attempt ends."""

    NOT_FOUND = "not found"
    CONNECTED = "connected"
    ADMITTED = "admitted"
    """The login worked. Over the air, keys and an address follow."""
    LOGIN_FAILED = "login failed"
    WRONG_KEY = "wrong key"
    REJECTED = "rejected"
    """The access point said no, and not why: also how WPA3 ends with a wrong password."""


@dataclass(frozen=True)
class ServerCertificate:
    """One of the server's chain. depth: 0 is its own; subject: plain; fingerprint: SHA-256, hex."""

    depth: int
    subject: str
    fingerprint: str


@dataclass(frozen=True)
class Login:
    """What has been said so far.

    heard:   the network (or the RADIUS server) is there
    server:  its chain as it came, names: those of its own certificate, plain
    flaw:    what is wrong with it; alert: what the server said when it refused ours, "" for nothing
    """

    heard: bool = False
    server: tuple[ServerCertificate, ...] = ()
    names: tuple[str, ...] = ()
    flaw: ServerFlaw | None = None
    alert: str = ""
    ending: Ending | None = None
    refusals: int = 0
    searches: int = 0

    def after(self, line: str) -> Login:
        """With this line."""
        said = _PREFIX.sub("", line[:MOST_LINE].rstrip(), count=1)
        for pattern, take in _LINES:
            if (found := pattern.match(said)) is not None:
                return take(self, found)
        return self


def read(lines: Iterable[str]) -> Login:
    """What all these lines say."""
    login = Login()
    for line in lines:
        login = login.after(line)
    return login


_PREFIX = re.compile(r"(?:<\d>)?(?:[A-Za-z0-9_.-]{1,15}: (?=CTRL-|SME: |Trying |WPA: |No suitable ))?")
# TLS_FAIL_*: revoked, not yet valid and expired; subject, alternative subject, domain and its suffix.
_TIMES, _NAMES = frozenset({3, 4}), frozenset({5, 6, 9, 10, 12})
_MOST_REFUSALS, _MOST_SEARCHES = 2, 3


def _heard(login: Login, _: re.Match[str]) -> Login:
    return replace(login, heard=True)


def _certificate(login: Login, found: re.Match[str]) -> Login:
    certificate = ServerCertificate(int(found["depth"]), plain(found["subject"]), found["hash"])
    if certificate in login.server or len(login.server) == MOST_CERTIFICATES:
        return login
    return replace(login, heard=True, server=(*login.server, certificate))


def _name(login: Login, found: re.Match[str]) -> Login:
    if len(login.names) == MOST_NAMES:
        return login
    return replace(login, names=(*login.names, plain(found["name"])))


def _flaw(login: Login, found: re.Match[str]) -> Login:
    reason = int(found["reason"])
    flaw = (
        ServerFlaw.TIME if reason in _TIMES else ServerFlaw.NAME if reason in _NAMES else ServerFlaw.UNTRUSTED
    )
    return replace(login, flaw=login.flaw or flaw)


def _alert(login: Login, found: re.Match[str]) -> Login:
    return replace(login, alert=login.alert or plain(found["alert"]))


def _rejected(login: Login, _: re.Match[str]) -> Login:
    """One rejection may be a full access point; wpa_supplicant tries again by itself."""
    count = login.refusals + 1
    return replace(login, refusals=count, ending=Ending.REJECTED if count == _MOST_REFUSALS else login.ending)


def _searched(login: Login, _: re.Match[str]) -> Login:
    """Scans miss networks that are there, such as a weak one, or any on a busy computer."""
    count = login.searches + 1
    missing = count == _MOST_SEARCHES and not login.heard
    return replace(login, searches=count, ending=Ending.NOT_FOUND if missing else login.ending)


def _ends(ending: Ending) -> Callable[[Login, re.Match[str]], Login]:
    return lambda login, _: replace(login, heard=True, ending=ending)


_LINES: tuple[tuple[re.Pattern[str], Callable[[Login, re.Match[str]], Login]], ...] = (
    (re.compile(r"(?:SME: )?Trying to (?:authenticate|associate) with "), _heard),
    (re.compile(r"CTRL-EVENT-EAP-PROPOSED-METHOD "), _heard),
    (
        re.compile(
            r"CTRL-EVENT-EAP-PEER-CERT depth=(?P<depth>\d{1,2}) subject='(?P<subject>.*)' "
            r"hash=(?P<hash>[0-9a-f]{64})\Z"
        ),
        _certificate,
    ),
    (re.compile(r"CTRL-EVENT-EAP-PEER-ALT depth=0 DNS:(?P<name>.{1,253})\Z"), _name),
    (re.compile(r"CTRL-EVENT-EAP-TLS-CERT-ERROR reason=(?P<reason>\d{1,3}) "), _flaw),
    (
        re.compile(
            r"SSL: SSL3 alert: read \(remote end reported an error\):fatal:(?P<alert>[a-zA-Z ]{1,40})\Z"
        ),
        _alert,
    ),
    (
        re.compile(r"CTRL-EVENT-EAP-STATUS status='remote TLS alert' parameter='(?P<alert>[a-zA-Z ]{1,40})'"),
        _alert,
    ),
    (re.compile(r"CTRL-EVENT-EAP-SUCCESS "), _ends(Ending.ADMITTED)),
    (re.compile(r"CTRL-EVENT-EAP-FAILURE "), _ends(Ending.LOGIN_FAILED)),
    (re.compile(r"CTRL-EVENT-CONNECTED "), _ends(Ending.CONNECTED)),
    (re.compile(r"WPA: 4-Way Handshake failed - pre-shared key may be incorrect"), _ends(Ending.WRONG_KEY)),
    (re.compile(r"No suitable network found\Z"), _searched),
    (re.compile(r"CTRL-EVENT-(?:AUTH|ASSOC)-REJECT "), _rejected),
)
