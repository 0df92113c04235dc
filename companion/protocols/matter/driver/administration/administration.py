"""A node of our fabric in use: how it is, who controls it, and how others come in."""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from companion import claims
from companion.administration import Controller, Controllers, DeviceStatus, Sharing
from companion.errors import (
    ActionUnsupported,
    AuthenticationError,
    CertificateRefused,
    ControllerMissing,
    ControllersFull,
    DeviceError,
    DeviceRemoved,
    DeviceUnreachable,
    KeysElsewhere,
    OperationTimeout,
    RemovalUnknown,
)
from companion.events import Secured
from companion.lan.reachability import missing_link
from companion.model import Credential, Step, Text
from companion.protocols.matter.clusters import administrator_commissioning as windows
from companion.protocols.matter.clusters import basic_information as basic
from companion.protocols.matter.clusters import failures, identify, on_off
from companion.protocols.matter.clusters import operational_credentials as credentials
from companion.protocols.matter.clusters.operational_credentials import ByIndex, Fabric, NocStatus
from companion.protocols.matter.clusters.table import Nothing
from companion.protocols.matter.crypto.spake2plus import Passcode, Pbkdf
from companion.protocols.matter.driver.administration import renewal, status, subscription
from companion.protocols.matter.driver.administration.membership import (
    Membership,
    first_to_end,
    memberships,
)
from companion.protocols.matter.driver.administration.vendors import vendor_name
from companion.protocols.matter.driver.commissioning.completion import label
from companion.protocols.matter.driver.commissioning.membership import fabric_credential
from companion.protocols.matter.driver.session import operational
from companion.protocols.matter.driver.store import own_fabrics, resumptions
from companion.protocols.matter.driver.unreachable import LINKS
from companion.protocols.matter.fabric.identity import FabricIdentity
from companion.protocols.matter.interaction.client import Read
from companion.protocols.matter.interaction.status import InteractionFailed, UnexpectedMessage
from companion.protocols.matter.onboarding import Capability, Onboarding, fresh_passcode
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.protocols import AdministrationContext
    from companion.protocols.matter.driver.session.node import Node
    from companion.protocols.matter.driver.store.own_fabric import OwnFabric
    from companion.protocols.matter.interaction.assembly import Reading

R = TypeVar("R")
log = logging.getLogger(__name__)

CALL_SECONDS = 10.0
ITERATIONS = 10_000
"""Of the fresh passcode: the device is given the result, and the other app has a computer or a phone."""
_SALT = 32


@asynccontextmanager
async def administer(context: AdministrationContext) -> AsyncIterator[Session]:
    """Raises KeysElsewhere, DeviceRemoved, FabricMissing, FabricUnknown, NodeIdentityInvalid and
    DeviceUnreachable."""
    members = memberships(context)
    context.reporter.begin(Step.CONNECT)
    node = await _called(context, members[0])
    context.reporter.begin(Step.SECURE)
    context.reporter.report(Secured("case", None, _facts(node)))
    session = Session(context, members, node)
    try:
        yield session
    finally:
        session.close()


async def _called(context: AdministrationContext, member: Membership) -> Node:
    """A session with the node; else the error of the link that is missing."""
    fabric, number = member.fabric, member.node
    resumption = resumptions.take(context.memory, fabric.authority.identity, number)
    try:
        node = await operational.call(
            context.lan, fabric, number, seconds=CALL_SECONDS, resumption=resumption
        )
        resumptions.keep(context.memory, node.resumption)
        return node
    except operational.Unreachable as unreachable:
        if isinstance(unreachable.why, AuthenticationError):
            raise unreachable.why from unreachable
        thread = any(each.kind == "thread" for each in context.credentials)
        missing = await missing_link(context.lan, announced=unreachable.announced, thread=thread)
        raise DeviceUnreachable(str(unreachable.why or missing), missing=LINKS[missing]) from unreachable


def _facts(node: Node) -> claims.SessionFacts:
    """It proved its certificate, in this session or in the one that this one goes on from."""
    resumed = node.made is not None and node.made.resumed
    evidence = {claims.Evidence.KNOWN_KEY} | ({claims.Evidence.RESUMED} if resumed else set())
    return claims.SessionFacts("case", claims.Channel.SEALED, frozenset(evidence))


