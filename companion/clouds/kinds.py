"""The kinds of clouds and brokers, one row each: what a profile of it holds, and how a device gets in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from companion.clouds import claims
from companion.model import Text


class CloudKind(StrEnum):
    """How a device gets its credentials there."""

    AWS_REGISTRAR = "aws-registrar"
    AWS_JITP = "aws-jitp"
    AWS_CLAIM = "aws-claim"
    AZURE_X509 = "azure-x509"
    AZURE_SYMMETRIC = "azure-symmetric"
    EST = "est"
    MQTT = "mqtt"


class Provider(StrEnum):
    """Who runs it."""

    AWS = "aws"
    AZURE = "azure"
    COMPANY = "company"
    OWN = "own"


@dataclass(frozen=True)
class IdShape:
    """What an id may be there. pattern: the whole id; words: the same as advice; is_lower: case is no
    difference there, so ids are in small letters"""

    pattern: re.Pattern[str]
    words: Text
    is_lower: bool = False


@dataclass(frozen=True)
class KindDeclaration:
    """A kind of cloud.

    title:    for people; summary: what it is for; proof: how one knows that a device is in
    ids:      what may be a name there
    required, optional: fields of a profile besides name, kind, endpoint and id
    item_kind: item 5's kind (RP1, 9.2): 1 for endpoints that take the LDevID
    endpoint: host:port where all customers have the same, "" where it is the user's own
    needs_cloud: the computer has to reach the cloud in each run
    has_claim: the device gets something besides its certificate, in item 5
    roots:    SHA-256 of the roots that devices believe there; none: the owner's CA, or the profile's own
    for_delegates: a delegate's CA can be let in there, and switched off alone; the delegate needs no account
    names_requests: who certifies takes the device's name from its request
    needs_roots: the profile has to bring them, for nobody here knows them
    """

    kind: CloudKind
    provider: Provider
    title: Text
    summary: Text
    proof: Text
    ids: IdShape
    required: frozenset[str]
    optional: frozenset[str] = frozenset()
    item_kind: int | str = 1
    endpoint: str = ""
    needs_cloud: bool = False
    has_claim: bool = False
    roots: tuple[str, ...] = ()
    names_requests: bool = False
    needs_roots: bool = False
    for_delegates: bool = False


_AWS_ID = IdShape(
    re.compile(r"[A-Za-z0-9:_-]{1,128}"),
    Text(
        "It takes 1 to 128 letters, digits, colons, underscores and hyphens. "
        "Use the hash of the serial number in the id rule instead."
    ),
)
# The id is the certificate's common name too, which has 64 characters at most (RFC 5280, appendix A).
_AWS_CERTIFIED_ID = IdShape(
    re.compile(r"[A-Za-z0-9:_-]{1,64}"),
    Text(
        "It takes 1 to 64 letters, digits, colons, underscores and hyphens. "
        "Use the hash of the serial number in the id rule instead."
    ),
)
_AZURE_PATTERN = r"(?=.{{1,{most}}}\Z)[a-z0-9](?:[a-z0-9:._-]*[a-z0-9])?"
_AZURE_ID = IdShape(
    re.compile(_AZURE_PATTERN.format(most=128)),
    Text(
        "It takes 1 to 128 letters, digits, colons, dots, underscores and hyphens, and a letter or digit "
        "at both ends. Use the hash of the serial number in the id rule instead."
    ),
    is_lower=True,
)
_AZURE_CERTIFIED_ID = IdShape(
    re.compile(_AZURE_PATTERN.format(most=64)),
    Text(
        "It takes 1 to 64 letters, digits, colons, dots, underscores and hyphens, and a letter or digit "
        "at both ends. Use the hash of the serial number in the id rule instead."
    ),
    is_lower=True,
)
_BROKER_ID = IdShape(
    re.compile(r"[A-Za-z0-9:._-]{1,64}"),
    Text(
        "It takes 1 to 64 letters, digits, colons, dots, underscores and hyphens. "
        "Use the hash of the serial number in the id rule instead."
    ),
)
# https://www.amazontrust.com/repository/
AMAZON_ROOTS = (
    "8ecde6884f3d87b1125ba31ac3fcb13d7016de7f57cc904fe1cb97c6ae98196e",
    "18ce6cfe7bf14e60b2e347b8dfe868cb31d02ebb3ada271569f50343b46db3a4",
)
# https://learn.microsoft.com/azure/iot-dps/tls-support, "root certificates"
AZURE_ROOTS = (
    "cb3ccbb76031e5e0138f8dd39a23f9de47ffc35e43c1144cea27d46a5ab1cb5f",
    "c741f70f4b2a8d88bf2e71c14122ef53ef10eba0cfa5e64cfa20f418853073e0",
)
AZURE_ENDPOINT = "global.azure-devices-provisioning.net:8883"

_DECLARED = (
    KindDeclaration(
        CloudKind.AWS_REGISTRAR,
        Provider.AWS,
        Text("AWS IoT Core, registered from here"),
        Text("This computer registers each device. The device's key never leaves it."),
        Text("AWS says: certificate active, thing attached"),
        _AWS_ID,
        frozenset({"policy"}),
        frozenset({"region"}),
        needs_cloud=True,
        roots=AMAZON_ROOTS,
    ),
    KindDeclaration(
        CloudKind.AWS_JITP,
        Provider.AWS,
        Text("AWS IoT Core, by your CA"),
        Text("AWS knows your CA and registers a device at its first connection. No internet needed here."),
        Text("AWS says: certificate active, thing attached, once the device was there"),
        _AWS_CERTIFIED_ID,
        frozenset({"template"}),
        frozenset({"region", "policy"}),
        roots=AMAZON_ROOTS,
        for_delegates=True,
    ),
    KindDeclaration(
        CloudKind.AWS_CLAIM,
        Provider.AWS,
        Text("AWS IoT Core, by a claim"),
        Text("The device gets a claim that is valid for five minutes and registers itself."),
        Text("AWS says: certificate active, thing attached, once the device was there"),
        _AWS_ID,
        frozenset({"template"}),
        frozenset({"region", "policy"}),
        item_kind=claims.FLEET,
        needs_cloud=True,
        has_claim=True,
        roots=AMAZON_ROOTS,
    ),
    KindDeclaration(
        CloudKind.AZURE_X509,
        Provider.AZURE,
        Text("Azure IoT, by your CA"),
        Text("An enrollment group knows your CA. No internet needed here."),
        Text("Azure says: device assigned to its hub, once the device was there"),
        _AZURE_CERTIFIED_ID,
        frozenset({"id_scope", "group", "service"}),
        item_kind=claims.PROVISIONING,
        endpoint=AZURE_ENDPOINT,
        has_claim=True,
        roots=AZURE_ROOTS,
        for_delegates=True,
    ),
    KindDeclaration(
        CloudKind.AZURE_SYMMETRIC,
        Provider.AZURE,
        Text("Azure IoT, by a key of its own"),
        Text("The device gets a key that is derived for it alone. The group's key is never stored here."),
        Text("Azure says: device assigned to its hub, once the device was there"),
        _AZURE_ID,
        frozenset({"id_scope", "group", "service"}),
        item_kind=claims.PROVISIONING,
        endpoint=AZURE_ENDPOINT,
        needs_cloud=True,
        has_claim=True,
        roots=AZURE_ROOTS,
    ),
    KindDeclaration(
        CloudKind.EST,
        Provider.COMPANY,
        Text("Your company's CA (EST)"),
        Text("Your company's certificate server certifies each device. The device's key never leaves it."),
        Text("The device tested the connection itself"),
        _BROKER_ID,
        frozenset({"est"}),
        frozenset({"est_roots"}),
        needs_cloud=True,
        names_requests=True,
        needs_roots=True,
    ),
    KindDeclaration(
        CloudKind.MQTT,
        Provider.OWN,
        Text("Your own broker"),
        Text("Mosquitto, EMQX, HiveMQ or any other MQTT broker that trusts your CA."),
        Text("The device tested the connection itself"),
        _BROKER_ID,
        frozenset(),
    ),
)
KINDS: Mapping[CloudKind, KindDeclaration] = {each.kind: each for each in _DECLARED}
