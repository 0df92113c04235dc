"""AWS: the device's own request is registered, claims are fresh, and the missing piece has a name."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from companion.clouds import claims
from companion.clouds.aws import client as aws_client
from companion.clouds.aws.certificates import certificate_id
from companion.clouds.aws.documents import fleet_template, jitp_template, lacking
from companion.clouds.aws.service import AwsService
from companion.clouds.checks import first_missing
from companion.clouds.profile import CloudProfile
from companion.errors import (
    CloudAnswerInvalid,
    CloudClaimExpired,
    CloudClockWrong,
    CloudCredentialsMissing,
    CloudDenied,
    CloudError,
    CloudExtraMissing,
    CloudPieceMissing,
    CloudUnreachable,
)
from companion.identity import IssuingCa
from companion.model import Verdict
from tests.clouds.support.fake_aws import FakeAws, pem
from tests.clouds.support.profiles import sample
from tests.identity.requests import NAME, device_key, request

CA = IssuingCa.create("Owner")
NAMED = "SN-0001"


@pytest.fixture
def aws() -> FakeAws:
    made = FakeAws()
    made.policies["sensors"] = "{}"
    made.roles["provisioning"] = "{}"
    role = "arn:aws:iam::1:role/provisioning"
    made.templates["ours"] = {
        "enabled": True,
        "type": "JITP",
        "templateBody": jitp_template("sensors"),
        "provisioningRoleArn": role,
    }
    made.templates["fleet"] = {
        "enabled": True,
        "type": "FLEET_PROVISIONING",
        "templateBody": fleet_template("sensors"),
        "provisioningRoleArn": role,
    }
    made.register_ca_certificate(
        pem(CA.anchors[0]), certificateMode="SNI_ONLY", registrationConfig={"templateName": "ours"}
    )
    return made


def leaf() -> bytes:
    return CA.issue(request(device_key()), serial=NAMED, name=NAME).chain[0]


# --- what a run gets ------------------------------------------------------------------------------------


def test_a_registered_device_has_its_own_key_and_is_in_with_one_call(aws: FakeAws) -> None:
    csr = request(device_key())
    service = aws.service(sample("aws-registrar"))
    chain = service.certify(csr, NAMED)
    assert chain is not None and aws.calls == ["register_thing"]
    aws.connected[NAMED] = True
    found = service.standing(NAMED, chain[0])
    assert [(each.name, each.verdict) for each in found] == [
        (name, Verdict.PASSED) for name in ("certificate", "thing", "policy", "connection")
    ]


def test_a_certificate_for_another_key_is_never_handed_over(
    aws: FakeAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As moto answers create_certificate_from_csr."""
    other = aws.issue(device_key().public_key(), "AWS IoT Certificate")
    monkeypatch.setattr(aws, "register_thing", lambda **_: {"certificatePem": pem(other)})
    with pytest.raises(CloudAnswerInvalid, match="another key"):
        aws.service(sample("aws-registrar")).certify(request(device_key()), NAMED)


@pytest.mark.parametrize("answer", [None, "no certificate", "x" * 20_000])
def test_an_answer_without_a_certificate_is_refused(
    aws: FakeAws, monkeypatch: pytest.MonkeyPatch, answer: object
) -> None:
    monkeypatch.setattr(aws, "register_thing", lambda **_: {"certificatePem": answer})
    with pytest.raises(CloudAnswerInvalid):
        aws.service(sample("aws-registrar")).certify(request(device_key()), NAMED)


@pytest.mark.parametrize("kind", ["aws-jitp", "aws-claim"])
def test_elsewhere_the_owners_ca_certifies_and_nobody_is_asked(aws: FakeAws, kind: str) -> None:
    assert aws.service(sample(kind)).certify(request(device_key()), NAMED) is None and aws.calls == []


def test_a_claim_is_another_one_each_time_and_says_when_it_ends(aws: FakeAws) -> None:
    service = aws.service(sample("aws-claim"))
    first, second = service.claim(NAMED), service.claim(NAMED)
    assert first.content != second.content and first.ends is not None
    assert 290 < first.ends - datetime.now(UTC).timestamp() <= 300
    read = claims.fleet_claim(second.content)
    assert (read.template, pem(read.certificate)) == ("fleet", aws.claims[1]["certificatePem"])
    assert len(second.content) < 4096 and "PRIVATE" not in repr(second)


def test_a_claim_that_has_ended_is_none(aws: FakeAws) -> None:
    aws.claim_seconds = -1
    with pytest.raises(CloudClaimExpired):
        aws.service(sample("aws-claim")).claim(NAMED)


@pytest.mark.parametrize(
    "change", [{"expiration": None}, {"keyPair": {"PrivateKey": "PRIVATE-WORDS"}}, {"keyPair": {}}]
)
def test_a_broken_claim_is_refused_without_repeating_it(
    aws: FakeAws, monkeypatch: pytest.MonkeyPatch, change: dict[str, object]
) -> None:
    whole = aws.create_provisioning_claim("fleet")
    monkeypatch.setattr(aws, "create_provisioning_claim", lambda **_: {**whole, **change})
    with pytest.raises(CloudAnswerInvalid) as refused:
        aws.service(sample("aws-claim")).claim(NAMED)
    assert "PRIVATE-WORDS" not in f"{refused.value} {refused.value.__cause__}"


