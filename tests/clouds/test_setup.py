"""Clouds set up once: from here, by an administrator, and for delegates. Then nothing is missing."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from cryptography import x509
from moto import mock_aws

from companion.clouds.aws import documents
from companion.clouds.aws.client import AwsClient
from companion.clouds.aws.service import AwsService
from companion.clouds.aws.setup import AwsSetup
from companion.clouds.azure.provisioning import ProvisioningService
from companion.clouds.azure.setup import AzureSetup
from companion.clouds.checks import first_missing
from companion.clouds.delegates import DelegateCas, delegate_order
from companion.clouds.profile import CloudProfile
from companion.clouds.providers import open_setup
from companion.clouds.setup import SetupOrder, SetupPlan
from companion.errors import CloudProfileInvalid, CloudStillOn
from companion.identity import IssuingCa
from companion.identity.ca import serial_of
from companion.secret import Secret
from tests.clouds.support.fake_aws import REGION, FakeAws, pem
from tests.clouds.support.profiles import sample
from tests.clouds.test_azure import FakeDps, x509_group

CA = IssuingCa.create("Owner")
OURS = SetupOrder(CA.anchors[0], CA.prove)
THEIRS = delegate_order("0123456789abcdef", IssuingCa.create("Delegate").anchors[0])
FLEET = {"policy": "sensors"}


def aws_setup(
    aws: FakeAws, kind: str, order: SetupOrder = OURS, **changes: str
) -> tuple[CloudProfile, AwsSetup]:
    profile = sample(kind, **changes)
    return profile, AwsSetup(profile, order, lambda: aws.service(profile))


def perform(plan: SetupPlan) -> list[bool]:
    return [step.perform() for step in plan.steps]


# --- AWS ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "steps"), [("aws-registrar", 1), ("aws-jitp", 5), ("aws-claim", 4)])
def test_after_the_setup_nothing_is_missing_and_a_second_one_changes_nothing(kind: str, steps: int) -> None:
    aws = FakeAws()
    profile, setup = aws_setup(aws, kind, **(FLEET if kind == "aws-claim" else {}))
    assert perform(setup.plan()) == [True] * steps
    assert first_missing(aws.service(profile).check(CA.anchors)) is None
    again = perform(setup.plan())
    # A right is attached again without a word.
    assert [
        made for made, step in zip(again, setup.plan().steps, strict=True) if "Right" not in str(step.text)
    ] == [False] * (steps - (steps > 1))


def test_who_has_the_cas_key_is_shown_by_the_accounts_code() -> None:
    """The fake account holds the verification certificate to its code and to the CA, as AWS does."""
    code = "Code0"
    proof = x509.load_der_x509_certificate(CA.prove(code))
    proof.verify_directly_issued_by(x509.load_der_x509_certificate(CA.anchors[0]))
    assert serial_of(CA.prove(code)) == code
    for wrong in ("", "two words", "x" * 65):
        with pytest.raises(ValueError):
            CA.prove(wrong)


def test_a_ca_that_was_switched_off_is_on_again_after_the_setup() -> None:
    aws = FakeAws()
    profile, setup = aws_setup(aws, "aws-jitp")
    perform(setup.plan())
    assert setup.switch(on=False)
    assert (
        str(first_missing(aws.service(profile).check(CA.anchors)).reason) == "Your CA is switched off there"
    )  # type: ignore[union-attr]
    perform(setup.plan())
    assert first_missing(aws.service(profile).check(CA.anchors)) is None


def test_what_an_administrator_runs_is_complete_and_holds_no_secret() -> None:
    _, setup = aws_setup(FakeAws(), "aws-jitp", replace(OURS, code="Code0"))
    plan = setup.plan()
    assert set(plan.files) == {"policy.json", "template.json", "role.json", "ca.pem", "verification.pem"}
    commands = [shlex.split(step.command) for step in plan.steps]
    assert [words[:3] for words in commands] == [
        ["aws", "iot", "create-policy"],
        ["aws", "iam", "create-role"],
        ["aws", "iam", "attach-role-policy"],
        ["aws", "iot", "create-provisioning-template"],
        ["aws", "iot", "register-ca-certificate"],
    ]
    named = {
        word.removeprefix("file://") for words in commands for word in words if word.startswith("file://")
    }
    assert named == set(plan.files)
    assert "PRIVATE" not in "".join(plan.files.values())


def test_without_a_code_the_ca_is_for_connections_with_sni() -> None:
    *_, ca = aws_setup(FakeAws(), "aws-jitp")[1].plan().steps
    assert "--certificate-mode SNI_ONLY" in ca.command and "verification" not in ca.command


def test_the_policy_lets_a_device_speak_below_its_own_name_alone() -> None:
    statements = json.loads(documents.policy(REGION))["Statement"]
    actions = [action for each in statements for action in ([each["Action"]] if isinstance(each["Action"], str) else each["Action"])]  # fmt: skip # noqa: E501
    assert sorted(actions) == ["iot:Connect", "iot:Publish", "iot:Receive", "iot:Subscribe"]
    resources = [text for each in statements for text in ([each["Resource"]] if isinstance(each["Resource"], str) else each["Resource"])]  # fmt: skip # noqa: E501
    assert all("${iot:Connection.Thing.ThingName}" in text for text in resources)


def test_a_setup_needs_a_policys_name() -> None:
    with pytest.raises(CloudProfileInvalid):
        aws_setup(FakeAws(), "aws-claim")


def test_a_delegates_ca_is_one_of_its_own_and_can_be_switched_off_alone() -> None:
    aws = FakeAws()
    profile, ours = aws_setup(aws, "aws-jitp")
    _, theirs = aws_setup(aws, "aws-jitp", THEIRS)
    perform(ours.plan())
    assert not theirs.switch(on=False)
    assert perform(theirs.plan()) == [True] and len(aws.cas) == 2
    assert theirs.switch(on=False)
    assert sorted(each["status"] for each in aws.cas.values()) == ["ACTIVE", "INACTIVE"]
    assert first_missing(aws.service(profile).check(CA.anchors)) is None
    assert "INACTIVE" in theirs.off_command()


@pytest.fixture
def moto(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name, value in {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        session = boto3.Session(region_name=REGION)
        yield lambda name: AwsClient(name, session.client(name))


def test_moto_takes_the_calls_that_it_knows(moto: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It proves their shapes and no more: any verification certificate will do for it."""
    profile = sample("aws-jitp")
    service = AwsService(profile, moto("iot"), moto("iam"))
    plan = AwsSetup(profile, OURS, lambda: service).plan()
    monkeypatch.setattr("companion.clouds.aws.setup.registered_ca", lambda iot, der: None)  # moto has no list
    unknown = ("Template", "Right")
    known = [step for step in plan.steps if not str(step.text).startswith(unknown)]
    assert len(known) == 3 and all(step.perform() for step in known)
    assert not known[0].perform()


