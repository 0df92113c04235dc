"""General Commissioning: the fail-safe and the end of commissioning (Core 11.10)."""

from __future__ import annotations

from dataclasses import replace

from companion.protocols.matter.clusters import general_commissioning as cluster
from companion.protocols.matter.clusters.general_commissioning import (
    ArmFailSafe,
    CommissioningError,
    CommissioningInfo,
    Outcome,
    RegulatoryLocation,
    SetRegulatoryConfig,
)
from companion.protocols.matter.clusters.table import Nothing
from companion.protocols.matter.fabric.access import AuthMode
from companion.protocols.matter.interaction.node import Access, ServedCluster
from companion.protocols.matter.interaction.status import DONE, StatusBlock
from companion.protocols.matter.virtual.factory.options import Fault
from companion.protocols.matter.virtual.factory.product import Medium
from companion.protocols.matter.virtual.state.state import MOST_SECONDS, DeviceState

USUAL_SECONDS = 60


def serve(state: DeviceState) -> ServedCluster:
    """The cluster of a device's root."""
    commissioning = _Commissioning(state)
    concurrent = state.product.medium is Medium.ETHERNET or Fault.SINGLE_RADIO not in state.faults
    return ServedCluster(
        cluster.CLUSTER,
        cluster.REVISION,
        readers=dict(
            (
                cluster.BREADCRUMB.serve(lambda access: state.breadcrumb),
                cluster.INFO.serve(lambda access: CommissioningInfo(USUAL_SECONDS, MOST_SECONDS)),
                cluster.REGULATORY_CONFIG.serve(lambda access: RegulatoryLocation(state.settings.regulatory)),
                cluster.LOCATION_CAPABILITY.serve(lambda access: RegulatoryLocation.INDOOR_OUTDOOR),
                cluster.SUPPORTS_CONCURRENT_CONNECTION.serve(lambda access: concurrent),
            )
        ),
        writers=dict((cluster.BREADCRUMB.accept(commissioning.write_breadcrumb),)),
        commands=dict(
            (
                cluster.ARM_FAIL_SAFE.serve(commissioning.arm),
                cluster.SET_REGULATORY_CONFIG.serve(commissioning.regulate),
                cluster.COMMISSIONING_COMPLETE.serve(commissioning.complete),
            )
        ),
        responses=(
            cluster.ARM_FAIL_SAFE.response,
            cluster.SET_REGULATORY_CONFIG.response,
            cluster.COMMISSIONING_COMPLETE.response,
        ),
    )


class _Commissioning:
    def __init__(self, state: DeviceState) -> None:
        self._state = state

    def write_breadcrumb(self, value: int, access: Access) -> StatusBlock:
        self._state.breadcrumb = value
        return DONE

    def arm(self, request: ArmFailSafe, access: Access) -> Outcome:
        state = self._state
        over_case = state.asking(access).mode is AuthMode.CASE
        if state.fail_safe is not None and state.fail_safe.fabric != access.fabric:
            return Outcome(CommissioningError.BUSY_WITH_OTHER_ADMIN, "armed by another one")
        invited = state.invitation is not None and state.invitation.by_administrator
        if state.fail_safe is None and over_case and invited and request.expiry:
            return Outcome(CommissioningError.BUSY_WITH_OTHER_ADMIN, "a window is open")
        if request.expiry:
            state.arm(request.expiry, access.fabric)
            state.breadcrumb = request.breadcrumb
        elif state.fail_safe is not None:
            state.revert()
        return Outcome(CommissioningError.OK)

    def regulate(self, request: SetRegulatoryConfig, access: Access) -> Outcome:
        state = self._state
        if state.fail_safe is None:
            return Outcome(CommissioningError.NO_FAIL_SAFE)
        state.change(replace(state.settings, location=request.country, regulatory=int(request.location)))
        state.breadcrumb = request.breadcrumb
        return Outcome(CommissioningError.OK)

    def complete(self, request: Nothing, access: Access) -> Outcome:
        state = self._state
        if state.fail_safe is None:
            return Outcome(CommissioningError.NO_FAIL_SAFE)
        if state.asking(access).mode is not AuthMode.CASE or access.fabric != state.fail_safe.fabric:
            return Outcome(CommissioningError.INVALID_AUTHENTICATION)
        state.complete()
        return Outcome(CommissioningError.OK)
