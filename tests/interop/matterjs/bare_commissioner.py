"""A commissioner made of Matter's layers alone: what a device of others thinks of each of them.

It bears no loss and asks nobody; how people commission a device is the driver's.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from companion.lan import Lan
from companion.protocols.matter.attestation.examination import Evidence, Trust, examine, examine_csr
from companion.protocols.matter.attestation.report import Report
from companion.protocols.matter.attestation.trust.roots import published_test_roots
from companion.protocols.matter.attestation.trust.signers import known_signers
from companion.protocols.matter.case.initiator import CaseInitiator
from companion.protocols.matter.certificates.authority import Validity
from companion.protocols.matter.certificates.requests import requested_key
from companion.protocols.matter.certificates.times import matter_time
from companion.protocols.matter.clusters import (
    basic_information,
    network_commissioning,
)
from companion.protocols.matter.clusters import general_commissioning as general
from companion.protocols.matter.clusters import operational_credentials as credentials
from companion.protocols.matter.clusters.table import Nothing, Query
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.fabric.authority import FabricAuthority
from companion.protocols.matter.interaction.client import Read
from companion.protocols.matter.interaction.paths import AttributePath
from companion.protocols.matter.messages import Exchanges
from companion.protocols.matter.messages.session import SecureSession
from companion.protocols.matter.pase.commissioner import PaseCommissioner
from companion.secret import Secret
from tests.interop.matterjs.light import LightOptions
from tests.interop.matterjs.talk import Talk, over_udp

COMMISSIONER, VENDOR = 0x1B, 0xFFF1
FAIL_SAFE, DAY = 60, 86_400
ANNOUNCED_WITHIN = 10.0

Q = TypeVar("Q")
A = TypeVar("A")


@dataclass
class BareCommissioner:
    """The device by our layers: call the methods in their order.

    talk, session: over Bluetooth; report: what was found about its origin
    """

    talk: Talk
    session: Exchanges
    options: LightOptions
    authority: FabricAuthority
    validity: Validity
    node: int = field(default_factory=lambda: secrets.randbits(62) + 1)

    @classmethod
    async def begin(cls, talk: Talk, options: LightOptions) -> BareCommissioner:
        """PASE. Raises EstablishmentFailed."""
        session = await talk.establish(PaseCommissioner(options.passcode, talk.router.reserve()))
        now = matter_time(datetime.now(UTC))
        validity = Validity(now - DAY, now + DAY)
        return cls(talk, session, options, FabricAuthority.found(KeyPair.generate(), validity), validity)

    @property
    def challenge(self) -> bytes:
        assert isinstance(self.session.session, SecureSession)
        return self.session.session.attestation_challenge.reveal()

    async def ask(self, query: Query[Q, A], request: Q) -> A:
        return await self.talk.ask(self.session, query, request)

    async def arm(self) -> None:
        armed = await self.ask(general.ARM_FAIL_SAFE, general.ArmFailSafe(FAIL_SAFE, 1))
        assert armed.error is general.CommissioningError.OK, armed
        where = general.SetRegulatoryConfig(general.RegulatoryLocation.INDOOR_OUTDOOR, "XX", 2)
        placed = await self.ask(general.SET_REGULATORY_CONFIG, where)
        assert placed.error is general.CommissioningError.OK, placed

    async def examine(self) -> tuple[Report, bytes]:
        """The report, and the operational key that it asks a certificate for."""
        paths = (basic_information.VENDOR_ID.path(), basic_information.PRODUCT_ID.path())
        reading = await self.talk.run(self.session, Read.of(*paths))
        chain = [
            await self.ask(credentials.CERTIFICATE_CHAIN_REQUEST, credentials.CertificateRequest(kind))
            for kind in (credentials.CertificateKind.DAC, credentials.CertificateKind.PAI)
        ]
        nonce, csr_nonce = secrets.token_bytes(32), secrets.token_bytes(32)
        attested = await self.ask(credentials.ATTESTATION_REQUEST, credentials.ByNonce(nonce))
        evidence = Evidence(
            chain[0].der,
            chain[1].der,
            attested.elements,
            attested.signature,
            nonce,
            self.challenge,
            basic_information.VENDOR_ID.of(reading),
            basic_information.PRODUCT_ID.of(reading),
        )
        report = examine(evidence, Trust(published_test_roots(), known_signers()), datetime.now(UTC))
        csr = await self.ask(credentials.CSR_REQUEST, credentials.CsrRequest(csr_nonce))
        found, lines = examine_csr(csr.elements, csr.signature, csr_nonce, self.challenge, chain[0].der)
        assert found is not None
        return report.with_lines(lines), requested_key(found.csr)

    async def admit(self, key: bytes) -> None:
        """Our root, and its certificate."""
        root = credentials.AddRoot(self.authority.root.as_tlv())
        command = credentials.ADD_TRUSTED_ROOT
        command.check(await self.talk.run(self.session, command.begin(root)))
        issued = self.authority.issue(key, self.node, self.validity)
        noc, ipk = issued.noc.as_tlv(), self.authority.ipk
        added = credentials.AddNoc(noc, ipk, COMMISSIONER, VENDOR, issued.icac_tlv)
        answer = await self.ask(credentials.ADD_NOC, added)
        assert answer.status is credentials.NocStatus.OK, answer

    async def join(self) -> network_commissioning.NetworkStatus:
        """Scan, hand the network over, connect."""
        network, options = network_commissioning, self.options
        seen = await self.ask(network.SCAN_NETWORKS, network.ScanNetworks())
        added: network.ConfigResponse
        if options.dataset is None:
            assert [each.ssid for each in seen.wifi] == [options.ssid.encode()]
            name = options.ssid.encode()
            added = await self.ask(network.ADD_WIFI, network.AddWifi(name, options.password))
        else:
            name = seen.thread[0].extended_pan_id.to_bytes(8, "big")
            added = await self.ask(network.ADD_THREAD, network.AddThread(Secret(options.dataset)))
        assert added.status is network.NetworkStatus.SUCCESS, added
        return (await self.ask(network.CONNECT_NETWORK, network.ById(name))).status

    async def complete(self, lan: Lan) -> str:
        """Find it, call it, complete, and read who it is: its vendor's name."""
        name = self.authority.identity.instance(self.node)
        service = await lan.resolve("_matter._tcp", name, ANNOUNCED_WITHIN)
        assert service is not None, "it does not announce itself"
        own = self.authority.admit(KeyPair.generate(), COMMISSIONER, self.validity)
        async with over_udp(lan, service.places[0]) as talk:
            session = await talk.establish(CaseInitiator(own, self.node, talk.router.reserve()))
            done = await talk.ask(session, general.COMMISSIONING_COMPLETE, Nothing())
            assert done.error is general.CommissioningError.OK, done
            reading = await talk.run(session, Read.of(AttributePath(0, basic_information.CLUSTER)))
        return basic_information.VENDOR_NAME.of(reading)
