"""The sentences and facts that go from the driver to people."""

from __future__ import annotations

import hashlib

from companion import errors
from companion.model import DeviceSettings, WifiCredentials
from companion.protocols.rp1.aborts import Abort, WifiRefusal
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.driver import messages
from companion.protocols.rp1.transaction.plan import Keeping, Plan
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.results import RequestRefused
from tests.networks.company.werk import SERVER, WERK, network

NOTHING = Plan(None, Keeping(bytes(65)))


def test_each_phase_of_the_trial_has_its_sentence():
    sentences = {str(messages.verify_phase(phase)) for phase in range(1, 6)}
    assert len(sentences) == 5
    assert str(messages.verify_phase(9)) == "The device is testing its credentials"


def test_an_item_without_known_facts_is_told_by_its_name():
    for kind in (ItemType.THREAD, ItemType.WIFI, ItemType.CLOUD, ItemType.TIME):
        made = messages.credential(kind, NOTHING, (), None)
        assert (made.kind, dict(made.details)) == (kind.name.lower(), {})


def test_of_a_company_network_the_record_keeps_whom_the_device_believes_there():
    settings = DeviceSettings("Lamp", wifi=network())
    made = messages.credential(ItemType.WIFI, NOTHING, (), settings)
    printed = hashlib.sha256(WERK.anchors[0]).hexdigest()
    assert dict(made.details) == {"ssid": "Werk-IoT", "server_name": SERVER, "anchors": printed}
    refused = messages.network_problem(1, NOTHING, settings, WifiRefusal.SERVER_NAME)
    assert type(refused) is errors.ServerNameDiffers and refused.facts["ssid"] == "Werk-IoT"
    home = DeviceSettings("Lamp", wifi=WifiCredentials(b"Hafen 12"))
    assert dict(messages.credential(ItemType.WIFI, NOTHING, (), home).details) == {"ssid": "Hafen 12"}


def test_an_item_that_makes_no_sense_to_the_device_is_not_told_as_the_devices_nonsense():
    error = messages.refusal(RequestRefused(Op.STAGE, Abort.MALFORMED))
    assert type(error) is errors.CredentialsRejected
    assert "status 4" in error.detail
    assert type(messages.refusal(RequestRefused(Op.STAGE, Abort.NO_SPACE))) is errors.DeviceFull
