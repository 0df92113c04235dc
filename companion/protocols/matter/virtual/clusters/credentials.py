"""Operational Credentials: attestation, certificates, fabrics (Core 11.18)."""

from __future__ import annotations

import secrets
from dataclasses import replace

from companion.protocols.matter.attestation.elements import NONCE_SIZE
from companion.protocols.matter.attestation.issuance import DeviceCredentials
from companion.protocols.matter.certificates import chain
from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.certificates.faults import BadCertificate, Fault
from companion.protocols.matter.certificates.requests import make_request
from companion.protocols.matter.clusters import operational_credentials as cluster
from companion.protocols.matter.clusters.operational_credentials import (
    AddNoc,
    AddRoot,
    Attestation,
    ByIndex,
    ByNonce,
    CertificateKind,
    CertificateRequest,
    CsrRequest,
    Fabric,
    Label,
    Noc,
    NocResponse,
    NocStatus,
    UpdateNoc,
)
from companion.protocols.matter.clusters.operational_credentials import Certificate as Shown
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.fabric.access import AuthMode, administrator
from companion.protocols.matter.fabric.credentials import NodeCredentials
from companion.protocols.matter.interaction.node import Access, ServedCluster
from companion.protocols.matter.interaction.status import DONE, Status, StatusBlock
from companion.protocols.matter.virtual.factory import options
from companion.protocols.matter.virtual.state import effects
from companion.protocols.matter.virtual.state.settings import MOST_FABRICS, Member
from companion.protocols.matter.virtual.state.state import DeviceState, FailSafe

_CATS = 0xFFFF_FFFD_0000_0000
_OPERATIONAL = range(1, 0xFFFF_FFEF_FFFF_FFFF + 1)


def serve(state: DeviceState) -> ServedCluster:
    """The cluster of a device's root."""
    held = _Credentials(state)
    return ServedCluster(
        cluster.CLUSTER,
        cluster.REVISION,
        readers=dict(
            (
                cluster.NOCS.serve(held.nocs),
                cluster.FABRICS.serve(held.fabrics),
                cluster.SUPPORTED_FABRICS.serve(lambda access: MOST_FABRICS),
                cluster.COMMISSIONED_FABRICS.serve(lambda access: len(state.settings.members)),
                cluster.TRUSTED_ROOTS.serve(held.roots),
                cluster.CURRENT_FABRIC.serve(lambda access: access.fabric),
            )
        ),
        commands=dict(
            (
                cluster.ATTESTATION_REQUEST.serve(held.attest),
                cluster.CERTIFICATE_CHAIN_REQUEST.serve(held.show),
                cluster.CSR_REQUEST.serve(held.request),
                cluster.ADD_NOC.serve(held.add),
                cluster.UPDATE_NOC.serve(held.update),
                cluster.UPDATE_FABRIC_LABEL.serve(held.label),
                cluster.REMOVE_FABRIC.serve(held.remove),
                cluster.ADD_TRUSTED_ROOT.serve(held.trust),
            )
        ),
        responses=(
            cluster.ATTESTATION_REQUEST.response,
            cluster.CERTIFICATE_CHAIN_REQUEST.response,
            cluster.CSR_REQUEST.response,
            cluster.ADD_NOC.response,
        ),
    )


