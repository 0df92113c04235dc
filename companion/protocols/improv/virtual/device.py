"""A virtual Improv device without a radio: commands in, notices out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from companion.errors import ProtocolViolation
from companion.protocols.improv import codec
from companion.protocols.improv.codec import Capability, Command, Fault, ProvisioningState
from companion.virtual.access_points import USUAL, AccessPoints, Attempt

ALL = Capability.IDENTIFY | Capability.DEVICE_INFO | Capability.SCAN | Capability.HOSTNAME
_PROTECTION = {"open": "NO", "wpa2/wpa3": "WPA2/WPA3", "enterprise": "WPA2 EAP"}


class ImprovFault(Enum):
    """What a device can do wrong, by the name that `--fault` takes."""

    VANISH = "vanish-after-send"
    """Bluetooth is gone from the moment that Wi-Fi starts."""

    DROP = "drop-after-send"
    """The link ends while the device joins; it advertises again."""

    MUTE = "no-answer"
    """It takes the network and never says how it went."""

    DROP_AT_SCAN = "drop-at-scan"
    """The link ends when it is asked for networks; it advertises again."""

    BAD_CHECKSUM = "bad-checksum"
    """Its results have a wrong checksum."""

    EMPTY = "empty-values"
    """ProvisioningState and capabilities have no octets."""

    FORGETS = "authorization-expires"
    """The first network comes too late: the authorization is over, the button must be pressed again."""


@dataclass(frozen=True)
class ImprovOptions:
    """A virtual Improv device.

    info: firmware, its version, hardware, device name, and perhaps name and version of its system
    authorization: it wants its button pressed; pressed_after: seconds after which somebody does, None:
    nobody does. joining: seconds that joining takes.
    announces: its advertisement holds service data (Improv 2.0 and later)
    """

    name: str = "Improv lamp"
    capabilities: Capability = ALL
    authorization: bool = False
    pressed_after: float | None = 0.1
    joining: float = 0.02
    info: tuple[str, ...] = ("ESPHome", "2026.10.0", "ESP32-C3", "Improv lamp")
    hostname: str = "improv-lamp"
    redirect: str | None = "http://192.168.4.42/"
    access_points: AccessPoints = USUAL
    announces: bool = True
    faults: frozenset[ImprovFault] = frozenset()


@dataclass(frozen=True)
class Notice:
    """A characteristic's new value, to be notified."""

    uuid: str
    value: bytes


