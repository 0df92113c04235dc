"""Profiles: what a file may say, what a device is called, and whom it believes."""

from __future__ import annotations

import contextlib
import json
import ssl
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.clouds.ids import IdRule
from companion.clouds.kinds import KINDS, CloudKind
from companion.clouds.profile import CloudProfile, read
from companion.clouds.roots import anchors, system_roots
from companion.clouds.store import ProfileStore
from companion.errors import (
    CloudIdInvalid,
    CloudPieceMissing,
    CloudProfileInvalid,
    CloudProfileMissing,
    CompanionError,
)
from companion.identity import IssuingCa
from tests.clouds.support.fake_aws import pem
from tests.clouds.support.profiles import SAMPLES, sample


def test_every_kind_has_a_row_and_a_sample() -> None:
    assert set(KINDS) == set(CloudKind) == set(SAMPLES)


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_profile_is_read_as_it_was_written(kind: str) -> None:
    profile = sample(kind, id="plant-{serial}")
    assert read(profile.as_text(), "file") == profile


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"group_key": "c2VjcmV0"}, "group_key"),
        ({"policy": ""}, "policy"),
        ({"policy": "a b"}, "policy"),
        ({"template": "not-of-this-kind"}, "template"),
        ({"endpoint": "nowhere"}, "endpoint"),
        ({"kind": "gopher"}, "kind"),
        ({"name": "../plant"}, "name"),
        ({"id": "{serial}{serial}"}, "id"),
        ({"id": "always"}, "id"),
        ({"id": "{serial}{x"}, "id"),
        ({"roots": "no certificate"}, "roots"),
        ({"policy": 7}, "file"),
        ({"companion": "something else"}, "file"),
    ],
)
def test_what_no_profile_says_is_refused_by_name(change: dict[str, object], what: str) -> None:
    document = {**sample("aws-registrar").document(), **change}
    with pytest.raises(CloudProfileInvalid) as refused:
        read(json.dumps(document), "file")
    assert refused.value.facts["what"] == what
    assert "c2VjcmV0" not in refused.value.advice_text


@given(st.text(max_size=200))
def test_any_text_is_a_profile_or_refused(text: str) -> None:
    with contextlib.suppress(CloudProfileInvalid):
        read(text, "file")


@pytest.mark.parametrize("kind", SAMPLES)
@given(serial=st.text(min_size=1, max_size=64))
def test_a_name_is_legal_or_refused_and_a_hash_always_is_legal(kind: str, serial: str) -> None:
    profile, hashed = sample(kind), sample(kind, id="{hash}")
    assert len(hashed.name_of(serial)) == 32
    try:
        name = profile.name_of(serial)
    except CloudIdInvalid as refused:
        assert "letters" in refused.advice_text
        return
    assert profile.declared.ids.pattern.fullmatch(name) and name.lower() == serial.lower()


@pytest.mark.parametrize(
    ("kind", "serial", "name"),
    [
        ("aws-registrar", "SN-0001", "SN-0001"),
        ("aws-registrar", "SN.0001", None),
        ("aws-jitp", "S" * 65, None),
        ("aws-registrar", "S" * 65, "S" * 65),
        ("azure-x509", "SN.0001", "sn.0001"),
        ("azure-x509", "SN-", None),
        ("azure-symmetric", "SN-0001\n", None),
        ("mqtt", "devices/#", None),
    ],
)
def test_what_a_cloud_calls_a_device(kind: str, serial: str, name: str | None) -> None:
    if name is None:
        with pytest.raises(CloudIdInvalid):
            sample(kind).name_of(serial)
    else:
        assert sample(kind).name_of(serial) == name


def test_the_region_is_in_the_endpoint_or_in_the_profile() -> None:
    assert sample("aws-registrar").aws_region == "eu-central-1"
    assert sample("aws-registrar", endpoint="iot.example:8883").aws_region == ""
    assert sample("aws-registrar", endpoint="iot.example:8883", region="eu-west-1").aws_region == "eu-west-1"


def test_profiles_are_kept_found_and_removed(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    assert store.names() == () and list(tmp_path.iterdir()) == []
    for kind in ("mqtt", "aws-registrar"):
        store.keep(sample(kind))
    assert store.find("plant") == sample("aws-registrar") and store.profiles() == (sample("aws-registrar"),)
    (tmp_path / "clouds" / "other.json").write_text(sample("mqtt").as_text())
    (tmp_path / "clouds" / "bad.json").write_bytes(b"\xff")
    for name in ("other", "bad"):
        with pytest.raises(CloudProfileInvalid):
            store.find(name)
    assert store.profiles() == (sample("aws-registrar"),)
    store.remove("plant")
    for gone in (store.find, store.remove):
        with pytest.raises(CloudProfileMissing):
            gone("plant")


def test_a_file_too_large_is_no_profile(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    store.keep(sample("mqtt"))
    (tmp_path / "clouds" / "plant.json").write_bytes(b" " * 70_000)
    with pytest.raises(CompanionError):
        store.find("plant")


def test_devices_believe_the_profiles_roots_else_the_clouds_else_the_owners() -> None:
    owner, broker = IssuingCa.create("Owner").anchors, IssuingCa.create("Broker").anchors
    assert anchors(sample("mqtt"), owner) == owner
    assert anchors(sample("mqtt", roots=pem(broker[0])), owner) == broker
    assert anchors(sample("aws-jitp", roots=pem(broker[0])), owner) == broker
    with pytest.raises(CloudPieceMissing):
        anchors(sample("aws-jitp"), owner, lambda: list(owner))


@pytest.mark.skipif(
    not ssl.get_default_verify_paths().cafile and not ssl.get_default_verify_paths().capath,
    reason="no list of roots on this computer",
)
@pytest.mark.parametrize("kind", ["aws-jitp", "azure-x509"])
def test_the_clouds_roots_are_the_published_ones(kind: str) -> None:
    found = anchors(sample(kind), ())
    assert found and set(found) <= set(system_roots())


def test_a_rule_has_one_place() -> None:
    assert IdRule("a-{hash}").text == "a-{hash}"
    assert isinstance(sample("mqtt"), CloudProfile)
