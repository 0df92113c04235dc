"""AWS's own SDK is the device: it works with what a run handed over. A missing piece has its sentence."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from companion.clouds import claims
from companion.clouds.aws.documents import fleet_template, jitp_template, lacking
from companion.clouds.checks import first_missing
from companion.clouds.profile import CloudProfile
from companion.encoding import es256
from companion.events import CertificateIssued, Event
from companion.identity import Identity, open_identity
from companion.outcome import Result
from tests.clouds.support.cloud_broker import CloudBroker, cloud_broker, needs_mosquitto
from tests.clouds.support.fake_aws import FakeAws, pem
from tests.clouds.support.handed_over import SERIAL, Given, given_to, last_step, roots, said, stage_for
from tests.clouds.support.profiles import sample
from tests.clouds.support.provisioning_responder import FleetProvisioning, answering

pytest.importorskip("awsiot", reason="awsiotsdk does not install here")
pytestmark = needs_mosquitto
SECONDS = 20.0


@pytest.fixture
def aws() -> FakeAws:
    made = FakeAws()
    made.policies["sensors"] = "{}"
    role = {"provisioningRoleArn": "arn:aws:iam::1:role/provisioning", "enabled": True}
    made.templates["ours"] = {"type": "JITP", "templateBody": jitp_template("sensors"), **role}
    made.templates["fleet"] = {
        "type": "FLEET_PROVISIONING",
        "templateBody": fleet_template("sensors"),
        **role,
    }
    return made


@pytest.fixture
def identity(tmp_path: Path) -> Identity:
    return open_identity(tmp_path / "data", throwaway=True)


@dataclass(frozen=True)
class Sdk:
    """A device with AWS's SDK. certificate, key: PEM; name: its client id"""

    broker: CloudBroker
    name: str
    certificate: str
    key: str

    def work(self, use: Any = None) -> Any:
        """Connect, publish as a thing may (or `use` the connection), disconnect. Blocks."""
        from awscrt import mqtt
        from awsiot import mqtt_connection_builder

        connection = mqtt_connection_builder.mtls_from_bytes(
            cert_bytes=self.certificate.encode(),
            pri_key_bytes=self.key.encode(),
            ca_bytes=roots().encode(),
            endpoint="127.0.0.1",
            port=self.broker.tls,
            client_id=self.name,
            clean_session=True,
        )
        connection.connect().result(SECONDS)
        try:
            if use is not None:
                return use(connection)
            topic = f"devices/{self.name}/state"
            done, _ = connection.publish(topic=topic, payload=b"on", qos=mqtt.QoS.AT_LEAST_ONCE)
            return done.result(SECONDS)
        finally:
            connection.disconnect().result(SECONDS)


def ordinary(broker: CloudBroker, given: Given) -> Sdk:
    return Sdk(broker, given.name, given.certificates, given.key)


def profile_for(kind: str, broker: CloudBroker, **changes: str) -> CloudProfile:
    return sample(kind, endpoint=broker.address, region="eu-central-1", roots=roots(), **changes)


def first_connection(aws: FakeAws, leaf: bytes, name: str) -> None:
    """What AWS does with a certificate of a registered CA when it is first shown: JITP."""
    template = aws.templates["ours"]["templateBody"]
    aws.take(leaf, name, "sensors", "PENDING_ACTIVATION" if lacking(template, leaf) else "ACTIVE")


