"""Whether one of our endpoints answers at an address: a grant should name no port that nobody listens at."""

from __future__ import annotations

import socket
import ssl

from companion.endpoint.external_endpoint import ExternalEndpoint
from companion.identity import IssuingCa

ANSWER_SECONDS = 2.0


def is_ours(address: str, ca: IssuingCa) -> bool:
    """True if a TLS server under this CA is at "host:port". Blocks for some seconds at most.

    TLS 1.3 shows the server's certificate before it asks for ours, of which there is none.
    """
    host, _, port = ExternalEndpoint(address).address.rpartition(":")
    host = host.strip("[]")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_verify_locations(cadata=ca.services_root)
    try:
        with (
            socket.create_connection((host, int(port)), timeout=ANSWER_SECONDS) as raw,
            context.wrap_socket(raw, server_hostname=host),
        ):
            return True
    except OSError:
        return False
