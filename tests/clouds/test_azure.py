"""Azure: keys for single devices, registration with a request, and the missing piece by name."""

from __future__ import annotations

import base64
import hashlib
import hmac
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from companion.clouds import claims
from companion.clouds.azure import rest
from companion.clouds.azure.keys import device_key, signature
from companion.clouds.azure.provisioning import ProvisioningService
from companion.clouds.azure.registration import API_VERSION, Registration
from companion.clouds.azure.service import AzureService
from companion.clouds.checks import first_missing
from companion.errors import (
    CloudAnswerInvalid,
    CloudClockWrong,
    CloudCredentialsMissing,
    CloudDenied,
    CloudError,
    CloudPieceMissing,
)
from companion.identity import IssuingCa
from companion.model import Verdict
from companion.secret import Secret
from tests.clouds.support.profiles import sample
from tests.identity.requests import NAME, request
from tests.identity.requests import device_key as new_key

CA = IssuingCa.create("Owner")
PRINT = hashlib.sha256(CA.anchors[0]).hexdigest()
GROUP_KEY = base64.b64encode(b"a group's key, which no device gets").decode()
ASSIGNED = {"status": "assigned", "assignedHub": "plant.azure-devices.net", "deviceId": "sn-0001"}


def x509_group(**changes: Any) -> dict[str, Any]:
    signing = {"primary": {"certificate": base64.b64encode(CA.anchors[0]).decode()}}
    attestation = {"type": "x509", "x509": {"signingCertificates": signing}}
    return {
        "enrollmentGroupId": "plant",
        "provisioningStatus": "enabled",
        "attestation": attestation,
        **changes,
    }


def signed_by(**signing: Any) -> dict[str, Any]:
    return x509_group(attestation={"type": "x509", "x509": {"signingCertificates": signing}})


@dataclass
class FakeDps:
    """DPS in place of `rest.send`. answers: by the first words of a path, a status and content"""

    answers: dict[str, tuple[int, Any]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    clock: float | None = None

    def __call__(
        self, url: str, *, method: str = "GET", headers: Any = None, body: Any = None, context: Any = None
    ) -> rest.Answer:
        parts = urllib.parse.urlsplit(url)
        self.asked.append((method, f"{parts.path[1:]}?{parts.query}"))
        self.headers.append(dict(headers or {}))
        self.bodies.append(body)
        found = [answer for path, answer in self.answers.items() if parts.path[1:] == path]
        status, content = found[0] if found else (404, {"errorCode": 404201})
        return rest.Answer(status, content, self.clock)

    def service(self, kind: str) -> AzureService:
        profile = sample(kind)
        dps = ProvisioningService(profile.service, lambda: Secret("a token"), self)
        return AzureService(profile, dps)


# --- what a device gets -----------------------------------------------------------------------------------


def test_a_device_gets_a_key_that_is_its_own_and_the_groups_is_nowhere() -> None:
    dps = FakeDps(
        {"enrollmentGroups/plant/attestationmechanism": (200, {"symmetricKey": {"primaryKey": GROUP_KEY}})}
    )
    claim = dps.service("azure-symmetric").claim("sn-0001")
    read = claims.scope_claim(claim.content)
    wanted = hmac.new(base64.b64decode(GROUP_KEY), b"sn-0001", hashlib.sha256).digest()
    assert read.id_scope == "0ne00123ABC" and read.key is not None and read.key.reveal() == wanted
    assert claim.ends is None and base64.b64decode(GROUP_KEY) not in claim.content.reveal()
    assert dps.headers == [{"Authorization": "Bearer a token"}]
    other = dps.service("azure-symmetric").claim("sn-0002")
    assert other.content != claim.content


def test_a_device_with_a_certificate_gets_the_scope_and_nobody_is_asked() -> None:
    dps = FakeDps()
    service = dps.service("azure-x509")
    assert claims.scope_claim(service.claim("sn-0001").content) == claims.ScopeClaim("0ne00123ABC")
    assert service.certify(request(new_key()), "sn-0001") is None and dps.asked == []


def test_a_key_is_derived_as_microsoft_derives_it() -> None:
    """The example of "Symmetric key attestation with DPS" in its form: base64, HMAC-SHA256, base64."""
    key = device_key(Secret(base64.b64decode("8isrFI1sGsIlvvFSSFRiMfCNzv21fjbE/+ah/lSh3lF8e2YG1Te7w1KpZhJFFXJrqYKi9yegxkqIChbqOS9Egw==")), "sn-007-888-abc-mac-a1-b2-c3-d4-e5-f6")  # fmt: skip # noqa: E501
    assert base64.b64encode(key.reveal()) == b"Jsm0lyGpjaVYVP2g3FnmnmG9dI/9qU24wNoykUmermc="


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((404, {}), CloudPieceMissing),
        ((200, {}), CloudPieceMissing),
        ((200, {"symmetricKey": {"primaryKey": "not base64!"}}), CloudAnswerInvalid),
        ((401, {}), CloudCredentialsMissing),
        ((403, {}), CloudDenied),
        ((500, {"errorCode": 500000, "message": GROUP_KEY}), CloudError),
    ],
)
def test_without_the_groups_key_there_is_no_claim(answer: tuple[int, Any], error: type[CloudError]) -> None:
    dps = FakeDps({"enrollmentGroups/plant/attestationmechanism": answer})
    with pytest.raises(CloudError) as refused:
        dps.service("azure-symmetric").claim("sn-0001")
    assert type(refused.value) is error and GROUP_KEY not in str(refused.value)


