"""Profiles of each kind."""

from __future__ import annotations

from companion.clouds.profile import CloudProfile, made
from companion.identity import IssuingCa
from tests.clouds.support.fake_aws import pem

SAMPLES: dict[str, dict[str, str]] = {
    "aws-registrar": {"endpoint": "a1b2c3-ats.iot.eu-central-1.amazonaws.com:8883", "policy": "sensors"},
    "aws-jitp": {
        "endpoint": "a1b2c3-ats.iot.eu-central-1.amazonaws.com:8883",
        "template": "ours",
        "policy": "sensors",
    },
    "aws-claim": {"endpoint": "a1b2c3-ats.iot.eu-central-1.amazonaws.com:8883", "template": "fleet"},
    "azure-x509": {
        "id_scope": "0ne00123ABC",
        "group": "plant",
        "service": "plant.azure-devices-provisioning.net",
    },
    "azure-symmetric": {
        "id_scope": "0ne00123ABC",
        "group": "plant",
        "service": "plant.azure-devices-provisioning.net",
    },
    "est": {
        "endpoint": "broker.example:8883",
        "est": "https://ca.example/devices",
        "roots": pem(IssuingCa.create("Company").anchors[0]),
    },
    "mqtt": {"endpoint": "broker.example:8883"},
}


def sample(kind: str, **changes: str) -> CloudProfile:
    """A profile of a kind."""
    return made({"name": "plant", "kind": kind, **SAMPLES[kind], **changes})