@pytest.mark.parametrize(("kind", "gone"), [("aws-registrar", "policies"), ("aws-claim", "templates")])
def test_a_missing_policy_or_template_ends_a_run_by_name(aws: FakeAws, kind: str, gone: str) -> None:
    getattr(aws, gone).clear()
    service = aws.service(sample(kind))
    with pytest.raises(CloudPieceMissing) as missing:
        service.certify(request(device_key()), NAMED) or service.claim(NAMED)
    assert missing.value.advice_text in ("There is no policy sensors", "There is no template fleet")


# --- what the cloud says of a device --------------------------------------------------------------------


def missing(aws: FakeAws, profile: CloudProfile, der: bytes) -> str:
    found = first_missing(aws.service(profile).standing(NAMED, der))
    return f"{found.name}: {found.reason}" if found is not None else ""


def _inactive(aws: FakeAws, der: bytes) -> None:
    aws.certificates[certificate_id(der)]["status"] = "INACTIVE"


def _pending(aws: FakeAws, der: bytes) -> None:
    aws.certificates[certificate_id(der)]["status"] = "PENDING_ACTIVATION"
    aws.templates["ours"]["templateBody"] = jitp_template("sensors").replace("CommonName", "Country")


def _pending_elsewhere(aws: FakeAws, der: bytes) -> None:
    aws.certificates[certificate_id(der)]["status"] = "PENDING_ACTIVATION"


def _no_template(aws: FakeAws, der: bytes) -> None:
    _pending(aws, der)
    aws.templates.clear()


def _denied(aws: FakeAws, der: bytes) -> None:
    _pending(aws, der)
    aws.broken["describe_provisioning_template"] = "UnauthorizedException"


@pytest.mark.parametrize(
    ("breaks", "words"),
    [
        (lambda aws, der: None, ""),
        (lambda aws, der: aws.certificates.clear(), "certificate: AWS has not seen the device yet"),
        (_inactive, "certificate: AWS has it as INACTIVE"),
        (_pending, "certificate: PENDING_ACTIVATION: the template names Country, which"),
        (_pending_elsewhere, "certificate: PENDING_ACTIVATION: provisioning failed, often"),
        (_no_template, "certificate: PENDING_ACTIVATION: there is no template ours"),
        (_denied, "certificate: PENDING_ACTIVATION: provisioning failed"),
        (lambda aws, der: aws.things.clear(), "thing: The certificate is attached to no thing SN-0001"),
        (lambda aws, der: aws.attached.clear(), "policy: The certificate has no policy sensors"),
        (lambda aws, der: aws.connected.update({NAMED: False}), "connection: SN-0001 is registered and"),
    ],
)  # fmt: skip
def test_each_missing_piece_has_its_sentence(
    aws: FakeAws, breaks: Callable[[FakeAws, bytes], None], words: str
) -> None:
    der = leaf()
    aws.take(der, NAMED, "sensors")
    aws.connected[NAMED] = True
    breaks(aws, der)
    found = missing(aws, sample("aws-jitp"), der)
    assert found.startswith(words) and bool(found) is bool(words)


def test_whether_it_connected_is_not_known_without_fleet_indexing(aws: FakeAws) -> None:
    der = leaf()
    aws.take(der, NAMED, "sensors")
    *_, connection = aws.service(sample("aws-jitp")).standing(NAMED, der)
    assert connection.verdict is Verdict.NOT_KNOWN and "fleet indexing" in str(connection.reason)


def test_older_certificates_of_a_thing_are_named(aws: FakeAws) -> None:
    """A new certificate is a new one to AWS too: the old one still lets in whoever has its key."""
    der = leaf()
    for each in (leaf(), der):
        aws.take(each, NAMED, "sensors")
    (thing,) = [each for each in aws.service(sample("aws-jitp")).standing(NAMED, der) if each.name == "thing"]
    assert thing.verdict is Verdict.REMARK and "has 1 older" in str(thing.reason)


def test_a_device_that_registered_itself_is_found_by_its_name(aws: FakeAws) -> None:
    profile, ours = sample("aws-claim"), leaf()
    assert missing(aws, profile, ours).startswith("thing: AWS has not seen the device yet")
    aws.things[NAMED] = []
    assert missing(aws, profile, ours) == "thing: The thing SN-0001 has no certificate"
    aws.connected[NAMED] = True
    theirs = aws.issue(device_key().public_key(), "AWS IoT Certificate")
    aws.take(theirs, NAMED, "sensors")
    assert missing(aws, profile, ours) == ""
    _inactive(aws, theirs)
    assert missing(aws, profile, ours) == "certificate: AWS has it as INACTIVE"


# --- what the account has -------------------------------------------------------------------------------


