"""`companion cloud`: profiles made, shown, carried in and out, and used; and what is missing at a cloud."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from companion.clouds import providers
from companion.clouds.aws.documents import jitp_template
from companion.clouds.aws.service import AwsService
from companion.clouds.kinds import KINDS
from tests.clouds.support.fake_aws import HOST, FakeAws, pem
from tests.commands.bench import SAMPLE
from tests.commands.conftest import Ran, Run

VIRTUAL = ("--radio", "virtual")
REGISTRAR = ("--kind", "aws-registrar", "--endpoint", f"{HOST}:8883", "--policy", "sensors")
JITP = (
    *("--kind", "aws-jitp", "--endpoint", f"{HOST}:8883", "--template", "ours"),
    *("--policy", "sensors"),
)
BROKER = ("--kind", "mqtt", "--endpoint", "broker.example:8883")


@pytest.fixture
def cloud(run: Run) -> Run:
    def command(*words: str, folder: str = "data") -> Ran:
        return run("cloud", *words, *VIRTUAL, folder=folder)

    return command


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> FakeAws:
    """The account that every profile leads to."""
    made = FakeAws()
    monkeypatch.setattr(providers, "open_service", lambda profile, vault: made.service(profile))
    monkeypatch.setattr("companion.commands.cloud.inspection.open_service", providers.open_service)
    return made


def test_a_profile_is_made_shown_listed_and_removed(cloud: Run) -> None:
    assert "Devices connect to this computer" in cloud().out
    made = cloud("new", "plant", *REGISTRAR, "--id", "plant-{serial}")
    assert made.status == 0 and "AWS IoT Core, registered from here" in made.out
    assert "key never leaves it" in made.out and "certificate active" in made.out
    document = cloud("show", "plant", "--json").document
    assert (document["kind"], document["policy"], document["id"]) == (
        "aws-registrar",
        "sensors",
        "plant-{serial}",
    )
    assert f"plant             aws-registrar     {HOST}:8883" in cloud("list").out
    assert cloud("list", "--json").document["profiles"] == [document]
    assert cloud("remove", "plant").out.startswith("No cloud profiles.")
    gone = cloud("show", "plant")
    assert gone.status == 2 and "N-132" in gone.err


def test_a_profile_travels_as_a_file(cloud: Run, tmp_path: Path) -> None:
    roots = tmp_path / "roots.pem"
    roots.write_text(pem(FakeAws().ca))
    cloud("new", "plant", *BROKER, "--roots", str(roots))
    file = tmp_path / "plant.json"
    assert "no secrets" in cloud("export", "plant", str(file)).out
    assert cloud("export", "plant", str(file)).status == 2
    assert cloud("export", "plant", str(tmp_path / "no" / "where")).status == 2
    other = tmp_path / "other.json"
    assert cloud("export", "plant", str(other), "--json").document == {"file": str(other)}
    assert json.loads(cloud("export", "plant", "-").out) == json.loads(file.read_text())
    taken = cloud("import", str(file), folder="elsewhere")
    assert taken.status == 0 and "roots      1 of its own" in taken.out
    file.write_text(file.read_text().replace('"kind"', '"sas_key": "x", "kind"'))
    refused = cloud("import", str(file), folder="elsewhere")
    assert refused.status == 2 and "N-131" in refused.err and "sas_key" in refused.err
    file.write_bytes(b"\xff")
    assert cloud("import", str(file)).status == 2


def test_the_kinds_are_listed_with_what_they_need(cloud: Run) -> None:
    listed = cloud("kinds").out
    assert all(str(kind) in listed for kind in KINDS)
    assert "needs --endpoint --policy" in listed and "needs --id-scope --group --service" in listed
    assert {each["kind"] for each in cloud("kinds", "--json").document["kinds"]} == {
        str(kind) for kind in KINDS
    }


@pytest.mark.parametrize("words", [("show",), ("list", "x"), ("export", "x")])
def test_wrong_words_lead_to_the_help(cloud: Run, words: tuple[str, ...]) -> None:
    assert cloud(*words).status == 2


def test_check_names_what_is_missing_and_says_so_to_scripts(cloud: Run, aws: FakeAws) -> None:
    cloud("new", "plant", *REGISTRAR, "--roots", _roots(cloud, aws))
    missing = cloud("check", "plant")
    assert missing.status == 6 and "✗ Policy: There is no policy sensors" in missing.out
    aws.policies["sensors"] = "{}"
    there = cloud("check", "plant", "--json")
    assert there.status == 0 and [each["verdict"] for each in there.document["checks"]] == [
        "passed",
        "passed",
    ]


def _roots(cloud: Run, aws: FakeAws) -> str:
    """So that no test hangs on this computer's list of roots."""
    import tempfile

    folder = Path(tempfile.mkdtemp())
    (folder / "roots.pem").write_text(pem(aws.ca))
    return str(folder / "roots.pem")


