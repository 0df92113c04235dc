"""One run: from a found device to a node of our fabric that answers as itself.

Until CommissioningComplete the device takes everything back when its fail-safe ends. Each way out before ends
it at once.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from companion import claims
from companion.errors import CompanionError, DeviceError, LinkLostError, MethodUnavailable, OperationTimeout
from companion.events import CredentialDelivered, Identified, Secured, Sending, Withdrawn
from companion.lan import Address
from companion.model import (
    Commissioned,
    Credential,
    DeviceIdentity,
    DeviceSettings,
    Step,
    Text,
)
from companion.networks.prompt import NetworkKind, NetworkPrompt
from companion.networks.survey import Survey
from companion.networks.thread_surroundings import ThreadSurroundings, dataset_missing
from companion.protocols.matter.attestation.report import Outcome
from companion.protocols.matter.command_line import ADDRESS, parse_address
from companion.protocols.matter.driver import report_words
from companion.protocols.matter.driver.commissioning import admission, evidence, membership
from companion.protocols.matter.driver.commissioning.completion import complete, label, prove, take_back
from companion.protocols.matter.driver.commissioning.description import Description, configure, describe
from companion.protocols.matter.driver.commissioning.network import (
    WIFI,
    Interface,
    Joining,
    scan,
    scan_meshes,
)
from companion.protocols.matter.driver.commissioning.session_setup import (
    LOSSES,
    SILENT_SECONDS,
    SessionSetup,
)
from companion.protocols.matter.driver.commissioning.silence import connect, first_of, offer_again
from companion.protocols.matter.driver.session import operational
from companion.protocols.matter.driver.store import pending_nodes, resumptions, statements
from companion.protocols.matter.driver.store.held_fabrics import fabric_of, possession_of
from companion.protocols.matter.driver.store.nodes import node_name
from companion.protocols.matter.driver.store.own_fabric import new_node
from companion.protocols.matter.driver.store.trust import trusted_in
from companion.protocols.matter.setup_code.recogniser import rest_of
from companion.questions import ChooseNetwork

if TYPE_CHECKING:
    from companion.lan import Lan
    from companion.protocols import Context
    from companion.protocols.matter.driver.commissioning.completion import Proven
    from companion.protocols.matter.driver.commissioning.evidence import Attested
    from companion.protocols.matter.driver.session.commissionee import Commissionee
    from companion.protocols.matter.driver.session.node import Node

T = TypeVar("T")

log = logging.getLogger(__name__)

MOST_LOSSES = 4
CALL_SECONDS, THREAD_CALL_SECONDS = 30.0, 60.0
"""For a device to get an address and announce itself."""


class Commissioning:
    """One device, in one run."""

    def __init__(self, context: Context) -> None:
        if context.lan is None:
            raise MethodUnavailable("Matter devices need this computer's network")
        self._context = context
        self._lan: Lan = context.lan
        self._reporter = context.reporter
        self._setup = SessionSetup(context)
        self._fabric, self._statement = fabric_of(context), b""
        self._trust = trusted_in(context)
        self._device: Commissionee | None = None
        self._description = Description()
        self._attested: Attested | None = None
        self._node = new_node()
        self._credentials: list[Credential] = []
        self._losses = 0
        self._handed = self._refused = False
        self._called = context.order.name
        self._step: Step | None = None

    async def run(self) -> Commissioned:
        """Raises CompanionError leaves; then the device was told to take everything back, if it listens."""
        try:
            await self._prepare()
            node = await self._join() or await self._reach()
            return await self._complete(node)
        except BaseException:
            await self._take_back()
            raise
        finally:
            if self._device is not None:
                self._device.close()

    # --- until it has our certificate ------------------------------------------------------------------

    async def _prepare(self) -> None:
        """Open the device, examine it, hand over its certificate; anew after each loss."""
        while True:
            try:
                await self._open()
                await self._examine()
                await self._admit()
                return
            except LOSSES as loss:
                await self._back(loss)

    async def _back(self, loss: CompanionError) -> None:
        """After a loss: wait until the device is there again. Raises `loss` after too many."""
        self._losses += 1
        log.info("lost the device: %s", loss)
        if self._device is not None:
            self._device.close()
            self._device = None
        if self._losses > MOST_LOSSES or self._setup.found.on_network:
            raise loss
        # One that was given something is silent until its fail-safe ends.
        await self._setup.find_again(loss, SILENT_SECONDS if self._handed else 0.0)

    async def _open(self) -> None:
        self._device = await self._setup.open(lambda: self._begin(Step.SECURE))
        if self._handed:
            # What it was given before a loss is in the way: it takes that back, and is opened once more.
            await self._device.disarm()
            self._device.close()
            self._handed = False
            self._device = await self._setup.open(lambda: None)
        self._reporter.report(self._secured(self._setup.evidence))
        self._begin(Step.CONFIRM)
        self._description = await describe(self._device)
        self._reporter.report(Identified(self._identity, self._description.sequence))
        self._context.check_place(self._description.serial)
        has_radio = self._via.kind is not NetworkKind.NONE
        await self._need_dataset()
        await configure(self._device, self._description, has_radio=has_radio)

    async def _need_dataset(self) -> None:
        """Before it gets anything, where nobody can be asked. Raises ThreadDatasetMissing."""
        is_thread = self._via.kind is NetworkKind.THREAD and not self._setup.found.on_network
        order = self._context.order
        if is_thread and order.thread is None and not order.attended:
            raise await dataset_missing(self._lan)

    def _secured(self, *rests_on: claims.Evidence) -> Secured:
        session = claims.SessionFacts("pase", claims.Channel.SEALED, frozenset(rests_on))
        return Secured("pase", self._setup.handshake, session)

    async def _examine(self) -> None:
        """Who vouches for it? After a loss it is examined again, and asked about if that differs: what was
        said of one device is not said of another."""
        assert self._device is not None
        self._reporter.progress(Text("Checking the device's certificates"))
        before = self._attested
        about = self._description
        gathered = evidence.gather(self._device, self._trust, about.vendor, about.product)
        self._attested = await self._past_leftovers(gathered)
        if before is None or not before.is_like(self._attested):
            async with self._device.kept():
                await evidence.review(self._context, self._identity, self._attested)
        report = self._attested.report
        if report.outcome is Outcome.GENUINE:
            self._reporter.report(self._secured(self._setup.evidence, claims.Evidence.MANUFACTURER))
        self._reporter.summarise(report_words.OUTCOMES[report.outcome])

    async def _admit(self) -> None:
        """Give it our root and its certificate."""
        device, attested = self._device, self._attested
        assert device is not None and attested is not None
        self._begin(Step.HAND_OVER)
        pending_nodes.forget(self._context.memory, self._node)  # of before a loss: it took that back
        self._node = new_node()
        issued = self._fabric.issue(attested.operational_key, self._node)
        credential = membership.fabric_credential(self._fabric, self._node, issued)
        self._statement = statements.of_run(self._context, self._identity, attested.identity_key, issued.noc)
        self._remember(credential)
        self._reporter.report(Sending("fabric"))
        self._handed = True
        await self._past_leftovers(admission.trust_us(device, self._fabric))
        await admission.admit(device, self._fabric, issued)
        self._credentials = [credential]
        self._reporter.report(CredentialDelivered(credential))

    async def _past_leftovers(self, asked: Coroutine[Any, Any, T]) -> T:
        """A fail-safe takes one root and one certificate: those of a run that was killed may still be there.

        Raises OperationTimeout for a device that takes them back now, and is to be opened once more.
        """
        device = self._device
        assert device is not None
        try:
            return await asked
        except DeviceError as refused:
            if self._refused or self._setup.found.on_network:
                raise
            self._refused = True
            self._handed = not await device.disarm()
            raise OperationTimeout(str(refused)) from refused

    # --- its network -------------------------------------------------------------------------------------

    @property
    def _via(self) -> Interface:
        return self._description.interface(prefers_thread=self._context.order.thread is not None)

    async def _join(self) -> Node | None:
        """Let it join what the order says or its user answers. A session with it, if there is one by then."""
        if self._setup.found.on_network or self._via.kind is NetworkKind.NONE:
            return None
        prompt = NetworkPrompt(
            self._ask_for_network,
            self._context.order,
            support=WIFI,
            suggested_name=self._context.order.name or self._identity.name,
            kind=self._via.kind,
            survey=Survey(partial(self._seen, scan)) if self._via.kind is NetworkKind.WIFI else None,
            surroundings=ThreadSurroundings(self._lan, Survey(partial(self._seen, scan_meshes))),
        )
        return await prompt.join(self._attempt)

    async def _ask_for_network(self, question: ChooseNetwork) -> DeviceSettings:
        return await self._kept(self._reporter.ask(question))

    async def _seen(self, scanned: Callable[[Commissionee, Interface], Awaitable[T | None]]) -> T | None:
        """What the device's own scan finds; None while it can't be asked."""
        if self._device is None or not self._device.is_up:
            return None
        self._reporter.progress(Text("The device is scanning for networks"))
        return await scanned(self._device, self._via)

    async def _attempt(self, settings: DeviceSettings) -> Node | None:
        """Hand the network over and let the device join. Raises NetworkError leaves where it says why not."""
        self._called = settings.name or self._called
        while True:
            try:
                if self._device is None or not self._device.is_up:
                    await self._prepare()
                device = self._device
                assert device is not None
                joining = Joining(device, self._via, self._reporter)
                added = await joining.add(settings)
                self._credentials = [self._credentials[0], added]
                await device.need(joining.seconds + self._call_seconds)
            except LOSSES as loss:
                await self._back(loss)
                continue
            self._reporter.progress(Text("The device is joining {network}", {"network": joining.name}))
            try:
                seconds = joining.seconds + self._call_seconds
                call = None if self._by_hand is not None else partial(self._call, seconds)
                return await connect(joining, call)
            except LinkLostError as loss:
                # Either it joined and left Bluetooth, or it never heard that it should.
                try:
                    node = await first_of(self._call(self._call_seconds), self._back(loss))
                except operational.Unreachable:
                    return None
                if node is not None:
                    return node

    # --- over the network ----------------------------------------------------------------------------------

    @property
    def _call_seconds(self) -> float:
        return THREAD_CALL_SECONDS if self._via.kind is NetworkKind.THREAD else CALL_SECONDS

    async def _call(self, seconds: float) -> Node:
        return await operational.call(
            self._lan, self._fabric, self._node, seconds=seconds, by_hand=self._by_hand
        )

    async def _reach(self) -> Node:
        """A session with the node, tried again for as long as its user wants. Raises DeviceUnreachable."""
        self._begin(Step.CHECK)
        self._reporter.progress(Text("Searching for the device on the network"))
        while True:
            try:
                return await self._kept(self._call(self._call_seconds))
            except operational.Unreachable as unreachable:
                thread = self._via.kind is NetworkKind.THREAD
                await self._kept(offer_again(self._reporter, self._lan, unreachable, thread=thread))

    async def _complete(self, node: Node) -> Commissioned:
        """CommissioningComplete and the proof; where the answer got lost, in a second session."""
        self._begin(Step.CHECK)
        may_be_over = is_over = False
        while True:
            try:
                await complete(node, may_be_over=may_be_over)
                is_over = True
                if self._device is not None:
                    self._device.completed()
                await self._name(node)
                proof = await prove(node, self._fabric.authority.identity, self._node)
                resumptions.keep(self._context.memory, node.resumption)
                return self._commissioned(proof)
            except OperationTimeout:
                if may_be_over:
                    raise
                may_be_over = True
                node.close()
                node = await self._reach()
            except BaseException:
                # What the device was told to keep can't be taken back this way.
                if not (may_be_over or is_over) and await take_back(node):
                    self._dropped()
                raise
            finally:
                node.close()

    async def _name(self, node: Node) -> None:
        """Tell it the name that its user gave, for other apps to show. It is set up without one too."""
        if self._called in (None, self._identity.name):
            return
        try:
            await label(node, self._called or "")
        except OperationTimeout:
            raise
        except CompanionError as refused:
            log.info("the device keeps its own name: %s", refused)

    def _commissioned(self, proof: Proven) -> Commissioned:
        assert self._attested is not None
        self._description = proof.said
        self._context.when_recorded(lambda: pending_nodes.forget(self._context.memory, self._node))
        statements.keep_for_owner(self._context, self._statement)
        fabric, *others = self._credentials
        return Commissioned(
            device=self._identity,
            method="pase",
            credentials=(membership.indexed(fabric, proof.index), *others),
            handshake=self._setup.handshake,
            identity_key=self._attested.identity_key,
            fabrics=proof.fabrics,
            possession=possession_of(self._context),
            leaves_radio=True,
            checks=self._attested.checks,
            rest=rest_of(self._context.code, self._setup.payload),
        )

    def _begin(self, step: Step) -> None:
        """Begin a step; what is done again after a loss belongs to the step under way."""
        if self._step is None or list(Step).index(step) > list(Step).index(self._step):
            self._step = step
            self._reporter.begin(step)

    # --- what is kept, and taken back -----------------------------------------------------------------------

    @property
    def _identity(self) -> DeviceIdentity:
        about = self._description
        name = about.name or self._setup.found.name
        return DeviceIdentity(node_name(self._node), name, about.model, about.serial, about.firmware)

    @property
    def _by_hand(self) -> Address | None:
        text = self._context.order.extra.get(ADDRESS)
        return None if text is None else Address(*parse_address(text))

    def _remember(self, credential: Credential) -> None:
        """Before the device can have it: the next run looks whether it kept it."""
        assert self._attested is not None
        name, seen, about = self._identity.name, self._setup.found.discriminator, self._description
        kept = membership.pending_node(self._node, name, seen, about, self._attested, credential)
        kept = replace(kept, grant=self._context.grant_id, statement=self._statement.hex())
        pending_nodes.keep(self._context.memory, kept)

    async def _kept(self, waiting: Coroutine[Any, Any, T]) -> T:
        """Wait for it, and keep the fail-safe meanwhile if the device still listens."""
        if self._device is None or not self._device.is_up:
            return await waiting
        async with self._device.kept():
            return await waiting

    async def _take_back(self) -> None:
        """It failed or was cancelled: let the device forget at once what it was given."""
        if self._device is not None and await self._device.disarm():
            self._dropped()

    def _dropped(self) -> None:
        pending_nodes.forget(self._context.memory, self._node)
        if self._credentials:
            self._reporter.report(Withdrawn())
            self._credentials = []
