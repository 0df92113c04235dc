"""AWS IoT behind real boto3 clients: botocore checks the shape of each call, an account in memory answers.

Unlike moto it knows provisioning, calls a certificate by the SHA-256 of its DER, and certifies the key that
it was asked to.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import boto3
from botocore import xform_name
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from companion.clouds.aws.certificates import certificate_id
from companion.clouds.aws.client import AwsClient
from companion.clouds.aws.service import AwsService
from companion.clouds.profile import CloudProfile

HOST = "a1b2c3-ats.iot.eu-central-1.amazonaws.com"
REGION = "eu-central-1"
CLAIM_SECONDS = 300


class Refused(Exception):
    """AWS answers with this error code."""


@dataclass
class FakeAws:
    """An account. certificates, things, templates, ...: what is in it

    claims: how many were fetched; broken: by operation, the error code that it answers with
    """

    endpoint: str = HOST
    certificates: dict[str, dict[str, Any]] = field(default_factory=dict)
    cas: dict[str, dict[str, Any]] = field(default_factory=dict)
    things: dict[str, list[str]] = field(default_factory=dict)
    policies: dict[str, str] = field(default_factory=dict)
    attached: dict[str, list[str]] = field(default_factory=dict)
    templates: dict[str, dict[str, Any]] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    connected: dict[str, bool] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    claim_seconds: int = CLAIM_SECONDS
    claims: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.ca = certificate(
            self.key.public_key(), self.key, "Amazon Root CA of a test", "Amazon Root CA of a test", ca=True
        )
        self._claim_key = _claim_key()
        self._given: dict[str, Any] = {}

    def client(self, name: str) -> AwsClient:
        """One of its services."""
        return AwsClient(name, _client(name, self))

    def service(self, profile: CloudProfile) -> AwsService:
        """What a run uses."""
        return AwsService(profile, self.client("iot"), self.client("iam"))

    def _note(self, params: dict[str, Any], **_: Any) -> None:
        self._given = params

    def _answer(self, model: Any, **_: Any) -> Any:
        name = xform_name(model.name)
        self.calls.append(name)
        try:
            if name in self.broken:
                raise Refused(self.broken[name])
            answer = getattr(self, name)
        except Refused as refused:
            return _http(400), {"Error": {"Code": str(refused), "Message": "of a test"}}
        try:
            return _http(200), answer(**self._given) or {}
        except Refused as refused:
            return _http(400), {"Error": {"Code": str(refused), "Message": "of a test"}}

    # --- devices ------------------------------------------------------------------------------------

    def issue(self, key: Any, name: str) -> bytes:
        """A certificate of Amazon's for a key (DER)."""
        return certificate(key, self.key, name, "Amazon Root CA of a test")

    def take(self, der: bytes, thing: str, policy: str, status: str = "ACTIVE") -> str:
        """The certificate is in the account, at a thing, with a policy. Its ARN."""
        arn = f"arn:aws:iot:{REGION}:1:cert/{certificate_id(der)}"
        self.certificates[certificate_id(der)] = {"arn": arn, "status": status, "der": der}
        self.things.setdefault(thing, []).append(arn)
        self.attached[arn] = [policy] if policy else []
        return arn

    def register_thing(self, templateBody: str, parameters: dict[str, str]) -> dict[str, Any]:
        template = json.loads(templateBody)
        assert set(parameters) == set(template["Parameters"])
        policy = template["Resources"]["policy"]["Properties"]["PolicyName"]
        if policy not in self.policies:
            raise Refused("ResourceNotFoundException")
        request = x509.load_pem_x509_csr(parameters["CSR"].encode())
        der = self.issue(request.public_key(), "AWS IoT Certificate")
        return {
            "certificatePem": pem(der),
            "resourceArns": {"certificate": self.take(der, parameters["ThingName"], policy)},
        }

    def create_provisioning_claim(self, templateName: str) -> dict[str, Any]:
        if templateName not in self.templates:
            raise Refused("ResourceNotFoundException")
        der = self.issue(self._claim_key.public_key(), f"claim {len(self.claims)}")
        form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        claim = {
            "certificateId": certificate_id(der),
            "certificatePem": pem(der),
            "keyPair": {"PublicKey": "", "PrivateKey": self._claim_key.private_bytes(*form).decode()},
            "expiration": datetime.now(UTC) + timedelta(seconds=self.claim_seconds),
        }
        self.claims.append(claim)
        return claim

    def describe_certificate(self, certificateId: str) -> dict[str, Any]:
        found = _found(self.certificates, certificateId)
        told = {
            "certificateArn": found["arn"],
            "status": found["status"],
            "certificatePem": pem(found["der"]),
        }
        return {"certificateDescription": told}

    def list_thing_principals(self, thingName: str, **_: Any) -> dict[str, Any]:
        return {"principals": _found(self.things, thingName)}

    def list_attached_policies(self, target: str, **_: Any) -> dict[str, Any]:
        return {
            "policies": [{"policyName": name, "policyArn": "-"} for name in self.attached.get(target, [])]
        }

    def get_thing_connectivity_data(self, thingName: str, **_: Any) -> dict[str, Any]:
        return {"thingName": thingName, "connected": _found(self.connected, thingName)}

    # --- the account ----------------------------------------------------------------------------------

    def describe_endpoint(self, endpointType: str) -> dict[str, Any]:
        assert endpointType == "iot:Data-ATS"
        return {"endpointAddress": self.endpoint}

    def get_policy(self, policyName: str) -> dict[str, Any]:
        return {"policyDocument": _found(self.policies, policyName)}

    def create_policy(self, policyName: str, policyDocument: str) -> None:
        _add(self.policies, policyName, policyDocument)

    def describe_provisioning_template(self, templateName: str) -> dict[str, Any]:
        found: dict[str, Any] = _found(self.templates, templateName)
        return {"templateName": templateName, **found}

    def create_provisioning_template(self, templateName: str, **content: Any) -> None:
        _add(self.templates, templateName, content)

    def get_role(self, RoleName: str) -> dict[str, Any]:
        if RoleName not in self.roles:
            raise Refused("NoSuchEntity")
        return {"Role": {"RoleName": RoleName, "Arn": f"arn:aws:iam::1:role/{RoleName}"}}

    def create_role(self, RoleName: str, AssumeRolePolicyDocument: str, **_: Any) -> dict[str, Any]:
        if RoleName in self.roles:
            raise Refused("EntityAlreadyExists")
        self.roles[RoleName] = AssumeRolePolicyDocument
        return self.get_role(RoleName)

    def attach_role_policy(self, RoleName: str, PolicyArn: str) -> None:
        assert RoleName in self.roles and PolicyArn.startswith("arn:aws:iam::aws:policy/")

    def get_registration_code(self) -> dict[str, str]:
        return {"registrationCode": "0123456789abcdef" * 4}

    def register_ca_certificate(
        self,
        caCertificate: str,
        verificationCertificate: str = "",
        certificateMode: str = "DEFAULT",
        **options: Any,
    ) -> dict[str, Any]:
        der = x509.load_pem_x509_certificate(caCertificate.encode())
        if certificateMode == "DEFAULT":
            proof = x509.load_pem_x509_certificate(verificationCertificate.encode())
            proof.verify_directly_issued_by(der)
            (name,) = proof.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
            if name.value != self.get_registration_code()["registrationCode"]:
                raise Refused("RegistrationCodeValidationException")
        number = certificate_id(der.public_bytes(serialization.Encoding.DER))
        _add(self.cas, number, {"pem": caCertificate, "status": "ACTIVE", "auto": "ENABLE", **options})
        return {"certificateId": number, "certificateArn": f"arn:aws:iot:{REGION}:1:cacert/{number}"}

    def list_ca_certificates(self, **_: Any) -> dict[str, Any]:
        return {"certificates": [{"certificateId": number} for number in self.cas]}

    def describe_ca_certificate(self, certificateId: str) -> dict[str, Any]:
        found = _found(self.cas, certificateId)
        told = {
            "certificatePem": found["pem"],
            "status": found["status"],
            "autoRegistrationStatus": found["auto"],
        }
        told["certificateId"] = certificateId
        return {"certificateDescription": told, "registrationConfig": found.get("registrationConfig", {})}

    def update_ca_certificate(self, certificateId: str, newStatus: str) -> None:
        _found(self.cas, certificateId)["status"] = newStatus


