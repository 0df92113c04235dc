"""Goes on with a device whose run was killed after it got its certificate: it is called, not set up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion import claims
from companion.errors import DeviceNotFound, MethodUnavailable
from companion.events import AttestationChecked, CredentialDelivered, Identified, Secured
from companion.model import Commissioned, Credential, DeviceIdentity, Step, Text
from companion.protocols.matter.attestation.report import of_document
from companion.protocols.matter.driver import discovery
from companion.protocols.matter.driver.commissioning.completion import complete, prove
from companion.protocols.matter.driver.report_words import check_of
from companion.protocols.matter.driver.session import operational
from companion.protocols.matter.driver.store import nodes, own_fabrics, pending_nodes, statements
from companion.protocols.matter.driver.store.held_fabrics import fabric_of, possession_of
from companion.protocols.matter.setup_code.recogniser import rest_of

if TYPE_CHECKING:
    from companion.protocols import Context
    from companion.protocols.matter.driver.candidates import UnrecordedNode
    from companion.protocols.matter.driver.store.own_fabric import OwnFabric
    from companion.protocols.matter.driver.store.pending_nodes import Pending
    from companion.protocols.matter.setup_code.payload import MatterPayload

CALL_SECONDS = 15.0


class Recovery:
    """One device, in one run."""

    def __init__(self, context: Context) -> None:
        if context.lan is None:
            raise MethodUnavailable("Matter devices need this computer's network")
        self._context, self._lan = context, context.lan

    async def run(self, whole: UnrecordedNode) -> Commissioned:
        """Raises DeviceNotFound, DeviceError leaves."""
        left, reporter = whole.pending, self._context.reporter
        fabric = self._fabric_of(left)
        reporter.progress(Text("An earlier run already handed over the credentials, checking the device"))
        try:
            node = await operational.call(self._lan, fabric, left.node, seconds=CALL_SECONDS)
        except operational.Unreachable as gone:
            raise gone.why or DeviceNotFound("the node does not answer") from gone
        try:
            reporter.begin(Step.SECURE)
            facts = claims.SessionFacts("case", claims.Channel.SEALED, frozenset({claims.Evidence.KNOWN_KEY}))
            reporter.report(Secured("case", None, facts))
            reporter.begin(Step.CHECK)
            await complete(node, may_be_over=True)
            proof = await prove(node, fabric.authority.identity, left.node)
        finally:
            node.close()
        checks = tuple(map(check_of, of_document(left.report).lines))
        said = proof.said
        device = DeviceIdentity(
            nodes.node_name(left.node), said.name or left.name, said.model, said.serial, said.firmware
        )
        credential = Credential("fabric", left.credential)
        reporter.report(Identified(device))
        self._context.check_place(device.serial)
        reporter.report(AttestationChecked(checks))
        reporter.report(CredentialDelivered(credential))
        key = bytes.fromhex(left.identity_key)
        statements.keep_for_owner(self._context, bytes.fromhex(left.statement))
        self._context.when_recorded(lambda: pending_nodes.forget(self._context.memory, left.node))
        return Commissioned(
            device=device,
            method="pase",
            credentials=(credential,),
            identity_key=key,
            fabrics=proof.fabrics,
            possession=possession_of(self._context),
            leaves_radio=True,
            checks=checks,
            rest=rest_of(self._context.code, self._payload_of(left)),
        )

    def _fabric_of(self, left: Pending) -> OwnFabric:
        """That which the device was given, whatever this run would choose. Raises DeviceNotFound."""
        if left.grant:
            return fabric_of(self._context)
        fabric = own_fabrics.of_id(own_fabrics.known(self._context.identity.vault), left.fabric)
        if fabric is None:
            raise DeviceNotFound("the fabric that it was given is gone")
        return fabric

    def _payload_of(self, left: Pending) -> MatterPayload | None:
        payloads = discovery.payloads_of(self._context.code)
        return next((each for each in payloads if left.fits(each)), None)