def test_a_token_that_is_refused_by_a_clock_far_away_is_the_clocks_fault() -> None:
    dps = FakeDps({"enrollmentGroups/plant": (401, {})}, clock=-3600.0)
    with pytest.raises(CloudClockWrong):
        dps.service("azure-x509").check(CA.anchors)


# --- what the cloud says ------------------------------------------------------------------------------------


def account(answers: dict[str, tuple[int, Any]], kind: str = "azure-x509") -> str:
    found = first_missing(FakeDps(answers).service(kind).check(CA.anchors))
    return f"{found.name}: {found.reason}" if found is not None else ""


@pytest.mark.parametrize(
    ("group", "words"),
    [
        (x509_group(), ""),
        (None, "group: There is no group plant"),
        (x509_group(provisioningStatus="disabled"), "group: The group plant is disabled"),
        (x509_group(attestation={"type": "symmetricKey"}),
         "attestation: The group is of type symmetricKey, not x509"),
        (signed_by(primary={"certificate": "AAAA"}),
         "attestation: The group does not know your CA"),
        (signed_by(primary={"certificate": "?"}),
         "attestation: The group does not know your CA"),
        (signed_by(secondary={"info": {"sha256Thumbprint": PRINT.upper()}}), ""),
        (x509_group(attestation={"type": "x509", "x509": {"caReferences": {"primary": "plant-ca"}}}), ""),
        (x509_group(attestation=None), "attestation: The group is of type None, not x509"),
    ],
)  # fmt: skip
def test_what_a_group_lacks_is_named(group: dict[str, Any] | None, words: str) -> None:
    assert account({"enrollmentGroups/plant": (200, group)} if group is not None else {}) == words


def test_a_group_with_keys_is_one_for_keys() -> None:
    group = x509_group(attestation={"type": "symmetricKey", "symmetricKey": {}})
    assert account({"enrollmentGroups/plant": (200, group)}, "azure-symmetric") == ""


def standing(answers: dict[str, tuple[int, Any]]) -> list[str]:
    leaf = CA.issue(request(new_key()), serial="sn-0001", name=NAME).chain[0]
    found = FakeDps(answers).service("azure-x509").standing("sn-0001", leaf)
    return [f"{each.verdict}: {each.reason}" for each in found]


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"registrations/sn-0001": (200, ASSIGNED)}, ["passed: sn-0001 at plant.azure-devices.net"]),
        ({"enrollmentGroups/plant": (200, x509_group())}, ["failed: Azure has not seen the device yet"]),
        ({"enrollmentGroups/plant": (200, x509_group(provisioningStatus="disabled"))},
         ["failed: The group plant is disabled", "failed: Azure has not seen the device yet"]),
        ({"registrations/sn-0001": (200, {"status": "failed", "errorCode": 400209})},
         ["failed: Azure says failed, error 400209"]),
        ({"registrations/sn-0001": (200, {"status": "disabled", "errorCode": "x"})},
         ["failed: Azure says disabled, error -"]),
    ],
)  # fmt: skip
def test_what_became_of_a_device_is_said_in_words(
    answers: dict[str, tuple[int, Any]], words: list[str]
) -> None:
    assert standing(answers) == words


def test_an_answer_that_is_no_object_is_refused() -> None:
    with pytest.raises(CloudAnswerInvalid):
        standing({"registrations/sn-0001": (200, ["?"])})


def test_a_group_is_written_whole() -> None:
    dps = FakeDps({"enrollmentGroups/plant": (200, {})})
    service = ProvisioningService("plant.example", lambda: Secret("a token"), dps)
    service.put_group(x509_group(etag='"1"'))
    assert dps.asked == [("PUT", "enrollmentGroups/plant?api-version=2021-10-01")]
    assert dps.headers[0]["If-Match"] == '"1"' and dps.bodies[0]["provisioningStatus"] == "enabled"


# --- registration with a request ----------------------------------------------------------------------------