class ImprovDevice:
    """States as the specification draws them: authorization required, authorized, provisioning,
    provisioned. `write` and the events return what the device notifies, in order.
    """

    def __init__(self, options: ImprovOptions) -> None:
        self.options = options
        self.state = (
            ProvisioningState.AUTHORIZATION_REQUIRED
            if options.authorization
            else ProvisioningState.AUTHORIZED
        )
        self.fault = Fault.NONE
        self.result = b""
        self.hostname = options.hostname
        self.ssid = b""
        self.identified = 0
        self._passphrase = b""
        self._assembler = codec.Assembler()
        self._forgets = ImprovFault.FORGETS in options.faults

    @property
    def service_data(self) -> bytes:
        """ProvisioningState, capabilities and four reserved octets, as advertised."""
        return bytes((self.state, self.options.capabilities, 0, 0, 0, 0))

    def read(self, uuid: str) -> bytes:
        """The value of a characteristic."""
        empty = ImprovFault.EMPTY in self.options.faults
        return {
            codec.STATE: b"" if empty else bytes((self.state,)),
            codec.CAPABILITIES: b"" if empty else bytes((self.options.capabilities,)),
            codec.ERROR: bytes((self.fault,)),
            codec.RESULT: self.result,
        }[uuid]

    def connected(self) -> None:
        """A new link: half a command of the old one is forgotten."""
        self._assembler.clear()

    def press_button(self) -> list[Notice]:
        """Somebody authorizes the device."""
        if self.state is not ProvisioningState.AUTHORIZATION_REQUIRED:
            return []
        return [self._enter(ProvisioningState.AUTHORIZED)]

    def write(self, piece: bytes) -> list[Notice]:
        """A piece of a command. A whole one clears the error first, then is obeyed."""
        whole = self._assembler.feed(piece)
        if whole is None:
            return []
        try:
            body = codec.unframe(whole)
        except ProtocolViolation:
            return [self._fail(Fault.INVALID_RPC)]
        return [self._fail(Fault.NONE), *self._obey(body[0], body[codec.HEADER :])]

    def settle(self) -> list[Notice]:
        """The attempt to join ends."""
        if self.state is not ProvisioningState.PROVISIONING or ImprovFault.MUTE in self.options.faults:
            return []
        if self.options.access_points.join(self.ssid, self._passphrase) is not Attempt.JOINED:
            return [self._fail(Fault.UNABLE_TO_CONNECT), self._enter(ProvisioningState.AUTHORIZED)]
        redirect = (self.options.redirect.encode(),) if self.options.redirect else ()
        return [self._enter(ProvisioningState.PROVISIONED), self._answer(Command.SEND_WIFI, redirect)]

    # --- commands -------------------------------------------------------------------------------

    def _obey(self, command: int, data: bytes) -> list[Notice]:
        can = self.options.capabilities
        if command == Command.SEND_WIFI:
            return self._send_wifi(data)
        if command == Command.IDENTIFY and can & Capability.IDENTIFY:
            self.identified += 1
            return []
        if command == Command.DEVICE_INFO and can & Capability.DEVICE_INFO:
            return [self._answer(command, tuple(text.encode() for text in self.options.info))]
        if command == Command.SCAN and can & Capability.SCAN:
            return [self._answer(command, self._scan())]
        if command == Command.HOSTNAME and can & Capability.HOSTNAME:
            return self._hostname(data)
        return [self._fail(Fault.UNKNOWN_RPC)]

    def _send_wifi(self, data: bytes) -> list[Notice]:
        if self._forgets:
            self._forgets, self.state = False, ProvisioningState.AUTHORIZATION_REQUIRED
            return [self._fail(Fault.NOT_AUTHORIZED), self._enter(self.state)]
        if self.state is not ProvisioningState.AUTHORIZED:
            return [self._fail(Fault.NOT_AUTHORIZED)]
        try:
            self.ssid, self._passphrase = codec.unpack_strings(data)
        except (ProtocolViolation, ValueError):
            return [self._fail(Fault.INVALID_RPC)]
        return [self._enter(ProvisioningState.PROVISIONING)]

    def _scan(self) -> tuple[bytes, ...]:
        """As many networks as fit in one result."""
        strings: tuple[bytes, ...] = ()
        for network in self.options.access_points.visible():
            protection = _PROTECTION.get(network.security.value, network.security.value.upper())
            entry = (network.ssid, str(network.rssi).encode(), protection.encode())
            if len(codec.pack_strings(strings + entry)) > codec.MOST_DATA:
                break
            strings += entry
        return strings

    def _hostname(self, data: bytes) -> list[Notice]:
        """Get it without data, set it with; clients disagree on whether a length comes before it."""
        if data:
            if self.state is not ProvisioningState.AUTHORIZED:
                return [self._fail(Fault.NOT_AUTHORIZED)]
            wanted = (data[1:] if data[0] == len(data) - 1 else data).decode(errors="replace")
            if wanted != codec.hostname_of(wanted):
                return [self._fail(Fault.BAD_HOSTNAME)]
            self.hostname = wanted
        return [self._answer(Command.HOSTNAME, (self.hostname.encode(),))]

    # --- values ---------------------------------------------------------------------------------

    def _enter(self, state: ProvisioningState) -> Notice:
        self.state = state
        return Notice(codec.STATE, bytes((state,)))

    def _fail(self, fault: Fault) -> Notice:
        self.fault = fault
        return Notice(codec.ERROR, bytes((fault,)))

    def _answer(self, command: int, strings: tuple[bytes, ...]) -> Notice:
        self.result = codec.frame(codec.rpc(command, codec.pack_strings(strings)))
        if ImprovFault.BAD_CHECKSUM in self.options.faults:
            self.result = self.result[:-1] + bytes((self.result[-1] ^ 0x55,))
        return Notice(codec.RESULT, self.result)
