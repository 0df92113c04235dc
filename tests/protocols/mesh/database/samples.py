"""Files as nRF Mesh writes them: the structure of a real export, with keys and names of our own."""

from __future__ import annotations

import json
from typing import Any

NODE = {
    "UUID": "13B28AF5-17C8-0000-0000-000000000001",
    "name": "Lamp",
    "deviceKey": "E5" * 16,
    "unicastAddress": "0011",
    "security": "insecure",
    "configComplete": False,
    "cid": "07D7",
    "pid": "0001",
    "vid": "0002",
    "crpl": "0014",
    "features": {"friend": 2, "lowPower": 2, "proxy": 1, "relay": 0},
    "defaultTTL": 3,
    "netKeys": [{"index": 0, "updated": False}],
    "appKeys": [{"index": 0, "updated": False}],
    "elements": [
        {
            "name": "Element: 0x0011",
            "index": 0,
            "location": "0100",
            "models": [
                {"modelId": "0000", "bind": [], "subscribe": []},
                {
                    "modelId": "1000",
                    "bind": [0],
                    "subscribe": ["C001"],
                    "publish": {
                        "address": "C002",
                        "index": 0,
                        "ttl": 5,
                        "period": {"numberOfSteps": 3, "resolution": 1000},
                        "credentials": 1,
                        "retransmit": {"count": 2, "interval": 100},
                    },
                },
                {"modelId": "00590001", "bind": [0], "subscribe": ["0" * 32]},
            ],
        },
        {"name": "Element: 0x0012", "index": 1, "location": "0000", "models": [{"modelId": "1000"}]},
    ],
    "excluded": False,
}


def document() -> dict[str, Any]:
    """A new one each time."""
    made: dict[str, Any] = {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "id": "https://www.bluetooth.com/specifications/specs/mesh-cdb-1-0-1-schema.json#",
        "version": "1.0.1",
        "meshUUID": "7BBCA295-5F49-4C79-9231-3CB340D5DBC2",
        "meshName": "Boathouse",
        "timestamp": "2026-04-23T20:09:44+08:00",
        "partial": False,
        "netKeys": [
            {
                "name": "Network Key 1",
                "index": 0,
                "key": "21" * 16,
                "phase": 0,
                "minSecurity": "insecure",
                "timestamp": "2026-04-23T20:09:44+08:00",
            }
        ],
        "appKeys": [{"name": "Lights", "index": 0, "boundNetKey": 0, "key": "E6" * 16}],
        "provisioners": [
            {
                "provisionerName": "Phone",
                "UUID": "00BF3BF1-C603-498A-9B5B-E0E943810438",
                "allocatedUnicastRange": [{"lowAddress": "0001", "highAddress": "199A"}],
                "allocatedGroupRange": [{"lowAddress": "C000", "highAddress": "CC9A"}],
                "allocatedSceneRange": [{"firstScene": "0001", "lastScene": "3333"}],
            }
        ],
        "nodes": [NODE],
        "groups": [{"name": "All lights", "address": "C001", "parentAddress": "0000"}],
        "scenes": [{"name": "Evening", "number": "0001", "addresses": ["0011"]}],
    }
    copied: dict[str, Any] = json.loads(json.dumps(made))
    return copied


def file(**changed: Any) -> bytes:
    return json.dumps(document() | changed).encode()