class _Credentials:
    def __init__(self, state: DeviceState) -> None:
        self._state = state

    # --- attributes --------------------------------------------------------------------------------------

    def nocs(self, access: Access) -> tuple[Noc, ...]:
        """Only one's own are shown to anybody."""
        return tuple(
            Noc(each.credentials.noc, each.credentials.icac, each.index)
            for each in self._members(access, filtered=True)
        )

    def fabrics(self, access: Access) -> tuple[Fabric, ...]:
        return tuple(
            Fabric(
                root=each.credentials.root_certificate.public_key,
                vendor=each.vendor,
                fabric=each.credentials.identity.fabric,
                node=each.credentials.identity.node,
                label=each.label,
                index=each.index,
            )
            for each in self._members(access, filtered=access.filtered)
        )

    def roots(self, access: Access) -> tuple[bytes, ...]:
        state = self._state
        added = state.fail_safe.root if state.fail_safe is not None else None
        held = [each.credentials.root for each in state.settings.members]
        return tuple(held if added is None or added in held else [*held, added])

    def _members(self, access: Access, *, filtered: bool) -> tuple[Member, ...]:
        return tuple(
            each for each in self._state.settings.members if not filtered or each.index == access.fabric
        )

    # --- attestation -------------------------------------------------------------------------------------

    def attest(self, request: ByNonce, access: Access) -> Attestation:
        nonce = self._nonce(request.nonce, options.Fault.WRONG_NONCE)
        return Attestation(*self._signing.attest(nonce, self._challenge(access)))

    def show(self, request: CertificateRequest, access: Access) -> Shown:
        held = self._state.credentials
        return Shown(held.dac.der if request.kind is CertificateKind.DAC else held.pai)

    @property
    def _signing(self) -> DeviceCredentials:
        held = self._state.credentials
        if options.Fault.WRONG_SIGNATURE not in self._state.faults:
            return held
        return replace(held, dac=replace(held.dac, key=KeyPair.generate()))

    def _nonce(self, nonce: bytes, fault: options.Fault) -> bytes:
        return secrets.token_bytes(NONCE_SIZE) if fault in self._state.faults else nonce

    def _challenge(self, access: Access) -> bytes:
        return self._state.asking(access).challenge.reveal()

    # --- certificates ------------------------------------------------------------------------------------

    def request(self, request: CsrRequest, access: Access) -> Attestation | StatusBlock:
        fail_safe = self._fail_safe(access)
        if fail_safe is None:
            return StatusBlock(Status.FAILSAFE_REQUIRED)
        if fail_safe.added:
            return StatusBlock(Status.CONSTRAINT_ERROR)
        renewing = bool(request.renewing)
        if renewing and self._state.asking(access).mode is AuthMode.PASE:
            return StatusBlock(Status.INVALID_COMMAND)
        fail_safe.key, fail_safe.renewing = KeyPair.generate(), renewing
        nonce = self._nonce(request.nonce, options.Fault.WRONG_CSR_NONCE)
        csr = make_request(fail_safe.key)
        return Attestation(*self._state.credentials.vouch(csr, nonce, self._challenge(access)))

    def trust(self, request: AddRoot, access: Access) -> StatusBlock:
        fail_safe = self._fail_safe(access)
        if fail_safe is None:
            return StatusBlock(Status.FAILSAFE_REQUIRED)
        if fail_safe.root is not None or fail_safe.added:
            return StatusBlock(Status.CONSTRAINT_ERROR)
        try:
            chain.check_root(Certificate.of_tlv(request.certificate))
        except BadCertificate:
            return StatusBlock(Status.INVALID_COMMAND)
        fail_safe.root = request.certificate
        return DONE

    def add(self, request: AddNoc, access: Access) -> NocResponse | StatusBlock:
        fail_safe = self._fail_safe(access)
        if fail_safe is None:
            return StatusBlock(Status.FAILSAFE_REQUIRED)
        if fail_safe.added or fail_safe.renewing:
            return StatusBlock(Status.CONSTRAINT_ERROR)
        if fail_safe.key is None:
            return NocResponse(NocStatus.MISSING_CSR)
        if fail_safe.root is None:
            return NocResponse(NocStatus.INVALID_NOC, text="no root was added")
        if not _may_administer(request.admin):
            return NocResponse(NocStatus.INVALID_ADMIN_SUBJECT)
        try:
            held = NodeCredentials.checked(
                fail_safe.root, request.icac or None, request.noc, fail_safe.key, request.ipk
            )
        except BadCertificate as error:
            return _refused(error)
        return self._join(held, request, fail_safe, access)

    def _join(
        self, held: NodeCredentials, request: AddNoc, fail_safe: FailSafe, access: Access
    ) -> NocResponse:
        state = self._state
        if any(each.credentials.fabric == held.fabric for each in state.settings.members):
            return NocResponse(NocStatus.FABRIC_CONFLICT)
        index = state.settings.free_index
        if index is None or options.Fault.TABLE_FULL in state.faults:
            return NocResponse(NocStatus.TABLE_FULL)
        member = Member(index, held, request.vendor, acl=(administrator(request.admin, index),))
        state.change(state.settings.with_member(member))
        fail_safe.added, fail_safe.fabric = True, index
        session = state.asking(access)
        if session.mode is AuthMode.PASE:
            session.fabric = index
        state.do(effects.Changed())
        return NocResponse(NocStatus.OK, index)

    def update(self, request: UpdateNoc, access: Access) -> NocResponse | StatusBlock:
        fail_safe, state = self._fail_safe(access), self._state
        if fail_safe is None:
            return StatusBlock(Status.FAILSAFE_REQUIRED)
        if fail_safe.added or fail_safe.root is not None:
            return StatusBlock(Status.CONSTRAINT_ERROR)
        member = state.settings.member(access.fabric)
        if fail_safe.key is None or not fail_safe.renewing or member is None:
            return NocResponse(NocStatus.MISSING_CSR)
        old = member.credentials
        try:
            held = NodeCredentials.checked(
                old.root, request.icac or None, request.noc, fail_safe.key, old.ipk
            )
        except BadCertificate as error:
            return _refused(error)
        if held.identity.fabric != old.identity.fabric:
            return NocResponse(NocStatus.INVALID_NOC, text="of another fabric")
        state.change(state.settings.with_member(replace(member, credentials=held)))
        fail_safe.added = True
        state.do(effects.Changed())
        return NocResponse(NocStatus.OK, access.fabric)

    def _fail_safe(self, access: Access) -> FailSafe | None:
        """The one under which this session may change something."""
        armed = self._state.fail_safe
        return armed if armed is not None and armed.fabric == access.fabric else None

    # --- fabrics -----------------------------------------------------------------------------------------

    def label(self, request: Label, access: Access) -> NocResponse:
        state = self._state
        member = state.settings.member(access.fabric)
        if member is None:
            return NocResponse(NocStatus.INVALID_FABRIC_INDEX)
        others = (each for each in state.settings.members if each is not member)
        if request.label and any(each.label == request.label for each in others):
            return NocResponse(NocStatus.LABEL_CONFLICT)
        state.change(state.settings.with_member(replace(member, label=request.label)))
        return NocResponse(NocStatus.OK, access.fabric)

    def remove(self, request: ByIndex, access: Access) -> NocResponse:
        if self._state.settings.member(request.index) is None:
            return NocResponse(NocStatus.INVALID_FABRIC_INDEX)
        self._state.forget_fabric(request.index)
        return NocResponse(NocStatus.OK, request.index)


def _may_administer(subject: int) -> bool:
    """An operational node, or a tag with a version."""
    return subject in _OPERATIONAL or (subject >> 32 << 32 == _CATS and subject & 0xFFFF != 0)


def _refused(error: BadCertificate) -> NocResponse:
    status = NocStatus.INVALID_PUBLIC_KEY if error.fault is Fault.PUBLIC_KEY else NocStatus.INVALID_NOC
    return NocResponse(status, text=str(error)[:128])