def forget(context: AdministrationContext) -> frozenset[str]:
    """Which node it is. Its id is random, and the fabric stays for the others."""
    try:
        members = memberships(context)
    except (KeysElsewhere, DeviceRemoved):
        members = ()
    for each in members:
        resumptions.forget(context.memory, each.fabric.authority.identity, each.node)
    left = {each.details["fabric"] for each in context.credentials if each.kind == "fabric"}
    return frozenset(left - {each.fabric.id for each in members}) if context.fabric else frozenset()


class Session:
    """See `companion.protocols.Administration`."""

    def __init__(self, context: AdministrationContext, members: tuple[Membership, ...], node: Node) -> None:
        self._context, self._members, self._node = context, members, node
        self._own = own_fabrics.known(context.identity.vault)

    def close(self) -> None:
        self._node.close()

    async def status(self) -> DeviceStatus:
        return await self._asked(status.ask)

    def follow(self) -> AsyncIterator[DeviceStatus]:
        return subscription.follow(self._node)

    # --- who controls it ---------------------------------------------------------------------------

    async def controllers(self) -> Controllers:
        return await self._asked(self._controllers)

    async def _controllers(self, node: Node) -> Controllers:
        reading = await self._fabrics(node)
        try:
            known = credentials.FABRICS.of(reading)
        except (InteractionFailed, UnexpectedMessage) as failed:
            raise failed.leaf from failed
        return Controllers(
            tuple(self._controller(each) for each in known), credentials.SUPPORTED_FABRICS.find(reading)
        )

    async def _fabrics(self, node: Node) -> Reading:
        paths = (credentials.FABRICS.path(0), credentials.SUPPORTED_FABRICS.path(0))
        return await node.run(Read.of(*paths, fabric_filtered=False))

    def _controller(self, each: Fabric) -> Controller:
        own = self._own_fabric(each)
        name = own.name if own is not None and len(self._own) > 1 else each.label
        return Controller(str(each.index or 0), vendor_name(each.vendor), name, is_us=own is not None)

    def _own_fabric(self, each: Fabric) -> OwnFabric | None:
        named = FabricIdentity(each.root, each.fabric)
        return next((own for own in self._own if own.authority.identity == named), None)

    async def remove_controller(self, key: str) -> None:
        await self._remove_fabric(int(key), key)

    async def _remove_fabric(self, index: int, name: str) -> None:
        answer = await self._node.query(credentials.REMOVE_FABRIC, ByIndex(index))
        if answer.status is NocStatus.INVALID_FABRIC_INDEX:
            raise ControllerMissing("it left by itself", wanted=name)
        if (error := failures.of_noc(answer.status)) is not None:
            raise error

    # --- how others come in ------------------------------------------------------------------------

    async def share(self, seconds: int) -> Sharing:
        if (await self.controllers()).is_full:
            raise ControllersFull
        paths = (basic.VENDOR_ID.path(0), basic.PRODUCT_ID.path(0), windows.WINDOW_STATUS.path(0))
        about = await self._node.run(Read.of(*paths))
        if windows.WINDOW_STATUS.find(about) not in (None, windows.WindowStatus.NOT_OPEN):
            await self.stop_sharing()
        passcode, pbkdf = fresh_passcode(), Pbkdf(ITERATIONS, secrets.token_bytes(_SALT))
        discriminator = secrets.randbelow(1 << 12)
        verifier = Passcode.of(int(passcode.reveal()), pbkdf).verifier().encoded()
        request = windows.OpenWindow(seconds, verifier, discriminator, pbkdf.iterations, pbkdf.salt)
        try:
            await self._node.command(windows.OPEN_WINDOW, request)
        except DeviceError as refused:
            raise _of_window(refused) from refused
        code = Onboarding(
            passcode,
            discriminator,
            basic.VENDOR_ID.find(about) or 0,
            basic.PRODUCT_ID.find(about) or 0,
            capabilities=Capability.NETWORK,
        )
        until = datetime.now(UTC) + timedelta(seconds=seconds)
        return Sharing(Secret(code.qr), Secret(code.printed_digits), until)

    async def stop_sharing(self) -> None:
        try:
            await self._node.command(windows.REVOKE, Nothing())
        except DeviceError as refused:
            cause = refused.__cause__
            closed = isinstance(cause, InteractionFailed) and (
                cause.block.cluster == windows.ClusterStatus.WINDOW_NOT_OPEN
            )
            if not closed:
                raise _of_window(refused) from refused

    # --- what it does ------------------------------------------------------------------------------

    async def rename(self, name: str) -> None:
        await label(self._node, name)

    async def identify(self, seconds: int) -> None:
        reading = await self._node.read(identify.TIME, endpoint=None)
        places = list(reading.places(identify.TIME.cluster, identify.TIME.id))
        if not places:
            raise ActionUnsupported(
                missing=Text("It has no light and no sound that would tell it from others.")
            )
        # An application's endpoint is what people see; a bridge has one for each of its devices.
        seen = next((each for each in places if each.endpoint), places[0])
        await self._node.command(identify.IDENTIFY, identify.Identify(seconds), endpoint=seen.endpoint)

    async def switch(self, on: bool | None) -> bool:
        found = await self._asked(status.switchable)
        if found is None:
            raise ActionUnsupported(missing=Text("It has nothing that can be switched on and off."))
        endpoint, is_on = found
        wanted = not is_on if on is None else on
        await self._node.command(on_off.ON if wanted else on_off.OFF, Nothing(), endpoint=endpoint)
        reading = await self._node.read(on_off.ON_OFF, endpoint=endpoint)
        return bool(on_off.ON_OFF.find(reading, endpoint))

    # --- our certificate ---------------------------------------------------------------------------

    async def renew(self) -> tuple[Credential, ...]:
        """That which ends first, of the fabrics that the run is about: what is left of a run that failed in
        between would be unknown. The session ends with the certificate that it was made with, so there is
        another afterwards.
        """
        member = first_to_end(self._context, self._members)
        if member is not self._members[0]:
            self._node.close()
            self._node = await _called(self._context, member)
        reporter, fabric = self._context.reporter, member.fabric
        issued, index = await renewal.renew(self._node, fabric, member.node, reporter)
        # What rests on the certificate before is no proof that the device has the new one.
        resumptions.forget(self._context.memory, fabric.authority.identity, member.node)
        before, self._node = self._node, await _called(self._context, member)
        try:
            await renewal.complete(self._node)
        except DeviceError as refused:
            raise CertificateRefused(str(refused)) from refused
        finally:
            before.close()
        reporter.begin(Step.CHECK)
        reporter.summarise(Text("The device answers with its new certificate"))
        return (fabric_credential(fabric, member.node, issued, index),)

    async def leave(self) -> None:
        """All fabrics that the run is about, that of this session last."""
        indices = {each.id: index for index, each in (await self._asked(self._own_indices)).items()}
        for each in reversed(self._members):
            if (index := indices.get(each.fabric.id)) is None:
                continue
            try:
                await self._remove_fabric(index, "Companion")
            except OperationTimeout as silent:
                raise RemovalUnknown(str(silent)) from silent

    async def _own_indices(self, node: Node) -> dict[int, OwnFabric]:
        """Which of ours are where in its table."""
        listed = credentials.FABRICS.find(await self._fabrics(node)) or ()
        own = ((each.index or 0, self._own_fabric(each)) for each in listed)
        return {index: fabric for index, fabric in own if fabric is not None}

    async def _asked(self, question: Callable[[Node], Awaitable[R]]) -> R:
        """Ask it; where the session is silent once more in another, as a device that restarted forgets it."""
        try:
            return await question(self._node)
        except OperationTimeout as silent:
            log.info("the session is silent, calling again: %s", silent)
        node = await _called(self._context, self._members[0])
        self._node.close()
        self._node = node
        return await question(node)


def _of_window(refused: DeviceError) -> Exception:
    """What a refusal of the window's cluster means."""
    cause = refused.__cause__
    return failures.of_window(cause) if isinstance(cause, InteractionFailed) else refused
