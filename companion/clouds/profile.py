"""A cloud profile: what a device of a fleet is given to connect to, without a secret.

It is a JSON file that may be sent around:

    {"companion": "cloud profile", "name": "plant", "kind": "aws-registrar",
     "endpoint": "a1b2-ats.iot.eu-central-1.amazonaws.com:8883", "id": "{serial}", "policy": "sensors"}

What is not a field of its kind is refused, so that nobody keeps a key in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from companion.clouds.ids import IdRule
from companion.clouds.kinds import KINDS, CloudKind, KindDeclaration
from companion.endpoint import ExternalEndpoint
from companion.errors import CloudProfileInvalid
from companion.est.client import EstServer
from companion.plain_text import plain

MARK = "cloud profile"
MOST_ROOTS = 8
MAX_PROFILE = 64 * 1024

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")
_RESOURCE = re.compile(r"[A-Za-z0-9+=,.@_-]{1,128}")
_VALUES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "region": (re.compile(r"[a-z]{2}(?:-[a-z]{2,12}){1,3}-\d{1,2}"), "a region such as eu-central-1"),
    # createProvisioningTemplate: templateName
    "template": (re.compile(r"[0-9A-Za-z_-]{1,36}"), "1 to 36 letters, digits, underscores and hyphens"),
    "policy": (_RESOURCE, "the name of a policy"),
    "id_scope": (re.compile(r"[0-9A-Za-z]{6,32}"), "an id scope such as 0ne00123ABC"),
    "group": (re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9:._-]{0,126}[A-Za-z0-9])?"), "the id of a group"),
    "service": (
        re.compile(r"[A-Za-z0-9.-]{1,200}(?::\d{1,5})?"),
        "a host such as plant.azure-devices-provisioning.net",
    ),
    "est": (re.compile(r"https://[!-~]{1,200}"), "an address such as https://ca.example/devices"),
}
_REGION_IN_HOST = re.compile(r"\.iot\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?:")


@dataclass(frozen=True)
class CloudProfile:
    """What a profile says. Raises CloudProfileInvalid for values that its kind can't have.

    name:     a file's: small letters, digits and hyphens
    endpoint: host:port, as the device is told
    rule:     the serial number to the name there
    policy:   of AWS, that devices get; template: of AWS provisioning; region: "" that of the endpoint
    id_scope, group, service: of Azure's provisioning service: its scope, the enrollment group, its host
    est:      https://HOST[:PORT][/LABEL] of a company's certificate server (RFC 7030)
    est_roots: PEM of whom to believe that it is this server; "": `roots`
    roots:    PEM of whom devices believe at the endpoint; "": the kind's roots, or the owner's CA
    """

    name: str
    kind: CloudKind
    endpoint: str
    rule: IdRule = field(default_factory=IdRule)
    policy: str = ""
    template: str = ""
    region: str = ""
    id_scope: str = ""
    group: str = ""
    service: str = ""
    est: str = ""
    est_roots: str = ""
    roots: str = ""

    def __post_init__(self) -> None:
        if _NAME.fullmatch(self.name) is None:
            raise _invalid("name", "1 to 32 small letters, digits and hyphens")
        try:
            ExternalEndpoint(self.endpoint)
        except ValueError as error:
            raise _invalid("endpoint", "host:port") from error
        declared = self.declared
        for name in OPTIONS:
            value = getattr(self, name)
            if not value and name in declared.required:
                raise _invalid(name, f"{self.kind} needs it")
            if value and name not in declared.required | declared.optional:
                raise _invalid(name, f"{self.kind} does not have it")
            pattern, words = _VALUES[name]
            if value and pattern.fullmatch(value) is None:
                raise _invalid(name, words)
        if self.est:
            _check_server(self.est)
        if self.est_roots and "est_roots" not in declared.optional:
            raise _invalid("est_roots", f"{self.kind} does not have it")
        if declared.needs_roots and not self.roots:
            raise _invalid("roots", f"{self.kind} needs it: by it devices know your server")
        for name in PEMS:
            _certificates(name, getattr(self, name))

    @property
    def declared(self) -> KindDeclaration:
        """Its kind's row."""
        return KINDS[self.kind]

    @property
    def host(self) -> str:
        """The endpoint without its port."""
        return self.endpoint.rpartition(":")[0]

    @property
    def aws_region(self) -> str:
        """The region of AWS; "" where neither the profile nor its endpoint says it."""
        found = _REGION_IN_HOST.search(self.endpoint)
        return self.region or (found.group(1) if found is not None else "")

    def name_of(self, serial: str) -> str:
        """What the device of this serial number is called there. Raises CloudIdInvalid."""
        return self.rule.name_of(serial, self.declared.ids)

    def own_roots(self) -> tuple[bytes, ...]:
        """DER of the roots that the profile brings, none if it brings none. Raises CloudProfileInvalid."""
        return _certificates("roots", self.roots)

    def document(self) -> dict[str, str]:
        """The profile as JSON; fields without a value are left out."""
        told = {"companion": MARK, "name": self.name, "kind": str(self.kind), "endpoint": self.endpoint}
        told["id"] = self.rule.text
        told |= {name: getattr(self, name) for name in (*OPTIONS, *PEMS) if getattr(self, name)}
        return told

    def as_text(self) -> str:
        """The profile's file."""
        return json.dumps(self.document(), indent=2) + "\n"


