"""What a run that hands something over is for: onboarding, or an ownership operation."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from companion.endpoint import CloudEndpoint
from companion.errors import MethodUnavailable, NetworkMissing
from companion.model import DeviceSettings
from companion.protocols import OwnedDevice, OwnershipOperation
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.command_line import TRUST
from companion.protocols.rp1.driver.principal import Principal, principal_of
from companion.protocols.rp1.methods import Mode
from companion.protocols.rp1.session import plan as session_plan
from companion.protocols.rp1.session.plan import SessionInputs, SessionKind, SessionPlan
from companion.protocols.rp1.store.commissioner_store import CommissionerStore
from companion.protocols.rp1.transaction import plan as transaction_plan
from companion.protocols.rp1.wire.info import SERVICE_UUID, Info
from companion.secret import Secret
from companion.trust.grants.terms import MAX_DEPTH

if TYPE_CHECKING:
    from companion.protocols import Context
    from companion.protocols.rp1.setup_code.label_code import Rp1Code

RESET_LOCK = "reset_lock"
"""`Order.extra`: "on" or "off"; whether a button can free the device."""

PSK_ID = "psk_id"
"""`Order.extra`: name of the factory key to use, in hexadecimal."""

VOUCHER = "voucher"
"""`Order.extra`: the manufacturer's voucher in hexadecimal, for method KEY."""


@dataclass(frozen=True)
class Assignment:
    """plan, inputs: what to hand over, and what the user brings
    begin:  how a session begins that continues nothing
    fp:     the device's fingerprint, if it is known
    settings: what is decided without asking
    operation: see `SavedTransaction.operation`
    """

    plan: transaction_plan.Plan
    inputs: SessionInputs
    begin: Callable[[bytes, Info], SessionPlan]
    fp: bytes | None = None
    settings: DeviceSettings | None = None
    operation: str = ""


def onboarding(context: Context, code: Rp1Code | None, store: CommissionerStore) -> Assignment:
    """A new device becomes ours."""
    fp = code.fp if code is not None else None
    advertised = context.found.advertisement.service_data.get(SERVICE_UUID, b"")
    inputs = _means(context, code, store, store.own(advertised, fp))
    voucher = context.order.extra.get(VOUCHER)
    made = transaction_plan.Plan(
        _first_endpoint(context, principal_of(context)),
        _ownership(context),
        bytes.fromhex(voucher) if voucher else None,
    )
    return Assignment(made, inputs, partial(session_plan.onboard, inputs), fp)


def change(
    context: Context,
    operation: OwnershipOperation,
    device: OwnedDevice,
    store: CommissionerStore,
    pending: str | None = None,
) -> Assignment:
    """The owner changes what a device has. Raises MethodUnavailable where there is nothing to give.

    pending: the operation of the open transaction to go on with, where it may be another one
    """
    principal = principal_of(context)
    where, order, key = _endpoint(context, principal), context.order, device.identity_key
    inputs = _means(context, None, store, None)
    keeping = transaction_plan.Keeping(principal.owner, principal.bundle.chain if principal.bundle else ())
    settings: DeviceSettings | None
    if principal.bundle is not None and operation is OwnershipOperation.REPROVISION:
        # Everything else is the owner's: devices take item 3 or 4 under this right, and nothing besides.
        if order.wifi is None and order.thread is None:
            raise NetworkMissing("under a grant there is only a network to change")
        made, mode = transaction_plan.Plan(None, keeping), Mode.REPROVISION
        settings = DeviceSettings("", "", order.wifi, order.thread)
    elif operation is OwnershipOperation.ROTATE:
        if where is None:
            raise MethodUnavailable("without an endpoint there is no certificate to rotate")
        made, mode, settings = transaction_plan.Plan(where, keeping), Mode.ROTATE, DeviceSettings("")
    else:
        locks = RESET_LOCK in order.extra
        ended = store.owners.outdated_by(crypto.fingerprint(key), context.identity.owner.public)
        made, mode = (
            transaction_plan.Plan(where, _ownership(context, ended) if locks else keeping),
            Mode.REPROVISION,
        )
        settings = DeviceSettings(order.name or "", order.room, order.wifi, order.thread)
    authority = principal.authority()

    def begin(value: bytes, info: Info) -> SessionPlan:
        return session_plan.begin_as_owner(inputs, value, info, key, authority, mode, SessionKind.FRESH)

    return Assignment(
        made,
        inputs,
        begin,
        crypto.fingerprint(key),
        settings,
        operation.value if pending is None else pending,
    )


def _first_endpoint(context: Context, principal: Principal) -> transaction_plan.Endpoint | None:
    """Of a new device: its owner's, or none where the owner's grant says that devices work offline."""
    bundle = principal.bundle
    if bundle is None:
        return _endpoint(context, principal)
    if bundle.grants[0].terms.offline or not bundle.endpoint:
        return None
    if (cloud := principal.cloud) is not None:
        return _at_cloud(cloud)
    return transaction_plan.Endpoint(bundle.endpoint, principal.anchors)


def _endpoint(context: Context, principal: Principal) -> transaction_plan.Endpoint | None:
    if principal.bundle is not None:
        return transaction_plan.Endpoint(principal.bundle.endpoint, principal.anchors, is_kept=True)
    endpoint = context.endpoint
    if endpoint is None:
        return None
    if isinstance(endpoint, CloudEndpoint):
        return _at_cloud(endpoint)
    return transaction_plan.Endpoint(endpoint.address, context.identity.ca.anchors, endpoint.client_id)


def _at_cloud(cloud: CloudEndpoint) -> transaction_plan.Endpoint:
    return transaction_plan.Endpoint(
        cloud.address, cloud.anchors, kind=cloud.item_kind, has_claim=cloud.has_claim
    )


def _ownership(context: Context, outdates: int = 0) -> transaction_plan.Ownership:
    bundle = principal_of(context).bundle
    if bundle is not None:
        grants = transaction_plan.OnboardingGrants(bundle.owner, bundle.chain, bundle.grants[0])
        return transaction_plan.Ownership(context.identity.owner, int(time.time()), grants=grants)
    lock = context.order.extra.get(RESET_LOCK) == "on"
    return transaction_plan.Ownership(
        context.identity.owner,
        int(time.time()),
        reset_lock=lock,
        delegation_depth=MAX_DEPTH,
        outdates=outdates,
    )


def _means(
    context: Context, code: Rp1Code | None, store: CommissionerStore, own: bytes | None
) -> SessionInputs:
    """Manufacturers and pre-shared keys are in the protocol's memory; the order only names them."""
    order, memory = context.order, context.memory
    psk = None
    if (name := order.extra.get(PSK_ID)) is not None and (
        key := memory.get_secret(TRUST.factory_keys + name)
    ):
        psk = (bytes.fromhex(name), Secret(key))
    return SessionInputs(
        code=code,
        wanted=order.method,
        known=frozenset(store.identity_keys()),
        manufacturers=tuple(bytes.fromhex(root) for root in memory.get(TRUST.roots) or ()),
        psk=psk,
        own=own,
        has_voucher=VOUCHER in order.extra,
        shown=order.shown,
        shown_by=order.shown_by,
    )
