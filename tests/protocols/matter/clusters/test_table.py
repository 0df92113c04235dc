"""Tables used by both ends: a client that asks, a server that answers, and what either may not say."""

from datetime import UTC, datetime

import pytest

from companion.protocols.matter.clusters import (
    access_control,
    basic_information,
    general_commissioning,
    network_commissioning,
    on_off,
)
from companion.protocols.matter.clusters.general_commissioning import (
    ArmFailSafe,
    CommissioningError,
    Outcome,
)
from companion.protocols.matter.clusters.network_commissioning import ById, ConnectResponse, NetworkStatus
from companion.protocols.matter.clusters.operational_credentials import REMOVE_FABRIC
from companion.protocols.matter.clusters.table import NOTHING, Nothing, accept_list
from companion.protocols.matter.clusters.time_synchronization import EPOCH, microseconds
from companion.protocols.matter.fabric.access import AccessEntry, AuthMode, Privilege
from companion.protocols.matter.interaction.assembly import Reading
from companion.protocols.matter.interaction.blocks import AttributeData, CommandData, CommandReply
from companion.protocols.matter.interaction.client import Invoke, Read, Write, raise_for
from companion.protocols.matter.interaction.node import Access, Later, Node, ServedCluster
from companion.protocols.matter.interaction.paths import APPEND, AttributePath, CommandPath
from companion.protocols.matter.interaction.server import ServerExchange
from companion.protocols.matter.interaction.status import (
    DONE,
    InteractionFailed,
    Status,
    StatusBlock,
    UnexpectedMessage,
)
from companion.protocols.matter.tlv import structure, text, unsigned
from tests.protocols.matter.interaction.bench import ASKING, talk

OWNER = AccessEntry(Privilege.ADMINISTER, AuthMode.CASE, (7,), None, 1)
GUEST = AccessEntry(Privilege.OPERATE, AuthMode.CASE, (8,), None, 1)
OTHER = AccessEntry(Privilege.ADMINISTER, AuthMode.CASE, (9,), None, 2)


class Device:
    """A node made of tables."""

    def __init__(self) -> None:
        self.is_on = False
        self.label = "lamp"
        self.acl: tuple[AccessEntry, ...] = (OWNER, OTHER)
        self.node = Node()
        self.node.serve(
            0,
            ServedCluster(
                general_commissioning.CLUSTER,
                general_commissioning.REVISION,
                commands=dict([general_commissioning.ARM_FAIL_SAFE.serve(self.arm)]),
            ),
        )
        self.node.serve(
            0,
            ServedCluster(
                basic_information.CLUSTER,
                basic_information.REVISION,
                readers=dict([basic_information.NODE_LABEL.serve(lambda access: self.label)]),
                writers=dict([basic_information.NODE_LABEL.accept(self.rename)]),
            ),
        )
        self.node.serve(
            0,
            ServedCluster(
                access_control.CLUSTER,
                access_control.REVISION,
                readers=dict([access_control.ACL.serve(self.entries)]),
                writers=dict([accept_list(access_control.ACL, self.entries, self.permit)]),
            ),
        )
        self.node.serve(
            0,
            ServedCluster(
                network_commissioning.CLUSTER,
                network_commissioning.REVISION,
                commands=dict([network_commissioning.CONNECT_NETWORK.serve(self.connect)]),
            ),
        )
        self.node.serve(1, ServedCluster(on_off.CLUSTER, 6, commands=dict([on_off.ON.serve(self.turn_on)])))

    def arm(self, request: ArmFailSafe, access: Access) -> Outcome | StatusBlock:
        if request.expiry > 900:
            return StatusBlock(Status.CONSTRAINT_ERROR)
        return Outcome(CommissioningError.OK, f"{request.expiry} s")

    def rename(self, label: str, access: Access) -> StatusBlock:
        self.label = label
        return DONE

    def entries(self, access: Access) -> tuple[AccessEntry, ...]:
        return tuple(one for one in self.acl if one.fabric_index == access.fabric or not access.filtered)

    def permit(self, entries: tuple[AccessEntry, ...], access: Access) -> StatusBlock:
        self.acl = (*entries, *(one for one in self.acl if one.fabric_index != access.fabric))
        return DONE

    def connect(self, request: ById, access: Access) -> Later:
        return Later.LATER

    def turn_on(self, request: Nothing, access: Access) -> StatusBlock:
        self.is_on = True
        return DONE


def test_a_command_is_asked_and_answered_in_dataclasses() -> None:
    device = Device()
    reply, _ = talk(general_commissioning.ARM_FAIL_SAFE.begin(ArmFailSafe(60)), device.node)
    assert general_commissioning.ARM_FAIL_SAFE.read(reply) == Outcome(CommissioningError.OK, "60 s")
    reply, _ = talk(general_commissioning.ARM_FAIL_SAFE.begin(ArmFailSafe(1000)), device.node)
    with pytest.raises(InteractionFailed, match="CONSTRAINT_ERROR"):
        general_commissioning.ARM_FAIL_SAFE.read(reply)


def test_a_command_without_fields_is_answered_by_a_status() -> None:
    device = Device()
    reply, _ = talk(on_off.ON.begin(Nothing(), endpoint=1), device.node)
    on_off.ON.check(reply)
    assert device.is_on
    bare = Invoke(CommandData(CommandPath(1, on_off.CLUSTER, on_off.ON.id)))
    on_off.ON.check(talk(bare, device.node)[0])


