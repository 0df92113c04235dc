"""The data model of a virtual device: its endpoints and clusters, and who may do what with them."""

from __future__ import annotations

from companion.protocols.matter.clusters import (
    access_control,
    administrator_commissioning,
    basic_information,
    general_commissioning,
    identify,
    network_commissioning,
    operational_credentials,
)
from companion.protocols.matter.clusters.descriptor import DeviceType
from companion.protocols.matter.fabric.access import Privilege, privilege
from companion.protocols.matter.interaction.node import Access, Node, Verb
from companion.protocols.matter.virtual.clusters import (
    administration,
    application,
    commissioning,
    information,
    networks,
)
from companion.protocols.matter.virtual.clusters import credentials as operational
from companion.protocols.matter.virtual.factory.product import Kind
from companion.protocols.matter.virtual.state.state import DeviceState
from companion.virtual.access_points import AccessPoints

ROOT, APPLICATION = 0, 1
_ROOT_NODE = DeviceType(0x0016, 3)
_REVISIONS = {Kind.LIGHT: 3, Kind.SENSOR: 3}

# What reading, writing and commands take, where it is not VIEW, OPERATE and OPERATE.
_READ = {access_control.CLUSTER: Privilege.ADMINISTER, network_commissioning.CLUSTER: Privilege.ADMINISTER}
_WRITE = {
    access_control.CLUSTER: Privilege.ADMINISTER,
    basic_information.CLUSTER: Privilege.MANAGE,
    general_commissioning.CLUSTER: Privilege.ADMINISTER,
    network_commissioning.CLUSTER: Privilege.ADMINISTER,
}
_INVOKE = {
    administrator_commissioning.CLUSTER: Privilege.ADMINISTER,
    general_commissioning.CLUSTER: Privilege.ADMINISTER,
    identify.CLUSTER: Privilege.MANAGE,
    network_commissioning.CLUSTER: Privilege.ADMINISTER,
    operational_credentials.CLUSTER: Privilege.ADMINISTER,
}


def needed(verb: Verb, cluster: int) -> Privilege:
    """What somebody must be granted for this."""
    match verb:
        case Verb.READ:
            return _READ.get(cluster, Privilege.VIEW)
        case Verb.WRITE:
            return _WRITE.get(cluster, Privilege.OPERATE)
        case Verb.INVOKE:
            return _INVOKE.get(cluster, Privilege.OPERATE)


def model_of(state: DeviceState, around: AccessPoints) -> Node:
    """The node that answers reads, writes and commands."""

    def may(access: Access, verb: Verb, endpoint: int, cluster: int) -> bool:
        session = state.asking(access)
        member = state.settings.member(session.fabric)
        entries = member.acl if member is not None else ()
        granted = privilege(entries, session.subject, cluster, endpoint)
        return granted is not None and granted >= needed(verb, cluster)

    node = Node(may)
    kind = state.product.kind
    own = DeviceType(kind.device_type, _REVISIONS[kind])
    for cluster in (
        information.serve_descriptor(node, ROOT, _ROOT_NODE, lambda: (APPLICATION,)),
        information.serve_basic(state),
        information.serve_diagnostics(state),
        administration.serve_access(state),
        administration.serve_window(state),
        commissioning.serve(state),
        operational.serve(state),
        *networks.serve(state, around),
    ):
        node.serve(ROOT, cluster)
    served = application.serve_light if kind is Kind.LIGHT else application.serve_thermometer
    for cluster in (
        information.serve_descriptor(node, APPLICATION, own, lambda: ()),
        application.serve_identify(state),
        served(state),
    ):
        node.serve(APPLICATION, cluster)
    return node


def touch(node: Node) -> None:
    """What a device is may have changed: subscribers are to hear of it."""
    for cluster in (
        administrator_commissioning.CLUSTER,
        basic_information.CLUSTER,
        general_commissioning.CLUSTER,
        network_commissioning.CLUSTER,
        operational_credentials.CLUSTER,
    ):
        node.cluster(ROOT, cluster).touch()
