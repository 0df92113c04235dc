"""A voucher in words and as a document."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from companion.vouchers.keys import OwnerKey
    from companion.vouchers.rendezvous import Directive
    from companion.vouchers.voucher import Voucher


def named(key: OwnerKey) -> str:
    """ "a P-256 key (A1:B2:...)", or a certificate's name in place of its kind."""
    from companion.vouchers.verification import fingerprint

    article = "an" if key.name.startswith("RSA") else "a"
    return f"{key.subject or f'{article} {key.name} key'} ({fingerprint(key)})"


def where(directive: Directive) -> str:
    """Where a device asks for its owner."""
    port = f", port {directive.port}" if directive.port is not None else ""
    protocol = f" by {directive.protocol}" if directive.protocol else ""
    hosts = " or ".join(directive.hosts) or "a server that is not named"
    return f"{hosts}{port}{protocol}{', after joining a Wi-Fi network' if directive.has_wifi else ''}"


def local_time(moment: datetime) -> str:
    """As this computer's clock shows it."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def document(name: str, voucher: Voucher) -> dict[str, Any]:
    """For `--json`."""
    from companion.vouchers.verification import fingerprint

    def key(made: OwnerKey) -> dict[str, str]:
        return {"kind": made.name, "fingerprint": fingerprint(made), "subject": made.subject}

    return {
        "file": name,
        "guid": voucher.guid.hex(),
        "device": voucher.device,
        "manufacturer": key(voucher.manufacturer),
        "owners": [key(each.owner) for each in voucher.entries],
        "certificates": len(voucher.certificates),
        "rendezvous": [where(each) for each in voucher.rendezvous],
    }
