"""After commissioning: let others in, say who may do what, be switched and watched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.protocols.matter.clusters import administrator_commissioning as windows
from companion.protocols.matter.clusters import basic_information as basic
from companion.protocols.matter.clusters import descriptor, diagnostics, identify, on_off
from companion.protocols.matter.clusters import operational_credentials as credentials
from companion.protocols.matter.clusters.access_control import ACL
from companion.protocols.matter.clusters.administrator_commissioning import (
    ClusterStatus,
    OpenBasicWindow,
    OpenWindow,
    WindowStatus,
)
from companion.protocols.matter.clusters.identify import Identify
from companion.protocols.matter.clusters.operational_credentials import ByIndex, Label, NocStatus
from companion.protocols.matter.clusters.table import Nothing
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.crypto.spake2plus import Passcode, Pbkdf
from companion.protocols.matter.establishment.outcome import EstablishmentFailed
from companion.protocols.matter.fabric.access import AccessEntry, AuthMode, Privilege, administrator
from companion.protocols.matter.interaction.messages import SubscribeRequest
from companion.protocols.matter.interaction.paths import AttributePath
from companion.protocols.matter.interaction.status import InteractionFailed, Status
from companion.protocols.matter.interaction.subscription import Subscribe, Subscription
from companion.protocols.matter.messages import INTERACTION, Exchange
from companion.protocols.matter.virtual.clusters.application import MEASURED
from companion.protocols.matter.virtual.clusters.model import APPLICATION
from companion.protocols.matter.virtual.factory.product import SAMPLE, Kind, Medium
from companion.protocols.matter.virtual.state import effects
from companion.secret import Secret
from tests.protocols.matter.certificates.builders import VALIDITY
from tests.protocols.matter.virtual.in_process import (
    ADMINISTRATOR,
    Controller,
    Device,
    commissioned,
    fabric,
)

FRESH, PBKDF = Secret("24681357"), Pbkdf(1000, bytes(16))
VERIFIER = Passcode.of(24681357, PBKDF).verifier().encoded()
WINDOW = OpenWindow(180, VERIFIER, 0xABC, PBKDF.iterations, PBKDF.salt)


def refusal(failed: pytest.ExceptionInfo[InteractionFailed]) -> tuple[int, int | None]:
    return failed.value.block.status, failed.value.block.cluster


def test_another_controller_comes_in_by_a_fresh_code() -> None:
    device = Device()
    first, _, _ = commissioned(device)
    first.tell(windows.OPEN_WINDOW, WINDOW)
    assert first.read(windows.WINDOW_STATUS) is WindowStatus.ENHANCED_OPEN
    assert (first.read(windows.ADMIN_FABRIC), first.read(windows.ADMIN_VENDOR)) == (1, 0xFFF1)
    assert not device.state.advertises, "it is on the network, and found there"
    with pytest.raises(EstablishmentFailed):
        Controller(device, device.lan, "the label").pase()
    authority, own = fabric()
    second = Controller(device, device.lan, "second").pase(FRESH)
    second.arm()
    assert second.hand_over(authority).index == 2
    second = Controller(device, device.lan, "second").case(own)
    second.complete()
    assert first.read(windows.WINDOW_STATUS) is WindowStatus.NOT_OPEN
    everybody = first.read(credentials.FABRICS, filtered=False)
    assert [each.index for each in everybody] == [1, 2]
    assert [each.index for each in first.read(credentials.FABRICS)] == [1]
    assert first.ask(credentials.REMOVE_FABRIC, ByIndex(2)).status is NocStatus.OK
    with pytest.raises(EstablishmentFailed):
        Controller(device, device.lan, "second").case(own)
    assert len(first.read(credentials.FABRICS, filtered=False)) == 1


def test_a_window_closes_by_itself_and_early() -> None:
    device = Device()
    controller, _, _ = commissioned(device)
    with pytest.raises(InteractionFailed) as failed:
        controller.tell(windows.REVOKE, Nothing())
    assert refusal(failed) == (Status.FAILURE, ClusterStatus.WINDOW_NOT_OPEN)
    controller.tell(windows.OPEN_WINDOW, WINDOW)
    with pytest.raises(InteractionFailed) as failed:
        controller.tell(windows.OPEN_WINDOW, WINDOW)
    assert refusal(failed) == (Status.FAILURE, ClusterStatus.BUSY)
    controller.tell(windows.REVOKE, Nothing())
    controller.tell(windows.OPEN_BASIC_WINDOW, OpenBasicWindow(180))
    device.wait(181)
    assert controller.read(windows.WINDOW_STATUS) is WindowStatus.NOT_OPEN
    with pytest.raises(EstablishmentFailed):
        Controller(device, device.lan, "late").pase()


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (replace(WINDOW, timeout=100), (Status.INVALID_COMMAND, None)),
        (replace(WINDOW, timeout=901), (Status.INVALID_COMMAND, None)),
        (replace(WINDOW, iterations=1), (Status.FAILURE, ClusterStatus.PAKE_PARAMETER_ERROR)),
        (replace(WINDOW, discriminator=0x1000), (Status.FAILURE, ClusterStatus.PAKE_PARAMETER_ERROR)),
        (replace(WINDOW, verifier=Secret(bytes(97))), (Status.FAILURE, ClusterStatus.PAKE_PARAMETER_ERROR)),
    ],
)
def test_a_window_is_opened_only_as_it_may_be(wrong: OpenWindow, expected: tuple[int, int | None]) -> None:
    controller, _, _ = commissioned(Device())
    with pytest.raises(InteractionFailed) as failed:
        controller.tell(windows.OPEN_WINDOW, wrong)
    assert refusal(failed) == expected


def test_a_window_is_not_opened_by_a_command_that_could_be_replayed() -> None:
    controller, _, _ = commissioned(Device())
    command = windows.OPEN_WINDOW.begin(WINDOW)
    command._timeout, command._announced = None, True
    with pytest.raises(InteractionFailed) as failed:
        windows.OPEN_WINDOW.check(controller.run(command))
    assert refusal(failed)[0] == Status.NEEDS_TIMED_INTERACTION


# --- who may do what -------------------------------------------------------------------------------------


def test_others_of_the_fabric_may_do_what_the_administrator_grants_them() -> None:
    device = Device()
    controller, authority, _ = commissioned(device)
    guest = authority.admit(KeyPair.generate(), 0x3333, VALIDITY)
    visitor = Controller(device, device.lan, "visitor").case(guest)
    with pytest.raises(InteractionFailed) as failed:
        visitor.tell(on_off.ON, Nothing(), APPLICATION)
    assert refusal(failed)[0] == Status.UNSUPPORTED_ACCESS
    entries = controller.read(ACL)
    assert entries == (administrator(ADMINISTRATOR, 1),)
    granted = AccessEntry(Privilege.OPERATE, AuthMode.CASE, (0x3333,), None)
    controller.write(ACL, (*entries, granted))
    visitor.tell(on_off.ON, Nothing(), APPLICATION)
    assert device.state.settings.on
    with pytest.raises(InteractionFailed) as failed:
        visitor.tell(windows.OPEN_WINDOW, WINDOW)
    assert refusal(failed)[0] == Status.UNSUPPORTED_ACCESS
    with pytest.raises(InteractionFailed):
        visitor.read(ACL)
    assert device.saved[-1].members[0].acl[1].fabric_index == 1


def test_more_entries_than_it_has_room_for_are_refused() -> None:
    controller, _, _ = commissioned(Device())
    entry = AccessEntry(Privilege.OPERATE, AuthMode.CASE, (0x3333,), None)
    for entries in ((entry,) * 5, (replace(entry, subjects=(1, 2, 3, 4, 5)),)):
        with pytest.raises(InteractionFailed) as failed:
            controller.write(ACL, entries)
        assert refusal(failed)[0] == Status.CONSTRAINT_ERROR


def test_fabrics_have_labels_that_differ() -> None:
    device = Device()
    controller, _, _ = commissioned(device)
    assert controller.ask(credentials.UPDATE_FABRIC_LABEL, Label("Home")).status is NocStatus.OK
    assert controller.read(credentials.FABRICS)[0].label == "Home"


# --- what it is for --------------------------------------------------------------------------------------


def test_a_light_is_switched_and_blinks() -> None:
    device = Device()
    controller, _, _ = commissioned(device)
    controller.tell(on_off.TOGGLE, Nothing(), APPLICATION)
    assert controller.read(on_off.ON_OFF, APPLICATION) is True
    controller.tell(on_off.OFF, Nothing(), APPLICATION)
    assert device.effects[-1] == effects.Light(False)
    controller.tell(identify.IDENTIFY, Identify(10), APPLICATION)
    assert device.effects[-1] == effects.Identifies(10)
    device.wait(4)
    assert controller.read(identify.TIME, APPLICATION) == 6


def test_it_is_renamed_and_the_name_survives() -> None:
    device = Device()
    controller, _, _ = commissioned(device)
    controller.write(basic.NODE_LABEL, "Desk")
    assert device.saved[-1].label == "Desk"
    reborn = Device(settings=device.saved[-1])
    assert reborn.state.settings.label == "Desk" and not reborn.state.advertises


@pytest.mark.parametrize("medium", [Medium.WIFI, Medium.THREAD, Medium.ETHERNET])
@pytest.mark.parametrize("kind", [Kind.LIGHT, Kind.SENSOR])
def test_everything_that_it_has_can_be_read(kind: Kind, medium: Medium) -> None:
    device = Device(replace(SAMPLE, kind=kind, medium=medium))
    commissioner = Controller(device, device.lan if medium is Medium.ETHERNET else device.ble).pase()
    everything = commissioner.look(AttributePath())
    assert not everything.statuses
    (own,) = descriptor.DEVICE_TYPES.of(everything, APPLICATION)
    assert own.type == kind.device_type
    for endpoint in (0, APPLICATION):
        served = descriptor.SERVERS.of(everything, endpoint)
        present = {place.cluster for place in everything.values if place.endpoint == endpoint}
        assert set(served) == present
    (interface,) = diagnostics.NETWORK_INTERFACES.of(everything)
    assert interface.operational is (medium is Medium.ETHERNET)
    assert (MEASURED.find(everything, APPLICATION) is not None) is (kind is Kind.SENSOR)


def test_a_subscriber_hears_of_changes_and_that_it_is_alive() -> None:
    device = Device()
    controller, _, _ = commissioned(device)
    path = on_off.ON_OFF.path(APPLICATION)
    established = controller.run(Subscribe(SubscribeRequest(True, 0, 100, (path,))))
    subscription = Subscription(established, device.now)
    controller.tell(on_off.ON, Nothing(), APPLICATION)

    def report() -> object:
        """The value in the next report, which the controller takes; None for one without."""
        assert controller.exchanges is not None
        (message,) = controller._carry(controller.exchanges)
        answer, reading = subscription.receive(message.opcode, message.payload, device.now)
        assert answer is not None and reading is not None
        exchange = Exchange.of(message)
        controller.exchanges.send(exchange, INTERACTION, *answer, device.now)
        controller.exchanges.finish(exchange)
        controller._carry(controller.exchanges)
        return on_off.ON_OFF.find(reading, APPLICATION)

    device.wait(0.1)
    assert report() is True
    assert device.lan.next_deadline == pytest.approx(device.now + 80)
    device.wait(81)
    assert report() is None
    assert not subscription.is_lost(device.now)
