"""Certificates renewed at the endpoint by EST (RFC 7030, 4.2.2): whoever shows one gets the next.

    half of its life is over ─► simplereenroll: same subject, same key ─► recorded ─► issued

Nothing else of a certificate changes here. Another key, name or site needs a run, in which the device proves
that they are its own (RP1, section 9.1).
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from companion.errors import CsrRefused
from companion.est.service import RenewalRefused
from companion.identity import DeviceName, Identity, ldevid
from companion.identity.ca import MAX_DAYS, MIN_DAYS, serial_of
from companion.identity.issuer import requested_key
from companion.link_counts import LinkCounts
from companion.model import Commissioned, DeviceIdentity, Possession
from companion.outcome import Outcome, Result
from companion.registry.records import REENROLLMENT

if TYPE_CHECKING:
    from companion.registry import Registry
    from companion.registry.records import DeviceRecord

RADIO = "network"
_OURS = (Possession.COMMISSIONED.value, "unconfirmed")


class Renewals:
    """Renews the certificates of an owner's devices. May be called from any thread; calls take turns.

    said: told of each renewed certificate, with its device's record and its end.
    """

    def __init__(
        self,
        identity: Identity,
        registry: Registry,
        said: Callable[[DeviceRecord, datetime], None] = lambda device, end: None,
    ) -> None:
        self._identity = identity
        self._registry = registry
        self._said = said
        self._turn = threading.Lock()

    @property
    def anchors(self) -> tuple[bytes, ...]:
        """The roots (DER) under which it issues."""
        return self._identity.ca.anchors

    def renew(self, certificate: bytes, csr: bytes, now: datetime | None = None) -> tuple[bytes, ...]:
        """The chain (DER, leaf first) that follows on `certificate` (DER), which its device has just shown.

        csr: PKCS#10 (DER) with the certificate's subject, names and key. A device whose answer got lost gets
        the same chain again. Raises RenewalRefused, and StorageError leaves.
        """
        now = now or datetime.now(UTC)
        leaf = x509.load_der_x509_certificate(certificate)
        check_request(leaf, csr)
        with self._turn:
            device, newest = self._holder(certificate)
            if newest and newest[0] != certificate:
                return _again(newest, leaf)
            half = leaf.not_valid_before_utc + (leaf.not_valid_after_utc - leaf.not_valid_before_utc) / 2
            if now < half:
                raise RenewalRefused(f"too early: it is renewed from {half:%Y-%m-%d %H:%M} UTC on")
            return self._issue(device, leaf, csr, now)

    def _holder(self, certificate: bytes) -> tuple[DeviceRecord, tuple[bytes, ...]]:
        """The record of the device, and the chain that was issued last for it."""
        fingerprint = hashlib.sha256(certificate).hexdigest()
        if self._registry.is_revoked(fingerprint):
            raise RenewalRefused("this certificate is revoked")
        holder = self._registry.holder(fingerprint)
        if holder is None:
            raise RenewalRefused("this certificate was not issued here")
        if holder.device.state not in _OURS:
            raise RenewalRefused(f"the device is recorded as {holder.device.state}")
        return holder.device, holder.newest

    def _issue(
        self, device: DeviceRecord, leaf: x509.Certificate, csr: bytes, now: datetime
    ) -> tuple[bytes, ...]:
        shown = leaf.public_bytes(Encoding.DER)
        days = round((leaf.not_valid_after_utc - leaf.not_valid_before_utc).total_seconds() / 86_400)
        made = self._identity.ca.issue(
            csr,
            serial=serial_of(shown) or "",
            name=DeviceName.of(shown),
            days=min(max(days, MIN_DAYS), MAX_DAYS),
            now=now,
        )
        key = device.identity_key or b""
        run = self._registry.begin_run(ecosystem=device.protocol, radio=RADIO, subject=device.id)
        # Before it leaves, so that it can be revoked whatever follows.
        self._registry.append(run, ldevid.issued(made.chain, key))
        self._registry.finish_run(run, _outcome(run, device, key, made.chain[0]))
        self._said(device, made.not_after)
        return made.chain


def _again(newest: tuple[bytes, ...], shown: x509.Certificate) -> tuple[bytes, ...]:
    """The chain that the device was given and did not get. Raises RenewalRefused where it is of another key:
    the device is between two keys, and a run with it settles that."""
    if x509.load_der_x509_certificate(newest[0]).public_key() != shown.public_key():
        raise RenewalRefused("a certificate for another key of the device was issued since")
    return newest


def check_request(leaf: x509.Certificate, der: bytes) -> None:
    """Raises RenewalRefused where the request asks for anything but the next certificate of the same kind.

    RFC 7030, 4.2.2: subject and names are those of the current certificate. The same key is our rule: it is
    the one that the device proved to be its own.
    """
    try:
        key = requested_key(der)
    except CsrRefused as problem:
        raise RenewalRefused(problem.detail) from problem
    csr = x509.load_der_x509_csr(der)
    if key != leaf.public_key():
        raise RenewalRefused("another key: to change the key, rotate the device's credentials")
    if csr.subject != leaf.subject:
        raise RenewalRefused("the request's subject is not that of the certificate")
    try:
        names = _names(csr.extensions)
    except ValueError as problem:
        raise RenewalRefused("the request's extensions can't be read") from problem
    if names not in (None, _names(leaf.extensions)):
        raise RenewalRefused("the request's names are not those of the certificate")


def _names(extensions: x509.Extensions) -> x509.SubjectAlternativeName | None:
    try:
        return extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return None


def _outcome(run: str, device: DeviceRecord, key: bytes, leaf: bytes) -> Outcome:
    """The device keeps the earlier certificate until it shows the new one: nothing is revoked."""
    told = DeviceIdentity(
        device.id, device.own_name or device.name, device.model, device.serial, device.firmware
    )
    done = Commissioned(
        told,
        device.method,
        (ldevid.credential(leaf),),
        confirmed=False,
        identity_key=key,
        checks=device.checks,
    )
    return Outcome(
        Result.DONE, run, device.protocol, (), LinkCounts(), commissioned=done, operation=REENROLLMENT
    )
