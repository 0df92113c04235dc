"""Registration at DPS by HTTPS, with a certificate request where the group issues certificates.

    PUT /{idScope}/registrations/{id}/register   {"registrationId", "csr"} -> {"operationId", "status"}
    GET /{idScope}/registrations/{id}/operations/{operationId}   -> {"status", "registrationState"}

Source: Azure's generated data-plane client, API version 2026-11-01.
"""

from __future__ import annotations

import base64
import binascii
import ssl
import time
import urllib.parse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from companion.clouds.azure import rest
from companion.clouds.azure.provisioning import missing
from companion.errors import CloudAnswerInvalid, CloudDenied, CloudError
from companion.model import Text
from companion.secret import Secret

CLOUD = "Azure"
API_VERSION = "2026-11-01"
_ASSIGNING, _ASSIGNED, _DISABLED = "assigning", "assigned", "disabled"
_MOST_SECONDS, _USUAL_PAUSE, _LONGEST_PAUSE = 30.0, 2.0, 10.0
_MOST_CHAIN = 8


@dataclass(frozen=True)
class Assigned:
    """hub: host of the device's IoT hub; device: its id there; chain: what was issued, DER, leaf first"""

    hub: str
    device: str
    chain: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Registration:
    """Who registers, and how it proves itself.

    host:      of the device API; signature: by a symmetric key; context: TLS with a certificate instead
    """

    host: str
    id_scope: str
    name: str
    signature: Secret | None = None
    context: ssl.SSLContext | None = None
    send: Callable[..., rest.Answer] = rest.send
    sleep: Callable[[float], None] = time.sleep

    def register(self, csr: bytes | None = None) -> Assigned:
        """Register and wait until the device is assigned. csr: PKCS#10 DER whose common name is `name`.

        The leaf of the answer is for the request's key. Raises CloudError leaves.
        """
        body: dict[str, Any] = {"registrationId": self.name}
        if csr is not None:
            body["csr"] = base64.b64encode(csr).decode()
        answer = self._ask("PUT", "register", body)
        until = time.monotonic() + _MOST_SECONDS
        while _status(answer.content) == _ASSIGNING and time.monotonic() < until:
            operation = answer.content.get("operationId")
            if not isinstance(operation, str) or len(operation) > 200:
                raise CloudAnswerInvalid("an operation without an id", cloud=CLOUD)
            self.sleep(min(answer.retry_after or _USUAL_PAUSE, _LONGEST_PAUSE))
            answer = self._ask("GET", f"operations/{urllib.parse.quote(operation, safe='')}")
        return self._assigned(answer.content, csr)

    def _ask(self, method: str, path: str, body: Any | None = None) -> rest.Answer:
        scope, name = urllib.parse.quote(self.id_scope, safe=""), urllib.parse.quote(self.name, safe="")
        url = f"https://{self.host}/{scope}/registrations/{name}/{path}?api-version={API_VERSION}"
        headers = {"Authorization": self.signature.reveal_text()} if self.signature is not None else {}
        answer = self.send(url, method=method, headers=headers, body=body, context=self.context)
        if answer.status == 401:
            raise CloudDenied(f"DPS {_error(answer.content)}", action="registrations/write")
        if answer.status == 404:
            raise missing(Text("Azure knows no group for this device"), f"DPS {_error(answer.content)}")
        if answer.status >= 300:
            raise CloudError(f"DPS status {answer.status}, error {_error(answer.content)}")
        return answer

    def _assigned(self, content: Any, csr: bytes | None) -> Assigned:
        status, state = (
            _status(content),
            content.get("registrationState") if isinstance(content, dict) else None,
        )
        state = state if isinstance(state, dict) else {}
        if status == _DISABLED:
            raise missing(Text("The device or its group is disabled"), f"DPS {_error(state)}")
        if status != _ASSIGNED:
            facts: Mapping[str, str | int | float] = {"code": _error(state)}
            why = Text("Azure could not assign the device to a hub, error {code}.", facts)
            raise CloudError(f"DPS {status}", missing=why)
        chain = _chain(state.get("issuedCertificateChain")) if csr is not None else ()
        if csr is not None:
            _check_key(chain[0], csr)
        return Assigned(str(state.get("assignedHub", "")), str(state.get("deviceId", "")), chain)


def _chain(value: Any) -> tuple[bytes, ...]:
    """[leaf, CAs .., root] in base64, without the root: devices carry none."""
    if not isinstance(value, list) or not 1 <= len(value) <= _MOST_CHAIN:
        raise CloudAnswerInvalid("no certificate was issued", cloud=CLOUD)
    try:
        ders = [base64.b64decode(str(each), validate=True) for each in value]
        read = [x509.load_der_x509_certificate(der) for der in ders]
    except (binascii.Error, ValueError) as error:
        raise CloudAnswerInvalid("a certificate that can't be read", cloud=CLOUD) from error
    kept = [der for der, each in zip(ders, read, strict=True) if each.issuer != each.subject]
    if not kept or kept[0] != ders[0]:
        raise CloudAnswerInvalid("a chain without a leaf", cloud=CLOUD)
    return tuple(kept)


def _check_key(leaf: bytes, csr: bytes) -> None:
    form = Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    wanted = x509.load_der_x509_csr(csr).public_key().public_bytes(*form)
    if x509.load_der_x509_certificate(leaf).public_key().public_bytes(*form) != wanted:
        raise CloudAnswerInvalid("the certificate is for another key than the device's", cloud=CLOUD)


def _status(content: Any) -> str:
    return str(content.get("status")) if isinstance(content, dict) else ""


def _error(content: Any) -> str:
    code = content.get("errorCode") if isinstance(content, dict) else None
    return str(code) if isinstance(code, int) else "-"
