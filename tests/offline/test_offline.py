"""With the network unplugged, everything works that needs none: in a namespace with nothing but loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.offline import namespace


def test_devices_of_every_protocol_are_set_up_and_proved_with_the_network_unplugged(tmp_path: Path) -> None:
    words = namespace.command([sys.executable, "-m", "tests.offline", "inside", "flows", str(tmp_path)])
    if words is None:
        pytest.skip("this kernel lets nobody make a network namespace: unshare --net fails")
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found["interfaces"] == ["lo"]
    assert found["demo"]["outcome"] == "commissioned" and found["demo"]["proof"]["tls"] == "TLSv1.3"
    outcomes = {each["protocol"]: each["outcome"] for each in found["lab"]["runs"]}
    assert outcomes == dict.fromkeys(found["protocols"], "good") and len(outcomes) >= 4
    (device,) = found["devices"]["devices"]
    assert device["state"] == "commissioned"
    assert "verify_proof.py" in found["proof"]["files"] and found["verify"]["holds"] is True
    assert found["labels"]["labels"] == 1
    assert found["cloud"]["endpoint"] == "broker.lan:8883" and "server.pem" in found["broker"]["files"]