def test_a_command_with_wrong_fields_is_refused() -> None:
    path = CommandPath(0, general_commissioning.CLUSTER, 0)
    reply, _ = talk(Invoke(CommandData(path, NOTHING.write(1, Nothing()))), Device().node)
    assert reply.status is not None and reply.status.status == StatusBlock(Status.INVALID_COMMAND)


def test_a_slow_command_is_answered_in_a_dataclass() -> None:
    query = network_commissioning.CONNECT_NETWORK
    transaction = query.begin(ById(b"Hafen 12"))
    exchange = ServerExchange(Device().node, ASKING)
    assert exchange.receive(*transaction.start(), now=0.0) is None
    response = ConnectResponse(NetworkStatus.AUTH_FAILURE, "", -3)
    transaction.receive(*exchange.complete(query.respond(response)))
    assert query.read(transaction.result) == response


@pytest.mark.parametrize("fields", [None, unsigned(1, 5)], ids=["none", "no structure"])
def test_a_response_that_lacks_fields_is_refused(fields: object) -> None:
    query = general_commissioning.ARM_FAIL_SAFE
    data = CommandData(CommandPath(0, query.cluster, query.response), fields)  # type: ignore[arg-type]
    with pytest.raises(UnexpectedMessage):
        query.read(CommandReply(data=data))


def test_a_status_of_a_later_version_is_read() -> None:
    path = CommandPath(0, REMOVE_FABRIC.cluster, REMOVE_FABRIC.response)
    reply = CommandReply(data=CommandData(path, structure(1, unsigned(0, 77))))
    assert REMOVE_FABRIC.read(reply).status.name == "UNKNOWN"


def test_an_attribute_is_read_and_written_as_what_it_is() -> None:
    device = Device()
    label = basic_information.NODE_LABEL
    raise_for(talk(Write(label.data("kitchen")), device.node)[0])
    reading, _ = talk(Read.of(label.path(), basic_information.VENDOR_NAME.path()), device.node)
    assert label.of(reading) == "kitchen"
    assert basic_information.VENDOR_NAME.find(reading) is None
    with pytest.raises(InteractionFailed, match="UNSUPPORTED_ATTRIBUTE"):
        basic_information.VENDOR_NAME.of(reading)
    with pytest.raises(InteractionFailed, match="0/28/5"):
        label.of(Reading())
    assert label.path(None) == AttributePath(None, 0x28, 5)


def test_a_value_of_another_type_is_not_believed() -> None:
    label = basic_information.NODE_LABEL
    reading = Reading({label.place(): unsigned(None, 1)})
    with pytest.raises(UnexpectedMessage):
        label.of(reading)
    assert label.find(reading) is None


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (AttributeData(AttributePath(0, 0x28, 5), unsigned(2, 1)), Status.INVALID_DATA_TYPE),
        (AttributeData(AttributePath(0, 0x28, 5, APPEND), text(2, "x")), Status.UNSUPPORTED_WRITE),
        (AttributeData(AttributePath(0, 0x1F, 0), unsigned(2, 1)), Status.INVALID_DATA_TYPE),
        (AttributeData(AttributePath(0, 0x1F, 0, APPEND), unsigned(2, 1)), Status.INVALID_DATA_TYPE),
    ],
)
def test_a_wrong_value_is_not_written(data: AttributeData, status: Status) -> None:
    device = Device()
    with pytest.raises(InteractionFailed) as caught:
        raise_for(talk(Write(data), device.node)[0])
    assert caught.value.block.status == status
    assert device.label == "lamp" and device.acl == (OWNER, OTHER)


def test_a_list_is_written_whole_or_item_by_item_and_only_that_of_the_fabric() -> None:
    device = Device()
    acl = access_control.ACL
    raise_for(talk(Write(acl.data((OWNER, GUEST))), device.node)[0])
    assert device.acl == (OWNER, GUEST, OTHER)
    item = acl.data((GUEST,)).data.members[0]
    items = (
        acl.data(()),
        acl.data((OWNER,)),
        AttributeData(AttributePath(0, 0x1F, 0, APPEND), item),
        AttributeData(AttributePath(0, 0x1F, 0, 3), acl.data((OWNER,)).data),
    )
    response, _ = talk(Write(*items), device.node)
    assert [one.status.status for one in response.statuses] == [0, 0, 0, Status.UNSUPPORTED_WRITE]
    assert device.acl == (OWNER, GUEST, OTHER)


def test_who_asks_for_all_fabrics_gets_all() -> None:
    device = Device()
    mine, _ = talk(Read.of(access_control.ACL.path()), device.node)
    assert access_control.ACL.of(mine) == (OWNER,)
    everybody, _ = talk(Read.of(access_control.ACL.path(), fabric_filtered=False), device.node)
    assert access_control.ACL.of(everybody) == (OWNER, OTHER)


def test_time_is_counted_from_2000() -> None:
    assert microseconds(EPOCH) == 0
    assert microseconds(datetime(2000, 1, 1, 0, 0, 1, 5, tzinfo=UTC)) == 1_000_005
    with pytest.raises(ValueError):
        microseconds(datetime(1999, 12, 31, tzinfo=UTC))