def test_a_broker_of_ones_own_is_asked_by_devices_alone(cloud: Run) -> None:
    cloud("new", "plant", *BROKER)
    asked = cloud("check", "plant")
    assert asked.status == 0 and "Each device tests the connection itself" in asked.out


def test_without_boto3_a_cloud_of_aws_has_a_code(cloud: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    cloud("new", "plant", *REGISTRAR, "--roots", _roots(cloud, FakeAws()))
    asked = cloud("check", "plant")
    assert asked.status == 2 and "N-138" in asked.err and "pipx inject companion boto3" in asked.err


@pytest.mark.parametrize("other", [("--endpoint", "a:1"), ("--grant", "alice")])
def test_a_cloud_is_in_place_of_another_endpoint(run: Run, other: tuple[str, ...]) -> None:
    ran = run("commission", "--image", SAMPLE, *VIRTUAL, "--cloud", "plant", *other)
    assert ran.status == 2 and "--cloud" in ran.err


def test_a_cloud_that_nobody_made_ends_the_run_before_it_began(run: Run) -> None:
    ran = run("commission", "--image", SAMPLE, *VIRTUAL, "--cloud", "plant", "--json")
    assert ran.status == 2 and ran.document["error"]["code"] == "N-132"


def test_another_protocol_carries_no_cloud(run: Run, cloud: Run) -> None:
    cloud("new", "plant", *BROKER)
    ran = run("commission", "--code", "MT:Y.K9042C00KA0648G00", *VIRTUAL, "--cloud", "plant", "--json")
    assert ran.status == 6 and ran.document["error"]["code"] == "N-141"


def test_check_asks_about_a_device_by_its_certificate(
    run: Run, cloud: Run, aws: FakeAws, tmp_path: Path
) -> None:
    """A device that this computer set up: by its newest certificate, under its name there."""
    ran = run(
        "commission", "--image", SAMPLE, *VIRTUAL, "--wifi-file", _wifi(tmp_path), "--name", "Lamp", "--json"
    )
    assert ran.status == 0, ran.err
    roots = _roots(cloud, aws)
    cloud(
        "new",
        "ours",
        "--kind",
        "aws-jitp",
        "--endpoint",
        f"{HOST}:8883",
        "--template",
        "ours",
        "--roots",
        roots,
    )
    aws.roles["provisioning"] = "{}"
    template = {"enabled": True, "type": "JITP", "templateBody": jitp_template("sensors")}
    aws.templates["ours"] = {**template, "provisioningRoleArn": "arn:aws:iam::1:role/provisioning"}
    told = cloud("check", "ours", "--device", "lamp").out
    assert "✗ CA registered: AWS does not know your CA" in told
    assert "✗ Certificate active: AWS has not seen the device yet" in told


def _wifi(folder: Path) -> str:
    file = folder / "wifi.json"
    file.write_text('{"ssid": "Hafen 12", "passphrase": "seven gulls at noon"}')
    return str(file)


# --- setup ----------------------------------------------------------------------------------------------


def test_a_setup_from_here_leaves_nothing_missing(
    cloud: Run, aws: FakeAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AwsService, "open", aws.service)
    cloud("new", "plant", *REGISTRAR, "--roots", _roots(cloud, aws))
    assert cloud("setup", "plant").out == "✓ Policy sensors\n"
    assert cloud("setup", "plant", "--json").document == {
        "steps": [{"text": "Policy sensors", "made": False}]
    }
    assert cloud("check", "plant").status == 0


def test_an_administrator_gets_commands_and_files_and_nothing_is_asked(cloud: Run, tmp_path: Path) -> None:
    cloud("new", "plant", *JITP)
    printed = cloud("setup", "plant", "--print", "--out", str(tmp_path / "files"), "--code", "Code0").out
    assert printed.count("\naws ") == 5 and "--verification-certificate file://verification.pem" in printed
    written = {each.name for each in (tmp_path / "files").iterdir()}
    assert written == {"policy.json", "template.json", "role.json", "ca.pem", "verification.pem"}
    document = cloud("setup", "plant", "--print", "--json").document
    assert len(document["steps"]) == 5 and "policy.json" in document["files"]
    assert "Write the files with --out" in cloud("setup", "plant", "--print").out
    assert cloud("setup", "plant", "--print", "--out", "/proc/nowhere").status == 2
    assert cloud("setup", "plant", "--off").status == 2


def test_a_broker_is_set_up_elsewhere(cloud: Run) -> None:
    cloud("new", "plant", *BROKER)
    assert "companion cloud broker" in cloud("setup", "plant").out


def test_a_revoked_delegate_is_switched_off_at_the_cloud_too(
    run: Run, cloud: Run, aws: FakeAws, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(AwsService, "open", aws.service)
    cloud("new", "plant", *JITP)
    request, grant = str(tmp_path / "request"), str(tmp_path / "grant")
    assert run("grant", "request", request, *VIRTUAL, folder="delegate").status == 0
    terms = ("--right", "onboard", "--everywhere", "--days", "7", "--endpoint", "none", "--yes", "--json")
    issued = run("grant", "issue", request, *terms, *VIRTUAL, "--out", grant)
    assert issued.status == 0, issued.err
    cloud("setup", "plant")
    assert cloud("setup", "plant", "--delegate", "all").status == 8
    number = issued.document["id"]
    assert cloud("setup", "plant", "--delegate", number).out == "✓ CA of the delegate\n"
    assert [each["status"] for each in aws.cas.values()] == ["ACTIVE", "ACTIVE"]
    revoked = run("grant", "revoke", number, "--yes", *VIRTUAL)
    assert "switched off at the cloud of plant" in revoked.out
    assert [each["status"] for each in aws.cas.values()] == ["ACTIVE", "INACTIVE"]
    off = cloud("setup", "plant", "--delegate", number, "--off", "--print").out
    assert off.startswith("aws iot update-ca-certificate")
    assert cloud("setup", "plant", "--delegate", number, "--off", "--json").document == {"off": True}
    aws.broken["list_ca_certificates"] = "ThrottlingException"
    assert cloud("setup", "plant", "--delegate", number, "--off").status == 6


def test_a_cloud_that_is_away_leaves_its_command_with_the_owner(
    run: Run, cloud: Run, aws: FakeAws, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(AwsService, "open", aws.service)
    cloud("new", "plant", *JITP)
    request, grant = str(tmp_path / "request"), str(tmp_path / "grant")
    run("grant", "request", request, *VIRTUAL, folder="delegate")
    terms = ("--right", "onboard", "--everywhere", "--days", "7", "--endpoint", "none", "--yes", "--json")
    number = run("grant", "issue", request, *terms, *VIRTUAL, "--out", grant).document["id"]
    cloud("setup", "plant", "--delegate", number)
    assert cloud("setup", "plant", "--delegate", number, "--off").out.startswith("✓ Switched off there.")
    aws.broken["list_ca_certificates"] = "ThrottlingException"
    revoked = run("grant", "revoke", number, "--yes", *VIRTUAL)
    assert revoked.status == 0 and "plant: The cloud rejected the request (N-130)" in revoked.err
    assert "its devices are let in: aws iot update-ca-certificate" in revoked.err


def test_the_login_of_a_company_goes_into_the_key_store(
    cloud: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roots = tmp_path / "roots.pem"
    roots.write_text(pem(FakeAws().ca))
    est = ("--kind", "est", "--endpoint", "broker.example:8883", "--est", "https://127.0.0.1:9/devices")
    assert cloud("new", "hall", *est).status == 2
    made = cloud("new", "hall", *est, "--roots", str(roots), "--est-roots", str(roots))
    assert made.status == 0 and "Your company's CA (EST)" in made.out and "BEGIN" not in made.out
    missing = cloud("check", "hall")
    assert "N-144" in missing.err and "companion cloud login hall" in missing.err
    monkeypatch.setattr("companion.commands.terminal.streams.ask_hidden", lambda out, text: "seven gulls")
    assert cloud("login", "hall").status == cloud("login", "hall", "--user", "a", "--forget").status == 2
    kept = cloud("login", "hall", "--user", "technician")
    assert kept.status == 0 and "in your key store" in kept.out
    checked = cloud("check", "hall")
    assert checked.status == 6 and "✗ Certificate server answers" in checked.out
    assert "? Login kept here" in checked.out
    assert "gulls" not in cloud("export", "hall", "-").out
    other = cloud("login", "hall", "--certificate", str(roots))
    assert other.status == 2 and "N-145" in other.err
    assert cloud("login", "hall", "--forget", "--json").document == {"profile": "hall", "login": False}
    assert "any more" in cloud("login", "hall", "--forget").out
    cloud("new", "plant", *BROKER)
    assert cloud("login", "plant", "--user", "technician").status == 2
    cloud("login", "hall", "--user", "technician")
    cloud("remove", "hall")
    cloud("new", "hall", *est, "--roots", str(roots), "--est-roots", str(roots))
    assert "N-144" in cloud("check", "hall").err


def test_a_grant_leads_to_a_cloud_that_lets_in_its_holder(run: Run, cloud: Run, tmp_path: Path) -> None:
    request, out = str(tmp_path / "request"), str(tmp_path / "grant")
    run("grant", "request", request, "--name", "Bert", *VIRTUAL, folder="bert")
    cloud("new", "hall", *BROKER)
    azure = ("--id-scope", "0ne00123ABC", "--group", "plant", "--service", "plant.example")
    cloud("new", "plant", "--kind", "azure-x509", *azure)

    def issue(*words: str) -> Ran:
        return run("grant", "issue", request, "--everywhere", *words, "--out", out, "--yes", *VIRTUAL)

    refused = issue("--right", "onboard", "--cloud", "hall")
    assert refused.status == 2 and "N-131" in refused.err and "azure-x509" in refused.err
    assert issue("--right", "read", "--cloud", "plant").status == 2
    assert issue("--right", "onboard", "--cloud", "plant", "--endpoint", "none").status == 2
    issued = issue("--right", "onboard", "--cloud", "plant")
    assert issued.status == 0 and "by the cloud profile plant" in issued.out
    assert "companion cloud setup plant --delegate" in issued.out
    taken = run("grant", "import", out, *VIRTUAL, "--json", folder="bert").document
    assert taken["cloud"]["kind"] == "azure-x509"
    shown = run("grant", "show", taken["id"], *VIRTUAL, folder="bert").out
    assert (
        "New devices connect to global.azure-devices-provisioning.net:8883, by the cloud profile plant."
        in shown
    )
