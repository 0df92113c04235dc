"""Exchanges recorded with Espressif's own client: ours says the same octets, request by request.

`recorded.json` holds, for each security scheme, the client's private key, and what esp_prov (ESP-IDF 5.5)
sent and got back.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from companion.model import WifiCredentials
from companion.protocols.espressif.dialogues import scan
from companion.protocols.espressif.dialogues.config import Join, apply_wifi, set_wifi, wifi_status
from companion.protocols.espressif.dialogues.exchange import Request
from companion.protocols.espressif.security.security0 import Security0
from companion.protocols.espressif.security.security1 import Security1
from companion.protocols.espressif.security.security2 import Security2
from companion.protocols.espressif.security.session import Phase, SecuritySession
from companion.secret import Secret
from tests.protocols.espressif.device_session import run

RECORDED = json.loads((Path(__file__).parent / "vectors/recorded.json").read_text())


def session_of(record: dict[str, Any]) -> SecuritySession:
    key, pop = bytes.fromhex(record["client_private"]), Secret(record["pop"])
    if record["security"] == 0:
        return Security0()
    if record["security"] == 1:
        return Security1(pop, private=X25519PrivateKey.from_private_bytes(key))
    return Security2(record["username"], pop, a=int.from_bytes(key, "big"))


class Replay:
    """Answers as recorded, and insists on the recorded requests."""

    def __init__(self, session: SecuritySession, steps: Iterator[dict[str, str]]) -> None:
        self.session, self.steps = session, steps

    def __call__(self, request: Request) -> bytes:
        step = next(self.steps)
        sent = self.session.seal(request.body) if request.sealed else request.body
        assert (request.endpoint, sent.hex()) == (step["endpoint"], step["request"])
        answer = bytes.fromhex(step["answer"])
        return self.session.open(answer) if request.sealed else answer


@pytest.mark.parametrize("record", RECORDED, ids=lambda record: record["name"])
def test_our_octets_are_those_of_espressifs_client(record: dict[str, Any]) -> None:
    session, steps = session_of(record), iter(record["steps"])
    replay = Replay(session, steps)
    run(session.establish(), replay)
    assert session.phase is Phase.SECURE
    run(scan.start("wifi", blocking=True), replay)
    assert run(scan.count("wifi"), replay) == 3
    assert [network.name for network in run(scan.wifi_results(3), replay)] == ["Workshop", "café", "Guests"]
    run(set_wifi(WifiCredentials(b"Workshop", Secret("correct horse"))), replay)
    run(apply_wifi(), replay)
    assert run(wifi_status(), replay).join is Join.TRYING
    joined = run(wifi_status(), replay)
    assert (joined.join, joined.network) == (Join.JOINED, b"Workshop")
    assert next(steps, None) is None