def certificate(
    key: Any, signer: ec.EllipticCurvePrivateKey, name: str, issuer: str, *, ca: bool = False
) -> bytes:
    """A certificate (DER) for a day."""
    now = datetime.now(UTC)

    def called(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    made = (
        x509.CertificateBuilder()
        .subject_name(called(name))
        .issuer_name(called(issuer))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .sign(signer, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.DER)


def pem(der: bytes) -> str:
    return x509.load_der_x509_certificate(der).public_bytes(serialization.Encoding.PEM).decode()


@functools.cache
def _claim_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


_SESSION = boto3.Session("AKIATESTTESTTEST", "secret-access-key-of-a-test", region_name=REGION)


@functools.cache
def _bare(name: str) -> Any:
    return _SESSION.client(name)


def _client(name: str, account: FakeAws) -> Any:
    """One client for all tests, for to make one takes a tenth of a second: it is led to this account."""
    client = _bare(name)
    for event, answer in (("provide-client-params", account._note), ("before-call", account._answer)):
        client.meta.events.unregister(event, unique_id=event)
        client.meta.events.register(event, answer, unique_id=event)
    return client


def _http(status: int) -> SimpleNamespace:
    return SimpleNamespace(status_code=status)


def _found(kept: dict[str, Any], name: str) -> Any:
    if name not in kept:
        raise Refused("ResourceNotFoundException")
    return kept[name]


def _add(kept: dict[str, Any], name: str, content: Any) -> None:
    if name in kept:
        raise Refused("ResourceAlreadyExistsException")
    kept[name] = content
