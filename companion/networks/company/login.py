"""What a login to a company network can be: the server's name, the rule for identities, the trust anchors.

Sources: RFC 2865 5.1 (User-Name, at most 253 octets), RFC 5216 5.2 (peer and server names), RFC 1035 2.3.1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from companion.model import CompanyLogin

SERIAL = "{serial}"
USUAL_IDENTITY = SERIAL
MOST_IDENTITY = 253
MOST_ANCHORS = 16
MOST_CERTIFICATE = 4096

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_SERVER_NAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*", re.IGNORECASE)
_LONGEST_SERIAL = "x" * 64


def flaw(login: CompanyLogin) -> str | None:
    """What is impossible about a login; None where nothing is."""
    if _SERVER_NAME.fullmatch(login.server_name) is None:
        return "the server's name is no DNS name"
    for rule in (login.identity, login.outer):
        if rule is not None and (reason := identity_flaw(rule)) is not None:
            return reason
    if not 1 <= len(login.anchors) <= MOST_ANCHORS:
        return f"a company network has 1 to {MOST_ANCHORS} trust anchors, this one {len(login.anchors)}"
    if not all(1 <= len(anchor) <= MOST_CERTIFICATE for anchor in login.anchors):
        return f"a trust anchor has at most {MOST_CERTIFICATE} octets"
    return None


def identity_flaw(rule: str) -> str | None:
    """What is wrong with a rule for identities; None where every serial number makes one of it."""
    rest = rule.replace(SERIAL, "")
    if "{" in rest or "}" in rest:
        return f"a rule for identities has no place but {SERIAL}"
    if not rule or not rule.isprintable():
        return "an identity is one line of printable characters"
    if len(identity(rule, _LONGEST_SERIAL).encode()) > MOST_IDENTITY:
        return f"an identity has at most {MOST_IDENTITY} octets"
    return None


def identity(rule: str, serial: str) -> str:
    """The identity of the device with this serial number."""
    return rule.replace(SERIAL, serial)
