"""Administrator Commissioning and Access Control: who else may come in, and who may do what."""

from __future__ import annotations

from dataclasses import replace

from companion.protocols.matter.clusters import access_control
from companion.protocols.matter.clusters import administrator_commissioning as cluster
from companion.protocols.matter.clusters.administrator_commissioning import (
    ClusterStatus,
    OpenBasicWindow,
    OpenWindow,
    WindowStatus,
)
from companion.protocols.matter.clusters.table import Nothing, accept_list
from companion.protocols.matter.crypto.spake2plus import Pbkdf, Verifier
from companion.protocols.matter.fabric.access import AccessEntry
from companion.protocols.matter.interaction.node import Access, ServedCluster
from companion.protocols.matter.interaction.status import DONE, Status, StatusBlock
from companion.protocols.matter.virtual.state.state import DeviceState
from companion.protocols.matter.virtual.state.window import Invitation

SHORTEST_WINDOW, LONGEST_WINDOW = 180, 900
ENTRIES_PER_FABRIC, SUBJECTS_PER_ENTRY, TARGETS_PER_ENTRY = 4, 4, 3
_BASIC = 1
"""Feature: the passcode of the label may be used again."""


def serve_window(state: DeviceState) -> ServedCluster:
    """Administrator Commissioning (Core 11.19)."""
    windows = _Windows(state)

    def status(access: Access) -> WindowStatus:
        return WindowStatus.NOT_OPEN if state.invitation is None else state.invitation.status

    def opened() -> Invitation | None:
        invitation = state.invitation
        return invitation if invitation is not None and invitation.by_administrator else None

    def fabric(access: Access) -> int | None:
        invitation = opened()
        return None if invitation is None else invitation.admin

    def vendor(access: Access) -> int | None:
        invitation = opened()
        return None if invitation is None else invitation.vendor

    return ServedCluster(
        cluster.CLUSTER,
        cluster.REVISION,
        features=_BASIC,
        readers=dict(
            (
                cluster.WINDOW_STATUS.serve(status),
                cluster.ADMIN_FABRIC.serve(fabric),
                cluster.ADMIN_VENDOR.serve(vendor),
            )
        ),
        commands=dict(
            (
                cluster.OPEN_WINDOW.serve(windows.open),
                cluster.OPEN_BASIC_WINDOW.serve(windows.open_basic),
                cluster.REVOKE.serve(windows.revoke),
            )
        ),
        timed_commands=frozenset((cluster.OPEN_WINDOW.id, cluster.OPEN_BASIC_WINDOW.id, cluster.REVOKE.id)),
    )


class _Windows:
    def __init__(self, state: DeviceState) -> None:
        self._state = state

    def open(self, request: OpenWindow, access: Access) -> StatusBlock:
        try:
            verifier = Verifier.of(request.verifier.reveal())
            pbkdf = Pbkdf(request.iterations, request.salt)
        except ValueError:
            return StatusBlock(Status.FAILURE, ClusterStatus.PAKE_PARAMETER_ERROR)
        if request.discriminator > 0xFFF:
            return StatusBlock(Status.FAILURE, ClusterStatus.PAKE_PARAMETER_ERROR)
        return self._open(
            WindowStatus.ENHANCED_OPEN, verifier, pbkdf, request.discriminator, request.timeout, access
        )

    def open_basic(self, request: OpenBasicWindow, access: Access) -> StatusBlock:
        made = self._state.product
        return self._open(
            WindowStatus.BASIC_OPEN, made.verifier, made.pbkdf, made.discriminator, request.timeout, access
        )

    def _open(
        self,
        status: WindowStatus,
        verifier: Verifier,
        pbkdf: Pbkdf,
        discriminator: int,
        timeout: int,
        access: Access,
    ) -> StatusBlock:
        state = self._state
        member = state.settings.member(access.fabric)
        if state.invitation is not None or state.fail_safe is not None or member is None:
            return StatusBlock(Status.FAILURE, ClusterStatus.BUSY)
        if not SHORTEST_WINDOW <= timeout <= LONGEST_WINDOW:
            return StatusBlock(Status.INVALID_COMMAND)
        state.invite(
            Invitation.by(
                status,
                verifier,
                pbkdf,
                discriminator,
                admin=member.index,
                vendor=member.vendor,
                until=state.now + timeout,
            )
        )
        return DONE

    def revoke(self, request: Nothing, access: Access) -> StatusBlock:
        state = self._state
        if state.invitation is None or not state.invitation.by_administrator:
            return StatusBlock(Status.FAILURE, ClusterStatus.WINDOW_NOT_OPEN)
        state.close_window()
        return DONE


def serve_access(state: DeviceState) -> ServedCluster:
    """Access Control (Core 9.10)."""

    def own(access: Access) -> tuple[AccessEntry, ...]:
        member = state.settings.member(access.fabric)
        return () if member is None else member.acl

    def shown(access: Access) -> tuple[AccessEntry, ...]:
        """Entries belong to fabrics; of others an index is shown to those who ask for all."""
        if access.filtered:
            return own(access)
        return tuple(entry for member in state.settings.members for entry in member.acl)

    def write(entries: tuple[AccessEntry, ...], access: Access) -> StatusBlock:
        member = state.settings.member(access.fabric)
        if member is None:
            return StatusBlock(Status.UNSUPPORTED_ACCESS)
        if len(entries) > ENTRIES_PER_FABRIC or not all(map(_fits, entries)):
            return StatusBlock(Status.CONSTRAINT_ERROR)
        owned = tuple(replace(each, fabric_index=access.fabric) for each in entries)
        state.change(state.settings.with_member(replace(member, acl=owned)))
        return DONE

    return ServedCluster(
        access_control.CLUSTER,
        access_control.REVISION,
        readers=dict(
            (
                access_control.ACL.serve(shown),
                access_control.SUBJECTS_PER_ENTRY.serve(lambda access: SUBJECTS_PER_ENTRY),
                access_control.TARGETS_PER_ENTRY.serve(lambda access: TARGETS_PER_ENTRY),
                access_control.ENTRIES_PER_FABRIC.serve(lambda access: ENTRIES_PER_FABRIC),
            )
        ),
        writers=dict((accept_list(access_control.ACL, own, write),)),
    )


def _fits(entry: AccessEntry) -> bool:
    return len(entry.subjects or ()) <= SUBJECTS_PER_ENTRY and len(entry.targets or ()) <= TARGETS_PER_ENTRY