# --- Azure ----------------------------------------------------------------------------------------------


def azure_setup(dps: FakeDps, kind: str, order: SetupOrder = OURS) -> AzureSetup:
    profile = sample(kind)
    service = ProvisioningService(profile.service, lambda: Secret("a token"), dps)
    return AzureSetup(profile, order, lambda: service)


def test_a_group_that_is_made_knows_our_ca() -> None:
    dps = FakeDps()
    setup = azure_setup(dps, "azure-x509")
    with pytest.raises(Exception, match="404"):
        perform(setup.plan())  # the fake has no place for it
    dps.answers["enrollmentGroups/plant"] = (200, dps.bodies[-1])
    assert perform(setup.plan()) == [False]
    assert first_missing(dps.service("azure-x509").check(CA.anchors)) is None


def test_a_group_with_keys_gets_them_from_azure() -> None:
    dps = FakeDps()
    with pytest.raises(Exception, match="404"):
        perform(azure_setup(dps, "azure-symmetric").plan())
    assert dps.bodies[-1]["attestation"] == {"type": "symmetricKey"}
    assert azure_setup(dps, "azure-symmetric").plan().files == {}


def test_a_delegates_group_is_one_of_its_own_and_is_switched_off_alone() -> None:
    group = x509_group(enrollmentGroupId="plant-01234567")
    dps = FakeDps({"enrollmentGroups/plant-01234567": (200, group)})
    theirs = azure_setup(dps, "azure-x509", THEIRS)
    assert theirs.switch(on=False) and dps.bodies[-1]["provisioningStatus"] == "disabled"
    assert not azure_setup(dps, "azure-x509").switch(on=False)
    assert theirs.off_command() == (
        "az iot dps enrollment-group update --enrollment-id plant-01234567 --provisioning-status disabled "
        "--dps-name plant"
    )


def test_an_administrator_of_azure_gets_the_ca_and_its_proof() -> None:
    plan = azure_setup(FakeDps(), "azure-x509", replace(OURS, code="C0DE")).plan()
    assert set(plan.files) == {"ca.pem", "verification.pem"} and plan.files["ca.pem"] == pem(CA.anchors[0])
    (step,) = plan.steps
    assert step.command == (
        "az iot dps enrollment-group create --enrollment-id plant --certificate-path ca.pem "
        "--provisioning-status enabled --dps-name plant"
    )


# --- delegates ------------------------------------------------------------------------------------------


def test_where_a_delegates_ca_is_is_remembered(tmp_path: Any) -> None:
    cas = DelegateCas(tmp_path)
    assert cas.profiles("0123") == () and cas.switch_off("0123", b"") == ()
    cas.note("0123", "plant")
    cas.note("0123", "other")
    assert cas.profiles("0123") == ("other", "plant") and cas.profiles("4567") == ()
    (tmp_path / "clouds" / "delegates" / "0123.json").write_text("{")
    assert cas.profiles("0123") == ()


def test_what_is_still_on_is_said_with_its_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    cas = DelegateCas(tmp_path)
    cas.note("0123", "plant")
    monkeypatch.setattr(
        "companion.clouds.delegates.read_grant", lambda text: SimpleNamespace(certificate=CA.anchors[0])
    )
    record: Any = SimpleNamespace(id="0123", text="")
    with pytest.raises(CloudStillOn) as still:
        cas.switch_off_all([record])
    assert "companion cloud show plant" in still.value.advice_text and "N-132" in still.value.detail
    cas.switch_off_all([])


def test_a_broker_of_ones_own_needs_no_setup_and_no_cloud_is_asked_yet() -> None:
    assert open_setup(sample("mqtt"), OURS) is None
    for kind in ("aws-registrar", "azure-x509"):
        made = open_setup(sample(kind), OURS)
        assert made is not None and made.plan().steps
