"""A grant leads a delegate's devices to a cloud, where the delegate has no account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509

from companion.clouds import claims
from companion.clouds.profile import CloudProfile
from companion.errors import GrantInvalid
from companion.identity import IssuingCa
from companion.protocols import Order
from companion.protocols.ownership import OwnershipOperation
from companion.protocols.rp1.credentials import grant_bundle
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.driver import Driver, delegation
from companion.trust.grants.accounts import FOREIGN_ANCHORS, FOREIGN_ENDPOINT, bring_home, flaw
from companion.trust.grants.terms import Right
from tests.clouds.support.fake_aws import pem
from tests.clouds.support.profiles import sample
from tests.protocols.rp1.support.bench import NOW, PRODUCT
from tests.protocols.rp1.support.delegation import terms
from tests.trust.grants.test_accounts import Home

ROOTS = IssuingCa.create("Roots of a cloud")
AZURE = sample("azure-x509", roots=pem(ROOTS.anchors[0]), id="plant-{serial}")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path)
    yield made
    made.registry.close()


async def onboard(home: Home, profile: CloudProfile, *rights: Right) -> None:
    request = Driver().request_grant("Line 2", home.worker.identity)
    text = home.grants.issue(request, terms(Right.ONBOARD, *rights), cloud=profile).text
    home.worker.grant = Driver().accept_grant(text, home.worker.identity, home.worker.memory).text
    home.worker.order = Order()
    await home.worker.commission()


async def test_a_delegates_device_goes_to_the_owners_cloud_and_comes_home(home: Home) -> None:
    await onboard(home, AZURE)
    items = home.worker.device.machine.settings.settings
    cloud, name = items[ItemType.CLOUD], f"plant-{PRODUCT.serial}".lower()
    assert (cloud.kind, cloud.endpoint, cloud.client_id) == (claims.PROVISIONING, AZURE.endpoint, name)
    assert claims.scope_claim(cloud.claim) == claims.ScopeClaim(AZURE.id_scope)
    assert items[ItemType.ANCHORS].anchors == ROOTS.anchors
    leaf, issuer = (x509.load_der_x509_certificate(der) for der in items[ItemType.LDEVID].chain)
    assert leaf.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value == name
    leaf.verify_directly_issued_by(issuer)
    brought = home.bring()
    assert brought.refused is None and brought.account.anchors == ROOTS.anchors
    # Whoever is let in elsewhere instead is not taken for the owner's.
    grant = home.grants.registry.grants.all()[0]
    strange = replace(brought.account, anchors=IssuingCa.create("Somebody").anchors)
    assert flaw(home.registry, strange, grant, late=False) == FOREIGN_ANCHORS
    elsewhere = replace(brought.account, endpoint="elsewhere.example:8883")
    assert flaw(home.registry, elsewhere, grant, late=False) == FOREIGN_ENDPOINT


async def test_a_delegates_rotation_leaves_the_device_at_the_owners_cloud(home: Home) -> None:
    device, now = home.worker.device, [NOW]
    device.wall = lambda: float(now[0])
    device.boot()
    await onboard(home, AZURE, Right.ROTATE)
    assert home.bring().refused is None
    before = dict(home.worker.device.machine.settings.settings)
    grant = home.grants.registry.grants.all()[0]
    home.worker.grant = home.grants.renew(grant).text
    now[0] += 60
    await home.worker.operate(OwnershipOperation.ROTATE)
    after = home.worker.device.machine.settings.settings
    old, new = (x509.load_der_x509_certificate(each[ItemType.LDEVID].chain[0]) for each in (before, after))
    assert new.serial_number != old.serial_number and new.subject == old.subject
    assert (after[ItemType.CLOUD], after[ItemType.ANCHORS]) == (
        before[ItemType.CLOUD],
        before[ItemType.ANCHORS],
    )
    told = bring_home(home.grants, home.report)
    assert [each.refused for each in told] == [None, None] and home.is_admitted(told[-1])


def test_a_grant_written_again_leaves_its_devices_at_their_cloud(home: Home) -> None:
    request = Driver().request_grant("Line 2", home.worker.identity)
    record = home.grants.issue(request, terms(Right.ONBOARD), cloud=AZURE)
    written = Driver().read_grant(home.grants.renew(record, endpoint="here.example:1").text)
    assert written is not None and written.endpoint == AZURE.endpoint and written.cloud == AZURE.as_text()


@pytest.mark.parametrize("kind", ["aws-registrar", "azure-symmetric", "est", "mqtt"])
def test_a_cloud_that_can_not_tell_delegates_apart_is_not_for_a_grant(home: Home, kind: str) -> None:
    """Or one for which each device needs an account there."""
    request = Driver().request_grant("Line 2", home.worker.identity)
    with pytest.raises(GrantInvalid, match="aws-jitp, azure-x509"):
        home.grants.issue(request, terms(Right.ONBOARD), cloud=sample(kind))


@pytest.mark.parametrize("cloud", ["{}", sample("azure-x509", endpoint="elsewhere.example:8883").as_text()])
def test_a_profile_that_does_not_fit_its_grant_is_not_taken(home: Home, cloud: str) -> None:
    request = Driver().request_grant("Line 2", home.worker.identity)
    text = home.grants.issue(request, terms(Right.ONBOARD), cloud=AZURE).text
    bundle = replace(delegation.bundle_of(text), cloud=cloud)
    forged = grant_bundle.make(home.grants.identity.owner.sign, bundle)
    with pytest.raises(GrantInvalid):
        Driver().accept_grant(forged, home.worker.identity, home.worker.memory)