def account(aws: FakeAws, kind: str = "aws-jitp") -> str:
    found = first_missing(aws.service(sample(kind)).check(CA.anchors))
    return f"{found.name}: {found.reason}" if found is not None else ""


def _ca(**changes: object) -> Callable[[FakeAws], None]:
    return lambda aws: next(iter(aws.cas.values())).update(changes)


def _template(**changes: object) -> Callable[[FakeAws], None]:
    return lambda aws: aws.templates["ours"].update(changes)


@pytest.mark.parametrize(
    ("breaks", "words"),
    [
        (lambda aws: None, ""),
        (lambda aws: setattr(aws, "endpoint", "other"), "endpoint: This account's is other: another"),
        (lambda aws: aws.policies.clear(), "policy: There is no policy sensors"),
        (lambda aws: aws.templates.clear(), "template: There is no template ours"),
        (_template(enabled=False), "template: ours is switched off"),
        (_template(type="FLEET_PROVISIONING"), "template: ours is of another type: FLEET_PROVISIONING"),
        (_template(templateBody=jitp_template("sensors").replace("CommonName", "Country")),
         "template: ours names Country, which our certificates do not have"),
        (_template(provisioningRoleArn=""), "role: The template has none"),
        (lambda aws: aws.roles.clear(), "role: There is no role provisioning"),
        (lambda aws: aws.cas.clear(), "ca: AWS does not know your CA"),
        (_ca(status="INACTIVE"), "ca: Your CA is switched off there"),
        (_ca(auto="DISABLE"), "ca: Your CA is there without automatic registration"),
        (_ca(registrationConfig={}), "ca: Your CA is there with template -, not ours"),
    ],
)  # fmt: skip
def test_what_an_account_lacks_is_named(aws: FakeAws, breaks: Callable[[FakeAws], None], words: str) -> None:
    breaks(aws)
    assert account(aws).startswith(words) and bool(account(aws)) is bool(words)


def test_a_role_that_may_not_be_looked_at_is_not_known(aws: FakeAws) -> None:
    aws.broken["get_role"] = "AccessDenied"
    assert account(aws) == ""


@pytest.mark.parametrize("kind", ["aws-registrar", "aws-claim"])
def test_an_account_for_the_other_ways_needs_no_ca(aws: FakeAws, kind: str) -> None:
    aws.cas.clear()
    assert account(aws, kind) == ""


def test_what_a_template_names_is_held_against_the_subject() -> None:
    assert lacking(jitp_template("p"), leaf()) == ()
    assert lacking(jitp_template("p").replace("CommonName", "SerialNumber"), leaf()) == ("SerialNumber",)


# --- what goes wrong on the way -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "leaf_error"),
    [
        ("UnauthorizedException", CloudDenied),
        ("ExpiredToken", CloudCredentialsMissing),
        ("RequestExpired", CloudClockWrong),
        ("ThrottlingException", CloudError),
    ],
)
def test_refusals_of_aws_are_errors_of_ours(aws: FakeAws, code: str, leaf_error: type[CloudError]) -> None:
    aws.broken["register_thing"] = code
    with pytest.raises(CloudError) as refused:
        aws.service(sample("aws-registrar")).certify(request(device_key()), NAMED)
    assert type(refused.value) is leaf_error
    if leaf_error is CloudDenied:
        assert "iot:RegisterThing" in refused.value.title_text + refused.value.advice_text


def test_a_computer_that_is_not_signed_in_is_told_how(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    for name, value in {
        "AWS_CONFIG_FILE": f"{tmp_path}/config", "AWS_SHARED_CREDENTIALS_FILE": f"{tmp_path}/credentials",
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    service = AwsService.open(sample("aws-registrar"))
    with pytest.raises(CloudCredentialsMissing) as missing:
        service.certify(request(device_key()), NAMED)
    assert "aws sso login" in missing.value.advice_text
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    with pytest.raises(CloudCredentialsMissing):
        AwsService.open(sample("aws-registrar"))


def test_a_profile_without_a_region_says_what_it_lacks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("AWS_CONFIG_FILE", f"{tmp_path}/config")
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(CloudError) as lacking_region:
        AwsService.open(replace(sample("aws-registrar"), endpoint="iot.example:8883"))
    assert "--region" in lacking_region.value.advice_text


def test_a_cloud_that_nobody_reaches_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATEST")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setattr(aws_client, "_TRIES", 1)
    service = AwsService.open(sample("aws-registrar"))
    with pytest.raises(CloudUnreachable):
        service.certify(request(device_key()), NAMED)


def test_without_boto3_its_installation_is_the_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "boto3", None)
    with pytest.raises(CloudExtraMissing) as absent:
        AwsService.open(sample("aws-registrar"))
    assert "boto3" in absent.value.advice_text


def test_the_library_below_never_logs_an_answer(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    """At its DEBUG, that of a claim is logged whole."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATEST")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    assert isinstance(AwsService.open(sample("aws-claim")), AwsService)
    for name in ("boto3", "botocore", "botocore.parsers", "urllib3"):
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)