@dataclass
class FakeRegistrations:
    """The device API: assigns at the second look, and issues what is asked for. change: of the last answer"""

    change: Callable[[dict[str, Any]], None] = lambda content: None
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    status: int = 200

    def __call__(self, url: str, *, method: str, headers: Any, body: Any, context: Any = None) -> rest.Answer:
        self.asked.append((method, urllib.parse.urlsplit(url).path, body))
        assert url.endswith(f"api-version={API_VERSION}") and headers["Authorization"].startswith("Shared")
        if self.status >= 300:
            return rest.Answer(self.status, {"errorCode": 401002})
        if method == "PUT":
            self._csr = base64.b64decode(body["csr"]) if "csr" in body else None
            return rest.Answer(202, {"operationId": "4.5", "status": "assigning"}, None, 3.0)
        state: dict[str, Any] = dict(ASSIGNED)
        if self._csr is not None:
            leaf = CA.issue(self._csr, serial="sn-0001", name=NAME).chain[0]
            chain = (leaf, *CA.anchors)
            state["issuedCertificateChain"] = [base64.b64encode(der).decode() for der in chain]
        content = {"operationId": "4.5", "status": "assigned", "registrationState": state}
        self.change(content)
        return rest.Answer(200, content)

    def registration(self) -> Registration:
        key = Secret(b"a device's key")
        waits: list[float] = []
        self.waits = waits
        signed = signature("0ne00123ABC", "sn-0001", key)
        return Registration("dps.example", "0ne00123ABC", "sn-0001", signed, send=self, sleep=waits.append)


def test_a_registration_brings_a_certificate_for_the_devices_own_key() -> None:
    dps, csr = FakeRegistrations(), request(new_key())
    done = dps.registration().register(csr)
    assert (done.hub, done.device, len(done.chain)) == ("plant.azure-devices.net", "sn-0001", 1)
    assert [(method, path) for method, path, _ in dps.asked] == [
        ("PUT", "/0ne00123ABC/registrations/sn-0001/register"),
        ("GET", "/0ne00123ABC/registrations/sn-0001/operations/4.5"),
    ]
    assert dps.asked[0][2] == {"registrationId": "sn-0001", "csr": base64.b64encode(csr).decode()}
    assert dps.waits == [3.0] and dps.registration().register().chain == ()


def _another_key(content: dict[str, Any]) -> None:
    leaf = CA.issue(request(new_key()), serial="sn-0001", name=NAME).chain[0]
    content["registrationState"]["issuedCertificateChain"] = [base64.b64encode(leaf).decode()]


def _issued(value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda content: content["registrationState"].update(issuedCertificateChain=value)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (_another_key, CloudAnswerInvalid),
        (_issued(None), CloudAnswerInvalid),
        (_issued(["!"]), CloudAnswerInvalid),
        (_issued(["AAAA"]), CloudAnswerInvalid),
        (_issued([base64.b64encode(CA.anchors[0]).decode()]), CloudAnswerInvalid),
        (lambda content: content.update(status="disabled"), CloudPieceMissing),
        (lambda content: content.update(status="failed"), CloudError),
        (lambda content: content.update(status="assigning", operationId=7), CloudAnswerInvalid),
    ],
)
def test_what_is_no_certificate_for_the_request_is_refused(
    change: Callable[[dict[str, Any]], None], error: type[CloudError]
) -> None:
    with pytest.raises(CloudError) as refused:
        FakeRegistrations(change).registration().register(request(new_key()))
    assert type(refused.value) is error


@pytest.mark.parametrize(
    ("status", "error"), [(401, CloudDenied), (404, CloudPieceMissing), (429, CloudError)]
)
def test_a_registration_that_is_refused_says_why(status: int, error: type[CloudError]) -> None:
    with pytest.raises(CloudError) as refused:
        FakeRegistrations(status=status).registration().register()
    assert type(refused.value) is error and "401002" in refused.value.detail


def test_a_signature_names_scope_device_and_end() -> None:
    signed = signature("0ne00123ABC", "sn-0001", Secret(b"key"), now=1000).reveal_text()
    mac = hmac.new(b"key", b"0ne00123ABC%2Fregistrations%2Fsn-0001\n4600", hashlib.sha256).digest()
    sig = urllib.parse.quote(base64.b64encode(mac), safe="")
    where = "0ne00123ABC%2Fregistrations%2Fsn-0001"
    assert signed == f"SharedAccessSignature sr={where}&sig={sig}&se=4600&skn=registration"


def test_what_is_there_is_seen_by_its_verdict() -> None:
    group = x509_group(attestation={"type": "x509", "x509": {"caReferences": {"primary": "plant-ca"}}})
    *_, ca = FakeDps({"enrollmentGroups/plant": (200, group)}).service("azure-x509").check(CA.anchors)
    assert ca.verdict is Verdict.REMARK