OPTIONS = tuple(each.name for each in fields(CloudProfile) if each.name in _VALUES)
"""The fields that some kinds have, by their name in files and on the command line."""
PEMS = ("roots", "est_roots")
"""Fields with certificates in PEM, given as a file on the command line."""
_KNOWN = frozenset({"companion", "name", "kind", "endpoint", "id", *PEMS, *OPTIONS})


def read(text: str, what: str) -> CloudProfile:
    """The profile in a file's text. what: the file's name, for the error. Raises CloudProfileInvalid."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _invalid(what, "it is not JSON") from error
    return from_document(content, what)


def from_document(content: Any, what: str) -> CloudProfile:
    """The profile in a JSON value. Raises CloudProfileInvalid."""
    if not isinstance(content, dict) or content.get("companion") != MARK:
        raise _invalid(what, "it is no cloud profile of Companion")
    strange = sorted(set(content) - _KNOWN)
    if strange:
        raise _invalid(plain(strange[0])[:40], "profiles have no such field, and hold no secrets")
    if not all(isinstance(value, str) for value in content.values()):
        raise _invalid(what, "each of its values is a text")
    return made(content)


def granted(text: str) -> CloudProfile:
    """The profile in a grant, by which a delegate sends devices without an account there.

    Raises CloudProfileInvalid, also for a kind where a delegate's CA can't be let in or switched off alone.
    """
    found = read(text, "grant")
    if not found.declared.for_delegates:
        kinds = ", ".join(kind for kind, row in KINDS.items() if row.for_delegates)
        raise _invalid("kind", f"in a grant it is one of {kinds}")
    return found


def made(values: Mapping[str, str]) -> CloudProfile:
    """The profile of these fields; an endpoint left out is the kind's. Raises CloudProfileInvalid."""
    try:
        kind = CloudKind(values.get("kind", ""))
    except ValueError as error:
        raise _invalid("kind", ", ".join(KINDS)) from error
    endpoint = values.get("endpoint") or KINDS[kind].endpoint
    rule = IdRule(values["id"]) if values.get("id") else IdRule()
    rest = {name: values[name] for name in (*OPTIONS, *PEMS) if values.get(name)}
    return CloudProfile(values.get("name", ""), kind, endpoint, rule, **rest)


def _check_server(url: str) -> None:
    try:
        EstServer(url)
    except ValueError as error:
        raise _invalid("est", "https://HOST[:PORT][/LABEL], without user name or password") from error


def _certificates(name: str, text: str) -> tuple[bytes, ...]:
    if not text:
        return ()
    try:
        found = x509.load_pem_x509_certificates(text.encode())
    except ValueError as error:
        raise _invalid(name, "certificates in PEM") from error
    if len(found) > MOST_ROOTS:
        raise _invalid(name, f"at most {MOST_ROOTS} certificates")
    return tuple(each.public_bytes(Encoding.DER) for each in found)


def _invalid(what: str, reason: str) -> CloudProfileInvalid:
    return CloudProfileInvalid(what=what, reason=reason)