async def test_a_device_that_was_registered_from_here_connects_with_its_own_key(
    aws: FakeAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with cloud_broker(tmp_path / "broker", [aws.ca]) as broker:
        profile = profile_for("aws-registrar", broker, id="plant-{serial}")
        aws.connected[f"plant-{SERIAL}"] = True
        async with stage_for(profile, aws.service(profile), tmp_path / "data", monkeypatch) as (
            stage,
            device,
        ):
            outcome = await stage.commission("oob")
            assert outcome.result is Result.COMMISSIONED, outcome.error
            assert last_step(stage) == f"{broker.address} has the device, and nothing is missing"
            given = given_to(device)
        assert given.name == f"plant-{SERIAL}" and given.claim is None
        await asyncio.to_thread(ordinary(broker, given).work)
    assert list(aws.things) == [given.name]


async def test_a_device_of_the_registered_ca_is_in_once_it_was_there(
    aws: FakeAws, identity: Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with cloud_broker(tmp_path / "broker", identity.ca.anchors) as broker:
        profile = profile_for("aws-jitp", broker)
        service = aws.service(profile)
        async with stage_for(profile, service, tmp_path / "data", monkeypatch) as (stage, device):
            assert (await stage.commission("oob")).result is Result.COMMISSIONED
            assert last_step(stage).startswith("AWS has not seen the device yet")
            given = given_to(device)
        await asyncio.to_thread(ordinary(broker, given).work)
        first_connection(aws, given.chain[0], given.name)
        assert first_missing(service.standing(given.name, given.chain[0])) is None


async def test_a_template_that_names_what_our_certificates_lack_is_named(
    aws: FakeAws, identity: Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.templates["ours"]["templateBody"] = jitp_template("sensors").replace("CommonName", "Country")
    async with cloud_broker(tmp_path / "broker", identity.ca.anchors) as broker:
        profile = profile_for("aws-jitp", broker)
        service = aws.service(profile)
        async with stage_for(profile, service, tmp_path / "data", monkeypatch) as (stage, _):
            # The device's own trial is what AWS sees first.
            stage.intercept = lambda event: _seen(aws, event)
            assert (await stage.commission("oob")).result is Result.COMMISSIONED
            assert last_step(stage) == (
                "PENDING_ACTIVATION: the template names Country, which the certificate does not have"
            )


def _seen(aws: FakeAws, event: Event) -> bool:
    if isinstance(event, CertificateIssued):
        first_connection(aws, event.chain[0], SERIAL)
    return False


async def test_a_device_with_a_claim_gets_its_certificate_by_itself(
    aws: FakeAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fleet = FleetProvisioning(aws)
    async with cloud_broker(tmp_path / "broker", [aws.ca]) as broker, answering(broker.plain, fleet):
        profile = profile_for("aws-claim", broker, policy="sensors")
        service = aws.service(profile)
        async with stage_for(profile, service, tmp_path / "data", monkeypatch) as (stage, device):
            outcome = await stage.commission("oob")
            assert outcome.result is Result.COMMISSIONED, outcome.error
            assert last_step(stage).startswith("AWS has not seen the device yet")
            given = given_to(device)
        claimed = _claimed(broker, given)
        certificate = await asyncio.to_thread(claimed.work, lambda connection: _provision(connection, given))
        permanent = Sdk(broker, given.name, certificate, given.key)
        await asyncio.to_thread(permanent.work)
        assert first_missing(service.standing(given.name, given.chain[0])) is None
        # A token that is nobody's is refused, as AWS does it.
        refused = await asyncio.to_thread(claimed.work, lambda connection: _register(connection, given, "no"))
    assert refused == "InvalidCertificateOwnershipToken"


def _claimed(broker: CloudBroker, given: Given) -> Sdk:
    assert given.claim is not None
    claim = claims.fleet_claim(given.claim)
    key = serialization.load_der_private_key(claim.key.reveal(), None)
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return Sdk(broker, given.name, pem(claim.certificate), key.private_bytes(*form).decode())


def _provision(connection: Any, given: Given) -> str:
    """The device's certificate (PEM), from a request for its own key, and its thing."""
    from awsiot import iotidentity

    key = serialization.load_pem_private_key(given.key.encode(), None)
    assert es256.is_p256(key.public_key())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, given.name)])
    csr = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())  # type: ignore[arg-type]
    client = iotidentity.IotIdentityClientV2(connection, _options())
    text = csr.public_bytes(serialization.Encoding.PEM).decode()
    made = client.create_certificate_from_csr(
        iotidentity.CreateCertificateFromCsrRequest(certificate_signing_request=text)
    ).result(SECONDS)
    registered = client.register_thing(
        iotidentity.RegisterThingRequest(
            template_name="fleet",
            certificate_ownership_token=made.certificate_ownership_token,
            parameters={"ThingName": given.name},
        )
    ).result(SECONDS)
    assert registered.thing_name == given.name
    return str(made.certificate_pem)


def _register(connection: Any, given: Given, token: str) -> str:
    from awsiot import V2ServiceException, iotidentity

    client = iotidentity.IotIdentityClientV2(connection, _options())
    request = iotidentity.RegisterThingRequest(
        template_name="fleet", certificate_ownership_token=token, parameters={"ThingName": given.name}
    )
    try:
        client.register_thing(request).result(SECONDS)
    except V2ServiceException as refused:
        return str(refused.modeled_error.error_code)
    raise AssertionError("a token that is nobody's was taken")


def _options() -> Any:
    from awscrt.mqtt_request_response import ClientOptions

    return ClientOptions(2, 2, operation_timeout_in_seconds=20)


# --- one missing piece each -----------------------------------------------------------------------------


async def test_a_missing_policy_ends_the_run_before_anything_is_handed_over(
    aws: FakeAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.policies.clear()
    profile = sample("aws-registrar", roots=roots())
    async with stage_for(profile, aws.service(profile), tmp_path / "data", monkeypatch) as (stage, device):
        outcome = await stage.commission("oob")
        assert said(outcome) == "N-137 There is no policy sensors" and device.settings.settings == {}


@pytest.mark.parametrize(("seconds", "code"), [(-1, "N-142"), (60, "N-139")])
async def test_a_claim_without_time_is_not_handed_over(
    aws: FakeAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: int, code: str
) -> None:
    """It ended before it came, or this computer's clock is so far ahead that it seems to."""
    aws.claim_seconds = seconds
    profile = sample("aws-claim", roots=roots())
    async with stage_for(profile, aws.service(profile), tmp_path / "data", monkeypatch) as (stage, device):
        outcome = await stage.commission("oob")
        assert said(outcome).startswith(code) and device.settings.settings == {}
