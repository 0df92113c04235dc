"""A virtual ESP32 without a radio: characteristics are written and read by endpoint name."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable

from google.protobuf.message import DecodeError

from companion.protocols.espressif.proto import config_pb2
from companion.protocols.espressif.virtual.network import Crashed, JoinState, NetworkManager
from companion.protocols.espressif.virtual.options import EspressifFault, EspressifOptions
from companion.protocols.espressif.virtual.security import Refused, security_of


class LinkEnded(Exception):
    """The device ends the link. `returns`: it will advertise again."""

    def __init__(self, *, returns: bool = True) -> None:
        super().__init__()
        self.returns = returns


class EspressifDevice:
    """protocomm: finds the handler of an endpoint, decrypts for it and encrypts after it.

    `write` raises Refused where a handler fails, LinkEnded where the link goes.
    """

    def __init__(self, options: EspressifOptions) -> None:
        self.options = options
        self.network = NetworkManager(options)
        self._security = security_of(options)
        self._values: dict[str, bytes] = {}
        self._proofs = 0
        self._dropped = False
        self._handlers: dict[str, Callable[[bytes], bytes]] = {"prov-config": self.network.config}
        if options.scans:
            self._handlers["prov-scan"] = self.network.scan
        if options.firmware.control:
            self._handlers["prov-ctrl"] = self.network.control
        for name, answer in options.custom:
            self._handlers[name] = _constant(answer)

    @property
    def endpoints(self) -> tuple[str, ...]:
        """Every endpoint by name; those of the application come last, in the order of the options."""
        return ("prov-session", "proto-ver", *self._handlers)

    @property
    def provisioned(self) -> bool:
        return self.network.state is JoinState.DONE

    @property
    def version(self) -> bytes:
        """What proto-ver answers: JSON as cJSON prints it, with tabs and newlines."""
        firmware, options = self.options.firmware, self.options
        if firmware.bare:
            return firmware.protocol.encode()
        fields: dict[str, object] = {"ver": firmware.protocol}
        if firmware.says_security:
            fields["sec_ver"] = options.security
        if firmware.patch is not None:
            fields["sec_patch_ver"] = firmware.patch
        capabilities = ["no_sec"] if options.security == 0 else []
        if options.security == 1 and not options.pop:
            capabilities.append("no_pop")
        if options.scans and not options.for_thread:
            capabilities.append("wifi_scan")
        fields["cap"] = [*capabilities, *firmware.capabilities]
        return json.dumps({"prov": fields}, indent="\t").encode()

    def connected(self) -> None:
        """A new link: values and session of the old one are gone."""
        self._values.clear()
        self._security.restart()

    def read(self, endpoint: str) -> bytes:
        """The value of an endpoint's characteristic: the last answer, empty before the first write."""
        value = self._values.get(endpoint, b"")
        if EspressifFault.EMPTY_ANSWERS in self.options.faults:
            return b""
        if EspressifFault.GARBAGE_ANSWERS in self.options.faults and value:
            return secrets.token_bytes(len(value))
        return value

    def write(self, endpoint: str, request: bytes) -> None:
        """A write: its answer becomes the characteristic's value. An empty one reaches no handler."""
        if not request:
            return
        try:
            self._values[endpoint] = self._handle(endpoint, request)
        except (DecodeError, Refused) as error:
            raise Refused(str(error)) from error
        except Crashed:
            raise LinkEnded from None

    def _handle(self, endpoint: str, request: bytes) -> bytes:
        if endpoint == "proto-ver":
            return self.version
        if endpoint == "prov-session":
            return self._session(request)
        if endpoint not in self._handlers:
            raise Refused(f"no endpoint {endpoint}")
        plaintext = self._security.open(request)
        self._perhaps_leave(endpoint, plaintext)
        answer = self._handlers[endpoint](plaintext)
        if EspressifFault.BAD_APPLY_ANSWER in self.options.faults and endpoint == "prov-config":
            answer = b"\xff" if _applies(plaintext) else answer
        return self._security.seal(answer)

    def _session(self, request: bytes) -> bytes:
        answer = self._security.handle(request)
        self._proofs += 1
        if EspressifFault.LOST_PROOF in self.options.faults and self._proofs == 2:
            self._security.restart()
            raise LinkEnded
        return answer

    def _perhaps_leave(self, endpoint: str, plaintext: bytes) -> None:
        """The faults that end the link in the middle of a request."""
        faults = self.options.faults
        if endpoint == "prov-scan" and EspressifFault.DROP_AT_SCAN in faults:
            raise LinkEnded
        if endpoint != "prov-config":
            return
        if _applies(plaintext) and EspressifFault.VANISH_AFTER_APPLY in faults:
            self.network.config(plaintext)
            self.network.settle()
            raise LinkEnded(returns=False)
        trying = self.network.state is JoinState.TRYING
        if trying and EspressifFault.DROP_AFTER_APPLY in faults and not self._dropped:
            self._dropped = True
            raise LinkEnded


def _applies(plaintext: bytes) -> bool:
    asked = config_pb2.Config()
    asked.ParseFromString(plaintext)
    return asked.msg in (config_pb2.APPLY_WIFI, config_pb2.APPLY_THREAD)


def _constant(answer: bytes) -> Callable[[bytes], bytes]:
    return lambda request: answer
