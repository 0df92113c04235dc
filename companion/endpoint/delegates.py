"""Certificates that delegates made: let in only once the device's receipt is in the owner's log (RP1, 10.4).

A delegate's CA certificate is bound to the owner's names and its sites, and to nothing else: neither to
serial numbers nor to a number of devices. What binds it to those is the grant of a receipt that came home.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from cryptography import x509

from companion.errors import StorageError

log = logging.getLogger(__name__)


class DelegateAdmission:
    """Whom an endpoint lets in besides the devices that the owner's own CA certified."""

    def __init__(self, root: bytes, is_admitted: Callable[[str], bool]) -> None:
        """root: of the owner's CA (DER); is_admitted: by hex SHA-256 of a leaf, may raise StorageError."""
        self._root = x509.load_der_x509_certificate(root)
        self._is_admitted = is_admitted

    def admit(self, leaf: bytes, fingerprint: str) -> bool:
        """True for a leaf (DER) that the owner's CA issued itself, and for a delegate's with a receipt.

        The handshake has verified its chain. Nobody's certificate counts while receipts can't be read.
        """
        if self._is_direct(leaf):
            return True
        try:
            return self._is_admitted(fingerprint)
        except StorageError as problem:
            log.warning("endpoint: delegates' devices stay out, receipts can't be read: %s", problem.code)
            return False

    def _is_direct(self, leaf: bytes) -> bool:
        try:
            x509.load_der_x509_certificate(leaf).verify_directly_issued_by(self._root)
        except Exception:  # pyca raises several unrelated types here, and each one means that it is not
            return False
        return True
